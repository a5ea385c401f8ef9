//! Kills the program and makes the system refuse, call by call: `cargo run --release --example inject -- WHAT`.
//!
//! | what | |
//! |---|---|
//! | `kill` | a `kill -9` at every call of each of 10 saves |
//! | `random` | 1,000 `kill -9` at random moments of an interview in a terminal (another number may follow) |
//! | `faults` | ENOSPC, EDQUOT, EIO, EACCES, EROFS, EMFILE, EINTR at every call of a save |
//! | `slow` | keys while forcing to disk takes two seconds |
//!
//! Needs Linux and `strace`, and may trace processes. It starts itself as the program under test.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for those who work on the program"
)]

#[cfg(target_os = "linux")]
mod attach;
#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod faults;
#[cfg(target_os = "linux")]
mod kill;
#[cfg(target_os = "linux")]
mod random;
#[cfg(target_os = "linux")]
mod slow;

#[cfg(target_os = "linux")]
#[path = "../../tests/common/grid.rs"]
mod grid;
#[cfg(target_os = "linux")]
#[expect(dead_code, reason = "what is left behind in the terminal is for others")]
#[path = "../../tests/common/pty.rs"]
mod pty;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    let arguments: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let good = match words[..] {
        ["program", ..] => return ExitCode::from(freigabe::run(arguments).unwrap_or_else(|error| error.kind.code())),
        ["child", folder, saves] => return child::run(folder.as_ref(), saves.parse().unwrap()),
        ["kill"] => kill::run(),
        ["random"] => random::run(1000),
        ["random", rounds] => random::run(rounds.parse().unwrap()),
        ["faults"] => faults::run(),
        ["slow"] => slow::run(),
        _ => {
            println!("kill, random, faults or slow?");
            false
        }
    };
    ExitCode::from(u8::from(!good))
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("this needs Linux");
}
