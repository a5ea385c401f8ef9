//! Checked documents → bank and catalogue.

use std::sync::Arc;

use super::document::{Content, Document};
use crate::domain::bank::Bank;
use crate::domain::later::Later;
use crate::domain::question::Section;
use crate::domain::vendor::Vendor;

/// What a set of documents adds up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    /// Questions, findings and law.
    pub bank: Bank,
    /// The catalogue, in display order.
    pub vendors: Vec<Vendor>,
}

/// Lays the documents over each other: an entry with a known id takes the place of the older one, any other is added.
/// A section is no unit here: its variables, questions and findings are.
#[must_use]
pub fn assemble(documents: impl IntoIterator<Item = Document>) -> Assembled {
    let mut bank = Bank {
        sections: Vec::new(),
        countries: Later::default(),
        memberships: Arc::default(),
        instruments: Arc::default(),
        references: Later::default(),
        dsk: Later::default(),
    };
    let mut vendors: Vec<Vendor> = Vec::new();
    for document in documents {
        match document.content {
            Content::Section(section) => lay(&mut bank.sections, section),
            Content::Vendor(vendor) => put(&mut vendors, *vendor, |a, b| a.id == b.id),
            Content::Countries(list) => bank.countries = list.into(),
            Content::Memberships(list) => bank.memberships = Arc::new(list),
            Content::Instruments(list) => bank.instruments = Arc::new(list),
            Content::References(list) => bank.references = list.into(),
            Content::Dsk(list) => bank.dsk = list.into(),
        }
    }
    vendors.sort_by_cached_key(|vendor| (vendor.name.to_lowercase(), vendor.id.clone()));
    Assembled { bank, vendors }
}

/// The documents that add up to this bank and these vendors.
#[must_use]
pub fn take_apart(bank: Bank, vendors: Vec<Vendor>) -> Vec<Document> {
    let law = [
        Content::Countries(bank.countries.into_inner()),
        Content::Memberships(Arc::unwrap_or_clone(bank.memberships)),
        Content::Instruments(Arc::unwrap_or_clone(bank.instruments)),
        Content::References(bank.references.into_inner()),
        Content::Dsk(bank.dsk.into_inner()),
    ];
    let sections = bank.sections.into_iter().map(Content::Section);
    let vendors = vendors.into_iter().map(|vendor| Content::Vendor(Box::new(vendor)));
    law.into_iter().chain(sections).chain(vendors).map(Document::built_in).collect()
}

/// Puts an entry in the place of the one with its id, or behind the last.
fn put<T>(list: &mut Vec<T>, entry: T, same: impl Fn(&T, &T) -> bool) {
    match list.iter_mut().find(|old| same(old, &entry)) {
        Some(old) => *old = entry,
        None => list.push(entry),
    }
}

fn lay(sections: &mut Vec<Section>, mut fresh: Section) {
    if sections.is_empty() {
        sections.push(fresh);
        return;
    }
    for old in sections.iter_mut() {
        replace(&mut old.variables, &mut fresh.variables, |a, b| a.id == b.id);
        replace(&mut old.questions, &mut fresh.questions, |a, b| a.id == b.id);
        replace(&mut old.findings, &mut fresh.findings, |a, b| a.id == b.id);
    }
    match sections.iter_mut().find(|old| old.id == fresh.id) {
        Some(old) => {
            old.title = fresh.title;
            old.self_position = fresh.self_position;
            old.variables.append(&mut fresh.variables);
            old.questions.append(&mut fresh.questions);
            old.findings.append(&mut fresh.findings);
        }
        None => sections.push(fresh),
    }
}

/// Moves every fresh entry whose id exists into the place of the old one.
fn replace<T>(old: &mut [T], fresh: &mut Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for entry in old {
        if let Some(n) = fresh.iter().position(|one| same(entry, one)) {
            *entry = fresh.remove(n);
        }
    }
}
