//! Where sessions lie, and how they are written: `sessions/<id>/session.ron` under the data directory.
//!
//! A save writes a temporary file in the same folder, forces it to disk, renames it over the old one and forces the
//! folder to disk. The file on disk is compared with what was loaded first; if somebody else changed it, nothing is
//! written.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::file::{self, Document, FileError, MAX_BYTES, NotUnderstood};
use super::model::{Session, SessionId};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;

const FILE: &str = "session.ron";
const TEMPORARY: &str = ".session-";

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
    /// Parts that this version does not know.
    pub kept: Vec<NotUnderstood>,
    /// Its file.
    pub path: PathBuf,
    /// The bytes on disk as this program last saw them; none: not written yet.
    loaded: Option<Vec<u8>>,
}

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

/// The sessions of one data directory.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The sessions under a data directory; nothing is created before the first save.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self { root: data_dir.join("sessions") }
    }

    /// A new session, not written yet. `milliseconds` since 1970 make ids sort by time.
    #[must_use]
    pub fn create(&self, mode: Mode, vendor: VendorId, day: Day, milliseconds: u64) -> Saved {
        let id = fresh_id(milliseconds);
        let path = self.root.join(id.as_str()).join(FILE);
        Saved { session: Session::new(id, mode, vendor, day), kept: Vec::new(), path, loaded: None }
    }

    /// Writes the session, whole or not at all.
    ///
    /// # Errors
    /// When the folder or file cannot be written, or the file on disk is not the one that was loaded.
    pub fn save(&self, saved: &mut Saved) -> Result<(), StoreError> {
        let folder = saved.path.parent().unwrap_or(&self.root).to_owned();
        if !folder.is_dir() {
            create_private(&folder).map_err(StoreError::io(&folder))?;
        }
        let on_disk = match read_bytes(&saved.path) {
            Ok(bytes) => Some(bytes),
            Err(StoreError::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if on_disk != saved.loaded {
            return Err(StoreError::Changed(saved.path.clone()));
        }
        let document = Document { session: saved.session.clone(), kept: saved.kept.clone() };
        let text = file::write(&document);
        // `tempfile` makes the file readable by its owner alone, whatever the umask.
        let mut temporary =
            tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(&folder).map_err(StoreError::io(&folder))?;
        temporary.write_all(text.as_bytes()).map_err(StoreError::io(&saved.path))?;
        temporary.as_file().sync_all().map_err(StoreError::io(&saved.path))?;
        temporary.persist(&saved.path).map_err(|error| StoreError::io(&saved.path)(error.error))?;
        sync_folder(&folder).map_err(StoreError::io(&folder))?;
        saved.loaded = Some(text.into_bytes());
        Ok(())
    }

    /// Loads a session by path, by id or by the beginning of an id.
    ///
    /// # Errors
    /// When nothing or several things fit, or the file cannot be read.
    pub fn load(&self, what: &str) -> Result<Saved, StoreError> {
        let path = Path::new(what);
        if path.exists() {
            let file = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
            return load_file(&file);
        }
        let ids: Vec<PathBuf> = self.folders().into_iter().filter(|folder| name(folder).starts_with(what)).collect();
        let exact = ids.iter().find(|folder| name(folder) == what);
        match (exact, ids.as_slice()) {
            (Some(folder), _) => load_file(&folder.join(FILE)),
            (None, [only]) => load_file(&only.join(FILE)),
            (None, []) => Err(StoreError::NotFound(format!("no session and no file is called `{what}`"))),
            (None, several) => {
                let names: Vec<String> = several.iter().map(|folder| name(folder)).collect();
                Err(StoreError::NotFound(format!("`{what}` fits several sessions: {}", names.join(", "))))
            }
        }
    }

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
                let session = load_file(&path).map(|saved| saved.session).map_err(|error| error.to_string());
                Some(Listed { id: name(&folder), path, modified, session })
            })
            .collect();
        all.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
        all
    }

    fn folders(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    }
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
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

fn read_bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
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
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(StoreError::io(path))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(StoreError::io(path))?;
    Ok(bytes)
}

fn load_file(path: &Path) -> Result<Saved, StoreError> {
    let bytes = read_bytes(path)?;
    let refused = |why: &str| StoreError::Refused { path: path.to_owned(), why: why.to_owned() };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("this is no UTF-8 text"))?;
    let folder = path.parent().map(name).unwrap_or_default();
    let fallback = SessionId::parse(&folder).or_else(|| SessionId::parse("session")).ok_or_else(|| refused("no id"))?;
    let document = file::read(text, &fallback).map_err(|error| {
        let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().chars().take(120).collect();
        StoreError::Unreadable { path: path.to_owned(), error, excerpt }
    })?;
    Ok(Saved { session: document.session, kept: document.kept, path: path.to_owned(), loaded: Some(bytes) })
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A ULID: 48 bits of time, 80 random bits, in Crockford's base 32.
fn fresh_id(milliseconds: u64) -> SessionId {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    use std::hash::{BuildHasher, Hasher};
    // The standard library seeds this from the operating system; an id needs to be unique, not secret.
    let random = || std::collections::hash_map::RandomState::new().build_hasher().finish();
    let mut bits = (u128::from(milliseconds) << 80) | (u128::from(random()) << 16) | u128::from(random() & 0xffff);
    let mut text = [b'0'; 26];
    for place in text.iter_mut().rev() {
        *place = DIGITS[usize::try_from(bits & 31).unwrap_or_default()];
        bits >>= 5;
    }
    SessionId::of_digits(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        (dir, store)
    }

    fn zoom(store: &Store) -> Saved {
        store.create(Mode::SelfAssessment, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000)
    }

    #[test]
    fn a_session_is_found_again() {
        let (_dir, store) = store();
        let mut saved = zoom(&store);
        assert!(store.list().is_empty());
        store.save(&mut saved).unwrap();
        saved.session.subject.team = "Vertrieb".into();
        store.save(&mut saved).unwrap();
        let id = saved.session.id.as_str();
        assert_eq!(id.len(), 26);
        for what in [id, &id[..8], saved.path.to_str().unwrap()] {
            assert_eq!(store.load(what).unwrap().session, saved.session, "{what}");
        }
        assert_eq!(store.list().len(), 1);
        assert!(store.load("zzz").is_err());
    }

    #[test]
    fn a_change_by_somebody_else_is_never_overwritten() {
        let (_dir, store) = store();
        let mut saved = zoom(&store);
        store.save(&mut saved).unwrap();
        let mut other = store.load(saved.session.id.as_str()).unwrap();
        other.session.subject.team = "andere".into();
        store.save(&mut other).unwrap();
        let before = fs::read(&saved.path).unwrap();
        assert!(matches!(store.save(&mut saved), Err(StoreError::Changed(_))));
        assert_eq!(fs::read(&saved.path).unwrap(), before);
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_and_nothing_is_left_over() {
        use std::os::unix::fs::PermissionsExt;
        let (_dir, store) = store();
        let mut saved = zoom(&store);
        store.save(&mut saved).unwrap();
        let folder = saved.path.parent().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&saved.path), mode(folder)), (0o600, 0o700));
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_session_is_refused_and_left_alone() {
        let (dir, store) = store();
        let big = dir.path().join("big.ron");
        File::create(&big).unwrap().set_len(MAX_BYTES + 1).unwrap();
        let damaged = dir.path().join("damaged.ron");
        File::create(&damaged).unwrap().write_all(b"(format: 1,").unwrap();
        for path in [&big, &damaged, &dir.path().to_owned()] {
            assert!(store.load(path.to_str().unwrap()).is_err(), "{}", path.display());
        }
        assert_eq!(fs::read(&damaged).unwrap(), b"(format: 1,");
    }
}
