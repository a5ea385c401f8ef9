//! The terminal is always given back, and what was chosen is saved: the program in a real terminal.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "common/ends.rs"]
mod ends;
#[path = "common/faulty.rs"]
mod faulty;
#[expect(dead_code, reason = "times are for the command")]
#[path = "common/pty.rs"]
mod pty;

use std::ffi::OsString;
use std::path::Path;

use ends::{Programs, Way, end, stop_and_go_on};

fn programs() -> Programs {
    let own = std::env::current_exe().unwrap();
    // The last argument is no name of a test; the child takes it for its folder.
    let faulty = |name: &str| {
        let mut argv = vec![OsString::from(&own)];
        argv.extend(["--ignored", "--nocapture", "--quiet", "--exact", name, "--skip"].map(OsString::from));
        argv
    };
    Programs {
        plain: vec![env!("CARGO_BIN_EXE_freigabe").into()],
        faulty: [faulty("breaks_in_the_screens"), faulty("breaks_in_the_saving_thread")],
    }
}

#[test]
fn every_way_to_end_gives_the_terminal_back_and_saves() {
    let programs = programs();
    for way in Way::ALL {
        end(&programs, way);
    }
}

#[test]
fn the_shell_gets_the_terminal_while_the_program_is_stopped() {
    stop_and_go_on(&programs());
}

#[test]
fn many_sizes_one_after_the_other() {
    ends::resized(&programs(), 100, std::time::Duration::ZERO);
}

/// The program itself, started by the test above; the data directory is the last argument.
fn child(screens: bool) {
    let folder = std::env::args_os().next_back().unwrap();
    let code = match faulty::run(Path::new(&folder), screens) {
        Ok(()) => 0,
        Err(error) => {
            std::io::Write::write_all(&mut std::io::stderr(), format!("{error}\n").as_bytes()).unwrap();
            error.kind.code()
        }
    };
    std::process::exit(code.into());
}

#[test]
#[ignore = "the program, started in a terminal by `every_way_to_end_gives_the_terminal_back_and_saves`"]
fn breaks_in_the_screens() {
    child(true);
}

#[test]
#[ignore = "the program, started in a terminal by `every_way_to_end_gives_the_terminal_back_and_saves`"]
fn breaks_in_the_saving_thread() {
    child(false);
}
