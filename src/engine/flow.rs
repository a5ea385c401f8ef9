//! Which questions are asked, in which order, and where each stands.

use super::inquiry::Inquiry;
use super::model::Model;
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
pub fn flow(_model: &Model, _inquiry: &Inquiry) -> Flow {
    Flow::default()
}
