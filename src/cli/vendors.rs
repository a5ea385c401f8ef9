//! `freigabe vendors`: the catalogue as text.

use std::fmt::Write as _;

use super::{Context, commands, print};
use crate::domain::id::VendorId;
use crate::domain::vendor::Vendor;
use crate::error::{Error, Kind};
use crate::report::label::Labels;

/// The list, or one entry.
pub fn vendors(context: &Context, id: Option<&str>) -> Result<u8, Error> {
    let knowledge = context.knowledge()?;
    let Some(id) = id else {
        let mut out = String::new();
        for entry in knowledge.entries() {
            let _ = writeln!(out, "{:<16} {:<22} {}", entry.id, entry.name, entry.summary.get(context.language));
        }
        return print(&out);
    };
    let id: VendorId = commands::vendor_id(context, id)?;
    let vendor = commands::entry(&knowledge, &id)?
        .ok_or_else(|| Error::new(Kind::Usage, "`other` stands for a tool outside the catalogue"))?;
    let labels = Labels {
        bank: knowledge.bank(),
        catalogue: knowledge.entries(),
        vendor: Some(vendor),
        language: context.language,
    };
    print(&card(vendor, &labels))
}

fn card(vendor: &Vendor, labels: &Labels<'_>) -> String {
    let language = labels.language;
    let mut out = format!("{} ({})\n{}\n\n", vendor.name, vendor.id, vendor.summary.get(language));
    for edition in &vendor.editions {
        let _ = writeln!(out, "  {:<12} {}", edition.id, edition.name.get(language));
    }
    out.push('\n');
    for fact in &vendor.facts {
        let editions: Vec<&str> = fact.editions.iter().map(crate::domain::id::EditionId::as_str).collect();
        let day = fact.as_of.map_or_else(|| "--".to_owned(), |day| day.to_string());
        let title = vendor.source(&fact.source).map_or("", |source| &*source.title);
        let _ = writeln!(
            out,
            "{day:<10}  {} = {}{}\n            {title} [{:?}]",
            labels.variable(&fact.variable),
            labels.value(&fact.variable, &fact.value),
            if editions.is_empty() { String::new() } else { format!("  ({})", editions.join(", ")) },
            fact.confidence,
        );
        if let Some(note) = &fact.note {
            let _ = writeln!(out, "            {}", note.get(language));
        }
    }
    out.push('\n');
    for found in &vendor.authority_findings {
        let _ = writeln!(
            out,
            "{}  {} ({}): {:?}. {}",
            found.date,
            found.authority,
            found.place.get(language),
            found.outcome,
            found.scope.get(language)
        );
    }
    out.push('\n');
    for note in vendor.notes.iter() {
        let day = note.as_of.map_or_else(|| "--".to_owned(), |day| day.to_string());
        let _ = writeln!(out, "{day:<10}  {:?}: {}", note.topic, note.text.get(language));
    }
    out
}
