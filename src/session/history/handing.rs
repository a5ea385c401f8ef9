//! From the employee to the officer: the hand-over, the interview that goes on with it, what the officer confirms, and
//! what a session takes from another one of the same team.

use super::{Entry, Kind, Stamp};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::id::VariableId;
use crate::session::handover::{Confirmed, HandedOver};
use crate::session::model::{Answer, Session};

impl Session {
    /// Gives the session to the officer.
    pub fn hand_over(&mut self, at: Stamp, on: Day, by: &str) {
        let before = self.handed_over.take().unwrap_or_default();
        self.handed_over = Some(HandedOver { on: Some(on), by: by.to_owned(), ..before });
        self.tell(at, Kind::HandedOver, by);
    }

    /// The officer goes on with a self-assessment as an interview. What was said stays, with who said it: where nobody is
    /// named, who handed it over. False: it is an interview already.
    pub fn take_over(&mut self, at: Stamp) -> bool {
        if self.mode == Mode::Interview {
            return false;
        }
        self.mode = Mode::Interview;
        let who = self.handed_over.as_ref().map(|handed| handed.by.clone()).unwrap_or_default();
        for answer in self.answers.values_mut().filter(|answer| !answer.pending) {
            answer.self_assessed = true;
            if answer.by.is_empty() {
                answer.by.clone_from(&who);
            }
        }
        let by = self.subject.interviewer.clone();
        self.tell(at, Kind::TakenOver, &by);
        true
    }

    /// The officer confirms an answer that somebody gave alone. False: there is none that waits for it.
    pub fn confirm(&mut self, at: Stamp, on: Day, question: &VariableId) -> bool {
        let by = self.subject.interviewer.clone();
        self.answers.get(question).is_some_and(Answer::is_only_said)
            && self.change(at, question, |answer| {
                answer.confirmed = Some(Confirmed { on: Some(on), by, ..Confirmed::default() });
            })
    }

    /// Takes an answer over from another session; note, evidence and who said so come along. What stood here stays where
    /// somebody has answered already.
    pub fn adopt(&mut self, at: Stamp, question: &VariableId, other: &Self) -> bool {
        let Some(theirs) = other.answered(question).filter(|_| self.answered(question).is_none()) else { return false };
        // Who has to find something out is asked once, and a remark is about the session in which it was made.
        let answer = Answer { remark: String::new(), follow_up: None, ..theirs.clone() };
        let wording = theirs.asked.as_ref().and_then(|asked| {
            let words = other.questions.as_ref()?.wording(asked)?;
            Some((asked.wording.clone(), words.to_owned()))
        });
        self.questions.get_or_insert_default().wordings.extend(wording);
        self.enter_from(Kind::Change, at, question, Some(answer), other.id.as_str());
        true
    }

    /// Tells that the last whole state took the place of a damaged file.
    pub fn tell_restored(&mut self, at: Stamp) {
        let by = self.subject.interviewer.clone();
        self.tell(at, Kind::Restored, &by);
    }

    /// Tells something that is about no question.
    pub(super) fn tell(&mut self, at: Stamp, kind: Kind, by: &str) {
        self.history.push(Entry { at: Some(at), kind, by: by.to_owned(), ..Entry::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Value;
    use crate::session::file::{read, write};
    use crate::session::{FollowUp, SessionId};

    fn checked_alone() -> Session {
        let (id, day) = (SessionId::parse("x").unwrap(), "2026-11-23".parse().unwrap());
        let mut session = Session::new(id, Mode::SelfAssessment, "zoom".try_into().unwrap(), day);
        for (question, value) in [("dpa_signed", "yes"), ("recording_used", "no")] {
            answer(&mut session, question, value);
        }
        session
    }

    fn id(text: &str) -> VariableId {
        text.try_into().unwrap()
    }

    fn at(n: i64) -> Stamp {
        Stamp::of_seconds(1_790_000_000 + n).unwrap()
    }

    fn answer(session: &mut Session, question: &str, value: &str) {
        session.change(at(1), &id(question), |answer| {
            (answer.value, answer.pending) = (Value::Choice(value.try_into().unwrap()), false);
        });
    }

    #[test]
    fn the_officer_goes_on_with_what_an_employee_said_and_the_history_names_both() {
        let mut session = checked_alone();
        session.change(at(1), &id("recording_used"), |answer| answer.by = "IT".into());
        session.hand_over(at(2), "2026-11-23".parse().unwrap(), "Vertrieb");
        session.subject.interviewer = "DSB".into();
        assert!(session.take_over(at(3)) && !session.take_over(at(4)));
        assert_eq!(session.mode, Mode::Interview);
        assert_eq!((&*session.answers["dpa_signed"].by, &*session.answers["recording_used"].by), ("Vertrieb", "IT"));
        assert!(session.answers.values().all(Answer::is_only_said));

        let day: Day = "2026-11-24".parse().unwrap();
        assert!(session.confirm(at(5), day, &id("dpa_signed")));
        assert!(!session.confirm(at(6), day, &id("dpa_signed")), "it is confirmed already");
        assert!(!session.confirm(at(6), day, &id("content")), "nobody has answered");
        let confirmed = session.answers["dpa_signed"].confirmed.clone().unwrap();
        assert_eq!((&*confirmed.by, confirmed.on), ("DSB", Some(day)));
        assert_eq!(session.answers["dpa_signed"].by, "Vertrieb", "who said so stays");

        let session = read(&write(&session), &session.id).unwrap();
        let told: Vec<(Kind, &str)> = session.history.entries().map(|(_, one)| (one.kind, &*one.by)).collect();
        let end = [(Kind::HandedOver, "Vertrieb"), (Kind::TakenOver, "DSB"), (Kind::Change, "DSB")];
        assert_eq!(told[told.len() - 3..], end);
    }

    #[test]
    fn a_confirmation_can_be_taken_back() {
        let mut session = checked_alone();
        session.take_over(at(2));
        let before = session.answers.clone();
        session.confirm(at(3), "2026-11-24".parse().unwrap(), &id("dpa_signed"));
        assert!(session.undo(at(4)).is_some());
        assert_eq!(session.answers, before);
        session.clear(at(5), &id("dpa_signed"));
        assert!(!session.answers.contains_key("dpa_signed"), "nothing of what was said is left over");
    }

    #[test]
    fn an_answer_from_another_session_says_where_it_comes_from() {
        let mut first = checked_alone();
        first.change(at(2), &id("recording_used"), |answer| {
            (answer.note, answer.remark) = ("laut Leitung".into(), "nachfragen".into());
            answer.follow_up = Some(FollowUp::default());
        });
        let (other, day) = (SessionId::parse("y").unwrap(), "2026-11-23".parse().unwrap());
        let mut second = Session::new(other, Mode::Interview, "teams".try_into().unwrap(), day);
        answer(&mut second, "dpa_signed", "no");
        assert!(second.adopt(at(3), &id("recording_used"), &first));
        for (question, why) in [("dpa_signed", "answered here"), ("content", "answered nowhere")] {
            assert!(!second.adopt(at(3), &id(question), &first), "{why}");
        }
        let taken = &second.answers["recording_used"];
        assert_eq!((&*taken.note, &*taken.remark, &taken.follow_up), ("laut Leitung", "", &None));
        let second = read(&write(&second), &second.id).unwrap();
        let froms: Vec<&str> = second.history.entries().map(|(_, one)| &*one.from).collect();
        assert_eq!(froms, ["", "x"]);
    }
}
