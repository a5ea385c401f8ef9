//! Sessions that lie somewhere else than in the data directory: a folder that somebody was sent, a share, a backup.

use std::path::{Path, PathBuf};

use super::store::{StoreError, is_named_record};

const FILE: &str = "session.ron";
/// Larger files are refused unread elsewhere; more files than these are no folder of sessions.
const MOST: usize = 100_000;

/// The files of sessions in a folder, by name: `*.ron` without records of seals, `*/session.ron`, and
/// `sessions/*/session.ron`.
///
/// # Errors
/// When the folder cannot be read.
pub fn session_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut files = inside(folder)?;
    let store = folder.join("sessions");
    if store.is_dir() {
        files.extend(inside(&store)?);
    }
    files.sort();
    Ok(files)
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = std::fs::read_dir(folder).map_err(|error| StoreError::Io { path: folder.to_owned(), error })?;
    let files = entries.flatten().take(MOST).filter_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            Some(path.join(FILE)).filter(|file| file.is_file())
        } else {
            let session = path.extension().is_some_and(|ending| ending == "ron") && !is_named_record(&path);
            session.then_some(path)
        }
    });
    Ok(files.collect())
}
