//! Days on which law, catalogue or time itself can change a verdict, and how to undo such a change.
//!
//! To undo, the date is moved on by one day in a copy of the model: then the world is that of the day before in this one
//! respect. So it can be found out which of several changes of a day made the difference.

use std::sync::Arc;

use jiff::{Span, ToSpan};

use super::expr::Index;
use super::frame::LAW_AGES_AFTER;
use super::model::{Model, Source};
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::id::{ChoiceId, CountryCode, InstrumentId, SourceId, VariableId};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It holds from that day on.
    Began,
    /// The day before was its last.
    Ended,
    /// It may fall soon.
    Volatile,
    /// It was last checked too long ago.
    Aged,
}

/// What it happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Dated law.
    Instrument(InstrumentId),
    /// A country counts as inside the EEA.
    Membership {
        /// The country.
        country: CountryCode,
        /// The instrument that says so, where there is one of its own.
        instrument: Option<InstrumentId>,
    },
    /// A fact of the catalogue.
    Fact {
        /// What it is about.
        variable: VariableId,
        /// What it says; none: that the value is unknown.
        value: Option<Value>,
        /// Where it was found, inside the catalogue entry.
        source: SourceId,
        /// Day from which it counts.
        as_of: Day,
    },
    /// A choice that a question offers.
    Choice {
        /// The question.
        question: VariableId,
        /// The choice.
        choice: ChoiceId,
    },
    /// A day that a rule names.
    Day(VariableId),
    /// Something that an authority said about the tool on that day.
    Authority(Day),
}

/// Why a verdict changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What it happened to.
    pub subject: Subject,
    /// What happened.
    pub turn: Turn,
}

/// A date inside the model. The order is the one in which it is tried whether a change mattered: what comes first is
/// done without first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Datum {
    Authority(usize),
    Choice(Index, usize),
    Atom(Index),
    Fact(Index, usize),
    Membership(usize),
    Instrument(usize),
}

/// Something that happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub day: Day,
    pub turn: Turn,
    datum: Datum,
}

/// The last day on which dated law changes; never before 2027-12-31, so that a timeline looks ahead.
#[must_use]
pub fn horizon(model: &Model) -> Day {
    let dated = events(model).into_iter().filter(|event| event.turn != Turn::Aged);
    dated.map(|event| event.day).fold(jiff::civil::date(2027, 12, 31), Day::max)
}

/// The days on which a verdict may change, in order, each once. Between two of them none does.
#[must_use]
pub fn turning_days(model: &Model) -> Vec<Day> {
    let mut days: Vec<Day> = events(model).into_iter().map(|event| event.day).collect();
    days.dedup();
    days
}

/// All events of a model, by day and then in the order in which they are tried.
pub(super) fn events(model: &Model) -> Vec<Event> {
    let mut found: Vec<Event> = Vec::new();
    let mut add = |day: Option<Day>, turn: Turn, datum: Datum| {
        found.extend(day.map(|day| Event { day, turn, datum }));
    };
    for (n, one) in model.instruments.iter().enumerate() {
        let datum = Datum::Instrument(n);
        add(one.from, Turn::Began, datum);
        add(one.until.and_then(day_after), Turn::Ended, datum);
        if let Some(volatile) = &one.volatile {
            add(Some(volatile.from), Turn::Volatile, datum);
            add(one.last_verified.checked_add(LAW_AGES_AFTER.days()).ok().and_then(day_after), Turn::Aged, datum);
        }
    }
    for (n, one) in model.memberships.iter().enumerate() {
        add(Some(one.from), Turn::Began, Datum::Membership(n));
        add(one.until.and_then(day_after), Turn::Ended, Datum::Membership(n));
    }
    for (index, var) in (0..).zip(&model.vars) {
        for (n, fact) in var.facts.iter().enumerate() {
            add(Some(fact.as_of), Turn::Began, Datum::Fact(index, n));
            add(fact.fresh_until.and_then(day_after), Turn::Aged, Datum::Fact(index, n));
        }
        match &var.source {
            Source::Question(asked) => {
                for (n, choice) in asked.choices.iter().enumerate() {
                    add(choice.from, Turn::Began, Datum::Choice(index, n));
                    add(choice.until.and_then(day_after), Turn::Ended, Datum::Choice(index, n));
                }
            }
            Source::NotBefore(day) => add(Some(*day), Turn::Began, Datum::Atom(index)),
            _ => {}
        }
    }
    for (n, (day, _)) in model.authority_days.iter().enumerate() {
        add(Some(*day), Turn::Began, Datum::Authority(n));
    }
    found.sort_by_key(|event| (event.day, event.datum));
    found
}

fn day_after(day: Day) -> Option<Day> {
    day.tomorrow().ok()
}

impl Event {
    /// Makes it as if the event had not happened on its day.
    pub fn undo(&self, model: &mut Model) {
        self.shift(model, 1.day());
    }

    /// Takes [`Event::undo`] back.
    pub fn redo(&self, model: &mut Model) {
        self.shift(model, -1.day());
    }

    fn shift(&self, model: &mut Model, by: Span) {
        let Some(day) = self.date(model) else { return };
        if let Ok(moved) = day.checked_add(by) {
            *day = moved;
        }
    }

    /// The date in the model that makes the event.
    fn date<'m>(&self, model: &'m mut Model) -> Option<&'m mut Day> {
        match (self.datum, self.turn) {
            (Datum::Instrument(n), Turn::Began) => Arc::make_mut(&mut model.instruments).get_mut(n)?.from.as_mut(),
            (Datum::Instrument(n), Turn::Ended) => Arc::make_mut(&mut model.instruments).get_mut(n)?.until.as_mut(),
            (Datum::Instrument(n), Turn::Volatile) => {
                Arc::make_mut(&mut model.instruments).get_mut(n)?.volatile.as_mut().map(|volatile| &mut volatile.from)
            }
            (Datum::Instrument(n), Turn::Aged) => {
                Arc::make_mut(&mut model.instruments).get_mut(n).map(|one| &mut one.last_verified)
            }
            (Datum::Membership(n), Turn::Ended) => Arc::make_mut(&mut model.memberships).get_mut(n)?.until.as_mut(),
            (Datum::Membership(n), _) => Arc::make_mut(&mut model.memberships).get_mut(n).map(|one| &mut one.from),
            (Datum::Fact(index, n), turn) => {
                let fact = model.vars.get_mut(usize::from(index))?.facts.get_mut(n)?;
                if turn == Turn::Aged { fact.fresh_until.as_mut() } else { Some(&mut fact.as_of) }
            }
            (Datum::Choice(index, n), turn) => match &mut model.vars.get_mut(usize::from(index))?.source {
                Source::Question(asked) => {
                    let choice = asked.choices.get_mut(n)?;
                    if turn == Turn::Ended { choice.until.as_mut() } else { choice.from.as_mut() }
                }
                _ => None,
            },
            (Datum::Atom(index), _) => match &mut model.vars.get_mut(usize::from(index))?.source {
                Source::NotBefore(day) => Some(day),
                _ => None,
            },
            (Datum::Authority(n), _) => model.authority_days.get_mut(n).map(|(day, _)| day),
        }
    }

    /// The order in which causes are told: law before facts, what ended before what began.
    pub fn rank(&self) -> (std::cmp::Reverse<u8>, bool, Datum) {
        let kind = match self.datum {
            Datum::Authority(_) => 0,
            Datum::Choice(..) => 1,
            Datum::Atom(_) => 2,
            Datum::Fact(..) => 3,
            Datum::Membership(_) => 4,
            Datum::Instrument(_) => 5,
        };
        (std::cmp::Reverse(kind), self.turn != Turn::Ended, self.datum)
    }

    /// The event by the ids of the data.
    pub fn cause(&self, model: &Model) -> Option<Cause> {
        let subject = match self.datum {
            Datum::Instrument(n) => Subject::Instrument(model.instruments.get(n)?.id.clone()),
            Datum::Membership(n) => {
                let membership = model.memberships.get(n)?;
                Subject::Membership { country: membership.country, instrument: membership.instrument.clone() }
            }
            Datum::Fact(index, n) => {
                let var = model.var(index);
                let fact = var.facts.get(n)?;
                Subject::Fact {
                    variable: var.id.clone(),
                    value: fact.value.clone(),
                    source: fact.source.clone(),
                    as_of: fact.as_of,
                }
            }
            Datum::Choice(index, n) => {
                let var = model.var(index);
                let Source::Question(asked) = &var.source else { return None };
                Subject::Choice { question: var.id.clone(), choice: asked.choices.get(n)?.id.clone() }
            }
            Datum::Atom(index) => Subject::Day(model.var(index).id.clone()),
            Datum::Authority(n) => Subject::Authority(model.authority_days.get(n)?.0),
        };
        Some(Cause { subject, turn: self.turn })
    }
}
