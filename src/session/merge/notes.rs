//! Two notes made one, so that each line stays with whoever said it.
//!
//! A note belongs to whoever gave the answer. Where another one gives it afterwards, or both do, a name stands before the
//! line: `Einkauf: liegt vor`. Lines without a name go on with the one before.

use std::collections::BTreeSet;

use crate::domain::Day;
use crate::session::model::Answer;

/// A line and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line<'a> {
    who: &'a str,
    said: &'a str,
    /// As it stands there: with the name before it, where one is.
    whole: &'a str,
}

impl Line<'_> {
    fn named(&self) -> bool {
        self.said.len() < self.whole.len()
    }
}

/// A name as it can stand before a line.
pub fn called(by: &str) -> String {
    by.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines<'a>(answer: &'a Answer, by: &'a str, names: &BTreeSet<String>) -> Vec<Line<'a>> {
    let mut who = by;
    let line = |whole: &'a str| {
        let parts = whole.split_once(": ").filter(|(name, _)| names.contains(*name));
        let (name, said) = parts.unwrap_or((who, whole));
        who = name;
        Line { who, said, whole }
    };
    answer.note.lines().map(line).collect()
}

/// What comes before what: unnamed first, then the earlier one.
fn rank(answer: &Answer) -> (bool, Option<Day>, &str, &str) {
    (!answer.by.is_empty(), answer.on, &answer.note, &answer.by)
}

/// Both notes, the earlier first; what both say stands there once. `by`: whose answer it is in the end; `names`: those who
/// may stand before a line.
pub fn united(ours: &Answer, theirs: &Answer, by: &str, names: &BTreeSet<String>) -> String {
    let (one, other) = if rank(ours) <= rank(theirs) { (ours, theirs) } else { (theirs, ours) };
    let [first, second, by] = [&*one.by, &*other.by, by].map(called);
    let same = [first == by, second == by];
    let (first, second) = (lines(one, &first, names), lines(other, &second, names));
    let lacks = |side: &[Line<'_>], of: &[Line<'_>]| {
        let said: BTreeSet<&str> = side.iter().flat_map(|line| [line.said, line.whole]).collect();
        of.iter().map(|line| !said.contains(line.said)).collect::<Vec<bool>>()
    };
    let (added, only) = (lacks(&first, &second), lacks(&second, &first));
    // Who says all that the other one says has it in an order of their own.
    if !added.contains(&true) && same[0] {
        return one.note.clone();
    }
    if !only.contains(&true) && same[1] {
        return other.note.clone();
    }
    // What both have without a name is nobody's own, and stays before what is.
    let common = |line: &Line<'_>, only: bool| !only && !line.named();
    let mut all: Vec<Line<'_>> = first
        .iter()
        .zip(&only)
        .filter(|(line, only)| common(line, **only))
        .map(|(line, _)| Line { who: &by, ..*line })
        .collect();
    all.extend(first.iter().zip(&only).filter(|(line, only)| !common(line, **only)).map(|(line, _)| *line));
    all.extend(second.iter().zip(&added).filter(|(_, added)| **added).map(|(line, _)| *line));
    written(&all, &by)
}

/// The note of one side under an answer that is the other's now.
pub fn kept(noted: &Answer, other: &Answer, by: &str, names: &BTreeSet<String>) -> String {
    let [own, by] = [&*noted.by, by].map(called);
    if own == by {
        return noted.note.clone();
    }
    let there: BTreeSet<&str> = other.note.lines().collect();
    let mut all = lines(noted, &own, names);
    let common = |line: &Line<'_>| !line.named() && there.contains(line.whole);
    for line in all.iter_mut().filter(|line| common(line)) {
        line.who = &by;
    }
    // Stable: what both have comes first, for behind a name it would be that one's.
    all.sort_by_key(|line| !common(line));
    written(&all, &by)
}

fn written(all: &[Line<'_>], by: &str) -> String {
    let mut out = Vec::with_capacity(all.len());
    let mut who = by;
    for line in all {
        // Nobody's line would go on with the one before; that cannot be told.
        let changes = line.who != who && !line.who.is_empty();
        out.push(if changes && !line.named() {
            format!("{}: {}", line.who, line.whole)
        } else {
            line.whole.to_owned()
        });
        who = if line.who.is_empty() { who } else { line.who };
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Value;

    fn noted(by: &str, note: &str) -> Answer {
        let mut answer = Answer::new(Value::Unknown);
        (answer.by, answer.note) = (by.into(), note.into());
        answer
    }

    fn both(one: &Answer, other: &Answer, by: &str) -> String {
        let names = BTreeSet::from(["A", "B", "C"].map(str::to_owned));
        let note = united(one, other, by, &names);
        assert_eq!(united(other, one, by, &names), note, "it does not matter who merges");
        note
    }

    #[test]
    fn each_line_stays_with_whoever_said_it() {
        for (one, other, by, expected) in [
            (("A", "x"), ("B", "y"), "A, B", "A: x\nB: y"),
            (("A", "x"), ("B", "y"), "B", "A: x\nB: y"),
            (("A", "x"), ("B", "y"), "A", "x\nB: y"),
            (("A, B", "A: x\nB: y"), ("C", "a"), "A, B, C", "A: x\nB: y\nC: a"),
            (("C", "a"), ("A, B", "A: x\nB: y"), "C", "A: x\nB: y\nC: a"),
            (("A", "x\nB: y\nz"), ("C", "y"), "A", "x\nB: y\nz"),
            (("A", "x\ny"), ("B", "y\nz"), "A", "y\nx\nB: z"),
            (("", "x"), ("B", "y"), "B", "x\ny"),
            (("A", "Preis: 3"), ("B", "y"), "B", "A: Preis: 3\nB: y"),
        ] {
            let note = both(&noted(one.0, one.1), &noted(other.0, other.1), by);
            let sorted = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
            if by == "A, B, C" || by == "C" {
                assert!(note.starts_with("C: a\n") || note.starts_with("a\n") || note.ends_with("C: a"), "{note}");
            } else {
                assert_eq!(sorted(&note), sorted(expected), "{one:?} {other:?} {by}");
            }
            // Once more there is nothing to do.
            assert_eq!(both(&noted(by, &note), &noted(other.0, other.1), by), note);
            assert_eq!(both(&noted(by, &note), &noted(one.0, one.1), by), note);
        }
    }

    #[test]
    fn a_note_under_another_ones_answer_says_whose_it_is() {
        let names = BTreeSet::from(["A", "B"].map(str::to_owned));
        assert_eq!(kept(&noted("A", "x\ny"), &noted("B", "y"), "B", &names), "y\nA: x");
        assert_eq!(kept(&noted("A", "x"), &noted("B", ""), "A", &names), "x");
        assert_eq!(kept(&noted("A", "B: x"), &noted("B", ""), "B", &names), "B: x");
    }
}
