//! From a session to its text: stable order, every answer on a line group of its own.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Document, FORMAT, PATH_SEPARATOR};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::VariableId;
use crate::session::model::{Answer, Evidence, FollowUp, Subject};

/// Writes a session with the parts that were not understood.
#[must_use]
pub fn write(document: &Document) -> String {
    let session = &document.session;
    let mut out = String::from("(\n");
    let kept: HashMap<&str, &str> = document.kept.iter().map(|part| (part.path.as_str(), part.raw.as_str())).collect();
    line(&mut out, 1, "format", &FORMAT.to_string());
    line(&mut out, 1, "id", &quoted(session.id.as_str()));
    line(&mut out, 1, "mode", if session.mode == Mode::Interview { "Interview" } else { "Self" });
    line(&mut out, 1, "vendor", &quoted(session.vendor.as_str()));
    day(&mut out, 1, "as_of", session.as_of);
    day(&mut out, 1, "created", session.created);
    write_subject(&mut out, &session.subject, document);
    out.push_str("    answers: {\n");
    for (id, answer) in &session.answers {
        if !kept.contains_key(format!("answers.{id}").as_str()) {
            write_answer(&mut out, id, answer, document);
        }
    }
    for part in &document.kept {
        if let Some(id) = part.path.strip_prefix("answers.").filter(|rest| !rest.contains(PATH_SEPARATOR)) {
            let _ = writeln!(out, "        {}: {},", quoted(id), part.raw);
        }
    }
    out.push_str("    },\n");
    for part in document.kept.iter().filter(|part| !part.path.contains(PATH_SEPARATOR) && !is_answer(&part.path)) {
        line(&mut out, 1, &part.path, &part.raw);
    }
    out.push_str(")\n");
    out
}

fn is_answer(path: &str) -> bool {
    path.starts_with("answers.")
}

fn write_subject(out: &mut String, subject: &Subject, document: &Document) {
    let unknown: Vec<_> =
        document.kept.iter().filter_map(|part| Some((part.path.strip_prefix("subject/")?, &part.raw))).collect();
    if *subject == Subject::default() && unknown.is_empty() {
        return;
    }
    out.push_str("    subject: (\n");
    let texts = [
        ("title", &subject.title),
        ("controller", &subject.controller),
        ("team", &subject.team),
        ("purpose", &subject.purpose),
        ("interviewer", &subject.interviewer),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        line(out, 2, name, &quoted(text));
    }
    if subject.organisation != crate::domain::answer::Organisation::default() {
        line(out, 2, "organisation", &format!("{:?}", subject.organisation));
    }
    if subject.jurisdiction != crate::domain::answer::Jurisdiction::default() {
        let name = match subject.jurisdiction {
            crate::domain::answer::Jurisdiction::De => "DE",
            crate::domain::answer::Jurisdiction::At => "AT",
            crate::domain::answer::Jurisdiction::Ch => "CH",
            crate::domain::answer::Jurisdiction::OtherEea => "OtherEea",
        };
        line(out, 2, "jurisdiction", name);
    }
    if !subject.respondents.is_empty() {
        let names: Vec<String> = subject.respondents.iter().map(|name| quoted(name)).collect();
        line(out, 2, "respondents", &format!("[{}]", names.join(", ")));
    }
    for (name, raw) in unknown {
        line(out, 2, name, raw);
    }
    out.push_str("    ),\n");
}

fn write_answer(out: &mut String, id: &VariableId, answer: &Answer, document: &Document) {
    let prefix = format!("answers.{id}{PATH_SEPARATOR}");
    let unknown: Vec<(&str, &str)> =
        document.kept.iter().filter_map(|part| Some((part.path.strip_prefix(&prefix)?, part.raw.as_str()))).collect();
    let raw_value = unknown.iter().find(|(name, _)| *name == "value").map(|(_, raw)| (*raw).to_owned());
    let value = match raw_value {
        // Kept as it was for as long as nobody answers anew.
        Some(raw) if answer.value == Value::Unknown => raw,
        _ => value_text(&answer.value),
    };
    let mut parts = vec![format!("value: {value}")];
    for (name, text) in [("note", &answer.note), ("by", &answer.by)] {
        if !text.is_empty() {
            parts.push(format!("{name}: {}", quoted(text)));
        }
    }
    if !answer.evidence.is_empty() {
        let all: Vec<String> = answer.evidence.iter().map(evidence_text).collect();
        parts.push(format!("evidence: [{}]", all.join(", ")));
    }
    if let Some(follow_up) = &answer.follow_up {
        parts.push(format!("follow_up: Some({})", follow_up_text(follow_up)));
    }
    if answer.catalogue_confirmed {
        parts.push("catalogue_confirmed: true".to_owned());
    }
    parts.extend(unknown.iter().filter(|(name, _)| *name != "value").map(|(name, raw)| format!("{name}: {raw}")));
    if let [only] = parts.as_slice() {
        let _ = writeln!(out, "        {}: ({only}),", quoted(id.as_str()));
        return;
    }
    let _ = writeln!(out, "        {}: (", quoted(id.as_str()));
    for part in parts {
        let _ = writeln!(out, "            {part},");
    }
    out.push_str("        ),\n");
}

fn evidence_text(evidence: &Evidence) -> String {
    let mut parts = vec![format!("title: {}", quoted(&evidence.title))];
    parts.extend(evidence.date.map(|date| format!("date: Some(\"{date}\")")));
    if !evidence.place.is_empty() {
        parts.push(format!("place: {}", quoted(&evidence.place)));
    }
    format!("({})", parts.join(", "))
}

fn follow_up_text(follow_up: &FollowUp) -> String {
    let mut parts = vec![format!("owner: {}", quoted(&follow_up.owner))];
    parts.extend(follow_up.due.map(|due| format!("due: Some(\"{due}\")")));
    format!("({})", parts.join(", "))
}

fn value_text(value: &Value) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    match value {
        Value::Choice(id) => format!("Choice({})", quoted(id.as_str())),
        Value::Choices(ids) => format!("Choices({})", list(ids.iter().map(|id| quoted(id.as_str())).collect())),
        Value::Country(code) => format!("Country({})", quoted(code.as_str())),
        Value::Countries(codes) => {
            format!("Countries({})", list(codes.iter().map(|code| quoted(code.as_str())).collect()))
        }
        Value::Text(text) => format!("Text({})", quoted(text)),
        Value::Unknown => "Unknown".to_owned(),
    }
}

fn line(out: &mut String, depth: usize, name: &str, value: &str) {
    let _ = writeln!(out, "{:1$}{name}: {value},", "", depth * 4);
}

fn day(out: &mut String, depth: usize, name: &str, day: Option<Day>) {
    if let Some(day) = day {
        line(out, depth, name, &format!("Some(\"{day}\")"));
    }
}

/// A RON string. Control and bidi characters are escaped, so that the file itself shows nothing that is not there.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}') =>
            {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
