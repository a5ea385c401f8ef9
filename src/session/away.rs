//! What becomes of an assessment afterwards: put away, given up, looked at again, begun once more.

use super::model::{Answer, FollowUp, Rest, Session};
use super::signoff::Review;
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use jiff::ToSpan;

/// The tool is not used any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Since when.
    pub on: Option<Day>,
    /// What became of contract and data, and what proves it.
    pub note: String,
    /// Unknown fields.
    pub rest: Rest,
}

impl Session {
    /// Begins anew with what an older session says of team and tool. Nothing in it is answered: each answer stands there as
    /// it was and waits for somebody to confirm it. Conditions, sign-off and history stay with the older one.
    pub fn copy_of(&mut self, old: &Self) {
        self.subject = old.subject.clone();
        // Nobody has looked at the documents again.
        self.subject.documents.clear();
        self.questions.clone_from(&old.questions);
        self.copied_from = Some(old.id.clone());
        let waiting = |answer: &Answer| {
            let mut answer = answer.clone();
            (answer.pending, answer.follow_up) = (true, None::<FollowUp>);
            answer.remark.clear();
            answer
        };
        self.answers = old.answers.iter().map(|(id, answer)| (id.clone(), waiting(answer))).collect();
    }

    /// The answer of the session that this one was copied from, for as long as nobody has confirmed it.
    #[must_use]
    pub fn to_be_confirmed(&self, question: &VariableId) -> Option<&Answer> {
        let copied = self.copied_from.is_some();
        self.answers.get(question).filter(|answer| copied && answer.pending && answer.value != Value::Unknown)
    }

    /// Somebody has looked at it again and nothing has changed: the next review is due after the interval, counted from
    /// that day. None: there is no interval.
    #[must_use]
    pub fn reviewed(&self, day: Day) -> Option<Review> {
        let review = self.review.as_ref()?;
        let due = day.checked_add(i64::from(review.every?).months()).ok()?;
        Some(Review { due: Some(due), ..review.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::signoff::{Decision, DecisionKind, Seal, content};
    use crate::session::state::{Stage, stage_of};
    use crate::session::{Condition, ConditionId, SessionId};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn session(id: &str) -> Session {
        let id = SessionId::parse(id).unwrap();
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day("2026-11-23"));
        let mut answer = Answer::new(Value::Choice("no".try_into().unwrap()));
        answer.follow_up = Some(FollowUp::default());
        session.answers.insert("dpa_signed".try_into().unwrap(), answer);
        session
    }

    #[test]
    fn a_copy_answers_nothing_until_somebody_confirms() {
        let mut old = session("old");
        old.subject.team = "Vertrieb".into();
        old.conditions.insert(ConditionId::parse("no-dpa").unwrap(), Condition::default());
        let id = SessionId::parse("new").unwrap();
        let mut copy = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day("2027-11-23"));
        copy.copy_of(&old);
        let question = VariableId::try_from("dpa_signed").unwrap();
        assert!(copy.answered(&question).is_none() && copy.inquiry(None, day("2027-11-23")).answers.is_empty());
        assert_eq!(
            copy.to_be_confirmed(&question).map(|one| &one.value),
            old.answered(&question).map(|one| &one.value)
        );
        assert!(copy.conditions.is_empty() && copy.answers[&question].follow_up.is_none());
        assert_eq!((copy.subject.team.as_str(), copy.copied_from.as_ref()), ("Vertrieb", Some(&old.id)));
        assert!(old.to_be_confirmed(&question).is_none());
        copy.answers.get_mut(&question).unwrap().pending = false;
        assert!(copy.to_be_confirmed(&question).is_none() && copy.answered(&question).is_some());
    }

    #[test]
    fn what_happens_afterwards_leaves_the_seal_intact() {
        let mut session = session("x");
        session.decision = Some(Decision { kind: Some(DecisionKind::Granted), ..Decision::default() });
        session.review = Some(Review { due: Some(day("2027-11-23")), every: Some(12), ..Review::default() });
        let content = content(&session);
        session.seals.push(Seal { revision: 1, content, ..Seal::default() });
        assert_eq!(stage_of(&session, day("2027-11-23")), Stage::Due);
        session.review = session.reviewed(day("2027-11-20"));
        assert_eq!(session.review.as_ref().unwrap().due, Some(day("2028-11-20")));
        (session.archived, session.retired) = (Some(day("2027-12-01")), Some(Retired::default()));
        assert_eq!(stage_of(&session, day("2027-11-23")), Stage::Signed);
        session.review.as_mut().unwrap().every = Some(24);
        assert_eq!(stage_of(&session, day("2027-11-23")), Stage::Void);
        session.review = None;
        assert_eq!(session.reviewed(day("2027-11-20")), None);
    }
}
