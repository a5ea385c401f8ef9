//! Older states of a session. The file that a save replaces stays as a generation: `sessions/<id>/generations/<time at
//! which it was written>.ron`. The last ten are kept, and the first of each day.
//!
//! A generation costs a second name for a file that is there already. What goes wrong here never fails a save.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::DateTime;

use super::names::name;
use super::{FILE, Store, is_link};

const FOLDER: &str = "generations";
const ENDING: &str = ".ron";
/// The last ones, kept whatever their day.
const KEPT: usize = 10;
/// Files written within one tick of the clock.
const MOST: u32 = 1000;
/// How a time looks in a name: nothing that Windows refuses, and in order of time.
const STAMP: &str = "%Y-%m-%dT%H-%M-%S.%6f";

/// An older state of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its file.
    pub path: PathBuf,
    /// When it was written, in UTC.
    pub written: DateTime,
}

impl Store {
    /// The generations of a file, the newest first.
    #[must_use]
    pub fn generations(&self, path: &Path) -> Vec<Generation> {
        // A session that was copied together with its folder has them too.
        let Some(folder) = beside(path) else { return Vec::new() };
        let mut all: Vec<Generation> = names(&folder)
            .into_iter()
            .filter_map(|name| Some(Generation { written: time(&name)?, path: folder.join(name) }))
            .collect();
        all.sort_by(|a, b| b.path.cmp(&a.path));
        all
    }

    /// Whether a file is a generation of a session.
    pub(super) fn is_generation(&self, path: &Path) -> bool {
        let folder = path.parent().filter(|folder| name(folder) == FOLDER);
        let above = folder.and_then(Path::parent).and_then(Path::parent);
        above.is_some_and(|above| *above == self.root || above.canonicalize().ok() == self.root.canonicalize().ok())
    }

    /// Where the generations of a file lie; none: it stands outside the store and has none.
    fn generations_of(&self, path: &Path) -> Option<PathBuf> {
        beside(path).filter(|folder| folder.parent().and_then(Path::parent) == Some(&self.root))
    }

    /// Keeps the file that is about to be replaced; returns its second name.
    pub(super) fn keep(&self, path: &Path) -> Option<PathBuf> {
        let folder = self.generations_of(path)?;
        let written = fs::metadata(path).and_then(|data| data.modified()).ok()?;
        let begin = stamp(written)?;
        // Those before it may be gone already, and their numbers would come before those that are left.
        let taken = names(&folder).iter().filter_map(|name| number(name.strip_prefix(&begin)?)).max();
        for n in taken.map_or(0, |n: u32| n.saturating_add(1))..MOST {
            let place = folder.join(format!("{begin}-{n:03}{ENDING}"));
            match self.disk.keep(path, &place) {
                Ok(()) => return Some(place),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(_) => return None,
            }
        }
        None
    }

    /// Removes the generations that are neither among the last nor the first of their day.
    pub(super) fn prune(&self, path: &Path) {
        if self.generations_of(path).is_none() {
            return;
        }
        let all = self.generations(path);
        let mut days = BTreeSet::new();
        let first: BTreeSet<&Path> =
            all.iter().rev().filter(|one| days.insert(one.written.date())).map(|one| one.path.as_path()).collect();
        for old in all.iter().skip(KEPT).filter(|one| !first.contains(one.path.as_path())) {
            // One more than needed does no harm.
            let _ = self.disk.remove(&old.path);
        }
    }
}

/// Where the generations of a session's file lie, if there are any.
pub(super) fn beside(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?.join(FOLDER);
    (name(path) == FILE && !is_link(&folder)).then_some(folder)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn stamp(time: SystemTime) -> Option<String> {
    let time = jiff::Timestamp::try_from(time).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(time).strftime(STAMP).to_string())
}

/// The number at the end of the name of a generation.
fn number(ending: &str) -> Option<u32> {
    ending.strip_prefix('-')?.strip_suffix(ENDING)?.parse().ok()
}

/// The time in the name of a generation; none: the file is something else.
fn time(name: &str) -> Option<DateTime> {
    let at = name.rfind('-')?;
    number(name.get(at..)?)?;
    DateTime::strptime(STAMP, name.get(..at)?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::store::{Saved, Written};

    fn zoom(store: &Store) -> Saved {
        store.create(Mode::SelfAssessment, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000)
    }

    fn team(store: &Store, saved: &mut Saved, team: &str) {
        saved.session.subject.team = team.into();
        assert_eq!(store.save(saved).unwrap(), Written::Plainly);
    }

    /// The teams in the generations, the newest first.
    fn teams(store: &Store, saved: &Saved) -> Vec<String> {
        let load = |one: Generation| store.load(one.path.to_str().unwrap()).unwrap().session.subject.team;
        store.generations(&saved.path).into_iter().map(load).collect()
    }

    #[test]
    fn the_last_ten_and_the_first_of_each_day_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let mut saved = zoom(&store);
        for day in 0..3_u64 {
            for n in 0..8_u64 {
                team(&store, &mut saved, &format!("{day}.{n}"));
                // As if it had been written then: two within the same second.
                let then = UNIX_EPOCH + Duration::from_secs(1_790_000_000 + day * 86_400 + n / 2);
                fs::File::options().write(true).open(&saved.path).unwrap().set_modified(then).unwrap();
            }
        }
        let kept = teams(&store, &saved);
        // 2.7 is the session itself.
        let expected =
            ["2.6", "2.5", "2.4", "2.3", "2.2", "2.1", "2.0", "1.7", "1.6", "1.5", "1.0", "0.0"].map(String::from);
        assert_eq!(kept, expected);
        assert_eq!(store.list().len(), 1);
        // Nothing changes, so nothing is kept.
        team(&store, &mut saved, "2.7");
        assert_eq!(teams(&store, &saved), expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            let last = &store.generations(&saved.path)[0].path;
            assert_eq!((mode(last), mode(last.parent().unwrap())), (0o600, 0o700));
        }
    }

    #[test]
    fn a_generation_does_not_change_with_the_file_and_outside_the_store_there_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let mut saved = zoom(&store);
        team(&store, &mut saved, "eins");
        team(&store, &mut saved, "zwei");
        team(&store, &mut saved, "drei");
        assert_eq!(teams(&store, &saved), ["zwei", "eins"]);
        let mine = dir.path().join("mine.ron");
        store.save_as(&mut saved, &mine).unwrap();
        team(&store, &mut saved, "vier");
        let beside: Vec<String> = names(dir.path());
        assert_eq!(beside.len(), 2, "{beside:?}");
        assert!(store.generations(&saved.path).is_empty());
    }

    #[test]
    fn where_no_generation_can_be_kept_the_save_is_as_good() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let mut saved = zoom(&store);
        team(&store, &mut saved, "eins");
        let folder = saved.path.with_file_name(FOLDER);
        fs::File::create(&folder).unwrap();
        team(&store, &mut saved, "zwei");
        assert_eq!(store.load(saved.path.to_str().unwrap()).unwrap().session.subject.team, "zwei");
        assert!(folder.is_file() && store.generations(&saved.path).is_empty());
    }

    #[test]
    fn names_are_in_order_and_say_the_time() {
        let name = stamp(UNIX_EPOCH + Duration::from_micros(1_790_000_000_000_007)).unwrap();
        assert_eq!(name, "2026-09-21T14-13-20.000007");
        assert!(!name.contains([':', '/', '\\', '*', '?', '"', '<', '>', '|']));
        let whole = format!("{name}-003.ron");
        assert_eq!(time(&whole).unwrap().to_string(), "2026-09-21T14:13:20.000007");
        for other in ["x.ron", "2026-09-21T14-13-20.000007.ron", "2026-09-21T14-13-20.000007-003.tmp"] {
            assert_eq!(time(other), None, "{other}");
        }
    }
}
