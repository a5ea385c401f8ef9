//! What was made of the findings: conditions with owner and day, and departures of the officer from the engine.

use super::model::Rest;
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, VariableId};

/// What a condition answers: a finding, or a question that a planned change brings up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionId {
    /// A finding that asks for it.
    Finding(FindingId),
    /// A question whose answer it promises.
    Question(VariableId),
}

impl ConditionId {
    /// The id in a file. `no-dpa` is a finding, `question:recording_consent` a question.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("question:") {
            Some(id) => VariableId::try_from(id).ok().map(Self::Question),
            None => FindingId::try_from(text).ok().map(Self::Finding),
        }
    }
}

impl std::fmt::Display for ConditionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Finding(id) => write!(f, "{id}"),
            Self::Question(id) => write!(f, "question:{id}"),
        }
    }
}

/// Where a condition stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody has met it yet.
    #[default]
    Open,
    /// It is met.
    Fulfilled,
    /// The controller bears what remains.
    Accepted,
}

/// Something that has to be done for the clearance to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// What is to be done, in the officer's words; empty: the finding's own action.
    pub action: String,
    /// The change that meets it: the answer after it.
    pub change: Option<(VariableId, Value)>,
    /// Who does it (a function, not a name).
    pub owner: String,
    /// Until when.
    pub due: Option<Day>,
    /// Where it stands.
    pub state: State,
    /// Fulfilled: what proves it. Accepted: why.
    pub reason: String,
    /// Fulfilled: who checked it. Accepted: who bears it.
    pub by: String,
    /// When it was fulfilled or accepted.
    pub on: Option<Day>,
    /// Accepted: until when.
    pub until: Option<Day>,
    /// Unknown fields.
    pub rest: Rest,
}

impl Condition {
    /// Whether it is open on a day; an acceptance may have run out.
    #[must_use]
    pub fn is_open(&self, day: Day) -> bool {
        match self.state {
            State::Open => true,
            State::Fulfilled => false,
            State::Accepted => self.until.is_some_and(|until| until < day),
        }
    }
}

/// The officer raises or lowers a finding. The engine's result stays beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Departure {
    /// The level instead of the engine's; none: the finding does not count.
    pub level: Option<Level>,
    /// Why; never empty.
    pub reason: String,
    /// Who departs.
    pub by: String,
    /// When.
    pub on: Option<Day>,
    /// Unknown fields.
    pub rest: Rest,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_answers_a_finding_or_a_question() {
        for (text, question) in [("no-dpa", false), ("question:recording_consent", true)] {
            let id = ConditionId::parse(text).unwrap();
            assert_eq!(matches!(id, ConditionId::Question(_)), question);
            assert_eq!(id.to_string(), text);
        }
        for text in ["", "question:", "question:two words", "No Dpa"] {
            assert_eq!(ConditionId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_acceptance_holds_to_its_last_day() {
        let day: Day = "2026-11-23".parse().unwrap();
        let open = |state, until: Option<&str>| {
            let until = until.map(|until| until.parse().unwrap());
            Condition { state, until, ..Condition::default() }.is_open(day)
        };
        assert!(open(State::Open, None) && open(State::Open, Some("2027-01-01")));
        assert!(!open(State::Fulfilled, None) && !open(State::Fulfilled, Some("2020-01-01")));
        assert!(!open(State::Accepted, None), "without an end");
        assert!(!open(State::Accepted, Some("2026-11-24")) && !open(State::Accepted, Some("2026-11-23")));
        assert!(open(State::Accepted, Some("2026-11-22")));
    }
}
