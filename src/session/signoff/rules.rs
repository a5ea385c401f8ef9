//! What has to be there for an opinion and a decision, and when a clearance is looked at again. Pure.
//!
//! When a decision needs a reason of its own (Art. 5(2), 38, 39 GDPR: the controller answers for departing from advice):
//!
//! | opinion | granted | with conditions | refused | postponed |
//! |---|---|---|---|---|
//! | supports | – | – | – | – |
//! | with conditions | against | – | – | – |
//! | advises against | against | against | – | – |
//! | no opinion | – | – | – | – |
//! | nobody asked the officer | reason | reason | – | – |
//!
//! | verdict | granted | with conditions | refused | postponed |
//! |---|---|---|---|---|
//! | green | – | – | – | – |
//! | yellow | against | – | – | – |
//! | red | against | against | – | – |
//! | open | reason | reason | – | – |
//!
//! To be stricter than advised is not against the advice: "supports" says that nothing speaks against the tool, not that it
//! has to be used. An opinion is advice in every case; no kind of it grants anything.

use super::{Decision, DecisionKind, Opinion, OpinionKind, Review, Revocation, Trigger};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::condition::Truth;
use crate::domain::finding::{Finding, Level, Timing};
use crate::domain::id::FindingId;
use crate::domain::verdict::Verdict;
use crate::engine::Assessment;
use crate::session::model::Session;

/// Why a decision needs a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// It is less strict than the opinion.
    Opinion,
    /// The officer was not asked.
    NoOpinion,
    /// It grants in spite of a red verdict.
    Red,
    /// It grants without conditions what the verdict clears with conditions only.
    Yellow,
    /// It grants while the verdict is open.
    Open,
}

impl Against {
    /// The name in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Opinion => "opinion",
            Self::NoOpinion => "no-opinion",
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Open => "open",
        }
    }
}

/// What a decision goes against; anything of it needs a reason.
#[must_use]
pub fn against(opinion: Option<OpinionKind>, decision: DecisionKind, verdict: Verdict) -> Vec<Against> {
    if !decision.grants() {
        return Vec::new();
    }
    let plainly = decision == DecisionKind::Granted;
    let advice = match opinion {
        None => Some(Against::NoOpinion),
        Some(OpinionKind::AdvisesAgainst) => Some(Against::Opinion),
        Some(OpinionKind::WithConditions) if plainly => Some(Against::Opinion),
        Some(OpinionKind::WithConditions | OpinionKind::Supports | OpinionKind::NoOpinion) => None,
    };
    let result = match verdict {
        Verdict::Red => Some(Against::Red),
        Verdict::Open => Some(Against::Open),
        Verdict::Yellow if plainly => Some(Against::Yellow),
        Verdict::Yellow | Verdict::Green => None,
    };
    advice.into_iter().chain(result).collect()
}

/// Why an opinion, a decision or a revocation cannot stand as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not say what it comes to.
    Kind,
    /// It does not say whose it is.
    Name,
    /// It goes against something, or takes something back, and does not say why.
    Reason,
    /// Who advises decides. The officer may not (Art. 38(6) GDPR).
    SamePerson,
    /// It ends before it begins.
    Days,
    /// In a self-assessment nobody signs.
    Mode,
}

impl Fault {
    /// The name in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Reason => "reason",
            Self::SamePerson => "same-person",
            Self::Days => "days",
            Self::Mode => "mode",
        }
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn same(one: &str, other: &str) -> bool {
    !blank(one) && one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What is wrong with an opinion. Advice against something says why.
#[must_use]
pub fn faults_of_opinion(opinion: &Opinion) -> Vec<Fault> {
    let silent = opinion.kind == Some(OpinionKind::AdvisesAgainst) && blank(&opinion.text);
    let faults = [(opinion.kind.is_none(), Fault::Kind), (blank(&opinion.by), Fault::Name), (silent, Fault::Reason)];
    faults.into_iter().filter(|(there, _)| *there).map(|(_, fault)| fault).collect()
}

/// What is wrong with a decision, given the opinion and the verdict.
#[must_use]
pub fn faults_of_decision(decision: &Decision, opinion: Option<&Opinion>, verdict: Verdict) -> Vec<Fault> {
    let advised = opinion.and_then(|opinion| opinion.kind);
    let against = decision.kind.map(|kind| against(advised, kind, verdict)).unwrap_or_default();
    let backwards = decision.valid_until.zip(decision.on).is_some_and(|(until, on)| until < on);
    let faults = [
        (decision.kind.is_none(), Fault::Kind),
        (blank(&decision.by), Fault::Name),
        (!against.is_empty() && blank(&decision.reason), Fault::Reason),
        (opinion.is_some_and(|opinion| same(&opinion.by, &decision.by)), Fault::SamePerson),
        (backwards, Fault::Days),
    ];
    faults.into_iter().filter(|(there, _)| *there).map(|(_, fault)| fault).collect()
}

/// What is wrong with a revocation.
#[must_use]
pub fn faults_of_revocation(revocation: &Revocation) -> Vec<Fault> {
    let faults = [(blank(&revocation.by), Fault::Name), (blank(&revocation.reason), Fault::Reason)];
    faults.into_iter().filter(|(there, _)| *there).map(|(_, fault)| fault).collect()
}

/// Why a session cannot be sealed; empty: it can. Without opinion or decision it can: then the state of the facts is
/// sealed, and nothing is cleared.
#[must_use]
pub fn faults_of_sealing(session: &Session, verdict: Verdict) -> Vec<Fault> {
    if session.mode == Mode::SelfAssessment {
        return vec![Fault::Mode];
    }
    let opinion = session.opinion.as_ref();
    let advice = opinion.map(faults_of_opinion).unwrap_or_default();
    let decision = session.decision.as_ref();
    let decided = decision.map(|decision| faults_of_decision(decision, opinion, verdict)).unwrap_or_default();
    advice.into_iter().chain(decided).collect()
}

/// The review that is proposed: after twelve months, after six where the verdict was yellow or open; every trigger counts.
#[must_use]
pub fn review_after(verdict: Verdict, from: Day) -> Review {
    let months = match verdict {
        Verdict::Yellow | Verdict::Open => 6,
        Verdict::Green | Verdict::Red => 12,
    };
    Review {
        due: months_after(from, months),
        every: Some(months),
        triggers: Trigger::ALL.iter().map(|trigger| trigger.id().to_owned()).collect(),
        ..Review::default()
    }
}

/// The same day so many months later, or the last one of a shorter month.
#[must_use]
pub fn months_after(day: Day, months: u16) -> Option<Day> {
    day.checked_add(jiff::Span::new().months(i64::from(months))).ok()
}

/// The findings that ask for something before the tool is used, the officer's own levels taken into account.
#[must_use]
pub fn before_use<'f>(
    assessment: &Assessment,
    session: &Session,
    find: impl Fn(&FindingId) -> Option<&'f Finding>,
) -> Vec<FindingId> {
    let asks = |id: &FindingId| find(id).is_some_and(|finding| finding.timing == Some(Timing::BeforeUse));
    let fires = assessment.findings.iter().filter(|fired| fired.truth == Truth::Yes).filter(|fired| {
        let level = session.departures.get(&fired.id).map_or(Some(fired.level), |own| own.level);
        level.is_some_and(Level::colours) && asks(&fired.id)
    });
    fires.map(|fired| fired.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn what_goes_against_the_opinion() {
        use Against::{NoOpinion as Unasked, Opinion as Advice};
        use DecisionKind::{Granted, Postponed, Refused, WithConditions};
        let table = [
            (Some(OpinionKind::Supports), [None, None]),
            (Some(OpinionKind::WithConditions), [Some(Advice), None]),
            (Some(OpinionKind::AdvisesAgainst), [Some(Advice), Some(Advice)]),
            (Some(OpinionKind::NoOpinion), [None, None]),
            (None, [Some(Unasked), Some(Unasked)]),
        ];
        for (opinion, [granted, conditions]) in table {
            assert_eq!(against(opinion, Granted, Verdict::Green), Vec::from_iter(granted), "{opinion:?}");
            assert_eq!(against(opinion, WithConditions, Verdict::Green), Vec::from_iter(conditions), "{opinion:?}");
            for verdict in [Verdict::Green, Verdict::Yellow, Verdict::Red, Verdict::Open] {
                assert!(against(opinion, Refused, verdict).is_empty(), "{opinion:?} {verdict:?}");
                assert!(against(opinion, Postponed, verdict).is_empty(), "{opinion:?} {verdict:?}");
            }
        }
    }

    #[test]
    fn what_goes_against_the_verdict() {
        let supports = Some(OpinionKind::Supports);
        let table = [
            (Verdict::Green, [None, None]),
            (Verdict::Yellow, [Some(Against::Yellow), None]),
            (Verdict::Red, [Some(Against::Red), Some(Against::Red)]),
            (Verdict::Open, [Some(Against::Open), Some(Against::Open)]),
        ];
        for (verdict, expected) in table {
            let kinds = [DecisionKind::Granted, DecisionKind::WithConditions];
            for (kind, expected) in kinds.into_iter().zip(expected) {
                assert_eq!(against(supports, kind, verdict), Vec::from_iter(expected), "{verdict:?} {kind:?}");
            }
        }
        let both = against(Some(OpinionKind::AdvisesAgainst), DecisionKind::Granted, Verdict::Red);
        assert_eq!(both, [Against::Opinion, Against::Red]);
    }

    fn opinion(kind: OpinionKind) -> Opinion {
        Opinion { kind: Some(kind), by: "DSB".into(), text: "Siehe Auflagen".into(), ..Opinion::default() }
    }

    fn granted() -> Decision {
        let on = Some(day("2026-11-28"));
        Decision { kind: Some(DecisionKind::Granted), by: "Geschäftsführung".into(), on, ..Decision::default() }
    }

    #[test]
    fn a_decision_against_advice_or_verdict_says_why() {
        let against = opinion(OpinionKind::AdvisesAgainst);
        let faults = |decision: &Decision, verdict| faults_of_decision(decision, Some(&against), verdict);
        assert_eq!(faults(&granted(), Verdict::Green), [Fault::Reason]);
        let silent = Decision { reason: "  ".into(), ..granted() };
        assert_eq!(faults(&silent, Verdict::Green), [Fault::Reason], "blanks are no reason");
        let reasoned = Decision { reason: "Übergangsweise bis zum Wechsel".into(), ..granted() };
        assert!(faults(&reasoned, Verdict::Red).is_empty());
        let supports = opinion(OpinionKind::Supports);
        assert!(faults_of_decision(&granted(), Some(&supports), Verdict::Green).is_empty());
        assert_eq!(faults_of_decision(&granted(), Some(&supports), Verdict::Open), [Fault::Reason]);
        assert_eq!(faults_of_decision(&granted(), None, Verdict::Green), [Fault::Reason]);
        let refused = Decision { kind: Some(DecisionKind::Refused), ..granted() };
        assert!(faults(&refused, Verdict::Red).is_empty());
    }

    #[test]
    fn whose_and_until_when() {
        let supports = opinion(OpinionKind::Supports);
        let faults = |decision: Decision| faults_of_decision(&decision, Some(&supports), Verdict::Green);
        assert_eq!(faults(Decision { by: " dsb ".into(), ..granted() }), [Fault::SamePerson]);
        assert_eq!(faults(Decision { by: " ".into(), ..granted() }), [Fault::Name]);
        assert_eq!(faults(Decision { kind: None, ..granted() }), [Fault::Kind]);
        assert_eq!(faults(Decision { valid_until: Some(day("2026-11-27")), ..granted() }), [Fault::Days]);
        assert!(faults(Decision { valid_until: Some(day("2026-11-28")), ..granted() }).is_empty());
        let mute = Opinion { text: String::new(), ..opinion(OpinionKind::AdvisesAgainst) };
        assert_eq!(faults_of_opinion(&mute), [Fault::Reason]);
        assert_eq!(faults_of_opinion(&Opinion::default()), [Fault::Kind, Fault::Name]);
        assert_eq!(faults_of_revocation(&Revocation::default()), [Fault::Name, Fault::Reason]);
    }

    #[test]
    fn reviews_come_after_a_year_and_sooner_where_something_is_open() {
        let after = |verdict| review_after(verdict, day("2026-08-31"));
        for verdict in [Verdict::Green, Verdict::Red] {
            assert_eq!((after(verdict).due, after(verdict).every), (Some(day("2027-08-31")), Some(12)));
        }
        for verdict in [Verdict::Yellow, Verdict::Open] {
            assert_eq!((after(verdict).due, after(verdict).every), (Some(day("2027-02-28")), Some(6)));
        }
        assert!(Trigger::ALL.iter().all(|trigger| after(Verdict::Green).has(*trigger)));
        assert_eq!(months_after(day("9999-12-31"), 1), None);
    }
}
