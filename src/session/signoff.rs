//! The sign-off: what the data protection officer thinks, what the controller decides, and the seals over both.
//!
//! Two separate acts. An opinion is advice (Art. 39 GDPR) and never a grant; the decision is the controller's alone. What
//! follows from them on a day stands in `session::state`, what has to be there for them in `rules`.

mod acts;
mod content;
mod outdated;
pub mod rules;

use crate::domain::Day;
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};
use crate::session::model::Rest;

pub(super) use content::hash_of;
pub use content::{Content, content, of_content};
pub use outdated::Outdated;

/// What the data protection officer advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpinionKind {
    /// Nothing speaks against it.
    Supports,
    /// Nothing speaks against it once the conditions are met.
    WithConditions,
    /// The officer advises against it.
    AdvisesAgainst,
    /// The officer has been asked and says nothing.
    NoOpinion,
}

impl OpinionKind {
    /// All kinds, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Supports, Self::WithConditions, Self::AdvisesAgainst, Self::NoOpinion];

    /// The name in the JSON output and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::WithConditions => "with_conditions",
            Self::AdvisesAgainst => "advises_against",
            Self::NoOpinion => "no_opinion",
        }
    }
}

/// The opinion of the data protection officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// What it comes to; none: not said, or of a kind that this version does not know.
    pub kind: Option<OpinionKind>,
    /// Who gives it.
    pub by: String,
    /// When.
    pub on: Option<Day>,
    /// In the officer's words.
    pub text: String,
    /// Unknown fields.
    pub rest: Rest,
}

/// What the controller decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// The tool may be used.
    Granted,
    /// The tool may be used under the conditions.
    WithConditions,
    /// The tool may not be used.
    Refused,
    /// Nothing is decided yet; until then the tool may not be used.
    Postponed,
}

impl DecisionKind {
    /// All kinds, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Granted, Self::WithConditions, Self::Refused, Self::Postponed];

    /// The name in the JSON output and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::WithConditions => "with_conditions",
            Self::Refused => "refused",
            Self::Postponed => "postponed",
        }
    }

    /// Whether the tool may be used, now or once the conditions are met.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(self, Self::Granted | Self::WithConditions)
    }
}

/// The decision of the controller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What it comes to; none: not said, or of a kind that this version does not know.
    pub kind: Option<DecisionKind>,
    /// Who decides.
    pub by: String,
    /// By what authority ("Geschäftsführung", "per delegation of 2026-01-04").
    pub authority: String,
    /// When.
    pub on: Option<Day>,
    /// Why; needed where the decision goes against the opinion or the verdict.
    pub reason: String,
    /// For what it is given: teams, functions, purposes.
    pub scope: String,
    /// Last day on which it holds; none: until it is revoked.
    pub valid_until: Option<Day>,
    /// Unknown fields.
    pub rest: Rest,
}

/// The controller takes the decision back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revocation {
    /// Who does.
    pub by: String,
    /// From when on.
    pub on: Option<Day>,
    /// Why.
    pub reason: String,
    /// Unknown fields.
    pub rest: Rest,
}

/// What makes a review necessary before its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// The vendor has new terms.
    NewTerms,
    /// The tool has a new function, such as an AI assistant.
    NewFunction,
    /// Other people are to use it.
    NewGroup,
    /// Something has happened.
    Incident,
    /// The law changes.
    ChangeOfLaw,
}

impl Trigger {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: [Self; 5] = [Self::NewTerms, Self::NewFunction, Self::NewGroup, Self::Incident, Self::ChangeOfLaw];

    /// The name in files and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NewTerms => "new_terms",
            Self::NewFunction => "new_function",
            Self::NewGroup => "new_group",
            Self::Incident => "incident",
            Self::ChangeOfLaw => "change_of_law",
        }
    }
}

/// When the assessment is looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// On which day.
    pub due: Option<Day>,
    /// After how many months again.
    pub every: Option<u16>,
    /// What makes it necessary earlier: names of [`Trigger`]s, and such that this version does not know.
    pub triggers: Vec<String>,
    /// Unknown fields.
    pub rest: Rest,
}

impl Review {
    /// Whether it is one of the triggers.
    #[must_use]
    pub fn has(&self, trigger: Trigger) -> bool {
        self.triggers.iter().any(|name| name == trigger.id())
    }
}

/// Somebody else who was heard: works council, IT security, persons concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Who (a function, not a name).
    pub who: String,
    /// When.
    pub on: Option<Day>,
    /// What they said.
    pub note: String,
    /// Unknown fields.
    pub rest: Rest,
}

/// An act of a sign-off, as the history tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Somebody was heard, or what they said was changed.
    Heard,
    /// The opinion was given or changed.
    Opinion,
    /// The decision was made or changed.
    Decision,
    /// The decision was taken back.
    Revocation,
    /// The review was set.
    Review,
    /// The session was sealed.
    Seal,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Heard, Self::Opinion, Self::Decision, Self::Revocation, Self::Review, Self::Seal];

    /// The name in files and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Opinion => "opinion",
            Self::Decision => "decision",
            Self::Revocation => "revocation",
            Self::Review => "review",
            Self::Seal => "seal",
        }
    }
}

/// A seal: what was sealed when, and with which result. Seals are never removed; whoever edits afterwards seals anew.
///
/// An unkeyed hash shows accidents and careless edits. Whoever means to forge can compute it anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// 1 for the first.
    pub revision: u32,
    /// When.
    pub on: Option<Day>,
    /// Who sealed.
    pub by: String,
    /// The verdict; none: of a kind that this version does not know.
    pub verdict: Option<Verdict>,
    /// The best light that was still possible.
    pub best: Option<Light>,
    /// The worst light that was still possible.
    pub worst: Option<Light>,
    /// SHA-256 of what was sealed ([`content`]).
    pub content: String,
    /// SHA-256 of the record file.
    pub record: String,
    /// Findings that ask for something before the tool is used. A clearance has no effect while one of them is neither
    /// met nor borne.
    pub before_use: Vec<FindingId>,
    /// Unknown fields.
    pub rest: Rest,
}
