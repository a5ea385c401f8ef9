//! What was not chosen and is no answer: told in words in the history, and known by them when the same comes in again.

use std::collections::BTreeSet;

use super::histories::shared;
use super::{Fate, Place, Point, Said, Side};
use crate::session::history::{History, Kind};

/// What was not chosen, in words for the history.
pub fn over(point: &Point) -> Option<String> {
    let choice = point.choice.filter(|_| point.fate == Fate::Conflict)?;
    words(point, if choice == Side::Ours { &point.theirs } else { &point.ours })
}

fn words(point: &Point, said: &Said) -> Option<String> {
    let Place::Part(path) = &point.place else { return None };
    match said {
        Said::Text(text) => Some(format!("{path}: {text}")),
        _ => Some(format!("{path}: -")),
    }
}

/// Where one side has decided on what the other one says already, nobody is asked again.
pub fn heard(points: &mut [Point], histories: [&History; 2]) {
    if points.iter().all(|point| point.fate != Fate::Conflict) {
        return;
    }
    let [left, right] = shared(histories[0], histories[1]);
    let [ours, theirs] = [told(histories[0], &left), told(histories[1], &right)];
    for point in points.iter_mut().filter(|point| point.fate == Fate::Conflict) {
        let knows = |told: &BTreeSet<&str>, said: &Said| words(point, said).is_some_and(|text| told.contains(&*text));
        let fate = match (knows(&ours, &point.theirs), knows(&theirs, &point.ours)) {
            (true, false) => Fate::Ours,
            (false, true) => Fate::Theirs,
            _ => continue,
        };
        let side = if fate == Fate::Ours { Side::Ours } else { Side::Theirs };
        point.both = if side == Side::Ours { point.ours.clone() } else { point.theirs.clone() };
        (point.fate, point.choice) = (fate, Some(side));
    }
}

/// What only one history tells of what was passed over.
fn told<'h>(history: &'h History, shared: &[bool]) -> BTreeSet<&'h str> {
    let own = history.entries().filter(|(place, _)| !shared.get(*place).copied().unwrap_or(false));
    own.filter(|(_, one)| one.kind == Kind::Merged && one.question.is_none()).map(|(_, one)| &*one.reason).collect()
}
