//! Changes of a session that are told in its history.

use super::entry::{applied, differing};
use super::{Entry, Kind};
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::domain::moment::Moment;
use crate::session::model::{Answer, Session};
use crate::session::signoff::Act;

/// When a change was made.
pub type Stamp = Moment;

/// A change that was taken back or brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The question.
    pub question: VariableId,
    /// What stood there before this step; none: nothing.
    pub from: Option<Answer>,
    /// What stands there now; none: nothing.
    pub to: Option<Answer>,
}

impl Session {
    /// Changes the answer to a question, or what hangs on it. What is neither answered nor has anything hanging on it is
    /// no answer. False: everything is as it was.
    pub fn change(&mut self, at: Stamp, question: &VariableId, edit: impl FnOnce(&mut Answer)) -> bool {
        let old = self.answers.get(question);
        let mut new = old.cloned().unwrap_or_else(nothing);
        edit(&mut new);
        let new = Some(new).filter(|new| !is_nothing(new));
        if old == new.as_ref() {
            return false;
        }
        self.enter(Kind::Change, at, question, new);
        true
    }

    /// Takes the answer to a question away; note, evidence and follow-up stay. False: there is none.
    pub fn clear(&mut self, at: Stamp, question: &VariableId) -> bool {
        self.answered(question).is_some()
            && self.change(at, question, |answer| {
                let blank = Answer::new(Value::Unknown);
                (answer.value, answer.pending) = (blank.value, true);
                (answer.foreign_value, answer.on) = (blank.foreign_value, blank.on);
                (answer.catalogue_confirmed, answer.asked) = (blank.catalogue_confirmed, blank.asked);
                (answer.self_assessed, answer.confirmed) = (blank.self_assessed, blank.confirmed);
            })
    }

    /// Tells that a question was left without an answer, unless that was the last thing told about it.
    pub fn skip(&mut self, at: Stamp, question: &VariableId) {
        if self.answered(question).is_some() {
            return;
        }
        let steps = self.history.steps();
        let last = steps.done.iter().rev().filter_map(|place| self.history.entry(*place));
        let last = last.into_iter().find(|entry| entry.question.as_ref() == Some(question));
        if last.is_none_or(|entry| entry.kind != Kind::Skip) {
            let present = self.answers.get(question).cloned();
            self.enter(Kind::Skip, at, question, present);
        }
    }

    /// Takes the last change back that holds; none: there is none.
    pub fn undo(&mut self, at: Stamp) -> Option<Step> {
        let place = self.history.steps().done.pop()?;
        let entry = self.history.entry(place)?;
        let question = entry.question.clone()?;
        let present = self.answers.get(&question);
        let new = applied(entry.new.as_deref(), entry.old.as_deref(), present);
        Some(self.step(Kind::TakenBack(entry.number), at, question, new))
    }

    /// Brings back what was taken back last; none: there is nothing.
    pub fn redo(&mut self, at: Stamp) -> Option<Step> {
        let place = self.history.steps().undone.pop()?;
        let entry = self.history.entry(place)?;
        let question = entry.question.clone()?;
        let present = self.answers.get(&question);
        let new = applied(entry.old.as_deref(), entry.new.as_deref(), present);
        Some(self.step(Kind::BroughtBack(entry.number), at, question, new))
    }

    /// Says why the entry at a place was made.
    pub fn explain(&mut self, at: Stamp, place: usize, reason: &str) {
        let Some(entry) = self.history.entry(place) else { return };
        let about = Kind::Reason(entry.number);
        let question = entry.question.clone();
        let (by, reason) = (self.subject.interviewer.clone(), reason.to_owned());
        self.history.push(Entry { at: Some(at), kind: about, question, by, reason, ..Entry::default() });
    }

    /// Tells that the session goes on with other questions.
    pub(in crate::session) fn tell_questions(&mut self, at: Stamp) {
        let by = self.subject.interviewer.clone();
        self.tell(at, Kind::Questions, &by);
    }

    /// Tells an act of the sign-off: by whom, and why.
    pub(in crate::session) fn tell_act(&mut self, at: Stamp, act: Act, by: &str, reason: &str) {
        let by = if by.is_empty() { self.subject.interviewer.clone() } else { by.to_owned() };
        let reason = reason.to_owned();
        self.history.push(Entry { at: Some(at), kind: Kind::SignOff(act), by, reason, ..Entry::default() });
    }

    /// Tells that two copies were brought together. What else is to be told of it comes after this.
    pub(in crate::session) fn tell_merged(&mut self, at: Stamp, reason: &str) {
        let entry = self.merged(at, reason);
        self.history.push_above(entry);
    }

    /// Tells what was not taken and is no answer.
    pub(in crate::session) fn tell_passed_over(&mut self, at: Stamp, what: &str) {
        let entry = self.merged(at, what);
        self.history.push(entry);
    }

    fn merged(&self, at: Stamp, reason: &str) -> Entry {
        let (by, reason) = (self.subject.interviewer.clone(), reason.to_owned());
        Entry { at: Some(at), kind: Kind::Merged, by, reason, ..Entry::default() }
    }

    /// Tells what came of an answer when two copies were brought together: `before` can be had back.
    pub(in crate::session) fn tell_decided(&mut self, at: Stamp, question: &VariableId, before: Option<&Answer>) {
        let present = self.answers.get(question);
        let (old, new) = differing(before, present);
        let by = present.or(before).map(|answer| answer.by.clone()).unwrap_or_default();
        let question = Some(question.clone());
        self.history.push(Entry { at: Some(at), kind: Kind::Merged, question, old, new, by, ..Entry::default() });
    }

    fn step(&mut self, kind: Kind, at: Stamp, question: VariableId, to: Option<Answer>) -> Step {
        let from = self.answers.get(&question).cloned();
        self.enter(kind, at, &question, to.clone());
        Step { question, from, to }
    }

    /// Puts an answer in its place and tells it.
    fn enter(&mut self, kind: Kind, at: Stamp, question: &VariableId, answer: Option<Answer>) {
        self.enter_from(kind, at, question, answer, "");
    }

    /// The same with the session that the answer comes from.
    pub(super) fn enter_from(
        &mut self,
        kind: Kind,
        at: Stamp,
        question: &VariableId,
        answer: Option<Answer>,
        from: &str,
    ) {
        let before = self.answers.get(question);
        let (old, new) = differing(before, answer.as_ref());
        // Who confirmed it or does so no longer, else who said so; where nobody is named, who asked.
        let (was, now) =
            (before.and_then(|one| one.confirmed.as_ref()), answer.as_ref().and_then(|one| one.confirmed.as_ref()));
        let confirmed = now.or(was).filter(|_| was != now).map(|confirmed| &confirmed.by);
        let said = confirmed.or(answer.as_ref().or(before).map(|answer| &answer.by));
        let by = said.filter(|by| !by.is_empty()).unwrap_or(&self.subject.interviewer).clone();
        let question = question.clone();
        match answer {
            Some(answer) => drop(self.answers.insert(question.clone(), answer)),
            None => drop(self.answers.remove(&question)),
        }
        let (question, from) = (Some(question), from.to_owned());
        self.history.push(Entry { at: Some(at), kind, question, old, new, by, from, ..Entry::default() });
    }
}

/// What stands where neither an answer nor anything that hangs on one does.
pub(in crate::session) const fn nothing() -> Answer {
    let mut answer = Answer::new(Value::Unknown);
    answer.pending = true;
    answer
}

/// Neither an answer nor anything that hangs on one.
fn is_nothing(answer: &Answer) -> bool {
    *answer == nothing()
}
