//! The folder of all sessions, held open: thousands of files are looked at, and the way to them is gone only once.

use std::io;
use std::path::{Path, PathBuf};

use super::FILE;
use crate::session::register::Stamp;

/// A file that was looked at, and not read.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// By what it is known again. It is taken before the file is read: what changes meanwhile is read the next time.
    pub stamp: Stamp,
    /// An ordinary file that no link leads to.
    pub is_plain: bool,
}

/// The folder.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
    open: Option<rustix::fd::OwnedFd>,
}

impl Folder {
    /// Opens it; where that cannot be done, each file says why.
    pub fn open(root: &Path) -> Self {
        #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
        let open = {
            use rustix::fs::{Mode, OFlags, open};
            open(root, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()
        };
        Self {
            root: root.to_owned(),
            #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
            open,
        }
    }

    /// Looks at the session in a folder of this one; none: there is no such file. A link that leads nowhere is there.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn look(&self, name: &str) -> io::Result<Option<Seen>> {
        #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
        if let Some(folder) = &self.open {
            use rustix::fs::{AtFlags, FileType, statat};
            let path = [name, "/", FILE].concat();
            let own = match statat(folder, &path, AtFlags::SYMLINK_NOFOLLOW) {
                Err(rustix::io::Errno::NOENT) => return Ok(None),
                own => own?,
            };
            let kind = FileType::from_raw_mode(own.st_mode);
            let data = if kind.is_symlink() { statat(folder, &path, AtFlags::empty())? } else { own };
            return Ok(Some(Seen { stamp: stamp(&data), is_plain: kind.is_file() }));
        }
        let path = self.root.join(name).join(FILE);
        let own = match std::fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            own => own?,
        };
        let data = if own.is_symlink() { std::fs::metadata(&path)? } else { own.clone() };
        Ok(Some(Seen { stamp: stamp_of(&data), is_plain: own.is_file() }))
    }
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn stamp(data: &rustix::fs::Stat) -> Stamp {
    let nanoseconds = |seconds: i64, more: i64| seconds.wrapping_mul(1_000_000_000).wrapping_add(more);
    let wide = |n: u64| i64::try_from(n).unwrap_or_default();
    Stamp {
        size: u64::try_from(data.st_size).unwrap_or_default(),
        written: nanoseconds(data.st_mtime, wide(data.st_mtime_nsec)),
        changed: (nanoseconds(data.st_ctime, wide(data.st_ctime_nsec)), data.st_ino),
    }
}

fn stamp_of(data: &std::fs::Metadata) -> Stamp {
    let written = data.modified().map(super::bulk::nanoseconds).unwrap_or_default();
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        (data.ctime().wrapping_mul(1_000_000_000).wrapping_add(data.ctime_nsec()), data.ino())
    };
    #[cfg(not(unix))]
    let changed = (0, 0);
    Stamp { size: data.len(), written, changed }
}
