//! One entry of the history.

use crate::domain::id::VariableId;
use crate::domain::moment::Moment;
use crate::session::model::{Answer, Rest};
use crate::session::signoff::Act;

/// What an entry tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// An answer, or what hangs on it, was changed.
    #[default]
    Change,
    /// A question was left without an answer.
    Skip,
    /// The entry with that number was taken back.
    TakenBack(u64),
    /// What was taken back of the entry with that number holds again.
    BroughtBack(u64),
    /// Why the entry with that number was made.
    Reason(u64),
    /// The session goes on with newer questions.
    Questions,
    /// An act of the sign-off.
    SignOff(Act),
    /// Who checked alone gave the session to the officer.
    HandedOver,
    /// The officer goes on with it as an interview.
    TakenOver,
    /// The last whole state took the place of a damaged file.
    Restored,
    /// Two copies were brought together. With a question: what was decided about it, and it can be taken back.
    Merged,
}

/// One entry of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its number. Where an older version has merged files of two people a number may stand twice; whoever names one means
    /// the last entry before.
    pub number: u64,
    /// When it was made.
    pub at: Option<Moment>,
    /// What it tells.
    pub kind: Kind,
    /// The question; none: the entry is about none.
    pub question: Option<VariableId>,
    /// What stood there before, as far as it was changed; none: nothing.
    pub old: Option<Box<Answer>>,
    /// What stands there now, as far as it was changed; none: nothing.
    pub new: Option<Box<Answer>>,
    /// Who said so (a function, not a name), or who leads the interview.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The session that an answer was taken from (its id); empty: from none.
    pub from: String,
    /// Fields that this version does not know.
    pub rest: Rest,
}

impl Entry {
    /// The same entry under other numbers.
    #[must_use]
    pub(in crate::session) fn numbered(&self, number: u64, meant: u64) -> Self {
        let kind = match self.kind {
            Kind::TakenBack(_) => Kind::TakenBack(meant),
            Kind::BroughtBack(_) => Kind::BroughtBack(meant),
            Kind::Reason(_) => Kind::Reason(meant),
            other => other,
        };
        Self { number, kind, ..self.clone() }
    }

    /// The number that it names; none: it names no other entry.
    #[must_use]
    pub(in crate::session) const fn names(&self) -> Option<u64> {
        match self.kind {
            Kind::TakenBack(number) | Kind::BroughtBack(number) | Kind::Reason(number) => Some(number),
            _ => None,
        }
    }
}

/// Leaves only what differs between two states of an answer.
pub fn differing(old: Option<&Answer>, new: Option<&Answer>) -> (Option<Box<Answer>>, Option<Box<Answer>>) {
    let (mut old, mut new) = (old.cloned().map(Box::new), new.cloned().map(Box::new));
    if let (Some(old), Some(new)) = (&mut old, &mut new) {
        let blank = Answer::new(crate::domain::answer::Value::Unknown);
        for take in PARTS {
            if !take.differs(old, new) {
                (take.copy)(&blank, old);
                (take.copy)(&blank, new);
            }
        }
    }
    (old, new)
}

/// Puts a change into practice: what differs between its two sides becomes that of the second.
pub fn applied(from: Option<&Answer>, to: Option<&Answer>, present: Option<&Answer>) -> Option<Answer> {
    let to = to?;
    let (Some(from), Some(present)) = (from, present) else { return Some(to.clone()) };
    let mut answer = present.clone();
    for take in PARTS.iter().filter(|part| part.differs(from, to)) {
        (take.copy)(to, &mut answer);
    }
    Some(answer)
}

/// Whether the value given, or that one was given at all, differs.
#[must_use]
pub fn values_differ(old: Option<&Answer>, new: Option<&Answer>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => VALUE.differs(old, new),
        (None, None) => false,
        (Some(one), None) | (None, Some(one)) => !one.pending,
    }
}

/// A part of an answer that changes as a whole.
pub struct Part {
    /// The field that it is called by.
    pub name: &'static str,
    same: fn(&Answer, &Answer) -> bool,
    copy: fn(&Answer, &mut Answer),
}

impl Part {
    /// Whether it is another one in two answers.
    pub fn differs(&self, one: &Answer, other: &Answer) -> bool {
        !(self.same)(one, other)
    }

    /// Puts it from one answer into another.
    pub fn copy(&self, from: &Answer, to: &mut Answer) {
        (self.copy)(from, to);
    }
}

macro_rules! part {
    ($first:ident $(, $field:ident)*) => {
        Part {
            name: stringify!($first),
            same: |one, other| one.$first == other.$first $(&& one.$field == other.$field)*,
            copy: |from, to| {
                to.$first.clone_from(&from.$first);
                $(to.$field.clone_from(&from.$field);)*
            },
        }
    };
}

/// The value and how it was given.
const VALUE: Part = part!(value, foreign_value, pending, catalogue_confirmed);

/// All parts of an answer.
pub const PARTS: [Part; 11] = [
    VALUE,
    part!(on),
    part!(note),
    part!(remark),
    part!(by),
    part!(evidence),
    part!(follow_up),
    part!(self_assessed),
    part!(confirmed),
    part!(asked),
    part!(rest),
];
