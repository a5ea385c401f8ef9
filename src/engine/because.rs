//! Proofs: the smallest part of what is known that makes a finding certain, or possible.

use super::derive::Derived;
use super::expr::{Cell, Index};
use super::frame::Said;
use super::model::{Rule, Source};
use super::outcome::{Because, Origin};
use super::search::{OFF, Outcomes};
use super::situation::{Situation, Was};
use super::world::World;
use crate::domain::answer::Value;
use crate::domain::id::{CountryCode, InstrumentId, VariableId};

/// What the search for a proof writes down, handed on from rule to rule so that its room is used again.
#[derive(Debug, Default)]
pub struct Notes {
    candidates: Vec<(u8, Index)>,
    missed: Vec<Index>,
    kept: Vec<Index>,
    undo: Vec<Was>,
}

impl Situation<'_> {
    /// The proof of a rule whose exact outcomes are `outcomes`; `world` is the one in which nothing is assumed.
    ///
    /// Certain: take any entry away (so that it is unknown) and something else could come out. Possible: take any entry
    /// away (so that it does not apply) and the finding could no longer fire. What no one can take away (the mode, the
    /// day, that evidence is missing) is background and no entry.
    ///
    /// The situation and the world are changed on the way and are as before in the end.
    pub fn because(&mut self, rule: &Rule, outcomes: Outcomes, world: &mut World, notes: &mut Notes) -> Vec<Because> {
        let Notes { candidates, missed, kept, undo } = notes;
        missed.clear();
        kept.clear();
        let certain = outcomes & OFF == 0;
        candidates.extend(rule.cone.iter().filter_map(|index| Some((self.weight(*index, certain)?, *index))));
        candidates.sort_unstable();
        let start = world.now();
        for (_, index) in candidates.drain(..) {
            let now = world.now();
            self.take(index, certain, undo);
            self.refresh(world, index, Some(&rule.rests_on));
            let needed = if certain { self.reaches(rule, world, !outcomes) } else { !self.reaches(rule, world, !OFF) };
            if needed {
                world.back_to(now);
                self.put_back(index, undo);
                kept.push(index);
            } else {
                missed.push(index);
            }
        }
        world.back_to(start);
        for index in missed.iter().rev() {
            self.put_back(*index, undo);
        }
        kept.sort_unstable();
        let mut entries: Vec<Because> = kept.iter().map(|index| self.entry(*index)).collect();
        if certain {
            entries.extend(self.carriers(rule, outcomes, kept));
        }
        entries
    }

    /// What is tried first to do without; none: background. People's answers are kept where there is a choice.
    fn weight(&self, index: Index, certain: bool) -> Option<u8> {
        let at = usize::from(index);
        match &self.frame.model.vars[at].source {
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
            Source::Law(..) => Some(1),
            Source::Derived(Derived::Organisation | Derived::Jurisdiction | Derived::AuthorityFindings) => Some(0),
            Source::Derived(_) | Source::Evidence(_) | Source::NotBefore(_) => None,
        }
    }

    /// Makes a variable unknown (or, where only possibility is asked, not applicable).
    fn take(&mut self, index: Index, certain: bool, undo: &mut Vec<Was>) {
        let at = usize::from(index);
        let model = self.frame.model;
        let var = model.var(index);
        let gone = match (&var.source, certain) {
            (Source::Question(_), true) if Some(index) == model.known.edition => {
                Cell::one_of(u64::MAX >> (64 - model.editions.len().clamp(1, 62)))
            }
            (Source::Question(asked), true) => self.frame.open(index, asked),
            (Source::Law(..), false) => Cell::one_of(2),
            (Source::Law(..) | Source::Derived(_), true) => Cell::one_of(u64::MAX >> 1),
            _ => Cell::off(var.several),
        };
        self.note(index, undo);
        self.said[at] = Said::Nothing;
        for row in &mut self.rows {
            row.cells[at] = gone;
            row.hosting_limited &= Some(index) != model.known.hosting;
            row.access_limited &= Some(index) != model.known.access;
        }
    }

    /// One entry of a proof.
    pub fn entry(&self, index: Index) -> Because {
        let at = usize::from(index);
        let var = &self.frame.model.vars[at];
        let variable = var.id.clone();
        match &var.source {
            Source::Question(_) if self.said[at] == Said::Value => {
                Because { value: self.given[at].map(|given| given.value.clone()), origin: Origin::Answer, variable }
            }
            Source::Law(id, instrument) => law_entry(id, self.frame.in_force(*instrument)),
            Source::Derived(_) => {
                let row = self.possible_editions().trailing_zeros() as usize;
                let cell = self.rows.get(row).unwrap_or(&self.rows[0]).cells[at];
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
        let known = &self.frame.model.known;
        let rests_on_transfer = known.transfer.is_some_and(|index| rule.rests_on.contains(index));
        if !rests_on_transfer {
            return Vec::new();
        }
        let mut ids: Vec<InstrumentId> = Vec::new();
        for index in kept.iter().filter(|index| Some(**index) == known.hosting || Some(**index) == known.access) {
            for code in self.countries(*index) {
                ids.extend(self.frame.carrier(code).map(|instrument| instrument.id.clone()));
            }
        }
        if kept.iter().any(|index| Some(*index) == known.safeguard_answer) {
            let tools = [known.law.clauses_2021, known.law.clauses_2010, known.law.legacy];
            let in_force = tools.into_iter().filter(|tool| self.frame.in_force(*tool)).flatten();
            ids.extend(in_force.map(|tool| self.frame.model.instruments[tool].id.clone()));
        }
        ids.sort();
        ids.dedup();
        ids.retain(|id| {
            let without = self.without(id, &rule.cone);
            without.reaches(rule, &mut without.world(), !outcomes)
        });
        ids.iter().map(|id| law_entry(id, true)).collect()
    }

    /// The countries that a country variable names, from the answer or the fact.
    pub fn countries(&self, index: Index) -> Vec<CountryCode> {
        let answer = self.given[usize::from(index)].map(|given| &given.value);
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
