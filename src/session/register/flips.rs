//! Which clearances would not be given any more, and why.

use super::entry::Entry;
use super::judge::{Judge, Lights, on_all_cores};
use super::row::Row;
use crate::domain::Day;
use crate::domain::id::InstrumentId;
use crate::engine::{Cause, carriers, judge, timeline};

/// A day on which the verdict became another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The day.
    pub day: Day,
    /// The verdict from then on.
    pub lights: Lights,
    /// Why.
    pub because: Vec<Cause>,
}

/// Why a verdict is not what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// By days, with the data of today.
    pub turned: Vec<Turned>,
    /// Questions, rules or catalogue have changed: for the same day they say something else today.
    pub data: Option<Lights>,
    /// The catalogue of this machine has no such tool.
    pub no_tool: bool,
    /// It is another one, and no day can be named for it: the clearance names none, or nothing is to be assessed any more.
    pub undated: bool,
}

/// Why the verdicts of some lines are not what they were, in their order.
#[must_use]
pub fn reasons(judge: &Judge, entries: &[Entry], rows: &[&Row], day: Day) -> Vec<Reasons> {
    let mut found: Vec<(&Row, Reasons)> = rows.iter().map(|row| (*row, Reasons::default())).collect();
    on_all_cores(&mut found, 1, |part| {
        for (row, reasons) in part {
            if let Some(entry) = entries.get(row.at) {
                *reasons = why(judge, entry, row, day);
            }
        }
    });
    found.into_iter().map(|(_, reasons)| reasons).collect()
}

fn why(judge: &Judge, entry: &Entry, row: &Row, day: Day) -> Reasons {
    let Some(model) = judge.model(entry) else { return Reasons { no_tool: true, ..Reasons::default() } };
    let Some(own) = row.then_day else { return Reasons { undated: row.is_flipped(), ..Reasons::default() } };
    let (from, until) = (own.min(day), own.max(day));
    let segments = timeline(model, &entry.inquiry(from, judge.today()), from, until);
    let lights = segments.iter().map(|one| Lights::Between(one.picture.best, one.picture.worst));
    let lights: Vec<Lights> = lights.collect();
    let changes = segments.iter().zip(&lights).skip(1).zip(&lights);
    let turned = changes.filter(|((_, now), before)| now != before).map(|((segment, now), _)| Turned {
        day: segment.from,
        lights: *now,
        because: segment.because.clone(),
    });
    let same_day = if own <= day { lights.first() } else { lights.last() };
    let data = same_day.copied().filter(|today| row.then.is_some_and(|then| then != *today));
    let turned: Vec<Turned> = turned.collect();
    // Whoever is told of a flip is told why, or that nobody can say since when.
    let undated = row.is_flipped() && turned.is_empty() && data.is_none();
    Reasons { turned, data, no_tool: false, undated }
}

/// A law, and the clearances whose verdict would be a worse one without it: place of the line, and the verdict then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallen {
    /// The law.
    pub without: InstrumentId,
    /// What would fall.
    pub rows: Vec<(usize, Lights)>,
}

/// Laws without which a verdict would be a worse one, and that verdict.
type Worse = Vec<(InstrumentId, Lights)>;

/// Each law on which clearances rest, switched off: which of them would get a worse verdict. The law that would cost most
/// comes first.
#[must_use]
pub fn fallen(judge_: &Judge, entries: &[Entry], rows: &[Row], day: Day) -> Vec<Fallen> {
    let clearances = rows.iter().enumerate().filter(|(_, row)| row.is_clearance);
    let mut found: Vec<(usize, &Row, Worse)> = clearances.map(|(n, row)| (n, row, Worse::new())).collect();
    on_all_cores(&mut found, 1, |part| {
        for (_, row, worse) in part {
            if let Some(entry) = entries.get(row.at) {
                *worse = without_each(judge_, entry, row.now, day);
            }
        }
    });
    let mut laws: std::collections::BTreeMap<InstrumentId, Vec<(usize, Lights)>> = std::collections::BTreeMap::new();
    for (n, _, worse) in found {
        for (law, lights) in worse {
            laws.entry(law).or_default().push((n, lights));
        }
    }
    let mut all: Vec<Fallen> = laws.into_iter().map(|(without, rows)| Fallen { without, rows }).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.rows.len()));
    all
}

fn without_each(judge_: &Judge, entry: &Entry, now: Lights, day: Day) -> Worse {
    let Some(model) = judge_.model(entry) else { return Vec::new() };
    let mut inquiry = entry.inquiry(day, judge_.today());
    let mut worse = Vec::new();
    for law in carriers(model, &inquiry) {
        inquiry.without = vec![law.clone()];
        if let Some((best, worst)) = judge(model, &inquiry) {
            let lights = Lights::Between(best, worst);
            if matches!(now, Lights::Between(before, before_worst) if best > before || worst > before_worst) {
                worse.push((law, lights));
            }
        }
        inquiry.without.clear();
    }
    worse
}
