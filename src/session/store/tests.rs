//! Saving and loading, step by step.

use std::fs::File;
use std::io::Write;
use std::sync::Mutex;

use super::*;
use crate::session::disk::Handle;

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    (dir, store)
}

fn zoom(store: &Store) -> Saved {
    store.create(Mode::SelfAssessment, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000)
}

#[test]
fn a_session_is_found_again() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    assert!(store.list().is_empty());
    store.save(&mut saved).unwrap();
    saved.session.subject.team = "Vertrieb".into();
    store.save(&mut saved).unwrap();
    let id = saved.session.id.as_str();
    assert_eq!(id.len(), 26);
    for what in [id, &id[..8], saved.path.to_str().unwrap()] {
        assert_eq!(store.load(what).unwrap().session, saved.session, "{what}");
    }
    assert_eq!(store.list().len(), 1);
    assert!(store.load("zzz").is_err());
}

#[test]
fn a_change_by_somebody_else_is_never_overwritten() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let mut other = store.load(saved.session.id.as_str()).unwrap();
    other.session.subject.team = "andere".into();
    store.save(&mut other).unwrap();
    let before = fs::read(&saved.path).unwrap();
    assert!(matches!(store.save(&mut saved), Err(StoreError::Changed(_))));
    assert_eq!(fs::read(&saved.path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn files_are_private_and_nothing_is_left_over() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let folder = saved.path.parent().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&saved.path), mode(folder)), (0o600, 0o700));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
}

#[test]
fn what_is_no_session_is_refused_and_left_alone() {
    let (dir, store) = store();
    let big = dir.path().join("big.ron");
    File::create(&big).unwrap().set_len(MAX_BYTES + 1).unwrap();
    let damaged = dir.path().join("damaged.ron");
    File::create(&damaged).unwrap().write_all(b"(format: 1,").unwrap();
    for path in [&big, &damaged, &dir.path().to_owned()] {
        assert!(store.load(path.to_str().unwrap()).is_err(), "{}", path.display());
    }
    assert_eq!(fs::read(&damaged).unwrap(), b"(format: 1,");
}

/// Records the steps; the step with the number `fails` fails.
#[derive(Debug, Default)]
struct Watched {
    steps: Arc<Mutex<Vec<&'static str>>>,
    fails: Option<usize>,
}

fn step(steps: &Mutex<Vec<&'static str>>, fails: Option<usize>, name: &'static str) -> io::Result<()> {
    let mut steps = steps.lock().unwrap();
    steps.push(name);
    if fails == Some(steps.len() - 1) { Err(io::Error::other("full")) } else { Ok(()) }
}

struct WatchedHandle(Box<dyn Handle>, Arc<Mutex<Vec<&'static str>>>, Option<usize>);

impl Handle for WatchedHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = step(&self.1, self.2, "write") {
            // A full disk takes a part before it refuses.
            self.0.write(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        step(&self.1, self.2, "sync").and_then(|()| self.0.sync())
    }
}

impl Disk for Watched {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        step(&self.steps, self.fails, "folder").and_then(|()| Files.create_folder(folder))
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        step(&self.steps, self.fails, "read").and_then(|()| Files.read(path, limit))
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        step(&self.steps, self.fails, "create")?;
        let handle = Files.create(path)?;
        Ok(Box::new(WatchedHandle(handle, Arc::clone(&self.steps), self.fails)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        step(&self.steps, self.fails, "rename").and_then(|()| Files.rename(from, to))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        step(&self.steps, self.fails, "sync folder").and_then(|()| Files.sync_folder(folder))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        step(&self.steps, self.fails, "remove").and_then(|()| Files.remove(path))
    }
}

#[test]
fn a_save_is_written_forced_renamed_and_forced_again() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Arc::new(Watched::default());
    let store = Store::on(dir.path(), Arc::clone(&disk) as Arc<dyn Disk>);
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    disk.steps.lock().unwrap().clear();
    store.save(&mut saved).unwrap();
    let steps = disk.steps.lock().unwrap().clone();
    assert_eq!(steps, ["folder", "read", "create", "write", "sync", "rename", "sync folder"]);
}

#[test]
fn whichever_step_fails_the_file_is_whole_and_nothing_is_left_over() {
    for fails in 0..7 {
        let dir = tempfile::tempdir().unwrap();
        let good = Store::new(dir.path());
        let mut saved = zoom(&good);
        good.save(&mut saved).unwrap();
        let old = fs::read(&saved.path).unwrap();
        let bad = Store::on(dir.path(), Arc::new(Watched { fails: Some(fails), ..Watched::default() }));
        saved.session.subject.team = "neu".into();
        assert!(bad.save(&mut saved).is_err(), "{fails}");
        let now = fs::read(&saved.path).unwrap();
        // Only when the folder could not be forced does the new file stand there already.
        assert_eq!(now == old, fails < 6, "{fails}");
        assert_eq!(good.load(saved.path.to_str().unwrap()).unwrap().session.id, saved.session.id);
        assert_eq!(fs::read_dir(saved.path.parent().unwrap()).unwrap().count(), 1, "{fails}");
        good.save(&mut saved).unwrap();
        assert_eq!(good.load(saved.path.to_str().unwrap()).unwrap().session.subject.team, "neu");
    }
}
