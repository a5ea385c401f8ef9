//! Changes that are taken back, brought back or cleared, and how they are told.

use super::desk::Desk;
use super::keymap::Action;
use super::layout::cut;
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::domain::text::Language;
use crate::i18n::Words;
use crate::report::follow_up::follow_up;
use crate::sanitise::clip;
use crate::session::history::values_differ;
use crate::session::{Answer, Session};

/// Columns for the name of a question in one line, and for each value.
const NAME: usize = 40;
const VALUE: usize = 30;

impl Desk<'_> {
    /// Takes the last change back (`Undo`) or brings back what was taken back last (`Redo`), and says so in one line.
    /// Returns the question; none: there is nothing.
    pub fn step(&mut self, action: Action) -> Option<VariableId> {
        if !self.writable() {
            return None;
        }
        let back = action == Action::Undo;
        let Some(step) = self.sitting.as_mut().and_then(|sitting| sitting.step(back)) else {
            self.notice = Some(self.words.get(if back { "ui-undo-nothing" } else { "ui-redo-nothing" }));
            return None;
        };
        let what = self.change(&step.question, step.from.as_ref(), step.to.as_ref());
        self.notice = Some(self.words.with(if back { "ui-undone" } else { "ui-redone" }, &[("what", &what)]));
        self.save();
        Some(step.question)
    }

    /// Takes the answer to a question away, and says so.
    pub fn clear(&mut self, id: &VariableId) {
        if !self.writable() {
            return;
        }
        let before = self.sitting.as_ref().and_then(|sitting| sitting.session().answers.get(id).cloned());
        if self.sitting.as_mut().is_some_and(|sitting| sitting.clear(id)) {
            let after = self.sitting.as_ref().and_then(|sitting| sitting.session().answers.get(id));
            let what = self.change(id, before.as_ref(), after);
            self.notice = Some(self.words.with("ui-cleared", &[("what", &what)]));
            self.save();
        } else {
            self.notice = Some(self.words.get("ui-clear-nothing"));
        }
    }

    /// Tells in the history that the last whole state took the place of a damaged file.
    pub fn tell_restored(&mut self) {
        if let Some(sitting) = self.sitting.as_mut().filter(|sitting| sitting.saved.read_only.is_none()) {
            sitting.stamped(Session::tell_restored);
            self.save();
        }
    }

    /// A change in one line: `AV-Vertrag: Ja → Nein`.
    fn change(&self, id: &VariableId, from: Option<&Answer>, to: Option<&Answer>) -> String {
        let name = self.labels().map(|labels| labels.variable(id)).unwrap_or_default();
        format!("{}: {}", cut(&name, NAME), self.sides(id, from, to, VALUE))
    }

    /// What stood there and what stands there now, each cut to a width; without another value what else was changed.
    pub fn sides(&self, id: &VariableId, from: Option<&Answer>, to: Option<&Answer>, width: usize) -> String {
        let (mut told, language) = (Vec::new(), self.words.language());
        if values_differ(from, to) {
            told.push(format!("{} → {}", cut(&self.given(id, from), width), cut(&self.given(id, to), width)));
        }
        let parts: [(&str, Part); 5] = [
            ("ui-note", |_, answer| Some(answer.note.clone())),
            ("ui-history-by", |_, answer| Some(answer.by.clone())),
            ("ui-evidence", |_, answer| answer.evidence.first().map(|one| one.title.clone())),
            ("ui-follow-up", |words, answer| answer.follow_up.as_ref().map(|one| follow_up(words, one))),
            ("ui-remark", |_, answer| Some(answer.remark.clone())),
        ];
        // Nobody but the officer reads a remark.
        let shown = parts.into_iter().filter(|(name, _)| *name != "ui-remark" || !self.presenting);
        for (name, part) in shown {
            let side =
                |answer: Option<&Answer>| answer.and_then(|one| part(&self.words, one)).filter(|one| !one.is_empty());
            let (old, new) = (side(from), side(to));
            let text = |part: Option<&String>| {
                part.map_or_else(|| self.words.get("ui-history-nothing"), |text| quoted(&clip(text, width), language))
            };
            if old != new {
                told.push(format!("{}: {} → {}", self.words.get(name), text(old.as_ref()), text(new.as_ref())));
            }
        }
        let confirmed = |answer: Option<&Answer>| answer.and_then(|answer| answer.confirmed.clone());
        match (confirmed(from), confirmed(to)) {
            (before, Some(now)) if before.as_ref() != Some(&now) => {
                let day = now.on.map(|day| self.words.day(day)).unwrap_or_default();
                told.push(self.words.with("ui-confirmed-by", &[("by", &clip(&now.by, width)), ("day", &day)]));
            }
            (Some(_), None) => told.push(self.words.get("ui-confirmed-no-longer")),
            _ => {}
        }
        if told.is_empty() {
            told.push(self.words.get(if from == to { "ui-history-skipped" } else { "ui-history-details" }));
        }
        told.join(" · ")
    }

    /// The value of an answer as a person reads it.
    fn given(&self, id: &VariableId, answer: Option<&Answer>) -> String {
        match (answer.filter(|answer| !answer.pending), self.labels()) {
            (Some(Answer { value: Value::Unknown, .. }), _) => self.words.get("ui-dont-know"),
            (Some(answer), Some(labels)) => labels.value(id, &answer.value),
            _ => self.words.get("ui-history-unanswered"),
        }
    }
}

/// A text of an answer beside its value; none, or an empty one: there is none.
type Part = fn(&Words, &Answer) -> Option<String>;

/// A text in the quotation marks of a language.
fn quoted(text: &str, language: Language) -> String {
    match language {
        Language::De => format!("„{text}“"),
        Language::En => format!("“{text}”"),
    }
}
