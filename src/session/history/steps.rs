//! Which changes hold, and which were taken back.

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
        let mut steps = Steps::default();
        for (place, entry) in self.entries() {
            match entry.kind {
                // An entry about no question is none that could be taken back, whatever a newer version tells with it.
                Kind::Change | Kind::Skip if entry.question.is_some() => {
                    steps.done.push(place);
                    steps.undone.clear();
                }
                Kind::TakenBack(number) => self.moved(number, &mut steps.done, &mut steps.undone),
                Kind::BroughtBack(number) => self.moved(number, &mut steps.undone, &mut steps.done),
                Kind::Change
                | Kind::Skip
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

    /// Moves the last change with that number; a number that stands nowhere moves nothing.
    fn moved(&self, number: u64, from: &mut Vec<usize>, to: &mut Vec<usize>) {
        let bears = |place: &usize| self.entry(*place).is_some_and(|entry| entry.number == number);
        if let Some(at) = from.iter().rposition(bears) {
            to.push(from.remove(at));
        }
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
