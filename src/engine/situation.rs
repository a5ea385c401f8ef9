//! One inquiry laid over the model: for every variable what is known before any condition is looked at.

use super::derive::Derived;
use super::expr::{Cell, Index};
use super::inquiry::Inquiry;
use super::law::TransferClass;
use super::model::{Asked, CompiledFact, Model, Source, bits};
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::CountryCode;
use crate::domain::instrument::Instrument;
use crate::domain::vendor::Confidence;

/// Bit of a country variable that nobody filled.
pub const NO_COUNTRY: u64 = 1 << 4;

/// Which interview-only questions count in a self-assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that the mode asks.
    Own,
    /// All of them, open: what the officer may still find.
    WithInterview,
}

/// What a person said about a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// "I don't know", or something that this version does not understand.
    DontKnow,
    /// A value that counts.
    Value,
    /// An answer that has no influence in this mode.
    Parked,
}

/// The cells of one edition.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is known of each variable.
    pub cells: Vec<Cell>,
    /// Which of the variable's facts speaks, whether or not an answer overrides it.
    pub facts: Vec<Option<u16>>,
    /// Hosting rests on an adequacy decision for some recipients only.
    pub hosting_limited: bool,
    /// The same for access.
    pub access_limited: bool,
}

/// One inquiry laid over the model.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The model.
    pub model: &'a Model,
    /// The inquiry.
    pub inquiry: &'a Inquiry,
    /// One row per edition; a single one for a tool outside the catalogue.
    pub rows: Vec<Row>,
    /// What the person said, by variable.
    pub said: Vec<Said>,
    /// Certification scheme in force.
    pub scheme: Option<&'a Instrument>,
    /// A datum that decided is too old.
    pub stale: bool,
    /// A datum in any proof is too old.
    pub aged: bool,
    scope: Scope,
}

impl<'a> Situation<'a> {
    /// Lays the inquiry over the model.
    pub fn new(model: &'a Model, inquiry: &'a Inquiry, scope: Scope) -> Self {
        let scheme = model.law().scheme(inquiry.day, &inquiry.without);
        let mut situation = Self {
            model,
            inquiry,
            rows: Vec::with_capacity(model.editions.len().max(1)),
            said: Vec::with_capacity(model.vars.len()),
            scheme,
            stale: false,
            aged: false,
            scope,
        };
        let answers: Vec<Option<(Cell, bool)>> =
            (0..).zip(&model.vars).map(|(index, _)| situation.hear(index)).collect();
        for edition in 0..model.editions.len().max(1) {
            let row = situation.row(edition, &answers);
            situation.rows.push(row);
        }
        situation
    }

    pub fn day(&self) -> Day {
        self.inquiry.day
    }

    pub fn mode(&self) -> Mode {
        self.inquiry.mode
    }

    /// What the person said about a variable: the cell, and whether the countries named are limited ones.
    fn hear(&mut self, index: Index) -> Option<(Cell, bool)> {
        let var = self.model.var(index);
        let (said, heard) = match (&var.source, self.inquiry.answers.get(&var.id)) {
            (Source::Question(_) | _, None) => (Said::Nothing, None),
            (Source::Question(asked), Some(given)) => {
                if self.mode() == Mode::SelfAssessment && !asked.modes.contains(&Mode::SelfAssessment) {
                    (Said::Parked, None)
                } else {
                    match self.understand(index, asked, &given.value) {
                        Some(heard) => (Said::Value, Some(heard)),
                        None => (Said::DontKnow, None),
                    }
                }
            }
            (_, Some(_)) => (Said::Parked, None),
        };
        self.said.push(said);
        heard
    }

    fn understand(&self, index: Index, asked: &Asked, value: &Value) -> Option<(Cell, bool)> {
        let var = self.model.var(index);
        if asked.text {
            return matches!(value, Value::Text(text) if !text.trim().is_empty()).then_some((Cell::one_of(1), false));
        }
        if var.countries {
            let countries = value.countries()?;
            return Some(self.class_of(countries));
        }
        if Some(index) == self.model.known.certified && !self.same_scheme() {
            return None;
        }
        let named = value.choices()?;
        let known = bits(&var.values, named);
        let fits_mode = asked.choices.iter().enumerate().all(|(n, choice)| {
            known & (1 << n.min(62)) == 0 || choice.modes.is_empty() || choice.modes.contains(&self.mode())
        });
        if known == 0 || !fits_mode || (!var.several && known.count_ones() != 1) {
            return None;
        }
        Some((if var.several { Cell::set(known) } else { Cell::one_of(known) }, false))
    }

    /// Whether the answers speak of the certification scheme that is in force on the day.
    fn same_scheme(&self) -> bool {
        let own = self.model.law().scheme(self.inquiry.answered, &[]);
        match (own, self.scheme) {
            (Some(own), Some(current)) => own.id == current.id,
            _ => false,
        }
    }

    /// The strictest class of some countries; no country at all is no transfer.
    fn class_of(&self, countries: &[CountryCode]) -> (Cell, bool) {
        let rulings = countries.iter().map(|code| self.model.law().ruling(*code, self.day(), &self.inquiry.without));
        let mut strictest = TransferClass::None;
        let mut limited = false;
        for ruling in rulings {
            strictest = strictest.max(ruling.class);
            limited |= ruling.limited;
        }
        (Cell::one_of(strictest.bit()), limited)
    }

    fn row(&self, edition: usize, answers: &[Option<(Cell, bool)>]) -> Row {
        let count = self.model.vars.len();
        let mut row = Row {
            cells: Vec::with_capacity(count),
            facts: Vec::with_capacity(count),
            hosting_limited: false,
            access_limited: false,
        };
        for (index, answer) in (0..).zip(answers) {
            let fact = self.fact(index, edition);
            row.facts.push(fact);
            let fact = fact.map(|n| &self.model.var(index).facts[usize::from(n)]).filter(|fact| fact.value.is_some());
            let (cell, limited) = self.base(index, *answer, fact, edition);
            if Some(index) == self.model.known.hosting {
                row.hosting_limited = limited;
            } else if Some(index) == self.model.known.access {
                row.access_limited = limited;
            }
            row.cells.push(cell);
        }
        row
    }

    /// The newest fact that counts for an edition on the day; it may say that the value is unknown.
    fn fact(&self, index: Index, edition: usize) -> Option<u16> {
        let scheme = self.scheme.map(|scheme| &scheme.id);
        let bit = 1_u64 << edition.min(62);
        let var = self.model.var(index);
        let found = var.facts.iter().position(|fact| {
            fact.as_of <= self.day()
                && fact.editions & bit != 0
                && (fact.scheme.is_none() || fact.scheme.as_ref() == scheme)
        })?;
        u16::try_from(found).ok()
    }

    fn base(
        &self,
        index: Index,
        answer: Option<(Cell, bool)>,
        fact: Option<&CompiledFact>,
        edition: usize,
    ) -> (Cell, bool) {
        let var = self.model.var(index);
        let yes_no = |yes: bool| Cell::one_of(if yes { 1 } else { 2 });
        match &var.source {
            Source::Question(asked) => {
                if var.id == "edition" {
                    return (self.edition_cell(answer), false);
                }
                if Some(index) == self.model.known.certified && self.scheme.is_none() {
                    return (Cell::one_of(bits(&var.values, &no())), false);
                }
                if let Some(heard) = answer {
                    return heard;
                }
                match fact {
                    Some(fact) => self.fact_cell(index, fact),
                    None => (self.open(index, asked), false),
                }
            }
            Source::Catalogue => fact.map_or((Cell::off(var.several), false), |fact| self.fact_cell(index, fact)),
            Source::Derived(derived) => (self.constant(*derived, edition), false),
            Source::Law(id) => {
                (yes_no(self.model.law().in_force(id.as_str(), self.day(), &self.inquiry.without)), false)
            }
            Source::Evidence(id) => (yes_no(self.inquiry.answers.get(id).is_some_and(|given| given.evidence)), false),
            Source::NotBefore(day) => (yes_no(*day <= self.day()), false),
        }
    }

    fn edition_cell(&self, answer: Option<(Cell, bool)>) -> Cell {
        match (self.model.editions.len(), answer) {
            (0, _) => Cell::off(false),
            (_, Some((cell, _))) => cell,
            (count, None) => Cell::one_of(u64::MAX >> (64 - count.min(62))),
        }
    }

    fn fact_cell(&self, index: Index, fact: &CompiledFact) -> (Cell, bool) {
        let var = self.model.var(index);
        match &fact.value {
            Some(value) if var.countries => self.class_of(value.countries().unwrap_or_default()),
            _ if var.several => (Cell::set(fact.bits), false),
            _ => (Cell::one_of(fact.bits), false),
        }
    }

    /// What a question is once its answer and its fact are taken away.
    pub fn without_answer(&self, index: Index, asked: &Asked) -> Cell {
        self.open(index, asked)
    }

    /// What a question can be that nobody answered and no fact settles.
    fn open(&self, index: Index, asked: &Asked) -> Cell {
        let var = self.model.var(index);
        if let Some(default) = asked.default {
            return if var.several { Cell::set(default) } else { Cell::one_of(default) };
        }
        let interview_only = self.mode() == Mode::SelfAssessment && !asked.modes.contains(&Mode::SelfAssessment);
        if Some(index) == self.model.known.hosting {
            return Cell::one_of(NO_COUNTRY);
        }
        if asked.text || asked.follow_up || (interview_only && self.scope == Scope::Own) {
            return Cell::off(var.several);
        }
        if var.countries {
            if Some(index) != self.model.known.access {
                return Cell::off(false);
            }
            let listed = if self.scheme.is_some() { TransferClass::CertifiedOnly.bit() } else { 0 };
            let others = [TransferClass::None, TransferClass::Adequate, TransferClass::Safeguards];
            return Cell::one_of(others.iter().fold(listed, |bits, class| bits | class.bit()));
        }
        let mode = if interview_only { Mode::Interview } else { self.mode() };
        let offered = asked.offered(self.day(), mode);
        if var.several {
            Cell { can: offered, must: 0, several: true }
        } else if offered == 0 {
            Cell::off(false)
        } else {
            Cell::one_of(offered)
        }
    }

    /// Derived values that depend on nothing but the inquiry and the edition; the others are computed on the way.
    fn constant(&self, derived: Derived, edition: usize) -> Cell {
        let position = |id: &str| {
            let found = derived.values().iter().position(|value| *value == id);
            found.map_or(Cell::off(false), |n| Cell::one_of(1 << n))
        };
        let yes_no = |yes: bool| Cell::one_of(if yes { 1 } else { 2 });
        match derived {
            Derived::Mode => position(self.mode().id()),
            Derived::Catalogued => yes_no(self.model.catalogued),
            Derived::Organisation => position(self.inquiry.organisation.id()),
            Derived::Jurisdiction => position(self.inquiry.jurisdiction.id()),
            Derived::AuthorityFindings => {
                let bit = 1_u64 << edition.min(62);
                let days = &self.model.authority_days;
                yes_no(days.iter().any(|(day, editions)| *day <= self.day() && editions & bit != 0))
            }
            _ => Cell::off(false),
        }
    }

    /// Whether an answer that counts differs from the fact of that edition.
    pub fn contradicts(&self, index: Index, row: &Row) -> bool {
        if self.said[usize::from(index)] != Said::Value {
            return false;
        }
        let var = self.model.var(index);
        let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
        let (Some(fact), Some(given)) = (fact, self.inquiry.answers.get(&var.id)) else { return false };
        match &fact.value {
            None => false,
            Some(value) if var.countries => {
                let sorted = |value: &Value| {
                    let mut codes = value.countries().unwrap_or_default().to_vec();
                    codes.sort_unstable();
                    codes.dedup();
                    codes
                };
                sorted(value) != sorted(&given.value)
            }
            Some(_) => bits(&var.values, given.value.choices().unwrap_or_default()) != fact.bits,
        }
    }

    /// Whether the answer on the certification differs from a high-confidence fact and nothing proves it.
    pub fn contradicts_certified(&self, row: &Row) -> bool {
        let Some(index) = self.model.known.certified else { return false };
        let var = self.model.var(index);
        let fact = row.facts[usize::from(index)].map(|n| &var.facts[usize::from(n)]);
        let proven = self.inquiry.answers.get(&var.id).is_some_and(|given| given.evidence);
        !proven && fact.is_some_and(|fact| fact.confidence == Confidence::High) && self.contradicts(index, row)
    }
}

fn no() -> Vec<crate::domain::id::ChoiceId> {
    crate::domain::id::ChoiceId::try_from("no").into_iter().collect()
}
