//! The histories of both copies made one: every line of either side, each side in its own order, else by time.
//!
//! Both sides count on from where they parted, so the same number stands on both for different things. Where both have
//! added something the numbers are counted anew, and what names an entry goes on naming it. A line is therefore known by
//! all that it tells except for its numbers.

mod numbers;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::moment::Moment;
use crate::session::file::entry_line;
use crate::session::history::History;

/// For each line of either history which pair it belongs to; none: the other one does not have it.
struct Pairs([Vec<Option<usize>>; 2]);

impl Pairs {
    fn of(ours: &History, theirs: &History) -> Self {
        let mut pairs = Self([vec![None; ours.len()], vec![None; theirs.len()]]);
        let text =
            |history: &History| history.lines().map(|line| Some(Cow::Owned(line.to_owned()))).collect::<Vec<_>>();
        let mut next = pairs.join(&text(ours), &text(theirs), 0);
        // Most lines are the same to the letter; only of the others it is asked what they tell.
        let sides = [told(ours, &pairs.0[0]), told(theirs, &pairs.0[1])];
        next += pairs.join(&sides[0], &sides[1], next);
        debug_assert!(next <= ours.len());
        pairs
    }

    /// Joins what stands on both sides, the first with the first. Returns how many pairs that made.
    fn join(&mut self, ours: &[Option<Cow<'_, str>>], theirs: &[Option<Cow<'_, str>>], from: usize) -> usize {
        let mut left: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, text) in theirs.iter().enumerate().rev() {
            if let Some(text) = text.as_deref() {
                left.entry(text).or_default().push(place);
            }
        }
        let mut made = 0;
        for (place, text) in ours.iter().enumerate() {
            let other = text.as_deref().and_then(|text| left.get_mut(text)?.pop());
            if let Some(other) = other {
                (self.0[0][place], self.0[1][other]) = (Some(from + made), Some(from + made));
                made += 1;
            }
        }
        made
    }
}

/// What the lines tell that are in no pair yet, without their numbers.
fn told<'h>(history: &'h History, pairs: &[Option<usize>]) -> Vec<Option<Cow<'h, str>>> {
    let bare = |place: usize| history.entry(place).map(|entry| Cow::Owned(entry_line(&entry.numbered(0, 0))));
    pairs.iter().enumerate().map(|(place, pair)| if pair.is_some() { None } else { bare(place) }).collect()
}

/// For each line of both histories whether the other one has it too.
pub fn shared(ours: &History, theirs: &History) -> [Vec<bool>; 2] {
    Pairs::of(ours, theirs).0.map(|side| side.iter().map(Option::is_some).collect())
}

/// Whether each history tells something that the other does not.
pub fn adds(ours: &History, theirs: &History) -> [bool; 2] {
    shared(ours, theirs).map(|side| side.contains(&false))
}

/// A line of one side.
struct Line<'h> {
    text: &'h str,
    /// When; a line that is not understood, or whose clock went back, stands with the one before it.
    at: Option<Moment>,
    pair: Option<usize>,
}

fn lines<'h>(history: &'h History, pairs: &[Option<usize>]) -> Vec<Line<'h>> {
    let mut last = None;
    let mut all = Vec::with_capacity(history.len());
    for (place, (text, pair)) in history.lines().zip(pairs).enumerate() {
        last = last.max(history.entry(place).and_then(|entry| entry.at));
        all.push(Line { text, at: last, pair: *pair });
    }
    all
}

/// Both histories in one.
#[must_use]
pub fn united(ours: &History, theirs: &History) -> History {
    let pairs = Pairs::of(ours, theirs);
    let dropped = ours.dropped().max(theirs.dropped());
    let places = order(&lines(ours, &pairs.0[0]), &lines(theirs, &pairs.0[1]));
    if pairs.0.iter().all(|side| side.contains(&None)) {
        return History::of_lines(numbers::anew(ours, theirs, &places, dropped).iter().map(AsRef::as_ref), dropped);
    }
    let [left, right] = [ours, theirs].map(|history| history.lines().collect::<Vec<&str>>());
    let line = |lines: &[&'_ str], place: Option<usize>| lines.get(place?).map(|text| (*text).to_owned());
    // Who adds something has the newer numbers of what both have.
    let newer = usize::from(pairs.0[1].contains(&None));
    let sides = [&left, &right];
    let text = |place: &[Option<usize>; 2]| {
        line(sides[newer], place[newer]).or_else(|| line(sides[1 - newer], place[1 - newer])).unwrap_or_default()
    };
    let all: Vec<String> = places.iter().map(text).collect();
    History::of_lines(all.iter().map(String::as_str), dropped)
}

/// The order of all lines, each with its place on both sides.
fn order(left: &[Line<'_>], right: &[Line<'_>]) -> Vec<[Option<usize>; 2]> {
    let places = |side: &[Line<'_>]| {
        side.iter().enumerate().filter_map(|(place, line)| Some((line.pair?, place))).collect::<BTreeMap<_, _>>()
    };
    let of = [places(left), places(right)];
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(left.len().max(right.len()));
    // Pairs that are written already, from the side that had them first.
    let mut written = BTreeSet::new();
    let passed = |line: &Line<'_>, written: &BTreeSet<usize>| line.pair.is_some_and(|pair| written.contains(&pair));
    loop {
        while left.get(i).is_some_and(|line| passed(line, &written)) {
            i += 1;
        }
        while right.get(j).is_some_and(|line| passed(line, &written)) {
            j += 1;
        }
        let ours_next = match (left.get(i), right.get(j)) {
            (None, None) => break,
            // A shared line waits for those before it on the other side.
            (Some(one), Some(other)) if one.pair.is_some() != other.pair.is_some() => other.pair.is_some(),
            (Some(one), Some(other)) => (one.at, one.text) <= (other.at, other.text),
            (one, _) => one.is_some(),
        };
        let line = if ours_next { &left[i] } else { &right[j] };
        match line.pair {
            Some(pair) => {
                written.insert(pair);
                out.push([of[0].get(&pair).copied(), of[1].get(&pair).copied()]);
            }
            None if ours_next => out.push([Some(i), None]),
            None => out.push([None, Some(j)]),
        }
        if ours_next { i += 1 } else { j += 1 }
    }
    out
}

#[cfg(test)]
mod tests;
