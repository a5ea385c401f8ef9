//! Answers taken along from an older session: shown as what they are, until somebody confirms them.

use super::desk::Desk;
use super::widgets::Page;
use crate::domain::id::VariableId;
use crate::engine::{Standing, Step};
use crate::sanitise::clip;
use crate::session::pinned::hash_of;

/// Characters of the words in which a question was asked.
const WORDS: usize = 200;

impl Desk<'_> {
    /// Says below a question what was answered last time.
    pub fn last_time(&self, question: &VariableId, page: &mut Page) {
        if let Some(value) = self.last_value(question) {
            page.text(&self.words.with("ui-copied-answer", &[("value", &value)]), self.styles.reference);
            page.gap();
        }
    }

    /// Where a question of a copied session stands: to be confirmed, changed since, or new; none: answered, or no copy.
    #[must_use]
    pub fn copied_standing(&self, step: &Step) -> Option<String> {
        let sitting = self.sitting.as_ref()?;
        let session = sitting.session();
        session.copied_from.as_ref()?;
        let Some(answer) = session.to_be_confirmed(&step.question) else {
            let new = step.standing == Standing::Open && !session.answers.contains_key(&step.question);
            return new.then(|| self.words.get("ui-standing-new"));
        };
        let now = sitting.question(&step.question).map(hash_of);
        let changed = answer.asked.as_ref().is_some_and(|asked| Some(&asked.question) != now.as_ref());
        let id = if changed { "ui-standing-confirm-changed" } else { "ui-standing-confirm" };
        Some(self.words.with(id, &[("value", &self.last_value(&step.question)?)]))
    }

    /// Answers taken along whose questions are not there any more, each with the words in which it was asked.
    #[must_use]
    pub fn gone(&self) -> Vec<(String, String)> {
        let (Some(sitting), Some(labels)) = (&self.sitting, self.labels()) else { return Vec::new() };
        let session = sitting.session();
        let taken = session.answers.iter().filter(|(id, _)| session.to_be_confirmed(id).is_some());
        let gone = taken.filter(|(id, _)| sitting.question(id).is_none());
        let told = gone.map(|(id, answer)| {
            let words =
                session.questions.as_ref().zip(answer.asked.as_ref()).and_then(|(set, asked)| set.wording(asked));
            let text = words.map_or_else(|| id.to_string(), |words| clip(words, WORDS));
            (text, labels.value(id, &answer.value))
        });
        told.collect()
    }

    fn last_value(&self, question: &VariableId) -> Option<String> {
        let answer = self.sitting.as_ref()?.session().to_be_confirmed(question)?;
        Some(self.labels()?.value(question, &answer.value))
    }
}
