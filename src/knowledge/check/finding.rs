//! Findings.

use super::place::{Place, Report};
use super::scope::{Entry, Scope, Space};
use super::{condition, limit, section};
use crate::domain::finding::{Finding, Level, Lever};
use crate::domain::vendor::Vendor;
use crate::knowledge::limits::LEVELS;
use crate::knowledge::suggest::suggest;

/// Checks a finding of the bank or of a vendor.
pub(super) fn check<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    finding: &Finding,
    place: Place<'_>,
    report: &mut Report,
) {
    levels(finding, place, report);
    size(finding, place, report);
    weight(finding, place, report);
    if let Some(when) = &finding.when {
        condition::check(scope, vendor, when, place.field("when"), report);
    }
    for (n, (_, when)) in finding.levels.iter().enumerate() {
        condition::check(scope, vendor, when, place.entry("levels", n).item(1), report);
    }
    for (n, one) in finding.levers.iter().enumerate() {
        lever(scope, vendor, one, place.entry("levers", n), report);
    }
    section::roles(scope, &finding.roles, place.field("roles"), report);
    section::references(scope, &finding.references, place.field("references"), report);
    let mut seen = Vec::new();
    for (n, variant) in finding.variants.iter().enumerate() {
        if seen.contains(&variant.jurisdiction) {
            let place = place.entry("variants", n).field("jurisdiction");
            report.add(place, &format!("finding `{}` has two variants for one jurisdiction", finding.id));
        }
        seen.push(variant.jurisdiction);
    }
}

/// Either `level` with `when`, or `levels`.
fn levels(finding: &Finding, place: Place<'_>, report: &mut Report) {
    let id = &finding.id;
    match (finding.level.is_some(), finding.when.is_some(), !finding.levels.is_empty()) {
        (true, true, false) | (false, false, true) => {}
        (_, _, true) => {
            report.add(
                place.field("levels"),
                &format!("finding `{id}` has both `levels` and a `level` or `when` of its own"),
            );
        }
        (true, false, false) => report.add(place.field("level"), &format!("finding `{id}` has a level but no `when`")),
        (false, true, false) => report.add(place.field("when"), &format!("finding `{id}` has a `when` but no `level`")),
        (false, false, false) => report.add(place.field("id"), &format!("finding `{id}` has no level")),
    }
}

/// No more than the engine is made for.
fn size(finding: &Finding, place: Place<'_>, report: &mut Report) {
    let what = format!("finding `{}`", finding.id);
    limit::list(finding.levels.len(), LEVELS, &format!("`levels` of {what}"), |n| place.entry("levels", n), report);
    let mut atoms = 0;
    for (_, when) in finding.rungs() {
        when.atoms(&mut |_, _| atoms += 1);
    }
    limit::comparisons(atoms, &what, place.field("id"), report);
}

/// What a level asks for beside the texts.
fn weight(finding: &Finding, place: Place<'_>, report: &mut Report) {
    let id = &finding.id;
    let Some(highest) = finding.highest() else { return };
    if highest == Level::Red && finding.consequence.is_none() {
        report.add(place.field("id"), &format!("finding `{id}` can be red but says no `consequence`"));
    }
    match (highest.colours(), finding.timing.is_some()) {
        (true, false) => {
            report.add(place.field("id"), &format!("finding `{id}` colours the verdict but has no `timing`"));
        }
        (false, true) => {
            report.add(place.field("timing"), &format!("finding `{id}` has a `timing` but never colours the verdict"));
        }
        _ => {}
    }
    if finding.references.is_empty() {
        report.add(place.field("references"), &format!("finding `{id}` names no legal reference"));
    }
}

fn lever<'a>(scope: &Scope<'a>, vendor: Option<&'a Vendor>, lever: &Lever, place: Place<'_>, report: &mut Report) {
    let id = lever.variable.as_str();
    if !(1..=5).contains(&lever.effort) {
        report.add(place.field("effort"), "the effort of a lever goes from 1 (minutes) to 5 (months)");
    }
    if let Some(when) = &lever.when {
        condition::check(scope, vendor, when, place.field("when"), report);
    }
    let question = match scope.get(Space::Variable, vendor, id).map(|defined| defined.entry) {
        Some(Entry::Question(question)) => question,
        Some(_) => {
            report.add(place.field("variable"), &format!("no lever can move `{id}`: no question asks it"));
            return;
        }
        None => {
            if !scope.is_unread(id) {
                let hint = suggest(id, scope.question_ids(vendor));
                report.hinted(place.field("variable"), &format!("there is no question `{id}`"), hint);
            }
            return;
        }
    };
    let known: Vec<&str> = match scope.holds(vendor, id) {
        Some(super::scope::Holds::Values { ids, .. }) => ids,
        _ => Vec::new(),
    };
    let to = lever.to.as_str();
    let maybe = id == "edition" && scope.is_unread(to);
    if !(maybe || known.contains(&to)) {
        condition::unknown_value(id, to, &known, place.field("to"), report);
    } else if question.kind.choices().iter().any(|choice| choice.id == to && choice.fact_only) {
        report.add(place.field("to"), &format!("no lever can lead to `{to}`: only the catalogue may say it"));
    }
}
