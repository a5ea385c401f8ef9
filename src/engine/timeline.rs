//! The verdict of the same answers over time: one segment per change, each with what caused it.
//!
//! Only days on which something happens are looked at, and of these only those on which the situation is another one.

use std::rc::Rc;

use super::derive::Derived;
use super::events::{Cause, Event, events};
use super::expr::{Cell, Index};
use super::frame::Said;
use super::inquiry::Inquiry;
use super::model::{Model, Rule};
use super::picture::{Picture, coloured};
use super::search::Outcomes;
use super::settle::{Difference, Settled};
use super::situation::{Row, Situation};
use super::world::World;
use crate::domain::Day;
use crate::domain::id::InstrumentId;
use crate::domain::instrument::InstrumentKind;

/// A stretch of days with the same verdict, the same coloured findings and the same basis of the transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// What these days look like.
    pub picture: Picture,
    /// Why it is not as on the day before, law first. Empty for the first segment.
    pub because: Vec<Cause>,
}

/// The verdict of the same answers from the first to the last day, both included. Empty where nothing is to be
/// assessed. `inquiry.answered` stays the day of the session: an answer on a listing speaks of the scheme of that day.
#[must_use]
pub fn timeline(model: &Model, inquiry: &Inquiry, from: Day, until: Day) -> Vec<Segment> {
    let mut inquiry = Inquiry { day: from, ..inquiry.clone() };
    let Some(mut seen) = look(model, &inquiry, None) else { return Vec::new() };
    let mut segments = vec![Segment { from, until, picture: seen.picture.clone(), because: Vec::new() }];
    let events = events(model);
    let mut copy: Option<Model> = None;
    for today in events.chunk_by(|a, b| a.day == b.day) {
        let Some(day) = today.first().map(|event| event.day).filter(|day| from < *day && *day <= until) else {
            continue;
        };
        inquiry.day = day;
        let Some(next) = look(model, &inquiry, Some(&seen)) else { continue };
        if next.picture != seen.picture {
            let because = causes(copy.get_or_insert_with(|| model.clone()), &inquiry, today, &seen, &next);
            if let (Some(last), Ok(yesterday)) = (segments.last_mut(), day.yesterday()) {
                last.until = yesterday;
            }
            segments.push(Segment { from: day, until, picture: next.picture.clone(), because });
        }
        seen = next;
    }
    segments
}

/// The events of the day that matter, found by undoing them in a copy of the model. First the smallest set without which
/// the day would look like the one before: all are undone, then each is let happen again, and those stay undone that
/// make a difference. Then those without which the day would look like neither: what takes the place of something ended.
fn causes(copy: &mut Model, inquiry: &Inquiry, today: &[Event], before: &Seen, now: &Seen) -> Vec<Cause> {
    for event in today {
        event.undo(copy);
    }
    let mut kept: Vec<&Event> = Vec::new();
    let mut same = before.print.clone();
    for event in today {
        event.redo(copy);
        if let Some(print) = alike(copy, inquiry, before, &same) {
            same = print;
        } else {
            event.undo(copy);
            kept.push(event);
        }
    }
    for event in &kept {
        event.redo(copy);
    }
    for event in today {
        event.undo(copy);
        if !kept.contains(&event) && alike(copy, inquiry, now, &now.print).is_none() {
            kept.push(event);
        }
        event.redo(copy);
    }
    kept.sort_by_key(|event| event.rank());
    kept.iter().filter_map(|event| event.cause(copy)).collect()
}

/// A day, as far as the engine can tell days apart.
struct Seen {
    print: Print,
    settled: Rc<Settled>,
    world: World,
    picture: Picture,
}

/// Looks at the day of the inquiry; none where it is the same as the last one, or where nothing is to be assessed.
fn look(model: &Model, inquiry: &Inquiry, last: Option<&Seen>) -> Option<Seen> {
    let mut situation = Situation::new(model, inquiry);
    let print = Print::of(&situation);
    if situation.private() {
        return None;
    }
    let (settled, mut world) = match last {
        Some(last) if last.print == print => return None,
        // Only something has become too old: what it would be without is known.
        Some(last) if last.print.facts == print.facts => (Rc::clone(&last.settled), last.world.fork()),
        last => {
            let mut world = situation.world();
            let handed_on = last.and_then(|last| {
                let difference = last.print.facts.difference(&print.facts, model)?;
                last.settled.after(&situation, &mut world, &difference, |_| true)
            });
            (Rc::new(handed_on.unwrap_or_else(|| Settled::of(&situation, &mut world))), world)
        }
    };
    let picture = situation.picture(&settled, &mut world);
    Some(Seen { print, settled, world, picture })
}

/// The print of the inquiry's day if it looks like another day. `same` is the print of a day that does.
fn alike(model: &Model, inquiry: &Inquiry, other: &Seen, same: &Print) -> Option<Print> {
    let mut situation = Situation::new(model, inquiry);
    let print = Print::of(&situation);
    if print == *same {
        return Some(print);
    }
    if print.facts == other.print.facts {
        let picture = situation.picture(&other.settled, &mut other.world.fork());
        return (picture == other.picture).then_some(print);
    }
    let mut world = situation.world();
    if situation.basis(&world.cells) != other.picture.basis {
        return None;
    }
    // The search for best and worst light is what takes time, and mostly a finding says enough.
    let same_findings = |outcomes: &[Outcomes]| {
        let rules = model.rules.iter().zip(outcomes).filter(|(rule, _)| !rule.ages);
        let known = |rule: &Rule| other.picture.findings.iter().find(|found| found.id == rule.id);
        rules.into_iter().all(|(rule, outcomes)| coloured(rule, *outcomes).as_ref() == known(rule))
    };
    let settled = match other.print.facts.difference(&print.facts, model) {
        Some(difference) => other.settled.after(&situation, &mut world, &difference, same_findings)?,
        None => Settled::of(&situation, &mut world),
    };
    (situation.picture(&settled, &mut world) == other.picture).then_some(print)
}

/// Everything in a situation that the day decides. Two days with the same print have the same picture.
#[derive(Clone, PartialEq)]
struct Print {
    facts: Facts,
    /// Facts that speak and are too old: row and variable.
    old_facts: Vec<(usize, Index)>,
    /// Of each volatile instrument: whether it is too old.
    old_law: Vec<bool>,
}

/// Of an edition: cells, facts that speak, limited adequacy of hosting and access.
type Kept = (Vec<Cell>, Vec<Option<u16>>, [bool; 2]);

/// The part of a print that is not about age.
#[derive(Clone, PartialEq)]
struct Facts {
    /// The editions still possible.
    rows: Vec<Kept>,
    said: Vec<Said>,
    scheme: Option<InstrumentId>,
    /// Of each transfer tool: whether it has begun, and whether it is in force.
    tools: Vec<[bool; 2]>,
    /// The law that classes hosting and access.
    rulings: Vec<InstrumentId>,
    /// Of each volatile instrument: whether it is volatile yet.
    volatile: Vec<bool>,
}

impl Print {
    fn of(situation: &Situation<'_>) -> Self {
        let (model, frame) = (situation.frame.model, &situation.frame);
        let editions = situation.possible_editions();
        let mut old_facts = Vec::new();
        for (n, row) in situation.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0) {
            for (index, (var, fact)) in (0..).zip(model.vars.iter().zip(&row.facts)) {
                if fact.is_some_and(|fact| frame.fact_is_old(&var.facts[usize::from(fact)])) {
                    old_facts.push((n, index));
                }
            }
        }
        let old_law = model.volatile.iter().map(|n| frame.law_is_old(&model.instruments[*n])).collect();
        Self { facts: Facts::of(situation, editions), old_facts, old_law }
    }
}

impl Facts {
    /// What differs; none where other editions are possible.
    fn difference(&self, now: &Self, model: &Model) -> Option<Difference> {
        let mut difference = Difference::new(self.rulings != now.rulings || self.tools != now.tools);
        if self.rows.len() != now.rows.len() {
            return None;
        }
        for ((cells, facts, limited), (new_cells, new_facts, new_limited)) in self.rows.iter().zip(&now.rows) {
            for (n, index) in (0..cells.len()).zip(0..) {
                if cells[n] != new_cells[n] || facts[n] != new_facts[n] || self.said[n] != now.said[n] {
                    difference.add(index);
                }
            }
            if limited != new_limited {
                model.by_id.get(Derived::AdequacyLimited.id()).into_iter().for_each(|index| difference.add(*index));
            }
        }
        let by_law = [
            (Derived::Safeguard, self.tools != now.tools),
            (Derived::BasisVolatile, self.scheme != now.scheme || self.volatile != now.volatile),
        ];
        for (derived, _) in by_law.iter().filter(|(_, differs)| *differs) {
            model.by_id.get(derived.id()).into_iter().for_each(|index| difference.add(*index));
        }
        Some(difference)
    }

    fn of(situation: &Situation<'_>, editions: u64) -> Self {
        let (model, day) = (situation.frame.model, situation.frame.day);
        let rows = situation.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0);
        let kept =
            |row: &Row| -> Kept { (row.cells.clone(), row.facts.clone(), [row.hosting_limited, row.access_limited]) };
        let mut rulings = Vec::new();
        for index in [model.known.hosting, model.known.access].into_iter().flatten() {
            situation.rulings(index, &mut rulings);
        }
        let tools = model.instruments.iter().filter(|one| one.kind == InstrumentKind::TransferTool);
        let volatile = model.volatile.iter().map(|n| model.instruments[*n].is_volatile(day));
        Self {
            rows: rows.map(|(_, row)| kept(row)).collect(),
            said: situation.said.clone(),
            scheme: situation.frame.scheme.map(|scheme| scheme.id.clone()),
            tools: tools.map(|one| [one.from.is_some_and(|from| from <= day), one.in_force(day)]).collect(),
            rulings,
            volatile: volatile.collect(),
        }
    }
}
