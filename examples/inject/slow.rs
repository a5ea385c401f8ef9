//! Keys while forcing to disk takes two seconds.

use std::ffi::OsStr;
use std::time::{Duration, Instant};

use super::pty::Pty;

/// A key is shown in this time.
const SLOWEST: Duration = Duration::from_millis(100);

/// Types while a save hangs, and says how long the slowest key took.
pub fn run() -> bool {
    let home = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let inject = "inject=fsync,fdatasync:delay_enter=2000000";
    let strace = ["-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject];
    let program = ["program", "--lang", "en", "new", "--vendor", "zoom", "--mode", "self"];
    let mut arguments: Vec<&OsStr> = strace.map(OsStr::new).to_vec();
    arguments.push(own.as_os_str());
    arguments.extend(program.map(OsStr::new));
    let mut pty = Pty::start(OsStr::new("strace"), &arguments, home.path().as_os_str(), (80, 24));
    pty.wait_for("\x1b[?25l");
    pty.rest();
    let mut slowest = Duration::ZERO;
    let mut keys = 0;
    for _ in 0..5 {
        // Each answer brings another save, which takes four seconds.
        pty.press(b"1\r");
        // The list of keys can be opened, typed into and closed on every screen.
        for key in [&b"\x1bOP"[..], b"a", b"\x7f", b"\x1b"] {
            let before = pty.shown().len();
            let begun = Instant::now();
            pty.send(key);
            pty.wait("the key to be shown", |pty| pty.shown().len() > before);
            slowest = slowest.max(begun.elapsed());
            keys += 1;
            pty.rest();
        }
    }
    let (ended, _) = pty.ends(|pty| pty.send(b"q"));
    println!("{keys} keys while saves hang: the slowest was shown after {slowest:.1?}");
    println!("leaving waited {:.1?} for the last saves and ended with {:?}", ended.took, ended.code);
    // Who leaves waits for the save under way and the one after it; else nothing was slow here.
    let slow = ended.took > Duration::from_secs(2) && ended.took < Duration::from_secs(10);
    slow && slowest <= SLOWEST && ended.code == Some(0)
}
