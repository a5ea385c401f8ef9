//! Answers that came in and that nobody here understands: to a question that is not asked, or with a choice that is not
//! offered. They are kept, and judge nothing.

use super::super::label::Labels;
use crate::domain::answer::Value;
use crate::domain::id::{ChoiceId, VariableId};
use crate::sanitise::sanitise;
use crate::session::merge::{Place, Point, Said};

/// What theirs says that is not understood: the question, and the choice where it is that.
#[must_use]
pub fn strange(points: &[Point], labels: &Labels<'_>) -> Vec<String> {
    points.iter().filter_map(|point| one(point, labels)).collect()
}

fn one(point: &Point, labels: &Labels<'_>) -> Option<String> {
    let id = match (&point.place, &point.theirs) {
        // A key that is no id of a question at all.
        (Place::Part(path), Said::Text(_)) => {
            return path.strip_prefix("answers.").map(|key| sanitise(key).into_owned());
        }
        (Place::Answer(id), Said::Answer(answer)) if !answer.pending => (id, answer),
        _ => return None,
    };
    let (id, answer) = id;
    let clean = |text: &str| sanitise(text).into_owned();
    if labels.question(id).is_none() && *id != "tool_name" {
        return Some(clean(id.as_str()));
    }
    if let Some(raw) = &answer.foreign_value {
        return Some(format!("{}: {}", clean(id.as_str()), clean(raw)));
    }
    let choices: Vec<&ChoiceId> = match &answer.value {
        Value::Choice(choice) => vec![choice],
        Value::Choices(choices) => choices.iter().collect(),
        _ => Vec::new(),
    };
    let wrong = choices.into_iter().find(|choice| !offered(id, choice, labels))?;
    Some(format!("{}: {}", clean(id.as_str()), clean(wrong.as_str())))
}

fn offered(id: &VariableId, choice: &ChoiceId, labels: &Labels<'_>) -> bool {
    if *id == "edition" {
        let editions = labels.vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
        return editions.iter().any(|edition| edition.id == *choice.as_str());
    }
    labels.question(id).is_some_and(|question| question.kind.choices().iter().any(|one| one.id == *choice))
}
