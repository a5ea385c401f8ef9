//! The way to clearance against blind search on many random sessions of all vendors, and the slowest of them.
//!
//! `cargo run --release --example whatif [SESSIONS]`, or `[SESSIONS] times` for the times alone.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a report for whoever runs it by hand")]

#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/random.rs"]
mod random;
#[path = "../tests/common/ways.rs"]
mod ways;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{knowledge, model, vendors};
use freigabe::engine::{Model, whatif};
use random::session;
use ways::{Tally, compare};

/// How many of the slowest are named.
const SLOWEST: usize = 5;

fn main() {
    let count: usize = std::env::args().nth(1).map_or(2_400, |text| text.parse().unwrap());
    let begun = Instant::now();
    let mut names = vendors();
    names.push("other".into());
    let models: Vec<(String, Model)> = names.iter().map(|name| (name.clone(), model(name))).collect();
    let next = AtomicUsize::new(0);
    let (tallies, mut times) = std::thread::scope(|scope| {
        let work: Vec<_> = (0..2).map(|_| scope.spawn(|| run(&models, &next, count))).collect();
        let done: Vec<(Tally, Vec<(Duration, usize)>)> = work.into_iter().map(|one| one.join().unwrap()).collect();
        let (tallies, times): (Vec<Tally>, Vec<Vec<(Duration, usize)>>) = done.into_iter().unzip();
        (tallies, times.concat())
    });
    for tally in tallies {
        println!("{tally:#?}");
    }
    times.sort_unstable();
    let total: Duration = times.iter().map(|(time, _)| *time).sum();
    println!("mean {:?}, median {:?}", total / u32::try_from(times.len()).unwrap(), times[times.len() / 2].0);
    for (time, round) in times.iter().rev().take(SLOWEST) {
        println!("{time:?} in round {round} ({})", names[round % names.len()]);
    }
    println!("{count} sessions in {:.1} s", begun.elapsed().as_secs_f64());
}

fn times_alone() -> bool {
    std::env::args().nth(2).is_some_and(|text| text == "times")
}

fn run(models: &[(String, Model)], next: &AtomicUsize, count: usize) -> (Tally, Vec<(Duration, usize)>) {
    let mut tally = Tally::default();
    let mut times = Vec::new();
    loop {
        let round = next.fetch_add(1, Ordering::Relaxed);
        if round >= count {
            return (tally, times);
        }
        let (name, model) = &models[round % models.len()];
        let inquiry = session(round, name, model);
        let vendor = knowledge().vendor(&name.as_str().try_into().unwrap());
        // The best of three: somebody else may be using the machine.
        let time = (0..3).map(|_| {
            let begun = Instant::now();
            std::hint::black_box(whatif(model, knowledge().bank(), vendor, &inquiry));
            begun.elapsed()
        });
        times.push((time.min().unwrap(), round));
        if !times_alone() {
            compare(model, name, &inquiry, &mut tally);
        }
    }
}
