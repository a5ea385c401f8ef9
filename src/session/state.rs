//! Where a session stands on a day: from draft to signed, due, expired and void.

use super::condition::ConditionId;
use super::model::Session;
use super::signoff::{DecisionKind, Seal};
use crate::domain::Day;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Somebody works on it.
    Draft,
    /// It was handed over to the data protection officer, or the officer has given an opinion; nothing is decided under
    /// seal.
    WithDpo,
    /// It is decided and sealed, and holds.
    Signed,
    /// It is granted and sealed, but something that has to be done before the tool is used is still open.
    NotYetEffective,
    /// It is signed, and something about it is due: the review, the end of the clearance, or a condition.
    Due,
    /// It was granted until a day that is over: nothing is wrong with it, it has only run out.
    Expired,
    /// It was sealed and does not hold any more: it was changed or taken back.
    Void,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::WithDpo, Self::Signed, Self::NotYetEffective, Self::Due, Self::Expired, Self::Void];

    /// The name in the JSON output and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::WithDpo => "with_dpo",
            Self::Signed => "signed",
            Self::NotYetEffective => "not_yet_effective",
            Self::Due => "due",
            Self::Expired => "expired",
            Self::Void => "void",
        }
    }
}

/// Why a sealed session does not hold any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voided {
    /// It was changed after it was sealed.
    Edited,
    /// The decision was taken back.
    Revoked,
    /// The last day of the decision is over.
    Expired,
}

impl Voided {
    /// The name in the JSON output and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }
}

impl Session {
    /// The seal that counts; none: it was never sealed.
    #[must_use]
    pub fn seal(&self) -> Option<&Seal> {
        self.seals.iter().max_by_key(|seal| seal.revision)
    }

    /// The kind of the decision, if there is one.
    #[must_use]
    pub fn decided(&self) -> Option<DecisionKind> {
        self.decision.as_ref().and_then(|decision| decision.kind)
    }

    /// The day of the decision, if there is one.
    #[must_use]
    pub fn decided_on(&self) -> Option<Day> {
        self.decision.as_ref().and_then(|decision| decision.on)
    }

    /// What has to be done before the tool is used and is neither met nor borne, as the last seal names it.
    #[must_use]
    pub fn open_before_use(&self, day: Day) -> Vec<ConditionId> {
        let named = self.seal().into_iter().flat_map(|seal| &seal.before_use).cloned().map(ConditionId::Finding);
        named.filter(|id| self.conditions.get(id).is_none_or(|condition| condition.is_open(day))).collect()
    }

    /// Whether the review, the end of the clearance or an open condition is reached on a day.
    #[must_use]
    pub fn is_due(&self, day: Day) -> bool {
        let reached = |due: Option<Day>| due.is_some_and(|due| due <= day);
        reached(self.review.as_ref().and_then(|review| review.due))
            || reached(self.decision.as_ref().and_then(|decision| decision.valid_until))
            || self.conditions.values().any(|condition| condition.is_open(day) && reached(condition.due))
    }
}

/// Why a session does not hold any more; none: it holds, or was never sealed. `content` is what [`super::signoff::content`]
/// says of it.
#[must_use]
pub fn voided(session: &Session, content: &str, day: Day) -> Option<Voided> {
    let seal = session.seal()?;
    let last = session.decision.as_ref().and_then(|decision| decision.valid_until);
    if session.revocation.as_ref().is_some_and(|revocation| revocation.on.is_none_or(|on| on <= day)) {
        Some(Voided::Revoked)
    } else if seal.content != content {
        Some(Voided::Edited)
    } else {
        last.filter(|last| *last < day).map(|_| Voided::Expired)
    }
}

/// Where a session stands on a day. `content` is what [`super::signoff::content`] says of it; it is needed only where there
/// is a seal.
#[must_use]
pub fn stage(session: &Session, content: &str, day: Day) -> Stage {
    match voided(session, content, day) {
        Some(Voided::Expired) => return Stage::Expired,
        Some(Voided::Edited | Voided::Revoked) => return Stage::Void,
        None => {}
    }
    match session.decided().filter(|_| session.seal().is_some()) {
        Some(kind) if kind.grants() && !session.open_before_use(day).is_empty() => Stage::NotYetEffective,
        Some(_) if session.is_due(day) => Stage::Due,
        Some(_) => Stage::Signed,
        None if session.handed_over.is_some() || session.opinion.is_some() => Stage::WithDpo,
        None => Stage::Draft,
    }
}

/// Whether a clearance is in force on a day, be it that something has to be done before it has effect.
#[must_use]
pub fn in_force(session: &Session, day: Day) -> bool {
    let grants = session.decided().is_some_and(DecisionKind::grants) && session.retired.is_none();
    grants && matches!(stage_of(session, day), Stage::Signed | Stage::NotYetEffective | Stage::Due)
}

/// The same as [`stage`], with the content computed where it is needed.
#[must_use]
pub fn stage_of(session: &Session, day: Day) -> Stage {
    let content = if session.seals.is_empty() { String::new() } else { super::signoff::content(session) };
    stage(session, &content, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Mode, Value};
    use crate::session::signoff::{Decision, Opinion, Review, Revocation, content};
    use crate::session::{Answer, Condition, HandedOver, Rest, SessionId, State};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn draft() -> Session {
        let id = SessionId::parse("x").unwrap();
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day("2026-11-23"));
        let no = Value::Choice("no".try_into().unwrap());
        session.answers.insert("dpa_signed".try_into().unwrap(), Answer::new(no));
        session
    }

    fn decide(session: &mut Session, kind: DecisionKind) {
        session.decision = Some(Decision { kind: Some(kind), by: "GF".into(), ..Decision::default() });
    }

    fn seal(session: &mut Session, before_use: &[&str]) {
        let revision = u32::try_from(session.seals.len()).unwrap() + 1;
        let before_use = before_use.iter().map(|id| (*id).try_into().unwrap()).collect();
        let content = content(session);
        session.seals.push(Seal { revision, content, before_use, ..Seal::default() });
    }

    #[test]
    fn a_clearance_is_in_force_while_its_seal_holds() {
        let mut session = draft();
        let on = day("2026-11-23");
        assert!(!in_force(&session, on));
        decide(&mut session, DecisionKind::Granted);
        assert!(!in_force(&session, on), "it is not sealed");
        seal(&mut session, &[]);
        assert!(in_force(&session, on));
        session.retired = Some(crate::session::away::Retired::default());
        assert!(!in_force(&session, on), "nobody uses the tool any more");
        let mut refused = draft();
        decide(&mut refused, DecisionKind::Refused);
        seal(&mut refused, &[]);
        assert!(!in_force(&refused, on));
    }

    fn at(session: &Session, on: &str) -> Stage {
        stage_of(session, day(on))
    }

    #[test]
    fn from_draft_to_signed() {
        let mut session = draft();
        assert_eq!(at(&session, "2026-11-23"), Stage::Draft);
        let handed = Session { handed_over: Some(HandedOver::default()), ..session.clone() };
        assert_eq!(at(&handed, "2026-11-23"), Stage::WithDpo);
        session.opinion = Some(Opinion::default());
        assert_eq!(at(&session, "2026-11-23"), Stage::WithDpo);
        let mut only_sealed = session.clone();
        seal(&mut only_sealed, &[]);
        assert_eq!(at(&only_sealed, "2026-11-23"), Stage::WithDpo, "a seal decides nothing");
        decide(&mut session, DecisionKind::Refused);
        assert_eq!(at(&session, "2026-11-23"), Stage::WithDpo, "a decision without a seal is a draft of one");
        seal(&mut session, &["no-dpa"]);
        assert_eq!(at(&session, "2026-11-23"), Stage::Signed, "what is refused need not become effective");
    }

    #[test]
    fn a_clearance_waits_for_what_comes_before_use() {
        let mut session = draft();
        decide(&mut session, DecisionKind::WithConditions);
        seal(&mut session, &["no-dpa"]);
        assert_eq!(at(&session, "2026-11-23"), Stage::NotYetEffective);
        let id = ConditionId::parse("no-dpa").unwrap();
        // The condition itself was agreed before the seal; only how far it is met changes afterwards.
        session.seals.clear();
        session.conditions.insert(id.clone(), Condition { owner: "Einkauf".into(), ..Condition::default() });
        seal(&mut session, &["no-dpa"]);
        assert_eq!(at(&session, "2026-11-23"), Stage::NotYetEffective);
        let condition = session.conditions.get_mut(&id).unwrap();
        (condition.state, condition.on, condition.by) = (State::Fulfilled, Some(day("2026-11-25")), "DSB".into());
        assert_eq!(at(&session, "2026-11-25"), Stage::Signed);
        let condition = session.conditions.get_mut(&id).unwrap();
        (condition.state, condition.until) = (State::Accepted, Some(day("2027-01-31")));
        assert_eq!(at(&session, "2027-01-31"), Stage::Signed);
        assert_eq!(at(&session, "2027-02-01"), Stage::NotYetEffective, "the acceptance has run out");
    }

    #[test]
    fn due_on_the_day_and_expired_afterwards() {
        let mut session = draft();
        decide(&mut session, DecisionKind::Granted);
        session.decision.as_mut().unwrap().valid_until = Some(day("2027-06-30"));
        session.review = Some(Review { due: Some(day("2027-05-23")), ..Review::default() });
        seal(&mut session, &[]);
        assert_eq!(at(&session, "2027-05-22"), Stage::Signed);
        assert_eq!(at(&session, "2027-05-23"), Stage::Due);
        session.review = None;
        session.seals.clear();
        seal(&mut session, &[]);
        assert_eq!(at(&session, "2027-06-29"), Stage::Signed);
        assert_eq!(at(&session, "2027-06-30"), Stage::Due, "its last day");
        assert_eq!(at(&session, "2027-07-01"), Stage::Expired);
        let edited = Session { as_of: None, ..session.clone() };
        assert_eq!(at(&edited, "2027-07-01"), Stage::Void, "what was changed does not merely run out");
        assert_eq!(voided(&session, &content(&session), day("2027-07-01")), Some(Voided::Expired));
        let due = Condition { due: Some(day("2026-12-01")), ..Condition::default() };
        session.conditions.insert(ConditionId::parse("record-missing").unwrap(), due);
        session.seals.clear();
        seal(&mut session, &[]);
        assert_eq!(at(&session, "2026-11-30"), Stage::Signed);
        assert_eq!(at(&session, "2026-12-01"), Stage::Due);
    }

    #[test]
    fn an_edit_voids_and_the_next_seal_mends() {
        let mut session = draft();
        decide(&mut session, DecisionKind::Granted);
        seal(&mut session, &[]);
        let edited = |edit: fn(&mut Session)| {
            let mut other = session.clone();
            edit(&mut other);
            voided(&other, &content(&other), day("2026-11-23"))
        };
        let void = Some(Voided::Edited);
        assert_eq!(edited(|one| one.subject.team = "HR".into()), void);
        assert_eq!(edited(|one| one.answers.clear()), void);
        assert_eq!(edited(|one| one.decision.as_mut().unwrap().reason = "x".into()), void);
        assert_eq!(edited(|one| one.opinion = Some(Opinion::default())), void);
        assert_eq!(edited(|one| one.rest.0.push(("x_future".into(), "1".into()))), void);
        assert_eq!(edited(|one| one.archived = Some(day("2027-01-01"))), None);
        assert_eq!(edited(|one| one.questions = Some(crate::session::pinned::QuestionSet::default())), None);
        assert_eq!(edited(|one| one.revocation = Some(Revocation::default())), Some(Voided::Revoked));
        session.subject.team = "HR".into();
        assert_eq!(at(&session, "2026-11-23"), Stage::Void);
        seal(&mut session, &[]);
        assert_eq!((at(&session, "2026-11-23"), session.seal().unwrap().revision), (Stage::Signed, 2));
        let later = Revocation { on: Some(day("2027-01-01")), ..Revocation::default() };
        session.revocation = Some(later);
        assert_eq!((at(&session, "2026-12-31"), at(&session, "2027-01-01")), (Stage::Signed, Stage::Void));
    }

    #[test]
    fn what_a_newer_version_sealed_is_not_void_here() {
        // A newer version knows `budget` and writes it where it belongs; to this one it is a rest and stands last.
        let mut session = draft();
        session.subject.team = "Vertrieb".into();
        session.subject.rest = Rest(vec![("aim".into(), "\"x\"".into())]);
        session.rest = Rest(vec![("budget".into(), "Some((sum: 3))".into()), ("deep".into(), "[1]".into())]);
        let mut other = session.clone();
        other.rest.0.reverse();
        assert_eq!(content(&other), content(&session));
        other.rest.0.pop();
        assert_ne!(content(&other), content(&session));
    }
}
