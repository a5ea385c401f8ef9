//! Which changes hold, and which were taken back.

use std::collections::BTreeMap;

use super::{Entry, History, Kind};

/// Places of changes in a history, in the order in which they would be taken back (last first) or brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Those that hold, oldest first.
    pub done: Vec<usize>,
    /// Those that were taken back and can be brought back, the next one last.
    pub undone: Vec<usize>,
}

impl History {
    /// Which changes hold now. A new change ends what could be brought back.
    #[must_use]
    pub fn steps(&self) -> Steps {
        self.walk(|_, _| {})
    }

    /// For entries that name another one, the place of the one they mean.
    #[must_use]
    pub fn meant(&self) -> BTreeMap<usize, usize> {
        let mut meant = BTreeMap::new();
        self.walk(|place, of| meant.extend([(place, of)]));
        let mut last = BTreeMap::new();
        for (place, entry) in self.entries() {
            if let Kind::Reason(number) = entry.kind {
                meant.extend(last.get(&number).map(|of| (place, *of)));
            }
            last.insert(entry.number, place);
        }
        meant
    }

    /// Goes through all changes; `moved` learns which entry takes back or brings back which.
    fn walk(&self, mut moved: impl FnMut(usize, usize)) -> Steps {
        let mut steps = Steps::default();
        for (place, entry) in self.entries() {
            match entry.kind {
                // An entry about no question is none that could be taken back, whatever a newer version tells with it.
                Kind::Change | Kind::Skip | Kind::Merged if entry.question.is_some() => {
                    steps.done.push(place);
                    steps.undone.clear();
                }
                Kind::TakenBack(number) => {
                    if let Some(of) = self.moved(entry, number, &mut steps.done, &mut steps.undone) {
                        moved(place, of);
                    }
                }
                Kind::BroughtBack(number) => {
                    if let Some(of) = self.moved(entry, number, &mut steps.undone, &mut steps.done) {
                        moved(place, of);
                    }
                }
                Kind::Change
                | Kind::Skip
                | Kind::Merged
                | Kind::Reason(_)
                | Kind::Questions
                | Kind::SignOff(_)
                | Kind::HandedOver
                | Kind::TakenOver
                | Kind::Restored => {}
            }
        }
        steps
    }

    /// Moves the last change with that number; a number that stands nowhere moves nothing. Where an older version has united
    /// two histories it may stand twice: then the change is meant that is told the other way round, or at least one of that question.
    fn moved(&self, by: &Entry, number: u64, from: &mut Vec<usize>, to: &mut Vec<usize>) -> Option<usize> {
        let bears = |place: &usize| self.entry(*place).filter(|entry| entry.number == number);
        let same = |place: &usize| bears(place).filter(|entry| entry.question == by.question);
        let sides = |entry: &Entry| match by.kind {
            Kind::TakenBack(_) => (&entry.new, &entry.old) == (&by.old, &by.new),
            _ => (&entry.old, &entry.new) == (&by.old, &by.new),
        };
        let exact = from.iter().rposition(|place| same(place).is_some_and(sides));
        let question = || from.iter().rposition(|place| same(place).is_some());
        let any = || from.iter().rposition(|place| bears(place).is_some());
        let place = from.remove(exact.or_else(question).or_else(any)?);
        to.push(place);
        Some(place)
    }

    /// Why the entry at a place was made: what was said then, or the last reason given later.
    #[must_use]
    pub fn reason(&self, place: usize) -> Option<&str> {
        let entry = self.entry(place)?;
        let about = |other: &Entry| other.kind == Kind::Reason(entry.number);
        let later = (place + 1..self.len()).rev().filter_map(|at| self.entry(at)).find(|other| about(other));
        Some(later.unwrap_or(entry).reason.as_str()).filter(|reason| !reason.is_empty())
    }
}
