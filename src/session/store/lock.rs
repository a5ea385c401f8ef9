//! Who has a session open: a lock file beside it, `sessions/<id>/lock`, elsewhere `.zoom.ron.lock`.
//!
//! A courtesy between instances of this program, so that two people notice each other early. It guards nothing: where a file
//! system knows no locks nobody holds anything, and a save compares before it replaces. The file goes when its holder
//! leaves, while the lock still holds.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::FILE;
use super::names::name;

/// Longer than anything that stands in such a file.
const LONGEST: u64 = 400;
/// How often one asks again when somebody else looks at the lock in the same moment, and after how many milliseconds.
#[cfg(unix)]
const ASKED: (u32, u64) = (5, 4);

/// An instance of the program that has a session open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The name of its machine.
    pub host: String,
    /// The number of its process.
    pub process: u32,
    /// Since when, in milliseconds since 1970.
    pub since: u64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.host, self.process, self.since)
    }
}

impl Holder {
    /// This instance.
    #[must_use]
    pub fn this(since: u64) -> Self {
        Self { host: host(), process: std::process::id(), since }
    }

    /// From the text of a lock file; none: it says nothing that can be understood.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (host, process, since) = (words.next()?, words.next()?, words.next()?);
        Some(Self { host: host.to_owned(), process: process.parse().ok()?, since: since.parse().ok()? })
    }
}

#[cfg(unix)]
fn host() -> String {
    let system = rustix::system::uname();
    let host: String = system.nodename().to_string_lossy().split_whitespace().collect();
    if host.is_empty() { "-".to_owned() } else { host }
}

#[cfg(not(unix))]
fn host() -> String {
    "-".to_owned()
}

/// A session that this instance holds until this is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// The session that is held.
    session: PathBuf,
    file: File,
}

impl Lock {
    /// Whether it holds the session in this file.
    #[must_use]
    pub fn holds(&self, session: &Path) -> bool {
        self.session == session
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it holds: whoever takes it looks whether the file is still there.
        if is_there(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What came of asking for a session.
#[derive(Debug)]
pub enum Claim {
    /// This instance holds it now.
    Ours(Lock),
    /// Another one does; what its lock file says.
    Held(String),
    /// Nobody can tell here.
    Unknown,
}

/// The lock file of a session's file.
pub fn lock_of(path: &Path) -> PathBuf {
    match name(path).as_str() {
        FILE => path.with_file_name("lock"),
        other => path.with_file_name(format!(".{other}.lock")),
    }
}

/// Asks for the session in a file. Its folder is not made for this.
#[must_use]
pub fn claim(session: &Path, holder: &Holder) -> Claim {
    take(session, &holder.to_string())
}

/// What the lock file of a session says, if an instance of the program holds it.
#[must_use]
pub fn holder_of(session: &Path) -> Option<String> {
    held(&lock_of(session))
}

/// Whether an instance holds the session that is not this one.
pub fn held_by_another(session: &Path) -> bool {
    let this = |who: &String| {
        Holder::parse(who).is_some_and(|holder| (holder.process, holder.host) == (std::process::id(), host()))
    };
    holder_of(session).is_some_and(|who| !this(&who))
}

#[cfg(unix)]
fn open(path: &Path, new: bool) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true).write(new).create(new);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // A link would make a file where nobody expects one; a pipe would never come back.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    options.open(path)
}

#[cfg(unix)]
fn take(session: &Path, text: &str) -> Claim {
    use std::io::Write;

    use rustix::fs::{FlockOperation, flock};
    let path = lock_of(session);
    // Through a linked folder a file would come to be where nobody expects one.
    if session.parent().is_some_and(super::is_link) {
        return Claim::Unknown;
    }
    let mut said = None;
    for _ in 0..ASKED.0 {
        let Ok(mut file) = open(&path, true) else { return Claim::Unknown };
        if !is_ours(&path) {
            return Claim::Unknown;
        }
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) if is_there(&file, &path) => {
                // Who cannot be named holds it all the same.
                let _ = file.set_len(0).and_then(|()| writeln!(file, "{text}"));
                return Claim::Ours(Lock { path, session: session.to_owned(), file });
            }
            // Its holder left just now, and took the file along.
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                said = Some(read(file));
                std::thread::sleep(std::time::Duration::from_millis(ASKED.1));
            }
            Err(_) => return Claim::Unknown,
        }
    }
    said.map_or(Claim::Unknown, Claim::Held)
}

/// Whether a file is a lock of this program, or an empty one that may become it: nobody else's file is written over, whatever
/// its name.
pub fn is_ours(path: &Path) -> bool {
    let Ok(data) = fs::symlink_metadata(path) else { return false };
    if !data.is_file() || has_other_names(&data) {
        return false;
    }
    let text = File::open(path).map(read).unwrap_or_default();
    data.len() == 0 || (data.len() <= LONGEST && Holder::parse(&text).is_some())
}

#[cfg(unix)]
fn has_other_names(data: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(data) > 1
}

#[cfg(not(unix))]
const fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// Looks without holding anything for longer than that takes.
#[cfg(unix)]
fn held(path: &Path) -> Option<String> {
    use rustix::fs::{FlockOperation, flock};
    let file = open(path, false).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
    let busy = flock(&file, FlockOperation::NonBlockingLockShared) == Err(rustix::io::Errno::WOULDBLOCK);
    busy.then(|| read(file))
}

fn read(file: File) -> String {
    use std::io::{Read, Seek};
    let mut bytes = Vec::new();
    let mut file = file;
    let _ = file.rewind();
    // What cannot be read names nobody.
    let _ = file.take(LONGEST).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => held.is_file() && (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_there(_: &File, _: &Path) -> bool {
    false
}

/// The standard library of this version knows no locks.
#[cfg(not(unix))]
fn take(_: &Path, _: &str) -> Claim {
    Claim::Unknown
}

#[cfg(not(unix))]
fn held(_: &Path) -> Option<String> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Whatever bears the name of a lock: it is taken only if it is one, or empty.
    #[test]
    fn nobody_elses_file_is_taken_for_a_lock() {
        let dir = tempfile::tempdir().unwrap();
        let (session, lock, other) = (dir.path().join(FILE), dir.path().join("lock"), dir.path().join("other"));
        let put =
            |path: &Path, text: &str| std::io::Write::write_all(&mut File::create(path).unwrap(), text.as_bytes());
        put(&lock, "mine").unwrap();
        assert!(matches!(claim(&session, &holder(8)), Claim::Unknown));
        assert_eq!(fs::read_to_string(&lock).unwrap(), "mine");
        fs::remove_file(&lock).unwrap();
        // A second name of another file, even of an empty one.
        put(&other, "").unwrap();
        fs::hard_link(&other, &lock).unwrap();
        assert!(matches!(claim(&session, &holder(8)), Claim::Unknown));
        fs::remove_file(&lock).unwrap();
        // Through a linked folder.
        let (inside, link) = (dir.path().join("inside"), dir.path().join("link"));
        fs::create_dir(&inside).unwrap();
        std::os::unix::fs::symlink(&inside, &link).unwrap();
        assert!(matches!(claim(&link.join(FILE), &holder(8)), Claim::Unknown));
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 0);
        // What somebody who is gone has left.
        put(&lock, &holder(7).to_string()).unwrap();
        assert!(matches!(claim(&session, &holder(8)), Claim::Ours(_)));
    }

    fn holder(process: u32) -> Holder {
        Holder { host: "pc-17".into(), process, since: 1_790_000_000_000 }
    }

    #[test]
    fn one_holds_the_others_learn_who_until_it_leaves() {
        let dir = tempfile::tempdir().unwrap();
        let inside = dir.path().join("sessions/01J/session.ron");
        let outside = dir.path().join("zoom.ron");
        // No folder, no lock, and none is made.
        assert!(matches!(claim(&inside, &holder(1)), Claim::Unknown));
        assert!(!dir.path().join("sessions").exists());
        fs::create_dir_all(inside.parent().unwrap()).unwrap();
        for (session, file) in [(&inside, "sessions/01J/lock"), (&outside, ".zoom.ron.lock")] {
            let Claim::Ours(lock) = claim(session, &holder(7)) else { panic!("free") };
            assert!(lock.holds(session) && dir.path().join(file).is_file());
            assert!(!lock.holds(&dir.path().join("other.ron")));
            let Claim::Held(who) = claim(session, &holder(8)) else { panic!("held") };
            assert_eq!(Holder::parse(&who), Some(holder(7)));
            assert_eq!(holder_of(session), Some(holder(7).to_string()));
            drop(lock);
            assert!(!dir.path().join(file).exists());
            assert_eq!(holder_of(session), None);
            assert!(matches!(claim(session, &holder(8)), Claim::Ours(_)));
        }
    }

    #[test]
    fn what_a_killed_instance_left_holds_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let session = dir.path().join("zoom.ron");
        let text = holder(7).to_string();
        std::io::Write::write_all(&mut File::create(lock_of(&session)).unwrap(), text.as_bytes()).unwrap();
        assert_eq!(holder_of(&session), None);
        let Claim::Ours(_lock) = claim(&session, &holder(8)) else { panic!("free") };
        assert_eq!(holder_of(&session), Some(holder(8).to_string()));
    }

    #[test]
    fn a_link_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let session = dir.path().join("zoom.ron");
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), lock_of(&session)).unwrap();
        assert!(matches!(claim(&session, &holder(8)), Claim::Unknown));
        assert!(!dir.path().join("elsewhere").exists());
    }

    /// Whenever one has it no other has: threads take and leave it as fast as they can.
    #[test]
    fn never_do_two_hold_it() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let dir = tempfile::tempdir().unwrap();
        let session = dir.path().join("zoom.ron");
        let (inside, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for n in 0..4 {
                let (session, inside, taken) = (&session, &inside, &taken);
                scope.spawn(move || {
                    for _ in 0..100 {
                        if let Claim::Ours(lock) = claim(session, &holder(n)) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            taken.fetch_add(1, Ordering::SeqCst);
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(taken.load(Ordering::SeqCst) >= 4);
    }

    #[test]
    fn leftovers_in_a_session_that_another_instance_holds_stay() {
        use crate::session::store::Store;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("sessions/01J");
        fs::create_dir_all(&folder).unwrap();
        let session = folder.join("session.ron");
        let leftover = folder.join(".session-0-0-abc");
        let tidied = |holder: &Holder| {
            let file = File::create(&leftover).unwrap();
            file.set_modified(std::time::UNIX_EPOCH).unwrap();
            let Claim::Ours(lock) = claim(&session, holder) else { panic!("free") };
            Store::new(dir.path()).tidy(None);
            drop(lock);
            !leftover.exists()
        };
        assert!(tidied(&Holder::this(0)));
        let this = Holder::this(0);
        assert!(!tidied(&Holder { host: format!("{}-2", this.host), ..this.clone() }));
        assert!(!tidied(&Holder { process: 0, ..this }));
    }

    #[test]
    fn names_of_machines_are_one_word() {
        assert_eq!(host().split_whitespace().count(), 1);
        assert_eq!(Holder::parse("pc-17 4711"), None);
        assert_eq!(Holder::parse("pc-17 x 1"), None);
        assert_eq!(Holder::parse(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_lock_names_this_machine() {
        let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
        let name: String = name.split_whitespace().collect();
        assert_eq!(host(), if name.is_empty() { "-" } else { &name });
    }
}
