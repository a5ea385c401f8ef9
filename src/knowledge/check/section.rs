//! Variables and questions of a section or of a vendor's follow-ups.

use std::collections::BTreeSet;

use super::place::{Place, Report};
use super::scope::{Scope, Space};
use super::{condition, finding, limit};
use crate::domain::id::{ChoiceId, ReferenceId};
use crate::domain::question::{About, Choice, Kind, Question, Section, Variable, VariableKind};
use crate::domain::vendor::Vendor;
use crate::engine::derive::Derived;
use crate::knowledge::limits::CHOICES;
use crate::knowledge::suggest::suggest;

/// Checks a section; entries that a later file replaces are left out.
pub(super) fn check(scope: &Scope<'_>, section: &Section, place: Place<'_>, report: &mut Report) {
    rules(scope, None, &section.variables, &section.questions, place, report);
    for (n, one) in section.findings.iter().enumerate() {
        let place = place.entry("findings", n);
        if scope.is_current(Space::Finding, None, one.id.as_str(), place) {
            finding::check(scope, None, one, place, report);
        }
    }
}

/// Checks variables and questions.
pub(super) fn rules<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    variables: &[Variable],
    questions: &[Question],
    place: Place<'_>,
    report: &mut Report,
) {
    for (n, one) in variables.iter().enumerate() {
        let place = place.entry("variables", n);
        if scope.is_current(Space::Variable, vendor, one.id.as_str(), place) {
            variable(one, place, report);
        }
    }
    for (n, one) in questions.iter().enumerate() {
        let place = place.entry("questions", n);
        if scope.is_current(Space::Variable, vendor, one.id.as_str(), place) {
            question(scope, vendor, one, place, report);
        }
    }
}

fn variable(variable: &Variable, place: Place<'_>, report: &mut Report) {
    let id = &variable.id;
    match variable.kind {
        VariableKind::Values if variable.values.is_empty() => {
            report.add(place.field("id"), &format!("variable `{id}` has no values"));
        }
        VariableKind::Countries if !variable.values.is_empty() => {
            report.add(
                place.field("values"),
                &format!("variable `{id}` holds countries and cannot have values of its own"),
            );
        }
        _ => {}
    }
    limit::list(variable.values.len(), CHOICES, &format!("`values` of `{id}`"), |n| place.entry("values", n), report);
    let ids = variable.values.iter().map(|value| &value.id);
    twice(ids, id.as_str(), |n| place.entry("values", n).field("id"), report);
}

fn question<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    question: &Question,
    place: Place<'_>,
    report: &mut Report,
) {
    let id = question.id.as_str();
    if question.modes.is_empty() {
        report.add(place.field("modes"), &format!("question `{id}` is asked in no mode"));
    }
    choices(question, place, report);
    if let Some(default) = &question.default {
        let known: Vec<&str> = question.kind.choices().iter().map(|choice| choice.id.as_str()).collect();
        if !known.contains(&default.as_str()) {
            condition::unknown_value(id, default.as_str(), &known, place.field("default"), report);
        }
    }
    if question.may_be_empty && question.kind != Kind::Countries {
        report.add(
            place.field("may_be_empty"),
            &format!("question `{id}` asks for no countries, so its answer cannot be empty"),
        );
    }
    assumptions(scope, vendor, question, place.field("assumed"), report);
    if question.further && is_computed_from(id) {
        report.add(place.field("further"), &format!("question `{id}` cannot be `further`: other variables rest on it"));
    }
    roles(scope, &question.roles, place.field("roles"), report);
    if let Some(when) = &question.when {
        condition::check(scope, vendor, when, place.field("when"), report);
    }
    references(scope, &question.references, place.field("references"), report);
    let checklist = scope.ids(Space::Dsk, None);
    for (n, item) in question.dsk.iter().enumerate() {
        if !checklist.is_empty() && !checklist.contains(&&**item) {
            let hint = suggest(item, checklist.iter().copied());
            report.hinted(place.entry("dsk", n), &format!("there is no item `{item}` in the DSK checklist"), hint);
        }
    }
}

/// What a comparison may assume: a choice that a person could give, about the tool.
fn assumptions<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    question: &Question,
    place: Place<'_>,
    report: &mut Report,
) {
    let id = question.id.as_str();
    if !question.assumed.is_empty() && question.about != About::Tool {
        let message = format!("nothing is assumed about the team: its answer to `{id}` is kept");
        report.hinted(place, &message, Some("say `about: Tool`".to_owned()));
    }
    let Kind::Choice(choices) = &question.kind else {
        if !question.assumed.is_empty() {
            report.add(place, &format!("question `{id}` has no single choice that could be assumed"));
        }
        return;
    };
    let known: Vec<&str> = choices.iter().filter(|choice| !choice.fact_only).map(|choice| choice.id.as_str()).collect();
    for (n, (choice, when)) in question.assumed.iter().enumerate() {
        if !known.contains(&choice.as_str()) {
            condition::unknown_value(id, choice.as_str(), &known, place.item(n).item(0), report);
        }
        condition::check(scope, vendor, when, place.item(n).item(1), report);
    }
}

/// Whether the engine computes something from the answer: left out, it would look like a good one.
fn is_computed_from(id: &str) -> bool {
    matches!(id, "role" | "edition") || Derived::ALL.iter().any(|one| one.inputs().contains(&id))
}

fn choices(question: &Question, place: Place<'_>, report: &mut Report) {
    let id = question.id.as_str();
    let list = place.field("kind").item(0);
    let (Kind::Choice(choices) | Kind::Choices(choices)) = &question.kind else { return };
    if choices.is_empty() && id != "edition" {
        report.add(place.field("kind"), &format!("question `{id}` offers no choice"));
    }
    if !choices.is_empty() && id == "edition" {
        report.add(list, "the choices of `edition` are the editions of the catalogue entry");
    }
    limit::list(choices.len(), CHOICES, &format!("the list of choices of `{id}`"), |n| list.item(n), report);
    twice(choices.iter().map(|choice| &choice.id), id, |n| list.item(n).field("id"), report);
    for (n, choice) in choices.iter().enumerate() {
        period(choice, list.item(n), report);
    }
}

fn period(choice: &Choice, place: Place<'_>, report: &mut Report) {
    if let (Some(from), Some(until)) = (choice.from, choice.until)
        && from > until
    {
        report.add(place.field("until"), &format!("choice `{}` ends before it begins", choice.id));
    }
}

fn twice<'i, 'p>(
    ids: impl Iterator<Item = &'i ChoiceId>,
    owner: &str,
    place: impl Fn(usize) -> Place<'p>,
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for (n, id) in ids.enumerate() {
        if !seen.insert(id) {
            report.add(place(n), &format!("choice `{id}` of `{owner}` is defined twice"));
        }
    }
}

/// Roles are choices of the question `role`.
pub(super) fn roles(scope: &Scope<'_>, roles: &[ChoiceId], place: Place<'_>, report: &mut Report) {
    let Some(super::scope::Holds::Values { ids, .. }) = scope.holds(None, "role") else { return };
    for (n, role) in roles.iter().enumerate() {
        if !ids.contains(&role.as_str()) {
            condition::unknown_value("role", role.as_str(), &ids, place.item(n), report);
        }
    }
}

/// References have to exist.
pub(super) fn references(scope: &Scope<'_>, references: &[ReferenceId], place: Place<'_>, report: &mut Report) {
    for (n, reference) in references.iter().enumerate() {
        if !scope.knows(Space::Reference, None, reference.as_str()) {
            let hint = suggest(reference.as_str(), scope.ids(Space::Reference, None));
            report.hinted(place.item(n), &format!("there is no reference `{reference}`"), hint);
        }
    }
}
