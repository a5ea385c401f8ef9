//! A picture (light, coloured findings, basis of the transfer) in words and as JSON: what timeline, comparison and stress
//! test share.

use serde_json::{Value as Json, json};

use super::label::Labels;
use crate::domain::bank::Bank;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{ChoiceId, FindingId, InstrumentId, VariableId};
use crate::domain::verdict::Verdict;
use crate::engine::{Basis, Coloured, Picture};
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::Session;

/// The sign of a verdict.
#[must_use]
pub const fn sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Green => '✓',
        Verdict::Yellow => '!',
        Verdict::Red => '✗',
        Verdict::Open => '?',
    }
}

/// Words of bank, catalogue and program.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// Words of bank and catalogue.
    pub labels: Labels<'a>,
    /// Words of the program.
    pub words: &'a Words,
}

impl Wording<'_> {
    /// The sign with the word, and what is still possible.
    #[must_use]
    pub fn verdict(&self, picture: &Picture) -> String {
        let light = |light: crate::domain::verdict::Light| self.words.get(&format!("ui-light-{}", light.id()));
        if picture.verdict == Verdict::Open {
            let (best, worst) = (light(picture.best), light(picture.worst));
            return self.words.with("ui-time-open-range", &[("best", &best), ("worst", &worst)]);
        }
        light(picture.best)
    }

    /// The headline of a finding.
    #[must_use]
    pub fn title(&self, id: &FindingId) -> String {
        let own = self.labels.vendor.and_then(|vendor| vendor.findings.iter().find(|finding| finding.id == *id));
        let finding = self.labels.bank.finding(id).or(own);
        finding.map_or_else(|| id.to_string(), |finding| sanitise(finding.title.get(self.labels.language)).into_owned())
    }

    /// A finding with its sign; one that may fire says so.
    #[must_use]
    pub fn finding(&self, id: &FindingId, level: Level, truth: Truth) -> String {
        let sign = if level == Level::Red { '✗' } else { '!' };
        let maybe = if truth == Truth::Unknown { format!(" ({})", self.words.get("ui-maybe")) } else { String::new() };
        format!("{sign} {}{maybe}", self.title(id))
    }

    /// The coloured findings, gravest first, certain before possible.
    #[must_use]
    pub fn findings(&self, picture: &Picture) -> Vec<String> {
        let mut findings: Vec<&Coloured> = picture.findings.iter().collect();
        findings.sort_by_key(|one| (std::cmp::Reverse(one.level), std::cmp::Reverse(one.truth)));
        findings.iter().map(|one| self.finding(&one.id, one.level, one.truth)).collect()
    }

    /// What the transfer rests on.
    #[must_use]
    pub fn transfer(&self, basis: &Basis) -> String {
        let class = basis.class.and_then(|class| {
            let variable = VariableId::try_from("transfer").ok()?;
            let value = crate::domain::answer::Value::Choice(ChoiceId::try_from(class.id()).ok()?);
            Some(self.labels.value(&variable, &value))
        });
        let class = class.unwrap_or_else(|| self.words.get("ui-time-transfer-open"));
        let names: Vec<String> = basis.instruments.iter().map(|id| self.instrument(id)).collect();
        if names.is_empty() { class } else { format!("{class} ({})", names.join(", ")) }
    }

    /// The title of an instrument.
    #[must_use]
    pub fn instrument(&self, id: &InstrumentId) -> String {
        let found = self.labels.bank.instrument(id);
        found.map_or_else(|| id.to_string(), |found| sanitise(found.title.get(self.labels.language)).into_owned())
    }

    /// Tool, edition and team of a session, in one line.
    #[must_use]
    pub fn head(&self, session: &Session) -> String {
        let mut head = match (self.labels.vendor, session.tool_name()) {
            (Some(vendor), _) => vendor.name.to_string(),
            (None, Some(name)) => name.to_owned(),
            (None, None) => self.words.get("ui-other-tool"),
        };
        if let (Some(answer), Ok(id)) = (session.answers.get("edition"), VariableId::try_from("edition")) {
            head = format!("{head} ({})", self.labels.value(&id, &answer.value));
        }
        for part in [&session.subject.title, &session.subject.team] {
            if !part.is_empty() {
                head = format!("{head} · {part}");
            }
        }
        sanitise(&head).into_owned()
    }
}

/// The findings of a picture as JSON.
#[must_use]
pub fn findings_json(picture: &Picture) -> Vec<Json> {
    let one = |one: &Coloured| json!({"id": one.id.as_str(), "level": one.level.id(), "truth": truth_id(one.truth)});
    picture.findings.iter().map(one).collect()
}

/// `yes` or `unknown`.
#[must_use]
pub const fn truth_id(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::Unknown => "unknown",
        Truth::No => "no",
    }
}

/// The basis of a transfer as JSON; instruments by their short names.
#[must_use]
pub fn basis_json(bank: &Bank, basis: &Basis) -> Json {
    let names: Vec<String> = basis.instruments.iter().map(|id| instrument_name(bank, id)).collect();
    json!({"class": basis.class.map(crate::engine::law::TransferClass::id), "instruments": names})
}

/// The short name of an instrument.
#[must_use]
pub fn instrument_name(bank: &Bank, id: &InstrumentId) -> String {
    bank.instrument(id).map_or_else(|| id.to_string(), crate::domain::instrument::Instrument::name)
}
