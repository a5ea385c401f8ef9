//! The fields of a hand-over, and of what was confirmed after it.

use super::FileError;
use super::read::Reader;
use super::records::Record;
use super::write::Writer;
use crate::session::handover::{Confirmed, HandedOver};
use crate::session::model::Rest;

macro_rules! who_and_when {
    ($record:ty) => {
        impl Record for $record {
            fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
                match name {
                    "on" => self.on = reader.day(raw)?,
                    "by" => self.by = reader.text(raw)?,
                    _ => return Ok(false),
                }
                Ok(true)
            }

            fn put(&self, writer: &mut Writer) {
                writer.day("on", self.on);
                writer.text("by", &self.by);
            }

            fn rest(&mut self) -> &mut Rest {
                &mut self.rest
            }

            fn unknown(&self) -> &Rest {
                &self.rest
            }
        }
    };
}

who_and_when!(HandedOver);
who_and_when!(Confirmed);
