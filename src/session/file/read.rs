//! From text to a session. The first fault is reported with its place; unknown parts are kept.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fields::{Entries, Fields};
use super::{Document, FORMAT, FileError, NotUnderstood};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::{VariableId, VendorId};
use crate::session::model::{Answer, Evidence, FollowUp, Session, SessionId, Subject};

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
