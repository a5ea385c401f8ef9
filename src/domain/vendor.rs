//! The catalogue: vendors, their editions, and dated, sourced facts about them.

use serde::{Deserialize, Serialize};

use super::Day;
use super::answer::Value;
use super::finding::Finding;
use super::id::{EditionId, InstrumentId, SourceId, VariableId, VendorId};
use super::later::Later;
use super::question::{Question, Variable};
use super::string::Str;
use super::text::Text;

/// What a tool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToolKind {
    /// Video meetings.
    Meeting,
    /// Text messages.
    Messenger,
    /// Screen sharing and remote access.
    ScreenSharing,
    /// Meetings and messages.
    Both,
}

impl ToolKind {
    /// The id, a value of the variable `tool_kind`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Messenger => "messenger",
            Self::ScreenSharing => "screen_sharing",
            Self::Both => "both",
        }
    }
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// One secondary or indirect source.
    Low,
    /// Own text without a date, or a solid secondary source.
    Medium,
    /// The vendor's or authority's own dated text.
    High,
}

/// The plan in which a tool is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Stable id, unique within the vendor.
    pub id: EditionId,
    /// What a person reads.
    pub name: Text,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Id, unique within the vendor.
    pub id: SourceId,
    /// Title of the page or document.
    pub title: Str,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<Str>,
    /// Date printed on it.
    #[serde(default, with = "crate::domain::day::optional")]
    pub date: Option<Day>,
}

/// A dated, sourced value of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The variable.
    pub variable: VariableId,
    /// Its value. `Unknown` ends an older fact.
    pub value: Value,
    /// Day from which the fact counts; only a suggestion has none.
    #[serde(default, with = "crate::domain::day::optional")]
    pub as_of: Option<Day>,
    /// Where it was found.
    pub source: SourceId,
    /// How sure it is.
    pub confidence: Confidence,
    /// Editions it holds for; empty: all.
    #[serde(default)]
    pub editions: Vec<EditionId>,
    /// For `certified`: the scheme that the listing belongs to.
    #[serde(default)]
    pub scheme: Option<InstrumentId>,
    /// From an undated copy or an indirect source: shown, but counts only once a person confirms it.
    #[serde(default)]
    pub suggestion: bool,
    /// The edition settles the question: it is not put.
    #[serde(default)]
    pub fixed: bool,
    /// A nuance, shown beside the fact.
    #[serde(default)]
    pub note: Option<Text>,
    /// Rows of the research tables that this datum carries.
    #[serde(default)]
    pub rows: Vec<Str>,
}

impl Fact {
    /// Whether the fact speaks about that edition.
    #[must_use]
    pub fn covers(&self, edition: &EditionId) -> bool {
        self.editions.is_empty() || self.editions.contains(edition)
    }
}

/// What an authority said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Judged not usable.
    Red,
    /// Judged usable after repairs.
    Yellow,
    /// Judged usable.
    Green,
    /// Formal warning (Art. 58(2)(a)).
    Warning,
    /// Order or ban (Art. 58(2)).
    Order,
    /// Fine (Art. 83).
    Fine,
    /// Case closed, infringement remedied or none found.
    Closed,
    /// Guidance without a verdict.
    Guidance,
}

impl Outcome {
    /// The id, as part of message ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Warning => "warning",
            Self::Order => "order",
            Self::Fine => "fine",
            Self::Closed => "closed",
            Self::Guidance => "guidance",
        }
    }
}

/// A finding of an authority about a tool. Shown with date and setting; it never decides alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFinding {
    /// Short name of the authority.
    pub authority: Str,
    /// Land or country.
    pub place: Text,
    /// Day of the finding.
    #[serde(with = "crate::domain::day")]
    pub date: Day,
    /// What it said.
    pub outcome: Outcome,
    /// Rests on a contract that is not the standard one.
    #[serde(default)]
    pub special_contract: bool,
    /// What was judged.
    pub scope: Text,
    /// Where it was found.
    pub source: SourceId,
    /// How sure it is.
    pub confidence: Confidence,
    /// Editions it speaks about; empty: all.
    #[serde(default)]
    pub editions: Vec<EditionId>,
    /// Rows of the research tables that this datum carries.
    #[serde(default)]
    pub rows: Vec<Str>,
}

/// What a card entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// Company and contracting entity.
    Company,
    /// Ways to conclude the contract.
    Contract,
    /// Data centres and regions.
    Hosting,
    /// Encryption.
    Encryption,
    /// Recording.
    Recording,
    /// AI functions.
    Ai,
    /// Observation of participants.
    Monitoring,
    /// Use of data and disclosure to authorities.
    Transparency,
    /// Certificates.
    Certificate,
    /// Labels without effect on transfers from the EU.
    Label,
    /// Limits of plans.
    Limit,
    /// Ways of use.
    Use,
    /// History of the product.
    History,
    /// Security incidents.
    Incident,
}

/// An entry of the vendor card that no rule reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardNote {
    /// What it is about.
    pub topic: Topic,
    /// The statement.
    pub text: Text,
    /// Day of the statement; none: undated copy.
    #[serde(default, with = "crate::domain::day::optional")]
    pub as_of: Option<Day>,
    /// Where it was found.
    pub source: SourceId,
    /// How sure it is.
    pub confidence: Confidence,
    /// Editions it speaks about; empty: all.
    #[serde(default)]
    pub editions: Vec<EditionId>,
    /// Rows of the research tables that this datum carries.
    #[serde(default)]
    pub rows: Vec<Str>,
}

/// A row of the source article that carries no datum, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotCarried {
    /// Id of the row.
    pub row: Str,
    /// Why nothing carries it.
    pub reason: Text,
}

/// A catalogue entry.
///
/// Guarantee after the check of the data: every fact names a declared variable, a value of it, an edition and a source
/// of this entry, and no two facts of one variable and day contradict each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// Stable id.
    pub id: VendorId,
    /// Name of the tool.
    pub name: Str,
    /// Other names that people type.
    #[serde(default)]
    pub aliases: Vec<Str>,
    /// What it is for.
    pub kind: ToolKind,
    /// One line for the picker.
    pub summary: Text,
    /// The entry that took its place.
    #[serde(default)]
    pub successor: Option<VendorId>,
    /// Its plans, at least one.
    pub editions: Vec<Edition>,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// Dated values of variables.
    pub facts: Vec<Fact>,
    /// What authorities said.
    #[serde(default)]
    pub authority_findings: Vec<AuthorityFinding>,
    /// Everything else for the vendor card.
    #[serde(default)]
    pub notes: Later<Vec<CardNote>>,
    /// Rows of the source article without a datum.
    #[serde(default)]
    pub not_carried: Vec<NotCarried>,
    /// Variables of the follow-up questions.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Follow-up questions. They never keep a verdict open.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Findings of the follow-up questions.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

impl Vendor {
    /// The source with that id.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }
}
