//! The ways to end, and what must hold after each of them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use freigabe::session::{SessionId, file};
use rustix::process::Signal;

use super::pty::{Ended, Pty};

/// How to start the program, and how to start it on a disk that makes it break.
pub struct Programs {
    /// The program and the arguments before its own.
    pub plain: Vec<OsString>,
    /// The program that takes a data directory as its last argument and breaks in the screens, and in the saving thread.
    pub faulty: [Vec<OsString>; 2],
}

/// A way to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Quit,
    CtrlC,
    Error,
    Panic,
    PanicInThread,
    Interrupt,
    Terminate,
    HangUp,
    QuitSignal,
    Closed,
}

impl Way {
    pub const ALL: [Self; 10] = [
        Self::Quit,
        Self::CtrlC,
        Self::Error,
        Self::Panic,
        Self::PanicInThread,
        Self::Interrupt,
        Self::Terminate,
        Self::HangUp,
        Self::QuitSignal,
        Self::Closed,
    ];

    fn code(self) -> i32 {
        match self {
            Self::Error => 6,
            Self::Panic => 1,
            _ => 0,
        }
    }
}

/// Ends the program one way, with one answer confirmed and another only chosen, and returns how it went.
pub fn end(programs: &Programs, way: Way) -> Ended {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut pty = start(programs, way, home.path(), &data);
    pty.wait_for("\x1b[?25l");
    pty.rest();
    pty.press(b"1\r");
    pty.press(b"1");
    if way == Way::Panic {
        // What cannot be saved is offered to be saved beside; that is where the screens break.
        pty.press(b"\x13");
        pty.press(b"\x1b[B\x1b[B");
    }
    let (ended, shown) = pty.ends(|pty| match way {
        Way::Quit | Way::PanicInThread => pty.send(b"q"),
        Way::CtrlC => pty.send(b"\x03"),
        Way::Error => pty.send(b"\x03\x03"),
        Way::Panic => pty.send(b"\r"),
        Way::Interrupt => pty.signal(Signal::INT),
        Way::Terminate => pty.signal(Signal::TERM),
        Way::HangUp => pty.signal(Signal::HUP),
        Way::QuitSignal => pty.signal(Signal::QUIT),
        Way::Closed => pty.close(),
    });
    let said = String::from_utf8_lossy(&shown).into_owned();
    assert_eq!(ended.code, Some(way.code()), "{way:?}: {said:?}");
    if way != Way::Closed {
        assert!(ended.same, "{way:?}: the settings of the terminal are not what they were");
        assert_eq!(ended.modes, [""; 0], "{way:?}");
    }
    assert!(!said.contains("geheim"), "{way:?}: {said:?}");
    let folder = if way == Way::Error { home.path().to_owned() } else { data };
    let answers = saved_answers(&folder);
    assert!(answers >= 2, "{way:?}: {answers} answers saved under {}: {said:?}", folder.display());
    ended
}

fn start(programs: &Programs, way: Way, home: &Path, data: &Path) -> Pty {
    let mut argv: Vec<OsString> = match way {
        Way::Panic => programs.faulty[0].clone(),
        Way::PanicInThread => programs.faulty[1].clone(),
        _ => programs.plain.clone(),
    };
    match way {
        Way::Panic | Way::PanicInThread => argv.push(data.into()),
        _ => {
            // A file where a folder should be: nothing can be saved there, whoever one is.
            let data = if way == Way::Error { Path::new("/dev/null") } else { data };
            argv.extend(["--lang", "de", "--data-dir"].map(OsString::from));
            argv.push(data.into());
            argv.extend(["new", "--vendor", "zoom", "--mode", "self"].map(OsString::from));
        }
    }
    let arguments: Vec<&OsStr> = argv[1..].iter().map(OsString::as_os_str).collect();
    Pty::start(&argv[0], &arguments, home.as_os_str(), (80, 24))
}

/// Most answers that a session below a folder holds.
pub fn saved_answers(folder: &Path) -> usize {
    let id = SessionId::parse("x").unwrap();
    let answers = files(folder).into_iter().filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some(file::read(&text, &id).unwrap_or_else(|error| panic!("{}: {error}", path.display())).answers.len())
    });
    answers.max().unwrap_or(0)
}

/// The RON files below a folder, whatever they are called.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            found.push(path);
        }
    }
    found
}

/// Ctrl-Z gives the terminal to the shell as it was, `fg` goes on, and `q` ends as ever.
pub fn stop_and_go_on(programs: &Programs) {
    let home = tempfile::tempdir().unwrap();
    let script = r#"set -m; echo "<$(stty -g)>"; "$@"; echo "<$(stty -g)>"; read line; fg; echo "<$(stty -g)>""#;
    let mut arguments: Vec<&OsStr> = ["-c", script, "sh"].map(OsStr::new).to_vec();
    arguments.extend(programs.plain.iter().map(OsString::as_os_str));
    let own = ["--lang", "de", "new", "--vendor", "zoom", "--mode", "self"].map(OsStr::new);
    arguments.extend(own);
    let mut pty = Pty::start(OsStr::new("/bin/sh"), &arguments, home.path().as_os_str(), (80, 24));
    pty.wait_for("\x1b[?25l");
    pty.rest();
    pty.press(b"1\r");
    pty.send(b"\x1a");
    let settings = |pty: &Pty| -> Vec<String> {
        let text = String::from_utf8_lossy(&pty.shown()).into_owned();
        let lines = text.split('<').skip(1).filter_map(|part| part.split_once('>'));
        lines.map(|(line, _)| line.to_owned()).filter(|line| line.matches(':').count() > 10).collect()
    };
    pty.wait("the shell", |pty| settings(pty).len() == 2);
    assert_eq!(super::pty::modes(&pty.shown()), [""; 0], "while it is stopped");
    let before = pty.shown().len();
    pty.send(b"\n");
    pty.wait("the program", |pty| pty.shown().len() > before + 200);
    pty.rest();
    let (ended, shown) = pty.ends(|pty| pty.send(b"q"));
    assert_eq!(ended.code, Some(0), "{:?}", String::from_utf8_lossy(&shown));
    let text = String::from_utf8_lossy(&shown).into_owned();
    let lines: Vec<&str> =
        text.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(line, _)| line).collect();
    let lines: Vec<&&str> = lines.iter().filter(|line| line.matches(':').count() > 10).collect();
    assert_eq!(lines.len(), 3, "{text:?}");
    assert!(lines.iter().all(|line| *line == lines[0]), "{lines:?}");
    assert!(ended.same && ended.modes.is_empty(), "{ended:?}");
    assert!(saved_answers(home.path()) >= 1);
}

/// The window changes its size so many times, with a pause after each, and nothing breaks.
pub fn resized(programs: &Programs, times: u16, pause: std::time::Duration) {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(programs, Way::Quit, home.path(), &home.path().join("data"));
    pty.wait_for("\x1b[?25l");
    for n in 0..times {
        // Sizes from nothing to more than is drawn on, in no order.
        pty.resize(n.wrapping_mul(37) % 220, n.wrapping_mul(23) % 65);
        std::thread::sleep(pause);
        if n % 50 == 25 {
            pty.send(b"1\r");
        }
    }
    pty.resize(80, 24);
    pty.rest();
    let (ended, shown) = pty.ends(|pty| pty.send(b"\x03"));
    assert_eq!(ended.code, Some(0), "{:?}", String::from_utf8_lossy(&shown));
    assert!(ended.same && ended.modes.is_empty(), "{ended:?}");
}
