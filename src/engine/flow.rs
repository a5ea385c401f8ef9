//! Which questions are asked, in which order, and where each stands.

use super::expr::{Cell, Index, NOT_APPLICABLE};
use super::frame::Said;
use super::inquiry::Inquiry;
use super::model::{Model, Source};
use super::situation::Situation;
use super::variations::Slot;
use crate::domain::answer::Mode;
use crate::domain::condition::Truth;
use crate::domain::id::{SectionId, VariableId};

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A person answered it.
    Answered,
    /// A person said "I don't know", and the catalogue is silent.
    DontKnow,
    /// Nobody answered (or said "I don't know"): the catalogue speaks.
    Fact,
    /// Nobody answered: the default counts.
    Default,
    /// Nobody answered and nothing else determines it.
    Open,
}

/// One question of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The question.
    pub question: VariableId,
    /// Its section; follow-ups of a vendor stand in `follow-up`.
    pub section: SectionId,
    /// Where it stands.
    pub standing: Standing,
    /// Whether the walk stops here; else the catalogue settles it and only the overview shows it.
    pub put: bool,
    /// Whether it is asked for certain; else only for some of the answers still possible.
    pub certain: bool,
    /// Whether it is a follow-up from the vendor's file or a further question: it never keeps a verdict open.
    pub follow_up: bool,
}

/// The questions of an inquiry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// In the order of the walk.
    pub steps: Vec<Step>,
    /// Answered questions that are not asked now; their answers are kept and have no influence.
    pub parked: Vec<VariableId>,
}

/// One question of the walk by its place, for those who look at many walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The question.
    pub slot: Slot,
    /// Where it stands.
    pub standing: Standing,
    /// See [`Step::put`].
    pub put: bool,
    /// See [`Step::certain`].
    pub certain: bool,
    /// See [`Step::follow_up`].
    pub follow_up: bool,
}

/// Which questions are asked, in the order of the mode.
#[must_use]
pub fn flow(model: &Model, inquiry: &Inquiry) -> Flow {
    let situation = Situation::new(model, inquiry);
    situation.flow(&situation.world().cells)
}

impl Situation<'_> {
    /// Whether the role is `private`: the GDPR does not apply to the person, nothing is asked and nothing judged.
    pub fn private(&self) -> bool {
        let known = &self.frame.model.known;
        let role = known.role.map(|role| self.rows[0].cells[usize::from(role)]);
        role.is_some_and(|cell| known.private != 0 && cell.can == known.private)
    }

    /// The questions, given all cells.
    pub fn flow(&self, cells: &[Cell]) -> Flow {
        let step = |stop: Stop| {
            let var = self.frame.model.var(stop.slot.0);
            let Source::Question(asked) = &var.source else { return None };
            Some(Step {
                question: var.id.clone(),
                section: asked.section.clone(),
                standing: stop.standing,
                put: stop.put,
                certain: stop.certain,
                follow_up: stop.follow_up,
            })
        };
        let answered = self.order().iter().filter(|index| self.said[usize::from(**index)] != Said::Nothing);
        let parked = answered.filter(|index| self.asked(**index, cells) == Truth::No);
        Flow {
            steps: self.stops(cells).filter_map(step).collect(),
            parked: parked.map(|index| self.frame.model.var(*index).id.clone()).collect(),
        }
    }

    /// The questions that are asked, given all cells.
    pub fn stops(&self, cells: &[Cell]) -> impl Iterator<Item = Stop> {
        self.order().iter().filter_map(|index| self.stop_at(*index, cells))
    }

    /// A question, if it is asked.
    pub fn stop_at(&self, index: Index, cells: &[Cell]) -> Option<Stop> {
        match self.asked(index, cells) {
            Truth::No => None,
            truth => self.stop(index, truth),
        }
    }

    fn order(&self) -> &[Index] {
        match self.frame.mode {
            Mode::SelfAssessment => &self.frame.model.self_order,
            Mode::Interview => &self.frame.model.bank_order,
        }
    }

    fn asked(&self, index: Index, cells: &[Cell]) -> Truth {
        let known = &self.frame.model.known;
        let Source::Question(asked) = &self.frame.model.var(index).source else { return Truth::No };
        let cell = cells[usize::from(index)];
        // What has a value that applies for certain was asked for certain.
        let applies = !cell.several && cell.can & NOT_APPLICABLE == 0;
        let mut truth = if applies { Truth::Yes } else { asked.when.eval(cells) };
        if truth != Truth::No {
            let only_edition = Some(index) == known.edition && self.frame.model.editions.len() < 2;
            let only_role = Some(index) != known.role && self.private();
            if only_edition || only_role || !asked.modes.contains(&self.frame.mode) {
                truth = Truth::No;
            }
        }
        truth
    }

    fn stop(&self, index: Index, truth: Truth) -> Option<Stop> {
        let Source::Question(asked) = &self.frame.model.var(index).source else { return None };
        let (settled, fixed) = self.catalogue_speaks(index);
        let standing = match self.said[usize::from(index)] {
            Said::Value => Standing::Answered,
            _ if settled => Standing::Fact,
            Said::DontKnow => Standing::DontKnow,
            _ if asked.default.is_some() => Standing::Default,
            _ => Standing::Open,
        };
        let catalogue_suffices = self.frame.mode == Mode::SelfAssessment && asked.only_without_fact && settled;
        Some(Stop {
            slot: Slot(index),
            standing,
            put: !fixed && !catalogue_suffices,
            certain: truth == Truth::Yes,
            follow_up: asked.follow_up,
        })
    }

    /// Whether a fact settles the question in every edition still possible, and whether one that never changes does.
    fn catalogue_speaks(&self, index: Index) -> (bool, bool) {
        let var = self.frame.model.var(index);
        if var.facts.is_empty() {
            return (false, false);
        }
        let editions = self.possible_editions();
        let (mut settled, mut fixed) = (true, true);
        for (_, row) in self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0) {
            let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
            settled &= fact.is_some_and(|fact| fact.value.is_some());
            fixed &= fact.is_some_and(|fact| fact.fixed);
        }
        (settled, settled && fixed)
    }
}
