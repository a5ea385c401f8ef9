//! A disk in memory, which begins as a copy of what lies on the real one.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use freigabe::session::disk::{Disk, Files, Handle};

type Contents = Arc<Mutex<BTreeMap<PathBuf, Vec<u8>>>>;

/// The files that were written.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub Contents);

struct Open(PathBuf, Contents);

impl Handle for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut files = self.1.lock().map_err(|_| ErrorKind::Other)?;
        files.entry(self.0.clone()).or_default().extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for Memory {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let written = self.0.lock().map_err(|_| ErrorKind::Other)?.get(path).cloned();
        written.map_or_else(|| Files.read(path, limit), Ok)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut files = self.0.lock().map_err(|_| ErrorKind::Other)?;
        if files.contains_key(path) || path.exists() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        files.insert(path.to_owned(), Vec::new());
        Ok(Box::new(Open(path.to_owned(), Arc::clone(&self.0))))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = self.0.lock().map_err(|_| ErrorKind::Other)?;
        let bytes = files.remove(from).ok_or(ErrorKind::NotFound)?;
        files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let removed = self.0.lock().map_err(|_| ErrorKind::Other)?.remove(path);
        removed.map(|_| ()).ok_or_else(|| ErrorKind::NotFound.into())
    }
}
