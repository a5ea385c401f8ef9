//! From a session to its text: stable order, every answer on a line group of its own, so that files merge line by line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use super::harmless::harmless;
use super::records::Record;
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::sanitise::is_hidden;
use crate::session::model::Session;

/// Writes a session with the parts that were not understood.
#[must_use]
pub fn write(session: &Session) -> String {
    written(session, Form::default())
}

/// The same with the parts that were not understood exactly as they were found, hidden characters included.
#[must_use]
pub fn write_as_found(session: &Session) -> String {
    written(session, Form::as_found())
}

/// The same with the fields of each record in order of their names, and without the number of the format: what a hash is
/// taken over stays the same whether this version knows a field or only keeps it.
#[must_use]
pub fn write_sorted(session: &Session) -> String {
    written(session, Form { sorted: true, ..Form::default() })
}

/// In which form a session is written.
#[derive(Clone, Copy, Default)]
pub struct Form {
    /// What was not understood keeps its hidden characters.
    as_found: bool,
    /// Fields stand in order of their names.
    sorted: bool,
}

impl Form {
    /// What was not understood keeps its hidden characters.
    pub const fn as_found() -> Self {
        Self { as_found: true, sorted: false }
    }
}

fn written(session: &Session, form: Form) -> String {
    let mut parts = fields(session, 1, form);
    if form.sorted {
        parts.retain(|part| !part.starts_with("format: "));
    }
    let mut out = String::from("(\n");
    for part in parts {
        let _ = writeln!(out, "    {part},");
    }
    out.push_str(")\n");
    out
}

/// Collects the fields of one record.
pub struct Writer {
    parts: Vec<String>,
    depth: usize,
    form: Form,
}

impl Writer {
    /// A field with its text.
    pub fn field(&mut self, name: &str, text: &str) {
        self.parts.push(format!("{name}: {text}"));
    }

    /// A text, if there is one.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, &quoted(text));
        }
    }

    /// A day, if there is one.
    pub fn day(&mut self, name: &str, day: Option<Day>) {
        if let Some(day) = day {
            self.field(name, &format!("Some(\"{day}\")"));
        }
    }

    /// A record on lines of its own.
    pub fn record(&mut self, name: &str, record: &impl Record) {
        let text = long(record, self.depth, self.form);
        self.field(name, &text);
    }

    /// A record on one line, if there is one.
    pub fn option(&mut self, name: &str, record: Option<&impl Record>) {
        if let Some(record) = record {
            self.field(name, &format!("Some({})", short(record, self.form)));
        }
    }

    /// Records on one line, if there are any.
    pub fn list<R: Record>(&mut self, name: &str, records: &[R]) {
        if !records.is_empty() {
            let all: Vec<String> = records.iter().map(|record| short(record, self.form)).collect();
            self.field(name, &format!("[{}]", all.join(", ")));
        }
    }

    /// Records on a line each, if there are any.
    pub fn records<R: Record>(&mut self, name: &str, records: &[R]) {
        if !records.is_empty() {
            let all: Vec<String> = records.iter().map(|record| short(record, self.form)).collect();
            self.lines(name, all.iter().map(String::as_str));
        }
    }

    /// A map of records; one with a single field stays on its line.
    pub fn map<'f, K: Display, R: Record>(
        &mut self,
        name: &str,
        map: &BTreeMap<K, R>,
        foreign: impl Iterator<Item = (&'f str, &'f str)>,
    ) {
        let indent = " ".repeat((self.depth + 1) * 4);
        let mut out = String::from("{\n");
        for (key, record) in map {
            let form = self.form;
            let alone = fields(record, 0, form).len() <= 1;
            let text = if alone { short(record, form) } else { long(record, self.depth + 1, form) };
            let _ = writeln!(out, "{indent}{}: {text},", quoted(&key.to_string()));
        }
        for (key, raw) in foreign {
            let _ = writeln!(out, "{indent}{}: {},", quoted(key), self.foreign(raw));
        }
        out.push_str(&" ".repeat(self.depth * 4));
        out.push('}');
        self.field(name, &out);
    }

    /// A list with one line for each entry, as they stand in the file.
    pub fn lines<'l>(&mut self, name: &str, lines: impl Iterator<Item = &'l str>) {
        let indent = " ".repeat((self.depth + 1) * 4);
        let mut out = String::from("[\n");
        for line in lines {
            let _ = writeln!(out, "{indent}{},", self.foreign(line));
        }
        out.push_str(&" ".repeat(self.depth * 4));
        out.push(']');
        self.field(name, &out);
    }

    fn rest(&mut self, record: &impl Record) {
        for (name, raw) in &record.unknown().0 {
            self.field(&named(name), &self.foreign(raw));
        }
    }

    /// The text of a part that was not understood.
    fn foreign<'r>(&self, raw: &'r str) -> Cow<'r, str> {
        if self.form.as_found { Cow::Borrowed(raw) } else { harmless(raw) }
    }
}

/// The name of a field as it is read: with a dash or a dot, or a digit in front, it needs a mark.
pub fn named(name: &str) -> String {
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let plain = begins && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    format!("{}{name}", if plain { "" } else { "r#" })
}

fn fields(record: &impl Record, depth: usize, form: Form) -> Vec<String> {
    let mut writer = Writer { parts: Vec::new(), depth, form };
    record.put(&mut writer);
    writer.rest(record);
    // On a line, which is at depth 0, what is not known stays last.
    if form.sorted && depth > 0 {
        writer.parts.sort();
    }
    writer.parts
}

/// A record on one line.
pub fn short(record: &impl Record, form: Form) -> String {
    format!("({})", fields(record, 0, form).join(", "))
}

fn long(record: &impl Record, depth: usize, form: Form) -> String {
    let indent = " ".repeat((depth + 1) * 4);
    let mut out = String::from("(\n");
    for part in fields(record, depth + 1, form) {
        let _ = writeln!(out, "{indent}{part},");
    }
    out.push_str(&" ".repeat(depth * 4));
    out.push(')');
    out
}

/// A value as it stands in the file.
pub fn value_text(value: &Value) -> String {
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

/// A RON string. Hidden characters are escaped, so that the file itself shows nothing that is not there.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
