//! Where sessions lie, and how they are written: `sessions/<id>/session.ron` under the data directory.
//!
//! A save writes a temporary file in the same folder, forces it to disk, renames it over the old one and forces the
//! folder to disk. The file on disk is compared with what was loaded first; if somebody else changed it, nothing is
//! written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, Files};
use super::file::{self, FileError, MAX_BYTES};
use super::model::{Session, SessionId};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;

mod list;
mod names;

pub use list::Listed;
use names::{fresh_id, name, temporary_name};

const FILE: &str = "session.ron";

/// Why a session could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// The path is a device, pipe or socket, or the file is larger than a session can be.
    #[error("{path}: {why}")]
    Refused {
        /// The path.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The text is no session that this version reads.
    #[error("{path}:{line}:{column}: {message}", line = .error.line, column = .error.column, message = .error.message)]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The fault.
        error: FileError,
        /// The line in which it stands.
        excerpt: String,
    },
    /// Nothing has that id, or several have.
    #[error("{0}")]
    NotFound(String),
    /// Somebody else wrote the file since it was loaded.
    #[error("{0}: changed by somebody else since it was opened; nothing was overwritten")]
    Changed(PathBuf),
}

impl StoreError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

/// A session and the file it stands in.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The session.
    pub session: Session,
    /// Its file.
    pub path: PathBuf,
    /// The bytes on disk as this program last saw them; none: not written yet.
    loaded: Option<Vec<u8>>,
}

/// The sessions of one data directory.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Store {
    /// The sessions under a data directory; nothing is created before the first save.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self::on(data_dir, Arc::new(Files))
    }

    /// The same on a disk of one's own.
    #[must_use]
    pub fn on(data_dir: &Path, disk: Arc<dyn Disk>) -> Self {
        Self { root: data_dir.join("sessions"), disk }
    }

    /// A new session, not written yet. `milliseconds` since 1970 make ids sort by time.
    #[must_use]
    pub fn create(&self, mode: Mode, vendor: VendorId, day: Day, milliseconds: u64) -> Saved {
        let id = fresh_id(milliseconds);
        let path = self.root.join(id.as_str()).join(FILE);
        Saved { session: Session::new(id, mode, vendor, day), path, loaded: None }
    }

    /// Writes the session, whole or not at all.
    ///
    /// # Errors
    /// When the folder or file cannot be written, or the file on disk is not the one that was loaded.
    pub fn save(&self, saved: &mut Saved) -> Result<(), StoreError> {
        let folder = saved.path.parent().unwrap_or(&self.root).to_owned();
        self.disk.create_folder(&folder).map_err(StoreError::io(&folder))?;
        let on_disk = match self.read(&saved.path) {
            Ok(bytes) => Some(bytes),
            Err(StoreError::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if on_disk != saved.loaded {
            return Err(StoreError::Changed(saved.path.clone()));
        }
        let text = file::write(&saved.session);
        let temporary = folder.join(temporary_name());
        let replaced = self.replace(&temporary, &saved.path, text.as_bytes());
        if replaced.is_err() {
            // Should this fail too, the leftover is removed when the sessions are listed next.
            let _ = self.disk.remove(&temporary);
        }
        replaced.map_err(StoreError::io(&saved.path))?;
        // From here on the new text is what lies there, even if forcing the folder fails.
        saved.loaded = Some(text.into_bytes());
        self.disk.sync_folder(&folder).map_err(StoreError::io(&folder))
    }

    /// Writes a new file, forces it to disk and puts it in the place of the old one.
    fn replace(&self, temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut handle = self.disk.create(temporary)?;
        handle.write(bytes)?;
        handle.sync()?;
        drop(handle);
        self.disk.rename(temporary, path)
    }

    /// Loads a session by path, by id or by the beginning of an id.
    ///
    /// # Errors
    /// When nothing or several things fit, or the file cannot be read.
    pub fn load(&self, what: &str) -> Result<Saved, StoreError> {
        let path = Path::new(what);
        if path.exists() {
            let file = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
            // A relative path may have no folder of its own, and a save needs one.
            return self.load_file(&std::path::absolute(&file).map_err(StoreError::io(&file))?);
        }
        let ids: Vec<PathBuf> = self.folders().into_iter().filter(|folder| name(folder).starts_with(what)).collect();
        let exact = ids.iter().find(|folder| name(folder) == what);
        match (exact, ids.as_slice()) {
            (Some(folder), _) => self.load_file(&folder.join(FILE)),
            (None, [only]) => self.load_file(&only.join(FILE)),
            (None, []) => Err(StoreError::NotFound(format!("no session and no file is called `{what}`"))),
            (None, several) => {
                let names: Vec<String> = several.iter().map(|folder| name(folder)).collect();
                Err(StoreError::NotFound(format!("`{what}` fits several sessions: {}", names.join(", "))))
            }
        }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, StoreError> {
        let data = fs::metadata(path).map_err(StoreError::io(path))?;
        let refused = |why: &str| StoreError::Refused { path: path.to_owned(), why: why.to_owned() };
        if data.is_dir() {
            return Err(refused("this is a folder without a session"));
        }
        if !data.is_file() {
            return Err(refused("this is no ordinary file"));
        }
        if data.len() > MAX_BYTES {
            return Err(refused("larger than 1 MiB; no session is that large, so it was not read"));
        }
        self.disk.read(path, MAX_BYTES + 1).map_err(StoreError::io(path))
    }

    fn load_file(&self, path: &Path) -> Result<Saved, StoreError> {
        let bytes = self.read(path)?;
        let refused = |why: &str| StoreError::Refused { path: path.to_owned(), why: why.to_owned() };
        let text = std::str::from_utf8(&bytes).map_err(|_| refused("this is no UTF-8 text"))?;
        let folder = path.parent().map(name).unwrap_or_default();
        let fallback =
            SessionId::parse(&folder).or_else(|| SessionId::parse("session")).ok_or_else(|| refused("no id"))?;
        let session = file::read(text, &fallback).map_err(|error| {
            let excerpt =
                text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().chars().take(120).collect();
            StoreError::Unreadable { path: path.to_owned(), error, excerpt }
        })?;
        Ok(Saved { session, path: path.to_owned(), loaded: Some(bytes) })
    }
}

#[cfg(test)]
mod tests;
