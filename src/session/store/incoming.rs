//! Copies of a session that come back: where they belong, what is known of the time before they parted, and how a copy
//! goes once all of it is in the session.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::lock::holder_of;
use super::names::{Copy, name};
use super::{FILE, Lock, Saved, Store, StoreError, is_link, remove_all};
use crate::session::merge::{Basis, Incoming, Round};
use crate::session::model::{Session, SessionId};

/// Copies beside one session that are looked for.
const MOST_COPIES: u32 = 1000;
/// Older states that are looked at.
const MOST_STATES: usize = 50;

/// A session and all that is to be brought into it.
#[derive(Debug)]
pub struct Gathered {
    /// The session and its file.
    pub saved: Saved,
    /// What comes in.
    pub round: Round,
    /// Copies that are no longer needed once all is in and saved, with what they hold.
    pub copies: Vec<(PathBuf, Session)>,
    /// Nobody else begins to work on the session meanwhile.
    pub lock: Option<Lock>,
}

impl Store {
    /// The file of the session with that id; none: there is no such session here.
    #[must_use]
    pub fn home_of(&self, id: &SessionId) -> Option<PathBuf> {
        let path = self.root.join(id.as_str()).join(FILE);
        path.is_file().then_some(path)
    }

    /// A session that comes from elsewhere, not written yet.
    #[must_use]
    pub fn adopt(&self, session: Session) -> Saved {
        let path = self.root.join(session.id.as_str()).join(FILE);
        Saved { session, path, link: None, read_only: None, loaded: None }
    }

    /// The conflict copies beside a session.
    #[must_use]
    pub fn conflict_copies(&self, path: &Path) -> Vec<PathBuf> {
        let all = (1..=MOST_COPIES).map(|n| Copy::Conflict.beside(path, n));
        all.filter(|copy| copy.is_file() && !is_link(copy) && !copy.parent().is_some_and(is_link)).collect()
    }

    /// What is known of the time before two copies parted: an older state that both have in their histories, else what the
    /// histories tell. Of several such states the oldest: it is certainly no younger than the parting.
    #[must_use]
    pub fn parting(&self, path: &Path, ours: &Session, theirs: &Session) -> Basis {
        let lines = |session: &Session| session.history.lines().map(str::to_owned).collect::<BTreeSet<String>>();
        let shared: BTreeSet<String> = lines(ours).intersection(&lines(theirs)).cloned().collect();
        if shared.is_empty() {
            return Basis::Histories;
        }
        let states = self.generations(path).into_iter().filter(|one| !is_link(&one.path)).take(MOST_STATES);
        let states = states.filter_map(|one| self.load_file(&one.path).ok());
        let parted = |state: &Saved| lines(&state.session) == shared;
        let oldest = states.filter(parted).last();
        oldest.map_or(Basis::Histories, |state| Basis::State(Box::new(state.session)))
    }

    /// Removes a copy, if it still holds what was brought in and nobody has it open. False: it stays.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove_copy(&self, path: &Path, held: &Session) -> Result<bool, StoreError> {
        let same = self.load_file(path).is_ok_and(|saved| saved.session == *held);
        if Copy::of(path).is_none() || !same || holder_of(path).is_some() {
            return Ok(false);
        }
        let folder = path.parent().filter(|folder| name(path) == FILE && folder.parent() == Some(&self.root));
        remove_all(&[folder.map_or_else(|| path.to_owned(), Path::to_owned)])?;
        Ok(true)
    }

    /// Whether a path is a copy beside a session, and of which.
    #[must_use]
    pub fn original(&self, path: &Path) -> Option<PathBuf> {
        Copy::original(path)
    }
}

/// A copy by the name of its file; where that says nothing, by its folder too.
#[must_use]
pub fn incoming(path: &Path, session: Session, basis: Basis) -> Incoming {
    let whole = name(path);
    let called = if whole == FILE { format!("{}/{whole}", path.parent().map(name).unwrap_or_default()) } else { whole };
    Incoming { name: called, session, basis }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::domain::answer::{Mode, Value};

    fn zoom(dir: &Path) -> (Store, Saved) {
        let store = Store::new(dir);
        let day = "2026-11-23".parse().unwrap();
        let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
        store.save(&mut saved).unwrap();
        (store, saved)
    }

    /// A change that the history tells of.
    fn answer(saved: &mut Saved, question: &str) {
        let at = crate::domain::moment::Moment::parse("2026-11-23T10:00:00Z").unwrap();
        saved.session.change(at, &question.try_into().unwrap(), |answer| {
            (answer.value, answer.pending) = (Value::Choice("yes".try_into().unwrap()), false);
        });
    }

    #[test]
    fn a_copy_finds_the_session_that_it_belongs_to() {
        let dir = tempfile::tempdir().unwrap();
        let (store, saved) = zoom(dir.path());
        assert_eq!(store.home_of(&saved.session.id), Some(saved.path.clone()));
        assert_eq!(store.home_of(&SessionId::parse("elsewhere").unwrap()), None);
        assert_eq!(store.conflict_copies(&saved.path), Vec::<PathBuf>::new());
        store.save_beside(&mut saved.clone(), Copy::Conflict).unwrap();
        store.save_beside(&mut saved.clone(), Copy::Rescue).unwrap();
        let copies = store.conflict_copies(&saved.path);
        assert_eq!(copies, [Copy::Conflict.beside(&saved.path, 1)]);
        assert_eq!(store.original(&copies[0]), Some(saved.path.clone()));
        #[cfg(unix)]
        {
            // What lies behind a link is somebody else's, whether the file is one or its folder.
            let second = Copy::Conflict.beside(&saved.path, 2);
            std::os::unix::fs::symlink(copies[0].parent().unwrap(), second.parent().unwrap()).unwrap();
            let third = Copy::Conflict.beside(&saved.path, 3);
            fs::create_dir(third.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(&copies[0], &third).unwrap();
            assert_eq!(store.conflict_copies(&saved.path), copies);
        }
    }

    #[test]
    fn a_copy_goes_once_it_holds_nothing_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let (store, saved) = zoom(dir.path());
        assert!(!store.remove_copy(&saved.path, &saved.session).unwrap(), "a session is no copy");
        store.save_beside(&mut saved.clone(), Copy::Conflict).unwrap();
        let copy = Copy::Conflict.beside(&saved.path, 1);
        let mut other = saved.session.clone();
        other.subject.team = "andere".into();
        assert!(!store.remove_copy(&copy, &other).unwrap() && copy.exists(), "it has changed since");
        assert!(store.remove_copy(&copy, &saved.session).unwrap());
        assert!(!copy.parent().unwrap().exists() && saved.path.exists());
        // Elsewhere only the file goes.
        let usb = dir.path().join("zoom.conflict-1.ron");
        fs::copy(&saved.path, &usb).unwrap();
        let held = store.load(usb.to_str().unwrap()).unwrap().session;
        assert!(store.remove_copy(&usb, &held).unwrap());
        assert!(!usb.exists() && dir.path().exists());
    }

    #[test]
    fn the_parting_is_the_oldest_state_with_all_that_both_remember() {
        let dir = tempfile::tempdir().unwrap();
        let (store, mut saved) = zoom(dir.path());
        assert!(matches!(store.parting(&saved.path, &saved.session, &saved.session), Basis::Histories));
        for question in ["dpa_signed", "external_use"] {
            answer(&mut saved, question);
            store.save(&mut saved).unwrap();
        }
        let parted = saved.session.clone();
        let mut theirs = saved.clone();
        answer(&mut theirs, "recording_used");
        for question in ["works_council", "retention"] {
            answer(&mut saved, question);
            store.save(&mut saved).unwrap();
        }
        match store.parting(&saved.path, &saved.session, &theirs.session) {
            Basis::State(state) => assert_eq!(state.answers, parted.answers),
            other => panic!("{other:?}"),
        }
    }
}
