//! From text to a session. The first fault is reported with its place; unknown parts are kept.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::fields::{Entries, Fields, Raw};
use super::records::Record;
use super::seal::without;
use super::split;
use super::{FORMAT, FileError};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::{ChoiceId, VendorId};
use crate::session::model::{Session, SessionId};

/// Reads a session. The id of a file that names none is `fallback`.
///
/// # Errors
/// The first fault with its place; a newer format is told apart from damage.
pub fn read(text: &str, fallback: &SessionId) -> Result<Session, FileError> {
    // Some editors write a mark of the byte order.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text };
    // What a newer version writes may look like damage to this one; the format stands first and says so.
    told_apart(&reader, session(&reader, text, fallback, |_| true, false))
}

/// The same without how it came about: history and words of the questions, which the register has no use for.
///
/// # Errors
/// As [`read`]; a fault in what is left out is not found.
pub fn brief(text: &str, fallback: &SessionId) -> Result<Session, FileError> {
    let reader = Reader { text };
    let wanted = |name: &str| !matches!(name, "history" | "questions");
    told_apart(&reader, session(&reader, text, fallback, wanted, false))
}

fn told_apart(reader: &Reader<'_>, read: Result<Session, FileError>) -> Result<Session, FileError> {
    read.map_err(|error| match begins_newer(reader.text) {
        Some(raw) if !error.newer => reader.newer(raw),
        _ => error,
    })
}

/// Reads what this version understands of a session of a newer one. It may be looked at; written back it would no longer be
/// what it was.
///
/// # Errors
/// The first part that this version cannot read.
pub fn look(text: &str, fallback: &SessionId) -> Result<Session, FileError> {
    session(&Reader { text }, text, fallback, |_| true, true)
}

/// The number of the format, if the text begins with that of a newer one.
fn begins_newer(text: &str) -> Option<&str> {
    let begin = without(text.trim_start_matches('\u{feff}'));
    let inside = begin.trim_start().strip_prefix('(')?.trim_start();
    let number = inside.strip_prefix("format")?.trim_start().strip_prefix(':')?.trim_start();
    let digits = number.get(..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len()))?;
    let newer = digits.parse::<u32>().map_or(!digits.is_empty(), |format| format > FORMAT);
    newer.then_some(digits)
}

fn session(
    reader: &Reader<'_>,
    text: &str,
    fallback: &SessionId,
    wanted: fn(&str) -> bool,
    newer: bool,
) -> Result<Session, FileError> {
    let mut fields = match split::fields(without(text)).filter(|fields| distinct(fields)) {
        Some(fields) => borrowed(fields),
        None => reader.fields(text)?,
    };
    match reader.check_format(&fields) {
        Err(error) if newer && error.newer => {}
        checked => checked?,
    }
    for needed in ["vendor", "answers"] {
        if !fields.iter().any(|(name, _)| name == needed) {
            return Err(reader.at(text, &format!("the field `{needed}` is missing")));
        }
    }
    let vendor = VendorId::try_from("other").map_err(|error| reader.at(text, &error.to_string()))?;
    let mut session = Session::new(fallback.clone(), Mode::Interview, vendor, jiff::civil::date(2000, 1, 1));
    (session.as_of, session.created) = (None, None);
    fields.retain(|(name, _)| wanted(name.as_ref()));
    reader.fill_from(fields, &mut session)?;
    Ok(session)
}

/// Reads what stands before the answers in the beginning of a file that this program wrote; none: it looks otherwise.
///
/// In such a file no line break stands inside a text, so the line is the field.
#[must_use]
pub fn head(begin: &str, fallback: &SessionId) -> Option<Session> {
    let at = begin.find("\n    answers: {")?;
    let text = format!("{}\n    answers: {{}},\n)", begin.get(..at)?);
    read(&text, fallback).ok()
}

/// A name, and the value as it stands in the text.
pub type Named<'a> = (Cow<'a, str>, &'a str);

/// Reads parts of one text and knows where each stands.
pub struct Reader<'a> {
    text: &'a str,
}

impl<'a> Reader<'a> {
    /// Reads parts of a text.
    pub const fn of(text: &'a str) -> Self {
        Self { text }
    }

    /// A fault at a part of the text.
    pub fn at(&self, part: &str, message: &str) -> FileError {
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
            deep: false,
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
        FileError { line, column, deep: matches!(error.code, ron::Error::ExceededRecursionLimit), ..outer }
    }

    fn options() -> ron::Options {
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
    }

    pub fn fields(&self, part: &'a str) -> Result<Vec<Named<'a>>, FileError> {
        if let Some(fields) = split::fields(part).filter(|fields| distinct(fields)) {
            return Ok(borrowed(fields));
        }
        let fields: Fields<'a> = Self::options().from_str(part).map_err(|error| self.spanned(part, &error))?;
        Ok(owned(fields))
    }

    pub fn entries(&self, part: &'a str) -> Result<Vec<Named<'a>>, FileError> {
        if let Some(entries) = split::entries(part).filter(|entries| distinct(entries)) {
            return Ok(borrowed(entries));
        }
        let entries: Entries<'a> = Self::options().from_str(part).map_err(|error| self.spanned(part, &error))?;
        Ok(owned(entries.0))
    }

    pub fn value<T: Deserialize<'a>>(&self, part: &'a str) -> Result<T, FileError> {
        Self::options().from_str(part).map_err(|error| self.spanned(part, &error))
    }

    /// A text. One in plain quotes is what stands between them; the library is asked about all others.
    pub fn text(&self, part: &'a str) -> Result<String, FileError> {
        match plain(part) {
            Some(inner) => Ok(inner.to_owned()),
            None => self.value(part),
        }
    }

    /// A day, if there is one.
    pub fn day(&self, part: &'a str) -> Result<Option<Day>, FileError> {
        let written = part.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')).and_then(plain);
        match written.filter(|text| text.len() == 10).and_then(|text| text.parse().ok()) {
            Some(day) => Ok(Some(day)),
            // Whatever else it is, the library says.
            None => self.value(part),
        }
    }

    /// Texts in a list, or what is made of them.
    pub fn texts<T: Deserialize<'a> + TryFrom<&'a str>>(&self, part: &'a str) -> Result<Vec<T>, FileError> {
        ids(part).map_or_else(|| self.value(part), Ok)
    }

    /// An id, or anything else that is made of a plain text.
    pub fn named<T: Deserialize<'a> + TryFrom<&'a str>>(&self, part: &'a str) -> Result<T, FileError> {
        plain(part).and_then(|text| T::try_from(text).ok()).map_or_else(|| self.value(part), Ok)
    }

    /// The value of an answer; none: it is of a kind that this version does not know.
    pub fn answer(part: &'a str) -> Option<Value> {
        let inside = |kind: &str| part.strip_prefix(kind)?.strip_prefix('(')?.strip_suffix(')');
        let choice = inside("Choice").and_then(plain).and_then(|id| ChoiceId::try_from(id).ok());
        let countries = || inside("Countries").and_then(ids).map(Value::Countries);
        let choices = || inside("Choices").and_then(ids).map(Value::Choices);
        match choice.map(Value::Choice).or_else(countries).or_else(choices) {
            Some(value) => Some(value),
            None if part == "Unknown" => Some(Value::Unknown),
            None => Some(part).filter(|part| may_be_value(part)).and_then(Self::value_if),
        }
    }

    /// A value that borrows nothing, from a part that may go as deep as data files do.
    pub fn owned<T: serde::de::DeserializeOwned>(&self, part: &str) -> Result<T, FileError> {
        Self::options().from_str(part).map_err(|error| self.spanned(part, &error))
    }

    /// A fault that was found in a part of the text by itself, at its place in the whole.
    pub fn inside(&self, part: &str, error: FileError) -> FileError {
        let outer = self.at(part, &error.message);
        let column = if error.line <= 1 { outer.column + error.column.saturating_sub(1) } else { error.column };
        FileError { line: outer.line + error.line.saturating_sub(1), column, ..error }
    }

    /// A value; none where something else stands. Its place is not looked for, which takes long in a long text.
    pub fn value_if<T: Deserialize<'a>>(part: &'a str) -> Option<T> {
        Self::options().from_str(part).ok()
    }

    fn check_format(&self, fields: &[Named<'a>]) -> Result<(), FileError> {
        let Some((_, raw)) = fields.iter().find(|(name, _)| name == "format") else {
            return Err(self.at(self.text, "the field `format` is missing; this is no session file"));
        };
        let format = if *raw == "1" { 1 } else { self.value::<u32>(raw)? };
        match format {
            FORMAT => {}
            0 => return Err(self.at(raw, "there is no format 0")),
            _ => return Err(self.newer(raw)),
        }
        // A newer version may write the same format and yet know that an older one would misunderstand it.
        let needs = fields.iter().find(|(name, _)| name == "min_reader").map(|(_, raw)| *raw);
        match needs.filter(|raw| self.value::<u32>(raw).is_ok_and(|least| least > FORMAT)) {
            Some(raw) => Err(FileError {
                message: format!("the file needs a version that reads format {}", raw.trim()),
                ..self.newer(raw)
            }),
            None => Ok(()),
        }
    }

    /// The file has a format of which this version knows nothing.
    fn newer(&self, raw: &str) -> FileError {
        self.newer_than(raw, FORMAT)
    }

    /// The same for a file of a kind whose formats are counted by themselves.
    pub fn newer_than(&self, raw: &str, known: u32) -> FileError {
        FileError {
            hint: String::from("install the current version of freigabe; this one leaves the file untouched"),
            newer: true,
            ..self.at(raw, &format!("the file has format {}, this version reads up to {known}", raw.trim()))
        }
    }

    pub fn id(&self, part: &'a str) -> Result<SessionId, FileError> {
        let text = self.text(part)?;
        SessionId::parse(&text).ok_or_else(|| self.at(part, "a session id has 1 to 64 letters, digits, `-` or `_`"))
    }

    /// Fills a record from a part of the text; fields that it does not know go to its rest.
    pub fn record<R: Record>(&self, part: &'a str, mut record: R) -> Result<R, FileError> {
        self.fill_from(self.fields(part)?, &mut record)?;
        Ok(record)
    }

    /// Fills a record from its fields; those that it does not know go to its rest.
    pub fn fill_from<R: Record>(&self, fields: Vec<Named<'a>>, record: &mut R) -> Result<(), FileError> {
        for (name, raw) in fields {
            if !record.take(self, &name, raw)? {
                record.rest().0.push((name.into_owned(), self.kept(raw)?));
            }
        }
        Ok(())
    }

    /// A value that is kept without being read: whatever it is, it is one.
    pub fn kept(&self, part: &'a str) -> Result<String, FileError> {
        self.value::<Raw<'a>>(part).map(|_| part.to_owned())
    }

    /// The records of a list.
    pub fn records<R: Record + Default>(&self, part: &'a str) -> Result<Vec<R>, FileError> {
        if let Some(items) = split::items(part) {
            return items.into_iter().map(|item| self.record(item, R::default())).collect();
        }
        let records: Vec<Fields<'a>> = self.value(part)?;
        let fill = |fields: Fields<'a>| {
            let mut record = R::default();
            self.fill_from(owned(fields), &mut record)?;
            Ok(record)
        };
        records.into_iter().map(fill).collect()
    }

    /// The entries of a list.
    pub fn list(&self, part: &'a str) -> Result<Vec<&'a str>, FileError> {
        let entries: Vec<Raw<'a>> = self.value(part)?;
        Ok(entries.into_iter().map(Raw::bare).collect())
    }

    /// A record inside `Some(...)`; none for `None`.
    pub fn option<R: Record>(&self, part: &'a str, blank: fn() -> R) -> Result<Option<R>, FileError> {
        // What stands inside is read to its end, so nothing can follow upon it.
        let inner = match part.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => Some(inner),
            None => self.some(part)?,
        };
        inner.map(|inner| self.record(inner, blank())).transpose()
    }

    /// What stands inside `Some(...)`; none for `None`.
    pub fn some(&self, part: &'a str) -> Result<Option<&'a str>, FileError> {
        let inner: Option<Raw<'a>> = self.value(part)?;
        Ok(inner.map(Raw::bare))
    }
}

/// Whether a text begins like one of the values that this version knows. To find out that it does not costs less than to
/// have the library explain what is wrong with it, which nobody reads.
pub fn may_be_value(raw: &str) -> bool {
    const KNOWN: [&str; 6] = ["Choice", "Choices", "Country", "Countries", "Text", "Unknown"];
    let word = raw.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(raw.len());
    // A comment or a raw name may stand first; then the library is asked.
    word <= 1 || raw.get(..word).is_some_and(|word| KNOWN.contains(&word))
}

/// What stands between plain quotes; none: it is another text, or none at all.
fn plain(part: &str) -> Option<&str> {
    let inner = part.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.bytes().any(|byte| matches!(byte, b'"' | b'\\'))).then_some(inner)
}

/// The ids in a list, where all of them stand there plainly.
fn ids<'a, T: TryFrom<&'a str>>(part: &'a str) -> Option<Vec<T>> {
    split::items(part)?.into_iter().map(|item| T::try_from(plain(item)?).ok()).collect()
}

fn borrowed(fields: Vec<split::Named<'_>>) -> Vec<Named<'_>> {
    fields.into_iter().map(|(name, raw)| (Cow::Borrowed(name), raw)).collect()
}

fn owned(fields: Fields<'_>) -> Vec<Named<'_>> {
    fields.bare().into_iter().map(|(name, raw)| (Cow::Owned(name), raw)).collect()
}

/// So few names are compared with each other; of more a set is made.
const FEW: usize = 16;

/// Whether no name stands there twice.
fn distinct(fields: &[split::Named<'_>]) -> bool {
    if fields.len() <= FEW {
        let before = |n: usize| fields.iter().take(n);
        return fields.iter().enumerate().all(|(n, (name, _))| before(n).all(|(other, _)| other != name));
    }
    // What this program writes stands in order.
    let mut names = BTreeSet::new();
    fields.is_sorted_by(|(a, _), (b, _)| a < b) || fields.iter().all(|(name, _)| names.insert(*name))
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
    use super::super::write::value_text;
    use super::*;

    #[test]
    fn every_value_begins_like_one() {
        let values = [
            Value::Choice("a".try_into().unwrap()),
            Value::Choices(Vec::new()),
            Value::Country("DE".try_into().unwrap()),
            Value::Countries(Vec::new()),
            Value::Text(String::new()),
            Value::Unknown,
        ];
        for value in &values {
            // A new kind of value has to be named there too.
            match value {
                Value::Choice(_)
                | Value::Choices(_)
                | Value::Country(_)
                | Value::Countries(_)
                | Value::Text(_)
                | Value::Unknown => assert!(may_be_value(&value_text(value)), "{value:?}"),
            }
        }
        for (raw, known) in [("Unknown", true), ("/* c */ Unknown", true), ("r#Text(\"a\")", true), ("Scale(3)", false)]
        {
            assert_eq!(may_be_value(raw), known, "{raw}");
        }
    }
}
