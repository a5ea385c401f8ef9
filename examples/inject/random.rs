//! `kill -9` at random moments of an interview in a terminal.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::attach::{Found, look};
use super::grid::Grid;
use super::pty::{PATIENCE, Pty};

const SIZE: (u16, u16) = (80, 24);
/// Answers of one interview.
const ANSWERS: usize = 9;

/// Kills, looks, and says how it went.
pub fn run(rounds: usize) -> bool {
    let calm = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let (expected, _) = interview(calm.path(), None);
    let whole = begun.elapsed();
    println!("an interview takes {whole:.0?}; answers on disk when it says so: {expected:?}");
    let mut dice = 0x5eed_0fa1_1d15_c0de_u64;
    let mut all = Found::default();
    let (mut lost, mut confirmed, mut early) = (0, 0, 0);
    let mut kills = 0;
    while kills < rounds {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let moment = whole.mul_f64(f64::from(u32::try_from(dice >> 40).unwrap()) / f64::from(1 << 24));
        let folder = tempfile::tempdir().unwrap();
        let (said, killed) = interview(folder.path(), Some(moment));
        if !killed {
            early += 1;
            continue;
        }
        kills += 1;
        let found = look(&folder.path().join("data"));
        let promised = said.last().map_or(0, |_| expected[said.len() - 1]);
        confirmed += promised;
        lost += promised.saturating_sub(found.answers.unwrap_or(0));
        all.unreadable += found.unreadable;
        all.before += found.before;
        all.leftovers += found.leftovers;
    }
    println!(
        "{kills} kills at random moments ({early} more interviews ended before theirs): {lost} of {confirmed} confirmed \
         answers lost, {} unreadable files, {} temporary files, {} of them left over after one start",
        all.unreadable, all.before, all.leftovers
    );
    lost + all.unreadable + all.leftovers == 0
}

/// Answers question after question, each when the screen says that the one before is saved, and is killed at a moment.
/// Returns the answers on disk each time the screen says so, and whether the moment came.
fn interview(home: &Path, moment: Option<Duration>) -> (Vec<usize>, bool) {
    let program = std::env::current_exe().unwrap();
    let data = home.join("data");
    let arguments = ["program", "--lang", "en", "--data-dir"].map(OsStr::new).into_iter().chain([data.as_os_str()]);
    let arguments: Vec<&OsStr> =
        arguments.chain(["new", "--vendor", "jitsi", "--mode", "self"].map(OsStr::new)).collect();
    let begun = Instant::now();
    let mut pty = Pty::start(program.as_os_str(), &arguments, home.as_os_str(), SIZE);
    let mut grid = Grid::new(SIZE.0.into(), SIZE.1.into());
    let mut read = 0;
    let mut said = Vec::new();
    let mut sent = 0;
    let mut saved = false;
    while said.len() < ANSWERS {
        if moment.is_some_and(|moment| begun.elapsed() >= moment) {
            pty.signal(Signal::KILL);
            pty.wait("the end", |pty| !pty.runs());
            return (said, true);
        }
        let shown = pty.shown();
        let mut marks = 0;
        grid.feed(&shown[read..], |grid| {
            let now = grid.row(usize::from(SIZE.1) - 1).contains("✓ saved");
            marks += usize::from(now && !std::mem::replace(&mut saved, now));
            saved = now;
        });
        read = shown.len();
        for _ in 0..marks {
            // A calm run looks what that means; afterwards it is known.
            said.push(if moment.is_none() { look(&data).answers.unwrap_or(0) } else { 0 });
        }
        if said.len() == sent && !grid.row(usize::from(SIZE.1) - 1).trim().is_empty() && sent < ANSWERS {
            pty.send(b"1\r");
            sent += 1;
        }
        assert!(begun.elapsed() < PATIENCE, "{} of {sent} saved:\n{}", said.len(), grid.text());
        std::thread::sleep(Duration::from_micros(300));
    }
    (said, false)
}
