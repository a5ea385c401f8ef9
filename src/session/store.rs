//! Where sessions lie, and how they are written: `sessions/<id>/session.ron` under the data directory.
//!
//! A save writes a temporary file in the same folder, forces it to disk, renames it over the old one and forces the
//! folder to disk. The file on disk is compared with what was loaded first; if somebody else changed it, nothing is
//! written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use super::disk::{Disk, Files};
use super::file::{self, FileError, MAX_BYTES};
use super::model::{Session, SessionId};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;
use crate::sanitise::clip;

const FILE: &str = "session.ron";
const TEMPORARY: &str = ".session-";
/// Ids that a message names.
const SHOWN: usize = 5;

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
            if path.is_dir() && !file.exists() {
                let why = format!("this is a folder without a session ({FILE})");
                return Err(StoreError::Refused { path: path.to_owned(), why });
            }
            // A relative path may have no folder of its own, and a save needs one.
            return self.load_file(&std::path::absolute(&file).map_err(StoreError::io(&file))?);
        }
        let ids: Vec<PathBuf> = self.folders().into_iter().filter(|folder| name(folder).starts_with(what)).collect();
        let exact = ids.iter().find(|folder| name(folder) == what);
        match (exact, ids.as_slice()) {
            (Some(folder), _) => self.load_file(&folder.join(FILE)),
            (None, [only]) => self.load_file(&only.join(FILE)),
            (None, []) => Err(StoreError::NotFound(format!("no session and no file is called `{}`", clip(what, 100)))),
            (None, several) => {
                let names: Vec<String> = several.iter().take(SHOWN).map(|folder| clip(&name(folder), 40)).collect();
                let more = several.len().saturating_sub(SHOWN);
                let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                let names = names.join(", ");
                Err(StoreError::NotFound(format!("`{}` fits several sessions: {names}{more}", clip(what, 100))))
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
                let session = self.load_file(&path).map(|saved| saved.session).map_err(|error| error.to_string());
                Some(Listed { id: name(&folder), path, modified, session })
            })
            .collect();
        all.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
        all
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

/// A name that no other save uses, here or in another process.
fn temporary_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{TEMPORARY}{}-{}-{:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed), random())
}

/// The standard library seeds this from the operating system; names need to be unique, not secret.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// A ULID: 48 bits of time, 80 random bits, in Crockford's base 32.
fn fresh_id(milliseconds: u64) -> SessionId {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
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
    use std::fs::File;
    use std::io::Write;
    use std::sync::Mutex;

    use super::super::disk::Handle;
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

    /// Records the steps; the step with the number `fails` fails.
    #[derive(Debug, Default)]
    struct Watched {
        steps: Arc<Mutex<Vec<&'static str>>>,
        fails: Option<usize>,
    }

    fn step(steps: &Mutex<Vec<&'static str>>, fails: Option<usize>, name: &'static str) -> io::Result<()> {
        let mut steps = steps.lock().unwrap();
        steps.push(name);
        if fails == Some(steps.len() - 1) { Err(io::Error::other("full")) } else { Ok(()) }
    }

    struct WatchedHandle(Box<dyn Handle>, Arc<Mutex<Vec<&'static str>>>, Option<usize>);

    impl Handle for WatchedHandle {
        fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
            if let Err(error) = step(&self.1, self.2, "write") {
                // A full disk takes a part before it refuses.
                self.0.write(&bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            self.0.write(bytes)
        }

        fn sync(&mut self) -> io::Result<()> {
            step(&self.1, self.2, "sync").and_then(|()| self.0.sync())
        }
    }

    impl Disk for Watched {
        fn create_folder(&self, folder: &Path) -> io::Result<()> {
            step(&self.steps, self.fails, "folder").and_then(|()| Files.create_folder(folder))
        }
        fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
            step(&self.steps, self.fails, "read").and_then(|()| Files.read(path, limit))
        }
        fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
            step(&self.steps, self.fails, "create")?;
            let handle = Files.create(path)?;
            Ok(Box::new(WatchedHandle(handle, Arc::clone(&self.steps), self.fails)))
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            step(&self.steps, self.fails, "rename").and_then(|()| Files.rename(from, to))
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            step(&self.steps, self.fails, "sync folder").and_then(|()| Files.sync_folder(folder))
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            step(&self.steps, self.fails, "remove").and_then(|()| Files.remove(path))
        }
    }

    #[test]
    fn a_save_is_written_forced_renamed_and_forced_again() {
        let dir = tempfile::tempdir().unwrap();
        let disk = Arc::new(Watched::default());
        let store = Store::on(dir.path(), Arc::clone(&disk) as Arc<dyn Disk>);
        let mut saved = zoom(&store);
        store.save(&mut saved).unwrap();
        disk.steps.lock().unwrap().clear();
        store.save(&mut saved).unwrap();
        let steps = disk.steps.lock().unwrap().clone();
        assert_eq!(steps, ["folder", "read", "create", "write", "sync", "rename", "sync folder"]);
    }

    #[test]
    fn whichever_step_fails_the_file_is_whole_and_nothing_is_left_over() {
        for fails in 0..7 {
            let dir = tempfile::tempdir().unwrap();
            let good = Store::new(dir.path());
            let mut saved = zoom(&good);
            good.save(&mut saved).unwrap();
            let old = fs::read(&saved.path).unwrap();
            let bad = Store::on(dir.path(), Arc::new(Watched { fails: Some(fails), ..Watched::default() }));
            saved.session.subject.team = "neu".into();
            assert!(bad.save(&mut saved).is_err(), "{fails}");
            let now = fs::read(&saved.path).unwrap();
            // Only when the folder could not be forced does the new file stand there already.
            assert_eq!(now == old, fails < 6, "{fails}");
            assert_eq!(good.load(saved.path.to_str().unwrap()).unwrap().session.id, saved.session.id);
            assert_eq!(fs::read_dir(saved.path.parent().unwrap()).unwrap().count(), 1, "{fails}");
            good.save(&mut saved).unwrap();
            assert_eq!(good.load(saved.path.to_str().unwrap()).unwrap().session.subject.team, "neu");
        }
    }
}
