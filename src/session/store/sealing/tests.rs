//! Records and seals on a disk.

#![expect(clippy::disallowed_methods, reason = "test data needs no atomic write")]

use std::fs;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::*;
use crate::domain::answer::{Mode, Value};
use crate::domain::moment::Moment;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Model, assess};
use crate::knowledge::Knowledge;
use crate::session::disk::{Disk, Files, Handle};
use crate::session::history::Kind;
use crate::session::record::{edits, hash, read};
use crate::session::signoff::{Act, Decision, DecisionKind};
use crate::session::state::{Stage, stage_of};
use crate::session::store::{Copy, remove_all};
use crate::session::{Answer, file};

fn day() -> Day {
    "2026-11-28".parse().unwrap()
}

fn zoom(store: &Store) -> Saved {
    let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day(), 1_800_000_000_000);
    for (id, value) in [("edition", "paid"), ("dpa_signed", "no")] {
        let answer = Answer::new(Value::Choice(value.try_into().unwrap()));
        saved.session.answers.insert(id.try_into().unwrap(), answer);
    }
    let kind = Some(DecisionKind::Granted);
    saved.session.decision = Some(Decision { kind, by: "GF".into(), reason: "eilt".into(), ..Decision::default() });
    saved
}

/// Does something with all that sealing the session needs.
fn with_sealing<T>(saved: &mut Saved, work: impl FnOnce(&mut Saved, &Sealing<'_>) -> T) -> T {
    let knowledge = Knowledge::embedded();
    let (bank, vendor) = (knowledge.bank(), knowledge.vendor(&saved.session.vendor));
    let inquiry = saved.session.inquiry(None, day());
    let assessment = assess(&Model::compile(bank, vendor), &inquiry);
    let at = Moment::parse("2026-11-28T10:00:00Z").unwrap();
    let sealing = Sealing { at, today: day(), by: "DSB", bank, vendor, inquiry: &inquiry, assessment: &assessment };
    work(saved, &sealing)
}

fn seal(store: &Store, saved: &mut Saved) -> Result<Written, StoreError> {
    with_sealing(saved, |saved, sealing| store.seal(saved, sealing))
}

fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    all.sort();
    all
}

#[test]
fn the_record_is_there_before_the_seal_and_no_record_is_written_twice() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved = zoom(&store);
    assert_eq!(seal(&store, &mut saved).unwrap(), Written::Plainly);
    let folder = saved.path.parent().unwrap().to_owned();
    assert_eq!(names(&folder), ["generations", "sealed-1.ron", "session.ron"]);
    let again = store.load(saved.path.to_str().unwrap()).unwrap().session;
    assert_eq!(again, saved.session);
    let one = again.seal().unwrap();
    let bytes = store.read_record(&folder.join("sealed-1.ron")).unwrap();
    assert_eq!((one.record.clone(), one.revision), (hash(&bytes), 1));
    // The seal says by itself when, by whom, and what came out.
    assert_eq!((one.on, one.by.as_str()), (Some(day()), "DSB"));
    assert_eq!((one.verdict, one.best, one.worst), (Some(Verdict::Red), Some(Light::Red), Some(Light::Red)));
    assert_eq!(file::check(&bytes), Ok(()));
    let record = read(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert_eq!(record.content, one.content);
    assert!(edits(&record.session, &again).is_empty() && record.session.seals.is_empty());
    assert!(one.before_use.iter().any(|id| *id == *"no-dpa"), "{:?}", one.before_use);
    assert_eq!(stage_of(&again, day()), Stage::NotYetEffective);
    let (_, last) = again.history.entries().next_back().unwrap();
    assert_eq!((last.kind, last.reason.as_str()), (Kind::SignOff(Act::Seal), "1"));
    // Somebody else's file of the next name stays, and the seal after it bears the number after it.
    fs::write(folder.join("sealed-2.ron"), "mine").unwrap();
    saved.session.subject.team = "HR".into();
    seal(&store, &mut saved).unwrap();
    assert_eq!(saved.session.seals.iter().map(|seal| seal.revision).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(fs::read_to_string(folder.join("sealed-2.ron")).unwrap(), "mine");
    assert_eq!(store.read_record(&folder.join("sealed-1.ron")).unwrap(), bytes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("sealed-1.ron"), mode("sealed-3.ron")), (0o600, 0o600));
    }
    assert_eq!(store.list().len(), 1);
}

#[test]
fn elsewhere_the_record_bears_the_name_of_the_session_and_is_forgotten_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(&dir.path().join("data"));
    let mut saved = zoom(&store);
    store.save_as(&mut saved, &dir.path().join("zoom.ron")).unwrap();
    seal(&store, &mut saved).unwrap();
    seal(&store, &mut saved).unwrap();
    fs::write(dir.path().join("zoom.sealed-7.ron"), "notes").unwrap();
    fs::write(dir.path().join("zoom-2.sealed-1.ron"), "(record: 1)").unwrap();
    let sessions = crate::session::folder::session_files(dir.path()).unwrap();
    assert_eq!(sessions, [dir.path().join("zoom.ron")], "a record is no session");
    let all = store.belongings(&saved.path, dir.path()).unwrap();
    let gone: Vec<String> = all.places.iter().map(|place| name(place)).collect();
    assert_eq!(gone, ["zoom.sealed-1.ron", "zoom.sealed-2.ron", "zoom.ron"]);
    remove_all(&all.places).unwrap();
    assert_eq!(names(dir.path()), ["zoom-2.sealed-1.ron", "zoom.sealed-7.ron"]);
    // In the store the folder goes with all that is in it.
    let mut inside = zoom(&store);
    seal(&store, &mut inside).unwrap();
    remove_all(&store.belongings(&inside.path, dir.path()).unwrap().places).unwrap();
    assert_eq!(names(&dir.path().join("data/sessions")), Vec::<String>::new());
}

/// Files that cannot take another's place once `refuse` is set.
#[derive(Debug, Default)]
struct Stuck {
    refuse: AtomicBool,
    writes_nothing: AtomicBool,
    /// What it says, one after the other, where a record is to get its name.
    says: Mutex<Vec<io::ErrorKind>>,
}

impl Disk for Stuck {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        Files.create_folder(folder)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Files.read(path, limit)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        if self.writes_nothing.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Files.create(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.refuse.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Files.rename(from, to)
    }
    fn keep(&self, path: &Path, name: &Path) -> io::Result<()> {
        if let Some(said) = self.says.lock().unwrap().pop() {
            return Err(said.into());
        }
        // From the record on nothing takes another's place.
        self.refuse.fetch_or(name.ends_with("sealed-1.ron"), Ordering::Relaxed);
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
fn without_the_session_there_is_no_seal_and_no_record() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Arc::new(Stuck::default());
    let store = Store::on(dir.path(), disk.clone());
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let before = saved.session.clone();
    assert!(seal(&store, &mut saved).is_err());
    assert_eq!(saved.session, before);
    assert!(
        !names(saved.path.parent().unwrap()).iter().any(|name| name.starts_with("sealed") || name.starts_with('.'))
    );
    disk.refuse.store(false, Ordering::Relaxed);
    disk.writes_nothing.store(true, Ordering::Relaxed);
    assert!(seal(&store, &mut saved).is_err());
    assert_eq!(saved.session, before);
}

#[test]
fn what_the_tool_s_own_rules_ask_for_before_use_stands_in_the_seal() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved = zoom(&store);
    let knowledge = Knowledge::embedded();
    let bank = knowledge.bank();
    let mut vendor = knowledge.vendor(&saved.session.vendor).unwrap().clone();
    let mut own = bank.finding(&"no-dpa".try_into().unwrap()).unwrap().clone();
    own.id = "own-stop".try_into().unwrap();
    vendor.findings.push(own);
    let inquiry = saved.session.inquiry(None, day());
    let assessment = assess(&Model::compile(bank, Some(&vendor)), &inquiry);
    let at = Moment::parse("2026-11-28T10:00:00Z").unwrap();
    let vendor = Some(&vendor);
    let sealing = Sealing { at, today: day(), by: "DSB", bank, vendor, inquiry: &inquiry, assessment: &assessment };
    store.seal(&mut saved, &sealing).unwrap();
    let before_use = &saved.session.seal().unwrap().before_use;
    assert!(["no-dpa", "own-stop"].iter().all(|id| before_use.iter().any(|one| *one == **id)), "{before_use:?}");
}

#[test]
fn a_record_gets_the_next_free_name_and_what_keeps_it_from_one_is_said() {
    for (says, revision) in [
        (vec![], Some(1)),
        // Somebody took the name in that very moment.
        (vec![io::ErrorKind::AlreadyExists], Some(2)),
        (vec![io::ErrorKind::AlreadyExists, io::ErrorKind::AlreadyExists], Some(3)),
        // This file system knows no second names.
        (vec![io::ErrorKind::Unsupported], Some(1)),
        (vec![io::ErrorKind::PermissionDenied], None),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut saved = zoom(&Store::new(dir.path()));
        Store::new(dir.path()).save(&mut saved).unwrap();
        let disk = Stuck { says: Mutex::new(says.clone()), ..Stuck::default() };
        let store = Store::on(dir.path(), Arc::new(disk));
        let written = with_sealing(&mut saved, |saved, sealing| store.write_record(saved, sealing));
        match (written, revision) {
            (Ok((path, seal)), Some(revision)) => {
                assert_eq!((seal.revision, path.is_file()), (revision, true), "{says:?}");
                assert_eq!(path, record_beside(&saved.path, revision));
            }
            (Err(fault), None) => {
                assert!(matches!(fault, StoreError::Io { error, .. } if error.kind() == says[0]));
                assert!(store.records(&saved.path).is_empty());
            }
            (other, _) => panic!("{says:?}: {other:?}"),
        }
    }
}

#[test]
fn what_somebody_else_saved_meanwhile_is_not_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let mut other = store.load(saved.path.to_str().unwrap()).unwrap();
    other.session.subject.team = "HR".into();
    store.save(&mut other).unwrap();
    saved.session.subject.team = "Vertrieb".into();
    assert_eq!(seal(&store, &mut saved).unwrap(), Written::Beside);
    assert_eq!(Copy::of(&saved.path), Some(Copy::Conflict));
    assert_eq!(store.records(&saved.path).len(), 1, "the record lies beside the copy");
    assert!(store.records(&other.path).is_empty());
    assert!(store.load(other.path.to_str().unwrap()).unwrap().session.seals.is_empty());
}

#[test]
fn a_copy_of_what_was_sealed_is_verified_with_the_record_of_the_session() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved = zoom(&store);
    seal(&store, &mut saved).unwrap();
    let record = saved.path.with_file_name("sealed-1.ron");
    let one = saved.session.seal().unwrap().clone();
    assert_eq!(store.record_of(&saved.path, &one), record);
    let mut copy = saved.clone();
    store.save_beside(&mut copy, Copy::Conflict).unwrap();
    assert_eq!(Copy::of(&copy.path), Some(Copy::Conflict));
    assert_eq!(store.record_of(&copy.path, &one), record);
    // Another record of that number is none of it, and its own place is where it is missed.
    fs::write(&record, "(record: 1)").unwrap();
    assert_eq!(store.record_of(&copy.path, &one), copy.path.with_file_name("sealed-1.ron"));
}
