//! A session whose file is damaged: the last state that is whole, in what it differs, and how one goes on with it.
//!
//! Nothing is moved before a person says so. The damaged file is never removed: it stays as `session.damaged-1.ron`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::names::{name, temporary_name};
use super::{Generation, Saved, Store, StoreError, Why, is_link};
use crate::domain::id::VariableId;
use crate::session::file;
use crate::session::model::{Answer, Session};

/// States that are looked at; where so many are damaged, an older one is a matter for a person.
const MOST_STATES: usize = 12;
/// Damaged copies beside one file; nobody needs more.
const MOST_COPIES: u32 = 1000;

/// A damaged file, and the last state that is whole.
#[derive(Debug)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: StoreError,
    /// The last state that is whole.
    pub last: Generation,
    /// That state.
    pub session: Session,
    /// Answers that the damaged file holds, as far as it can be read, and the state does not, or has otherwise.
    pub lost: BTreeMap<VariableId, Answer>,
    /// Answers that can be read in the damaged file at all.
    pub read: usize,
    bytes: Vec<u8>,
}

impl StoreError {
    /// The file has been a session and is none any more.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        match self {
            Self::Broken { .. } => true,
            Self::Unreadable { error, .. } => !error.newer,
            Self::Refused { why, .. } => matches!(why, Why::NotText { .. } | Why::Large),
            Self::Io { .. } | Self::TooLong { .. } | Self::Versions { .. } | Self::NotFound(_) => false,
        }
    }

    /// The file that is meant, where one is.
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Broken { path, .. }
            | Self::Unreadable { path, .. }
            | Self::Refused { path, .. }
            | Self::Io { path, .. }
            | Self::Versions { path, .. }
            | Self::TooLong { path, .. } => Some(path),
            Self::NotFound(_) => None,
        }
    }
}

impl Store {
    /// The last state that is whole of the session that could not be loaded.
    ///
    /// # Errors
    /// The same fault, where it is no damage or there is no such state.
    pub fn damage(&self, fault: StoreError) -> Result<Damage, StoreError> {
        let Some(path) = fault.path().filter(|_| fault.is_damage()).map(Path::to_owned) else { return Err(fault) };
        let whole = |one: Generation| Some((self.load_file(&one.path).ok()?, one));
        let states = self.generations(&path).into_iter().filter(|one| !is_link(&one.path)).take(MOST_STATES);
        let Some((saved, generation)) = states.into_iter().find_map(whole) else { return Err(fault) };
        let session = saved.session;
        // A file that is too large holds nothing that could be compared.
        let found = self.read(&path).map(|bytes| file::salvage(&bytes)).unwrap_or_default();
        let read = found.len();
        let same = |id: &VariableId, answer: &Answer| session.answers.get(id) == Some(answer);
        let lost = found.into_iter().filter(|(id, answer)| !same(id, answer)).collect();
        let bytes = saved.loaded.unwrap_or_default();
        Ok(Damage { path, fault, last: generation, session, lost, read, bytes })
    }

    /// Puts the damaged file aside and the last state in its place. Whoever has repaired the file meanwhile finds it used as
    /// it is.
    ///
    /// # Errors
    /// When something cannot be written; then all is as it was, but for a copy of the damaged file.
    pub fn restore(&self, damage: &Damage) -> Result<Saved, StoreError> {
        let path = &damage.path;
        let folder = path.parent().unwrap_or(path);
        self.refuse_linked(folder)?;
        let held = self.disk.hold(folder);
        match self.load_file(path) {
            Err(fault) if fault.is_damage() => {}
            as_it_is => return as_it_is,
        }
        self.put_aside(path).map_err(StoreError::io(path))?;
        let temporary = folder.join(temporary_name());
        let replaced = self.replace(&temporary, path, &damage.bytes);
        if replaced.is_err() {
            // Should this fail too, the leftover is removed at the next start.
            let _ = self.disk.remove(&temporary);
        }
        replaced.and_then(|()| self.disk.sync_folder(folder)).map_err(StoreError::io(path))?;
        drop(held);
        self.load_file(path)
    }

    /// Gives a damaged file a second name beside it.
    fn put_aside(&self, path: &Path) -> io::Result<()> {
        for aside in asides(path) {
            match self.disk.keep(path, &aside) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => return result,
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// The names that a damaged file may get.
fn asides(path: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let path = path.to_owned();
    let whole = name(&path);
    let begin = whole.strip_suffix(".ron").unwrap_or(&whole).to_owned();
    (1..MOST_COPIES).map(move |n| path.with_file_name(format!("{begin}.damaged-{n}.ron")))
}

/// The damaged copies beside a file, as far as they are numbered without a gap.
pub(super) fn damaged(path: &Path) -> Vec<PathBuf> {
    asides(path).take_while(|aside| aside.symlink_metadata().is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write as _;

    use super::super::edges::Growing;
    use super::*;
    use crate::domain::answer::{Mode, Value};

    fn put(path: &Path, bytes: &[u8]) {
        File::create(path).unwrap().write_all(bytes).unwrap();
    }

    /// A session with so many saved answers.
    fn answered(store: &Store, answers: usize) -> Saved {
        let day = "2026-11-23".parse().unwrap();
        let mut saved = store.create(Mode::SelfAssessment, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
        for n in 0..answers {
            let answer = Answer::new(Value::Choice("yes".try_into().unwrap()));
            saved.session.answers.insert(format!("question_{n}").as_str().try_into().unwrap(), answer);
            store.save(&mut saved).unwrap();
        }
        saved
    }

    fn damage(store: &Store, saved: &Saved) -> Damage {
        store.damage(store.load(saved.session.id.as_str()).unwrap_err()).unwrap()
    }

    #[test]
    fn one_goes_on_with_the_last_state_and_the_damaged_file_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let saved = answered(&store, 5);
        let whole = fs::read_to_string(&saved.path).unwrap();
        let cut = whole.find("\n    },").unwrap() + 3;
        for (n, damaged) in [&whole.as_bytes()[..cut], b"\xff\xfe", b""].into_iter().enumerate() {
            put(&saved.path, damaged);
            let found = damage(&store, &saved);
            let before: Vec<String> = entries(&saved.path);
            assert_eq!(found.session.answers.len(), 4);
            let lost: Vec<&str> = found.lost.keys().map(VariableId::as_str).collect();
            assert_eq!(lost, if n == 0 { vec!["question_4"] } else { vec![] });
            assert_eq!(found.read, if n == 0 { 5 } else { 0 });
            assert_eq!(entries(&saved.path), before, "nothing is moved before a person says so");
            let restored = store.restore(&found).unwrap();
            assert_eq!(restored.session, found.session);
            let aside = saved.path.with_file_name(format!("session.damaged-{}.ron", n + 1));
            assert_eq!(fs::read(aside).unwrap(), damaged);
            assert_eq!(store.load(saved.session.id.as_str()).unwrap().session, found.session);
        }
        assert_eq!(store.list().len(), 1);
    }

    #[test]
    fn a_damaged_generation_is_passed_over_and_without_one_the_fault_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let saved = answered(&store, 4);
        put(&saved.path, b"(format: 1");
        let all = store.generations(&saved.path);
        assert_eq!(all.len(), 3);
        for (at, one) in all.iter().enumerate() {
            assert_eq!(damage(&store, &saved).session.answers.len(), 3 - at);
            put(&one.path, b"// freigabe: 7 bytes follow, sha256 0\n(format");
        }
        assert!(store.damage(store.load(saved.session.id.as_str()).unwrap_err()).is_err());
        // A newer file and one that is not there are not damaged.
        put(&saved.path, b"(format: 2, vendor: \"zoom\", answers: {})");
        assert!(!store.load(saved.session.id.as_str()).unwrap_err().is_damage());
        assert!(!store.load("nowhere").unwrap_err().is_damage());
    }

    #[test]
    fn what_was_repaired_meanwhile_is_used_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let saved = answered(&store, 3);
        let whole = fs::read(&saved.path).unwrap();
        put(&saved.path, &whole[..whole.len() - 9]);
        let found = damage(&store, &saved);
        put(&saved.path, &whole);
        assert_eq!(store.restore(&found).unwrap().session.answers.len(), 3);
        assert!(!saved.path.with_file_name("session.damaged-1.ron").exists());
        // Nor is what a newer version has written meanwhile.
        put(&saved.path, &whole[..whole.len() - 9]);
        let found = damage(&store, &saved);
        let newer = b"(format: 2, vendor: \"zoom\", answers: {})";
        put(&saved.path, newer);
        assert!(matches!(store.restore(&found), Err(StoreError::Unreadable { error, .. }) if error.newer));
        assert_eq!(fs::read(&saved.path).unwrap(), newer);
        assert!(!saved.path.with_file_name("session.damaged-1.ron").exists());
    }

    #[test]
    fn what_keeps_a_copy_from_being_made_is_said_and_nothing_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let saved = answered(&Store::new(dir.path()), 3);
        let damaged = b"(format: 1";
        put(&saved.path, damaged);
        // This disk gives no second names.
        let store =
            Store::on(dir.path(), std::sync::Arc::new(Growing::refusing(io::ErrorKind::Unsupported, usize::MAX)));
        let found = damage(&Store::new(dir.path()), &saved);
        let fault = store.put_aside(&saved.path).unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::Unsupported);
        assert!(store.restore(&found).is_err());
        assert_eq!(fs::read(&saved.path).unwrap(), damaged);
    }

    fn entries(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path.parent().unwrap()).unwrap();
        let mut all: Vec<String> = entries.map(|entry| name(&entry.unwrap().path())).collect();
        all.sort();
        all
    }
}
