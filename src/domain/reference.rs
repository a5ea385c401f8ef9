//! Citations that questions and findings point to.

use serde::{Deserialize, Serialize};

use super::Day;
use super::answer::Jurisdiction;
use super::id::ReferenceId;
use super::string::Str;
use super::text::Text;

/// The norm that takes the place of another one in a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// The country.
    pub jurisdiction: Jurisdiction,
    /// The norm to cite there.
    pub reference: ReferenceId,
}

/// A legal citation with words of explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Stable id.
    pub id: ReferenceId,
    /// As lawyers cite it.
    pub citation: Text,
    /// What it is about.
    pub title: Text,
    /// One or two plain sentences.
    pub explanation: Text,
    /// Where it can be read.
    pub url: Str,
    /// Country whose law it is; none: EU law.
    #[serde(default)]
    pub jurisdiction: Option<Jurisdiction>,
    /// Norms that take its place elsewhere.
    #[serde(default)]
    pub equivalents: Vec<Equivalent>,
    /// First day on which it exists.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day on which it exists.
    #[serde(default)]
    pub until: Option<Day>,
    /// Citation before 2018-05-25 (Directive 95/46/EC).
    #[serde(default)]
    pub before_gdpr: Option<Text>,
}
