//! The numbers of two histories that became one: each once, rising, and whatever names an entry names the same one.

use std::collections::BTreeSet;

use crate::session::file::entry_line;
use crate::session::history::{Entry, History};

/// The lines at these places (of ours, of theirs), with numbers that stand once.
pub fn anew(ours: &History, theirs: &History, places: &[[Option<usize>; 2]], dropped: u64) -> Vec<String> {
    let sides = [ours, theirs];
    let entry = |place: &[Option<usize>; 2]| {
        let found = sides.iter().zip(place).filter_map(|(side, place)| side.entry((*place)?));
        // Where one side has counted it anew already, that number is the higher one.
        found.max_by_key(|entry| entry.number)
    };
    let mut numbers: Vec<u64> = Vec::with_capacity(places.len());
    let mut last = dropped;
    for place in places {
        // What is not understood keeps its line, and its number with it.
        let number = entry(place).map_or(last, |entry| entry.number.max(last.saturating_add(1)));
        last = last.max(number);
        numbers.push(number);
    }
    let taken: BTreeSet<u64> = numbers.iter().copied().collect();
    let meant = [0, 1].map(|side: usize| meant(sides[side], places, side));
    let lines: [Vec<&str>; 2] = sides.map(|side| side.lines().collect());
    let each = |(at, place): (usize, &[Option<usize>; 2])| {
        let found = (0..2).filter_map(|side| Some((side, place[side]?, sides[side].entry(place[side]?)?)));
        let Some((side, own, entry)) = found.max_by_key(|(side, own, entry)| (entry.number, lines[*side].get(*own)))
        else {
            let text = (0..2).find_map(|side| lines[side].get(place[side]?).copied());
            return text.unwrap_or_default().to_owned();
        };
        let found = meant[side].get(own).copied().flatten().and_then(|at| numbers.get(at).copied());
        // What it names may have been dropped; then it must not come to name another one.
        let names = found.or_else(|| entry.names().filter(|number| !taken.contains(number))).unwrap_or_default();
        line(entry, numbers[at], names, lines[side].get(own).copied().unwrap_or_default())
    };
    places.iter().enumerate().map(each).collect()
}

fn line(entry: &Entry, number: u64, names: u64, text: &str) -> String {
    if entry.number == number && entry.names().is_none_or(|old| old == names) {
        return text.to_owned();
    }
    entry_line(&entry.numbered(number, names))
}

/// For each line of a side the place, among all lines, of the entry that it names.
fn meant(history: &History, places: &[[Option<usize>; 2]], side: usize) -> Vec<Option<usize>> {
    let mut at = vec![None; history.len()];
    for (out, place) in places.iter().enumerate() {
        if let Some(slot) = place[side].and_then(|own| at.get_mut(own)) {
            *slot = Some(out);
        }
    }
    let mut all = vec![None; history.len()];
    for (own, of) in history.meant() {
        if let (Some(slot), Some(out)) = (all.get_mut(own), at.get(of)) {
            *slot = *out;
        }
    }
    all
}
