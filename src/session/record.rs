//! The record of a seal: everything that is needed to come to the same verdict again years later, in one file of readable
//! text. It holds the session as it was sealed, the questions and rules with their wording, the law, the catalogue entry,
//! the version of the program, the day, and what came out.
//!
//! A record is never written again, so what reads it must go on reading it. Types that stand in one (all of `domain`, and
//! [`Fired`] with its proofs) change like this only: a field is added with `#[serde(default)]`; a variant is added; no field
//! and no variant is renamed, removed or given another meaning; a check of the data that becomes stricter must still let the
//! records in `tests/data/sealed` through. `tests/verify.rs` reads them.
//!
//! Pure: the store reads and writes the file.

mod edits;
mod replay;

use serde::{Deserialize, Serialize};

use super::file::{self, FileError, Reader};
use super::model::{Session, SessionId};
use super::signoff::{content, hash_of};
use crate::domain::Day;
use crate::domain::bank::Bank;
use crate::domain::id::{FindingId, VariableId};
use crate::domain::vendor::Vendor;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Assessment, Fired};

pub use edits::{Place, edits, progress};
pub use replay::{Difference, differences};

/// The format that this version writes.
pub const FORMAT: u32 = 1;
/// Larger files are refused unread.
pub const MAX_BYTES: u64 = 4 << 20;
/// Levels of lists and records that begin on lines of their own.
const DEPTH: usize = 4;

/// What came out when it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The verdict; none: there was nothing to assess.
    pub verdict: Option<Verdict>,
    /// The best light that was still possible.
    pub best: Light,
    /// The worst light that was still possible.
    pub worst: Light,
    /// The findings with their proofs.
    #[serde(default)]
    pub findings: Vec<Fired>,
    /// Questions without an answer.
    #[serde(default)]
    pub unanswered: Vec<VariableId>,
    /// Further questions without an answer.
    #[serde(default)]
    pub not_checked: Vec<VariableId>,
    /// Findings that only the interview settles.
    #[serde(default)]
    pub left_to_dpo: Vec<FindingId>,
}

impl From<&Assessment> for Outcome {
    fn from(assessment: &Assessment) -> Self {
        Self {
            verdict: (!assessment.out_of_scope).then_some(assessment.verdict),
            best: assessment.best,
            worst: assessment.worst,
            findings: assessment.findings.clone(),
            unanswered: assessment.unanswered.clone(),
            not_checked: assessment.not_checked.clone(),
            left_to_dpo: assessment.left_to_dpo.clone(),
        }
    }
}

/// What is said of a seal beside what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The version of the program that sealed.
    pub program: String,
    /// The revision.
    pub revision: u32,
    /// The day of the seal.
    pub sealed: Day,
    /// Who sealed.
    pub by: String,
    /// The day judged.
    pub day: Day,
    /// The day for which the answers were given.
    pub answered: Day,
}

/// A record that was read.
#[derive(Clone, Debug)]
pub struct Record {
    /// What is said of the seal.
    pub head: Head,
    /// What it covers, as a hash.
    pub content: String,
    /// What came out.
    pub outcome: Outcome,
    /// The session as it was sealed.
    pub session: Session,
    /// The questions, rules and law of that time.
    pub bank: Bank,
    /// The catalogue entry of that time; none: the tool was not in the catalogue.
    pub vendor: Option<Vendor>,
}

/// The text of a record, first line included.
///
/// # Errors
/// When a text of the data cannot be written; no text that the check lets through is such.
pub fn write(
    head: &Head,
    session: &Session,
    (bank, vendor): (&Bank, Option<&Vendor>),
    assessment: &Assessment,
) -> Result<String, ron::Error> {
    let text = |text: &str| pretty(&text);
    let parts = [
        ("record", FORMAT.to_string()),
        ("program", text(&head.program)?),
        ("revision", head.revision.to_string()),
        ("sealed", pretty(&head.sealed)?),
        ("by", text(&head.by)?),
        ("day", pretty(&head.day)?),
        ("answered", pretty(&head.answered)?),
        ("content", text(&content(session))?),
        ("outcome", pretty(&Outcome::from(assessment))?),
        ("session", file::write(&session.without_remarks()).trim_end().to_owned()),
        ("vendor", pretty(&vendor)?),
        ("bank", pretty(bank)?),
    ];
    let body: Vec<String> = parts.iter().map(|(name, part)| format!("{name}: {part},\n")).collect();
    Ok(file::sealed(&format!("(\n{})\n", body.concat())))
}

fn pretty<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    let config = ron::ser::PrettyConfig::new().depth_limit(DEPTH).new_line("\n").indentor("  ");
    ron::ser::to_string_pretty(value, config)
}

/// SHA-256 of a record's file, as the seal names it.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hash_of(bytes)
}

/// Whether a text is meant to be a record; its beginning is enough.
#[must_use]
pub fn is_record(begin: &str) -> bool {
    let inside = file::without(begin).trim_start().strip_prefix('(').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with("record:"))
}

/// Reads a record.
///
/// # Errors
/// The first fault with its place; a newer format is told apart from damage.
pub fn read(text: &str) -> Result<Record, FileError> {
    let reader = Reader::of(text);
    let fields = reader.fields(text)?;
    let part = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name).map(|(_, raw)| *raw);
        found.ok_or_else(|| reader.at(text, &format!("the field `{name}` is missing; this is no record of a seal")))
    };
    let format = part("record")?;
    match reader.value::<u32>(format)? {
        FORMAT => {}
        0 => return Err(reader.at(format, "there is no format 0")),
        _ => return Err(reader.newer_than(format, FORMAT)),
    }
    let session = part("session")?;
    let fallback = SessionId::parse("session").ok_or_else(|| reader.at(session, "no id"))?;
    Ok(Record {
        head: Head {
            program: reader.value(part("program")?)?,
            revision: reader.value(part("revision")?)?,
            sealed: reader.value(part("sealed")?)?,
            by: reader.value(part("by")?)?,
            day: reader.value(part("day")?)?,
            answered: reader.value(part("answered")?)?,
        },
        content: reader.value(part("content")?)?,
        outcome: reader.owned(part("outcome")?)?,
        session: file::read(session, &fallback).map_err(|error| reader.inside(session, error))?,
        vendor: reader.owned(part("vendor")?)?,
        bank: reader.owned(part("bank")?)?,
    })
}

#[cfg(test)]
mod tests;
