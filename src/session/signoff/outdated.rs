//! An opinion or a decision that is older than the answers it is about: whoever gave it has not seen what is sealed.

use std::collections::BTreeMap;

use super::Act;
use crate::domain::id::VariableId;
use crate::domain::moment::Moment;
use crate::session::history::values_differ;
use crate::session::model::{Answer, Session};

/// What was changed since an opinion or a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// [`Act::Opinion`] or [`Act::Decision`].
    pub act: Act,
    /// The answer that was changed last.
    pub question: VariableId,
    /// When.
    pub at: Option<Moment>,
    /// How many other answers are not as they were then.
    pub others: usize,
}

impl Session {
    /// Which of opinion and decision were given before answers became what they are now.
    #[must_use]
    pub fn outdated(&self) -> Vec<Outdated> {
        let opinion = self.opinion.as_ref().map(|opinion| (Act::Opinion, opinion.on));
        let decision = self.decision.as_ref().map(|decision| (Act::Decision, decision.on));
        let given = opinion.into_iter().chain(decision);
        given.filter_map(|(act, on)| self.since(act, on)).collect()
    }

    fn since(&self, act: Act, on: Option<crate::domain::Day>) -> Option<Outdated> {
        use crate::session::history::Kind;
        let told = self.history.entries().rev().find(|(_, one)| one.kind == Kind::SignOff(act)).map(|(place, _)| place);
        // Each answer as it stood then, and when it was changed last.
        let mut changed: BTreeMap<&VariableId, (Option<&Answer>, usize, Option<Moment>)> = BTreeMap::new();
        for (place, entry) in self.history.entries() {
            let later = match told {
                Some(told) => place > told,
                // The history does not tell when it was given; then the day counts.
                None => on.zip(entry.at).is_some_and(|(on, at)| at.local(&jiff::tz::TimeZone::UTC).date() > on),
            };
            let (old, new) = (entry.old.as_deref(), entry.new.as_deref());
            if let Some(question) = entry.question.as_ref().filter(|_| later && values_differ(old, new)) {
                let known = changed.entry(question).or_insert((old, place, entry.at));
                (known.1, known.2) = (place, entry.at);
            }
        }
        // What was changed and changed back is as it was.
        changed.retain(|question, (then, _, _)| values_differ(*then, self.answers.get(*question)));
        let (question, (_, _, at)) = changed.iter().max_by_key(|(_, (_, place, _))| *place)?;
        Some(Outdated { act, question: (*question).clone(), at: *at, others: changed.len() - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Mode, Value};
    use crate::session::SessionId;
    use crate::session::signoff::{Decision, Opinion};

    fn at(second: i64) -> Moment {
        Moment::of_seconds(1_790_000_000 + second).unwrap()
    }

    fn answer(session: &mut Session, second: i64, question: &str, choice: &str) {
        session.change(at(second), &question.try_into().unwrap(), |answer| {
            (answer.value, answer.pending) = (Value::Choice(choice.try_into().unwrap()), false);
        });
    }

    #[test]
    fn what_was_changed_since_is_named() {
        let id = SessionId::parse("x").unwrap();
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap());
        answer(&mut session, 0, "dpa_signed", "no");
        session.advise(at(1), Some(Opinion::default()));
        assert!(session.outdated().is_empty());
        answer(&mut session, 2, "dpa_signed", "yes");
        session.decide(at(3), Some(Decision::default()));
        let acts = |session: &Session| session.outdated().into_iter().map(|one| one.act).collect::<Vec<_>>();
        assert_eq!(acts(&session), [Act::Opinion], "the decision has seen it");
        answer(&mut session, 4, "content", "ordinary");
        session.change(at(5), &"edition".try_into().unwrap(), |answer| answer.note = "a note is no fact".into());
        let all = session.outdated();
        assert_eq!(
            all.iter().map(|one| (one.act, one.others)).collect::<Vec<_>>(),
            [(Act::Opinion, 1), (Act::Decision, 0)]
        );
        assert!(all.iter().all(|one| one.question == *"content" && one.at == Some(at(4))));
        // What is taken back is as it was.
        session.undo(at(6));
        session.undo(at(7));
        assert_eq!(acts(&session), [Act::Opinion]);
        answer(&mut session, 8, "dpa_signed", "no");
        assert_eq!(acts(&session), [Act::Decision], "it had seen the other answer");
    }

    #[test]
    fn where_no_history_tells_of_the_act_its_day_counts() {
        let id = SessionId::parse("x").unwrap();
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap());
        answer(&mut session, 0, "dpa_signed", "no");
        let given = |on: &str| Some(Opinion { on: on.parse().ok(), ..Opinion::default() });
        session.opinion = given("2026-01-01");
        assert_eq!(session.outdated().len(), 1);
        session.opinion = given("2030-01-01");
        assert!(session.outdated().is_empty());
    }
}
