//! What lies in the data directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::names::{TEMPORARY, name};
use super::{FILE, Store};
use crate::session::model::Session;

/// A session in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// When it was last written.
    pub modified: SystemTime,
    /// The session, or why it cannot be read.
    pub session: Result<Session, String>,
}

impl Store {
    /// All sessions, the one written last first. Leftover temporary files are removed on the way.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let mut all: Vec<Listed> = self
            .folders()
            .into_iter()
            .filter_map(|folder| {
                remove_leftovers(&folder);
                let path = folder.join(FILE);
                let modified = fs::metadata(&path).and_then(|data| data.modified()).ok()?;
                let session = self.load_file(&path).map(|saved| saved.session).map_err(|error| error.to_string());
                Some(Listed { id: name(&folder), path, modified, session })
            })
            .collect();
        all.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
        all
    }

    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    }
}

/// Temporary files of a save that was cut off. Only old ones, so that nobody's running save is touched.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        if ours && age.is_some_and(|age| age.as_secs() > 60) {
            // A leftover that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}
