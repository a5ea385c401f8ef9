//! read(write(x)) = x for 100,000 random sessions, and how long a large one takes to save:
//! `cargo run --release --example sessions`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for those who work on the program"
)]

#[path = "../tests/common/arbitrary.rs"]
mod arbitrary;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use freigabe::domain::answer::{Mode, Value};
use freigabe::session::Answer;
use freigabe::session::store::{Store, Written};

/// Sessions.
const ROUNDS: u64 = 100_000;
/// Saves of the large one.
const SAVES: usize = 500;
/// All but one in a hundred of them take no longer.
const SLOWEST: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let bytes: usize = (0..ROUNDS).map(arbitrary::round_trip).sum();
    println!("{ROUNDS} sessions, {} MiB: each is read as it was written, and written again byte for byte", bytes >> 20);
    ExitCode::from(u8::from(saves() > SLOWEST))
}

fn saves() -> Duration {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved =
        store.create(Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1_790_000_000_000);
    for n in 0..250 {
        let note = "Die Antwort steht im Vertrag, Anlage 2. ".repeat(49);
        let id = format!("question_{n}").as_str().try_into().unwrap();
        saved.session.answers.insert(id, Answer { note, ..Answer::new(Value::Unknown) });
    }
    let mut times: Vec<Duration> = (0..SAVES)
        .map(|n| {
            saved.session.subject.team = format!("Team {n}");
            let begun = Instant::now();
            assert_eq!(store.save(&mut saved).unwrap(), Written::Plainly);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |part: usize| times[(SAVES * part / 100).min(SAVES - 1)];
    let size = std::fs::metadata(&saved.path).unwrap().len() / 1000;
    println!("{SAVES} saves of a session of {size} KB: half within {:.1?}, 99 of 100 within {:.1?}", at(50), at(99));
    at(99)
}
