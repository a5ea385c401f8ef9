//! What authorities said about a tool, side by side: day, authority, place, outcome, scope, and under which law.

use crate::domain::Day;
use crate::domain::id::EditionId;
use crate::domain::vendor::{AuthorityFinding, Vendor};
use crate::i18n::Words;

/// First day of the EU-US Data Privacy Framework; what authorities said before rests on other law.
const DPF: Day = jiff::civil::date(2023, 7, 10);

/// A finding on one line.
#[must_use]
pub fn line(words: &Words, found: &AuthorityFinding) -> String {
    let language = words.language();
    let marks = [(found.date < DPF, "ui-card-before-dpf"), (found.special_contract, "ui-card-special")];
    let marks: Vec<String> = marks.iter().filter(|(on, _)| *on).map(|(_, id)| words.get(id)).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    format!(
        "{} · {}, {}: {} – {}{marks}",
        words.day(found.date),
        found.authority,
        found.place.get(language),
        words.get(&format!("ui-outcome-{}", found.outcome.id())),
        found.scope.get(language)
    )
}

/// What had been said by a day about an edition, the latest first.
#[must_use]
pub fn by_day<'v>(vendor: &'v Vendor, edition: Option<&EditionId>, day: Day) -> Vec<&'v AuthorityFinding> {
    let concerned = |found: &&AuthorityFinding| {
        found.editions.is_empty() || edition.is_none_or(|edition| found.editions.contains(edition))
    };
    let known = vendor.authority_findings.iter().filter(|found| found.date <= day);
    let mut found: Vec<&AuthorityFinding> = known.filter(concerned).collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.date));
    found
}
