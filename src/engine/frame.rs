//! Everything of an inquiry but its answers: mode, day and law, and what an answer or a fact means under them.

use super::derive::Derived;
use super::expr::{Cell, Index};
use super::inquiry::{Given, Inquiry};
use super::law::TransferClass;
use super::model::{Asked, CompiledChoice, CompiledFact, Model, Safeguard, Source, bits};
use crate::domain::Day;
use crate::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use crate::domain::id::{CountryCode, InstrumentId};
use crate::domain::instrument::Instrument;

/// Bit of a country variable that nobody filled.
pub const NO_COUNTRY: u64 = 1 << 4;
/// A safeguard that carries a transfer.
pub const VALID: u64 = 1;
/// Volatile law that was last verified more than this many days ago has to be checked again.
pub const LAW_AGES_AFTER: i32 = 180;

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

/// A cell, and whether it names countries of which an adequacy decision covers some recipients only.
pub type Ground = (Cell, bool);

/// Everything of an inquiry but its answers.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The model.
    pub model: &'a Model,
    /// Which questions are asked.
    pub mode: Mode,
    /// The day for which law and facts are taken.
    pub day: Day,
    /// Which interview-only questions count.
    pub scope: Scope,
    /// Certification scheme in force.
    pub scheme: Option<&'a Instrument>,
    /// What each safeguard that can be named is worth on the day, by position: a value of `safeguard`.
    pub worth: Vec<u64>,
    /// Instruments that count as not in force.
    without: Vec<InstrumentId>,
    organisation: Organisation,
    jurisdiction: Jurisdiction,
    answered: Day,
    /// Whether the answers speak of the certification scheme that is in force on the day.
    same_scheme: bool,
}

impl<'a> Frame<'a> {
    /// The frame of an inquiry.
    pub fn new(model: &'a Model, inquiry: &Inquiry) -> Self {
        let mut frame = Self {
            model,
            mode: inquiry.mode,
            day: inquiry.day,
            scope: Scope::Own,
            scheme: None,
            worth: Vec::new(),
            without: inquiry.without.clone(),
            organisation: inquiry.organisation,
            jurisdiction: inquiry.jurisdiction,
            answered: inquiry.answered,
            same_scheme: false,
        };
        frame.look_up();
        frame
    }

    /// Treats one more instrument as not in force.
    pub fn switch_off(&mut self, instrument: &InstrumentId) {
        self.without.push(instrument.clone());
        self.look_up();
    }

    fn look_up(&mut self) {
        let law = self.model.law();
        self.scheme = law.scheme(self.day, &self.without);
        let own = if self.answered == self.day && self.without.is_empty() {
            self.scheme
        } else {
            law.scheme(self.answered, &[])
        };
        self.same_scheme = matches!((own, self.scheme), (Some(own), Some(current)) if own.id == current.id);
        self.worth = self.model.known.safeguards.iter().map(|one| self.worth_of(one)).collect();
    }

    /// What a safeguard is worth on the day. Clauses of a generation not yet in force count as none.
    fn worth_of(&self, safeguard: &Safeguard) -> u64 {
        const EXPIRED: u64 = 2;
        const NONE: u64 = 4;
        let law = &self.model.known.law;
        match safeguard {
            Safeguard::AdHoc => VALID,
            Safeguard::Named(name) if !self.without.iter().any(|gone| *gone == *name.as_str()) => VALID,
            Safeguard::Clauses2021 if self.in_force(law.clauses_2021) => VALID,
            Safeguard::Clauses2010 if self.in_force(law.clauses_2010) || self.in_force(law.legacy) => VALID,
            Safeguard::Clauses2010 => {
                let begun = law.clauses_2010.and_then(|n| self.model.instruments[n].from);
                if begun.is_some_and(|from| from <= self.day) { EXPIRED } else { NONE }
            }
            _ => NONE,
        }
    }

    /// Whether one may rely on an instrument.
    pub fn in_force(&self, instrument: Option<usize>) -> bool {
        let instrument = instrument.map(|n| &self.model.instruments[n]);
        instrument.is_some_and(|one| one.in_force(self.day) && !self.without.contains(&one.id))
    }

    /// Whether volatile law was not checked for too long.
    pub fn law_is_old(&self, instrument: &Instrument) -> bool {
        let until = || instrument.last_verified.checked_add(jiff::ToSpan::days(LAW_AGES_AFTER));
        instrument.is_volatile(self.day) && until().is_ok_and(|until| until < self.day)
    }

    /// Whether a fact was not checked for too long. What an edition is does not age; what a vendor does, does.
    pub fn fact_is_old(&self, fact: &CompiledFact) -> bool {
        !fact.fixed && fact.fresh_until.is_some_and(|until| until < self.day)
    }

    /// What a person said about a variable.
    pub fn hear(&self, index: Index, given: Option<&Given>) -> (Said, Option<Ground>) {
        let Some(given) = given else { return (Said::Nothing, None) };
        let Source::Question(asked) = &self.model.var(index).source else { return (Said::Parked, None) };
        if self.mode == Mode::SelfAssessment && !asked.modes.contains(&Mode::SelfAssessment) {
            return (Said::Parked, None);
        }
        match self.understand(index, asked, &given.value) {
            Some(heard) => (Said::Value, Some(heard)),
            None => (Said::DontKnow, None),
        }
    }

    fn understand(&self, index: Index, asked: &Asked, value: &Value) -> Option<Ground> {
        let var = self.model.var(index);
        if asked.text {
            return matches!(value, Value::Text(text) if !text.trim().is_empty()).then_some((Cell::one_of(1), false));
        }
        if var.countries {
            return value.countries().map(|countries| self.class_of(countries));
        }
        if Some(index) == self.model.known.certified && !self.same_scheme {
            return None;
        }
        let named = value.choices()?;
        let known = bits(&var.values, named);
        let in_mode = |(n, choice): (usize, &CompiledChoice)| {
            known & (1 << n.min(62)) == 0 || choice.modes.is_empty() || choice.modes.contains(&self.mode)
        };
        let fits_mode = asked.always.is_some() || asked.choices.iter().enumerate().all(in_mode);
        if known == 0 || !fits_mode || (!var.several && known.count_ones() != 1) {
            return None;
        }
        Some((if var.several { Cell::set(known) } else { Cell::one_of(known) }, false))
    }

    /// The strictest class of some countries; no country at all is no transfer.
    fn class_of(&self, countries: &[CountryCode]) -> Ground {
        let rulings = countries.iter().map(|code| self.model.ruling(*code, self.day, &self.without));
        let mut strictest = TransferClass::None;
        let mut limited = false;
        for ruling in rulings {
            strictest = strictest.max(ruling.class);
            limited |= ruling.limited;
        }
        (Cell::one_of(strictest.bit()), limited)
    }

    /// The instrument that carries transfers to a country.
    pub fn carrier(&self, country: CountryCode) -> Option<&'a Instrument> {
        self.model.ruling(country, self.day, &self.without).instrument
    }

    /// The newest fact that counts for an edition on the day; it may say that the value is unknown.
    pub fn fact(&self, index: Index, edition: usize) -> Option<u16> {
        let scheme = self.scheme.map(|scheme| &scheme.id);
        let bit = 1_u64 << edition.min(62);
        let found = self.model.var(index).facts.iter().position(|fact| {
            fact.as_of <= self.day
                && fact.editions & bit != 0
                && (fact.scheme.is_none() || fact.scheme.as_ref() == scheme)
        })?;
        u16::try_from(found).ok()
    }

    /// What is known of a variable in an edition before any condition is looked at.
    pub fn base(&self, index: Index, heard: Option<Ground>, fact: Option<&CompiledFact>, edition: usize) -> Ground {
        let var = self.model.var(index);
        let fact = fact.filter(|fact| fact.value.is_some());
        match &var.source {
            Source::Question(asked) => {
                if Some(index) == self.model.known.edition {
                    return (self.edition_cell(heard), false);
                }
                if Some(index) == self.model.known.certified && self.scheme.is_none() {
                    return (Cell::one_of(self.model.known.not_listed), false);
                }
                // What the edition itself is, nobody is asked: an answer to it is parked.
                let heard = heard.filter(|_| !fact.is_some_and(|fact| fact.fixed));
                heard.unwrap_or_else(|| match fact {
                    Some(fact) => self.fact_cell(index, fact),
                    None => (self.open(index, asked), false),
                })
            }
            Source::Catalogue => fact.map_or((Cell::off(var.several), false), |fact| self.fact_cell(index, fact)),
            Source::Derived(derived) => (self.constant(*derived, edition), false),
            Source::Law(_, instrument) => (Cell::yes_no(self.in_force(*instrument)), false),
            Source::Evidence(_) => (Cell::yes_no(false), false),
            Source::NotBefore(day) => (Cell::yes_no(*day <= self.day), false),
        }
    }

    fn edition_cell(&self, heard: Option<Ground>) -> Cell {
        match (self.model.editions.len(), heard) {
            (0, _) => Cell::off(false),
            (_, Some((cell, _))) => cell,
            (count, None) => Cell::one_of(u64::MAX >> (64 - count.min(62))),
        }
    }

    fn fact_cell(&self, index: Index, fact: &CompiledFact) -> Ground {
        let var = self.model.var(index);
        match &fact.value {
            Some(value) if var.countries => self.class_of(value.countries().unwrap_or_default()),
            _ if var.several => (Cell::set(fact.bits), false),
            _ => (Cell::one_of(fact.bits), false),
        }
    }

    /// What a question can be that nobody answered and no fact settles.
    pub fn open(&self, index: Index, asked: &Asked) -> Cell {
        let var = self.model.var(index);
        if let Some(default) = asked.default {
            return if var.several { Cell::set(default) } else { Cell::one_of(default) };
        }
        let interview_only = self.mode == Mode::SelfAssessment && !asked.modes.contains(&Mode::SelfAssessment);
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
        let mode = if interview_only { Mode::Interview } else { self.mode };
        let offered = asked.offered(self.day, mode);
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
        match derived {
            Derived::Mode => position(self.mode.id()),
            Derived::Catalogued => Cell::yes_no(self.model.tool_kind.is_some()),
            Derived::ToolKind => self.model.tool_kind.map_or(Cell::off(false), |kind| position(kind.id())),
            Derived::Organisation => position(self.organisation.id()),
            Derived::Jurisdiction => position(self.jurisdiction.id()),
            Derived::AuthorityFindings => {
                let bit = 1_u64 << edition.min(62);
                let days = &self.model.authority_days;
                Cell::yes_no(days.iter().any(|(day, editions)| *day <= self.day && editions & bit != 0))
            }
            _ => Cell::off(false),
        }
    }
}
