//! What the register keeps of a sign-off, and how a session is told by it where it stands.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::day::optional;
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};
use crate::session::condition::{Condition, ConditionId, State};
use crate::session::model::{Session, SessionId};
use crate::session::signoff::{Decision, DecisionKind, Opinion, OpinionKind, Review, Revocation, Seal, content};
use crate::session::state::{Stage, stage};

/// An opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opined {
    /// The id of its kind; empty: none that this version knows.
    pub kind: String,
}

impl Opined {
    fn of(opinion: &Opinion) -> Self {
        Self { kind: opinion.kind.map(OpinionKind::id).unwrap_or_default().to_owned() }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Option<OpinionKind> {
        OpinionKind::ALL.into_iter().find(|kind| kind.id() == self.kind)
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The id of its kind; empty: none that this version knows.
    pub kind: String,
    /// When.
    #[serde(with = "optional")]
    pub on: Option<Day>,
    /// For what it is given.
    pub scope: String,
    /// Last day on which it holds.
    #[serde(with = "optional")]
    pub valid_until: Option<Day>,
}

impl Decided {
    fn of(decision: &Decision) -> Self {
        Self {
            kind: decision.kind.map(DecisionKind::id).unwrap_or_default().to_owned(),
            on: decision.on,
            scope: decision.scope.clone(),
            valid_until: decision.valid_until,
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Option<DecisionKind> {
        DecisionKind::ALL.into_iter().find(|kind| kind.id() == self.kind)
    }
}

/// The seal that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// When.
    #[serde(with = "optional")]
    pub on: Option<Day>,
    /// The verdict: best and worst light.
    pub lights: Option<(Light, Light)>,
    /// What has to be done before the tool is used.
    pub before_use: Vec<String>,
    /// Nothing of what it covers was changed since.
    pub intact: bool,
}

impl Sealed {
    fn of(seal: &Seal, session: &Session) -> Self {
        let decided = |verdict: Verdict| match verdict {
            Verdict::Green => Some((Light::Green, Light::Green)),
            Verdict::Yellow => Some((Light::Yellow, Light::Yellow)),
            Verdict::Red => Some((Light::Red, Light::Red)),
            Verdict::Open => None,
        };
        Self {
            on: seal.on,
            lights: seal.best.zip(seal.worst).or_else(|| seal.verdict.and_then(decided)),
            before_use: seal.before_use.iter().map(ToString::to_string).collect(),
            intact: seal.content == content(session),
        }
    }
}

/// What the register keeps of a sign-off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The officer's opinion.
    pub opinion: Option<Opined>,
    /// The controller's decision.
    pub decision: Option<Decided>,
    /// It was taken back.
    pub revoked: bool,
    /// From when on.
    #[serde(with = "optional")]
    pub revoked_on: Option<Day>,
    /// When it is looked at again.
    #[serde(with = "optional")]
    pub review_due: Option<Day>,
    /// The seal.
    pub seal: Option<Sealed>,
    /// It was handed over to the officer.
    pub handed_over: bool,
}

impl Signed {
    /// What the register keeps of a session's sign-off.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            opinion: session.opinion.as_ref().map(Opined::of),
            decision: session.decision.as_ref().map(Decided::of),
            revoked: session.revocation.is_some(),
            revoked_on: session.revocation.as_ref().and_then(|one| one.on),
            review_due: session.review.as_ref().and_then(|one| one.due),
            seal: session.seal().map(|seal| Sealed::of(seal, session)),
            handed_over: session.handed_over.is_some(),
        }
    }

    /// The kind of the decision.
    #[must_use]
    pub fn kind(&self) -> Option<DecisionKind> {
        self.decision.as_ref().and_then(Decided::kind)
    }

    /// The tool was refused, or a clearance was taken back.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.revoked || (self.seal.is_some() && self.kind() == Some(DecisionKind::Refused))
    }
}

/// Where a session stands on a day: what `session::state` says of as much of it as counts there.
#[must_use]
pub fn stage_of(entry: &Entry, day: Day) -> Stage {
    let signed = &entry.signed;
    // Most are drafts, and of these nothing else counts.
    if *signed == Signed::default() {
        return Stage::Draft;
    }
    let (Some(id), Ok(vendor)) = (SessionId::parse("x"), "other".try_into()) else { return Stage::Draft };
    let mut session = Session::new(id, Mode::Interview, vendor, day);
    session.opinion = signed.opinion.as_ref().map(|_| Opinion::default());
    session.decision = signed.decision.as_ref().map(|decision| Decision {
        kind: decision.kind(),
        valid_until: decision.valid_until,
        ..Decision::default()
    });
    session.revocation = signed.revoked.then(|| Revocation { on: signed.revoked_on, ..Revocation::default() });
    session.review = signed.review_due.map(|due| Review { due: Some(due), ..Review::default() });
    // Only of what is decided under a seal do conditions say anything.
    let conditions = entry.agreed.iter().filter(|_| signed.decision.is_some() && signed.seal.is_some());
    for agreed in conditions {
        let Some(id) = ConditionId::parse(&agreed.id) else { continue };
        let state = if agreed.open {
            State::Open
        } else if agreed.until.is_some() {
            State::Accepted
        } else {
            State::Fulfilled
        };
        session
            .conditions
            .insert(id, Condition { state, due: agreed.due, until: agreed.until, ..Condition::default() });
    }
    let mut now = String::new();
    if let Some(seal) = &signed.seal {
        let before_use = seal.before_use.iter().filter_map(|id| FindingId::try_from(id.as_str()).ok()).collect();
        let content = "sealed".to_owned();
        if seal.intact {
            now.clone_from(&content);
        }
        session.seals.push(Seal { revision: 1, content, before_use, ..Seal::default() });
    }
    match stage(&session, &now, day) {
        Stage::Draft if signed.handed_over => Stage::WithDpo,
        stage => stage,
    }
}
