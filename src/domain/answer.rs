//! What a person answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id::{ChoiceId, CountryCode};

/// The value of an answer or of a catalogue fact.
///
/// Which of the variants fits is a matter of the variable's kind; a value of another kind counts as [`Value::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// One of the choices.
    Choice(ChoiceId),
    /// Several of the choices.
    Choices(Vec<ChoiceId>),
    /// One country; the same as `Countries` with one entry.
    Country(CountryCode),
    /// Several countries, by ISO 3166-1 alpha-2 code.
    Countries(Vec<CountryCode>),
    /// Free text.
    Text(String),
    /// "I don't know". As an answer it falls through to the catalogue; as a fact it ends an older fact.
    Unknown,
}

/// Each entry once, in the order in which they stand first.
fn once<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut seen = BTreeSet::new();
    list.iter().filter(|one| seen.insert(*one)).cloned().collect()
}

impl Value {
    /// The same value with each country or choice once: a file may repeat one a hundred thousand times.
    #[must_use]
    pub fn distinct(&self) -> Self {
        match self {
            Self::Countries(codes) => Self::Countries(once(codes)),
            Self::Choices(choices) => Self::Choices(once(choices)),
            other => other.clone(),
        }
    }

    /// The countries, where this value names any.
    #[must_use]
    pub fn countries(&self) -> Option<&[CountryCode]> {
        match self {
            Self::Country(code) => Some(std::slice::from_ref(code)),
            Self::Countries(codes) => Some(codes),
            _ => None,
        }
    }

    /// The choices, where this value names any.
    #[must_use]
    pub fn choices(&self) -> Option<&[ChoiceId]> {
        match self {
            Self::Choice(choice) => Some(std::slice::from_ref(choice)),
            Self::Choices(choices) => Some(choices),
            _ => None,
        }
    }
}

/// Which questions are asked, and in which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mode {
    /// An employee checks a tool alone; the result is provisional.
    #[serde(rename = "Self")]
    SelfAssessment,
    /// A data protection officer interviews a team.
    Interview,
}

impl Mode {
    /// The name in files, commands and the JSON output.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SelfAssessment => "self",
            Self::Interview => "interview",
        }
    }
}

/// The kind of body that is responsible. It decides which statements are in scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Organisation {
    /// A company.
    #[default]
    Company,
    /// A public body.
    PublicBody,
    /// A church body: KDG or DSG-EKD instead of the GDPR.
    Church,
    /// A holder of professional secrets (§ 203 StGB).
    SecrecyHolder,
    /// An association.
    Association,
}

impl Organisation {
    /// All kinds, in the order in which a person is offered them.
    pub const ALL: [Self; 5] = [Self::Company, Self::PublicBody, Self::Church, Self::SecrecyHolder, Self::Association];

    /// The value of the variable `organisation`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::PublicBody => "public_body",
            Self::Church => "church",
            Self::SecrecyHolder => "secrecy_holder",
            Self::Association => "association",
        }
    }
}

/// The country whose law beside the GDPR is cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Jurisdiction {
    /// Germany.
    #[default]
    #[serde(rename = "DE")]
    De,
    /// Austria.
    #[serde(rename = "AT")]
    At,
    /// Switzerland: out of scope, the program checks under the GDPR.
    #[serde(rename = "CH")]
    Ch,
    /// Another country of the EEA.
    OtherEea,
}

impl Jurisdiction {
    /// All countries, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::De, Self::At, Self::Ch, Self::OtherEea];

    /// The value of the variable `jurisdiction`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::At => "at",
            Self::Ch => "ch",
            Self::OtherEea => "other_eea",
        }
    }
}
