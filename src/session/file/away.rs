//! What became of an assessment: names of its fields, read and written.

use super::FileError;
use super::read::Reader;
use super::records::Record;
use super::write::{Writer, quoted};
use crate::session::away::Retired;
use crate::session::model::{Rest, Session};

/// Takes a field that tells what became of a session; false: it is none.
pub fn take<'a>(session: &mut Session, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
    match name {
        "copied_from" => session.copied_from = reader.some(raw)?.map(|inner| reader.id(inner)).transpose()?,
        "archived" => session.archived = reader.day(raw)?,
        "retired" => session.retired = reader.option(raw, Retired::default)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Writes what there is of it.
pub fn put(session: &Session, writer: &mut Writer) {
    if let Some(id) = &session.copied_from {
        writer.field("copied_from", &format!("Some({})", quoted(id.as_str())));
    }
    if writer.is_sealing() {
        return;
    }
    writer.day("archived", session.archived);
    writer.option("retired", session.retired.as_ref());
}

impl Record for Retired {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "on" => self.on = reader.day(raw)?,
            "note" => self.note = reader.text(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.day("on", self.on);
        writer.text("note", &self.note);
    }

    fn rest(&mut self) -> &mut Rest {
        &mut self.rest
    }

    fn unknown(&self) -> &Rest {
        &self.rest
    }
}
