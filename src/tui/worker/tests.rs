//! Saves on a slow disk.

use std::io;
use std::path::Path;
use std::sync::Mutex;

use super::*;
use crate::domain::answer::Mode;
use crate::session::disk::{Disk, Files, Handle};

/// The first thing a save does is to wait for leave.
#[derive(Debug)]
struct Slow(Mutex<Receiver<()>>);

impl Disk for Slow {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.lock().unwrap().recv().unwrap();
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
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        Files.sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Files.remove(path)
    }
}

#[test]
fn what_waits_for_a_slow_disk_is_written_once() {
    let dir = tempfile::tempdir().unwrap();
    let (leave, waits) = channel();
    let store = Store::on(dir.path(), Arc::new(Slow(Mutex::new(waits))));
    let vendor = "zoom".try_into().unwrap();
    let saved = store.create(Mode::SelfAssessment, vendor, "2026-11-23".parse().unwrap(), 1_700_000_000_000);
    let mut session = saved.session.clone();
    let (done, outcomes) = channel();
    let worker = Worker::start(store, saved, move |outcome| done.send(outcome.number).unwrap());
    worker.save(1, &session);
    leave.send(()).unwrap();
    assert_eq!(outcomes.recv(), Ok(1));
    for number in 2..=50 {
        session.subject.team = format!("Team {number}");
        worker.save(number, &session);
    }
    // One save may have begun before the others came, and another takes all the rest.
    leave.send(()).unwrap();
    leave.send(()).unwrap();
    let (saved, last) = worker.finish().unwrap();
    assert_eq!(last.map(|outcome| outcome.number), Some(50));
    assert!(outcomes.try_iter().count() <= 2);
    let found = Store::new(dir.path()).load(saved.path.to_str().unwrap()).unwrap();
    assert_eq!(found.session.subject.team, "Team 50");
}
