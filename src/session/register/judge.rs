//! Verdicts of a whole register, on all cores.
//!
//! A verdict changes only on a day on which something happens (`engine::events`), so one that was found once holds until
//! the next such day, for as long as the program and its data stay the same. Only what is not known yet is judged.

use std::collections::BTreeMap;
use std::thread;

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::domain::Day;
use crate::domain::day;
use crate::domain::id::VendorId;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Model, judge, turning_days};
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
        let mut judge = Self { knowledge: knowledge.fingerprint(), today, models: BTreeMap::new() };
        let mut last = None;
        for entry in entries {
            if last == Some(&entry.vendor) || judge.models.contains_key(&entry.vendor) {
                continue;
            }
            last = Some(&entry.vendor);
            let vendor = VendorId::try_from(entry.vendor.as_str()).ok().and_then(|id| knowledge.vendor(&id));
            if vendor.is_some() || entry.vendor == "other" {
                let model = Model::compile(knowledge.bank(), vendor);
                let days = turning_days(&model);
                judge.models.insert(entry.vendor.clone(), (model, days));
            }
        }
        judge
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
        self.kept(entry, day).lights
    }

    fn kept(&self, entry: &Entry, day: Day) -> Kept {
        let holds = |kept: &&Kept| kept.knowledge == self.knowledge && kept.from <= day && day <= kept.until;
        // Without a day of its own its answers are those of today, and only then is what is kept about the same.
        let comparable = entry.as_of.is_some() || day == self.today;
        if let Some(kept) = entry.now.iter().chain(&entry.then).find(holds).filter(|_| comparable) {
            return *kept;
        }
        let Some((model, days)) = self.models.get(&entry.vendor) else {
            return Kept { knowledge: self.knowledge, from: Day::MIN, until: Day::MAX, lights: Lights::NoTool };
        };
        let lights = match judge(model, &entry.inquiry(day, self.today)) {
            Some((best, worst)) => Lights::Between(best, worst),
            None => Lights::Private,
        };
        let next = days.partition_point(|turn| *turn <= day);
        let from = next.checked_sub(1).and_then(|last| days.get(last)).copied().unwrap_or(Day::MIN);
        let until = days.get(next).and_then(|turn| turn.yesterday().ok()).unwrap_or(Day::MAX);
        Kept { knowledge: self.knowledge, from, until, lights }
    }

    /// Judges all sessions on their own day and today, and keeps what was found. True: something new was found.
    pub fn keep(&self, entries: &mut [Entry]) -> bool {
        let found = on_all_cores(entries, |part| {
            let mut new = false;
            for entry in part {
                let then = entry.as_of.map(|own| self.kept(entry, own));
                let now = Some(self.kept(entry, self.today));
                new |= (then, now) != (entry.then, entry.now);
                (entry.then, entry.now) = (then, now);
            }
            new
        });
        found.contains(&true)
    }
}

/// Does some work on parts of a list, a part on each core, and returns what came of the parts, in order.
pub fn on_all_cores<T: Send, R: Send>(list: &mut [T], work: impl Fn(&mut [T]) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let size = list.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> = list.chunks_mut(size).map(|part| scope.spawn(move || work(part))).collect();
        parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}
