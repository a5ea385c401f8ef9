//! One inquiry laid over the model: what is known of each variable before any condition is looked at.

use super::expr::{Cell, Index};
use super::frame::{Frame, Said, Scope};
use super::inquiry::{Given, Inquiry};
use super::model::{CompiledFact, Model, Source, bits};
use crate::domain::answer::{Mode, Value};
use crate::domain::id::{CountryCode, InstrumentId};
use crate::domain::vendor::Confidence;

/// The cells of one edition.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is known of each variable.
    pub cells: Vec<Cell>,
    /// Which of the variable's facts speaks, whether or not an answer overrides it.
    pub facts: Vec<Option<u16>>,
    /// Hosting rests on an adequacy decision for some recipients only.
    pub hosting_limited: bool,
    /// The same for access.
    pub access_limited: bool,
}

/// What a variable was in an edition.
#[derive(Clone, Copy, Debug)]
pub struct Was {
    said: Said,
    cell: Cell,
    limited: (bool, bool),
}

/// One inquiry laid over the model.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// Mode, day and law.
    pub frame: Frame<'a>,
    /// The answers, by variable.
    pub given: Vec<Option<&'a Given>>,
    /// One row per edition; a single one for a tool outside the catalogue.
    pub rows: Vec<Row>,
    /// What the person said, by variable.
    pub said: Vec<Said>,
    /// Answers that differ from the catalogue, with the editions in which they do.
    pub conflicts: Vec<(Index, u64)>,
    /// A datum that decided is too old.
    pub stale: bool,
    /// A datum in any proof is too old.
    pub aged: bool,
}

impl<'a> Situation<'a> {
    /// Lays the inquiry over the model.
    pub fn new(model: &'a Model, inquiry: &'a Inquiry) -> Self {
        let mut given: Vec<Option<&Given>> = vec![None; model.vars.len()];
        for (id, one) in &inquiry.answers {
            if let Some(index) = model.by_id.get(id) {
                given[usize::from(*index)] = Some(one);
            }
        }
        Self::over(Frame::new(model, inquiry), given)
    }

    fn over(frame: Frame<'a>, given: Vec<Option<&'a Given>>) -> Self {
        let model = frame.model;
        let count = model.vars.len();
        let first = Row {
            cells: vec![Cell::off(false); count],
            facts: (0..).zip(&model.vars).map(|(index, _)| frame.fact(index, 0)).collect(),
            hosting_limited: false,
            access_limited: false,
        };
        let mut situation = Self {
            frame,
            given,
            rows: Vec::with_capacity(model.editions.len().max(1)),
            said: vec![Said::Nothing; count],
            conflicts: Vec::new(),
            stale: false,
            aged: false,
        };
        situation.rows.push(first);
        for edition in 1..model.editions.len() {
            let mut row = situation.rows[0].clone();
            for (index, _) in (0..).zip(&model.vars).filter(|(_, var)| var.by_edition) {
                row.facts[usize::from(index)] = situation.frame.fact(index, edition);
            }
            situation.rows.push(row);
        }
        (0..).zip(&model.vars).for_each(|(index, _)| situation.lay(index));
        situation
    }

    /// Lays some variables once more, after a change of the frame.
    fn lay_again(&mut self, which: impl Iterator<Item = Index>) {
        for index in which {
            for edition in 0..self.rows.len() {
                self.rows[edition].facts[usize::from(index)] = self.frame.fact(index, edition);
            }
            self.lay(index);
        }
    }

    /// Puts another answer to a question, or none, in the place of the one that it has.
    pub fn answer(&mut self, index: Index, given: Option<&'a Given>) -> Option<&'a Given> {
        let before = std::mem::replace(&mut self.given[usize::from(index)], given);
        self.lay(index);
        before
    }

    /// Notes what a variable is, so that it can be put back.
    pub fn note(&self, index: Index, undo: &mut Vec<Was>) {
        let at = usize::from(index);
        let was = |row: &Row| Was {
            said: self.said[at],
            cell: row.cells[at],
            limited: (row.hosting_limited, row.access_limited),
        };
        undo.extend(self.rows.iter().map(was));
    }

    /// Puts back the variable noted last.
    pub fn put_back(&mut self, index: Index, undo: &mut Vec<Was>) {
        let at = usize::from(index);
        for row in self.rows.iter_mut().rev() {
            let Some(was) = undo.pop() else { return };
            self.said[at] = was.said;
            row.cells[at] = was.cell;
            (row.hosting_limited, row.access_limited) = was.limited;
        }
    }

    /// Lays one variable.
    fn lay(&mut self, index: Index) {
        let var = self.frame.model.var(index);
        if matches!(var.source, Source::Evidence(Some(_))) {
            // Laid with the answer that it belongs to.
            return;
        }
        let at = usize::from(index);
        let given = self.given[at];
        if given.is_none() && var.facts.is_empty() && !var.by_edition {
            self.lay_silent(index);
            return;
        }
        let (said, heard) = self.frame.hear(index, given);
        self.said[at] = said;
        let fixed = |row: &Row| row.facts[at].is_some_and(|n| var.facts[usize::from(n)].fixed);
        if said == Said::Value && self.rows.iter().all(fixed) {
            self.said[at] = Said::Parked;
        }
        let editions = if var.by_edition { self.rows.len() } else { 1 };
        for edition in 0..editions {
            let fact = self.rows[edition].facts[at].map(|n| &var.facts[usize::from(n)]);
            let (cell, limited) = self.frame.base(index, heard, fact, edition);
            self.put(edition, index, cell, limited);
            if edition + 1 == editions {
                (editions..self.rows.len()).for_each(|other| self.put(other, index, cell, limited));
            }
        }
        if let Some(evidence) = var.evidence {
            let attached = Cell::yes_no(given.is_some_and(|given| given.evidence));
            self.rows.iter_mut().for_each(|row| row.cells[usize::from(evidence)] = attached);
        }
        self.compare(index);
    }

    /// Lays a variable of which neither a person nor the catalogue says anything.
    fn lay_silent(&mut self, index: Index) {
        self.said[usize::from(index)] = Said::Nothing;
        let (cell, limited) = self.frame.base(index, None, None, 0);
        (0..self.rows.len()).for_each(|edition| self.put(edition, index, cell, limited));
        if let Some(evidence) = self.frame.model.var(index).evidence {
            self.rows.iter_mut().for_each(|row| row.cells[usize::from(evidence)] = Cell::yes_no(false));
        }
    }

    fn put(&mut self, edition: usize, index: Index, cell: Cell, limited: bool) {
        let known = &self.frame.model.known;
        let row = &mut self.rows[edition];
        row.cells[usize::from(index)] = cell;
        if Some(index) == known.hosting {
            row.hosting_limited = limited;
        } else if Some(index) == known.access {
            row.access_limited = limited;
        }
    }

    /// Notes the editions in which an answer that counts differs from the fact.
    fn compare(&mut self, index: Index) {
        let given = self.given[usize::from(index)];
        let var = self.frame.model.var(index);
        if var.facts.is_empty() {
            return;
        }
        self.conflicts.retain(|(other, _)| *other != index);
        let (Said::Value, Some(given)) = (self.said[usize::from(index)], given) else {
            return;
        };
        let differs = |fact: &CompiledFact| match &fact.value {
            None => false,
            Some(_) if fact.fixed => false,
            Some(value) if var.countries => sorted(value) != sorted(&given.value),
            Some(_) => bits(&var.values, given.value.choices().unwrap_or_default()) != fact.bits,
        };
        let mut editions = 0;
        for (n, row) in self.rows.iter().enumerate() {
            let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
            editions |= u64::from(fact.is_some_and(differs)) << n.min(62);
        }
        if editions != 0 {
            self.conflicts.push((index, editions));
        }
    }

    /// The editions in which the answer on the certification differs from a high-confidence fact and nothing proves it.
    pub fn certified_conflict(&self) -> u64 {
        let Some(index) = self.frame.model.known.certified else { return 0 };
        let var = self.frame.model.var(index);
        let Some((_, editions)) = self.conflicts.iter().find(|(other, _)| *other == index) else { return 0 };
        if self.said[usize::from(index)] != Said::Value
            || self.given[usize::from(index)].is_some_and(|given| given.evidence)
        {
            return 0;
        }
        let sure = |row: &Row| {
            let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
            fact.is_some_and(|fact| fact.confidence == Confidence::High)
        };
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| sure(row)).fold(0, |bits, (n, _)| bits | (editions & (1 << n.min(62))))
    }

    /// The fact that speaks for a variable; the oldest of them where several editions are still possible.
    pub fn speaking_fact(&self, index: Index) -> Option<&'a CompiledFact> {
        let possible = self.possible_editions();
        let rows = self.rows.iter().enumerate().filter(|(n, _)| possible & (1 << n) != 0);
        let numbers = rows.filter_map(|(_, row)| row.facts[usize::from(index)]);
        let facts = numbers.map(|n| &self.frame.model.var(index).facts[usize::from(n)]);
        facts.filter(|fact| fact.value.is_some()).min_by_key(|fact| fact.as_of)
    }

    /// The same without an instrument, as far as some variables are concerned.
    pub fn without(&self, instrument: &InstrumentId, which: &[Index]) -> Self {
        let mut other = self.clone();
        other.frame.switch_off(instrument);
        other.lay_again(which.iter().copied());
        other
    }

    /// The same with the questions that only the interview asks.
    pub fn with_interview(&self) -> Self {
        let mut other = self.clone();
        (other.stale, other.aged) = (false, false);
        other.frame.scope = Scope::WithInterview;
        let asked = |index: &Index| match &self.frame.model.var(*index).source {
            Source::Question(asked) => !asked.modes.contains(&Mode::SelfAssessment),
            _ => false,
        };
        other.lay_again(self.frame.model.bank_order.iter().copied().filter(asked));
        other
    }
}

fn sorted(value: &Value) -> Vec<CountryCode> {
    let mut codes = value.countries().unwrap_or_default().to_vec();
    codes.sort_unstable();
    codes.dedup();
    codes
}
