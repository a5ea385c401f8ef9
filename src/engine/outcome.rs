//! What comes out of an assessment.

use serde::{Deserialize, Serialize};

use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, InstrumentId, SourceId, VariableId};
use crate::domain::verdict::{Light, Verdict};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A person said it.
    Answer,
    /// The catalogue says it.
    Fact {
        /// Day from which the fact counts.
        as_of: Option<Day>,
        /// Source inside the catalogue entry.
        source: SourceId,
        /// The person answered "I don't know", so the catalogue speaks.
        after_unknown: bool,
    },
    /// The question's default.
    Default,
    /// Dated law.
    Law {
        /// The instrument.
        instrument: InstrumentId,
    },
    /// The header of the session, the mode or the day.
    Header,
    /// Nobody has answered yet.
    Open,
}

/// One entry of a proof. Without it the finding would no longer be certain (or possible).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The variable.
    pub variable: VariableId,
    /// Its value; none where nobody has answered.
    pub value: Option<Value>,
    /// Where the value comes from.
    pub origin: Origin,
}

/// A finding that fires or may fire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Which.
    pub id: FindingId,
    /// Its level; while undecided the highest possible.
    pub level: Level,
    /// `Yes` or `Unknown`.
    pub truth: Truth,
    /// The proof, minimal.
    pub because: Vec<Because>,
}

/// The result of an assessment, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Decided, or open.
    pub verdict: Verdict,
    /// Best result still possible.
    pub best: Light,
    /// Worst result still possible.
    pub worst: Light,
    /// Findings that fire or may fire, in bank order.
    pub findings: Vec<Fired>,
    /// Findings that only the interview can settle (self-assessment).
    pub left_to_dpo: Vec<FindingId>,
    /// Questions that are put, in the order in which they are put.
    pub asked: Vec<VariableId>,
    /// Asked questions that nothing determines.
    pub unanswered: Vec<VariableId>,
    /// Smallest set of unanswered questions that settles the verdict, in bank order.
    pub deciding: Vec<VariableId>,
    /// Further questions and follow-ups that nobody answered and no fact settles; their findings are off.
    pub not_checked: Vec<VariableId>,
    /// The role is `private`: there is nothing to assess, and no light.
    pub out_of_scope: bool,
    /// A datum that decided the result is too old.
    pub stale: bool,
    /// A datum in any proof is too old.
    pub aged: bool,
}

impl Assessment {
    /// Nothing found and nothing asked.
    pub(super) const fn empty() -> Self {
        Self {
            verdict: Verdict::Green,
            best: Light::Green,
            worst: Light::Green,
            findings: Vec::new(),
            left_to_dpo: Vec::new(),
            asked: Vec::new(),
            unanswered: Vec::new(),
            deciding: Vec::new(),
            not_checked: Vec::new(),
            out_of_scope: false,
            stale: false,
            aged: false,
        }
    }
}
