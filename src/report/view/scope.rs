//! What the verdict covers, and the sources that it rests on.

use super::Viewed;
use crate::engine::Origin;

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
