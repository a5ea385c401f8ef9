//! The line under the cursor in full.

use super::super::super::book::Book;
use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use super::Register;
use crate::domain::Day;
use crate::domain::id::{VariableId, VendorId};
use crate::report::label::Labels;
use crate::report::register::verdict;
use crate::sanitise::clip;
use crate::session::ConditionId;
use crate::session::register::{Entry, Shelf};

/// Follow-ups and conditions of each kind that are named.
const NAMED: usize = 6;
/// Characters of a text.
const LONGEST: usize = 200;

/// The details.
pub fn page(screen: &Register, desk: &Desk<'_>, book: &Book, page: &mut Page) {
    let Some((entry, row)) = screen.current(book) else { return };
    let get = |id: &str| desk.words.get(id);
    let mut said = |id: &str, text: &str| {
        if !text.is_empty() {
            page.indented("", "  ", &format!("{}: {}", get(id), clip(text, LONGEST)), desk.styles.text);
        }
    };
    let day = |day: Option<Day>| day.map(|day| desk.words.day(day)).unwrap_or_default();
    said("register-field-title", &entry.title);
    said("register-field-purpose", &entry.purpose);
    said("register-field-controller", &entry.controller);
    said("register-field-owner", &entry.owner);
    said("register-field-mode", &get(&format!("ui-mode-{}", entry.mode.id())));
    said("register-field-state", &get(&format!("register-state-{}", row.stage.id().replace('_', "-"))));
    if let Some(kind) = entry.signed.kind() {
        said("register-field-decision", &get(&format!("register-decision-{}", kind.id().replace('_', "-"))));
        said("register-field-scope", entry.signed.decision.as_ref().map_or("", |one| one.scope.as_str()));
    }
    let then = row.then.map(|then| verdict(&desk.words, then)).unwrap_or_default();
    said("register-field-verdict-then", &format!("{then} {}", day(row.then_day)));
    said("register-field-verdict-now", &format!("{} {}", verdict(&desk.words, row.now), desk.words.day(book.day)));
    said("register-field-review-due", &day(entry.signed.review_due));
    said("register-field-valid-until", &day(entry.valid_until()));
    said("register-field-archived", &day(entry.archived));
    said("register-field-retired", format!("{} {}", day(entry.retired), entry.retired_note).trim());
    if screen.shown.filter.shelf == Shelf::Archived && entry.archived.is_none() {
        return;
    }
    let owed = entry.pending.iter().map(|one| (get("register-field-follow-ups"), &one.owner, &one.question, one.due));
    let named = names(desk, entry);
    let open = entry.agreed.iter().filter(|one| one.is_open(book.day));
    let open = open.map(|one| (get("register-field-conditions-open"), &one.owner, &one.id, one.due));
    let all: Vec<_> = owed.chain(open).collect();
    for (what, owner, id, due) in all.iter().take(NAMED) {
        let due = day(*due);
        page.indented(
            "• ",
            "  ",
            &format!("{what}: {} · {} {due}", clip(owner, LONGEST), clip(&named(id), LONGEST)),
            desk.styles.dim,
        );
    }
    if all.len() > NAMED {
        let more = (all.len() - NAMED).to_string();
        page.text(&desk.words.with("ui-more", &[("n", &more)]), desk.styles.dim);
    }
}

/// What a question or a condition is called in words; one that nobody knows by its id.
fn names<'d>(desk: &'d Desk<'_>, entry: &Entry) -> impl Fn(&str) -> String + 'd {
    let knowledge = desk.knowledge;
    let vendor = VendorId::try_from(entry.vendor.as_str()).ok().and_then(|id| knowledge.vendor(&id));
    let language = desk.words.language();
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language };
    move |id| match ConditionId::parse(id) {
        Some(ConditionId::Finding(finding)) => match labels.finding(&finding) {
            Some(found) => found.title.get(language).to_owned(),
            None => VariableId::try_from(id).map_or_else(|_| id.to_owned(), |id| labels.variable(&id)),
        },
        Some(ConditionId::Question(question)) => labels.variable(&question),
        None => VariableId::try_from(id).map_or_else(|_| id.to_owned(), |id| labels.variable(&id)),
    }
}
