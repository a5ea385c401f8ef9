//! Verdicts of a whole register, on all cores.
//!
//! A verdict changes only on a day on which something happens (`engine::events`), so one that was found once holds until
//! the next such day, for as long as the program and its data stay the same. Only what is not known yet is judged.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::domain::Day;
use crate::domain::day;
use crate::domain::id::VendorId;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Inquiry, Model, judge, turning_days};
use crate::knowledge::Knowledge;

/// Result of a session on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lights {
    /// Best and worst light still possible.
    Between(Light, Light),
    /// Purely private: nothing is to be assessed.
    Private,
    /// The catalogue of this machine has no such tool.
    NoTool,
}

impl Lights {
    /// The verdict, where there is one.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Between(best, worst) => Some(Verdict::between(best, worst)),
            Self::Private | Self::NoTool => None,
        }
    }

    /// The name in exports.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Between(best, worst) => Verdict::between(best, worst).id(),
            Self::Private => "private",
            Self::NoTool => "no_tool",
        }
    }
}

/// A result that was found before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Program and data that found it.
    knowledge: u64,
    /// First day on which it holds.
    #[serde(with = "day")]
    from: Day,
    /// Last day on which it holds.
    #[serde(with = "day")]
    until: Day,
    lights: Lights,
}

/// Judges the sessions of a register.
#[derive(Debug)]
pub struct Judge {
    knowledge: u64,
    today: Day,
    /// Of each tool: the model, and the days on which something happens.
    models: BTreeMap<String, (Model, Vec<Day>)>,
}

impl Judge {
    /// Prepares what is needed to judge these sessions.
    #[must_use]
    pub fn of(knowledge: &Knowledge, entries: &[Entry], today: Day) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for entry in entries {
            // Mostly a few tools; those who stand there in a row are asked for once.
            if names.last() != Some(&entry.vendor.as_str()) && !names.contains(&entry.vendor.as_str()) {
                names.push(&entry.vendor);
            }
        }
        let model = |name: &str| {
            let vendor = VendorId::try_from(name).ok().and_then(|id| knowledge.vendor(&id));
            let model = (vendor.is_some() || name == "other").then(|| Model::compile(knowledge.bank(), vendor))?;
            let days = turning_days(&model);
            Some((name.to_owned(), (model, days)))
        };
        let models = on_all_cores(&mut names, 1, |some| some.iter().filter_map(|name| model(name)).collect::<Vec<_>>());
        Self { knowledge: knowledge.fingerprint(), today, models: models.into_iter().flatten().collect() }
    }

    /// The day on which it looks.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// The model of a session's tool.
    #[must_use]
    pub fn model(&self, entry: &Entry) -> Option<&Model> {
        self.models.get(&entry.vendor).map(|(model, _)| model)
    }

    /// The result of a session on a day; one that is kept is taken.
    #[must_use]
    pub fn lights(&self, entry: &Entry, day: Day) -> Lights {
        self.known(entry, day).unwrap_or_else(|| self.found(entry, &entry.inquiry(day, self.today))).lights
    }

    /// What is kept about a session, if it still holds on a day.
    fn known(&self, entry: &Entry, day: Day) -> Option<Kept> {
        // Without a day of its own its answers are those of today, and only then is what is kept about the same.
        let comparable = entry.as_of.is_some() || day == self.today;
        entry.now.iter().chain(&entry.then).find(|kept| self.holds(kept, day)).filter(|_| comparable).copied()
    }

    fn holds(&self, kept: &Kept, day: Day) -> bool {
        kept.knowledge == self.knowledge && kept.from <= day && day <= kept.until
    }

    /// Judges a session, and says for how long that holds.
    fn found(&self, entry: &Entry, inquiry: &Inquiry) -> Kept {
        let Some((model, days)) = self.models.get(&entry.vendor) else {
            return Kept { knowledge: self.knowledge, from: Day::MIN, until: Day::MAX, lights: Lights::NoTool };
        };
        let lights = match judge(model, inquiry) {
            Some((best, worst)) => Lights::Between(best, worst),
            None => Lights::Private,
        };
        let next = days.partition_point(|turn| *turn <= inquiry.day);
        let from = next.checked_sub(1).and_then(|last| days.get(last)).copied().unwrap_or(Day::MIN);
        let until = days.get(next).and_then(|turn| turn.yesterday().ok()).unwrap_or(Day::MAX);
        Kept { knowledge: self.knowledge, from, until, lights }
    }

    /// What is to be kept about a session: its own day, and today. Both judge the same answers.
    fn both(&self, entry: &Entry) -> (Option<Kept>, Kept) {
        let mut inquiry = None;
        let mut on = |day: Day| {
            let inquiry = inquiry.get_or_insert_with(|| entry.inquiry(day, self.today));
            inquiry.day = day;
            self.found(entry, inquiry)
        };
        let then = entry.as_of.map(|own| self.known(entry, own).unwrap_or_else(|| on(own)));
        let now = self.known(entry, self.today).or_else(|| then.filter(|then| self.holds(then, self.today)));
        (then, now.unwrap_or_else(|| on(self.today)))
    }

    /// Judges all sessions on their own day and today, and keeps what was found. True: something new was found.
    pub fn keep(&self, entries: &mut [Entry]) -> bool {
        let found = on_all_cores(entries, PART, |part| {
            let mut new = false;
            for entry in part {
                let (then, now) = self.both(entry);
                new |= (then, Some(now)) != (entry.then, entry.now);
                (entry.then, entry.now) = (then, Some(now));
            }
            new
        });
        found.contains(&true)
    }
}

/// Entries that a core takes at once.
pub const PART: usize = 64;

/// Does some work on parts of a list, and returns what came of the parts, in order. Each core takes the next part once it
/// is done with one, so none waits for another that had more to do, or that others use too.
pub fn on_all_cores<T: Send, R: Send>(list: &mut [T], part: usize, work: impl Fn(&mut [T]) -> R + Sync) -> Vec<R> {
    let parts = Mutex::new(list.chunks_mut(part.max(1)).enumerate());
    let next = || parts.lock().unwrap_or_else(PoisonError::into_inner).next();
    let some = || {
        let mut found = Vec::new();
        while let Some((n, part)) = next() {
            found.push((n, work(part)));
        }
        found
    };
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut found = thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(some)).collect();
        let mut found = some();
        for other in others {
            found.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        found
    });
    found.sort_by_key(|(n, _)| *n);
    found.into_iter().map(|(_, one)| one).collect()
}
