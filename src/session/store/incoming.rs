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
