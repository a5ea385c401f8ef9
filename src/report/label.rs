//! Words for variables, values, days and references, as a person reads them.

use std::collections::BTreeSet;

use crate::domain::Day;
use crate::domain::answer::{Jurisdiction, Value};
use crate::domain::bank::Bank;
use crate::domain::finding::Finding;
use crate::domain::id::{ChoiceId, FindingId, ReferenceId, VariableId};
use crate::domain::reference::Reference;
use crate::domain::text::Language;
use crate::domain::vendor::Vendor;
use crate::i18n::Words;
use crate::knowledge::Entry;
use crate::sanitise::sanitise;

/// First day on which the GDPR applies.
const GDPR: Day = jiff::civil::date(2018, 5, 25);

/// Longest list that is written out; a value of a damaged or foreign file may hold any number.
const MOST: usize = 40;

/// Each value once, and only a part where they are many.
fn listed<T: Ord>(values: &[T], between: &str, word: impl Fn(&T) -> String) -> String {
    let mut seen = BTreeSet::new();
    let distinct: Vec<&T> = values.iter().filter(|value| seen.insert(*value)).collect();
    let mut words: Vec<String> = distinct.iter().take(MOST).map(|value| word(value)).collect();
    if distinct.len() > MOST {
        words.push(format!("… (+{})", distinct.len() - MOST));
    }
    words.join(between)
}

/// Looks words up in the bank and the catalogue entry.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// The bank.
    pub bank: &'a Bank,
    /// The names of all tools.
    pub catalogue: &'a [Entry],
    /// The tool; none: not in the catalogue.
    pub vendor: Option<&'a Vendor>,
    /// The language.
    pub language: Language,
}

impl<'a> Labels<'a> {
    /// A finding of the bank or of the tool.
    #[must_use]
    pub fn finding(&self, id: &FindingId) -> Option<&'a Finding> {
        let own = self.vendor.and_then(|vendor| vendor.findings.iter().find(|finding| finding.id == *id));
        self.bank.finding(id).or(own)
    }

    /// What a variable is called.
    #[must_use]
    pub fn variable(&self, id: &VariableId) -> String {
        if let Some(question) = self.question(id) {
            return question.label.as_ref().unwrap_or(&question.text).get(self.language).to_owned();
        }
        if let Some(variable) = self.bank.variable(id).or_else(|| self.own(id)) {
            return variable.text.get(self.language).to_owned();
        }
        let instrument = id
            .as_str()
            .strip_prefix("law.")
            .and_then(|name| self.bank.instruments.iter().find(|instrument| instrument.id == *name));
        instrument.map_or_else(|| id.to_string(), |found| found.title.get(self.language).to_owned())
    }

    fn own(&self, id: &VariableId) -> Option<&crate::domain::question::Variable> {
        self.vendor?.variables.iter().find(|variable| variable.id == *id)
    }

    /// A question of the bank or of the tool.
    #[must_use]
    pub fn question(&self, id: &VariableId) -> Option<&'a crate::domain::question::Question> {
        let own = self.vendor.and_then(|vendor| vendor.questions.iter().find(|question| question.id == *id));
        self.bank.question(id).or(own)
    }

    /// What a value of a variable is called. Foreign text is made harmless.
    #[must_use]
    pub fn value(&self, id: &VariableId, value: &Value) -> String {
        match value {
            Value::Unknown => "?".to_owned(),
            Value::Text(text) => sanitise(text).into_owned(),
            Value::Country(_) | Value::Countries(_) => self.countries(value),
            Value::Choice(choice) => self.choice(id, choice),
            Value::Choices(choices) => listed(choices, "; ", |choice| self.choice(id, choice)),
        }
    }

    fn countries(&self, value: &Value) -> String {
        let codes = value.countries().unwrap_or_default();
        let name = |code: &crate::domain::id::CountryCode| {
            let country = self.bank.country(*code);
            country.map_or_else(|| code.to_string(), |country| country.name.get(self.language).to_owned())
        };
        if codes.is_empty() {
            return Words::new(self.language).get("ui-countries-none");
        }
        listed(codes, ", ", name)
    }

    fn choice(&self, id: &VariableId, choice: &ChoiceId) -> String {
        if *id == "edition" {
            let editions = self.vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
            let found = editions.iter().find(|edition| edition.id == *choice.as_str());
            return found.map_or_else(|| choice.to_string(), |found| found.name.get(self.language).to_owned());
        }
        if let Some(question) = self.question(id) {
            let found = question.kind.choices().iter().find(|one| one.id == *choice);
            return found.map_or_else(|| choice.to_string(), |found| found.text.get(self.language).to_owned());
        }
        let declared = self.bank.variable(id).or_else(|| self.own(id));
        let found = declared.and_then(|variable| variable.values.iter().find(|value| value.id == *choice));
        match (found, choice.as_str(), self.language) {
            (Some(found), _, _) => found.text.get(self.language).to_owned(),
            (None, "yes", Language::De) => "ja".to_owned(),
            (None, "no", Language::De) => "nein".to_owned(),
            _ => choice.to_string(),
        }
    }

    /// The references that hold in that country on that day, each once; all of them where none does.
    #[must_use]
    pub fn references(&self, ids: &[ReferenceId], jurisdiction: Jurisdiction, day: Day) -> Vec<&'a Reference> {
        let mut found: Vec<&Reference> = Vec::new();
        for reference in ids.iter().filter_map(|id| self.reference(id, jurisdiction)) {
            if !found.iter().any(|other| other.id == reference.id) {
                found.push(reference);
            }
        }
        let holds = |reference: &&Reference| {
            let here = reference.jurisdiction.is_none_or(|country| country == jurisdiction);
            let begun = reference.from.is_none_or(|from| from <= day) || reference.before_gdpr.is_some();
            here && begun && reference.until.is_none_or(|until| day <= until)
        };
        let holding: Vec<&Reference> = found.iter().copied().filter(|reference| holds(reference)).collect();
        if holding.is_empty() { found } else { holding }
    }

    /// The citations of the references that hold in that country on that day.
    #[must_use]
    pub fn citations(&self, ids: &[ReferenceId], jurisdiction: Jurisdiction, day: Day) -> Vec<String> {
        let all = self.references(ids, jurisdiction, day);
        all.into_iter().map(|reference| self.citation(reference, day)).collect()
    }

    /// A reference as it is cited in that country.
    fn reference(&self, id: &ReferenceId, jurisdiction: Jurisdiction) -> Option<&'a Reference> {
        let reference = self.bank.reference(id)?;
        let other = reference.equivalents.iter().find(|other| other.jurisdiction == jurisdiction);
        other.and_then(|other| self.bank.reference(&other.reference)).or(Some(reference))
    }

    /// The citation of a reference: before 2018-05-25 that of Directive 95/46/EC.
    #[must_use]
    pub fn citation(&self, reference: &Reference, day: Day) -> String {
        let citation = match &reference.before_gdpr {
            Some(before) if day < GDPR => before,
            _ => &reference.citation,
        };
        citation.get(self.language).to_owned()
    }
}
