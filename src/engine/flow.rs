//! Which questions are asked, in which order, and where each stands.

use super::expr::{Cell, Index};
use super::inquiry::Inquiry;
use super::model::{Model, Source};
use super::situation::{Said, Scope, Situation};
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
    /// Whether it is a follow-up from the vendor's file.
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

/// Which questions are asked, in the order of the mode.
#[must_use]
pub fn flow(model: &Model, inquiry: &Inquiry) -> Flow {
    let situation = Situation::new(model, inquiry, Scope::Own);
    situation.flow(&situation.all_cells())
}

impl Situation<'_> {
    /// Whether the role is `private`: the GDPR does not apply to the person, nothing is asked and nothing judged.
    pub fn private(&self) -> bool {
        let Some(role) = self.model.known.role else { return false };
        let cell = self.rows[0].cells[usize::from(role)];
        let position = self.model.var(role).values.iter().position(|id| *id == "private");
        position.is_some_and(|n| cell.can == 1 << n)
    }

    /// The questions, given all cells.
    pub fn flow(&self, cells: &[Cell]) -> Flow {
        let mut flow = Flow::default();
        let order = match self.mode() {
            Mode::SelfAssessment => &self.model.self_order,
            Mode::Interview => &self.model.bank_order,
        };
        let private = self.private();
        for index in order.iter().copied() {
            let asked =
                if private && Some(index) != self.model.known.role { Truth::No } else { self.asked(index, cells) };
            let id = &self.model.var(index).id;
            if asked == Truth::No {
                if self.inquiry.answers.contains_key(id) {
                    flow.parked.push(id.clone());
                }
            } else if let Some(step) = self.step(index, asked) {
                flow.steps.push(step);
            }
        }
        flow
    }

    fn asked(&self, index: Index, cells: &[Cell]) -> Truth {
        let Source::Question(asked) = &self.model.var(index).source else { return Truth::No };
        let only_edition = Some(index) == self.model.known.edition && self.model.editions.len() < 2;
        if only_edition || !asked.modes.contains(&self.mode()) {
            return Truth::No;
        }
        asked.when.eval(cells)
    }

    fn step(&self, index: Index, truth: Truth) -> Option<Step> {
        let var = self.model.var(index);
        let Source::Question(asked) = &var.source else { return None };
        let facts = self.facts(index);
        let settled = !facts.is_empty() && facts.iter().all(|fact| fact.is_some_and(|fact| fact.value.is_some()));
        let fixed = settled && facts.iter().flatten().all(|fact| fact.fixed);
        let standing = match self.said[usize::from(index)] {
            Said::Value => Standing::Answered,
            _ if settled => Standing::Fact,
            Said::DontKnow => Standing::DontKnow,
            _ if asked.default.is_some() => Standing::Default,
            _ => Standing::Open,
        };
        let catalogue_suffices = self.mode() == Mode::SelfAssessment && asked.only_without_fact && settled;
        Some(Step {
            question: var.id.clone(),
            section: asked.section.clone(),
            standing,
            put: !fixed && !catalogue_suffices,
            certain: truth == Truth::Yes,
            follow_up: asked.follow_up,
        })
    }

    /// The speaking fact of each edition still possible.
    fn facts(&self, index: Index) -> Vec<Option<&super::model::CompiledFact>> {
        let editions = self.editions(&self.free());
        let rows = self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0);
        rows.map(|(_, row)| row.facts[usize::from(index)].map(|n| &self.model.var(index).facts[usize::from(n)]))
            .collect()
    }
}
