//! The history in the file: one entry on one line, so that git merges line by line.

use super::FileError;
use super::read::Reader;
use super::records::Record;
use super::write::{Form, Writer, quoted, short};
use crate::domain::answer::Value;
use crate::domain::moment::Moment;
use crate::session::history::{Entry, History, Kind};
use crate::session::model::{Answer, Rest, Session};
use crate::session::signoff::Act;

/// The line of an entry.
#[must_use]
pub fn entry_line(entry: &Entry) -> String {
    short(entry, Form::as_found())
}

/// The entry in a line; none: this version does not understand it.
#[must_use]
pub fn entry_of(line: &str) -> Option<Entry> {
    Reader::of(line).record(line, Entry::default()).ok()
}

/// Reads the history; its entries are looked at when somebody asks for them.
pub fn read<'a>(reader: &Reader<'a>, raw: &'a str, dropped: u64) -> Result<History, FileError> {
    reader.list(raw).map(|lines| History::of_lines(lines, dropped))
}

/// Writes the history, if there is one.
pub fn put(history: &History, writer: &mut Writer) {
    if !history.is_empty() {
        writer.lines("history", history.lines());
    }
    if history.dropped() > 0 {
        writer.field("history_dropped", &history.dropped().to_string());
    }
}

/// A session whose history is short enough for its text to take no more than `most` bytes, as far as that is a matter of
/// the history: answers matter more than how they came about. None: nothing has to be dropped.
#[must_use]
pub fn shortened(session: &Session, written: usize, most: usize) -> Option<Session> {
    let mut excess = written.checked_sub(most).filter(|excess| *excess > 0)?;
    if session.history.is_empty() {
        return None;
    }
    // A line that this program has dropped says how many there were.
    excess += 40;
    let mut shorter = session.clone();
    let mut count = 0;
    for line in session.history.lines() {
        if excess == 0 {
            break;
        }
        // Escaped it may be longer than this, never shorter.
        excess = excess.saturating_sub(line.len());
        count += 1;
    }
    shorter.history.forget(count);
    Some(shorter)
}

impl Record for Entry {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "n" => self.number = reader.value(raw)?,
            "at" => self.at = Moment::parse(&reader.value::<String>(raw)?),
            "question" => self.question = Some(reader.value(raw)?),
            "old" => self.old = side(reader, raw)?,
            "new" => self.new = side(reader, raw)?,
            "by" => self.by = reader.value(raw)?,
            "reason" => self.reason = reader.value(raw)?,
            "skipped" if reader.value(raw)? => self.kind = Kind::Skip,
            "takes_back" => self.kind = Kind::TakenBack(reader.value(raw)?),
            "brings_back" => self.kind = Kind::BroughtBack(reader.value(raw)?),
            "about" => self.kind = Kind::Reason(reader.value(raw)?),
            "newer_questions" if reader.value(raw)? => self.kind = Kind::Questions,
            "sign_off" => {
                let name: String = reader.value(raw)?;
                let Some(act) = Act::ALL.into_iter().find(|act| act.id() == name) else { return Ok(false) };
                self.kind = Kind::SignOff(act);
            }
            "handed_over" if reader.value(raw)? => self.kind = Kind::HandedOver,
            "taken_over" if reader.value(raw)? => self.kind = Kind::TakenOver,
            "restored" if reader.value(raw)? => self.kind = Kind::Restored,
            "from" => self.from = reader.value(raw)?,
            "merged" if reader.value(raw)? => self.kind = Kind::Merged,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.field("n", &self.number.to_string());
        if let Some(at) = self.at {
            writer.field("at", &quoted(&at.to_string()));
        }
        match self.kind {
            Kind::Change => {}
            Kind::Skip => writer.field("skipped", "true"),
            Kind::TakenBack(number) => writer.field("takes_back", &number.to_string()),
            Kind::BroughtBack(number) => writer.field("brings_back", &number.to_string()),
            Kind::Reason(number) => writer.field("about", &number.to_string()),
            Kind::Questions => writer.field("newer_questions", "true"),
            Kind::SignOff(act) => writer.field("sign_off", &quoted(act.id())),
            Kind::HandedOver => writer.field("handed_over", "true"),
            Kind::TakenOver => writer.field("taken_over", "true"),
            Kind::Restored => writer.field("restored", "true"),
            Kind::Merged => writer.field("merged", "true"),
        }
        if let Some(question) = &self.question {
            writer.field("question", &quoted(question.as_str()));
        }
        // What both sides share is left out of both.
        let valued = match (&self.old, &self.new) {
            (Some(old), Some(new)) => !same_value(old, new),
            _ => true,
        };
        for (name, side) in [("old", &self.old), ("new", &self.new)] {
            writer.option(name, side.as_deref().map(|answer| Side { answer: answer.clone(), valued }).as_ref());
        }
        writer.text("by", &self.by);
        writer.text("reason", &self.reason);
        writer.text("from", &self.from);
    }

    fn rest(&mut self) -> &mut Rest {
        &mut self.rest
    }

    fn unknown(&self) -> &Rest {
        &self.rest
    }
}

fn same_value(one: &Answer, other: &Answer) -> bool {
    one.value == other.value && one.foreign_value == other.foreign_value && one.pending == other.pending
}

fn side<'a>(reader: &Reader<'a>, raw: &'a str) -> Result<Option<Box<Answer>>, FileError> {
    let blank = || Side { answer: Answer::new(Value::Unknown), valued: true };
    let inner = reader.some(raw)?;
    inner.map(|inner| reader.record(inner, blank()).map(|side| Box::new(side.answer))).transpose()
}

/// One side of a change: an answer that may have no value.
struct Side {
    answer: Answer,
    valued: bool,
}

impl Record for Side {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        self.answer.take(reader, name, raw)
    }

    fn put(&self, writer: &mut Writer) {
        if self.valued {
            self.answer.put_value(writer);
        }
        self.answer.put_beside(writer);
    }

    fn rest(&mut self) -> &mut Rest {
        &mut self.answer.rest
    }

    fn unknown(&self) -> &Rest {
        &self.answer.rest
    }
}
