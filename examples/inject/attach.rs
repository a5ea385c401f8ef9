//! Runs the child, and has `strace` stand in the way of one of its saves.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use freigabe::session::store::Store;

/// What a save may ask of the system.
pub const CALLS: &str = "openat,open,creat,read,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,\
                         unlinkat,mkdir,mkdirat,chmod,fchmod,fchmodat,chown,fchown,fchownat,link,linkat,flock,ftruncate,\
                         fallocate,copy_file_range,statx,newfstatat";

/// So long it takes until a thread is held.
const HELD: Duration = Duration::from_millis(20);
/// So often a save is tried again that `strace` came too late for.
pub const TRIES: usize = 20;

/// A call of a save.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// The how many-th of this name it is.
    pub nth: usize,
    /// All that `strace` says of it.
    pub text: String,
}

impl Call {
    /// The calls of a log.
    fn all(log: &str) -> Vec<Self> {
        let mut counts = BTreeMap::<&str, usize>::new();
        let calls = log.lines().filter_map(|text| {
            let (name, _) = text.split_once('(').filter(|(name, _)| !name.contains(' '))?;
            let nth = counts.entry(name).or_default();
            *nth += 1;
            Some(Self { name: name.to_owned(), nth: *nth, text: text.to_owned() })
        });
        calls.collect()
    }
}

/// What the child says.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// A save is about to begin in a thread of this number.
    Save(String),
    /// So many answers are held, and the mark says this.
    Answers(usize, String),
}

/// The program, saving.
pub struct Saver {
    process: Child,
    said: BufReader<ChildStdout>,
    leave: ChildStdin,
    folder: PathBuf,
}

impl Saver {
    pub fn start(folder: &Path, saves: usize) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg("child")
            .arg(folder)
            .arg(saves.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        let leave = process.stdin.take().unwrap();
        Self { process, said, leave, folder: folder.to_owned() }
    }

    /// What it says next; none: it has ended.
    pub fn next(&mut self) -> Option<Said> {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["save", thread] => Some(Said::Save(thread.to_owned())),
            ["answers", number, mark] => Some(Said::Answers(number.parse().unwrap(), mark.to_owned())),
            [] => None,
            _ => panic!("the child says {line:?}"),
        }
    }

    /// Lets a save go on; what the child says of it.
    pub fn go(&mut self) -> Option<Said> {
        self.leave.write_all(b"\n").unwrap();
        self.next()
    }

    /// The same with `strace` looking on, and doing something at a call, if there is one. Also returns what it saw.
    pub fn go_watched(&mut self, thread: &str, at: Option<(&Call, &str)>) -> (Option<Said>, Vec<Call>) {
        let log = self.folder.join("strace");
        let mut strace = Command::new("strace");
        strace.args(["-p", thread, "-e", &format!("trace={CALLS}"), "-o"]).arg(&log);
        if let Some((Call { name, nth, .. }, what)) = at {
            // Calls are counted for each name by itself.
            strace.args(["-e", &format!("inject={name}:{what}:when={nth}")]);
        }
        let mut strace = strace.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(strace.stderr.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        assert!(line.contains("attached"), "strace: {line}");
        // It says so a moment before the thread is really held; who calls this looks whether it was.
        std::thread::sleep(HELD);
        let said = self.go();
        strace.wait().unwrap();
        let lines = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_file(&log).unwrap();
        (said, Call::all(&lines))
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What lies on the disk once the program is gone.
#[derive(Debug, Default)]
pub struct Found {
    /// Answers in the session; none: there is no session.
    pub answers: Option<usize>,
    /// Files that cannot be read.
    pub unreadable: usize,
    /// Temporary files before the next start.
    pub before: usize,
    /// And after it.
    pub leftovers: usize,
}

/// Looks, and has the next start tidy up.
pub fn look(folder: &Path) -> Found {
    let store = Store::new(folder);
    let mut found = Found { before: temporary(folder), ..Found::default() };
    store.tidy(None);
    found.leftovers = temporary(folder);
    for listed in store.list() {
        match store.load(&listed.path.to_string_lossy()) {
            Ok(saved) => found.answers = found.answers.max(Some(saved.session.answers.len())),
            Err(_) => found.unreadable += 1,
        }
    }
    found
}

fn temporary(folder: &Path) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            count += temporary(&entry.path());
        } else {
            count += usize::from(entry.file_name().to_string_lossy().starts_with(".session-"));
        }
    }
    count
}
