//! Where sessions lie, and how they are written: `sessions/<id>/session.ron` under the data directory.
//!
//! Here: what a store is, and loading. Saving stands in `save`, the list in `list`, names in `names`, faults in `fault`.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, Files};
use super::file::{self, Broken, MAX_BYTES};
use super::model::{Session, SessionId};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;
use crate::sanitise::clip;

mod bulk;
mod damage;
mod decisions;
mod fault;
mod folder;
mod forget;
mod generations;
mod incoming;
mod index;
mod list;
mod lock;
mod names;
mod save;
mod sealing;
mod siblings;
mod versions;

pub use bulk::Progress;
pub use damage::Damage;
pub use fault::{StoreError, Told, Why};
pub use forget::{Belongings, remove_all};
pub use generations::Generation;
pub use incoming::{Gathered, incoming};
pub use index::packed;
pub use list::Listed;
pub use lock::{Claim, Holder, Lock, claim, holder_of};
pub use names::Copy;
use names::{fresh_id, name};
pub use save::Written;
pub use sealing::{Sealing, is_named_record};
pub use versions::Versions;

const FILE: &str = "session.ron";
/// Ids that a message names.
const SHOWN: usize = 5;

/// Why a session may be looked at and not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another instance of the program has it open; what its lock file says ([`Holder::parse`]).
    Held(String),
    /// A newer version has written it.
    Newer,
    /// It is an older state of a session, kept for the case that the file is damaged.
    Generation,
    /// It was answered with other questions, and nobody has said yet that it goes on with the present ones.
    OtherQuestions,
}

/// A session and the file it stands in.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The session.
    pub session: Session,
    /// Its file.
    pub path: PathBuf,
    /// The link by which the file was named, if it was named by one.
    pub link: Option<PathBuf>,
    /// It may only be looked at.
    pub read_only: Option<ReadOnly>,
    /// The bytes on disk as this program last saw them; none: not written yet.
    loaded: Option<Vec<u8>>,
}

impl Saved {
    /// Whether there is a file.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        self.loaded.is_some()
    }

    /// The session as it stands in the file, without what was changed since; none: not written yet.
    #[must_use]
    pub fn as_loaded(&self) -> Option<Session> {
        let bytes = self.loaded.as_deref()?;
        parse(&self.path, bytes).ok().or_else(|| look(&self.path, bytes))
    }
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
        // A session that is named by its path is told from one elsewhere by its folder.
        let data_dir = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_owned());
        Self { root: data_dir.join("sessions"), disk }
    }

    /// A new session, not written yet. `milliseconds` since 1970 make ids sort by time.
    #[must_use]
    pub fn create(&self, mode: Mode, vendor: VendorId, day: Day, milliseconds: u64) -> Saved {
        let id = fresh_id(milliseconds);
        let path = self.root.join(id.as_str()).join(FILE);
        Saved { session: Session::new(id, mode, vendor, day), path, link: None, read_only: None, loaded: None }
    }

    /// Loads a session by path, by id or by the beginning of an id.
    ///
    /// # Errors
    /// When nothing or several things fit, or the file cannot be read.
    pub fn load(&self, what: &str) -> Result<Saved, StoreError> {
        self.load_file(&self.find(what)?)
    }

    /// The same, and one that a newer version has written may be looked at as far as this version understands it.
    ///
    /// # Errors
    /// When nothing or several things fit, or the file cannot be read.
    pub fn open(&self, what: &str) -> Result<Saved, StoreError> {
        let named = self.find(what)?;
        self.load_file(&named).or_else(|fault| {
            let newer = matches!(&fault, StoreError::Unreadable { error, .. } if error.newer);
            let target = self.target(&named)?;
            let path = target.clone().unwrap_or_else(|| named.clone());
            let bytes = if newer { self.read(&path)? } else { return Err(fault) };
            let Some(session) = look(&path, &bytes) else { return Err(fault) };
            let link = target.is_some().then_some(named);
            Ok(Saved { session, path, link, read_only: Some(ReadOnly::Newer), loaded: Some(bytes) })
        })
    }

    /// The file of a session that is named by path, by id or by the beginning of an id.
    ///
    /// # Errors
    /// When nothing or several things fit.
    pub fn find(&self, what: &str) -> Result<PathBuf, StoreError> {
        let path = Path::new(what);
        if path.exists() {
            let file = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
            if path.is_dir() && !file.exists() {
                return Err(StoreError::Refused { path: path.to_owned(), why: Why::Folder });
            }
            // A relative path may have no folder of its own, and a save needs one.
            return std::path::absolute(&file).map(|file| self.spelled(file)).map_err(StoreError::io(&file));
        }
        if what.is_empty() {
            // Every id begins with nothing, and nobody means any of them.
            return Err(StoreError::NotFound("no session and no file is named".to_owned()));
        }
        let ids: Vec<PathBuf> = self.folders().into_iter().filter(|folder| name(folder).starts_with(what)).collect();
        let exact = ids.iter().find(|folder| name(folder) == what);
        // A copy beside a session makes the beginning of its id no less clear.
        let mut proper = ids.iter().filter(|folder| Copy::of_folder(folder).is_none());
        let proper = proper.next().filter(|_| proper.next().is_none());
        match (exact.or(proper), ids.as_slice()) {
            (Some(folder), _) => Ok(folder.join(FILE)),
            (None, [only]) => Ok(only.join(FILE)),
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

    /// Whether a place lies inside the store, where nothing but sessions belongs.
    #[must_use]
    pub fn holds(&self, place: &Path) -> bool {
        let place = std::path::absolute(place).unwrap_or_else(|_| place.to_owned());
        let above = place.ancestors().skip(1).find_map(|above| above.canonicalize().ok());
        match (self.root.canonicalize(), above) {
            (Ok(root), Some(above)) => above.starts_with(root),
            _ => false,
        }
    }

    /// A file as the store names it, if it lies there, however the way to it was written: through `..`, or through a link to
    /// the data directory. What lies inside a linked folder of the store is still named by that link.
    fn spelled(&self, file: PathBuf) -> PathBuf {
        let winding = file.components().any(|part| matches!(part, Component::ParentDir | Component::CurDir));
        let straight = |file: &Path| Some(file.parent()?.canonicalize().ok()?.join(file.file_name()?));
        let file = if winding { straight(&file).unwrap_or(file) } else { file };
        let parts = || {
            let folder = file.parent()?;
            let same = folder.parent()?.canonicalize().ok()? == self.root.canonicalize().ok()?;
            Some(self.root.join(folder.file_name().filter(|_| same)?).join(file.file_name()?))
        };
        parts().unwrap_or(file)
    }

    /// The file that a link leads to, as the store names it; none: the path is no link.
    fn target(&self, path: &Path) -> Result<Option<PathBuf>, StoreError> {
        target(path).map(|to| to.map(|to| self.spelled(to)))
    }

    /// What an ordinary file holds; a link is none.
    fn read(&self, path: &Path) -> Result<Vec<u8>, StoreError> {
        self.read_up_to(path, MAX_BYTES, Why::Large)
    }

    fn read_up_to(&self, path: &Path, most: u64, large: Why) -> Result<Vec<u8>, StoreError> {
        let data = fs::symlink_metadata(path).map_err(StoreError::io(path))?;
        let refused = |why: Why| StoreError::Refused { path: path.to_owned(), why };
        if data.is_dir() {
            return Err(refused(Why::Folder));
        }
        if !data.is_file() {
            return Err(refused(Why::Special));
        }
        if data.len() > most {
            return Err(refused(large));
        }
        let bytes = self.disk.read(path, most + 1).map_err(StoreError::io(path))?;
        // It may have grown meanwhile.
        if bytes.len() as u64 > most { Err(refused(large)) } else { Ok(bytes) }
    }

    /// What a file holds, if it is text.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<String> {
        String::from_utf8(self.read(path).ok()?).ok()
    }

    fn load_file(&self, named: &Path) -> Result<Saved, StoreError> {
        let target = self.target(named)?;
        let path = target.as_deref().unwrap_or(named);
        let bytes = self.read(path)?;
        let session = parse(path, &bytes)?;
        let link = target.is_some().then(|| named.to_owned());
        // The next save of its session may remove it.
        let read_only = self.is_generation(path).then_some(ReadOnly::Generation);
        Ok(Saved { session, path: path.to_owned(), link, read_only, loaded: Some(bytes) })
    }
}

/// Where a link leads; none: the path is no link. A link to a link is refused: who follows it does not know where it ends.
fn target(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !is_link(path) {
        return Ok(None);
    }
    let to = fs::read_link(path).map_err(StoreError::io(path))?;
    let to = path.parent().map_or_else(|| to.clone(), |folder| folder.join(&to));
    if is_link(&to) {
        return Err(StoreError::Refused { path: path.to_owned(), why: Why::Links });
    }
    Ok(Some(to))
}

/// The id of a session whose file names none.
fn fallback(path: &Path) -> Option<SessionId> {
    let folder = path.parent().map(name).unwrap_or_default();
    SessionId::parse(&folder).or_else(|| SessionId::parse("session"))
}

/// What this version understands of a newer file.
fn look(path: &Path, bytes: &[u8]) -> Option<Session> {
    file::look(std::str::from_utf8(bytes).ok()?, &fallback(path)?).ok()
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink())
}

/// The session in the bytes of a file.
fn parse(path: &Path, bytes: &[u8]) -> Result<Session, StoreError> {
    parse_with(path, bytes, file::read)
}

/// How the text of a session is read; the id of one that names none comes second.
type Read = fn(&str, &SessionId) -> Result<Session, file::FileError>;

fn parse_with(path: &Path, bytes: &[u8], read: Read) -> Result<Session, StoreError> {
    parse_one(path, bytes, read).map_err(|fault| versions::told_apart(path, bytes, fault))
}

fn parse_one(path: &Path, bytes: &[u8], read: Read) -> Result<Session, StoreError> {
    let refused = |why: Why| StoreError::Refused { path: path.to_owned(), why };
    let broken = file::check(bytes).err();
    // What has changed on the disk may be no text either; that it has changed says more.
    if let Some(broken) = broken.filter(|broken| *broken != Broken::Line) {
        return Err(StoreError::Broken { path: path.to_owned(), broken });
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
        let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        refused(Why::NotText { line: before.split(|byte| *byte == b'\n').count(), column })
    })?;
    let fallback = fallback(path).ok_or_else(|| refused(Why::Folder))?;
    let read = read(text, &fallback);
    match broken {
        // A newer version may write another first line.
        Some(broken) if !read.as_ref().is_err_and(|error| error.newer) => {
            return Err(StoreError::Broken { path: path.to_owned(), broken });
        }
        _ => {}
    }
    read.map_err(|error| {
        let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().chars().take(120).collect();
        StoreError::Unreadable { path: path.to_owned(), error, excerpt }
    })
}

#[cfg(test)]
mod edges;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod machine;
#[cfg(all(test, target_os = "linux"))]
mod race;
#[cfg(test)]
mod tests;
