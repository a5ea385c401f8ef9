//! Everything that is known beside the catalogue: the questions, the findings and the law.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::country::{Country, Membership};
use super::finding::Finding;
use super::id::{CountryCode, FindingId, InstrumentId, ReferenceId, VariableId};
use super::instrument::Instrument;
use super::later::Later;
use super::question::{Question, Section, Variable};
use super::reference::Reference;
use super::string::Str;

/// One item of the DSK checklist of 2020-11-11 and the questions that cover it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DskItem {
    /// `DSK-01` … `DSK-40`.
    pub item: Str,
    /// Chapter of the guidance.
    pub chapter: Str,
    /// The requirement, in our words.
    pub title: super::text::Text,
    /// Questions that cover it.
    #[serde(default)]
    pub questions: Vec<VariableId>,
    /// Why no question covers it yet.
    #[serde(default)]
    pub later: Option<super::text::Text>,
}

/// Questions, findings and law of one edition of the data.
///
/// Guarantee after the check of the data: no dangling id, no id twice, no cycle among the conditions of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    /// The sections, in the order of the interview.
    pub sections: Vec<Section>,
    /// All countries, by code.
    pub countries: Later<Vec<Country>>,
    /// Membership of EU and EEA. The engine keeps the same list.
    pub memberships: Arc<Vec<Membership>>,
    /// Dated law. The engine keeps the same list.
    pub instruments: Arc<Vec<Instrument>>,
    /// Citations.
    pub references: Later<Vec<Reference>>,
    /// The DSK checklist and what covers it.
    pub dsk: Later<Vec<DskItem>>,
}

impl Bank {
    /// All questions, in bank order, each with its section.
    pub fn questions(&self) -> impl Iterator<Item = (&Section, &Question)> {
        self.sections.iter().flat_map(|section| section.questions.iter().map(move |question| (section, question)))
    }

    /// The question that fills a variable.
    #[must_use]
    pub fn question(&self, id: &VariableId) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.id == *id)
    }

    /// All findings, in bank order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.sections.iter().flat_map(|section| section.findings.iter())
    }

    /// The finding with that id.
    #[must_use]
    pub fn finding(&self, id: &FindingId) -> Option<&Finding> {
        self.findings().find(|finding| finding.id == *id)
    }

    /// The declaration of a variable that no question asks.
    #[must_use]
    pub fn variable(&self, id: &VariableId) -> Option<&Variable> {
        self.sections.iter().flat_map(|section| section.variables.iter()).find(|variable| variable.id == *id)
    }

    /// The country with that code.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// The instrument with that id.
    #[must_use]
    pub fn instrument(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == *id)
    }

    /// The reference with that id.
    #[must_use]
    pub fn reference(&self, id: &ReferenceId) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.id == *id)
    }
}
