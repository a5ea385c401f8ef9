//! The questions that a session was answered with.
//!
//! An answer means what its question said. So a session tells which questions it was answered with: their name, the
//! version of the program, a hash over all of them; and each answer tells the hash of its question and the words that the
//! person read. What differs when the session is opened again stands in `differences`.

mod differences;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

pub use differences::{Changed, Differences};

use super::model::Rest;
use crate::domain::bank::Bank;
use crate::domain::id::VariableId;
use crate::domain::question::{Choice, Kind, Question};
use crate::domain::text::Text;
use crate::domain::vendor::Vendor;

/// The name of the questions that come with the program, whatever a person has laid over them: the hash tells that.
pub const NAME: &str = "freigabe";
/// Their version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Hexadecimal digits of the hash of one question.
const QUESTION: usize = 32;
/// Those of the hash by which words are found.
const WORDS: usize = 16;

/// With which question, in which words, an answer was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The hash of the question.
    pub question: String,
    /// The hash of the words that the person read; they stand in [`QuestionSet::wordings`].
    pub wording: String,
}

/// The questions that a session was answered with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionSet {
    /// What they are called.
    pub id: String,
    /// The version of the program that asked them.
    pub version: String,
    /// The hash over all of them; empty: not computed yet.
    pub hash: String,
    /// All questions that there were.
    pub all: BTreeSet<String>,
    /// What persons read, by its hash.
    pub wordings: BTreeMap<String, String>,
    /// Questions that have become others since somebody answered, where a person has said that the answer still holds:
    /// the hash at the answer, and the one since (empty: the question is gone).
    pub accepted: BTreeSet<(String, String)>,
    /// Unknown fields.
    pub rest: Rest,
}

impl QuestionSet {
    /// Notes with which question in which words an answer is given.
    pub fn ask(&mut self, question: &Question, words: &str) -> Asked {
        let wording = hash([Some(words)], WORDS);
        self.wordings.entry(wording.clone()).or_insert_with(|| words.to_owned());
        Asked { question: hash_of(question), wording }
    }

    /// The words that a person read.
    #[must_use]
    pub fn wording(&self, asked: &Asked) -> Option<&str> {
        self.wordings.get(&asked.wording).map(String::as_str)
    }

    /// Takes the present questions for those of the session. True: they were others before.
    pub fn renew(&mut self, present: &Present) -> bool {
        let others = !self.hash.is_empty() && self.hash != present.hash;
        if self.hash != present.hash {
            (self.id, self.version) = (NAME.to_owned(), VERSION.to_owned());
            self.hash.clone_from(&present.hash);
            self.all.clone_from(&present.all);
        }
        others
    }
}

/// The questions that are asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The hash over all of them.
    pub hash: String,
    /// Their ids.
    pub all: BTreeSet<String>,
}

impl Present {
    /// The questions of a bank and of a tool.
    #[must_use]
    pub fn of(bank: &Bank, vendor: Option<&Vendor>) -> Self {
        let own = vendor.into_iter().flat_map(|vendor| &vendor.questions);
        let questions = || bank.questions().map(|(_, question)| question).chain(own.clone());
        let mut all = Sha256::new();
        for question in questions() {
            feed(&mut all, question);
        }
        let ids = questions().map(|question| question.id.as_str().to_owned()).collect();
        Self { hash: hexadecimal(&all.finalize(), usize::MAX), all: ids }
    }

    /// Whether a question is among them.
    #[must_use]
    pub fn has(&self, id: &VariableId) -> bool {
        self.all.contains(id.as_str())
    }
}

/// The hash of a question: of its words and choices, in both languages, and of how it is answered. Why it is asked, what
/// helps and what follows may change without the answer becoming another one.
#[must_use]
pub fn hash_of(question: &Question) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, question);
    hexadecimal(&hash.finalize(), QUESTION)
}

fn feed(hash: &mut Sha256, question: &Question) {
    let kind = match question.kind {
        Kind::Choice(_) => "choice",
        Kind::Choices(_) => "choices",
        Kind::Countries if question.may_be_empty => "countries or none",
        Kind::Countries => "countries",
        Kind::Text => "text",
    };
    part(hash, Some(question.id.as_str()));
    part(hash, Some(kind));
    words(hash, Some(&question.text));
    words(hash, question.plain.as_ref());
    hash.update((question.kind.choices().len() as u64).to_le_bytes());
    for Choice { id, text, plain, hint, .. } in question.kind.choices() {
        part(hash, Some(id.as_str()));
        words(hash, Some(text));
        words(hash, plain.as_ref());
        words(hash, hint.as_ref());
    }
}

fn words(hash: &mut Sha256, text: Option<&Text>) {
    part(hash, text.map(|text| &*text.de));
    part(hash, text.map(|text| &*text.en));
}

/// A text, its length first, so that no two lists of texts are the same bytes.
fn part(hash: &mut Sha256, text: Option<&str>) {
    hash.update(text.map_or(u64::MAX, |text| text.len() as u64).to_le_bytes());
    hash.update(text.unwrap_or_default());
}

fn hash<'t>(parts: impl IntoIterator<Item = Option<&'t str>>, digits: usize) -> String {
    let mut hash = Sha256::new();
    for text in parts {
        part(&mut hash, text);
    }
    hexadecimal(&hash.finalize(), digits)
}

fn hexadecimal(bytes: &[u8], digits: usize) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to memory cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.truncate(digits);
    text
}

#[cfg(test)]
mod tests;
