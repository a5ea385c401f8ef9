//! Countries and their membership of EU and EEA by date.

use serde::{Deserialize, Serialize};

use super::Day;
use super::id::{CountryCode, InstrumentId};
use super::instrument::Basis;
use super::string::Str;
use super::text::Text;

/// A country or territory with an ISO 3166-1 code of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// Common short name.
    pub name: Text,
    /// What else people type to find it, in any language.
    #[serde(default)]
    pub also: Vec<Str>,
}

/// Why a country is no third country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MembershipKind {
    /// Member of the European Union.
    Eu,
    /// Member of the EEA outside the EU (Norway, Iceland, Liechtenstein).
    Eea,
    /// No member, but treated as one (the UK's transition and bridge, territories of members).
    Treated,
}

/// A period in which a country is inside the EEA for the purposes of Chapter V GDPR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The country.
    pub country: CountryCode,
    /// Why it counts.
    pub kind: MembershipKind,
    /// First day.
    #[serde(with = "crate::domain::day")]
    pub from: Day,
    /// Last day; none: open.
    #[serde(default, with = "crate::domain::day::optional")]
    pub until: Option<Day>,
    /// The instrument that says so, where there is one of its own.
    #[serde(default)]
    pub instrument: Option<InstrumentId>,
    /// What a person should know about it.
    #[serde(default)]
    pub note: Option<Text>,
    /// Where it was found.
    pub source: Str,
    /// How sure it is.
    pub confidence: Basis,
}
