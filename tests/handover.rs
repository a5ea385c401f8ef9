//! One employee's case in a real terminal, from the first question to the officer's history.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "the ways to end are for other tests")]
#[path = "common/pty.rs"]
mod pty;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use freigabe::domain::answer::Mode;
use freigabe::session::history::Kind;
use freigabe::session::store::Store;
use freigabe::session::{Answer, Session};
use pty::Pty;

/// A self-assessment of Zoom, a key or two for each question.
const EMPLOYEE: [&str; 12] = [
    // We invite ourselves, with the paid edition, about ordinary things.
    "1\r", "2\r", "1\r", // Customers take part, and know it.
    "1\r", "1\r", // Nothing is recorded, nobody takes notes.
    "2\r", "3\r", // What the catalogue proposes, and what the employee does not know.
    "\r", "0\r", "\r", "\r", "\r",
];

fn start(home: &Path, data: &Path, arguments: &[&str]) -> Pty {
    let mut all = vec![OsStr::new("--lang"), OsStr::new("de"), OsStr::new("--data-dir"), data.as_os_str()];
    all.extend(arguments.iter().map(OsStr::new));
    let pty = Pty::start(OsStr::new(env!("CARGO_BIN_EXE_freigabe")), &all, home.as_os_str(), (80, 24));
    pty.wait_for("\x1b[?25l");
    pty.rest();
    pty
}

fn end(pty: Pty) {
    let (ended, shown) = pty.ends(|pty| pty.send(b"\x03"));
    assert_eq!(ended.code, Some(0), "{}", String::from_utf8_lossy(&shown));
    assert!(ended.same && ended.modes.is_empty(), "{ended:?}");
}

/// The only session below a data directory.
fn only(data: &Path) -> (PathBuf, Session) {
    let store = Store::new(data);
    let all = store.list();
    assert_eq!(all.len(), 1, "{all:?}");
    let saved = store.load(all[0].path.to_str().unwrap()).unwrap();
    (saved.path, saved.session)
}

#[test]
fn an_employee_asks_and_the_officer_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let [theirs, ours, mail] = ["theirs", "ours", "mail"].map(|name| home.path().join(name));
    std::fs::create_dir(&mail).unwrap();

    // The employee: twelve questions at most, then the hand-over with a copy.
    let mut pty = start(home.path(), &theirs, &["new", "--vendor", "zoom", "--mode", "self"]);
    let asked = EMPLOYEE.iter().take_while(|keys| {
        let more = !pty.holds("Vorläufig") && !pty.holds("Bitte ");
        if more {
            pty.press(keys.as_bytes());
        }
        more
    });
    let asked = asked.count();
    pty.wait("a provisional result", |pty| pty.holds("Vorläufig") || pty.holds("Bitte "));
    assert!((6..=12).contains(&asked), "{asked} questions");
    pty.press(b"w");
    pty.press(b"Vertrieb\r");
    pty.press(mail.to_str().unwrap().as_bytes());
    pty.press(b"\r");
    // The text of the mail is on the clipboard.
    pty.wait_for("\x1b]52;c;");
    end(pty);
    let (_, given) = only(&theirs);
    assert_eq!((given.mode, &*given.handed_over.clone().unwrap().by), (Mode::SelfAssessment, "Vertrieb"));
    let file = std::fs::read_dir(&mail).unwrap().next().unwrap().unwrap().path();
    let sent = std::fs::read(&file).unwrap();

    // The officer: takes it in, confirms one answer, corrects another, asks back.
    let mut pty = start(home.path(), &ours, &["open", file.to_str().unwrap()]);
    pty.wait_for("bernehmen");
    for keys in ["\r", "\r", "\r"] {
        pty.press(keys.as_bytes());
    }
    pty.press(b"+");
    pty.press(b"/Aufzeichnung");
    pty.press(b"\r");
    pty.press(b"1\r");
    pty.press(b"fIT\r\r\r\r\r");
    pty.press(b"v");
    pty.wait_for("Selbst-Check");
    end(pty);
    let (path, session) = only(&ours);
    assert!(path.starts_with(&ours));
    assert_eq!(std::fs::read(&file).unwrap(), sent, "what was sent stays as it was");
    assert_eq!(session.mode, Mode::Interview);
    assert_eq!(session.answers.values().filter(|answer| answer.confirmed.is_some()).count(), 1);
    let said = session.answers.values().filter(|answer| answer.is_only_said()).count();
    assert_eq!(said, given.answers.len() - 2);
    assert!(session.answers.values().any(|answer: &Answer| answer.follow_up.is_some()));

    // The history has both: what the employee did, then what the officer did.
    let told: Vec<(Kind, String)> = session.history.entries().map(|(_, one)| (one.kind, one.by.clone())).collect();
    let at = |kind: Kind| told.iter().position(|(one, _)| *one == kind).unwrap();
    assert!(asked <= at(Kind::HandedOver) && at(Kind::HandedOver) < at(Kind::TakenOver), "{told:?}");
    assert_eq!(told[at(Kind::HandedOver)].1, "Vertrieb");
    assert!(told[at(Kind::TakenOver)..].iter().all(|(_, by)| by == "DSB"), "{told:?}");
    assert_eq!(told.len() - at(Kind::TakenOver), 4, "{told:?}");
}
