//! Sealing: first the record, whole and on the disk, then the session that names it.
//!
//! A record lies beside its session: `sealed-1.ron` in the session's folder, elsewhere `zoom.sealed-1.ron`. No record is
//! ever written again; a name that is taken is left to whoever took it, and the next revision is used.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::names::{Copy, name, record_beside, record_number, temporary_name};
use super::{Saved, Store, StoreError, Why, Written};
use crate::domain::Day;
use crate::domain::bank::Bank;
use crate::domain::finding::Finding;
use crate::domain::id::FindingId;
use crate::domain::vendor::Vendor;
use crate::engine::{Assessment, Inquiry};
use crate::session::history::Stamp;
use crate::session::record::{self, Head, MAX_BYTES, Outcome};
use crate::session::signoff::{Seal, content, rules};

/// Revisions that are tried; nobody seals more often.
const MOST: u32 = 10_000;

/// What is sealed beside the session itself.
#[derive(Clone, Copy, Debug)]
pub struct Sealing<'a> {
    /// When, for the history.
    pub at: Stamp,
    /// The day of the seal.
    pub today: Day,
    /// Who seals.
    pub by: &'a str,
    /// Questions, rules and law.
    pub bank: &'a Bank,
    /// The catalogue entry.
    pub vendor: Option<&'a Vendor>,
    /// What was judged.
    pub inquiry: &'a Inquiry,
    /// What came out.
    pub assessment: &'a Assessment,
}

impl Sealing<'_> {
    fn finding(&self, id: &FindingId) -> Option<&Finding> {
        let own = self.vendor.and_then(|vendor| vendor.findings.iter().find(|finding| finding.id == *id));
        self.bank.finding(id).or(own)
    }

    fn head(&self, revision: u32) -> Head {
        Head {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            revision,
            sealed: self.today,
            by: self.by.to_owned(),
            day: self.inquiry.day,
            answered: self.inquiry.answered,
        }
    }
}

impl Store {
    /// Writes the record of a session and then the session with its seal. What was not saved yet is saved first, so that
    /// the seal is set on what lies on the disk.
    ///
    /// # Errors
    /// When one of them cannot be written. Then the session has no new seal, and no record stays.
    pub fn seal(&self, saved: &mut Saved, sealing: &Sealing<'_>) -> Result<Written, StoreError> {
        let written = self.save(saved)?;
        let (path, seal) = self.write_record(saved, sealing)?;
        let before = saved.session.clone();
        let bytes = self.read_record(&path)?;
        saved.session.add_seal(sealing.at, seal);
        match self.save(saved) {
            Err(fault) => {
                saved.session = before;
                // A record that no seal names says nothing to anybody.
                let _ = self.disk.remove(&path);
                Err(fault)
            }
            Ok(Written::Plainly) => Ok(written),
            Ok(moved) => {
                let beside = record_beside(&saved.path, record_number(&path).unwrap_or(1));
                if beside != path {
                    self.put_new(&beside, &bytes, &saved.path).map_err(StoreError::io(&beside))?;
                }
                Ok(moved)
            }
        }
    }

    /// The record that a seal of the session in a file names. A copy that was made after sealing has none of its own: then it
    /// is the one beside the session that it is a copy of, if that is the very record.
    #[must_use]
    pub fn record_of(&self, path: &Path, seal: &Seal) -> PathBuf {
        let own = record_beside(path, seal.revision);
        if fs::symlink_metadata(&own).is_ok() {
            return own;
        }
        let other = Copy::original(path).map(|original| record_beside(&original, seal.revision));
        let is_it = |other: &PathBuf| self.read_record(other).is_ok_and(|bytes| record::hash(&bytes) == seal.record);
        other.filter(is_it).unwrap_or(own)
    }

    /// All records beside the session in a file, the oldest first.
    #[must_use]
    pub fn records(&self, path: &Path) -> Vec<PathBuf> {
        let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let mut found: Vec<(u32, PathBuf)> = entries
            .filter_map(|entry| {
                let number = record_number(&entry.path())?;
                let place = record_beside(path, number);
                (place.file_name() == entry.path().file_name()).then_some((number, place))
            })
            .filter(|(_, place)| self.is_record(place))
            .collect();
        found.sort();
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// Whether a file, no link and no folder, is the record of a seal or was one.
    #[must_use]
    pub fn is_record(&self, path: &Path) -> bool {
        let plain = fs::symlink_metadata(path).is_ok_and(|data| data.is_file());
        let begin = if plain { self.disk.read(path, 4096).unwrap_or_default() } else { Vec::new() };
        let text = begin.utf8_chunks().next().map(|chunk| chunk.valid()).unwrap_or_default();
        record::is_record(text)
    }

    /// The bytes of a record.
    ///
    /// # Errors
    /// When it is no ordinary file, larger than a record can be, or cannot be read.
    pub fn read_record(&self, path: &Path) -> Result<Vec<u8>, StoreError> {
        self.read_up_to(path, MAX_BYTES, Why::LargeRecord)
    }

    /// Writes the record of the next revision; returns its file and the seal that names it.
    fn write_record(&self, saved: &Saved, sealing: &Sealing<'_>) -> Result<(PathBuf, Seal), StoreError> {
        let session = &saved.session;
        let outcome = Outcome::from(sealing.assessment);
        for revision in session.next_revision()..MOST {
            let path = record_beside(&saved.path, revision);
            if fs::symlink_metadata(&path).is_ok() {
                continue;
            }
            let head = sealing.head(revision);
            let text = record::write(&head, session, (sealing.bank, sealing.vendor), sealing.assessment);
            let text = text.map_err(|error| StoreError::Io { path: path.clone(), error: io::Error::other(error) })?;
            if text.len() as u64 > MAX_BYTES {
                return Err(StoreError::Refused { path, why: Why::LargeRecord });
            }
            // What could not be read again must not be written.
            record::read(&text).map_err(|error| {
                let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
                let excerpt = excerpt.chars().take(120).collect();
                StoreError::Unreadable { path: path.clone(), error, excerpt }
            })?;
            match self.put_new(&path, text.as_bytes(), &saved.path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                result => result.map_err(StoreError::io(&path))?,
            }
            let seal = Seal {
                revision,
                on: Some(sealing.today),
                by: sealing.by.to_owned(),
                verdict: outcome.verdict,
                best: outcome.verdict.map(|_| outcome.best),
                worst: outcome.verdict.map(|_| outcome.worst),
                content: content(session),
                record: record::hash(text.as_bytes()),
                before_use: rules::before_use(sealing.assessment, session, |id| sealing.finding(id)),
                ..Seal::default()
            };
            return Ok((path, seal));
        }
        Err(StoreError::Refused { path: saved.path.clone(), why: Why::LargeRecord })
    }

    /// Writes a file that does not exist yet, whole or not at all: under another name first, then under its own.
    fn put_new(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.root);
        let temporary = folder.join(temporary_name());
        let mut handle = self.disk.create(&temporary)?;
        let written = handle.write(bytes).and_then(|()| {
            handle.like(like);
            handle.sync()
        });
        drop(handle);
        let kept = written.and_then(|()| self.disk.keep(&temporary, path));
        // Should this fail, the leftover is removed at the next start.
        let _ = self.disk.remove(&temporary);
        match kept {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.write_new(path, bytes, like),
            result => result.and_then(|()| self.disk.sync_folder(folder)),
        }
    }
}

/// Whether a file bears the name of a record. Sessions are not looked for in such.
#[must_use]
pub fn is_named_record(path: &Path) -> bool {
    record_number(path).is_some() && name(path) != super::FILE
}

#[cfg(test)]
mod tests;
