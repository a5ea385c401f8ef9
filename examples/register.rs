//! How long the register takes: `cargo run --release --example register -- DIR`, on a data directory that `generate` made.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for those who work on the program")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use freigabe::domain::Day;
use freigabe::knowledge::Knowledge;
use freigabe::session::register::{Column, Filter, Judge, Register, Row, Shelf, fallen, reasons, rows, sort};
use freigabe::session::store::{Progress, Store};

/// Rounds of what is repeated; the median counts.
const ROUNDS: usize = 7;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let result = work();
    say(what, begin.elapsed());
    result
}

fn say(what: &str, time: Duration) {
    println!("{:>9.1} ms  {what}", time.as_secs_f64() * 1000.0);
}

fn median(what: &str, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    times.sort();
    say(what, times[ROUNDS / 2]);
}

/// Processor time so far, to the hundredth of a second: on a busy machine it says more than the clock. Zero where unknown.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// From nothing to the lines of the first screen.
fn open(dir: &std::path::Path, today: Day) -> (Register, Judge, Vec<Row>) {
    let (knowledge, store) = (Knowledge::embedded(), Store::new(dir));
    let mut register = store.register(&Progress::default()).unwrap();
    let judge = Judge::of(&knowledge, &register.entries, today);
    register.gone |= judge.keep(&mut register.entries);
    let rows = rows(&register.entries, knowledge.entries(), today, &judge);
    (register, judge, rows)
}

/// What is written once the first screen is there.
fn keep(dir: &std::path::Path, register: &Register) {
    if register.fresh > 0 || register.gone {
        Store::new(dir).write_index(&register.entries);
    }
}

fn main() -> ExitCode {
    let Some(dir) = std::env::args().nth(1).map(PathBuf::from) else {
        println!("which data directory?");
        return ExitCode::from(2);
    };
    let today: Day = "2026-11-23".parse().unwrap();
    Store::new(&dir).discard_index().unwrap();
    let before = worked();
    let (register, ..) = timed("first screen, index built", || open(&dir, today));
    say("of processor time, on all cores together, for it", worked().saturating_sub(before));
    println!("{} sessions, {} cannot be read", register.entries.len(), register.unread.len());
    timed("index written afterwards", || keep(&dir, &register));
    drop(register);
    // What was written just before the index is read once more.
    std::thread::sleep(Duration::from_secs(3));
    keep(&dir, &open(&dir, today).0);
    let mut last = None;
    median("first screen, warm", || last = Some(open(&dir, today)));
    drop(last);
    let (register, judge, lines) = open(&dir, today);
    println!("{} of them read anew", register.fresh);
    let entries = &register.entries;
    let mut places = Vec::new();
    for search in ["v", "vertrieb", "zoom einkauf"] {
        let filter = Filter { shelf: Shelf::All, search: search.into(), ..Filter::default() };
        median(&format!("search `{search}`"), || places = filter.places(entries, &lines));
        println!("{} found", places.len());
    }
    for column in [Column::Team, Column::Tool, Column::DueNext, Column::VerdictNow] {
        let all = Filter { shelf: Shelf::All, ..Filter::default() };
        median(&format!("all, sorted by {}", column.id()), || {
            places = all.places(entries, &lines);
            sort(&mut places, entries, &lines, column, false);
        });
    }
    let then: Day = "2020-09-01".parse().unwrap();
    let knowledge = Knowledge::embedded();
    let other = timed("all judged at 2020-09-01", || rows(entries, knowledge.entries(), then, &judge));
    println!("{} verdicts differ", lines.iter().zip(&other).filter(|(a, b)| a.now != b.now).count());
    let flipped: Vec<&Row> = lines.iter().filter(|row| row.is_flipped()).collect();
    timed(&format!("causes of {} flips", flipped.len()), || reasons(&judge, entries, &flipped, today));
    let laws = timed("each law switched off", || fallen(&judge, entries, &lines, today));
    for law in laws.iter().take(5) {
        println!("{:>6} clearances fall without {}", law.rows.len(), law.without);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("memory: not known here"));
    ExitCode::SUCCESS
}
