//! The verdict of the same answers over time: one segment per change, each with what caused it.
//!
//! Only days on which something happens are looked at, and of these only those on which the situation is another one.

use super::assess::{is_old, law_is_old};
use super::events::{Cause, Event, events};
use super::expr::{Cell, Index};
use super::inquiry::Inquiry;
use super::model::Model;
use super::picture::Picture;
use super::situation::{Row, Said, Scope, Situation};
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
    /// Why it is not as on the day before: the smallest set of changes without which it would be. Empty for the first.
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
            let because = causes(copy.get_or_insert_with(|| model.clone()), &inquiry, today, &seen);
            if let (Some(last), Ok(yesterday)) = (segments.last_mut(), day.yesterday()) {
                last.until = yesterday;
            }
            segments.push(Segment { from: day, until, picture: next.picture.clone(), because });
        }
        seen = next;
    }
    segments
}

/// The smallest set of the day's events without which the day would look like the one before: all are undone, then each
/// is let happen again, and those stay undone that make a difference.
fn causes(copy: &mut Model, inquiry: &Inquiry, today: &[Event], before: &Seen) -> Vec<Cause> {
    today.iter().for_each(|event| event.undo(copy));
    let mut kept: Vec<&Event> = Vec::new();
    let mut same: Option<Seen> = None;
    for event in today {
        event.redo(copy);
        match look(copy, inquiry, Some(same.as_ref().unwrap_or(before))) {
            None => {}
            Some(seen) if seen.picture == before.picture => same = Some(seen),
            Some(_) => {
                event.undo(copy);
                kept.push(event);
            }
        }
    }
    kept.iter().for_each(|event| event.redo(copy));
    // Law comes before facts.
    kept.iter().rev().filter_map(|event| event.cause(copy)).collect()
}

/// A day, as far as the engine can tell days apart.
struct Seen {
    print: Print,
    picture: Picture,
}

/// Looks at the day of the inquiry; none where it is the same as the last one, or where nothing is to be assessed.
fn look(model: &Model, inquiry: &Inquiry, last: Option<&Seen>) -> Option<Seen> {
    let mut situation = Situation::new(model, inquiry, Scope::Own);
    let print = Print::of(&situation);
    if situation.private() || last.is_some_and(|last| last.print == print) {
        return None;
    }
    let cells = situation.all_cells();
    Some(Seen { print, picture: situation.picture(&cells) })
}

/// Everything in a situation that the day decides. Two days with the same print have the same picture.
#[derive(PartialEq)]
struct Print {
    /// The editions still possible: cells, facts that speak, limited adequacy.
    rows: Vec<(Vec<Cell>, Vec<Option<u16>>, [bool; 2])>,
    said: Vec<Said>,
    scheme: Option<InstrumentId>,
    /// Of each safeguard: whether it has begun, and whether it is in force.
    tools: Vec<[bool; 2]>,
    /// The law that classes hosting and access.
    rulings: Vec<InstrumentId>,
    /// Facts that speak and are too old: row and variable.
    old_facts: Vec<(usize, Index)>,
    /// Of each volatile instrument: whether it is volatile yet, and whether it is too old.
    volatile: Vec<[bool; 2]>,
}

impl Print {
    fn of(situation: &Situation<'_>) -> Self {
        let (model, day) = (situation.model, situation.day());
        let editions = situation.editions(&situation.free());
        let rows = || situation.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0);
        let kept = |row: &Row| (row.cells.clone(), row.facts.clone(), [row.hosting_limited, row.access_limited]);
        let mut old_facts = Vec::new();
        for (n, row) in rows() {
            for (index, (var, fact)) in (0..).zip(model.vars.iter().zip(&row.facts)) {
                if fact.is_some_and(|fact| is_old(var.facts[usize::from(fact)].as_of, day)) {
                    old_facts.push((n, index));
                }
            }
        }
        let mut rulings = Vec::new();
        for index in [model.known.hosting, model.known.access].into_iter().flatten() {
            situation.rulings(index, &mut rulings);
        }
        let tools = model.instruments.iter().filter(|one| one.kind == InstrumentKind::TransferTool);
        let volatile = model.instruments.iter().filter(|one| one.volatile.is_some());
        Self {
            rows: rows().map(|(_, row)| kept(row)).collect(),
            said: situation.said.clone(),
            scheme: situation.scheme.map(|scheme| scheme.id.clone()),
            tools: tools.map(|one| [one.from.is_some_and(|from| from <= day), one.in_force(day)]).collect(),
            rulings,
            old_facts,
            volatile: volatile.map(|one| [one.is_volatile(day), law_is_old(one, day)]).collect(),
        }
    }
}
