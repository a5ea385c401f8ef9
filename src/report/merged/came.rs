//! What came in at a point, in words: what stood there before, what stands there now, and who says so.

use super::super::label::Labels;
use super::{LONGEST, asked_back, named, spoken, valued};
use crate::i18n::Words;
use crate::sanitise::clip;
use crate::session::Answer;
use crate::session::merge::{Place, Point, Said};

/// What came in at a point, the value first, then what hangs on it; empty: nothing did.
#[must_use]
pub fn came(point: &Point, labels: &Labels<'_>, words: &Words) -> Vec<String> {
    if !point.came_in() {
        return Vec::new();
    }
    match (&point.ours, &point.both) {
        (Said::Answer(before), Said::Answer(after)) => answer(&point.place, Some(before), after, labels, words),
        (_, Said::Answer(after)) => answer(&point.place, None, after, labels, words),
        (before, after) => {
            let text = |said: &Said| match said {
                Said::Text(raw) => named::raw(&point.place, raw, words),
                Said::Answer(answer) => valued(&point.place, answer, labels, words),
                Said::Nothing => words.get("merge-nothing-said"),
            };
            vec![changed(&text(before), &text(after))]
        }
    }
}

fn changed(before: &str, after: &str) -> String {
    format!("{} → {}", clip(before, LONGEST), clip(after, LONGEST))
}

fn answer(place: &Place, before: Option<&Answer>, after: &Answer, labels: &Labels<'_>, words: &Words) -> Vec<String> {
    let value = |answer: &Answer| valued(place, answer, labels, words);
    let was = before.map_or_else(|| words.get("merge-nothing-said"), value);
    let is = value(after);
    let who = spoken(after, words);
    // Who says the same as before need not be told once more.
    let first = match (was == is, before.is_some_and(|before| spoken(before, words) == who)) {
        (false, _) => Some(changed(&was, &is)),
        (true, false) => Some(is),
        (true, true) => None,
    };
    let first =
        first.map(|text| [text, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    let mut lines: Vec<String> = first.into_iter().collect();
    let told = |id: &str, text: &str| words.with(id, &[("text", &clip(text, LONGEST))]);
    let note = before.map(|before| before.note.as_str()).unwrap_or_default();
    if note != after.note {
        let new: Vec<&str> = after.note.lines().filter(|line| !note.lines().any(|old| old == *line)).collect();
        let new = if new.is_empty() { after.note.lines().collect() } else { new };
        let text = if new.is_empty() { words.get("merge-nothing-said") } else { new.join(" / ") };
        lines.push(told("merge-note", &text));
    }
    let evidence = before.map(|before| before.evidence.as_slice()).unwrap_or_default();
    lines.extend(
        after.evidence.iter().filter(|one| !evidence.contains(one)).map(|one| told("merge-evidence", &one.title)),
    );
    let gone = evidence.iter().filter(|one| !after.evidence.contains(one));
    lines.extend(gone.map(|one| told("merge-evidence-gone", &one.title)));
    let asked = |answer: &Answer| asked_back(answer, words);
    if before.and_then(|before| before.follow_up.as_ref()) != after.follow_up.as_ref() {
        lines.extend(asked(after));
    }
    if let Some(confirmed) =
        after.confirmed.as_ref().filter(|_| before.is_none_or(|one| one.confirmed != after.confirmed))
    {
        let day = confirmed.on.map(|day| words.day(day)).unwrap_or_default();
        lines.push(words.with("ui-confirmed-by", &[("by", &clip(&confirmed.by, LONGEST)), ("day", &day)]));
    }
    lines
}
