//! Which catalogue fact counts on a day.

use crate::domain::Day;
use crate::domain::id::{EditionId, InstrumentId, VariableId};
use crate::domain::vendor::{Fact, Vendor};

/// The newest fact about `variable` with `as_of` ≤ `day` that covers `edition`; on the same day the one for the edition
/// alone wins. Suggestions never count. A fact about a certification counts only for the scheme in force.
///
/// Without an edition only facts that hold for all editions are looked at.
#[must_use]
pub fn usable_fact<'v>(
    vendor: &'v Vendor,
    variable: &VariableId,
    edition: Option<&EditionId>,
    day: Day,
    scheme: Option<&InstrumentId>,
) -> Option<&'v Fact> {
    vendor
        .facts
        .iter()
        .filter(|fact| fact.variable == *variable && !fact.suggestion)
        .filter(|fact| fact.as_of.is_some_and(|as_of| as_of <= day))
        .filter(|fact| edition.map_or(fact.editions.is_empty(), |edition| fact.covers(edition)))
        .filter(|fact| fact.scheme.is_none() || fact.scheme.as_ref() == scheme)
        .max_by_key(|fact| (fact.as_of, !fact.editions.is_empty()))
}

/// Suggestions about `variable` for `edition`: undated or indirect, shown but not counted.
pub fn suggestions<'v>(
    vendor: &'v Vendor,
    variable: &'v VariableId,
    edition: Option<&'v EditionId>,
) -> impl Iterator<Item = &'v Fact> {
    vendor.facts.iter().filter(move |fact| {
        fact.suggestion && fact.variable == *variable && edition.is_none_or(|edition| fact.covers(edition))
    })
}
