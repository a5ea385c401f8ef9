//! What each record of the file is made of: one place for the names of its fields, read and written.

use super::FileError;
use super::away;
use super::harmless::harmless;
use super::history;
use super::pinned;
use super::read::Reader;
use super::signoff;
use super::write::{Writer, put_value, quote, quoted, value_text};
use crate::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, VariableId};
use crate::session::condition::{Condition, ConditionId, Departure, State};
use crate::session::handover::{Confirmed, HandedOver};
use crate::session::model::{Answer, Evidence, FollowUp, Rest, Session, Subject};
use crate::session::pinned::QuestionSet;

/// A record with named fields.
pub trait Record {
    /// Takes a field; false: this version does not know it.
    ///
    /// # Errors
    /// When the field is known and its text is not what belongs there.
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError>;

    /// Writes the known fields that hold something.
    fn put(&self, writer: &mut Writer);

    /// The unknown fields.
    fn rest(&mut self) -> &mut Rest;

    /// The unknown fields, to be written.
    fn unknown(&self) -> &Rest;
}

macro_rules! rest {
    () => {
        fn rest(&mut self) -> &mut Rest {
            &mut self.rest
        }
        fn unknown(&self) -> &Rest {
            &self.rest
        }
    };
}

impl Record for Session {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "format" => {}
            "id" => self.id = reader.id(raw)?,
            "mode" if raw == "Interview" => self.mode = Mode::Interview,
            "mode" => self.mode = reader.value(raw)?,
            "vendor" => self.vendor = reader.named(raw)?,
            "as_of" => self.as_of = reader.day(raw)?,
            "created" => self.created = reader.day(raw)?,
            "subject" => self.subject = reader.record(raw, Subject::default())?,
            "handed_over" => self.handed_over = reader.option(raw, HandedOver::default)?,
            "answers" => self.take_answers(reader, raw)?,
            "conditions" => self.take_conditions(reader, raw)?,
            "departures" => self.take_departures(reader, raw)?,
            "questions" => self.questions = Some(reader.record(raw, QuestionSet::default())?),
            "history" => self.history = history::read(reader, raw, self.history.dropped())?,
            "history_dropped" => self.history.count_dropped(reader.value(raw)?),
            _ => return Ok(away::take(self, reader, name, raw)? || signoff::take(self, reader, name, raw)?),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.field("format", &super::FORMAT.to_string());
        writer.field("id", &quoted(self.id.as_str()));
        writer.field("mode", if self.mode == Mode::Interview { "Interview" } else { "Self" });
        writer.field("vendor", &quoted(self.vendor.as_str()));
        writer.day("as_of", self.as_of);
        writer.day("created", self.created);
        if self.subject != Subject::default() {
            writer.record("subject", &self.subject);
        }
        writer.option("handed_over", self.handed_over.as_ref());
        writer.map("answers", &self.answers, self.foreign("answers"));
        if !self.conditions.is_empty() || self.foreign("conditions").next().is_some() {
            writer.map("conditions", &self.conditions, self.foreign("conditions"));
        }
        if !self.departures.is_empty() || self.foreign("departures").next().is_some() {
            writer.map("departures", &self.departures, self.foreign("departures"));
        }
        let sealing = writer.is_sealing();
        if let Some(questions) = self.questions.as_ref().filter(|_| !sealing) {
            writer.record("questions", questions);
        }
        signoff::put(self, writer);
        away::put(self, writer);
        if !sealing {
            history::put(&self.history, writer);
        }
    }

    rest!();
}

impl Session {
    /// Entries of a map whose key this version cannot read.
    fn foreign<'s>(&'s self, map: &'static str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.foreign_entries.iter().filter_map(move |(path, raw)| {
            let key = path.strip_prefix(map)?.strip_prefix('.')?;
            Some((key, raw.as_str()))
        })
    }

    fn keep<'a>(&mut self, reader: &Reader<'a>, map: &str, key: &str, raw: &'a str) -> Result<(), FileError> {
        self.foreign_entries.push((format!("{map}.{key}"), reader.kept(raw)?));
        Ok(())
    }

    fn take_answers<'a>(&mut self, reader: &Reader<'a>, part: &'a str) -> Result<(), FileError> {
        for (key, raw) in reader.entries(part)? {
            let Ok(id) = VariableId::try_from(key.as_ref()) else {
                self.keep(reader, "answers", &key, raw)?;
                continue;
            };
            let fields = reader.fields(raw)?;
            if !fields.iter().any(|(name, _)| name == "value") {
                return Err(reader.at(raw, &format!("the answer `{id}` has no `value`")));
            }
            let mut answer = Answer::new(Value::Unknown);
            reader.fill_from(fields, &mut answer)?;
            self.answers.insert(id, answer);
        }
        Ok(())
    }

    fn take_conditions<'a>(&mut self, reader: &Reader<'a>, part: &'a str) -> Result<(), FileError> {
        for (key, raw) in reader.entries(part)? {
            match ConditionId::parse(&key) {
                Some(id) => drop(self.conditions.insert(id, reader.record(raw, Condition::default())?)),
                None => self.keep(reader, "conditions", &key, raw)?,
            }
        }
        Ok(())
    }

    fn take_departures<'a>(&mut self, reader: &Reader<'a>, part: &'a str) -> Result<(), FileError> {
        for (key, raw) in reader.entries(part)? {
            match FindingId::try_from(key.as_ref()) {
                Ok(id) => drop(self.departures.insert(id, reader.record(raw, Departure::default())?)),
                Err(_) => self.keep(reader, "departures", &key, raw)?,
            }
        }
        Ok(())
    }
}

impl Record for Subject {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "title" => self.title = reader.text(raw)?,
            "controller" => self.controller = reader.text(raw)?,
            "organisation" => self.organisation = reader.value(raw)?,
            "jurisdiction" => self.jurisdiction = reader.value(raw)?,
            "team" => self.team = reader.text(raw)?,
            "purpose" => self.purpose = reader.text(raw)?,
            "file_number" => self.file_number = reader.text(raw)?,
            "interviewer" => self.interviewer = reader.text(raw)?,
            "respondents" => self.respondents = reader.texts(raw)?,
            "documents" => self.documents = reader.records(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.text("title", &self.title);
        writer.text("controller", &self.controller);
        writer.text("team", &self.team);
        writer.text("purpose", &self.purpose);
        writer.text("file_number", &self.file_number);
        writer.text("interviewer", &self.interviewer);
        if self.organisation != Organisation::default() {
            writer.field("organisation", &format!("{:?}", self.organisation));
        }
        let country = match self.jurisdiction {
            Jurisdiction::De => None,
            Jurisdiction::At => Some("AT"),
            Jurisdiction::Ch => Some("CH"),
            Jurisdiction::OtherEea => Some("OtherEea"),
        };
        if let Some(country) = country {
            writer.field("jurisdiction", country);
        }
        writer.texts("respondents", self.respondents.iter().map(String::as_str));
        writer.list("documents", &self.documents);
    }

    rest!();
}

impl Record for Answer {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "value" => match Reader::answer(raw) {
                Some(value) => self.value = value,
                None => self.foreign_value = Some(reader.kept(raw)?),
            },
            "note" => self.note = reader.text(raw)?,
            "remark" => self.remark = reader.text(raw)?,
            "by" => self.by = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "pending" => self.pending = reader.value(raw)?,
            "evidence" => self.evidence = reader.records(raw)?,
            "follow_up" => self.follow_up = reader.option(raw, FollowUp::default)?,
            "catalogue_confirmed" => self.catalogue_confirmed = reader.value(raw)?,
            "self_assessed" => self.self_assessed = reader.value(raw)?,
            "confirmed" => self.confirmed = reader.option(raw, Confirmed::default)?,
            "asked" => self.asked = Some(pinned::read_asked(reader, raw)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        self.put_value(writer);
        self.put_beside(writer);
    }

    rest!();
}

impl Answer {
    /// Writes the value.
    pub(super) fn put_value(&self, writer: &mut Writer) {
        match &self.foreign_value {
            // Kept as it was for as long as nobody answers anew.
            Some(raw) if self.value == Value::Unknown => writer.field("value", &harmless(raw)),
            _ => writer.put("value", |out| put_value(&self.value, out)),
        }
    }

    /// Writes what stands beside the value.
    pub(super) fn put_beside(&self, writer: &mut Writer) {
        writer.text("note", &self.note);
        if !writer.is_sealing() {
            writer.text("remark", &self.remark);
        }
        writer.text("by", &self.by);
        writer.day("on", self.on);
        if self.pending {
            writer.field("pending", "true");
        }
        writer.list("evidence", &self.evidence);
        writer.option("follow_up", self.follow_up.as_ref());
        if self.catalogue_confirmed {
            writer.field("catalogue_confirmed", "true");
        }
        if self.self_assessed {
            writer.field("self_assessed", "true");
        }
        writer.option("confirmed", self.confirmed.as_ref());
        if let Some(asked) = &self.asked {
            writer.field("asked", &pinned::asked_text(asked));
        }
    }
}

impl Record for Evidence {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "title" => self.title = reader.text(raw)?,
            "date" => self.date = reader.day(raw)?,
            "place" => self.place = reader.text(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.put("title", |out| quote(&self.title, out));
        writer.day("date", self.date);
        writer.text("place", &self.place);
    }

    rest!();
}

impl Record for FollowUp {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "owner" => self.owner = reader.text(raw)?,
            "due" => self.due = reader.day(raw)?,
            "question" => self.question = reader.text(raw)?,
            "reply" => self.reply = reader.text(raw)?,
            "closed" => self.closed = reader.day(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.put("owner", |out| quote(&self.owner, out));
        writer.day("due", self.due);
        writer.text("question", &self.question);
        writer.text("reply", &self.reply);
        writer.day("closed", self.closed);
    }

    rest!();
}

impl Record for Condition {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "action" => self.action = reader.text(raw)?,
            "change" => self.change = reader.value(raw)?,
            "owner" => self.owner = reader.text(raw)?,
            "due" => self.due = reader.day(raw)?,
            "state" => {
                self.state = match raw {
                    "Open" => State::Open,
                    "Fulfilled" => State::Fulfilled,
                    "Accepted" => State::Accepted,
                    _ => return Err(reader.at(raw, "a condition is `Open`, `Fulfilled` or `Accepted`")),
                }
            }
            "reason" => self.reason = reader.text(raw)?,
            "by" => self.by = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "until" => self.until = reader.day(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        let sealing = writer.is_sealing();
        // How far it is met afterwards is under no seal.
        let state = if sealing { &State::Open } else { &self.state };
        writer.field("state", word(state));
        writer.text("action", &self.action);
        if let Some((question, value)) = &self.change {
            writer.field("change", &format!("Some(({}, {}))", quoted(question.as_str()), value_text(value)));
        }
        writer.text("owner", &self.owner);
        writer.day("due", self.due);
        if sealing {
            return;
        }
        writer.text("reason", &self.reason);
        writer.text("by", &self.by);
        writer.day("on", self.on);
        writer.day("until", self.until);
    }

    rest!();
}

const fn word(state: &State) -> &'static str {
    match state {
        State::Open => "Open",
        State::Fulfilled => "Fulfilled",
        State::Accepted => "Accepted",
    }
}

impl Record for Departure {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "level" => self.level = reader.value::<Option<Level>>(raw)?,
            "reason" => self.reason = reader.text(raw)?,
            "by" => self.by = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        match self.level {
            Some(level) => writer.field("level", &format!("Some({level:?})")),
            None => writer.field("level", "None"),
        }
        writer.text("reason", &self.reason);
        writer.text("by", &self.by);
        writer.day("on", self.on);
    }

    rest!();
}
