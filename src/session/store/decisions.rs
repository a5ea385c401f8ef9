//! What was decided while copies were brought together and has not been saved yet: kept beside the session, so that whoever
//! leaves goes on where they were. `sessions/<id>/merging.ron`, elsewhere `.zoom.ron.merging`.
//!
//! It is gone with the save. A file that says something else than expected is passed over: then one decides anew.

use std::path::{Path, PathBuf};

use super::names::{name, temporary_name};
use super::{FILE, Store, StoreError};
use crate::session::merge::{Decision, Side};

/// The first line, by which the file is known as one of this program.
const BEGIN: &str = "// freigabe: decisions of a merge that is not saved yet\n";
/// More than anybody decides.
const MOST: usize = 10_000;

/// Where the decisions about a session are kept.
pub fn decisions_of(path: &Path) -> PathBuf {
    match name(path).as_str() {
        FILE => path.with_file_name("merging.ron"),
        other => path.with_file_name(format!(".{other}.merging")),
    }
}

impl Store {
    /// What was decided about a session and has not been saved.
    #[must_use]
    pub fn decisions(&self, session: &Path) -> Vec<Decision> {
        let text = self.text(&decisions_of(session));
        let Some(text) = text.as_deref().and_then(|text| text.strip_prefix(BEGIN)) else { return Vec::new() };
        let all: Vec<(String, String, bool, String)> = ron::from_str(text).unwrap_or_default();
        let decision = |(file, place, ours, of): (String, String, bool, String)| {
            let side = if ours { Side::Ours } else { Side::Theirs };
            Decision { file, place, side, of }
        };
        all.into_iter().take(MOST).map(decision).collect()
    }

    /// Keeps what was decided; none: there is nothing to be kept any more.
    ///
    /// # Errors
    /// When it cannot be written or removed.
    pub fn keep_decisions(&self, session: &Path, all: &[Decision]) -> Result<(), StoreError> {
        let path = decisions_of(session);
        if all.is_empty() {
            return match self.text(&path).filter(|text| text.starts_with(BEGIN)) {
                Some(_) => self.disk.remove(&path).map_err(StoreError::io(&path)),
                None => Ok(()),
            };
        }
        // Somebody else's file of that name stays as it is.
        if path.symlink_metadata().is_ok() && !self.text(&path).is_some_and(|text| text.starts_with(BEGIN)) {
            return Ok(());
        }
        let rows: Vec<_> = all.iter().map(|one| (&one.file, &one.place, one.side == Side::Ours, &one.of)).collect();
        let Ok(text) = ron::to_string(&rows) else { return Ok(()) };
        let folder = path.parent().unwrap_or(&path);
        self.refuse_linked(folder)?;
        self.disk.create_folder(folder).map_err(StoreError::io(folder))?;
        let temporary = folder.join(temporary_name());
        let written = self.replace(&temporary, &path, format!("{BEGIN}{text}\n").as_bytes());
        if written.is_err() {
            let _ = self.disk.remove(&temporary);
        }
        written.map_err(StoreError::io(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_kept_until_they_are_not_needed() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        for session in [dir.path().join("sessions/A/session.ron"), dir.path().join("zoom.ron")] {
            let all = [
                Decision { file: "a \"b\".ron".into(), place: "answers.x".into(), side: Side::Ours, of: "12".into() },
                Decision { file: "c.ron".into(), place: "subject.team".into(), side: Side::Theirs, of: "34".into() },
            ];
            assert!(store.decisions(&session).is_empty());
            store.keep_decisions(&session, &all).unwrap();
            assert_eq!(store.decisions(&session), all);
            store.keep_decisions(&session, &[]).unwrap();
            assert!(store.decisions(&session).is_empty() && !decisions_of(&session).exists());
            // Nobody else's file is touched.
            let other = std::fs::File::create(decisions_of(&session));
            std::io::Write::write_all(&mut other.unwrap(), b"mine").unwrap();
            store.keep_decisions(&session, &all).unwrap();
            store.keep_decisions(&session, &[]).unwrap();
            assert_eq!(std::fs::read_to_string(decisions_of(&session)).unwrap(), "mine");
        }
    }
}
