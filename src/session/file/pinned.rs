//! The questions of a session in its file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::FileError;
use super::read::Reader;
use super::records::Record;
use super::write::{Writer, quoted};
use crate::session::model::Rest;
use crate::session::pinned::{Asked, QuestionSet};

impl Record for QuestionSet {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "id" => self.id = reader.value(raw)?,
            "version" => self.version = reader.value(raw)?,
            "hash" => self.hash = reader.value(raw)?,
            "all" => self.all = reader.value(raw)?,
            "wordings" => self.wordings = reader.value::<BTreeMap<String, String>>(raw)?,
            "accepted" => self.accepted = reader.value(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.text("id", &self.id);
        writer.text("version", &self.version);
        writer.text("hash", &self.hash);
        if !self.all.is_empty() {
            let all: Vec<String> = self.all.iter().map(|id| quoted(id)).collect();
            writer.field("all", &format!("[{}]", all.join(", ")));
        }
        if !self.wordings.is_empty() {
            // One on each line, so that files merge.
            let mut text = String::from("{\n");
            for (hash, words) in &self.wordings {
                let _ = writeln!(text, "            {}: {},", quoted(hash), quoted(words));
            }
            text.push_str("        }");
            writer.field("wordings", &text);
        }
        if !self.accepted.is_empty() {
            let pair = |(old, new): &(String, String)| format!("({}, {})", quoted(old), quoted(new));
            let all: Vec<String> = self.accepted.iter().map(pair).collect();
            writer.field("accepted", &format!("[{}]", all.join(", ")));
        }
    }

    fn rest(&mut self) -> &mut Rest {
        &mut self.rest
    }

    fn unknown(&self) -> &Rest {
        &self.rest
    }
}

/// With which question an answer was given, as it stands in the file.
pub fn asked_text(asked: &Asked) -> String {
    format!("({}, {})", quoted(&asked.question), quoted(&asked.wording))
}

/// Reads with which question an answer was given.
pub fn read_asked<'a>(reader: &Reader<'a>, raw: &'a str) -> Result<Asked, FileError> {
    let (question, wording) = reader.value(raw)?;
    Ok(Asked { question, wording })
}
