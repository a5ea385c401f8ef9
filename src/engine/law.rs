//! What the law says about a country on a day.

use crate::domain::Day;
use crate::domain::bank::Bank;
use crate::domain::country::Membership;
use crate::domain::id::{CountryCode, InstrumentId};
use crate::domain::instrument::{Instrument, InstrumentKind};

/// How a transfer to a country stands under Chapter V GDPR. The order is that of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransferClass {
    /// Inside the EEA, or treated so: no transfer.
    None,
    /// An adequacy decision covers the country.
    Adequate,
    /// An adequacy decision covers listed organisations only.
    CertifiedOnly,
    /// Art. 46 safeguards are needed.
    Safeguards,
}

impl TransferClass {
    /// All classes, mildest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Adequate, Self::CertifiedOnly, Self::Safeguards];

    /// The value of the variable `transfer`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Adequate => "adequate",
            Self::CertifiedOnly => "certified_only",
            Self::Safeguards => "safeguards",
        }
    }

    /// Bit in the cells of country variables and of `transfer`.
    pub(super) const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// The class of a country on a day, and the law that puts it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling<'b> {
    /// The class.
    pub class: TransferClass,
    /// The instrument that carries it, where one does.
    pub instrument: Option<&'b Instrument>,
    /// The instrument covers only some recipients in the country.
    pub limited: bool,
}

/// Memberships and instruments: the part of the bank that rulings need.
#[derive(Clone, Copy, Debug)]
pub struct Law<'b> {
    /// Membership of EU and EEA.
    pub memberships: &'b [Membership],
    /// Dated law.
    pub instruments: &'b [Instrument],
}

impl<'b> From<&'b Bank> for Law<'b> {
    fn from(bank: &'b Bank) -> Self {
        Self { memberships: &bank.memberships, instruments: &bank.instruments }
    }
}

impl<'b> Law<'b> {
    /// The instrument with that id.
    #[must_use]
    pub fn instrument(self, id: &str) -> Option<&'b Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == *id)
    }

    /// Whether one may rely on the instrument on `day`; unknown ids are in force never.
    #[must_use]
    pub fn in_force(self, id: &str, day: Day, without: &[InstrumentId]) -> bool {
        self.instrument(id).is_some_and(|found| found.in_force(day)) && !without.iter().any(|gone| *gone == *id)
    }

    /// How a transfer to `country` stands on `day`, as if the instruments in `without` were not in force.
    #[must_use]
    pub fn ruling(self, country: CountryCode, day: Day, without: &[InstrumentId]) -> Ruling<'b> {
        let memberships = self.memberships.iter().filter(|one| one.country == country);
        let instruments = self.instruments.iter().filter(|one| one.countries.contains(&country));
        self.rule(memberships, &instruments, day, without)
    }

    /// The same, given the memberships of the country and the instruments that name it.
    pub(super) fn rule(
        self,
        mut memberships: impl Iterator<Item = &'b Membership>,
        instruments: &(impl Iterator<Item = &'b Instrument> + Clone),
        day: Day,
        without: &[InstrumentId],
    ) -> Ruling<'b> {
        let membership = memberships.find(|membership| {
            membership.from <= day
                && membership.until.is_none_or(|until| day <= until)
                && membership.instrument.as_ref().is_none_or(|id| !without.contains(id))
        });
        if let Some(membership) = membership {
            let instrument = membership.instrument.as_ref().and_then(|id| self.instrument(id.as_str()));
            return Ruling { class: TransferClass::None, instrument, limited: false };
        }
        let in_force = |kind: InstrumentKind| {
            instruments.clone().find(|instrument| {
                instrument.kind == kind && instrument.in_force(day) && !without.contains(&instrument.id)
            })
        };
        if let Some(instrument) = in_force(InstrumentKind::Adequacy) {
            let limited = instrument.limited;
            return Ruling { class: TransferClass::Adequate, instrument: Some(instrument), limited };
        }
        match in_force(InstrumentKind::Scheme) {
            Some(instrument) => {
                Ruling { class: TransferClass::CertifiedOnly, instrument: Some(instrument), limited: false }
            }
            None => Ruling { class: TransferClass::Safeguards, instrument: None, limited: false },
        }
    }

    /// The certification scheme in force on `day` (Safe Harbor, Privacy Shield, Data Privacy Framework), if any.
    #[must_use]
    pub fn scheme(self, day: Day, without: &[InstrumentId]) -> Option<&'b Instrument> {
        self.instruments.iter().find(|instrument| {
            instrument.kind == InstrumentKind::Scheme && instrument.in_force(day) && !without.contains(&instrument.id)
        })
    }
}
