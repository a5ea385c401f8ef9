//! What the verdict covers, and the sources that it rests on.

use super::Viewed;
use crate::domain::answer::Value;
use crate::engine::law::Law;
use crate::engine::resolve::usable_fact;
use crate::engine::{Origin, Standing, flow};
use crate::sanitise::sanitise;

impl Viewed<'_> {
    pub(super) fn scope(&self) -> Vec<String> {
        let mut lines = vec![self.words.get("ui-scope")];
        let volatile =
            self.labels.bank.instruments.iter().filter(|one| one.volatile.is_some()).map(|one| one.last_verified).min();
        lines.extend(volatile.map(|day| self.words.with("ui-law-state", &[("day", &self.words.day(day))])));
        let facts =
            self.assessment.findings.iter().flat_map(|fired| &fired.because).filter_map(|entry| match &entry.origin {
                Origin::Fact { as_of, .. } => *as_of,
                _ => None,
            });
        lines.extend(facts.min().map(|day| self.words.with("ui-oldest", &[("day", &self.words.day(day))])));
        lines
    }

    /// What was assessed: tool, subject, mode, day, session.
    pub(in crate::report) fn heading(&self) -> Vec<String> {
        let subject = &self.session.subject;
        let fields = [
            ("ui-header-controller", &subject.controller),
            ("ui-header-team", &subject.team),
            ("ui-purpose", &subject.purpose),
        ];
        let mode = self.words.get(&format!("ui-mode-{}", self.session.mode.id()));
        let day = self.words.with("ui-as-of", &[("day", &self.words.day(self.day()))]);
        let mut lines = vec![format!("{} · {mode} · {day} · {}", self.tool(), self.session.id)];
        for (label, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
            lines.push(format!("{}: {}", self.words.get(label), sanitise(text)));
        }
        lines
    }

    /// What the catalogue says where the person did not know.
    pub(super) fn instead_of_answers(&self) -> Vec<String> {
        let unknown = self.session.answers.iter().filter(|(_, answer)| answer.value == Value::Unknown);
        let steps = flow(self.model, self.inquiry).steps;
        unknown
            .filter(|(id, _)| steps.iter().any(|step| step.question == **id && step.standing == Standing::Fact))
            .filter_map(|(id, _)| {
                let vendor = self.labels.vendor?;
                let scheme = Law::from(self.labels.bank).scheme(self.day(), &[]).map(|scheme| scheme.id.clone());
                let edition = self.session.edition(Some(vendor));
                let fact = usable_fact(vendor, id, edition.as_ref(), self.day(), scheme.as_ref())?;
                let day = fact.as_of.map(|day| self.words.day(day)).unwrap_or_default();
                let value = self.labels.value(id, &fact.value);
                let name = self.labels.variable(id);
                Some(self.words.with("ui-instead", &[("name", &name), ("value", &value), ("day", &day)]))
            })
            .collect()
    }

    pub(super) fn sources(&self) -> Vec<(String, Vec<String>)> {
        let mut facts: Vec<String> = Vec::new();
        let mut law: Vec<String> = Vec::new();
        let country = self.session.subject.jurisdiction;
        for fired in &self.assessment.findings {
            for entry in &fired.because {
                let line = self.proof(entry);
                if matches!(entry.origin, Origin::Fact { .. }) && !facts.contains(&line) {
                    facts.push(line);
                }
            }
            let references =
                self.labels.finding(&fired.id).map(|finding| finding.references.as_slice()).unwrap_or_default();
            for reference in self.labels.references(references, country, self.day()) {
                let citation = self.labels.citation(reference, self.day());
                let explanation = reference.explanation.get(self.words.language());
                let line = format!("{citation}: {explanation} {}", reference.url);
                if !law.contains(&line) {
                    law.push(line);
                }
            }
        }
        vec![(self.words.get("ui-sources-facts"), facts), (self.words.get("ui-sources-law"), law)]
    }
}
