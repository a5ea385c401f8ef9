//! A verdict at a glance: the light, the findings that colour it and what carries the transfer, without proofs.
//!
//! Timeline, comparison and stress test are made of pictures: many of them are taken, and only what differs matters.

use super::expr::{Cell, Index};
use super::frame::{Said, VALID};
use super::inquiry::Inquiry;
use super::law::TransferClass;
use super::model::{Model, Rule, Safeguard};
use super::search::{OFF, Outcomes, outcome};
use super::settle::Settled;
use super::situation::Situation;
use super::world::World;
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, InstrumentId};
use crate::domain::verdict::{Light, Verdict};

/// A finding that colours the verdict, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloured {
    /// Which.
    pub id: FindingId,
    /// Its level; while undecided the highest possible.
    pub level: Level,
    /// `Yes` or `Unknown`.
    pub truth: Truth,
}

/// What a transfer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The class; none while it is open, and where no transfer is looked at.
    pub class: Option<TransferClass>,
    /// The law that puts the known countries there, and the clauses where these are what counts.
    pub instruments: Vec<InstrumentId>,
}

/// A verdict without its proofs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Decided, or open.
    pub verdict: Verdict,
    /// Best result still possible.
    pub best: Light,
    /// Worst result still possible.
    pub worst: Light,
    /// The findings that colour it, in bank order.
    pub findings: Vec<Coloured>,
    /// What the transfer rests on.
    pub basis: Basis,
}

/// The picture of an inquiry; none where nothing is to be assessed.
#[must_use]
pub fn picture(model: &Model, inquiry: &Inquiry) -> Option<Picture> {
    let mut situation = Situation::new(model, inquiry);
    if situation.private() {
        return None;
    }
    let mut world = situation.world();
    let settled = Settled::of(&situation, &mut world);
    Some(situation.picture(&settled, &mut world))
}

impl Situation<'_> {
    /// The picture, given the first pass; `world` is the one in which nothing is assumed.
    pub fn picture(&mut self, settled: &Settled, world: &mut World) -> Picture {
        let (ledger, (best, worst)) = self.settle(settled, world);
        let rules = self.frame.model.rules.iter().zip(&ledger.outcomes);
        Picture {
            verdict: Verdict::between(*best, *worst),
            best: *best,
            worst: *worst,
            findings: rules.filter_map(|(rule, outcomes)| coloured(rule, *outcomes)).collect(),
            basis: self.basis(&world.cells),
        }
    }

    /// What the transfer rests on, given all cells.
    pub fn basis(&self, cells: &[Cell]) -> Basis {
        let known = &self.frame.model.known;
        let get = |index: Option<Index>| index.map_or(Cell::off(false), |index| cells[usize::from(index)]);
        let transfer = get(known.transfer);
        let possible = |class: TransferClass| transfer.can & class.bit() != 0;
        let mut instruments: Vec<InstrumentId> = Vec::new();
        for index in [known.hosting, known.access].into_iter().flatten() {
            if !cells[usize::from(index)].is_off() {
                self.rulings(index, &mut instruments);
            }
        }
        let listed = get(known.certified).is(known.listed) == Truth::Yes;
        let rests_on_clauses =
            possible(TransferClass::Safeguards) || (possible(TransferClass::CertifiedOnly) && !listed);
        if rests_on_clauses {
            instruments.extend(self.clauses(get(known.safeguard_answer)));
        }
        instruments.sort();
        instruments.dedup();
        let class = TransferClass::ALL.into_iter().find(|class| transfer.can == class.bit());
        Basis { class, instruments }
    }

    /// Adds the law that classes the countries of a variable, in the editions still possible.
    pub fn rulings(&self, index: Index, into: &mut Vec<InstrumentId>) {
        let at = usize::from(index);
        let mut add = |value: Option<&Value>| {
            for code in value.and_then(Value::countries).unwrap_or_default() {
                into.extend(self.frame.carrier(*code).map(|instrument| instrument.id.clone()));
            }
        };
        if self.said[at] == Said::Value {
            return add(self.given[at].map(|given| &given.value));
        }
        let facts = &self.frame.model.var(index).facts;
        let editions = self.possible_editions();
        for (_, row) in self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0) {
            add(row.facts[at].and_then(|n| facts[usize::from(n)].value.as_ref()));
        }
    }

    /// The instruments in force behind the named safeguard, where one is settled.
    fn clauses(&self, answer: Cell) -> Vec<InstrumentId> {
        let model = self.frame.model;
        let known = &model.known;
        let mut safeguards = known.safeguards.iter().zip(&self.frame.worth).enumerate();
        let candidates = match safeguards.find(|(n, _)| answer.can == 1 << n) {
            Some((_, (Safeguard::Clauses2021, _))) => [known.law.clauses_2021, None],
            Some((_, (Safeguard::Clauses2010, _))) => [known.law.clauses_2010, known.law.legacy],
            // They existed before the GDPR gave them their number.
            Some((_, (Safeguard::Named(name), worth))) if *worth == VALID => {
                return InstrumentId::try_from(name.as_str()).into_iter().collect();
            }
            _ => [None, None],
        };
        let held = candidates.into_iter().filter(|one| self.frame.in_force(*one)).flatten();
        held.map(|n| model.instruments[n].id.clone()).collect()
    }
}

/// The finding of a rule with these outcomes, where it colours.
pub(super) fn coloured(rule: &Rule, outcomes: Outcomes) -> Option<Coloured> {
    let level = [Level::Red, Level::Yellow].into_iter().find(|level| outcomes & outcome(*level) != 0)?;
    let truth = if outcomes & OFF == 0 { Truth::Yes } else { Truth::Unknown };
    Some(Coloured { id: rule.id.clone(), level, truth })
}
