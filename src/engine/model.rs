//! Bank and catalogue entry in a form made for speed.
//!
//! Variables are numbered in an order in which each comes after everything it depends on, so that one pass over them
//! computes what is possible ([`super::propagate`]).

use std::collections::HashMap;

use super::derive::Derived;
use super::expr::{Expr, Index};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::bank::Bank;
use crate::domain::country::Membership;
use crate::domain::finding::Level;
use crate::domain::id::{ChoiceId, EditionId, FindingId, InstrumentId, SectionId, SourceId, VariableId};
use crate::domain::instrument::Instrument;
use crate::domain::question::Choice;
use crate::domain::vendor::{Confidence, Vendor};

/// What fills a variable.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A person, else the catalogue.
    Question(Asked),
    /// The catalogue alone.
    Catalogue,
    /// The engine.
    Derived(Derived),
    /// In force on the day?
    Law(InstrumentId),
    /// Is evidence attached to the answer of that question?
    Evidence(VariableId),
    /// Is it that day or later?
    NotBefore(Day),
}

/// What the engine needs to know of a question.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub section: SectionId,
    /// Position of the section in the self-assessment.
    pub self_position: u16,
    /// Position in the bank.
    pub position: u16,
    pub when: Expr,
    pub modes: Vec<Mode>,
    pub only_without_fact: bool,
    pub default: Option<u64>,
    pub choices: Vec<Choice>,
    pub text: bool,
    pub follow_up: bool,
}

/// A numbered variable.
#[derive(Clone, Debug)]
pub(super) struct Var {
    pub id: VariableId,
    pub source: Source,
    /// Bit `n` of a cell is the `n`-th value. Empty for countries (classes) and text.
    pub values: Vec<ChoiceId>,
    pub several: bool,
    pub countries: bool,
    pub facts: Vec<CompiledFact>,
}

/// A dated fact, newest first in [`Var::facts`].
#[derive(Clone, Debug)]
pub(super) struct CompiledFact {
    pub as_of: Day,
    /// Editions it covers, one bit each.
    pub editions: u64,
    pub specific: bool,
    /// None: the fact says that the value is unknown.
    pub value: Option<Value>,
    pub bits: u64,
    pub scheme: Option<InstrumentId>,
    pub source: SourceId,
    pub confidence: Confidence,
    pub fixed: bool,
}

/// A finding with what its conditions rest on.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: FindingId,
    pub rungs: Vec<(Level, Expr)>,
    /// Every variable that the conditions rest on, directly or not, in numbering order.
    pub cone: Vec<Index>,
    /// Rests on `stale` or `aged`: has no say in the first pass.
    pub ages: bool,
}

/// The bank and one catalogue entry, compiled.
#[derive(Debug)]
pub struct Model {
    pub(super) vars: Vec<Var>,
    pub(super) by_id: HashMap<VariableId, Index>,
    pub(super) rules: Vec<Rule>,
    /// Questions in bank order.
    pub(super) bank_order: Vec<Index>,
    /// Questions in the order of the self-assessment.
    pub(super) self_order: Vec<Index>,
    pub(super) editions: Vec<EditionId>,
    pub(super) catalogued: bool,
    /// Days on which an authority said something, with the editions concerned.
    pub(super) authority_days: Vec<(Day, u64)>,
    pub(super) memberships: Vec<Membership>,
    pub(super) instruments: Vec<Instrument>,
    pub(super) known: Known,
}

/// Numbers of the variables that the engine itself reads. `None` where the bank lacks one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    pub role: Option<Index>,
    pub edition: Option<Index>,
    pub operating_model: Option<Index>,
    pub hosting: Option<Index>,
    pub eu_or_not: Option<Index>,
    pub access: Option<Index>,
    pub certified: Option<Index>,
    pub safeguard_answer: Option<Index>,
    pub transfer: Option<Index>,
}

impl Model {
    /// Compiles; no vendor means a tool that the catalogue does not know.
    #[must_use]
    pub fn compile(bank: &Bank, vendor: Option<&Vendor>) -> Self {
        super::compile::compile(bank, vendor)
    }

    /// The number of a variable.
    pub(super) fn index(&self, id: &str) -> Option<Index> {
        self.by_id.get(id).copied()
    }

    pub(super) fn var(&self, index: Index) -> &Var {
        &self.vars[usize::from(index)]
    }

    pub(super) fn law(&self) -> super::law::Law<'_> {
        super::law::Law { memberships: &self.memberships, instruments: &self.instruments }
    }
}

/// The bits of those of `values` that stand in `all`.
pub(super) fn bits(all: &[ChoiceId], values: &[ChoiceId]) -> u64 {
    all.iter().enumerate().filter(|(_, id)| values.contains(id)).fold(0, |bits, (n, _)| bits | (1 << n.min(62)))
}

impl Asked {
    /// The question's choices that a person is offered, as bits.
    pub fn offered(&self, day: Day, mode: Mode) -> u64 {
        self.choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.offered(day, mode))
            .fold(0, |bits, (n, _)| bits | (1 << n.min(62)))
    }
}
