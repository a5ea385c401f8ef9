//! Catalogue entries: facts, what authorities said, and everything else on the card.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Place, Report};
use super::scope::{Entry, Holds, Scope, Space};
use super::{condition, finding, law, limit, section};
use crate::domain::answer::Value;
use crate::domain::id::{EditionId, SourceId};
use crate::domain::instrument::InstrumentKind;
use crate::domain::vendor::{Fact, Vendor};
use crate::knowledge::limits::EDITIONS;
use crate::knowledge::suggest::suggest;

/// Longest summary that the picker shows whole.
const SUMMARY: usize = 60;

/// Checks a catalogue entry.
pub(super) fn check<'a>(scope: &Scope<'a>, vendor: &'a Vendor, place: Place<'_>, report: &mut Report) {
    head(scope, vendor, place, report);
    for (n, fact) in vendor.facts.iter().enumerate() {
        check_fact(scope, vendor, fact, place.entry("facts", n), report);
    }
    same_day(vendor, place, report);
    for (n, one) in vendor.authority_findings.iter().enumerate() {
        let place = place.entry("authority_findings", n);
        origin(vendor, &one.source, &one.editions, place, report);
    }
    for (n, note) in vendor.notes.iter().enumerate() {
        origin(vendor, &note.source, &note.editions, place.entry("notes", n), report);
    }
    section::rules(scope, Some(vendor), &vendor.variables, &vendor.questions, place, report);
    for (n, one) in vendor.findings.iter().enumerate() {
        finding::check(scope, Some(vendor), one, place.entry("findings", n), report);
    }
}

fn head(scope: &Scope<'_>, vendor: &Vendor, place: Place<'_>, report: &mut Report) {
    if vendor.id == "other" {
        report.add(place.field("id"), "the id `other` is reserved for a tool that the catalogue does not know");
    }
    if let Some(successor) = &vendor.successor
        && !scope.knows(Space::Vendor, None, successor.as_str())
    {
        let hint = suggest(successor.as_str(), scope.ids(Space::Vendor, None));
        report.hinted(place.field("successor"), &format!("there is no vendor `{successor}`"), hint);
    }
    for (text, language) in [(&vendor.summary.de, "de"), (&vendor.summary.en, "en")] {
        let length = text.chars().count();
        if length > SUMMARY {
            let message = format!("the summary has {length} characters; the picker shows {SUMMARY}");
            report.add(place.field("summary").field(language), &message);
        }
    }
    if vendor.editions.is_empty() {
        report.add(place.field("editions"), &format!("vendor `{}` has no edition", vendor.id));
    }
    let what = format!("`editions` of vendor `{}`", vendor.id);
    limit::list(vendor.editions.len(), EDITIONS, &what, |n| place.entry("editions", n), report);
    let editions: Vec<&str> = vendor.editions.iter().map(|edition| edition.id.as_str()).collect();
    let sources: Vec<&str> = vendor.sources.iter().map(|source| source.id.as_str()).collect();
    for (list, word, ids) in [("editions", "edition", editions), ("sources", "source", sources)] {
        let mut seen = BTreeSet::new();
        for (n, id) in ids.iter().enumerate() {
            if !seen.insert(id) {
                report.add(place.entry(list, n).field("id"), &format!("{word} `{id}` is defined twice"));
            }
        }
    }
}

/// Source and editions have to be those of the entry.
fn origin(vendor: &Vendor, source: &SourceId, editions: &[EditionId], place: Place<'_>, report: &mut Report) {
    if vendor.source(source).is_none() {
        let hint = suggest(source.as_str(), vendor.sources.iter().map(|one| one.id.as_str()));
        report.hinted(place.field("source"), &format!("vendor `{}` has no source `{source}`", vendor.id), hint);
    }
    for (n, edition) in editions.iter().enumerate() {
        if !vendor.editions.iter().any(|one| one.id == *edition) {
            let hint = suggest(edition.as_str(), vendor.editions.iter().map(|one| one.id.as_str()));
            let place = place.entry("editions", n);
            report.hinted(place, &format!("vendor `{}` has no edition `{edition}`", vendor.id), hint);
        }
    }
}

fn check_fact<'a>(scope: &Scope<'a>, vendor: &'a Vendor, fact: &Fact, place: Place<'_>, report: &mut Report) {
    let id = fact.variable.as_str();
    origin(vendor, &fact.source, &fact.editions, place, report);
    if fact.as_of.is_none() && !fact.suggestion {
        let hint = Some("give the day of the source, or say `suggestion: true`".to_owned());
        report.hinted(place.field("variable"), &format!("the fact about `{id}` has no `as_of`"), hint);
    }
    scheme(scope, fact, place, report);
    let entry = scope.get(Space::Variable, Some(vendor), id).map(|defined| defined.entry);
    let no_facts = match entry {
        Some(Entry::Variable(variable)) => variable.derived,
        _ => matches!(id, "edition" | "role"),
    };
    if no_facts {
        report.add(place.field("variable"), &format!("the catalogue can state no fact about `{id}`"));
        return;
    }
    if fact.fixed && !matches!(entry, Some(Entry::Question(_)) | None) {
        report.add(place.field("fixed"), &format!("no question asks `{id}`, so nothing is there to settle"));
    }
    match scope.holds(Some(vendor), id) {
        Some(holds) => value(scope, id, &holds, &fact.value, place.field("value"), report),
        None if scope.is_unread(id) => {}
        None => condition::unknown_variable(scope, Some(vendor), id, place.field("variable"), report),
    }
}

fn scheme(scope: &Scope<'_>, fact: &Fact, place: Place<'_>, report: &mut Report) {
    match (&fact.scheme, fact.variable == "certified") {
        (None, true) => {
            report.add(place.field("variable"), "the fact about `certified` does not say of which `scheme`");
        }
        (Some(_), false) => report.add(place.field("scheme"), "only a fact about `certified` belongs to a scheme"),
        (Some(id), true) => match scope.get(Space::Instrument, None, id.as_str()).map(|defined| defined.entry) {
            Some(Entry::Instrument(instrument)) if instrument.kind == InstrumentKind::Scheme => {}
            Some(_) => report.add(place.field("scheme"), &format!("instrument `{id}` is no certification scheme")),
            None => law::known_instrument(scope, id, place.field("scheme"), report),
        },
        (None, false) => {}
    }
}

fn value(scope: &Scope<'_>, id: &str, holds: &Holds<'_>, value: &Value, place: Place<'_>, report: &mut Report) {
    match (holds, value) {
        (_, Value::Unknown) | (Holds::Text, Value::Text(_)) => {}
        (Holds::Values { ids, multiple: false }, Value::Choice(choice)) => {
            if !ids.contains(&choice.as_str()) {
                condition::unknown_value(id, choice.as_str(), ids, place.item(0), report);
            }
        }
        (Holds::Values { ids, multiple: true }, Value::Choices(choices)) => {
            for (n, choice) in choices.iter().enumerate() {
                if !ids.contains(&choice.as_str()) {
                    condition::unknown_value(id, choice.as_str(), ids, place.item(0).item(n), report);
                }
            }
        }
        (Holds::Countries, Value::Country(code)) => law::known_country(scope, *code, place.item(0), report),
        (Holds::Countries, Value::Countries(codes)) => {
            for (n, code) in codes.iter().enumerate() {
                law::known_country(scope, *code, place.item(0).item(n), report);
            }
        }
        _ => {
            let wanted = match holds {
                Holds::Values { multiple: false, .. } => "Choice(\"…\")",
                Holds::Values { multiple: true, .. } => "Choices([\"…\"])",
                Holds::Countries => "Countries([\"…\"])",
                Holds::Text => "Text(\"…\")",
            };
            report.hinted(
                place,
                &format!("`{id}` cannot hold a value of this kind"),
                Some(format!("write `{wanted}` or `Unknown`")),
            );
        }
    }
}

/// Two facts of one day about one variable leave open which of them counts.
fn same_day(vendor: &Vendor, place: Place<'_>, report: &mut Report) {
    let mut earlier: BTreeMap<_, Vec<&Fact>> = BTreeMap::new();
    for (n, fact) in vendor.facts.iter().enumerate() {
        let rivals = earlier.entry((&fact.variable, fact.as_of, &fact.scheme, fact.suggestion)).or_default();
        let clash = rivals.iter().any(|rival| overlap(&rival.editions, &fact.editions));
        rivals.push(fact);
        if clash {
            let day = fact.as_of.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let message = format!("a second fact about `{}` of {day} for the same edition", fact.variable);
            report.add(place.entry("facts", n).field("variable"), &message);
        }
    }
}

/// Whether two facts are equally specific for some edition.
fn overlap(a: &[EditionId], b: &[EditionId]) -> bool {
    (a.is_empty() && b.is_empty()) || a.iter().any(|edition| b.contains(edition))
}
