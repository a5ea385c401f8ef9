//! The light index of the catalogue: what a list of tools shows.

use serde::{Deserialize, Serialize};

use crate::domain::bank::Bank;
use crate::domain::id::VendorId;
use crate::domain::string::Str;
use crate::domain::text::Text;
use crate::domain::vendor::{Edition, ToolKind, Vendor};

/// What a list shows of a catalogue entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable id.
    pub id: VendorId,
    /// Name of the tool.
    pub name: Str,
    /// Other names that people type.
    pub aliases: Vec<Str>,
    /// What it is for.
    pub kind: ToolKind,
    /// Its state in one line.
    pub summary: Text,
    /// Its plans, at least one.
    pub editions: Vec<Edition>,
}

impl From<&Vendor> for Entry {
    fn from(vendor: &Vendor) -> Self {
        Self {
            id: vendor.id.clone(),
            name: vendor.name.clone(),
            aliases: vendor.aliases.clone(),
            kind: vendor.kind,
            summary: vendor.summary.clone(),
            editions: vendor.editions.clone(),
        }
    }
}

/// How much a set of data holds. Questions and findings include the follow-ups of vendors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Questions.
    pub questions: usize,
    /// Findings.
    pub findings: usize,
    /// Catalogue entries.
    pub vendors: usize,
    /// Dated facts of all entries.
    pub facts: usize,
    /// What authorities said.
    pub authority_findings: usize,
    /// Entries of vendor cards that no rule reads.
    pub notes: usize,
    /// Dated law.
    pub instruments: usize,
    /// Countries.
    pub countries: usize,
    /// Citations.
    pub references: usize,
}

impl Counts {
    /// Counts.
    #[must_use]
    pub fn of(bank: &Bank, vendors: &[Vendor]) -> Self {
        let sum = |size: fn(&Vendor) -> usize| vendors.iter().map(size).sum::<usize>();
        Self {
            questions: bank.questions().count() + sum(|vendor| vendor.questions.len()),
            findings: bank.findings().count() + sum(|vendor| vendor.findings.len()),
            vendors: vendors.len(),
            facts: sum(|vendor| vendor.facts.len()),
            authority_findings: sum(|vendor| vendor.authority_findings.len()),
            notes: sum(|vendor| vendor.notes.len()),
            instruments: bank.instruments.len(),
            countries: bank.countries.len(),
            references: bank.references.len(),
        }
    }
}

/// The part of the embedded data that is decoded at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Entries in display order, each with the end of its vendor in the blob of vendors.
    pub entries: Vec<(Entry, u32)>,
    /// How much there is.
    pub counts: Counts,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} questions, {} findings, {} vendors, {} facts, {} authority findings, {} notes, {} instruments, {} countries, {} references",
            self.questions,
            self.findings,
            self.vendors,
            self.facts,
            self.authority_findings,
            self.notes,
            self.instruments,
            self.countries,
            self.references
        )
    }
}
