//! How long the program takes for the worst inputs, and how much memory: `cargo run --release --example replay`.
//!
//! Takes the committed corpus, what a fuzzer has found here, and inputs as large as a file may be. No fuzzer and no
//! sanitiser are needed, so the figures are those of the program.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for those who work on the program"
)]

#[expect(dead_code, reason = "what must hold is asked by the fuzzer and by `tests/corpus.rs`")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Any input is decided in this time.
const SLOWEST: Duration = Duration::from_millis(250);
/// And within this memory, in KiB.
const LARGEST: u64 = 64 << 10;

fn main() -> ExitCode {
    // One target a process, so that the memory is its own.
    if let Some(name) = std::env::args().nth(1) {
        return one(&name);
    }
    let failed = fuzz::TARGETS.iter().filter(|target| {
        let own = std::env::current_exe().unwrap();
        !std::process::Command::new(own).arg(target.name).status().unwrap().success()
    });
    ExitCode::from(u8::from(failed.count() > 0))
}

fn one(name: &str) -> ExitCode {
    let target = fuzz::TARGETS.iter().find(|target| target.name == name).unwrap();
    let mut slowest = (Duration::ZERO, String::new());
    let mut inputs = 0;
    let mut take = |what: &str, bytes: &[u8]| {
        // What any input shares with the first one is no part of it.
        if inputs == 0 {
            (target.decide)(bytes);
        }
        let begun = time();
        (target.decide)(bytes);
        let took = time().saturating_sub(begun);
        inputs += 1;
        if took > slowest.0 {
            slowest = (took, what.to_owned());
        }
    };
    for folder in ["corpus", "found"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(name);
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            take(&path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
    for (what, bytes) in fuzz::large::inputs(name) {
        take(what, &bytes);
    }
    let memory = peak();
    let (took, what) = slowest;
    println!("{name}: {inputs} inputs, the slowest {took:.1?} ({what}), peak memory {} MiB", memory >> 10);
    ExitCode::from(u8::from(took > SLOWEST || memory > LARGEST))
}

/// The time that the processor has worked for this thread, so that what else the machine does is no part of it; where the
/// system does not say, the time of day.
fn time() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let worked = text.split_whitespace().next().and_then(|number| number.parse().ok()).map(Duration::from_nanos);
    worked.unwrap_or_else(|| START.get_or_init(Instant::now).elapsed())
}

/// The most memory that this process has had, in KiB; nothing where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
