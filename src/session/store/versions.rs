//! Files in which git has left more than one version of a session.

use std::path::Path;

use super::{Saved, Store, StoreError, Why, fallback};
use crate::session::file;
use crate::session::merge::{Basis, marked};
use crate::session::model::Session;

/// The versions in a file.
#[derive(Debug)]
pub struct Versions {
    /// The one above, with the file.
    pub saved: Saved,
    /// The one below.
    pub theirs: Session,
    /// What is known of the time before they parted.
    pub basis: Basis,
}

impl Store {
    /// The versions that git has left in a file; none: there is but one in it.
    ///
    /// # Errors
    /// When the file cannot be read, or one of its versions.
    pub fn versions(&self, named: &Path) -> Result<Option<Versions>, StoreError> {
        let target = self.target(named)?;
        let path = target.clone().unwrap_or_else(|| named.to_owned());
        let bytes = self.read(&path)?;
        let text = std::str::from_utf8(&bytes).ok();
        let Some(found) = text.and_then(marked::versions) else { return Ok(None) };
        let session = |text: &str| version(&path, text);
        let (ours, theirs) = (session(&found.ours)?, session(&found.theirs)?);
        // What git has written between the marks need not be a session by itself.
        let base = found.base.and_then(|text| session(&text).ok());
        let basis = match base {
            Some(base) => Basis::State(Box::new(base)),
            // Both have the same history where this program has brought it together already.
            None if ours.history == theirs.history => Basis::Nothing,
            None => Basis::Histories,
        };
        let link = target.is_some().then(|| named.to_owned());
        let saved = Saved { session: ours, path, link, read_only: None, loaded: Some(bytes) };
        Ok(Some(Versions { saved, theirs, basis }))
    }
}

/// One of the versions; its first line holds for none of them any more.
fn version(path: &Path, text: &str) -> Result<Session, StoreError> {
    let refused = || StoreError::Refused { path: path.to_owned(), why: Why::Folder };
    let fallback = fallback(path).ok_or_else(refused)?;
    file::read(text, &fallback).map_err(|error| {
        let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().chars().take(120).collect();
        StoreError::Unreadable { path: path.to_owned(), error, excerpt }
    })
}

/// What is wrong with a file after all: several versions in it are no damage.
pub fn told_apart(path: &Path, bytes: &[u8], fault: StoreError) -> StoreError {
    let may = match &fault {
        StoreError::Broken { .. } => true,
        StoreError::Unreadable { error, .. } => !error.newer,
        _ => false,
    };
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| may) else { return fault };
    if let Some(found) = marked::versions(text) {
        return StoreError::Versions { path: path.to_owned(), line: Some(found.line) };
    }
    // The lines of two versions one after the other: each has brought its own first line.
    if file::is_ours(bytes) && file::is_ours(file::without(text).as_bytes()) {
        return StoreError::Versions { path: path.to_owned(), line: None };
    }
    fault
}
