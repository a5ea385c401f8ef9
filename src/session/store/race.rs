//! Two writers at the same moment on a disk that knows no locks.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Arc, Barrier};

use super::{Saved, Store, Written};
use crate::domain::answer::Mode;
use crate::session::disk::{Disk, Files, Handle};

/// The file system of the machine without its locks.
#[derive(Debug, Default)]
struct Lockless {
    /// Files that change places: it is not done and refused, or done and said to have failed.
    exchange: Exchange,
}

#[derive(Debug, Default)]
enum Exchange {
    #[default]
    Works,
    Refused,
    Unsaid,
}

impl Disk for Lockless {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        Files.create_folder(folder)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Files.read(path, limit)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Files.create(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Files.rename(from, to)
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let failed = Err(io::Error::other("no answer"));
        match self.exchange {
            Exchange::Works => Files.exchange(one, other),
            Exchange::Refused => failed,
            Exchange::Unsaid => Files.exchange(one, other).and(failed),
        }
    }
    fn keep(&self, path: &Path, name: &Path) -> io::Result<()> {
        Files.keep(path, name)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        Files.sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Files.remove(path)
    }
}

#[test]
fn of_two_saves_without_locks_none_is_lost() {
    for _ in 0..200 {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::on(dir.path(), Arc::new(Lockless::default()));
        let day = "2026-11-23".parse().unwrap();
        let mut first = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
        store.save(&mut first).unwrap();
        let mut second = store.load(first.path.to_str().unwrap()).unwrap();
        first.session.subject.team = "eins".into();
        second.session.subject.team = "zwei".into();
        let start = Barrier::new(2);
        let save = |saved: &mut Saved| {
            start.wait();
            store.save(saved).unwrap()
        };
        let how = std::thread::scope(|scope| {
            let work = [&mut first, &mut second].map(|saved| scope.spawn(|| save(saved)));
            work.map(|one| one.join().unwrap())
        });
        let teams: BTreeSet<String> =
            store.list().iter().map(|one| one.session().unwrap().subject.team.clone()).collect();
        assert_eq!(teams, ["eins".to_owned(), "zwei".to_owned()].into(), "{how:?}");
        assert_ne!(how, [Written::Plainly; 2], "one of them learns of it");
        let names = std::fs::read_dir(first.path.parent().unwrap()).unwrap().map(|one| one.unwrap().file_name());
        assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with('.')), "nothing is left over");
    }
}

#[test]
fn whatever_becomes_of_the_exchange_the_old_text_does_not_come_back() {
    for (exchange, fails) in [(Exchange::Refused, false), (Exchange::Unsaid, true)] {
        let dir = tempfile::tempdir().unwrap();
        let (store, good) = (Store::on(dir.path(), Arc::new(Lockless { exchange })), Store::new(dir.path()));
        let day = "2026-11-23".parse().unwrap();
        let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
        good.save(&mut saved).unwrap();
        saved.session.subject.team = "neu".into();
        assert_eq!(store.save(&mut saved).is_err(), fails);
        assert_eq!(good.load(saved.path.to_str().unwrap()).unwrap().session.subject.team, "neu");
        assert_eq!(good.save(&mut saved).unwrap(), Written::Plainly);
        let names = std::fs::read_dir(saved.path.parent().unwrap()).unwrap().map(|one| one.unwrap().file_name());
        assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with('.')), "nothing is left over");
    }
}
