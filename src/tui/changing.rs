//! Changes that are taken back, brought back or cleared, and how they are told.

use super::desk::Desk;
use super::keymap::Action;
use super::layout::cut;
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::domain::text::Language;
use crate::sanitise::clip;
use crate::session::Answer;
use crate::session::history::values_differ;

/// Columns for the name of a question in one line, and for each value.
const NAME: usize = 40;
const VALUE: usize = 30;

impl Desk<'_> {
    /// Takes the last change back (`Undo`) or brings back what was taken back last (`Redo`), and says so in one line.
    /// Returns the question; none: there is nothing.
    pub fn step(&mut self, action: Action) -> Option<VariableId> {
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
        let parts: [(&str, Part); 4] = [
            ("ui-note", |answer| Some(answer.note.as_str()).filter(|note| !note.is_empty())),
            ("ui-history-by", |answer| Some(answer.by.as_str()).filter(|by| !by.is_empty())),
            ("ui-evidence", |answer| answer.evidence.first().map(|one| one.title.as_str())),
            ("ui-follow-up", |answer| answer.follow_up.as_ref().map(|one| one.owner.as_str())),
        ];
        for (name, part) in parts {
            let (old, new) = (from.and_then(part), to.and_then(part));
            let text = |part: Option<&str>| {
                part.map_or_else(|| self.words.get("ui-history-nothing"), |text| quoted(&clip(text, width), language))
            };
            if old != new {
                told.push(format!("{}: {} → {}", self.words.get(name), text(old), text(new)));
            }
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

/// A text of an answer beside its value; none: there is none.
type Part = fn(&Answer) -> Option<&str>;

/// A text in the quotation marks of a language.
fn quoted(text: &str, language: Language) -> String {
    match language {
        Language::De => format!("„{text}“"),
        Language::En => format!("“{text}”"),
    }
}
