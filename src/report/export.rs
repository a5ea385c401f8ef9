//! A paper written to a file: whole or not at all, and never over something that lies there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::session::Session;

/// Why a paper was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is such a file already.
    #[error("there is such a file already: `{}`", .0.display())]
    Exists(PathBuf),
    /// There is something that is no file.
    #[error("no file: `{}`", .0.display())]
    NoFile(PathBuf),
    /// The operating system refuses.
    #[error("`{}`: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        error: io::Error,
    },
}

/// The file that is meant by a place: a name for the session inside a folder, else the place itself.
///
/// The name holds the id of the tool, a day and the id of the session, nothing that a person has typed, so it leads nowhere
/// else and is fit for every system.
#[must_use]
pub fn place(place: &Path, session: &Session, ending: &str) -> PathBuf {
    if !place.is_dir() {
        return place.to_owned();
    }
    let day = session.as_of.or(session.created).map(|day| format!("-{day}")).unwrap_or_default();
    // Two teams may look at one tool on one day.
    place.join(format!("freigabe-{}{day}-{}.{ending}", session.vendor, session.id))
}

/// Writes a file for the eyes of its owner. The folder has to be there. With `replace` a file that lies there gives way,
/// in one step; a link, a folder or a device never does.
///
/// # Errors
/// [`ExportError`]; then nothing has changed.
pub fn write(path: &Path, text: &str, replace: bool) -> Result<(), ExportError> {
    let fault = |error| ExportError::Io { path: path.to_owned(), error };
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match path.symlink_metadata() {
        Ok(there) if !there.is_file() => return Err(ExportError::NoFile(path.to_owned())),
        Ok(_) if !replace => return Err(ExportError::Exists(path.to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fault(error)),
    }
    let mut file = tempfile::Builder::new().prefix(".freigabe-").tempfile_in(folder).map_err(fault)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    let put = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    match put {
        Ok(_) => Ok(()),
        // Somebody was faster.
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(ExportError::Exists(path.to_owned())),
        Err(error) => Err(fault(error.error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::SessionId;

    fn left(folder: &Path) -> usize {
        folder.read_dir().unwrap().count()
    }

    #[test]
    fn nothing_is_overwritten_unasked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.html");
        write(&path, "one", false).unwrap();
        assert!(matches!(write(&path, "two", false), Err(ExportError::Exists(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        write(&path, "two", true).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        assert!(matches!(write(dir.path(), "x", true), Err(ExportError::NoFile(_))));
        assert!(matches!(write(&dir.path().join("no/such.md"), "x", false), Err(ExportError::Io { .. })));
        assert_eq!(left(dir.path()), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_never_give_way_and_the_file_is_its_owners() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (target, link) = (dir.path().join("a"), dir.path().join("b"));
        write(&target, "one", false).unwrap();
        assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        symlink(&target, &link).unwrap();
        assert!(matches!(write(&link, "two", true), Err(ExportError::NoFile(_))));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "one");
    }

    #[test]
    fn a_folder_gets_a_name_that_fits_everywhere() {
        let dir = tempfile::tempdir().unwrap();
        let id = SessionId::parse("A").unwrap();
        let mut session = Session::new(id, Mode::Interview, "con".try_into().unwrap(), jiff::civil::date(2026, 11, 23));
        session.subject.title = "../../etc/passwd".into();
        assert_eq!(place(dir.path(), &session, "md"), dir.path().join("freigabe-con-2026-11-23-A.md"));
        assert_eq!(place(Path::new("x.md"), &session, "md"), Path::new("x.md"));
    }
}
