//! Fields about an answer: note and who said so, evidence, what somebody still finds out, the officer's remark; and about
//! a document that was seen.

use super::super::super::desk::Desk;
use super::super::super::form::Field;
use super::Dialog;
use crate::domain::Day;
use crate::domain::id::VariableId;
use crate::session::{Evidence, FollowUp, Session};

/// Names that are proposed; more nobody looks through.
const PROPOSED: usize = 8;

/// What can be said of a follow-up, in the order of its field.
const STATES: [&str; 3] = ["ui-follow-up-open", "ui-follow-up-done", "ui-follow-up-noted"];

/// Who may have said something: the respondents, and whoever is named at another answer.
fn people(session: &Session) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let named = session
        .answers
        .values()
        .flat_map(|answer| [Some(&answer.by), answer.follow_up.as_ref().map(|one| &one.owner)].into_iter().flatten());
    for name in session.subject.respondents.iter().chain(named) {
        if all.len() < PROPOSED && !name.is_empty() && !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

/// The note on an answer, and who said so.
pub fn note(session: &Session, id: &VariableId) -> Vec<Field> {
    let (note, by) = session.answers.get(id).map_or(("", ""), |answer| (&*answer.note, &*answer.by));
    vec![Field::lines("ui-note", note), Field::line("ui-by", by).proposing(people(session))]
}

/// A document.
pub fn evidence(known: Option<&Evidence>) -> Vec<Field> {
    let (title, place) = known.map_or(("", ""), |one| (&*one.title, &*one.place));
    vec![
        Field::line("ui-evidence-title", title),
        Field::day("ui-evidence-date", known.and_then(|one| one.date)),
        Field::line("ui-evidence-place", place),
    ]
}

/// Who finds out what until when, and what came back.
pub fn follow_up(session: &Session, id: &VariableId) -> Vec<Field> {
    let known = session.answers.get(id).and_then(|answer| answer.follow_up.clone()).unwrap_or_default();
    let states = STATES.iter().map(|id| (*id).to_owned()).collect();
    vec![
        Field::line("ui-follow-up-owner", &known.owner).proposing(people(session)),
        Field::day("ui-follow-up-due", known.due),
        Field::line("ui-follow-up-question", &known.question),
        Field::line("ui-follow-up-reply", &known.reply),
        Field::choice("ui-follow-up-state", states, usize::from(!known.is_open())),
    ]
}

/// What the officer notes privately.
pub fn remark(session: &Session, id: &VariableId) -> Vec<Field> {
    vec![Field::line("ui-remark-hint", session.answers.get(id).map_or("", |answer| &answer.remark))]
}

impl Dialog {
    pub(super) fn accept_note(&self, desk: &mut Desk<'_>, id: &VariableId) -> Result<(), ()> {
        let (note, by) = (self.form.text(0), self.form.text(1));
        desk.sitting.as_mut().ok_or(())?.change(id, |answer| (answer.note, answer.by) = (note, by));
        Ok(())
    }

    pub(super) fn accept_evidence(&mut self, desk: &mut Desk<'_>, id: &VariableId) -> Result<(), ()> {
        let day = self.form.day(1, desk)?;
        let sitting = desk.sitting.as_mut().ok_or(())?;
        sitting.change(id, |answer| {
            let known = answer.evidence.first().cloned();
            answer.evidence.splice(..answer.evidence.len().min(1), self.document(known, day));
        });
        Ok(())
    }

    pub(super) fn accept_document(&mut self, desk: &mut Desk<'_>, n: usize) -> Result<(), ()> {
        let day = self.form.day(1, desk)?;
        let documents = &mut desk.sitting.as_mut().ok_or(())?.saved.session.subject.documents;
        let end = documents.len();
        let known = documents.get(n).cloned();
        documents.splice(n.min(end)..(n + 1).min(end), self.document(known, day));
        Ok(())
    }

    /// The document in the fields; none: they are empty.
    fn document(&self, known: Option<Evidence>, date: Option<Day>) -> Option<Evidence> {
        let (title, place) = (self.form.text(0), self.form.text(2));
        (!self.form.is_blank()).then(|| Evidence { title, date, place, ..known.unwrap_or_default() })
    }

    pub(super) fn accept_follow_up(&mut self, desk: &mut Desk<'_>, id: &VariableId) -> Result<(), ()> {
        let due = self.form.day(1, desk)?;
        let (owner, question, reply) = (self.form.text(0), self.form.text(2), self.form.text(3));
        let (done, notes) = (self.form.chosen(4) > 0, self.form.chosen(4) == 2);
        if notes && reply.is_empty() {
            self.form.refuse(3, desk.words.get("ui-follow-up-no-reply"));
            return Err(());
        }
        let (today, blank) = (desk.today, self.form.is_blank());
        let sitting = desk.sitting.as_mut().ok_or(())?;
        sitting.change(id, |answer| {
            let known = answer.follow_up.take().unwrap_or_default();
            let closed = done.then(|| known.closed.unwrap_or(today));
            if notes && !answer.note.contains(&reply) {
                let gap = if answer.note.is_empty() { "" } else { "\n" };
                answer.note = format!("{}{gap}{reply}", answer.note);
            }
            answer.follow_up = (!blank).then_some(FollowUp { owner, due, question, reply, closed, ..known });
        });
        Ok(())
    }

    pub(super) fn accept_remark(&self, desk: &mut Desk<'_>, id: &VariableId) -> Result<(), ()> {
        let remark = self.form.text(0);
        desk.sitting.as_mut().ok_or(())?.change(id, |answer| answer.remark = remark);
        Ok(())
    }
}
