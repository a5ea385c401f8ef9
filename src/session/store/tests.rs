//! Saving and loading, step by step.

use std::fs::File;
use std::io::{self, Write};
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
    assert!(store.list().is_empty() && !saved.is_written());
    store.save(&mut saved).unwrap();
    assert!(saved.is_written());
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
    let original = saved.path.clone();
    let mut other = store.load(saved.session.id.as_str()).unwrap();
    other.session.subject.team = "andere".into();
    store.save(&mut other).unwrap();
    let before = fs::read(&original).unwrap();
    saved.session.subject.team = "meine".into();
    assert_eq!(store.save(&mut saved).unwrap(), Written::Beside);
    saved.session.subject.purpose = "weiter".into();
    assert_eq!(store.save(&mut saved).unwrap(), Written::Plainly, "it goes on in the copy");
    assert_eq!(fs::read(&original).unwrap(), before);
    assert_eq!(Copy::of(&saved.path), Some(Copy::Conflict));
    let listed = store.list();
    assert_eq!(listed.iter().filter(|one| one.copy == Some(Copy::Conflict)).count(), 1);
    assert_eq!(listed.len(), 2);
    // The beginning of an id still names the session itself.
    let id = saved.session.id.as_str();
    for what in [id, &id[..8]] {
        assert_eq!(store.load(what).unwrap().session.subject.team, "andere", "{what}");
    }
    // A second conflict takes the next name.
    let mut late = store.load(id).unwrap();
    other.session.subject.team = "noch andere".into();
    store.save(&mut other).unwrap();
    late.session.subject.team = "dritte".into();
    assert_eq!(store.save(&mut late).unwrap(), Written::Beside);
    assert_ne!(late.path, saved.path);
}

#[test]
fn a_file_elsewhere_gets_its_copy_beside_it() {
    let (dir, store) = store();
    for (name, copy) in [
        ("zoom.ron", "zoom.conflict-1.ron"),
        ("zoom-2026-11-25.freigabe.ron", "zoom-2026-11-25.conflict-1.freigabe.ron"),
    ] {
        let path = dir.path().join(name);
        let text = "(format: 1, vendor: \"zoom\", answers: {})";
        put(&path, text);
        let mut saved = store.load(path.to_str().unwrap()).unwrap();
        put(&path, "somebody's words");
        saved.session.subject.team = "meine".into();
        assert_eq!(store.save(&mut saved).unwrap(), Written::Beside);
        assert_eq!(saved.path, dir.path().join(copy));
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's words");
        assert!(crate::session::folder::session_files(dir.path()).unwrap().contains(&saved.path));
        // A copy of the copy does not grow its name.
        assert_eq!(Copy::Conflict.beside(&saved.path, 2), dir.path().join(copy.replace("-1.", "-2.")));
    }
}

#[test]
fn a_file_that_somebody_removed_is_written_again() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    fs::remove_dir_all(saved.path.parent().unwrap()).unwrap();
    saved.session.subject.team = "Vertrieb".into();
    assert_eq!(store.save(&mut saved).unwrap(), Written::Again);
    assert_eq!(store.load(saved.session.id.as_str()).unwrap().session.subject.team, "Vertrieb");
    assert_eq!(store.save(&mut saved).unwrap(), Written::Plainly);
}

#[test]
fn what_could_not_be_loaded_again_is_not_written() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let before = fs::read(&saved.path).unwrap();
    // Escaping makes six bytes of one.
    saved.session.subject.purpose = "\u{200b}".repeat(200_000);
    let error = store.save(&mut saved).unwrap_err();
    assert!(matches!(&error, StoreError::TooLong { place, .. } if place == "subject.purpose"), "{error:?}");
    assert_eq!(fs::read(&saved.path).unwrap(), before);
    saved.session.subject.purpose = String::new();
    store.save(&mut saved).unwrap();
}

#[test]
fn a_person_says_where_and_nothing_is_overwritten() {
    let (dir, store) = store();
    let mut saved = zoom(&store);
    let folder = dir.path().join("mine");
    fs::create_dir(&folder).unwrap();
    store.save_as(&mut saved, &folder).unwrap();
    assert_eq!(saved.path, folder.join("zoom-2026-11-23.freigabe.ron"));
    store.save_as(&mut saved, &folder).unwrap();
    assert_eq!(saved.path, folder.join("zoom-2026-11-23-2.freigabe.ron"));
    let named = folder.join("name.ron");
    put(&named, "mine");
    assert!(store.save_as(&mut saved, &named).is_err());
    assert!(store.save_as(&mut saved, &folder.join("typo").join("x.ron")).is_err());
    assert!(!folder.join("typo").exists());
    assert_eq!(fs::read_to_string(&named).unwrap(), "mine");
    assert_eq!(store.save(&mut saved).unwrap(), Written::Plainly, "what failed changes nothing");
}

#[test]
fn a_rescue_finds_a_place() {
    let (dir, store) = store();
    let temporary = dir.path().join("temporary");
    let mut saved = zoom(&store);
    let beside = store.rescue(&mut saved, &temporary).unwrap();
    assert!(beside.starts_with(dir.path().join("sessions")), "{beside:?}");
    assert_eq!(Copy::of(&beside), Some(Copy::Rescue));
    // No folder for sessions can be made: the data directory.
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    put(&data.join("sessions"), "");
    let mut saved = zoom(&Store::new(&data));
    let inside = Store::new(&data).rescue(&mut saved, &temporary).unwrap();
    assert_eq!(inside.parent(), Some(data.as_path()));
    // Not even that: the folder for temporary files.
    let mut saved = zoom(&Store::new(&inside));
    let last = Store::new(&inside).rescue(&mut saved, &temporary).unwrap();
    assert_eq!(last.parent(), Some(temporary.as_path()));
    for path in [&beside, &inside, &last] {
        assert_eq!(store.load(path.to_str().unwrap()).unwrap().session, saved_as(&saved, path));
        #[cfg(unix)]
        assert_eq!(mode(path), 0o600, "{path:?}");
    }
}

/// The same session with the id that its file has.
fn saved_as(saved: &Saved, path: &Path) -> Session {
    let id = Store::new(path).load(path.to_str().unwrap()).unwrap().session.id;
    Session { id, ..saved.session.clone() }
}

fn put(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn a_share_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    for wanted in [0o664, 0o640, 0o600] {
        fs::set_permissions(&saved.path, fs::Permissions::from_mode(wanted)).unwrap();
        saved.session.subject.team.push('x');
        store.save(&mut saved).unwrap();
        assert_eq!(mode(&saved.path), wanted);
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_once_and_a_linked_folder_is_not_written_through() {
    use std::os::unix::fs::symlink;
    let (dir, store) = store();
    let real = dir.path().join("real.ron");
    put(&real, "(format: 1, vendor: \"zoom\", answers: {})");
    let (link, chain) = (dir.path().join("link.ron"), dir.path().join("chain.ron"));
    symlink("real.ron", &link).unwrap();
    symlink("link.ron", &chain).unwrap();
    let mut saved = store.load(link.to_str().unwrap()).unwrap();
    assert_eq!((saved.path.as_path(), saved.link.as_deref()), (real.as_path(), Some(link.as_path())));
    saved.session.subject.team = "Vertrieb".into();
    store.save(&mut saved).unwrap();
    assert!(is_link(&link) && fs::read_to_string(&real).unwrap().contains("Vertrieb"));
    assert!(matches!(store.load(chain.to_str().unwrap()), Err(StoreError::Refused { why: Why::Links, .. })));

    let outside = dir.path().join("outside");
    fs::create_dir_all(dir.path().join("sessions")).unwrap();
    fs::create_dir(&outside).unwrap();
    put(&outside.join("session.ron"), "(format: 1, vendor: \"zoom\", answers: {})");
    symlink(&outside, dir.path().join("sessions/linked")).unwrap();
    let mut saved = store.load("linked").unwrap();
    saved.session.subject.team = "Vertrieb".into();
    let error = store.save(&mut saved).unwrap_err();
    assert!(matches!(error, StoreError::Refused { why: Why::LinkedFolder { .. }, .. }), "{error:?}");
    assert!(!fs::read_to_string(outside.join("session.ron")).unwrap().contains("Vertrieb"));
}

#[cfg(unix)]
#[test]
fn leftovers_of_dead_saves_go_and_those_of_living_ones_stay() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let folder = saved.path.parent().unwrap();
    let mut child = std::process::Command::new("true").spawn().unwrap();
    let dead = folder.join(format!(".session-{}-0-abc", child.id()));
    child.wait().unwrap();
    let living = folder.join(format!(".session-{}-0-abc", std::process::id()));
    let old = folder.join(format!(".session-{}-1-abc", std::process::id()));
    for path in [&dead, &living, &old] {
        put(path, "half");
    }
    let hour_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1);
    File::options().write(true).open(&old).unwrap().set_modified(hour_ago).unwrap();
    store.tidy(None);
    assert!(!dead.exists() && living.exists() && !old.exists());
    fs::remove_file(&dead).unwrap_err();
    put(&dead, "half");
    Store::new(Path::new("/nonexistent")).tidy(Some(folder));
    assert!(!dead.exists() && saved.path.exists());
}

#[test]
fn a_list_reads_heads_only_when_somebody_looks() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    saved.session.subject.team = "Vertrieb".into();
    let answer = crate::session::Answer::new(crate::domain::answer::Value::Unknown);
    for n in 0..200 {
        let id = format!("x{n}").as_str().try_into().unwrap();
        saved
            .session
            .answers
            .insert(id, crate::session::Answer { note: "\n    answers: {".repeat(9), ..answer.clone() });
    }
    store.save(&mut saved).unwrap();
    let listed = store.list();
    let head = listed[0].session().unwrap();
    assert_eq!(
        (&head.subject, head.mode, head.as_of),
        (&saved.session.subject, saved.session.mode, saved.session.as_of)
    );
    assert!(head.answers.is_empty(), "the answers were not read");
    // Removed meanwhile: known only to whoever had not looked.
    let again = store.list();
    fs::remove_file(&saved.path).unwrap();
    assert!(listed[0].session().is_ok() && again[0].session().is_err());
    // The name of another tool stands among the answers.
    saved.session.vendor = "other".try_into().unwrap();
    let name = crate::session::Answer::new(crate::domain::answer::Value::Text("Signal".into()));
    saved.session.answers.insert("tool_name".try_into().unwrap(), name);
    store.save(&mut saved).unwrap();
    assert_eq!(store.list()[0].session().unwrap().tool_name(), Some("Signal"));
    put(&saved.path, "(format: 1,");
    assert!(store.list()[0].session().is_err());
}

#[test]
fn faults_are_told_in_both_languages() {
    use crate::domain::text::Language;
    use crate::i18n::Words;
    let path = || PathBuf::from("/share/zoom.ron");
    let io = |kind: std::io::ErrorKind| StoreError::Io { path: path(), error: kind.into() };
    let refused = |why: Why| StoreError::Refused { path: path(), why };
    let mut all = vec![
        refused(Why::Folder),
        refused(Why::Special),
        refused(Why::Large),
        refused(Why::NotText { line: 7, column: 3 }),
        refused(Why::Links),
        refused(Why::ReadOnly),
        refused(Why::LinkedFolder { to: path() }),
        StoreError::TooLong { path: path(), place: "answers.dpa_signed.note".into(), characters: 7 },
        StoreError::NotFound("nothing".into()),
        parse(&path(), b"(format: 2, vendor: \"zoom\", answers: {})").unwrap_err(),
        parse(&path(), b"(format: 1").unwrap_err(),
        parse(&path(), b"// freigabe: 7\n(format: 1").unwrap_err(),
        parse(&path(), b"(format: 1, vendor: \"zoom\",\n answers: {\"a\": (value: Unknown)}, x: \"\xff\")")
            .unwrap_err(),
    ];
    let kinds = [
        std::io::ErrorKind::StorageFull,
        std::io::ErrorKind::PermissionDenied,
        std::io::ErrorKind::ReadOnlyFilesystem,
        std::io::ErrorKind::NotFound,
        std::io::ErrorKind::AlreadyExists,
        std::io::ErrorKind::Other,
    ];
    all.extend(kinds.map(io));
    for error in all {
        let [german, english] = [Language::De, Language::En].map(|language| error.told(&Words::new(language)));
        for told in [&german, &english] {
            assert!(!told.remedy.is_empty() && !told.message.contains("fault-") && !told.remedy.contains("fault-"));
            assert!(!told.message.contains('{'), "{told:?}");
        }
        assert_ne!(german.remedy, english.remedy, "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn files_are_private_and_nothing_is_left_over() {
    let (_dir, store) = store();
    let mut saved = zoom(&store);
    store.save(&mut saved).unwrap();
    let folder = saved.path.parent().unwrap();
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

/// Two programs have loaded the same file and save at the same moment: one of them goes on in a copy, each time.
#[cfg(unix)]
#[test]
fn of_two_saves_at_once_none_is_lost() {
    for _ in 0..200 {
        let (_dir, store) = store();
        let mut first = zoom(&store);
        store.save(&mut first).unwrap();
        let path = first.path.clone();
        let mut second = store.load(path.to_str().unwrap()).unwrap();
        first.session.subject.team = "eins".into();
        second.session.subject.team = "zwei".into();
        let start = std::sync::Barrier::new(2);
        let save = |saved: &mut Saved| {
            start.wait();
            store.save(saved).unwrap()
        };
        let how = std::thread::scope(|scope| {
            let work = [&mut first, &mut second].map(|saved| scope.spawn(|| save(saved)));
            work.map(|one| one.join().unwrap())
        });
        assert!(how.contains(&Written::Beside) && how.contains(&Written::Plainly), "{how:?}");
        for saved in [&first, &second] {
            let again = store.load(saved.path.to_str().unwrap()).unwrap();
            assert_eq!(again.session.subject.team, saved.session.subject.team);
        }
    }
}

#[test]
fn foreign_parts_never_make_a_file_unreadable() {
    let (dir, store) = store();
    for (n, part) in ["r#2fa: 1", "r#1a: (x: 1)", "x: Fo\u{fe0f}o(1)", "x: (a\u{e0100}b: 1)", "x: \"a\u{202e}b\""]
        .into_iter()
        .enumerate()
    {
        let path = dir.path().join(format!("{n}.ron"));
        let text = format!("(format: 1, mode: Self, vendor: \"zoom\", answers: {{}}, {part})");
        File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let mut saved = store.load(path.to_str().unwrap()).unwrap();
        saved.session.subject.team = "Vertrieb".into();
        store.save(&mut saved).unwrap();
        let again = store.load(path.to_str().unwrap());
        assert_eq!(again.unwrap_or_else(|error| panic!("{part}: {error}")).session.subject.team, "Vertrieb", "{part}");
    }
}
