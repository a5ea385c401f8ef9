//! Saving.
//!
//! A save writes a temporary file in the same folder, forces it to disk, renames it over the old one and forces the
//! folder to disk. What lies there is compared with what was loaded or written last; if it is something else, it stays,
//! and the session goes on in a copy beside it. So nothing that anybody wrote is overwritten unseen. What is replaced stays
//! as a generation.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::names::{self, Copy, name, temporary_name};
use super::{FILE, Saved, Store, StoreError, Why, is_link};
use crate::session::file::{self, MAX_BYTES};

/// Copies beside one file; nobody needs more.
const MOST_COPIES: u32 = 1000;

/// Room for the line that seals a file.
const SEAL: usize = 128;

/// How a session came to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As it should.
    Plainly,
    /// Somebody had removed the file; it is there again.
    Again,
    /// Somebody had changed the file. It was left alone, and the session goes on in a copy.
    Beside,
    /// Somebody saved in the same moment. What they wrote lies in a copy, and the session goes on where it was.
    Displaced,
}

impl Store {
    /// Writes the session, whole or not at all. Should the file have become another one meanwhile, `saved` goes on in a
    /// copy beside it.
    ///
    /// # Errors
    /// When the folder or file cannot be written, or the session is larger than what can be loaded.
    pub fn save(&self, saved: &mut Saved) -> Result<Written, StoreError> {
        let bytes = bytes(saved)?;
        let folder = saved.path.parent().unwrap_or(&self.root).to_owned();
        self.refuse_linked(&folder)?;
        self.disk.create_folder(&folder).map_err(StoreError::io(&folder))?;
        // From comparing to replacing nobody else may replace.
        let _held = self.disk.hold(&folder);
        let found = match self.read(&saved.path) {
            Ok(found) => Some(found),
            Err(StoreError::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => None,
            // It was an ordinary file once.
            Err(StoreError::Refused { .. }) => return self.save_beside(saved, Copy::Conflict),
            Err(error) => return Err(error),
        };
        let written = match (&found, &saved.loaded) {
            (None, Some(_)) => Written::Again,
            (None, None) => Written::Plainly,
            (Some(found), loaded) if loaded.as_ref() == Some(found) || *found == bytes => Written::Plainly,
            _ => return self.save_beside(saved, Copy::Conflict),
        };
        let temporary = folder.join(temporary_name());
        // What is replaced was loaded or written by this program, so it is whole.
        let kept = found.as_ref().filter(|found| **found != bytes).and_then(|_| self.keep(&saved.path));
        let prepared = self.prepare(&temporary, &saved.path, &bytes);
        let replaced = prepared.and_then(|()| self.put(&temporary, &saved.path, &bytes, found.as_deref()));
        if replaced.is_err() {
            // Should this fail too, the leftover is removed at the next start.
            let _ = self.disk.remove(&temporary);
            // The file stands where it stood; a second name would change with it.
            let _ = kept.map(|kept| self.disk.remove(&kept));
        }
        let displaced = replaced.map_err(StoreError::io(&saved.path))?;
        // From here on the new text is what lies there, even if forcing the folder fails.
        saved.loaded = Some(bytes);
        self.disk.sync_folder(&folder).map_err(StoreError::io(&folder))?;
        self.prune(&saved.path);
        Ok(if displaced { Written::Displaced } else { written })
    }

    /// Puts the new file in the place of the old one. Who knows no lock may have saved since the files were compared; so what
    /// leaves is looked at once more, and somebody else's words go to a copy. True: there were such words.
    fn put(&self, temporary: &Path, path: &Path, bytes: &[u8], found: Option<&[u8]>) -> io::Result<bool> {
        let exchanged = match found.map(|_| self.disk.exchange(temporary, path)) {
            None => None,
            Some(Ok(())) => found,
            Some(Err(error)) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
                None
            }
            // A server may have done it and fail to say so; then the old text would be put back.
            Some(Err(error)) => match self.disk.read(temporary, MAX_BYTES + 1) {
                Ok(still) if still == bytes => None,
                _ => return Err(error),
            },
        };
        let Some(found) = exchanged else { return self.disk.rename(temporary, path).map(|()| false) };
        // The new text is where it belongs; whatever happens now is about the old one.
        let displaced = match self.disk.read(temporary, MAX_BYTES + 1) {
            Ok(left) => left != found,
            // Nobody can tell whose it is, so it stays until leftovers are removed.
            Err(_) => return Ok(false),
        };
        if !displaced || self.keep_beside(temporary, path) {
            let _ = self.disk.remove(temporary);
        }
        Ok(displaced)
    }

    /// Gives somebody else's words the name of a conflict copy.
    pub(super) fn keep_beside(&self, theirs: &Path, path: &Path) -> bool {
        let places = (1..MOST_COPIES).map(|n| Copy::Conflict.beside(path, n));
        let places = places.filter(|place| !(name(place) == FILE && place.parent().is_some_and(is_link)));
        let tries = places.map(|place| self.disk.keep(theirs, &place));
        let taken = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
        tries.into_iter().find(|kept| !kept.as_ref().is_err_and(taken)).is_some_and(|kept| kept.is_ok())
    }

    /// Writes a new file, forces it to disk and puts it in the place of the old one.
    pub(super) fn replace(&self, temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.prepare(temporary, path, bytes)?;
        self.disk.rename(temporary, path)
    }

    /// Writes a new file with the permissions of the old one, and forces it to disk.
    fn prepare(&self, temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut handle = self.disk.create(temporary)?;
        handle.write(bytes)?;
        handle.like(path);
        handle.sync()
    }

    /// Writes the session to a new file beside the old one, and goes on there.
    ///
    /// # Errors
    /// When no such file can be written.
    pub fn save_beside(&self, saved: &mut Saved, copy: Copy) -> Result<Written, StoreError> {
        let bytes = bytes(saved)?;
        let old = saved.path.clone();
        self.first_free(saved, bytes, |n| copy.beside(&old, n))?;
        Ok(Written::Beside)
    }

    /// Writes the session to the first free file of those that `path` names, and goes on there.
    fn first_free(&self, saved: &mut Saved, bytes: Vec<u8>, path: impl Fn(u32) -> PathBuf) -> Result<(), StoreError> {
        let mut n = 1;
        let path = loop {
            let path = path(n);
            // A linked folder of that name leads to where nobody expects a copy.
            if name(&path) == FILE && path.parent().is_some_and(is_link) && n < MOST_COPIES {
                n += 1;
                continue;
            }
            match self.write_new(&path, &bytes, &saved.path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < MOST_COPIES => n += 1,
                result => {
                    result.map_err(StoreError::io(&path))?;
                    break path;
                }
            }
        };
        (saved.path, saved.link, saved.loaded) = (path, None, Some(bytes));
        Ok(())
    }

    /// Writes the session where a person wants it: into a folder, or as a file that does not exist yet; and goes on there.
    ///
    /// # Errors
    /// When there is such a file, or no such folder, or it cannot be written.
    pub fn save_as(&self, saved: &mut Saved, place: &Path) -> Result<(), StoreError> {
        let place = std::path::absolute(place).map_err(StoreError::io(place))?;
        let bytes = bytes(saved)?;
        if place.is_dir() {
            let name = names::plain(&saved.session);
            let numbered = |n: u32| if n == 1 { String::new() } else { format!("-{n}") };
            return self.first_free(saved, bytes, |n| place.join(format!("{name}{}.freigabe.ron", numbered(n))));
        }
        let folder = place.parent().unwrap_or(&place);
        // A folder that is spelled wrongly is not made.
        fs::metadata(folder).map_err(StoreError::io(folder))?;
        self.write_new(&place, &bytes, &saved.path).map_err(StoreError::io(&place))?;
        (saved.path, saved.link, saved.loaded) = (place, None, Some(bytes));
        Ok(())
    }

    /// Takes a session that lies elsewhere into the store, and goes on there. The file elsewhere stays as it is.
    ///
    /// # Errors
    /// When the store has such a session already, or it cannot be written.
    pub fn take_in(&self, saved: &mut Saved) -> Result<(), StoreError> {
        let bytes = bytes(saved)?;
        let folder = self.root.join(saved.session.id.as_str());
        self.refuse_linked(&folder)?;
        let path = folder.join(FILE);
        self.write_new(&path, &bytes, &saved.path).map_err(StoreError::io(&path))?;
        (saved.path, saved.link, saved.loaded) = (path, None, Some(bytes));
        Ok(())
    }

    /// The last resort: writes the session beside its file, else into the data directory, else into `temporary`. Returns
    /// where it lies.
    ///
    /// # Errors
    /// The fault of the last try.
    pub fn rescue(&self, saved: &mut Saved, temporary: &Path) -> Result<PathBuf, StoreError> {
        if self.save_beside(saved, Copy::Rescue).is_ok() {
            return Ok(saved.path.clone());
        }
        let bytes = bytes(saved)?;
        let name = format!("{}-{}.freigabe.ron", names::plain(&saved.session), saved.session.id);
        let data = self.root.parent().unwrap_or(&self.root).to_owned();
        let inside = |folder: &Path, n| Copy::Rescue.beside(&folder.join(&name), n);
        if self.first_free(saved, bytes.clone(), |n| inside(&data, n)).is_err() {
            self.first_free(saved, bytes, |n| inside(temporary, n))?;
        }
        Ok(saved.path.clone())
    }

    /// Writes a file that does not exist yet, with the permissions of `like` if there is such a file.
    pub(super) fn write_new(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.root);
        self.disk.create_folder(folder)?;
        let mut handle = self.disk.create(path)?;
        let written = handle.write(bytes).and_then(|()| {
            // A copy in the same share is for the same people; elsewhere it is its owner's.
            if folder.parent() == like.parent().and_then(Path::parent) || Some(folder) == like.parent() {
                handle.like(like);
            }
            handle.sync()
        });
        drop(handle);
        if written.is_err() {
            let _ = self.disk.remove(path);
        }
        written.and_then(|()| self.disk.sync_folder(folder))
    }

    /// A folder of the store that is a link leads to where nobody expects a file to be written.
    pub(super) fn refuse_linked(&self, folder: &Path) -> Result<(), StoreError> {
        if folder.parent() != Some(&self.root) || !is_link(folder) {
            return Ok(());
        }
        let to = fs::read_link(folder).unwrap_or_default();
        Err(StoreError::Refused { path: folder.to_owned(), why: Why::LinkedFolder { to } })
    }
}

/// The session as text; one that could not be read again is refused before anything is written.
fn bytes(saved: &Saved) -> Result<Vec<u8>, StoreError> {
    if saved.read_only.is_some() {
        return Err(StoreError::Refused { path: saved.path.clone(), why: Why::ReadOnly });
    }
    let mut text = file::write(&saved.session);
    let room = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX) - SEAL;
    let shorter = file::shortened(&saved.session, text.len(), room);
    if let Some(shorter) = &shorter {
        text = file::write(shorter);
    }
    let session = shorter.as_ref().unwrap_or(&saved.session);
    let reads = |text: &str| file::read(text, &session.id).map(|again| again.answers.len() == session.answers.len());
    if reads(&text) != Ok(true) {
        // A hidden character inside a name of what was not understood: better hidden than gone.
        text = file::write_as_found(session);
    }
    let sealed = file::sealed(&text);
    if sealed.len() as u64 > MAX_BYTES {
        let (place, characters) = file::longest(session);
        return Err(StoreError::TooLong { path: saved.path.clone(), place, characters });
    }
    match reads(&text) {
        Ok(_) => Ok(sealed.into_bytes()),
        Err(error) => {
            let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().to_owned();
            Err(StoreError::Unreadable { path: saved.path.clone(), error, excerpt })
        }
    }
}
