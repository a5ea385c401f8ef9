//! A line of the register: what an entry says on a day. Pure, and cheap enough to be made anew for ten thousand sessions.

use std::sync::Arc;

use super::entry::Entry;
use super::judge::{Judge, Lights, PART, on_all_cores};
use super::signed::stage_of;
use crate::domain::Day;
use crate::knowledge::Entry as Tool;
use crate::session::signoff::DecisionKind;
use crate::session::state::Stage;

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place of the entry in the register.
    pub at: usize,
    /// The name of the tool.
    pub tool: Arc<str>,
    /// Where it stands.
    pub stage: Stage,
    /// The tool may be used, now or once the conditions are met: granted under a seal, and not void.
    pub is_clearance: bool,
    /// The day for which it was decided.
    pub then_day: Option<Day>,
    /// The verdict of the seal; without one that of its own day.
    pub then: Option<Lights>,
    /// The verdict of the day looked at.
    pub now: Lights,
    /// Questions that somebody still has to answer.
    pub follow_ups: usize,
    /// Conditions that are open.
    pub open: usize,
    /// Those of them whose day is reached.
    pub overdue: usize,
    /// The next day on which something is due: an answer, a condition, a review, the end of a clearance.
    pub due: Option<Day>,
    /// What a search looks at, in small letters.
    hay: String,
}

impl Row {
    /// What an entry says on a day.
    #[must_use]
    pub fn of(at: usize, entry: &Entry, tool: Arc<str>, day: Day, judge: &Judge) -> Self {
        let open = || entry.agreed.iter().filter(|one| one.is_open(day));
        let stage = stage_of(entry, day);
        let seal = entry.signed.seal.as_ref();
        let sealed = seal.and_then(|seal| seal.lights).map(|(best, worst)| Lights::Between(best, worst));
        let signed = matches!(stage, Stage::Signed | Stage::NotYetEffective | Stage::Due);
        let ends = [entry.signed.review_due, entry.valid_until()].into_iter().flatten().filter(|_| signed);
        let dues = entry.pending.iter().filter_map(|one| one.due).chain(open().filter_map(|one| one.due)).chain(ends);
        let due = dues.min();
        Self {
            at,
            stage,
            is_clearance: signed && entry.signed.kind().is_some_and(DecisionKind::grants),
            then_day: entry.as_of.or_else(|| seal.and_then(|seal| seal.on)),
            then: sealed.or_else(|| entry.as_of.map(|own| judge.lights(entry, own))),
            now: judge.lights(entry, day),
            follow_ups: entry.pending.len(),
            open: open().count(),
            overdue: open().filter(|one| one.due.is_some_and(|due| due <= day)).count(),
            due,
            hay: hay(entry, &tool),
            tool,
        }
    }

    /// Whether all words of a search, in small letters, stand in it.
    #[must_use]
    pub fn holds(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.hay.contains(word.as_str()))
    }

    /// A clearance whose verdict is another one now.
    #[must_use]
    pub fn is_flipped(&self) -> bool {
        self.is_clearance && self.then.is_some_and(|then| then != self.now)
    }
}

fn hay(entry: &Entry, tool: &str) -> String {
    let owners = entry.pending.iter().map(|one| &one.owner).chain(entry.agreed.iter().map(|one| &one.owner));
    let texts = [&entry.team, &entry.title, &entry.purpose, &entry.controller, &entry.owner, &entry.vendor, &entry.id];
    let texts = || texts.into_iter().chain(owners.clone()).map(String::as_str).filter(|text| !text.is_empty());
    let mut hay = String::with_capacity(tool.len() + texts().map(|text| text.len() + 1).sum::<usize>());
    hay.push_str(tool);
    for text in texts() {
        hay.push('\n');
        hay.push_str(text);
    }
    if hay.is_ascii() {
        hay.make_ascii_lowercase();
        return hay;
    }
    hay.to_lowercase()
}

/// The lines of a day, in the order of the entries; `tools` is the catalogue, which knows their names.
#[must_use]
pub fn rows(entries: &[Entry], tools: &[Tool], day: Day, judge: &Judge) -> Vec<Row> {
    let names: Vec<(&str, Arc<str>)> = tools.iter().map(|tool| (tool.id.as_str(), Arc::from(&*tool.name))).collect();
    let name = |entry: &Entry| match (names.iter().find(|(id, _)| *id == entry.vendor), &entry.tool_name) {
        (Some((_, name)), _) => Arc::clone(name),
        (None, Some(name)) => Arc::from(name.as_str()),
        (None, None) => Arc::from(entry.vendor.as_str()),
    };
    let mut places: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
    let parts = on_all_cores(&mut places, PART, |part| {
        part.iter().map(|(at, entry)| Row::of(*at, entry, name(entry), day, judge)).collect::<Vec<_>>()
    });
    parts.into_iter().flatten().collect()
}
