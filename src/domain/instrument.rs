//! Dated law: adequacy decisions, standard clauses, statutes, judgments.

use serde::{Deserialize, Serialize};

use super::Day;
use super::id::{CountryCode, InstrumentId};
use super::string::Str;
use super::text::Text;

/// What a legal statement rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The cited page itself was read.
    V,
    /// The cited page is the official one, but the statement rests on other sources.
    S,
    /// General knowledge, not verified.
    U,
}

/// What an instrument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InstrumentKind {
    /// An adequacy decision: transfers to the countries need nothing else.
    Adequacy,
    /// An adequacy decision that covers only listed organisations.
    Scheme,
    /// Covers exports from Switzerland only; carries no transfer from the EU.
    SwissOnly,
    /// A transfer tool of Art. 46.
    TransferTool,
    /// A contract template inside the EEA.
    ContractTemplate,
    /// A statute.
    Statute,
    /// A judgment.
    CaseLaw,
    /// Guidance of an authority.
    Guidance,
    /// Proposed or pending.
    Pending,
    /// An event in US law.
    UsEvent,
    /// Criminal law.
    Criminal,
    /// A duty of the AI Act.
    AiAct,
    /// An enforcement decision.
    Enforcement,
    /// Membership of EU or EEA.
    Membership,
    /// A derogation of Art. 49.
    Derogation,
}

/// Since when, and why, an instrument may fall soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volatility {
    /// First day on which it counts as volatile.
    #[serde(with = "crate::domain::day")]
    pub from: Day,
    /// Why.
    pub reason: Text,
}

/// A dated legal basis. Outside its dates it is no law, and the engine never answers with "the latest".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Stable id.
    pub id: InstrumentId,
    /// Short name on the command line and in the JSON output; none: the id with hyphens.
    #[serde(default)]
    pub short: Option<Str>,
    /// What it is.
    pub kind: InstrumentKind,
    /// Name.
    pub title: Text,
    /// First day on which one may rely on it; none: not in force (yet).
    #[serde(default, with = "crate::domain::day::optional")]
    pub from: Option<Day>,
    /// Last day on which one may rely on it; none: open.
    #[serde(default, with = "crate::domain::day::optional")]
    pub until: Option<Day>,
    /// Countries that it covers.
    #[serde(default)]
    pub countries: Vec<CountryCode>,
    /// What it covers, in words.
    pub scope: Text,
    /// Covers only some recipients of the country.
    #[serde(default)]
    pub limited: bool,
    /// Legal citation.
    pub citation: Text,
    /// Where it can be read.
    pub url: Str,
    /// What the dates rest on.
    pub confidence: Basis,
    /// Day on which the record was last checked.
    #[serde(with = "crate::domain::day")]
    pub last_verified: Day,
    /// Since when it may fall soon.
    #[serde(default)]
    pub volatile: Option<Volatility>,
    /// What ended it.
    #[serde(default)]
    pub ended_by: Option<Text>,
}

impl Instrument {
    /// The short name (`dpf`, `privacy-shield`).
    #[must_use]
    pub fn name(&self) -> String {
        self.short.as_ref().map_or_else(|| self.id.as_str().replace('_', "-"), ToString::to_string)
    }

    /// Whether one may rely on it on that day.
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        self.from.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it counts as volatile on that day.
    #[must_use]
    pub fn is_volatile(&self, day: Day) -> bool {
        self.volatile.as_ref().is_some_and(|volatile| volatile.from <= day)
    }
}
