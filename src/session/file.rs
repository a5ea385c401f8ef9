//! The session file: what scripts, tests and other people write.
//!
//! Reading keeps whatever this version does not know (fields, answers, variants) as raw text; writing puts it back byte
//! for byte. The order is stable and every answer stands on a line group of its own, so that files merge line by line.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

use super::model::{Answer, Evidence, FollowUp, Session, SessionId, Subject};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::{VariableId, VendorId};

/// The format that this version writes.
pub const FORMAT: u32 = 1;
/// Larger files are refused unread.
pub const MAX_BYTES: u64 = 1 << 20;

/// Why a text is no session that this version can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The file was written by a newer version.
    pub newer: bool,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FileError {}

/// Something in a file that this version kept without understanding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUnderstood {
    /// Where: `answers.dpa_signed.value`, `x_future`.
    pub path: String,
    /// The text as it stood there.
    pub raw: String,
}

/// A session as read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The session.
    pub session: Session,
    /// Unknown parts, to be written back unchanged.
    pub kept: Vec<NotUnderstood>,
}

/// Reads a session. The id of a file that names none is `fallback`.
///
/// # Errors
/// The first fault with its place; a newer format is told apart from damage.
pub fn read(text: &str, fallback: &SessionId) -> Result<Document, FileError> {
    let reader = Reader { text };
    let fields = reader.fields(text)?;
    reader.check_format(&fields)?;
    let mut session = Session {
        id: fallback.clone(),
        mode: Mode::Interview,
        vendor: VendorId::try_from("other").map_err(|error| reader.at(text, &error.to_string()))?,
        as_of: None,
        created: None,
        subject: Subject::default(),
        answers: BTreeMap::new(),
    };
    let mut kept = Vec::new();
    let (mut has_vendor, mut has_answers) = (false, false);
    for (name, raw) in fields {
        match name.as_str() {
            "format" => {}
            "id" => session.id = reader.id(raw)?,
            "mode" => session.mode = reader.value(raw)?,
            "vendor" => {
                session.vendor = reader.value(raw)?;
                has_vendor = true;
            }
            "as_of" => session.as_of = reader.value(raw)?,
            "created" => session.created = reader.value(raw)?,
            "subject" => session.subject = reader.subject(raw, &mut kept)?,
            "answers" => {
                session.answers = reader.answers(raw, &mut kept)?;
                has_answers = true;
            }
            _ => kept.push(NotUnderstood { path: name, raw: raw.to_owned() }),
        }
    }
    if !has_vendor || !has_answers {
        let missing = if has_vendor { "answers" } else { "vendor" };
        return Err(reader.at(text, &format!("the field `{missing}` is missing")));
    }
    Ok(Document { session, kept })
}

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

/// Between the parts of a path of something not understood; no id and no field name holds it.
const PATH_SEPARATOR: char = '/';

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

/// Fields of a struct or entries of a map, in order, values as they stand in the text.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("", &[], FieldsVisitor)
    }
}

struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor).map(|fields| Self(fields.0))
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("named fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields: Vec<(String, &'de RawValue)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if fields.iter().any(|(other, _)| *other == name) {
                return Err(de::Error::custom(format!("`{}` stands here twice", clip(&name))));
            }
            fields.push((name, map.next_value()?));
        }
        Ok(Fields(fields))
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct RawEvidence {
    title: String,
    date: Option<Day>,
    place: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawFollowUp {
    owner: String,
    due: Option<Day>,
}

/// Shortens foreign text for a message.
fn clip(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

struct Reader<'a> {
    text: &'a str,
}

impl<'a> Reader<'a> {
    /// A fault at a part of the text.
    fn at(&self, part: &str, message: &str) -> FileError {
        let start = self.text.as_ptr() as usize;
        let offset = (part.as_ptr() as usize).checked_sub(start).filter(|offset| *offset <= self.text.len());
        let before = self.text.get(..offset.unwrap_or(0)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        FileError {
            line,
            column,
            message: clip_message(message),
            hint: String::from("repair the file, or open an older copy"),
            newer: false,
        }
    }

    fn spanned(&self, part: &str, error: &ron::error::SpannedError) -> FileError {
        let outer = self.at(part, &error.code.to_string());
        let inner = error.span.start;
        let (line, column) = if inner.line <= 1 {
            (outer.line, outer.column + inner.col.saturating_sub(1))
        } else {
            (outer.line + inner.line - 1, inner.col)
        };
        FileError { line, column, ..outer }
    }

    fn options() -> ron::Options {
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
    }

    fn fields(&self, part: &'a str) -> Result<Vec<(String, &'a str)>, FileError> {
        let fields: Fields<'a> = Self::options().from_str(part).map_err(|error| self.spanned(part, &error))?;
        Ok(fields.0.into_iter().map(|(name, raw)| (name, raw.trim().get_ron())).collect())
    }

    fn entries(&self, part: &'a str) -> Result<Vec<(String, &'a str)>, FileError> {
        let entries: Entries<'a> = Self::options().from_str(part).map_err(|error| self.spanned(part, &error))?;
        Ok(entries.0.into_iter().map(|(name, raw)| (name, raw.trim().get_ron())).collect())
    }

    fn value<T: Deserialize<'a>>(&self, part: &'a str) -> Result<T, FileError> {
        Self::options().from_str(part).map_err(|error| self.spanned(part, &error))
    }

    fn check_format(&self, fields: &[(String, &'a str)]) -> Result<(), FileError> {
        let Some((_, raw)) = fields.iter().find(|(name, _)| name == "format") else {
            return Err(self.at(self.text, "the field `format` is missing; this is no session file"));
        };
        match self.value::<u32>(raw)? {
            FORMAT => Ok(()),
            0 => Err(self.at(raw, "there is no format 0")),
            newer => Err(FileError {
                hint: String::from("install the current version of freigabe; this one leaves the file untouched"),
                newer: true,
                ..self.at(raw, &format!("the file has format {newer}, this version reads up to {FORMAT}"))
            }),
        }
    }

    fn id(&self, part: &'a str) -> Result<SessionId, FileError> {
        let text: String = self.value(part)?;
        SessionId::parse(&text).ok_or_else(|| self.at(part, "a session id has 1 to 64 letters, digits, `-` or `_`"))
    }

    fn subject(&self, part: &'a str, kept: &mut Vec<NotUnderstood>) -> Result<Subject, FileError> {
        let mut subject = Subject::default();
        for (name, raw) in self.fields(part)? {
            match name.as_str() {
                "title" => subject.title = self.value(raw)?,
                "controller" => subject.controller = self.value(raw)?,
                "organisation" => subject.organisation = self.value(raw)?,
                "jurisdiction" => subject.jurisdiction = self.value(raw)?,
                "team" => subject.team = self.value(raw)?,
                "purpose" => subject.purpose = self.value(raw)?,
                "interviewer" => subject.interviewer = self.value(raw)?,
                "respondents" => subject.respondents = self.value(raw)?,
                _ => kept.push(NotUnderstood { path: format!("subject/{name}"), raw: raw.to_owned() }),
            }
        }
        Ok(subject)
    }

    fn answers(&self, part: &'a str, kept: &mut Vec<NotUnderstood>) -> Result<BTreeMap<VariableId, Answer>, FileError> {
        let mut answers = BTreeMap::new();
        for (name, raw) in self.entries(part)? {
            match VariableId::try_from(name.as_str()) {
                Ok(id) => {
                    let answer = self.answer(&id, raw, kept)?;
                    answers.insert(id, answer);
                }
                Err(_) => kept.push(NotUnderstood { path: format!("answers.{name}"), raw: raw.to_owned() }),
            }
        }
        Ok(answers)
    }

    fn answer(&self, id: &VariableId, part: &'a str, kept: &mut Vec<NotUnderstood>) -> Result<Answer, FileError> {
        let mut answer = Answer::new(Value::Unknown);
        let mut has_value = false;
        for (name, raw) in self.fields(part)? {
            let unknown = |name: &str| NotUnderstood { path: format!("answers.{id}/{name}"), raw: raw.to_owned() };
            match name.as_str() {
                "value" => {
                    has_value = true;
                    match self.value::<Value>(raw) {
                        Ok(value) => answer.value = value,
                        Err(_) => kept.push(unknown("value")),
                    }
                }
                "note" => answer.note = self.value(raw)?,
                "by" => answer.by = self.value(raw)?,
                "evidence" => {
                    let all: Vec<RawEvidence> = self.value(raw)?;
                    answer.evidence = all
                        .into_iter()
                        .map(|one| Evidence { title: one.title, date: one.date, place: one.place })
                        .collect();
                }
                "follow_up" => {
                    let raw: Option<RawFollowUp> = self.value(raw)?;
                    answer.follow_up = raw.map(|raw| FollowUp { owner: raw.owner, due: raw.due });
                }
                "catalogue_confirmed" => answer.catalogue_confirmed = self.value(raw)?,
                other => kept.push(unknown(other)),
            }
        }
        if has_value { Ok(answer) } else { Err(self.at(part, &format!("the answer `{id}` has no `value`"))) }
    }
}

fn clip_message(message: &str) -> String {
    let mut short: String = message.chars().take(240).collect();
    if short.len() < message.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> SessionId {
        SessionId::parse("x").unwrap()
    }

    const DESIGN: &str = r#"(
    format: 1,
    id: "01J", mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    subject: (title: "Vertrieb: Kundentermine", team: "Vertrieb", interviewer: "", respondents: [], file_number: "7/3"),
    answers: {
        "edition": (value: Choice("paid")),
        "hosting_country": (value: Countries(["US"]), note: "laut AV-Vertrag Anlage 2"),
        "dpa_signed": (value: Choice("yes"), evidence: [(title: "DPA v7", date: Some("2026-03-01"))], by: "IT-Leitung"),
        "content": (value: Choices(["ordinary", "employee_data"])),
        "recording_used": (value: Unknown, follow_up: Some((owner: "IT", due: Some("2026-12-01")))),
        "future": (value: Scale(3), weight: [1, 2], ),
    },
    x_future: { "a": (1, 2) },
)"#;

    #[test]
    fn reads_what_people_write_and_writes_it_back() {
        let first = read(DESIGN, &id()).unwrap();
        assert_eq!(first.session.answers.len(), 6);
        assert_eq!(first.kept.len(), 4, "{:?}", first.kept);
        let text = write(&first);
        assert!(text.contains("x_future: { \"a\": (1, 2) },"), "{text}");
        assert!(
            text.contains("value: Scale(3)")
                && text.contains("weight: [1, 2]")
                && text.contains("file_number: \"7/3\"")
        );
        let second = read(&text, &id()).unwrap();
        assert_eq!(first.session, second.session);
        assert_eq!(write(&second), text);
    }

    #[test]
    fn faults_have_a_place() {
        let cases = [
            ("", 1, 1, "Expected opening"),
            ("(\n  format: 1,\n  vendor: \"zoom\",\n  answers: {\n    \"a\": (value: Choice(\"x\"\n", 5, 28, "comma"),
            ("(\n format: 1,\n vendor: \"Zoom!\",\n answers: {})", 3, 11, "may not stand"),
            ("(format: 1, vendor: \"zoom\")", 1, 1, "`answers` is missing"),
            (
                "(format: 1, vendor: \"zoom\", answers: {\"a\": (value: Unknown), \"a\": (value: Unknown)})",
                1,
                0,
                "twice",
            ),
            ("(format: 1, vendor: \"zoom\", answers: {}, as_of: \"2026-13-01\")", 1, 0, ""),
        ];
        for (text, line, column, message) in cases {
            let error = read(text, &id()).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error:?}");
            assert!(column == 0 || error.column == column, "{text}: {error:?}");
            assert!(error.message.contains(message), "{text}: {error:?}");
            assert!(!error.newer);
        }
    }

    #[test]
    fn a_newer_format_is_told_apart() {
        let error = read("(format: 2, vendor: \"zoom\", answers: Whatever({}))", &id()).unwrap_err();
        assert!(error.newer);
    }

    #[test]
    fn nothing_is_too_deep() {
        let deep =
            format!("(format: 1, vendor: \"zoom\", answers: {{}}, x: {}1{})", "[".repeat(5000), "]".repeat(5000));
        assert!(read(&deep, &id()).is_err());
    }
}
