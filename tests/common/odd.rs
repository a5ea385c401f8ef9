//! The screens that only something unusual leads to: a history, changed questions, a damaged file, somebody else at the same
//! session, a disk that cannot save.

use std::io::Write;
use std::path::{Path, PathBuf};

use freigabe::domain::answer::Mode;
use freigabe::knowledge::Knowledge;
use freigabe::session::store::Store;
use freigabe::tui::screens::Screen;
use freigabe::tui::{App, Start};

use super::tour::{at, drawn, press};

/// From the header to an answered question.
const ANSWER: &str = "<↓><↓><↓><↓><↓><↓><↓><↓><Enter>1<Enter>";

/// Goes to each of them, and looks.
pub fn each(knowledge: &Knowledge, mut look: impl FnMut(&mut App<'_>, &str)) {
    let dir = tempfile::tempdir().unwrap();
    let mut app = at(knowledge, dir.path(), new());
    press(&mut app, ANSWER);
    // A second save, so that there is an older state.
    press(&mut app, "1<Enter>");
    let path = path(&app);
    press(&mut app, "v");
    seen(&mut app, &mut look, "the history", |screen| matches!(screen, Screen::History(_)));
    press(&mut app, "<↓>t");
    seen(&mut app, &mut look, "what taking a change back does", |screen| matches!(screen, Screen::TakeBack(_)));
    press(&mut app, "<Esc><Esc>");
    assert!(app.desk.settle());

    let mut second = at(knowledge, dir.path(), open(dir.path(), &path));
    drawn(&mut second, 80, 24);
    press(&mut second, "1");
    seen(&mut second, &mut look, "held by another instance", |screen| matches!(screen, Screen::Reading(_)));
    drop((app, second));

    let text = std::fs::read_to_string(&path).unwrap();
    let changed = dir.path().join("changed.ron");
    put(&changed, other_questions(&text).as_bytes());
    let mut app = at(knowledge, dir.path(), open(dir.path(), &changed));
    drawn(&mut app, 80, 24);
    app.after_frame();
    seen(&mut app, &mut look, "changed questions", |screen| matches!(screen, Screen::Newer(_)));
    drop(app);

    put(&path, &text.as_bytes()[..text.rfind("    },").unwrap()]);
    let store = Store::new(dir.path());
    let damage = store.damage(store.load(path.to_str().unwrap()).unwrap_err()).unwrap();
    let mut app = at(knowledge, dir.path(), Start::Damaged(Box::new(damage)));
    seen(&mut app, &mut look, "a damaged session", |screen| matches!(screen, Screen::Damaged(_)));
    drop(app);

    // Where a file lies there can be no folder.
    let nowhere = dir.path().join("nowhere");
    put(&nowhere, b"");
    let mut app = at(knowledge, &nowhere, new());
    press(&mut app, ANSWER);
    press(&mut app, "q");
    seen(&mut app, &mut look, "what could not be saved", |screen| matches!(screen, Screen::Unsaved(_)));
}

fn put(path: &Path, bytes: &[u8]) {
    std::fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

fn new() -> Start {
    Start::New { vendor: Some("zoom".try_into().unwrap()), mode: Some(Mode::Interview) }
}

fn open(dir: &Path, path: &Path) -> Start {
    Start::Open(Box::new(Store::new(dir).open(path.to_str().unwrap()).unwrap()))
}

fn path(app: &App<'_>) -> PathBuf {
    app.desk.sitting.as_ref().unwrap().saved.path.clone()
}

fn seen(app: &mut App<'_>, look: &mut impl FnMut(&mut App<'_>, &str), what: &str, is: impl Fn(&Screen) -> bool) {
    assert!(app.top().is_some_and(is), "{what}: {:?}", app.top());
    look(app, what);
}

/// As if all questions had been others when they were answered.
fn other_questions(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("//"));
    let changed = lines.map(|line| match line.split_once("asked: (\"") {
        Some((before, after)) => format!("{before}asked: (\"1111\"{}", after.split_once('"').unwrap().1),
        None if line.trim_start().starts_with("hash: ") => String::from("        hash: \"0000\","),
        None => line.to_owned(),
    });
    changed.collect::<Vec<_>>().join("\n")
}
