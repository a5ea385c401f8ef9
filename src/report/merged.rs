//! What two copies of a session say at one point, in words.

mod came;
mod named;
mod strange;

use super::asked::asked;
use super::label::Labels;
use crate::domain::Day;
use crate::i18n::Words;
use crate::sanitise::{clip, sanitise};
use crate::session::Answer;
use crate::session::file::parts;
use crate::session::merge::{Fate, Place, Point, Said, Side};

pub use came::came;
pub use strange::strange;

/// Longest text that is shown, in characters.
const LONGEST: usize = 300;

/// A word for what was found.
#[must_use]
pub const fn fate_id(fate: Fate) -> &'static str {
    match fate {
        Fate::Same => "same",
        Fate::Ours => "only-ours",
        Fate::Theirs => "only-theirs",
        Fate::Alike => "alike",
        Fate::United => "united",
        Fate::Conflict => "conflict",
    }
}

/// What a point is about: the question, or the part of the file.
#[must_use]
pub fn place(place: &Place, labels: &Labels<'_>, day: Day, words: &Words) -> String {
    match place {
        Place::Answer(id) => labels
            .question(id)
            .map_or_else(|| sanitise(id.as_str()).into_owned(), |question| asked(labels, &question.text, day, words)),
        Place::Part(path) => named::part(path, labels, words).unwrap_or_else(|| clip(path, LONGEST)),
    }
}

/// What one side says, the answer and who said so first, then what hangs on it.
#[must_use]
pub fn said(point: &Point, side: Side, labels: &Labels<'_>, words: &Words) -> Vec<String> {
    match if side == Side::Ours { &point.ours } else { &point.theirs } {
        Said::Nothing => vec![words.get("merge-nothing-said")],
        Said::Text(raw) => vec![clip(&named::raw(&point.place, raw, words), LONGEST)],
        Said::Answer(answer) => told(point, answer, labels, words),
    }
}

fn told(point: &Point, answer: &Answer, labels: &Labels<'_>, words: &Words) -> Vec<String> {
    let value = valued(&point.place, answer, labels, words);
    let first = [value, spoken(answer, words)].into_iter().filter(|text| !text.is_empty());
    let mut lines = vec![first.collect::<Vec<_>>().join(" · ")];
    let note = answer.note.lines().collect::<Vec<_>>().join(" / ");
    lines.extend((!note.is_empty()).then(|| words.with("merge-note", &[("text", &clip(&note, LONGEST))])));
    for one in &answer.evidence {
        lines.push(words.with("merge-evidence", &[("text", &clip(&one.title, LONGEST))]));
    }
    lines.extend(asked_back(answer, words));
    lines
}

/// The value of an answer.
fn valued(place: &Place, answer: &Answer, labels: &Labels<'_>, words: &Words) -> String {
    let value = match (place, answer) {
        (_, answer) if answer.pending => words.get("ui-history-unanswered"),
        (_, Answer { foreign_value: Some(raw), .. }) => raw.clone(),
        (Place::Answer(id), answer) if answer.value != crate::domain::answer::Value::Unknown => {
            labels.value(id, &answer.value)
        }
        _ => words.get("ui-dont-know"),
    };
    clip(&value, LONGEST)
}

/// Who has given an answer, and when.
fn spoken(answer: &Answer, words: &Words) -> String {
    let day = answer.on.map(|day| words.day(day));
    let who = Some(clip(&answer.by, LONGEST)).filter(|by| !by.is_empty()).into_iter().chain(day);
    who.collect::<Vec<_>>().join(", ")
}

/// What is to be found out about an answer.
fn asked_back(answer: &Answer, words: &Words) -> Option<String> {
    let follow_up = answer.follow_up.as_ref()?;
    let due = follow_up.due.map(|day| words.day(day));
    let text: Vec<String> = [follow_up.owner.clone()].into_iter().chain(due).filter(|part| !part.is_empty()).collect();
    Some(words.with("merge-follow-up", &[("text", &clip(&text.join(", "), LONGEST))]))
}

/// What one side says, as a program reads it; none: nothing.
#[must_use]
pub fn raw(point: &Point, side: Side) -> Option<String> {
    match if side == Side::Ours { &point.ours } else { &point.theirs } {
        Said::Nothing => None,
        Said::Text(raw) => Some(raw.clone()),
        Said::Answer(answer) => Some(parts::answer(answer)),
    }
}
