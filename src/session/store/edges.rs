//! The edges of finding and reading: what is just small enough, just named clearly enough, just inside.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::session::disk::Handle;

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    (dir, store)
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    io::Write::write_all(&mut fs::File::create(path).unwrap(), bytes).unwrap();
}

const PLAIN: &str = "(format: 1, vendor: \"zoom\", answers: {})";

#[test]
fn what_stands_in_the_file_is_not_what_was_changed_since() {
    let (_dir, store) = store();
    let mut saved =
        store.create(Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000);
    assert!(saved.as_loaded().is_none(), "nothing is written yet");
    saved.session.subject.team = "Vertrieb".into();
    store.save(&mut saved).unwrap();
    saved.session.subject.team = "Einkauf".into();
    assert_eq!(saved.as_loaded().unwrap().subject.team, "Vertrieb");
}

#[test]
fn a_whole_id_is_clear_even_where_another_one_begins_with_it() {
    let (dir, store) = store();
    for id in ["team", "team-b", "other"] {
        put(&dir.path().join("sessions").join(id).join(FILE), PLAIN.as_bytes());
    }
    let found = |what: &str| store.find(what).map(|path| name(path.parent().unwrap()));
    assert_eq!(found("team").unwrap(), "team");
    assert_eq!(found("team-b").unwrap(), "team-b");
    assert_eq!(found("o").unwrap(), "other");
    let fault = found("te").unwrap_err().to_string();
    assert!(fault.contains("several") && fault.contains("team-b") && !fault.contains("more"), "{fault}");
    assert!(matches!(found(""), Err(StoreError::NotFound(_))));
}

#[test]
fn a_place_is_in_the_store_or_it_is_not() {
    let (dir, store) = store();
    let inside = dir.path().join("sessions").join("new").join("report.md");
    assert!(!store.holds(&inside), "there is no store yet");
    put(&dir.path().join("sessions").join("one").join(FILE), PLAIN.as_bytes());
    assert!(store.holds(&inside), "also where the folder is yet to be made");
    assert!(!store.holds(&dir.path().join("report.md")));
    assert!(!store.holds(&dir.path().join("sessions")), "the store itself lies beside");
}

/// A disk on which every file has grown since one looked: it gives as much as is asked for. It changes nothing; names that
/// are asked for are refused so many times, then given.
#[derive(Debug)]
pub(super) struct Growing {
    refused: io::ErrorKind,
    times: usize,
    asked: AtomicUsize,
}

impl Growing {
    /// A disk that refuses names so many times.
    pub(super) fn refusing(refused: io::ErrorKind, times: usize) -> Self {
        Self { refused, times, asked: AtomicUsize::new(0) }
    }
}

impl Disk for Growing {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn read(&self, _: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Ok(vec![b' '; usize::try_from(limit).unwrap()])
    }

    fn create(&self, _: &Path) -> io::Result<Box<dyn Handle>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn keep(&self, _: &Path, _: &Path) -> io::Result<()> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        if before < self.times { Err(self.refused.into()) } else { Ok(()) }
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[test]
fn a_file_may_be_as_large_as_the_limit_and_not_a_byte_larger() {
    let (dir, store) = store();
    let path = dir.path().join("file");
    put(&path, b"0123456789");
    let large =
        |outcome: Result<Vec<u8>, StoreError>| matches!(outcome, Err(StoreError::Refused { why: Why::Large, .. }));
    assert_eq!(store.read_up_to(&path, 10, Why::Large).unwrap(), b"0123456789");
    assert_eq!(store.read_up_to(&path, 11, Why::Large).unwrap(), b"0123456789");
    assert!(large(store.read_up_to(&path, 9, Why::Large)));
    assert!(large(store.read_up_to(&path, 5, Why::Large)));
    let growing = Store::on(dir.path(), Arc::new(Growing::refusing(io::ErrorKind::Unsupported, 9)));
    assert!(large(growing.read_up_to(&path, 10, Why::Large)), "one byte more than was seen is one too many");
}

#[test]
fn a_newer_file_may_be_looked_at_whatever_its_first_line_says() {
    let (dir, store) = store();
    let path = dir.path().join("newer.ron");
    let newer = "(format: 2, vendor: \"zoom\", answers: {}, beyond: 1)";
    let other_line = |text: &str| format!("// freigabe: 99 bytes {}\n{text}", "0123456789abcdef".repeat(4));
    for text in [newer.to_owned(), other_line(newer)] {
        put(&path, text.as_bytes());
        let named = path.to_str().unwrap();
        let fault = store.load(named).unwrap_err();
        assert!(matches!(&fault, StoreError::Unreadable { error, .. } if error.newer), "{fault:?}");
        let saved = store.open(named).unwrap();
        assert_eq!(saved.read_only, Some(ReadOnly::Newer));
        assert_eq!(saved.session.vendor, "zoom");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    // Of this version such a line can only be damage.
    put(&path, other_line(PLAIN).as_bytes());
    let fault = store.load(path.to_str().unwrap()).unwrap_err();
    assert!(matches!(fault, StoreError::Broken { broken: Broken::Line, .. }), "{fault:?}");
    assert!(store.open(path.to_str().unwrap()).is_err());
}

#[test]
fn what_is_no_text_is_told_with_line_and_column() {
    let (dir, store) = store();
    let path = dir.path().join("bytes.ron");
    for (bytes, place) in [
        (&b"(format: 1,\n vendor: \"\xff\", answers: {})"[..], (2, 11)),
        (&b"\xff"[..], (1, 1)),
        (&b"// \xc3\xa4\n\nab\xc3\xbc\xfe"[..], (3, 4)),
    ] {
        put(&path, bytes);
        match store.load(path.to_str().unwrap()).unwrap_err() {
            StoreError::Refused { why: Why::NotText { line, column }, .. } => assert_eq!((line, column), place),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_fault_is_told_as_what_it_is() {
    use std::collections::BTreeSet;

    use crate::domain::text::Language;
    use crate::i18n::Words;
    let words = Words::new(Language::En);
    let path = || PathBuf::from("/share/zoom.ron");
    let io = |kind: io::ErrorKind| StoreError::Io { path: path(), error: kind.into() }.told(&words);
    let kinds = [
        io::ErrorKind::StorageFull,
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::NotFound,
        io::ErrorKind::AlreadyExists,
        io::ErrorKind::Other,
    ];
    let remedies: BTreeSet<String> = kinds.iter().map(|kind| io(*kind).remedy).collect();
    assert_eq!(remedies.len(), kinds.len());
    assert_eq!(io(io::ErrorKind::QuotaExceeded).remedy, io(io::ErrorKind::StorageFull).remedy);
    let deep = format!("(format: 1, vendor: \"zoom\", answers: {{}}, x: {}", "[".repeat(500));
    let texts: [&[u8]; 6] = [
        b"(format: 1",
        deep.as_bytes(),
        b"(format: 2, vendor: \"zoom\", answers: {})",
        b"// freigabe: 7\n(format: 1",
        b"<<<<<<< ours\n(format: 1)\n=======\n(format: 1)\n>>>>>>> theirs\n",
        b"\xff",
    ];
    let told: BTreeSet<String> =
        texts.iter().map(|text| parse(&path(), text).unwrap_err().told(&words).remedy).collect();
    assert_eq!(told.len(), texts.len(), "{told:#?}");
    let whole = file::sealed(PLAIN).into_bytes();
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() = b'!';
    let broken: BTreeSet<String> = [&whole[..whole.len() - 3], &[&whole[..], b"!"].concat()[..], &changed[..]]
        .iter()
        .map(|bytes| parse(&path(), bytes).unwrap_err().told(&words).message)
        .collect();
    assert_eq!(broken.len(), 3, "{broken:#?}");
}

#[test]
fn an_older_state_may_only_be_looked_at() {
    let (dir, store) = store();
    let mut saved =
        store.create(Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000);
    for team in ["eins", "zwei"] {
        saved.session.subject.team = team.into();
        store.save(&mut saved).unwrap();
    }
    let state = store.generations(&saved.path).remove(0).path;
    let read_only = |path: &Path| store.load(path.to_str().unwrap()).unwrap().read_only;
    assert_eq!(read_only(&state), Some(ReadOnly::Generation));
    assert_eq!(read_only(&saved.path), None);
    // A folder of that name elsewhere is anybody's.
    let elsewhere = dir.path().join("usb").join("one").join("generations").join("a.ron");
    put(&elsewhere, PLAIN.as_bytes());
    assert_eq!(read_only(&elsewhere), None);
    let beside = saved.path.with_file_name("other").join("a.ron");
    put(&beside, PLAIN.as_bytes());
    assert_eq!(read_only(&beside), None);
    #[cfg(unix)]
    {
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(dir.path(), &link).unwrap();
        let winding = link.join(state.strip_prefix(dir.path()).unwrap());
        assert!(store.is_generation(&winding), "also on another way");
    }
}

#[test]
fn a_name_that_somebody_took_meanwhile_is_passed_over_and_nothing_else_is() {
    let (dir, store) = store();
    let mut saved =
        store.create(Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_700_000_000_000);
    store.save(&mut saved).unwrap();
    let kept = |refused: io::ErrorKind, times: usize| {
        let disk = Arc::new(Growing::refusing(refused, times));
        let kept = Store::on(dir.path(), disk.clone()).keep(&saved.path);
        (kept.map(|path| name(&path)), disk.asked.load(Ordering::Relaxed))
    };
    let (third, asked) = kept(io::ErrorKind::AlreadyExists, 2);
    assert!(third.unwrap().ends_with("-002.ron") && asked == 3);
    assert_eq!(kept(io::ErrorKind::PermissionDenied, usize::MAX), (None, 1), "asking again would not help");
}

#[test]
fn a_list_says_of_a_file_that_is_too_large_just_that() {
    let (dir, store) = store();
    let large = usize::try_from(MAX_BYTES).unwrap();
    for (id, length) in [("fits", large), ("large", large + 1)] {
        let mut text = b"(format: 1, vendor: \"other\", answers: {}) //".to_vec();
        text.resize(length, b' ');
        put(&dir.path().join("sessions").join(id).join(FILE), &text);
    }
    // A link to a file is no folder of a session.
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path().join("sessions/fits").join(FILE), dir.path().join("sessions/linked"))
        .unwrap();
    let list = store.list();
    assert_eq!(list.len(), 2);
    for one in &list {
        match (one.id.as_str(), one.session()) {
            ("fits", read) => assert_eq!(read.unwrap().vendor, "other"),
            (_, read) => assert!(matches!(read, Err(StoreError::Refused { why: Why::Large, .. })), "{read:?}"),
        }
    }
    assert!(matches!(store.load("linked"), Err(StoreError::NotFound(_))));
}

#[test]
fn somebody_else_s_words_get_the_next_free_name_that_is_ours_to_give() {
    let (dir, store) = store();
    let session = dir.path().join("sessions").join("01J").join(FILE);
    put(&session, PLAIN.as_bytes());
    let theirs = session.with_file_name("theirs");
    put(&theirs, b"theirs");
    let copy = |n: u32| Copy::Conflict.beside(&session, n);
    let holds = |n: u32| fs::read(copy(n)).ok();
    assert!(store.keep_beside(&theirs, &session));
    assert_eq!(holds(1).as_deref(), Some(&b"theirs"[..]));
    // A second name is the same file.
    fs::remove_file(&theirs).unwrap();
    put(&theirs, b"others");
    // The second name belongs to somebody else: behind a link nothing is put.
    #[cfg(unix)]
    {
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, copy(2).parent().unwrap()).unwrap();
        assert!(store.keep_beside(&theirs, &session));
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
        assert_eq!((holds(1).as_deref(), holds(3).as_deref()), (Some(&b"theirs"[..]), Some(&b"others"[..])));
    }
    // A link to a folder does no harm to a file that lies in it by its own name.
    let usb = dir.path().join("zoom.ron");
    put(&usb, PLAIN.as_bytes());
    assert!(store.keep_beside(&theirs, &usb) && dir.path().join("zoom.conflict-1.ron").exists());
    let full = Store::on(dir.path(), Arc::new(Growing::refusing(io::ErrorKind::StorageFull, usize::MAX)));
    assert!(!full.keep_beside(&theirs, &usb), "where it cannot be kept nobody says that it is");
}
