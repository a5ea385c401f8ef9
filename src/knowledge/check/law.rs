//! Countries, memberships, instruments, references, the DSK checklist.

use super::place::{Place, Report};
use super::scope::{Entry, Scope, Space};
use crate::domain::Day;
use crate::domain::bank::DskItem;
use crate::domain::country::Membership;
use crate::domain::id::{CountryCode, InstrumentId};
use crate::domain::instrument::Instrument;
use crate::domain::reference::Reference;
use crate::knowledge::document::Content;
use crate::knowledge::suggest::suggest;

/// Checks one file of law.
pub(super) fn check(scope: &Scope<'_>, content: &Content, place: Place<'_>, report: &mut Report) {
    match content {
        Content::Memberships(list) => each(list, place, |one, place| membership(scope, one, place, report)),
        Content::Instruments(list) => {
            each(list, place, |one, place| {
                instrument(scope, one, place, report);
                short_name(list, one, place, report);
            });
        }
        Content::References(list) => each(list, place, |one, place| reference(scope, one, place, report)),
        Content::Dsk(list) => each(list, place, |one, place| dsk(scope, one, place, report)),
        Content::Countries(_) | Content::Section(_) | Content::Vendor(_) => {}
    }
}

fn each<'p, T>(list: &[T], place: Place<'p>, mut visit: impl FnMut(&T, Place<'p>)) {
    for (n, one) in list.iter().enumerate() {
        visit(one, place.item(n));
    }
}

fn period(name: &str, from: Option<Day>, until: Option<Day>, place: Place<'_>, report: &mut Report) {
    if let (Some(from), Some(until)) = (from, until)
        && from > until
    {
        report.add(place.field("until"), &format!("{name} ends before it begins"));
    }
}

fn membership(scope: &Scope<'_>, membership: &Membership, place: Place<'_>, report: &mut Report) {
    let name = format!("the membership of `{}`", membership.country);
    known_country(scope, membership.country, place.field("country"), report);
    period(&name, Some(membership.from), membership.until, place, report);
    if let Some(instrument) = &membership.instrument {
        known_instrument(scope, instrument, place.field("instrument"), report);
    }
}

fn instrument(scope: &Scope<'_>, instrument: &Instrument, place: Place<'_>, report: &mut Report) {
    let name = format!("instrument `{}`", instrument.id);
    period(&name, instrument.from, instrument.until, place, report);
    for (n, country) in instrument.countries.iter().enumerate() {
        known_country(scope, *country, place.entry("countries", n), report);
    }
}

/// A short name stands for one instrument only.
fn short_name(all: &[Instrument], instrument: &Instrument, place: Place<'_>, report: &mut Report) {
    let Some(short) = &instrument.short else { return };
    let taken =
        |other: &&Instrument| other.id != instrument.id && (other.name() == **short || *other.id.as_str() == **short);
    if let Some(other) = all.iter().find(taken) {
        report.add(place.field("short"), &format!("`{short}` is also the name of instrument `{}`", other.id));
    }
}

fn reference(scope: &Scope<'_>, reference: &Reference, place: Place<'_>, report: &mut Report) {
    period(&format!("reference `{}`", reference.id), reference.from, reference.until, place, report);
    for (n, equivalent) in reference.equivalents.iter().enumerate() {
        let list = std::slice::from_ref(&equivalent.reference);
        let place = place.entry("equivalents", n).field("reference");
        super::section::references(scope, list, place, report);
    }
}

fn dsk(scope: &Scope<'_>, item: &DskItem, place: Place<'_>, report: &mut Report) {
    if item.questions.is_empty() && item.later.is_none() {
        let message = format!("item `{}` names neither a question that covers it nor why none does", item.item);
        report.add(place.field("item"), &message);
    }
    for (n, question) in item.questions.iter().enumerate() {
        let id = question.as_str();
        let is_question =
            scope.get(Space::Variable, None, id).is_some_and(|one| matches!(one.entry, Entry::Question(_)));
        if !is_question && !scope.is_unread(id) {
            let hint = suggest(id, scope.question_ids(None));
            report.hinted(place.entry("questions", n), &format!("there is no question `{id}`"), hint);
        }
    }
}

/// Reports a country that is not in the table.
pub(super) fn known_country(scope: &Scope<'_>, code: CountryCode, place: Place<'_>, report: &mut Report) {
    if !scope.knows(Space::Country, None, code.as_str()) {
        report.add(place, &format!("there is no country `{code}`"));
    }
}

/// Reports an instrument that does not exist.
pub(super) fn known_instrument(scope: &Scope<'_>, id: &InstrumentId, place: Place<'_>, report: &mut Report) {
    if !scope.knows(Space::Instrument, None, id.as_str()) {
        let hint = suggest(id.as_str(), scope.ids(Space::Instrument, None));
        report.hinted(place, &format!("there is no instrument `{id}`"), hint);
    }
}
