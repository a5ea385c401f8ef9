//! Proofs: the smallest part of what is known that makes a finding certain, or possible.

use super::derive::Derived;
use super::expr::{Cell, Index};
use super::model::{CompiledFact, Rule, Source};
use super::outcome::{Because, Origin};
use super::search::{OFF, Outcomes};
use super::situation::{Row, Said, Scope, Situation};
use crate::domain::answer::Value;
use crate::domain::id::{CountryCode, InstrumentId, VariableId};

impl Situation<'_> {
    /// The proof of a rule whose exact outcomes are `outcomes`.
    ///
    /// Certain: take any entry away (so that it is unknown) and something else could come out. Possible: take any entry
    /// away (so that it does not apply) and the finding could no longer fire. What no one can take away (the mode, the
    /// day, that evidence is missing) is background and no entry.
    pub fn because(&self, rule: &Rule, outcomes: Outcomes) -> Vec<Because> {
        let certain = outcomes & OFF == 0;
        let mut work = self.clone();
        let mut kept: Vec<Index> = Vec::new();
        let mut candidates: Vec<(u8, Index)> =
            rule.cone.iter().filter_map(|index| Some((self.weight(*index, certain)?, *index))).collect();
        candidates.sort_unstable();
        for (_, index) in candidates {
            let before = work.take(index, certain);
            let after = work.outcomes(rule, &mut work.free(), &mut work.room());
            let needed = if certain { after & !outcomes != 0 } else { after == OFF };
            if needed {
                work.put_back(index, before);
                kept.push(index);
            }
        }
        kept.sort_unstable();
        let mut entries: Vec<Because> = kept.iter().map(|index| self.entry(*index)).collect();
        if certain {
            entries.extend(self.carriers(rule, outcomes, &kept));
        }
        entries
    }

    /// What is tried first to do without; none: background. People's answers are kept where there is a choice.
    fn weight(&self, index: Index, certain: bool) -> Option<u8> {
        let at = usize::from(index);
        match &self.model.vars[at].source {
            Source::Question(_) if self.said[at] == Said::Value => Some(4),
            Source::Question(asked) => {
                let fact = self.speaking_fact(index).is_some();
                match (fact, asked.default.is_some()) {
                    (true, _) => Some(3),
                    (false, true) => None,
                    (false, false) if certain => None,
                    (false, false) => Some(5),
                }
            }
            Source::Catalogue => self.speaking_fact(index).map(|_| 2),
            Source::Law(_) => Some(1),
            Source::Derived(Derived::Organisation | Derived::Jurisdiction | Derived::AuthorityFindings) => Some(0),
            Source::Derived(_) | Source::Evidence(_) | Source::NotBefore(_) => None,
        }
    }

    /// The fact that speaks for a variable in the first edition still possible.
    pub fn speaking_fact(&self, index: Index) -> Option<&CompiledFact> {
        let row = self.editions(&self.free()).trailing_zeros() as usize;
        let n = self.rows.get(row)?.facts[usize::from(index)]?;
        Some(&self.model.var(index).facts[usize::from(n)]).filter(|fact| fact.value.is_some())
    }

    /// Makes a variable unknown (or, where only possibility is asked, not applicable) and returns what it was.
    fn take(&mut self, index: Index, certain: bool) -> (Said, Vec<(Cell, bool, bool)>) {
        let at = usize::from(index);
        let var = &self.model.vars[at];
        let gone = match (&var.source, certain) {
            (Source::Question(_), true) if Some(index) == self.model.known.edition => {
                Cell::one_of(u64::MAX >> (64 - self.model.editions.len().clamp(1, 62)))
            }
            (Source::Question(asked), true) => self.without_answer(index, asked),
            (Source::Law(_), false) => Cell::one_of(2),
            (Source::Law(_) | Source::Derived(_), true) => Cell::one_of(u64::MAX >> 1),
            _ => Cell::off(var.several),
        };
        let said = std::mem::replace(&mut self.said[at], Said::Nothing);
        let is_hosting = Some(index) == self.model.known.hosting;
        let is_access = Some(index) == self.model.known.access;
        let before = self
            .rows
            .iter_mut()
            .map(|row: &mut Row| {
                let was = (row.cells[at], row.hosting_limited, row.access_limited);
                row.cells[at] = gone;
                row.hosting_limited &= !is_hosting;
                row.access_limited &= !is_access;
                was
            })
            .collect();
        (said, before)
    }

    fn put_back(&mut self, index: Index, (said, before): (Said, Vec<(Cell, bool, bool)>)) {
        let at = usize::from(index);
        self.said[at] = said;
        for (row, (cell, hosting, access)) in self.rows.iter_mut().zip(before) {
            row.cells[at] = cell;
            row.hosting_limited = hosting;
            row.access_limited = access;
        }
    }

    /// One entry of a proof.
    pub fn entry(&self, index: Index) -> Because {
        let at = usize::from(index);
        let var = &self.model.vars[at];
        let variable = var.id.clone();
        match &var.source {
            Source::Question(_) if self.said[at] == Said::Value => Because {
                value: self.inquiry.answers.get(&var.id).map(|given| given.value.clone()),
                origin: Origin::Answer,
                variable,
            },
            Source::Law(id) => {
                let held = self.model.law().in_force(id.as_str(), self.day(), &self.inquiry.without);
                law_entry(id, held)
            }
            Source::Derived(_) => {
                let cell = self.rows[0].cells[at];
                let value = var.values.iter().enumerate().find(|(n, _)| cell.can & (1 << n) != 0);
                let value = value.map(|(_, id)| Value::Choice(id.clone()));
                Because { variable, value, origin: Origin::Header }
            }
            _ => match self.speaking_fact(index) {
                Some(fact) => Because {
                    variable,
                    value: fact.value.clone(),
                    origin: Origin::Fact {
                        as_of: Some(fact.as_of),
                        source: fact.source.clone(),
                        after_unknown: self.said[at] == Said::DontKnow,
                    },
                },
                None => Because { variable, value: None, origin: Origin::Open },
            },
        }
    }

    /// The instruments that carry a transfer: switch one off, and something else could come out.
    fn carriers(&self, rule: &Rule, outcomes: Outcomes, kept: &[Index]) -> Vec<Because> {
        let known = &self.model.known;
        let rests_on_transfer = known.transfer.is_some_and(|index| rule.cone.contains(&index));
        if !rests_on_transfer {
            return Vec::new();
        }
        let mut ids: Vec<InstrumentId> = Vec::new();
        for index in kept.iter().filter(|index| Some(**index) == known.hosting || Some(**index) == known.access) {
            for code in self.countries(*index) {
                let ruling = self.model.law().ruling(code, self.day(), &self.inquiry.without);
                ids.extend(ruling.instrument.map(|instrument| instrument.id.clone()));
            }
        }
        if kept.iter().any(|index| Some(*index) == known.safeguard_answer) {
            let tools = ["scc_2021_914", "scc_2010_87", "scc_old_legacy"];
            let in_force = |id: &&str| self.model.law().in_force(id, self.day(), &self.inquiry.without);
            ids.extend(tools.iter().filter(|id| in_force(id)).filter_map(|id| InstrumentId::try_from(*id).ok()));
        }
        ids.sort();
        ids.dedup();
        ids.retain(|id| {
            let mut inquiry = self.inquiry.clone();
            inquiry.without.push(id.clone());
            let mut without = Situation::new(self.model, &inquiry, Scope::Own);
            without.stale = self.stale;
            without.aged = self.aged;
            without.outcomes(rule, &mut without.free(), &mut without.room()) & !outcomes != 0
        });
        ids.iter().map(|id| law_entry(id, true)).collect()
    }

    /// The countries that a country variable names, from the answer or the fact.
    pub fn countries(&self, index: Index) -> Vec<CountryCode> {
        let answer = self.inquiry.answers.get(&self.model.var(index).id).map(|given| &given.value);
        let value = match self.said[usize::from(index)] {
            Said::Value => answer,
            _ => self.speaking_fact(index).and_then(|fact| fact.value.as_ref()),
        };
        value.and_then(Value::countries).unwrap_or_default().to_vec()
    }
}

fn law_entry(id: &InstrumentId, held: bool) -> Because {
    let text = if held { "yes" } else { "no" };
    Because {
        variable: VariableId::of_law(id),
        value: crate::domain::id::ChoiceId::try_from(text).ok().map(Value::Choice),
        origin: Origin::Law { instrument: id.clone() },
    }
}
