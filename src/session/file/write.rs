//! From a session to its text: stable order, every answer on a line group of its own, so that files merge line by line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::ops::Range;

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

/// What a seal covers of a session (see `signoff::content`), in the order that [`write_sorted`] has.
#[must_use]
pub fn write_sealed(session: &Session) -> String {
    written(session, Form { sorted: true, sealed: true, ..Form::default() })
}

/// In which form a session is written.
#[derive(Clone, Copy, Default)]
pub struct Form {
    /// What was not understood keeps its hidden characters.
    as_found: bool,
    /// Fields stand in order of their names.
    sorted: bool,
    /// Only what a seal covers.
    sealed: bool,
}

impl Form {
    /// What was not understood keeps its hidden characters.
    pub const fn as_found() -> Self {
        Self { as_found: true, sorted: false, sealed: false }
    }
}

fn written(session: &Session, form: Form) -> String {
    let writer = fields(session, 1, form);
    let mut out = String::with_capacity(writer.text.len() + 64);
    out.push_str("(\n");
    for part in writer.parts().filter(|part| !form.sorted || !part.starts_with("format: ")) {
        line(&mut out, 1, part);
    }
    out.push_str(")\n");
    out
}

/// Collects the fields of one record, one behind the other in a single text.
pub struct Writer {
    text: String,
    /// Where each of them stands.
    places: Vec<Range<usize>>,
    depth: usize,
    form: Form,
}

impl Writer {
    /// Whether only what a seal covers is written.
    pub const fn is_sealing(&self) -> bool {
        self.form.sealed
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|place| self.text.get(place.clone()))
    }

    /// A field whose text is written behind what stands there already.
    pub fn put(&mut self, name: &str, value: impl FnOnce(&mut String)) {
        let begin = self.text.len();
        self.text.push_str(name);
        self.text.push_str(": ");
        value(&mut self.text);
        self.places.push(begin..self.text.len());
    }

    /// A field with its text.
    pub fn field(&mut self, name: &str, text: &str) {
        self.put(name, |out| out.push_str(text));
    }

    /// A text, if there is one.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, |out| quote(text, out));
        }
    }

    /// A day, if there is one.
    pub fn day(&mut self, name: &str, day: Option<Day>) {
        if let Some(day) = day {
            self.put(name, |out| {
                // Writing to memory cannot fail.
                let _ = write!(out, "Some(\"{day}\")");
            });
        }
    }

    /// A record on lines of its own.
    pub fn record(&mut self, name: &str, record: &impl Record) {
        let (depth, form) = (self.depth, self.form);
        self.put(name, |out| lines(out, &fields(record, depth + 1, form), depth));
    }

    /// A record on one line, if there is one.
    pub fn option(&mut self, name: &str, record: Option<&impl Record>) {
        let form = self.form;
        if let Some(record) = record {
            self.put(name, |out| {
                out.push_str("Some(");
                on_one_line(out, record, form);
                out.push(')');
            });
        }
    }

    /// Records on one line, if there are any.
    pub fn list<R: Record>(&mut self, name: &str, records: &[R]) {
        let form = self.form;
        if !records.is_empty() {
            self.put(name, |out| listed(out, records, |out, record| on_one_line(out, record, form)));
        }
    }

    /// Texts on one line, if there are any.
    pub fn texts<'t>(&mut self, name: &str, texts: impl Iterator<Item = &'t str>) {
        let mut texts = texts.peekable();
        if texts.peek().is_some() {
            self.put(name, |out| listed(out, texts, |out, text| quote(text, out)));
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
        let (depth, form) = (self.depth, self.form);
        let key = |out: &mut String, key: &str| {
            indent(out, depth + 1);
            quote(key, out);
            out.push_str(": ");
        };
        self.put(name, |out| {
            out.push_str("{\n");
            for (id, record) in map {
                key(out, &id.to_string());
                let inner = fields(record, depth + 2, form);
                if inner.places.len() <= 1 {
                    on_one_line(out, record, form);
                } else {
                    lines(out, &inner, depth + 1);
                }
                out.push_str(",\n");
            }
            for (id, raw) in foreign {
                key(out, id);
                out.push_str(&form.foreign(raw));
                out.push_str(",\n");
            }
            indent(out, depth);
            out.push('}');
        });
    }

    /// A list with one line for each entry, as they stand in the file.
    pub fn lines<'l>(&mut self, name: &str, lines: impl Iterator<Item = &'l str>) {
        let (depth, form) = (self.depth, self.form);
        self.put(name, |out| {
            out.push_str("[\n");
            for entry in lines {
                line(out, depth + 1, &form.foreign(entry));
            }
            indent(out, depth);
            out.push(']');
        });
    }

    fn rest(&mut self, record: &impl Record) {
        for (name, raw) in &record.unknown().0 {
            self.field(&named(name), &self.form.foreign(raw));
        }
    }
}

impl Form {
    /// The text of a part that was not understood.
    fn foreign(self, raw: &str) -> Cow<'_, str> {
        if self.as_found { Cow::Borrowed(raw) } else { harmless(raw) }
    }
}

fn indent(out: &mut String, depth: usize) {
    (0..depth).for_each(|_| out.push_str("    "));
}

fn line(out: &mut String, depth: usize, text: &str) {
    indent(out, depth);
    out.push_str(text);
    out.push_str(",\n");
}

/// What a list holds, between its brackets.
fn listed<T>(out: &mut String, all: impl IntoIterator<Item = T>, each: impl Fn(&mut String, T)) {
    out.push('[');
    for (n, one) in all.into_iter().enumerate() {
        if n > 0 {
            out.push_str(", ");
        }
        each(out, one);
    }
    out.push(']');
}

/// The name of a field as it is read: with a dash or a dot, or a digit in front, it needs a mark.
pub fn named(name: &str) -> String {
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let plain = begins && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    format!("{}{name}", if plain { "" } else { "r#" })
}

fn fields(record: &impl Record, depth: usize, form: Form) -> Writer {
    let mut writer = Writer { text: String::new(), places: Vec::new(), depth, form };
    record.put(&mut writer);
    writer.rest(record);
    // On a line, which is at depth 0, what is not known stays last.
    if form.sorted && depth > 0 {
        let text = &writer.text;
        writer.places.sort_by(|a, b| text.get(a.clone()).cmp(&text.get(b.clone())));
    }
    writer
}

/// A record on one line.
pub fn short(record: &impl Record, form: Form) -> String {
    let mut out = String::new();
    on_one_line(&mut out, record, form);
    out
}

fn on_one_line(out: &mut String, record: &impl Record, form: Form) {
    out.push('(');
    for (n, part) in fields(record, 0, form).parts().enumerate() {
        if n > 0 {
            out.push_str(", ");
        }
        out.push_str(part);
    }
    out.push(')');
}

/// The fields of a record that begins at a depth, one on each line.
fn lines(out: &mut String, fields: &Writer, depth: usize) {
    out.push_str("(\n");
    fields.parts().for_each(|part| line(out, depth + 1, part));
    indent(out, depth);
    out.push(')');
}

/// A value as it stands in the file.
pub fn value_text(value: &Value) -> String {
    let mut out = String::new();
    put_value(value, &mut out);
    out
}

/// The same, behind a text.
pub fn put_value(value: &Value, out: &mut String) {
    let text = |out: &mut String, text: &str| quote(text, out);
    let kind = match value {
        Value::Choice(_) => "Choice(",
        Value::Choices(_) => "Choices(",
        Value::Country(_) => "Country(",
        Value::Countries(_) => "Countries(",
        Value::Text(_) => "Text(",
        Value::Unknown => return out.push_str("Unknown"),
    };
    out.push_str(kind);
    match value {
        Value::Choice(id) => text(out, id.as_str()),
        Value::Choices(ids) => listed(out, ids, |out, id| text(out, id.as_str())),
        Value::Country(code) => text(out, code.as_str()),
        Value::Countries(codes) => listed(out, codes, |out, code| text(out, code.as_str())),
        Value::Text(said) => text(out, said),
        Value::Unknown => {}
    }
    out.push(')');
}

/// A RON string. Hidden characters are escaped, so that the file itself shows nothing that is not there.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// The same, behind a text.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    // Most texts are plain, and are taken as they are.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| quote_character(c, out));
    }
    out.push('"');
}

fn quote_character(c: char, out: &mut String) {
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
