//! What a file holds that this version does not understand. It is kept and counts for nothing, so it has to be said.

use super::Viewed;
use crate::domain::id::VariableId;
use crate::sanitise::clip;
use crate::session::Answer;
use crate::session::file::not_understood;

/// More than these are counted.
const MOST: usize = 20;
/// Longest text of one of them, in characters.
const LONGEST: usize = 120;

impl Viewed<'_> {
    /// Each part in words: a question that does not exist, an answer that the question does not offer, anything else by its
    /// place.
    pub(super) fn foreign(&self) -> Vec<String> {
        let places = not_understood(self.session, self.labels.bank, self.labels.vendor);
        let mut lines: Vec<String> = places.iter().take(MOST).map(|place| self.foreign_part(place)).collect();
        if places.len() > MOST {
            lines.push(self.words.with("ui-more", &[("n", &(places.len() - MOST).to_string())]));
        }
        lines
    }

    fn foreign_part(&self, place: &str) -> String {
        let id = place.strip_prefix("answers.").and_then(|rest| rest.strip_suffix(".value"));
        let id = id.and_then(|id| VariableId::try_from(id).ok());
        let Some((id, answer)) = id.and_then(|id| self.session.answers.get_key_value(&id)) else {
            return clip(place, LONGEST);
        };
        let value = foreign_value(answer);
        let Some(question) = self.labels.question(id) else {
            return self.words.with("ui-foreign-question", &[("id", id.as_str()), ("value", &value)]);
        };
        let offered: Vec<&str> = question.kind.choices().iter().map(|choice| choice.id.as_str()).collect();
        let name = self.labels.variable(id);
        if offered.is_empty() {
            return self.words.with("ui-foreign-value", &[("name", &name), ("value", &value)]);
        }
        self.words.with("ui-foreign-choice", &[("name", &name), ("value", &value), ("offered", &offered.join(", "))])
    }
}

/// What stands there instead of an answer, harmless and short.
#[must_use]
pub fn foreign_value(answer: &Answer) -> String {
    let text = answer.foreign_value.clone().unwrap_or_else(|| {
        let choices = answer.value.choices().unwrap_or_default().iter().map(ToString::to_string);
        let countries = answer.value.countries().unwrap_or_default().iter().map(ToString::to_string);
        choices.chain(countries).collect::<Vec<_>>().join(", ")
    });
    clip(&text, LONGEST)
}
