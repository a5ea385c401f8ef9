//! Conditions: do the variables exist, and can they have these values?

use super::limit;
use super::place::{Place, Report};
use super::scope::{Entry, Holds, Scope, Space};
use crate::domain::Day;
use crate::domain::condition::Condition;
use crate::domain::id::{ChoiceId, VariableId};
use crate::domain::vendor::Vendor;
use crate::knowledge::suggest::suggest;

const YES_NO: [&str; 2] = ["yes", "no"];

/// Checks the size and every atom of a condition.
pub(super) fn check<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    condition: &Condition,
    place: Place<'_>,
    report: &mut Report,
) {
    limit::condition(condition, "the condition", place, report);
    parts(scope, vendor, condition, place, report);
}

fn parts<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    condition: &Condition,
    place: Place<'_>,
    report: &mut Report,
) {
    match condition {
        Condition::Is(variable, values) => atom(scope, vendor, variable, values, place, report),
        Condition::All(list) | Condition::Any(list) => {
            for (n, part) in list.iter().enumerate() {
                parts(scope, vendor, part, place.item(0).item(n), report);
            }
        }
        Condition::Not(part) => parts(scope, vendor, part, place.item(0), report),
    }
}

fn atom<'a>(
    scope: &Scope<'a>,
    vendor: Option<&'a Vendor>,
    variable: &VariableId,
    values: &[ChoiceId],
    place: Place<'_>,
    report: &mut Report,
) {
    if values.is_empty() {
        report.add(place.item(1), &format!("the condition on `{variable}` names no value, so it can never hold"));
    }
    let id = variable.as_str();
    if let Some((family, rest)) = id.split_once('.').filter(|(family, _)| matches!(*family, "law" | "evidence" | "day"))
    {
        if member(scope, vendor, family, rest, place.item(0), report) {
            value_list(scope, variable, values, &YES_NO, place, report);
        }
        return;
    }
    match scope.holds(vendor, id) {
        None if scope.is_unread(id) => {}
        None => unknown_variable(scope, vendor, id, place.item(0), report),
        Some(Holds::Values { ids, .. }) => value_list(scope, variable, values, &ids, place, report),
        Some(Holds::Countries | Holds::Text) => {
            let hint = match id {
                "hosting_country" | "access_countries" => Some("ask `transfer` or `hosting_known`"),
                "parent_country" | "operator_country" => Some("ask `parent`"),
                _ => None,
            };
            let message = format!("no condition can ask `{id}`: it holds countries or text, not choices");
            report.hinted(place.item(0), &message, hint.map(str::to_owned));
        }
    }
}

/// Whether the member of a family of variables exists; else reports it.
fn member(
    scope: &Scope<'_>,
    vendor: Option<&Vendor>,
    family: &str,
    rest: &str,
    place: Place<'_>,
    report: &mut Report,
) -> bool {
    let (known, message, candidates) = match family {
        "law" => (
            scope.knows(Space::Instrument, None, rest),
            format!("there is no instrument `{rest}`"),
            scope.ids(Space::Instrument, None),
        ),
        "evidence" => {
            let is_question =
                scope.get(Space::Variable, vendor, rest).is_some_and(|one| matches!(one.entry, Entry::Question(_)));
            (is_question || scope.is_unread(rest), format!("there is no question `{rest}`"), scope.question_ids(vendor))
        }
        _ => (rest.parse::<Day>().is_ok(), format!("`{rest}` is no day"), Vec::new()),
    };
    if !known {
        report.hinted(place, &message, suggest(rest, candidates));
    }
    known
}

fn value_list(
    scope: &Scope<'_>,
    variable: &VariableId,
    values: &[ChoiceId],
    known: &[&str],
    place: Place<'_>,
    report: &mut Report,
) {
    for (n, value) in values.iter().enumerate() {
        let unread_edition = variable == "edition" && scope.is_unread(value.as_str());
        if !known.contains(&value.as_str()) && !unread_edition {
            unknown_value(variable.as_str(), value.as_str(), known, place.item(1).item(n), report);
        }
    }
}

/// Reports a value that the variable cannot have.
pub(super) fn unknown_value(variable: &str, value: &str, known: &[&str], place: Place<'_>, report: &mut Report) {
    let message = format!("choice `{value}` is not defined for `{variable}`");
    report.hinted(place, &message, suggest(value, known.iter().copied()));
}

/// Reports a variable that nothing defines.
pub(super) fn unknown_variable(
    scope: &Scope<'_>,
    vendor: Option<&Vendor>,
    id: &str,
    place: Place<'_>,
    report: &mut Report,
) {
    report.hinted(place, &format!("there is no variable `{id}`"), suggest(id, scope.ids(Space::Variable, vendor)));
}
