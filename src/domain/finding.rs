//! Findings: the rules that fire.

use serde::{Deserialize, Serialize};

use super::answer::Jurisdiction;
use super::condition::Condition;
use super::id::{ChoiceId, FindingId, ReferenceId, VariableId};
use super::text::Text;

/// How much a finding weighs. The order is that of severity: `Good < Advice < Yellow < Red`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// A point in favour.
    Good,
    /// No colour.
    Advice,
    /// A condition to fulfil.
    Yellow,
    /// A stop.
    Red,
}

impl Level {
    /// The name in the JSON output.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Advice => "advice",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// Whether the level colours the verdict.
    #[must_use]
    pub const fn colours(self) -> bool {
        matches!(self, Self::Yellow | Self::Red)
    }
}

/// When a condition has to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Timing {
    /// Before the tool is used.
    BeforeUse,
    /// The tool may be used meanwhile.
    Deadline {
        /// Proposed time from the day of the verdict.
        weeks: u8,
    },
}

/// The field of law that a finding belongs to; teams react differently to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingKind {
    /// Data protection law.
    Gdpr,
    /// Criminal law (§ 201, § 203 StGB).
    Criminal,
    /// Co-determination of the works council.
    CoDetermination,
    /// Contract or licence.
    Contract,
    /// No duty.
    Recommendation,
}

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Responsible {
    /// The team itself.
    Team,
    /// The IT department.
    It,
    /// Purchasing or whoever signs contracts.
    Purchasing,
    /// The data protection officer.
    Dpo,
    /// The management.
    Management,
}

/// A change that a team can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// The question whose answer changes.
    pub variable: VariableId,
    /// The answer after the change.
    pub to: ChoiceId,
    /// 1 = minutes … 5 = months.
    pub effort: u8,
    /// Condition under which the change is open at all.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// Texts that differ in another country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The country.
    pub jurisdiction: Jurisdiction,
    /// Replaces the reason.
    #[serde(default)]
    pub reason: Option<Text>,
    /// Replaces the action.
    #[serde(default)]
    pub action: Option<Text>,
    /// Replaces the consequence.
    #[serde(default)]
    pub consequence: Option<Text>,
}

/// A rule: when it holds, the finding fires with its level, its reason and what to do.
///
/// Either `level` and `when`, or `levels` (first match wins); the check of the data refuses both and neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Stable id.
    pub id: FindingId,
    /// The one level.
    #[serde(default)]
    pub level: Option<Level>,
    /// The one condition.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Several levels, the first that matches counts.
    #[serde(default)]
    pub levels: Vec<(Level, Condition)>,
    /// Roles to which the finding applies; empty: the host alone.
    #[serde(default)]
    pub roles: Vec<ChoiceId>,
    /// When the condition has to be met; only coloured findings have one.
    #[serde(default)]
    pub timing: Option<Timing>,
    /// Field of law.
    pub kind: FindingKind,
    /// What a team can change.
    #[serde(default)]
    pub levers: Vec<Lever>,
    /// Headline.
    pub title: Text,
    /// Why.
    pub reason: Text,
    /// What to do.
    pub action: Text,
    /// What can happen; every finding that can be red has one.
    #[serde(default)]
    pub consequence: Option<Text>,
    /// The controller may bear what remains as a residual risk. Consent, co-determination and criminal law are not theirs
    /// to waive, so most findings cannot be borne.
    #[serde(default)]
    pub bearable: bool,
    /// Who has to act.
    #[serde(default)]
    pub responsible: Option<Responsible>,
    /// Legal references, at least one.
    pub references: Vec<ReferenceId>,
    /// Texts that differ in another country.
    #[serde(default)]
    pub variants: Vec<Variant>,
}

impl Finding {
    /// The levels with their conditions, first match wins.
    pub fn rungs(&self) -> impl Iterator<Item = (Level, &Condition)> {
        let single = match (self.level, &self.when) {
            (Some(level), Some(when)) => Some((level, when)),
            _ => None,
        };
        single.into_iter().chain(self.levels.iter().map(|(level, when)| (*level, when)))
    }

    /// The highest level that the finding can have.
    #[must_use]
    pub fn highest(&self) -> Option<Level> {
        self.rungs().map(|(level, _)| level).max()
    }

    fn variant(&self, jurisdiction: Jurisdiction) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.jurisdiction == jurisdiction)
    }

    /// The reason as it reads in that country.
    #[must_use]
    pub fn reason_in(&self, jurisdiction: Jurisdiction) -> &Text {
        self.variant(jurisdiction).and_then(|variant| variant.reason.as_ref()).unwrap_or(&self.reason)
    }

    /// The action as it reads in that country.
    #[must_use]
    pub fn action_in(&self, jurisdiction: Jurisdiction) -> &Text {
        self.variant(jurisdiction).and_then(|variant| variant.action.as_ref()).unwrap_or(&self.action)
    }

    /// The consequence as it reads in that country.
    #[must_use]
    pub fn consequence_in(&self, jurisdiction: Jurisdiction) -> Option<&Text> {
        self.variant(jurisdiction).and_then(|variant| variant.consequence.as_ref()).or(self.consequence.as_ref())
    }
}
