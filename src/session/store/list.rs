//! What lies in the data directory: names at once, contents when somebody looks.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::lock::held_by_another;
use super::names::{Copy, TEMPORARY, is_temporary, name};
use super::{FILE, Store, StoreError, parse};
use crate::session::file::{self, MAX_BYTES};
use crate::session::model::{Session, SessionId};

/// As much of a file as is read for a list.
const HEAD: u64 = 4096;
/// Older temporary files belong to no save that still runs.
const STALE_SECONDS: u64 = 60;

/// A session in a list.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// When it was last written.
    pub modified: SystemTime,
    /// It is a copy.
    pub copy: Option<Copy>,
    head: OnceCell<Result<Session, StoreError>>,
}

impl Listed {
    /// What the list says of it: the session without most of its answers, or why it cannot be read. The file is read at
    /// the first call.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn session(&self) -> Result<&Session, &StoreError> {
        self.head.get_or_init(|| head(&self.path)).as_ref()
    }
}

impl Store {
    /// All sessions, the one written last first. No file is read yet.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let folders = self.folders().into_iter();
        let mut all: Vec<Listed> = folders
            .filter_map(|folder| {
                let path = folder.join(FILE);
                let modified = fs::metadata(&path).and_then(|data| data.modified()).ok()?;
                let copy = Copy::of_folder(&folder);
                Some(Listed { id: name(&folder), path, modified, copy, head: OnceCell::new() })
            })
            .collect();
        all.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
        all
    }

    /// Removes what saves that were cut off have left behind, in the store and in the folder of a file elsewhere. A session
    /// that another instance holds is its business: on a share its process may run on another machine.
    pub fn tidy(&self, elsewhere: Option<&Path>) {
        let mut folders = self.folders();
        folders.retain(|folder| !held_by_another(&folder.join(FILE)));
        // The index is written beside the folder of the sessions.
        let beside = self.root.parent();
        for folder in folders.iter().map(PathBuf::as_path).chain(elsewhere).chain(beside) {
            remove_leftovers(folder);
        }
    }

    pub(super) fn folders(&self) -> Vec<PathBuf> {
        self.entries().map(|entry| entry.path()).collect()
    }

    /// The folders in the store, links to folders included.
    pub(super) fn entries(&self) -> impl Iterator<Item = fs::DirEntry> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        entries.filter(|entry| {
            entry.file_type().is_ok_and(|kind| kind.is_dir() || (kind.is_symlink() && entry.path().is_dir()))
        })
    }
}

/// The header of a session. This program writes it first, so the answers need not be read; where that does not help, the
/// whole file is.
fn head(path: &Path) -> Result<Session, StoreError> {
    let read = |limit: u64| -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(StoreError::io(path))?;
        std::io::Read::read_to_end(&mut std::io::Read::take(file, limit), &mut bytes).map_err(StoreError::io(path))?;
        Ok(bytes)
    };
    let data = fs::metadata(path).map_err(StoreError::io(path))?;
    let refused = |why: super::Why| StoreError::Refused { path: path.to_owned(), why };
    if !data.is_file() {
        return Err(refused(super::Why::Special));
    }
    let begin = read(HEAD)?;
    let length = file::check_length(&begin, data.len());
    length.map_err(|broken| StoreError::Broken { path: path.to_owned(), broken })?;
    let id = path.parent().map(name).and_then(|id| SessionId::parse(&id)).or_else(|| SessionId::parse("session"));
    // The cut may stand inside a character; that is no fault of the file.
    let text = begin.utf8_chunks().next().map(|chunk| chunk.valid()).unwrap_or_default();
    let quick = id.and_then(|id| file::head(text, &id));
    match quick {
        // Its name stands among the answers.
        Some(session) if session.vendor != *"other" => Ok(session),
        _ if data.len() > MAX_BYTES => Err(refused(super::Why::Large)),
        _ => parse(path, &read(MAX_BYTES)?),
    }
}

/// Temporary files of a save that was cut off: its process is dead, or it is so old that nobody's save still runs.
fn remove_leftovers(folder: &Path) {
    // What lies behind a link is somebody else's.
    if super::is_link(folder) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Some(rest) = name.strip_prefix(TEMPORARY).filter(|_| is_temporary(&name)) else { continue };
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let age = || entry.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        let process = rest.split('-').next().and_then(|number| number.parse().ok());
        if process.is_some_and(is_dead) || age().is_some_and(|age| age.as_secs() > STALE_SECONDS) {
            // A leftover that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether no process has this number.
#[cfg(unix)]
fn is_dead(number: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(number).is_some_and(|process| test_kill_process(process) == Err(Errno::SRCH))
}

/// Elsewhere nobody is asked; age decides.
#[cfg(not(unix))]
const fn is_dead(_: i32) -> bool {
    false
}
