//! Synthetic sessions for measuring the register: `cargo run --release --example generate -- 10000 DIR`.
//!
//! The same number gives the same files. All tools, teams and modes occur; whoever is named is a function, no person.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for those who work on the program")]

#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/random.rs"]
mod random;
#[path = "../tests/common/synthetic.rs"]
mod synthetic;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|count| count.parse().ok());
    let (Some(count), Some(dir)) = (count, arguments.next().map(PathBuf::from)) else {
        println!("how many, and into which data directory?");
        return ExitCode::from(2);
    };
    let bytes: usize = synthetic::write(&dir, count).into_iter().sum();
    println!("{count} sessions, {} bytes each on average", bytes / count.max(1));
    ExitCode::SUCCESS
}
