//! Bank and catalogue entry in a form made for speed.
//!
//! Variables are numbered in an order in which each comes after everything it depends on, so that one pass over them
//! computes what is possible ([`super::propagate`]).

use std::sync::Arc;

use hashbrown::HashMap;

use super::bits::Bits;
use super::derive::Derived;
use super::expr::{Expr, Index};
use super::law::{Law, Ruling};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::bank::Bank;
use crate::domain::country::Membership;
use crate::domain::finding::Level;
use crate::domain::id::{ChoiceId, CountryCode, EditionId, FindingId, InstrumentId, SectionId, SourceId, VariableId};
use crate::domain::instrument::Instrument;
use crate::domain::question::{About, Choice, offered};
use crate::domain::vendor::{Confidence, ToolKind, Vendor};

/// What fills a variable.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A person, else the catalogue.
    Question(Box<Asked>),
    /// The catalogue alone.
    Catalogue,
    /// The engine.
    Derived(Derived),
    /// Is that one of the instruments in force on the day? `None`: there is no such instrument.
    Law(InstrumentId, Option<usize>),
    /// Is evidence attached to the answer of that question?
    Evidence(Option<Index>),
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
    pub about: About,
    /// What a comparison assumes where the catalogue is silent: the value's bit, and when.
    pub assumed: Vec<(u64, Expr)>,
    pub only_without_fact: bool,
    pub default: Option<u64>,
    pub choices: Vec<CompiledChoice>,
    /// The choices that are offered on every day and in every mode; none: day or mode matter.
    pub always: Option<u64>,
    pub text: bool,
    /// A vendor's own or a further question of the bank: never keeps a verdict open.
    pub follow_up: bool,
}

/// What the engine needs to know of a choice: all but its words. See [`Choice`].
#[derive(Clone, Debug)]
pub(super) struct CompiledChoice {
    pub id: ChoiceId,
    pub rank: Option<u8>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub modes: Vec<Mode>,
    pub fact_only: bool,
}

impl CompiledChoice {
    pub fn of(choice: &Choice) -> Self {
        Self {
            id: choice.id.clone(),
            rank: choice.rank,
            from: choice.from,
            until: choice.until,
            modes: choice.modes.clone(),
            fact_only: choice.fact_only,
        }
    }

    /// See [`Choice::offered`].
    pub fn offered(&self, day: Day, mode: Mode) -> bool {
        !self.fact_only && offered((self.from, self.until), &self.modes, day, mode)
    }
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
    /// The bits of its values, the better ones first.
    pub best_first: Vec<u64>,
    /// Editions may differ about it.
    pub by_edition: bool,
    /// The variables that it is computed from.
    pub inputs: Vec<Index>,
    /// The variable "evidence is attached to its answer".
    pub evidence: Option<Index>,
}

/// A dated fact, newest first in [`Var::facts`].
#[derive(Clone, Debug)]
pub(super) struct CompiledFact {
    pub as_of: Day,
    /// Last day on which it need not be checked again.
    pub fresh_until: Option<Day>,
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

/// What has to do with a variable.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Concerned {
    /// The variables that it is computed from.
    pub inputs: Bits,
    /// The variables that are computed from it, directly or not, itself included.
    pub above: Bits,
    /// The rules that rest on it, directly or not.
    pub resting: Bits,
    /// The rules that ask it.
    pub asking: Bits,
}

/// A finding with what its conditions rest on.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: FindingId,
    pub rungs: Vec<(Level, Expr)>,
    /// Every variable that the conditions rest on, directly or not, in numbering order.
    pub cone: Vec<Index>,
    /// The same as a set.
    pub rests_on: Bits,
    /// The questions among them, or whose evidence is among them.
    pub questions: Vec<Index>,
    /// Rests on `stale` or `aged`: has no say in the first pass.
    pub ages: bool,
    /// Its proof decides a green light.
    pub carries_green: bool,
}

/// The bank and one catalogue entry, compiled.
#[derive(Clone, Debug)]
pub struct Model {
    pub(super) vars: Vec<Var>,
    pub(super) by_id: HashMap<VariableId, Index>,
    pub(super) rules: Vec<Rule>,
    /// One for each variable; none while there are no rules.
    pub(super) concerned: Vec<Concerned>,
    /// Questions in numbering order.
    pub(super) questions: Vec<Index>,
    /// Questions in bank order.
    pub(super) bank_order: Vec<Index>,
    /// Questions in the order of the self-assessment.
    pub(super) self_order: Vec<Index>,
    pub(super) editions: Vec<EditionId>,
    /// What the tool is for; none: outside the catalogue.
    pub(super) tool_kind: Option<ToolKind>,
    /// Days on which an authority said something, with the editions concerned.
    pub(super) authority_days: Vec<(Day, u64)>,
    pub(super) memberships: Arc<Vec<Membership>>,
    pub(super) instruments: Arc<Vec<Instrument>>,
    /// What the law says about a country; nothing about those not in it.
    pub(super) places: HashMap<CountryCode, Place>,
    /// Instruments that may fall soon.
    pub(super) volatile: Vec<usize>,
    pub(super) known: Known,
}

/// Positions of the memberships of a country and of the instruments that name it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub memberships: Vec<usize>,
    pub instruments: Vec<usize>,
}

/// Numbers of the variables that the engine itself reads. `None` where the bank lacks one.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub role: Option<Index>,
    /// Bit of the role in which nothing is asked.
    pub private: u64,
    pub edition: Option<Index>,
    pub operating_model: Option<Index>,
    /// Bit of the operating model in which nobody processes for us.
    pub own_servers: u64,
    pub hosting: Option<Index>,
    pub eu_or_not: Option<Index>,
    /// Bit of `eu_or_not`.
    pub eea: u64,
    pub access: Option<Index>,
    pub certified: Option<Index>,
    /// Bits of `certified`.
    pub listed: u64,
    pub not_listed: u64,
    pub safeguard_answer: Option<Index>,
    /// What each of its values is, by position.
    pub safeguards: Vec<Safeguard>,
    pub transfer: Option<Index>,
    pub parent: Option<Index>,
    pub seat: Option<Index>,
    pub stale: Option<Index>,
    pub aged: Option<Index>,
    pub law: KnownLaw,
}

/// A tool of Art. 46 or 49 as the engine tells them apart.
#[derive(Clone, Debug)]
pub(super) enum Safeguard {
    /// The standard clauses of 2021.
    Clauses2021,
    /// Those of 2010.
    Clauses2010,
    /// Valid unless switched off.
    Named(ChoiceId),
    /// Valid.
    AdHoc,
    /// Worth nothing.
    Nothing,
}

/// Positions of the instruments that the engine itself reads.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KnownLaw {
    pub clauses_2021: Option<usize>,
    pub clauses_2010: Option<usize>,
    /// Clauses of 2010 signed in time.
    pub legacy: Option<usize>,
}

impl Model {
    /// Compiles; no vendor means a tool that the catalogue does not know.
    #[must_use]
    pub fn compile(bank: &Bank, vendor: Option<&Vendor>) -> Self {
        super::compile::compile(bank, vendor)
    }

    /// Compiles the questions alone: enough for [`super::flow()`], in a third of the time. It has no findings, so nothing
    /// can be judged with it.
    #[must_use]
    pub fn compile_questions(bank: &Bank, vendor: Option<&Vendor>) -> Self {
        super::compile::compile_with(bank, vendor, &[])
    }

    pub(super) fn var(&self, index: Index) -> &Var {
        &self.vars[usize::from(index)]
    }

    /// What has to do with a variable; nothing while there are no rules.
    pub(super) fn concerned(&self, index: Index) -> &Concerned {
        const NOBODY: &Concerned =
            &Concerned { inputs: Bits::EMPTY, above: Bits::EMPTY, resting: Bits::EMPTY, asking: Bits::EMPTY };
        self.concerned.get(usize::from(index)).unwrap_or(NOBODY)
    }

    pub(super) fn law(&self) -> Law<'_> {
        Law { memberships: &self.memberships, instruments: &self.instruments }
    }

    /// See [`Law::ruling`].
    pub(super) fn ruling(&self, country: CountryCode, day: Day, without: &[InstrumentId]) -> Ruling<'_> {
        let place = self.places.get(&country);
        let memberships = place.into_iter().flat_map(|place| &place.memberships);
        let instruments = place.into_iter().flat_map(|place| &place.instruments);
        let instruments = instruments.map(|n| &self.instruments[*n]);
        self.law().rule(memberships.map(|n| &self.memberships[*n]), &instruments, day, without)
    }
}

/// The bits of those of `values` that stand in `all`.
pub(super) fn bits(all: &[ChoiceId], values: &[ChoiceId]) -> u64 {
    let places = values.iter().filter_map(|value| all.iter().position(|id| id == value));
    places.fold(0, |bits, n| bits | (1 << n.min(62)))
}

/// The bits of some choices.
fn those(choices: &[CompiledChoice], which: impl Fn(&CompiledChoice) -> bool) -> u64 {
    choices.iter().enumerate().filter(|(_, one)| which(one)).fold(0, |bits, (n, _)| bits | (1 << n.min(62)))
}

impl Asked {
    /// The question's choices that a person is offered, as bits.
    pub fn offered(&self, day: Day, mode: Mode) -> u64 {
        self.always.unwrap_or_else(|| those(&self.choices, |choice| choice.offered(day, mode)))
    }

    /// What [`Asked::always`] is for some choices.
    pub fn always(choices: &[CompiledChoice]) -> Option<u64> {
        let bound = |one: &CompiledChoice| one.from.is_some() || one.until.is_some() || !one.modes.is_empty();
        (!choices.iter().any(bound)).then(|| those(choices, |choice| !choice.fact_only))
    }
}
