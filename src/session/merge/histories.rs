//! The histories of both copies made one: every line of either side, each side in its own order, else by time.

use std::collections::BTreeMap;

use crate::domain::moment::Moment;
use crate::session::history::History;

/// For each line of a history whether the other one has it too.
pub fn shared(history: &History, other: &History) -> Vec<bool> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in other.lines() {
        *left.entry(line).or_insert(0) += 1;
    }
    history.lines().map(|line| taken(&mut left, line)).collect()
}

/// Whether the second history tells something that the first does not.
pub fn adds(ours: &History, theirs: &History) -> bool {
    shared(theirs, ours).contains(&false)
}

/// Takes a line from those that are left.
fn taken(left: &mut BTreeMap<&str, usize>, line: &str) -> bool {
    match left.get_mut(line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// A line of one side.
struct Line<'h> {
    text: &'h str,
    /// When; a line that is not understood, or whose clock went back, stands with the one before it.
    at: Option<Moment>,
    shared: bool,
}

fn lines<'h>(history: &'h History, other: &History) -> Vec<Line<'h>> {
    let mut last = None;
    let mut all = Vec::with_capacity(history.len());
    for (place, (text, shared)) in history.lines().zip(shared(history, other)).enumerate() {
        last = last.max(history.entry(place).and_then(|entry| entry.at));
        all.push(Line { text, at: last, shared });
    }
    all
}

/// Both histories in one.
#[must_use]
pub fn united(ours: &History, theirs: &History) -> History {
    let (left, right) = (lines(ours, theirs), lines(theirs, ours));
    let (mut i, mut j) = (0, 0);
    let mut out: Vec<&str> = Vec::with_capacity(left.len());
    // Shared lines that the other side has later: they are written already.
    let (mut left_ahead, mut right_ahead) = (BTreeMap::new(), BTreeMap::new());
    loop {
        while left.get(i).is_some_and(|line| line.shared && taken(&mut right_ahead, line.text)) {
            i += 1;
        }
        while right.get(j).is_some_and(|line| line.shared && taken(&mut left_ahead, line.text)) {
            j += 1;
        }
        let ours_next = match (left.get(i), right.get(j)) {
            (None, None) => break,
            (Some(one), Some(other)) if one.shared && one.text == other.text => {
                out.push(one.text);
                (i, j) = (i + 1, j + 1);
                continue;
            }
            // A shared line waits for those before it on the other side.
            (Some(one), Some(other)) if one.shared != other.shared => other.shared,
            (Some(one), Some(other)) => (one.at, one.text) <= (other.at, other.text),
            (one, _) => one.is_some(),
        };
        let (line, ahead) = if ours_next { (&left[i], &mut left_ahead) } else { (&right[j], &mut right_ahead) };
        out.push(line.text);
        if line.shared {
            *ahead.entry(line.text).or_insert(0) += 1;
        }
        if ours_next { i += 1 } else { j += 1 }
    }
    History::of_lines(out, ours.dropped().max(theirs.dropped()))
}
