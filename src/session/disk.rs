//! What a save asks of the file system, step by step, so that a test can record the steps or make any of them fail.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::patience::patiently;

/// A file that is being written.
pub trait Handle {
    /// Writes all bytes.
    ///
    /// # Errors
    /// What the operating system says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Forces what was written to the disk.
    ///
    /// # Errors
    /// What the operating system says.
    fn sync(&mut self) -> io::Result<()>;

    /// Lets the same people read and write it as the file at `path`, as far as this machine allows; without such a file
    /// nothing happens.
    fn like(&mut self, _path: &Path) {}
}

/// The steps of saving and loading.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Makes a folder and those above it; only its owner can look inside.
    ///
    /// # Errors
    /// What the operating system says.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// Reads at most `limit` bytes.
    ///
    /// # Errors
    /// What the operating system says.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Makes a new file that only its owner can read.
    ///
    /// # Errors
    /// What the operating system says, also when the file exists.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Puts a file in the place of another, at once.
    ///
    /// # Errors
    /// What the operating system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Lets two files take each other's place, at once. A courtesy: without it they are replaced one after the other.
    ///
    /// # Errors
    /// What the operating system says, also when it knows nothing of the kind.
    fn exchange(&self, _one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Gives a file a second name, or copies it where that is not possible. A courtesy, like `hold`: a disk may know neither.
    ///
    /// # Errors
    /// What the operating system says, also when that name is taken.
    fn keep(&self, _path: &Path, _name: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Forces the entries of a folder to the disk.
    ///
    /// # Errors
    /// What the operating system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the operating system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Holds a folder, so that others of this program wait, until the result is dropped. A courtesy: where the file system
    /// knows no locks, or somebody holds it for too long, nothing is held.
    fn hold(&self, _folder: &Path) -> Option<File> {
        None
    }
}

/// How often, and after how many milliseconds each, one asks again for a folder that somebody holds.
#[cfg(unix)]
const ASKED: (u32, u64) = (200, 10);

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files;

impl Handle for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }

    #[cfg(unix)]
    fn like(&mut self, path: &Path) {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let Ok(old) = fs::symlink_metadata(path) else { return };
        if !old.is_file() {
            return;
        }
        let same_group = |file: &Self| file.metadata().is_ok_and(|new| new.gid() == old.gid());
        let kept = same_group(self) || fchown(&*self, None, Some(old.gid())).is_ok();
        let mode = old.mode() & 0o777;
        // Another group gets no more than everybody.
        let mode = if kept { mode } else { mode & (0o707 | ((mode & 0o7) << 3)) };
        // A file system without permissions refuses; then there is nothing to keep.
        let _ = self.set_permissions(fs::Permissions::from_mode(mode));
    }
}

impl Disk for Files {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        // Room for all of it at once, and for one byte that shows whether it has grown.
        let size = file.metadata().map_or(0, |data| data.len().min(limit));
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default().saturating_add(1));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Box::new(options.open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        patient(|| fs::rename(from, to))
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    fn keep(&self, path: &Path, name: &Path) -> io::Result<()> {
        if let Some(folder) = name.parent() {
            self.create_folder(folder)?;
        }
        match fs::hard_link(path, name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => copy(path, name),
            result => result,
        }
    }

    #[cfg(unix)]
    fn hold(&self, folder: &Path) -> Option<File> {
        use rustix::fs::{FlockOperation, flock};
        let file = File::open(folder).ok()?;
        for _ in 0..ASKED.0 {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Some(file),
                Err(rustix::io::Errno::WOULDBLOCK) => std::thread::sleep(std::time::Duration::from_millis(ASKED.1)),
                Err(_) => return None,
            }
        }
        None
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        patient(|| fs::remove_file(path))
    }
}

/// A step that Windows may refuse for a moment.
fn patient<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    if cfg!(windows) { patiently(step, std::thread::sleep) } else { step() }
}

/// Copies a file to a name that nobody has; for its owner alone.
fn copy(path: &Path, name: &Path) -> io::Result<()> {
    let mut from = File::open(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = options.open(name)?;
    let copied = io::copy(&mut from, &mut to).and_then(|_| to.sync_all());
    if copied.is_err() {
        let _ = fs::remove_file(name);
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_private_and_overwrites_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        File::create(&from).unwrap().write_all(b"text").unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"text");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
        }
        File::create(&from).unwrap().write_all(b"other").unwrap();
        for keep in [copy(&from, &to), Files.keep(&from, &to)] {
            assert_eq!(keep.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!(fs::read(&to).unwrap(), b"text");
        assert!(copy(&dir.path().join("none"), &dir.path().join("new")).is_err());
        assert!(!dir.path().join("new").exists());
    }
}
