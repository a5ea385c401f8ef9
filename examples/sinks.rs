//! Every character through every sink, and every screen at every size: `cargo run --release --example sinks`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for those who work on the program")]

#[path = "../tests/common/odd.rs"]
mod odd;
#[path = "../tests/common/scalars.rs"]
mod scalars;
#[path = "../tests/common/tour.rs"]
mod tour;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use freigabe::knowledge::Knowledge;
use freigabe::tui::App;

fn main() -> ExitCode {
    let knowledge = Knowledge::embedded();
    let faults = characters(&knowledge) + sizes(&knowledge);
    ExitCode::from(u8::from(faults > 0))
}

fn characters(knowledge: &Knowledge) -> usize {
    let mut shown = Vec::new();
    scalars::all().for_each(|c| scalars::cleaned(c, &mut shown));
    let dir = tempfile::tempdir().unwrap();
    let mut app = tour::program(knowledge, dir.path());
    tour::press(&mut app, "<↓><↓><↓><↓><↓><↓><↓><↓><↓><Enter>1<Enter><Esc>");
    let all: Vec<char> = scalars::all().collect();
    for some in all.chunks(400) {
        scalars::through_a_session(knowledge, &mut app, &some.iter().collect::<String>(), &mut shown);
    }
    println!("{} characters through every sink, {} shown that should not be: {shown:?}", all.len(), shown.len());
    shown.len()
}

fn sizes(knowledge: &Knowledge) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let mut app = tour::program(knowledge, dir.path());
    let (mut frames, mut count, mut panics) = (0, 0, Vec::new());
    let mut look = |app: &mut App<'_>, screen: &str| {
        count += 1;
        for width in 0..=200 {
            for height in 0..=60 {
                frames += 1;
                if catch_unwind(AssertUnwindSafe(|| tour::drawn(app, width, height))).is_err() {
                    panics.push((screen.to_owned(), width, height));
                }
            }
        }
    };
    tour::each(&mut app, &mut look);
    odd::each(knowledge, &mut look);
    println!("{count} screens at all sizes up to 200×60, {frames} frames, {} panics: {panics:?}", panics.len());
    panics.len()
}
