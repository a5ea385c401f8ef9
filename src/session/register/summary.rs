//! What stands above the lines: how many of each light, what is due, and who has not answered.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::row::Row;
use crate::domain::Day;
use crate::domain::verdict::Verdict;

/// The whole register at a glance. What is put away does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Sessions.
    pub all: usize,
    /// Of each verdict of the day looked at: green, yellow, open, red.
    pub lights: [usize; 4],
    /// Without a verdict: purely private, or about a tool that is not in the catalogue.
    pub without: usize,
    /// Sessions in which something is due before the month ends.
    pub due_this_month: usize,
    /// Those in which its day is reached.
    pub overdue: usize,
    /// Signed clearances whose verdict is another one now.
    pub flipped: usize,
    /// Who still has to answer, and how many questions; most first.
    pub owing: Vec<(String, usize)>,
}

/// The verdicts in the order of [`Summary::lights`].
pub const VERDICTS: [Verdict; 4] = [Verdict::Green, Verdict::Yellow, Verdict::Open, Verdict::Red];

impl Summary {
    /// Sums the lines of a day up.
    #[must_use]
    pub fn of(entries: &[Entry], rows: &[Row], day: Day) -> Self {
        let mut sum = Self::default();
        let mut owing: BTreeMap<&str, usize> = BTreeMap::new();
        let month = day.last_of_month();
        for row in rows {
            let Some(entry) = entries.get(row.at).filter(|entry| entry.archived.is_none()) else { continue };
            sum.all += 1;
            match row.now.verdict().and_then(|verdict| VERDICTS.iter().position(|one| *one == verdict)) {
                Some(n) => sum.lights[n] += 1,
                None => sum.without += 1,
            }
            sum.due_this_month += usize::from(row.due.is_some_and(|due| due <= month));
            sum.overdue += usize::from(row.due.is_some_and(|due| due <= day));
            sum.flipped += usize::from(row.is_flipped());
            for one in &entry.pending {
                *owing.entry(one.owner.trim()).or_default() += 1;
            }
        }
        sum.owing = owing.into_iter().map(|(owner, n)| (owner.to_owned(), n)).collect();
        sum.owing.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sum
    }
}

/// The bodies responsible, each once. One data directory is one client's; of several somebody has to be told.
#[must_use]
pub fn controllers(entries: &[Entry]) -> Vec<&str> {
    let mut names: Vec<&str> =
        entries.iter().map(|entry| entry.controller.trim()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
