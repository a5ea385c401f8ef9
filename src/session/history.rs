//! The history of a session: what was changed, when, from what to what, by whom and why.
//!
//! It only grows. To take a change back is an entry of its own that names what it takes back, and so is a reason given
//! later; no entry is ever altered. Entries keep the line in which they stand in the file, so what this version does not
//! understand of them is written back as it was. A line is understood when somebody first asks for it: to open a session
//! with a long history takes no longer than one without.
//!
//! Here: the entries and their order. What they do to a session stands in `changes`, which of them hold in `steps`.

mod changes;
mod entry;
mod handing;
mod steps;

use std::sync::{Arc, OnceLock};

pub(in crate::session) use changes::nothing;
pub use changes::{Stamp, Step};
pub use entry::{Entry, Kind, values_differ};
pub(in crate::session) use entry::{PARTS, Part};
pub use steps::Steps;

use super::file::{entry_line, entry_of};

/// Most entries; of more the oldest are dropped and counted.
pub const MOST: usize = 4000;

/// An entry as it stands in the file.
#[derive(Debug)]
struct Line {
    text: String,
    /// Once somebody has asked; none: this version does not understand it.
    entry: OnceLock<Option<Entry>>,
}

/// All that was changed in a session, oldest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    lines: Vec<Arc<Line>>,
    /// How many entries were dropped because there were too many.
    dropped: u64,
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.dropped == other.dropped && self.lines().eq(other.lines())
    }
}

impl Eq for History {}

impl History {
    /// A history as it stands in a file.
    #[must_use]
    pub fn of_lines<'t>(lines: impl IntoIterator<Item = &'t str>, dropped: u64) -> Self {
        let line = |text: &str| Arc::new(Line { text: text.to_owned(), entry: OnceLock::new() });
        let mut history = Self { lines: lines.into_iter().map(line).collect(), dropped };
        history.bound();
        history
    }

    /// The lines of the entries, as they stand in the file.
    #[must_use]
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.lines.iter().map(|line| line.text.as_str())
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Nothing was changed, or nothing of it is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many older entries were dropped.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// So many older entries were dropped before.
    pub const fn count_dropped(&mut self, dropped: u64) {
        self.dropped = self.dropped.saturating_add(dropped);
    }

    /// The entry at a place; none: there is none, or this version does not understand it.
    #[must_use]
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        let line = self.lines.get(place)?;
        line.entry.get_or_init(|| entry_of(&line.text)).as_ref()
    }

    /// The entries that this version understands, each with its place, oldest first.
    #[must_use]
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (usize, &Entry)> {
        (0..self.lines.len()).filter_map(|place| Some((place, self.entry(place)?)))
    }

    /// The number that the next entry bears.
    fn next_number(&self) -> u64 {
        self.entries().next_back().map_or(self.dropped, |(_, last)| last.number).saturating_add(1)
    }

    /// Adds an entry; it bears the next number.
    fn push(&mut self, mut entry: Entry) {
        entry.number = self.next_number();
        let text = entry_line(&entry);
        self.lines.push(Arc::new(Line { text, entry: OnceLock::from(Some(entry)) }));
        self.bound();
    }

    /// Adds an entry that bears a higher number than any: where two histories were united the last one may not have it.
    fn push_above(&mut self, entry: Entry) {
        let highest = self.entries().map(|(_, entry)| entry.number).max().unwrap_or(self.dropped);
        let entry = Entry { number: highest.saturating_add(1), ..entry };
        let text = entry_line(&entry);
        self.lines.push(Arc::new(Line { text, entry: OnceLock::from(Some(entry)) }));
        self.bound();
    }

    /// Drops the oldest entries beyond the most.
    fn bound(&mut self) {
        self.forget(self.lines.len().saturating_sub(MOST));
    }

    /// Drops the `count` oldest entries.
    pub fn forget(&mut self, count: usize) {
        let count = count.min(self.lines.len());
        self.lines.drain(..count);
        self.dropped = self.dropped.saturating_add(count as u64);
    }
}

#[cfg(test)]
mod tests;
