//! Ends the program again and again in every way, in a real terminal: `cargo run --release --example terminal -- 20`.
//!
//! The number says how often each way; then the terminal is closed five times as often, against the clock.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for those who work on the program"
)]

#[cfg(target_os = "linux")]
#[path = "../tests/common/ends.rs"]
mod ends;
#[cfg(target_os = "linux")]
#[path = "../tests/common/faulty.rs"]
mod faulty;
#[cfg(target_os = "linux")]
#[path = "../tests/common/pty.rs"]
mod pty;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::ffi::OsString;
    use std::path::Path;
    use std::process::ExitCode;
    use std::time::Duration;

    use ends::{Programs, Way, end, stop_and_go_on};

    let arguments: Vec<OsString> = std::env::args_os().collect();
    let first = arguments.get(1).and_then(|first| first.to_str()).unwrap_or("20");
    let told = |result: Result<u8, freigabe::error::Error>| match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            std::io::Write::write_all(&mut std::io::stderr(), format!("{error}\n").as_bytes()).unwrap();
            ExitCode::from(error.kind.code())
        }
    };
    // It starts itself as the program under test.
    match first {
        "program" => return told(freigabe::run(arguments.into_iter().skip(1))),
        "screens" | "thread" => return told(faulty::run(Path::new(&arguments[2]), first == "screens").map(|()| 0)),
        _ => {}
    }
    let rounds: usize = first.parse().unwrap();
    let own = |word: &str| vec![std::env::current_exe().unwrap().into(), OsString::from(word)];
    let programs = Programs { plain: own("program"), faulty: [own("screens"), own("thread")] };
    for way in Way::ALL {
        let ended: Vec<_> = (0..rounds).map(|_| end(&programs, way)).collect();
        let slowest = ended.iter().map(|ended| ended.took).max().unwrap_or_default();
        println!("{way:?}: {rounds} of {rounds} as it should be, the slowest {slowest:?}");
    }
    for _ in 0..rounds {
        stop_and_go_on(&programs);
    }
    println!("Ctrl-Z and fg: {rounds} of {rounds} as it should be");
    ends::resized(&programs, 1000, Duration::from_millis(10));
    println!("1000 sizes of the window in 10 s: nothing broke");
    let closed: Vec<_> = (0..5 * rounds).map(|_| end(&programs, Way::Closed)).collect();
    let late = closed.iter().filter(|ended| ended.took > Duration::from_secs(1)).count();
    let busy = closed.iter().filter(|ended| ended.busy > Duration::from_millis(200)).count();
    println!(
        "terminal gone: {} runs, all saved, {late} ended after more than 1 s (slowest {:?}), {busy} took more than 0.2 s of the processor (most {:?})",
        closed.len(),
        closed.iter().map(|ended| ended.took).max().unwrap_or_default(),
        closed.iter().map(|ended| ended.busy).max().unwrap_or_default(),
    );
    ExitCode::from(u8::from(late + busy > 0))
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("this needs Linux");
}
