//! A finding in words.

use super::{FindingView, Viewed};
use crate::domain::condition::Truth;
use crate::domain::finding::{Finding, FindingKind, Level, Responsible, Timing};
use crate::domain::id::{FindingId, VariableId};
use crate::domain::text::Text;
use crate::engine::{Fired, Origin};
use crate::report::authority::{by_day, line};

impl Viewed<'_> {
    pub(super) fn finding(&self, fired: &Fired) -> Option<FindingView> {
        let finding = self.labels.finding(&fired.id)?;
        let country = self.session.subject.jurisdiction;
        let fill = |text: &Text| vec![self.fill(text, &fired.because)];
        let mut parts = vec![
            (self.words.get("ui-reason"), fill(finding.reason_in(country))),
            (self.words.get("ui-action"), fill(finding.action_in(country))),
        ];
        if let Some(consequence) = finding.consequence_in(country).filter(|_| fired.level == Level::Red) {
            parts.push((self.words.get("ui-consequence"), fill(consequence)));
        }
        // Authorities that disagree stand side by side.
        if finding.reason.de.contains("{authorities}")
            && let Some(vendor) = self.labels.vendor
        {
            let said = by_day(vendor, self.session.edition(Some(vendor)).as_ref(), self.day());
            let lines = said.into_iter().map(|found| line(self.words, found)).collect();
            parts.push((self.words.get("ui-card-authorities"), lines));
        }
        let cited = self.labels.citations(&finding.references, country, self.day());
        parts.push((self.words.get("ui-references"), vec![cited.join(" · ")]));
        let because: Vec<String> = fired.because.iter().map(|entry| self.proof(entry)).collect();
        if !because.is_empty() {
            parts.push((self.words.get("ui-because"), because));
        }
        let before_use = matches!(finding.timing, Some(Timing::BeforeUse));
        Some(FindingView {
            id: fired.id.clone(),
            level: fired.level,
            possible: fired.truth == Truth::Unknown,
            title: self.fill(&finding.title, &fired.because),
            step: first_sentence(&self.fill(finding.action_in(country), &fired.because)).to_owned(),
            tag: self.tag(finding, fired),
            parts,
            before_use,
            condition: self.condition(&fired.id),
            departure: self.departure(&fired.id),
        })
    }

    /// The questions without an answer on which it depends whether a finding holds.
    pub(in crate::report) fn waiting_for(&self, id: &FindingId) -> impl Iterator<Item = &VariableId> {
        let fired = self.assessment.findings.iter().filter(move |fired| fired.id == *id);
        let because = fired.flat_map(|fired| &fired.because);
        because.filter(|entry| matches!(entry.origin, Origin::Open)).map(|entry| &entry.variable)
    }

    pub(super) fn tag(&self, finding: &Finding, fired: &Fired) -> String {
        let kind = match finding.kind {
            FindingKind::Gdpr => self.words.get("ui-kind-gdpr"),
            FindingKind::Criminal => self.words.get("ui-kind-criminal"),
            FindingKind::CoDetermination => self.words.get("ui-kind-codetermination"),
            FindingKind::Contract => self.words.get("ui-kind-contract"),
            FindingKind::Recommendation => self.words.get("ui-kind-recommendation"),
        };
        let when = match finding.timing.filter(|_| fired.level.colours()) {
            Some(Timing::BeforeUse) => Some(self.words.get("ui-before-use")),
            Some(Timing::Deadline { weeks }) => Some(self.words.with("ui-until", &[("day", &self.due(weeks))])),
            None => None,
        };
        let who = finding.responsible.filter(|_| fired.level.colours()).map(|who| {
            self.words.get(match who {
                Responsible::Team => "ui-who-team",
                Responsible::It => "ui-who-it",
                Responsible::Purchasing => "ui-who-purchasing",
                Responsible::Dpo => "ui-who-dpo",
                Responsible::Management => "ui-who-management",
            })
        });
        let maybe = (fired.truth == Truth::Unknown).then(|| self.words.get("ui-maybe"));
        [Some(kind), when, who, maybe].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// The first sentence of a text. A full stop behind an abbreviation or before a small letter ends none.
fn first_sentence(text: &str) -> &str {
    const SHORT: [&str; 14] =
        ["Art", "Abs", "Nr", "Buchst", "S", "B", "bzw", "ggf", "usw", "etc", "No", "Co", "Inc", "lit"];
    for (at, _) in text.match_indices(". ") {
        let before = text[..at].rsplit([' ', '(']).next().unwrap_or_default();
        let after = text[at + 2..].chars().next();
        if !SHORT.contains(&before) && after.is_some_and(char::is_uppercase) {
            return &text[..=at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn abbreviations_end_no_sentence() {
        let text = "Schließen Sie den Vertrag nach Art. 28 Abs. 3 DSGVO. Heben Sie ihn auf.";
        assert_eq!(first_sentence(text), "Schließen Sie den Vertrag nach Art. 28 Abs. 3 DSGVO.");
        assert_eq!(first_sentence("Soweit das geht. Den Rest nicht."), "Soweit das geht.");
        assert_eq!(first_sentence("Kein Punkt am Ende"), "Kein Punkt am Ende");
    }
}
