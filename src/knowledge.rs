//! What the program knows: questions, findings, law and the catalogue of tools.
//!
//! Floor 2. RON files become documents (`parse`), are checked across all files (`check`) and add up to a bank and a
//! catalogue (`assemble`). For the data that is shipped all this happens in the build script, which shares these
//! modules; the program only decodes. A directory of the user is laid over it at run time by the same code.

mod assemble;
mod check;
mod collect;
pub mod diagnostic;
mod document;
mod embedded;
mod entry;
mod files;
pub mod limits;
mod outline;
mod parse;
mod recorded;
pub mod suggest;

use std::path::Path;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::domain::bank::Bank;
use crate::domain::id::VendorId;
use crate::domain::vendor::Vendor;
use crate::engine::CAPACITY;
use assemble::{Assembled, assemble, take_apart};
use document::Document;

pub use diagnostic::Diagnostic;
pub use entry::{Counts, Entry};

// The sets of the engine hold as much as the check lets through.
const _: () = assert!(limits::VARIABLES <= CAPACITY && limits::FINDINGS <= CAPACITY);
// A choice or edition is a bit; the highest two are taken.
const _: () = assert!(limits::CHOICES <= 62 && limits::EDITIONS <= 62);

/// Bank and catalogue, each part decoded when somebody first asks for it.
///
/// Guarantee: everything in it has passed the check.
#[derive(Debug)]
pub struct Knowledge {
    entries: Vec<Entry>,
    counts: Counts,
    bank: OnceLock<Bank>,
    /// In the order of the entries.
    places: Vec<Place>,
    /// The texts of the user's files, as one number; none without such files.
    overlay: Option<u64>,
}

/// Where a vendor lies.
#[derive(Debug)]
struct Place {
    vendor: OnceLock<Vendor>,
    from: u32,
    to: u32,
}

impl Knowledge {
    /// What is shipped with the program. Decodes the index of the catalogue only.
    #[must_use]
    pub fn embedded() -> Self {
        let index = embedded::index();
        let mut from = 0;
        let mut places = Vec::with_capacity(index.entries.len());
        let mut entries = Vec::with_capacity(index.entries.len());
        for (entry, to) in index.entries {
            places.push(Place { vendor: OnceLock::new(), from, to });
            entries.push(entry);
            from = to;
        }
        Self { entries, counts: index.counts, bank: OnceLock::new(), places, overlay: None }
    }

    /// The embedded data with the user's `questions/*.ron` and `vendors/*.ron` laid over it: the same id replaces, a
    /// new id adds. Without such files it is [`Knowledge::embedded`].
    ///
    /// # Errors
    /// All faults of the user's files. None of them is used then.
    pub fn load(overlay: Option<&Path>) -> Result<Self, Vec<Diagnostic>> {
        let found = overlay.map(files::find_overlay).unwrap_or_default();
        if found.is_empty() {
            return Ok(Self::embedded());
        }
        let overlay = fingerprint(found.sources.iter().map(|source| source.text.as_bytes()));
        let documents = collect::collect(found, base)?;
        Ok(Self { overlay: Some(overlay), ..Self::of(assemble(documents)) })
    }

    fn of(Assembled { bank, vendors }: Assembled) -> Self {
        Self {
            entries: vendors.iter().map(Entry::from).collect(),
            counts: Counts::of(&bank, &vendors),
            bank: OnceLock::from(bank),
            places: vendors.into_iter().map(|vendor| Place { vendor: vendor.into(), from: 0, to: 0 }).collect(),
            overlay: None,
        }
    }

    /// Questions, findings and law.
    #[must_use]
    pub fn bank(&self) -> &Bank {
        self.bank.get_or_init(embedded::bank)
    }

    /// The catalogue in display order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The catalogue entry with that id.
    #[must_use]
    pub fn vendor(&self, id: &VendorId) -> Option<&Vendor> {
        let n = self.entries.iter().position(|entry| entry.id == *id)?;
        let place = self.places.get(n)?;
        Some(place.vendor.get_or_init(|| embedded::vendor(place.from, place.to)))
    }

    /// All catalogue entries in display order.
    pub fn vendors(&self) -> impl Iterator<Item = &Vendor> {
        self.entries.iter().filter_map(|entry| self.vendor(&entry.id))
    }

    /// Program and data as one number, by which a verdict that was found before is known to hold still.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        let overlay = self.overlay.unwrap_or_default().to_le_bytes();
        fingerprint(embedded::bytes().into_iter().chain([version, &overlay]))
    }

    /// How much there is.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }
}

/// Texts as one number; other texts have another one, unless somebody goes out of the way for it.
fn fingerprint<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> u64 {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The embedded data as documents, for files to be laid over.
fn base() -> Vec<Document> {
    let knowledge = Knowledge::embedded();
    take_apart(embedded::bank(), knowledge.vendors().cloned().collect())
}

/// Checks the data files of a directory: a whole set (`questions`, `assets/vendors`, `assets/law`) by itself, a part of
/// it or an overlay (`questions`, `vendors`) on top of the embedded data.
///
/// # Errors
/// All faults of all files at once.
pub fn check_dir(dir: &Path) -> Result<Counts, Vec<Diagnostic>> {
    if !dir.is_dir() {
        let message = if dir.exists() { "not a folder" } else { "there is no such folder" };
        let hint = "name a folder with `questions` or `vendors` in it; `freigabe paths` shows your own";
        return Err(vec![Diagnostic::of_file(&dir.to_string_lossy(), message).with_hint(Some(hint.to_owned()))]);
    }
    let found = files::find(dir);
    if found.is_empty() {
        let message = "there are no data files (`questions/*.ron`, `vendors/*.ron`, `assets/law/*.ron`)";
        return Err(vec![Diagnostic::of_file(&dir.to_string_lossy(), message)]);
    }
    let Assembled { bank, vendors } = assemble(collect::collect(found, base)?);
    Ok(Counts::of(&bank, &vendors))
}
