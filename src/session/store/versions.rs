//! Files in which git has left more than one version of a session.

use std::path::Path;

use super::{Saved, Store, StoreError, Why, fallback};
use crate::session::file;
use crate::session::merge::{Basis, marked};
use crate::session::model::Session;

/// The versions in a file.
#[derive(Debug)]
pub struct Versions {
    /// The one above, with the file.
    pub saved: Saved,
    /// The one below.
    pub theirs: Session,
    /// What is known of the time before they parted.
    pub basis: Basis,
}

impl Store {
    /// The versions that git has left in a file; none: there is but one in it.
    ///
    /// # Errors
    /// When the file cannot be read, or one of its versions.
    pub fn versions(&self, named: &Path) -> Result<Option<Versions>, StoreError> {
        let target = self.target(named)?;
        let path = target.clone().unwrap_or_else(|| named.to_owned());
        let bytes = self.read(&path)?;
        let text = std::str::from_utf8(&bytes).ok();
        let Some(found) = text.and_then(marked::versions) else { return Ok(None) };
        let session = |text: &str| version(&path, text);
        let (ours, theirs) = (session(&found.ours)?, session(&found.theirs)?);
        // What git has written between the marks need not be a session by itself.
        let base = found.base.and_then(|text| session(&text).ok());
        let basis = match base {
            Some(base) => Basis::State(Box::new(base)),
            // Both have the same history where this program has brought it together already.
            None if ours.history == theirs.history => Basis::Nothing,
            None => Basis::Histories,
        };
        let link = target.is_some().then(|| named.to_owned());
        let saved = Saved { session: ours, path, link, read_only: None, loaded: Some(bytes) };
        Ok(Some(Versions { saved, theirs, basis }))
    }
}

/// One of the versions; its first line holds for none of them any more.
fn version(path: &Path, text: &str) -> Result<Session, StoreError> {
    let refused = || StoreError::Refused { path: path.to_owned(), why: Why::Folder };
    let fallback = fallback(path).ok_or_else(refused)?;
    file::read(text, &fallback).map_err(|error| {
        let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default().chars().take(120).collect();
        StoreError::Unreadable { path: path.to_owned(), error, excerpt }
    })
}

/// What is wrong with a file after all: several versions in it are no damage.
pub fn told_apart(path: &Path, bytes: &[u8], fault: StoreError) -> StoreError {
    let may = match &fault {
        StoreError::Broken { .. } => true,
        StoreError::Unreadable { error, .. } => !error.newer,
        _ => false,
    };
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| may) else { return fault };
    if let Some(found) = marked::versions(text) {
        return StoreError::Versions { path: path.to_owned(), line: Some(found.line) };
    }
    // The lines of two versions one after the other: each has brought its own first line.
    if file::is_ours(bytes) && file::is_ours(file::without(text).as_bytes()) {
        return StoreError::Versions { path: path.to_owned(), line: None };
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "history: [(n: 1, question: \"a\", new: Some((value: Unknown)))]";

    fn told(bytes: &[u8]) -> StoreError {
        super::super::parse(Path::new("zoom.ron"), bytes).unwrap_err()
    }

    #[test]
    fn what_git_has_left_is_told_from_damage() {
        let marked = |ours: &str, theirs: &str| {
            format!("<<<<<<< ours\n(format: 1, {ours})\n=======\n(format: 1, {theirs})\n>>>>>>> theirs\n")
        };
        let two = marked("vendor: \"zoom\"", "vendor: \"teams\"");
        let line = |fault: StoreError| match fault {
            StoreError::Versions { line, .. } => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line(told(two.as_bytes())), Some(1));
        // Below a first line that does not fit any more.
        let sealed = file::sealed("(format: 1, vendor: \"zoom\")");
        let first = sealed.lines().next().unwrap();
        assert_eq!(line(told(format!("{first}\n{two}").as_bytes())), Some(2));
        assert_eq!(line(told(format!("{first}\n{sealed}").as_bytes())), None, "one after the other");
        assert!(matches!(told(sealed.trim_end_matches(')').as_bytes()), StoreError::Broken { .. }));
        let newer = "(format: 2, vendor: \"zoom\", answers: {}, x: \"\n<<<<<<< a\n=======\n>>>>>>> b\n\")";
        assert!(matches!(told(newer.as_bytes()), StoreError::Unreadable { error, .. } if error.newer));
    }

    #[test]
    fn versions_with_the_same_history_have_parted_at_nothing_that_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("zoom.ron");
        let store = Store::new(dir.path());
        let versions = |ours: &str, theirs: &str| {
            let whole = |history: &str| format!("(format: 1, vendor: \"zoom\", answers: {{}}, {history})");
            let (ours, theirs) = (whole(ours), whole(theirs));
            let text = format!("<<<<<<< ours\n{ours}\n=======\n{theirs}\n>>>>>>> theirs\n");
            std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
            store.versions(&path).unwrap().unwrap().basis
        };
        assert!(matches!(versions(ENTRY, ENTRY), Basis::Nothing));
        assert!(matches!(versions(ENTRY, ""), Basis::Histories));
        std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), b"(format: 1, vendor: \"zoom\")")
            .unwrap();
        assert!(store.versions(&path).unwrap().is_none());
    }
}
