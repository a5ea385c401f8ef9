//! A verdict at a glance: the light, the findings that colour it and what carries the transfer, without proofs.
//!
//! Timeline, comparison and stress test are made of pictures: many of them are taken, and only what differs matters.

use super::expr::{Cell, Index};
use super::inquiry::Inquiry;
use super::law::TransferClass;
use super::model::{Model, Rule};
use super::search::{OFF, Outcomes, outcome};
use super::situation::{Said, Scope, Situation};
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{CountryCode, FindingId, InstrumentId};
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
    let mut situation = Situation::new(model, inquiry, Scope::Own);
    if situation.private() {
        return None;
    }
    let cells = situation.all_cells();
    Some(situation.picture(&cells))
}

impl Situation<'_> {
    /// The picture, given all cells.
    pub(super) fn picture(&mut self, cells: &[Cell]) -> Picture {
        let (outcomes, (best, worst)) = self.settle(cells);
        let rules = self.model.rules.iter().zip(outcomes);
        Picture {
            verdict: Verdict::between(best, worst),
            best,
            worst,
            findings: rules.filter_map(|(rule, outcomes)| coloured(rule, outcomes)).collect(),
            basis: self.basis(cells),
        }
    }

    fn basis(&self, cells: &[Cell]) -> Basis {
        let known = &self.model.known;
        let get = |index: Option<Index>| index.map_or(Cell::off(false), |index| cells[usize::from(index)]);
        let transfer = get(known.transfer);
        let possible = |class: TransferClass| transfer.can & class.bit() != 0;
        let mut instruments: Vec<InstrumentId> = Vec::new();
        for index in [known.hosting, known.access].into_iter().flatten() {
            if !cells[usize::from(index)].is_off() {
                self.rulings(index, &mut instruments);
            }
        }
        let listed = known.certified.is_some_and(|index| {
            let yes = self.model.var(index).values.iter().position(|value| *value == "yes");
            yes.is_some_and(|n| get(Some(index)).is(1 << n) == Truth::Yes)
        });
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
    pub(super) fn rulings(&self, index: Index, into: &mut Vec<InstrumentId>) {
        let said = self.said[usize::from(index)] == Said::Value;
        let var = self.model.var(index);
        let mut add = |countries: &[CountryCode]| {
            for code in countries {
                let ruling = self.model.law().ruling(*code, self.day(), &self.inquiry.without);
                into.extend(ruling.instrument.map(|instrument| instrument.id.clone()));
            }
        };
        if said {
            let answer = self.inquiry.answers.get(&var.id);
            return add(answer.and_then(|given| given.value.countries()).unwrap_or_default());
        }
        let editions = self.editions(&self.free());
        for (_, row) in self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0) {
            let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
            add(fact.and_then(|fact| fact.value.as_ref()).and_then(Value::countries).unwrap_or_default());
        }
    }

    /// The instruments in force behind the named safeguard, where one is settled.
    fn clauses(&self, answer: Cell) -> Vec<InstrumentId> {
        let Some(index) = self.model.known.safeguard_answer else { return Vec::new() };
        let values = self.model.var(index).values.iter().enumerate();
        let mut settled = values.filter(|(n, _)| answer.can == 1 << n).map(|(_, value)| value.as_str());
        let law = self.model.law();
        let gone = |id: &str| self.inquiry.without.iter().any(|out| *out == *id);
        let held = |id: &&&str| match **id {
            // They existed before the GDPR gave them their number.
            "bcr" | "art49" => !gone(id),
            _ => law.in_force(id, self.day(), &self.inquiry.without),
        };
        let candidates: &[&str] = match settled.next() {
            Some("scc_2021") => &["scc_2021_914"],
            Some("scc_2010") => &["scc_2010_87", "scc_old_legacy"],
            Some("bcr") => &["bcr"],
            Some("art49") => &["art49"],
            _ => &[],
        };
        candidates.iter().filter(held).filter_map(|id| InstrumentId::try_from(*id).ok()).collect()
    }
}

fn coloured(rule: &Rule, outcomes: Outcomes) -> Option<Coloured> {
    let level = [Level::Red, Level::Yellow].into_iter().find(|level| outcomes & outcome(*level) != 0)?;
    let truth = if outcomes & OFF == 0 { Truth::Yes } else { Truth::Unknown };
    Some(Coloured { id: rule.id.clone(), level, truth })
}
