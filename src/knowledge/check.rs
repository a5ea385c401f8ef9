//! The check across files: everything that the types alone cannot promise, all faults at once.
//!
//! It walks the documents beside their outlines, so that every fault has its line and column.

mod condition;
mod cycle;
mod derived;
mod finding;
mod law;
mod limit;
mod place;
mod scope;
mod section;
mod text;
mod vendor;

use std::collections::BTreeSet;

use super::diagnostic::Diagnostic;
use super::document::{Content, Document};
use place::{Place, Report};
use scope::Scope;

/// All faults of a set of documents, by file and place. `unread` holds the words of files that could not be parsed:
/// what one of them may define is not called unknown.
#[must_use]
pub fn check(documents: &[Document], unread: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut report = Report::default();
    let scope = Scope::build(documents, unread, &mut report);
    for document in documents {
        if document.is_file() {
            text::check(document, &mut report);
        }
        let place = Place::root(document);
        match &document.content {
            Content::Section(section) => section::check(&scope, section, place, &mut report),
            Content::Vendor(vendor) if scope.is_current_vendor(document, vendor) => {
                vendor::check(&scope, vendor, place, &mut report);
            }
            Content::Vendor(_) => {}
            Content::Countries(_)
            | Content::Memberships(_)
            | Content::Instruments(_)
            | Content::References(_)
            | Content::Dsk(_) => {
                law::check(&scope, &document.content, place, &mut report);
            }
        }
    }
    derived::check(&scope, &mut report);
    // What goes round in a circle is rewritten first: its size says nothing yet.
    if !cycle::check(&scope, &mut report) {
        limit::check(&scope, documents, &mut report);
    }
    let mut faults = report.faults;
    faults.sort_by(|a, b| (&a.file, a.line, a.column, &a.message).cmp(&(&b.file, b.line, b.column, &b.message)));
    faults.dedup();
    faults
}
