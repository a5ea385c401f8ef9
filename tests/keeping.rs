//! What a person meets when a file is damaged, held by somebody else, or newer than the program; and how a session goes.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::Answer;
use freigabe::session::history::Kind;
use freigabe::session::store::{ReadOnly, Saved, Store};
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::screens::Screen;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn context(dir: &Path, language: Language) -> Context {
    Context {
        language,
        today: "2026-11-23".parse().unwrap(),
        day: None,
        clock: freigabe::cli::Clock::default(),
        milliseconds: 1_790_000_000_000,
        data_dir: dir.to_owned(),
        config_dir: None,
        folders: Folders { home: None, temporary: dir.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    }
}

/// An interview about Zoom, saved after each of three answers.
fn saved(dir: &Path) -> Saved {
    let store = Store::new(dir);
    let day = "2026-11-23".parse().unwrap();
    let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
    for (id, choice) in [("edition", "paid"), ("dpa_signed", "no"), ("recording_used", "yes")] {
        let answer = Answer::new(Value::Choice(choice.try_into().unwrap()));
        saved.session.answers.insert(id.try_into().unwrap(), answer);
        store.save(&mut saved).unwrap();
    }
    saved
}

fn put(path: &Path, bytes: &[u8]) {
    File::create(path).unwrap().write_all(bytes).unwrap();
}

fn press(app: &mut App<'_>, keys: &str) {
    const NAMED: [&str; 11] = ["Ctrl-S", "Enter", "Esc", "Tab", "↑", "↓", "←", "→", "F3", "F4", "Ctrl-C"];
    for word in keys.split(' ') {
        match NAMED.iter().find(|name| **name == word) {
            Some(name) => step(app, [Input::Key(Key::Named(name))]),
            None => step(app, word.chars().map(|c| Input::Key(Key::Char(c)))),
        }
        app.desk.effects(|_| {});
    }
}

fn shown(app: &mut App<'_>, width: u16, height: u16) -> String {
    step(app, [Input::Resize(width, height)]);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    frame(app, &mut terminal).unwrap();
    let buffer = terminal.backend().buffer().clone();
    let rows = (0..height).map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
    rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn freigabe(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(arguments)
        .env("FREIGABE_DATA_DIR", dir)
        .env("HOME", dir)
        .env("XDG_CONFIG_HOME", dir)
        .output()
        .unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
    }
    found.sort();
    found
}

/// Cuts the file off behind the last answer.
fn cut(path: &Path) -> Vec<u8> {
    let whole = fs::read_to_string(path).unwrap();
    let cut = whole.as_bytes()[..whole.rfind("    },").unwrap()].to_vec();
    put(path, &cut);
    cut
}

#[test]
fn a_damaged_session_is_offered_with_its_last_whole_state() {
    let knowledge = Knowledge::embedded();
    for (language, words) in [
        (Language::De, ["beschädigt", "Das Ende der Datei fehlt", "mit 2 Antworten", "noch eine Antwort"]),
        (Language::En, ["damaged", "end of the file is missing", "with 2 answers", "still holds one answer"]),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let saved = saved(dir.path());
        let damaged = cut(&saved.path);
        let before = files(dir.path());
        let store = Store::new(dir.path());
        // From the start screen, and left as it is.
        let mut app = App::new(&context(dir.path(), language), &knowledge, Start::Menu);
        press(&mut app, "Enter");
        assert!(matches!(app.top(), Some(Screen::Damaged(_))), "{}", shown(&mut app, 80, 24));
        for (width, height) in [(80, 24), (60, 16), (130, 40)] {
            let text = shown(&mut app, width, height);
            assert!(text.contains('›') && text.contains(words[0]), "{text}");
        }
        let text = shown(&mut app, 130, 40);
        assert!(words.iter().all(|words| text.contains(words)), "{text}");
        press(&mut app, "2 Enter");
        assert!(matches!(app.top(), Some(Screen::Menu(_))));
        assert_eq!(files(dir.path()), before);
        // With a command, and taken.
        let damage = store.damage(store.load(saved.session.id.as_str()).unwrap_err()).unwrap();
        let mut app = App::new(&context(dir.path(), language), &knowledge, Start::Damaged(Box::new(damage)));
        press(&mut app, "1 Enter");
        assert!(app.desk.settle());
        let session = app.desk.sitting.as_ref().unwrap().session();
        assert_eq!(session.answers.len(), 2);
        let told: Vec<Kind> = session.history.entries().map(|(_, entry)| entry.kind).collect();
        assert_eq!(told, [Kind::Restored], "the history says that it is an older state");
        assert_eq!(fs::read(saved.path.with_file_name("session.damaged-1.ron")).unwrap(), damaged);
        assert_eq!(&store.load(saved.session.id.as_str()).unwrap().session, session);
    }
}

#[test]
fn commands_name_the_last_whole_state_and_what_offers_it() {
    let dir = tempfile::tempdir().unwrap();
    let saved = saved(dir.path());
    cut(&saved.path);
    let before = files(dir.path());
    let last = &Store::new(dir.path()).generations(&saved.path)[0].path;
    let id = saved.session.id.as_str();
    for command in ["evaluate", "whatif", "timeline", "compare", "open"] {
        for lang in ["de", "en"] {
            let output = freigabe(dir.path(), &[command, id, "--lang", lang]);
            assert_eq!(output.status.code(), Some(3), "{command}");
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains(last.to_str().unwrap()) && error.contains("freigabe open "), "{error}");
        }
    }
    assert_eq!(files(dir.path()), before);
    // The state itself can be judged where it lies.
    assert_eq!(freigabe(dir.path(), &["evaluate", last.to_str().unwrap()]).status.code(), Some(0));
}

/// Everything that could change a session.
const KEYS: &str = "1 Enter 2 → ↓ Enter n b f x F4 e a x Tab Enter o n b f ↓ Enter 1 1 Enter";

#[cfg(unix)]
#[test]
fn a_session_that_somebody_holds_is_looked_at_and_taken_over_once_it_is_free() {
    use freigabe::session::store::{Claim, Holder, claim, holder_of};
    let knowledge = Knowledge::embedded();
    for (language, words) in
        [(Language::De, ["Nur ansehen", "nichts geändert"]), (Language::En, ["View only", "nothing was changed"])]
    {
        let dir = tempfile::tempdir().unwrap();
        let saved = saved(dir.path());
        let bytes = fs::read(&saved.path).unwrap();
        let other = Holder { host: "pc-17".into(), process: 4711, since: 1_790_000_000_000 };
        let Claim::Ours(lock) = claim(&saved.path, &other) else { panic!("free") };
        let store = Store::new(dir.path());
        let start = Start::Open(Box::new(store.open(saved.session.id.as_str()).unwrap()));
        let mut app = App::new(&context(dir.path(), language), &knowledge, start);
        let text = shown(&mut app, 80, 24);
        assert!(text.contains(words[0]) && text.contains("pc-17") && text.contains("4711"), "{text}");
        for (width, height) in [(60, 16), (130, 40)] {
            let text = shown(&mut app, width, height);
            assert!(text.contains("pc-17"), "{text}");
        }
        press(&mut app, "Enter");
        press(&mut app, "1");
        let text = shown(&mut app, 80, 24);
        assert!(text.contains(words[1]), "{text}");
        press(&mut app, KEYS);
        assert!(app.desk.settle());
        assert_eq!(app.desk.sitting.as_ref().unwrap().session(), &saved.session);
        assert_eq!(fs::read(&saved.path).unwrap(), bytes);
        // Still held: the box says so again.
        press(&mut app, "Ctrl-S");
        assert!(matches!(app.top(), Some(Screen::Reading(_))), "{}", shown(&mut app, 80, 24));
        // Its holder saves once more and leaves.
        let mut theirs = store.load(saved.session.id.as_str()).unwrap();
        theirs.session.subject.team = "Vertrieb".into();
        store.save(&mut theirs).unwrap();
        drop(lock);
        press(&mut app, "↓ Enter");
        assert_eq!(app.desk.read_only(), None);
        assert_eq!(app.desk.sitting.as_ref().unwrap().session(), &theirs.session);
        assert_eq!(holder_of(&saved.path).and_then(|who| Holder::parse(&who)).unwrap().process, std::process::id());
        press(&mut app, "1 Enter");
        assert!(app.desk.settle());
        let now = store.load(saved.session.id.as_str()).unwrap().session;
        assert!(now.answers.len() > 3 && now.subject.team == "Vertrieb");
        drop(app);
        assert_eq!(holder_of(&saved.path), None);
    }
}

#[cfg(unix)]
#[test]
fn who_begins_a_session_holds_it_from_the_first_save_on() {
    use freigabe::session::store::holder_of;
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let start = Start::New { vendor: Some("zoom".try_into().unwrap()), mode: Some(Mode::SelfAssessment) };
    let mut app = App::new(&context(dir.path(), Language::De), &knowledge, start);
    let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    assert!(!dir.path().join("sessions").exists(), "nothing is made before the first answer");
    press(&mut app, "1 Enter");
    app.desk.finish_saving();
    assert!(holder_of(&path).is_some());
    press(&mut app, "s");
    assert!(matches!(app.top(), Some(Screen::Menu(_))), "{}", shown(&mut app, 80, 24));
    assert_eq!(holder_of(&path), None);
    assert_eq!(app.desk.store.list().len(), 1);
}

#[test]
fn a_newer_file_is_looked_at_and_stays_byte_for_byte() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("newer.ron");
    let text = "(format: 2, mode: Interview, vendor: \"zoom\", as_of: Some(\"2026-11-23\"), seal: New(7),\n\
                answers: {\"edition\": (value: Choice(\"paid\")), \"dpa_signed\": (value: Graded(3))})";
    for text in [text.to_owned(), text.replace("format: 2", "format: 1, min_reader: 2")] {
        put(&path, text.as_bytes());
        let opened = Store::new(dir.path()).open(path.to_str().unwrap()).unwrap();
        assert_eq!(opened.read_only, Some(ReadOnly::Newer));
        let mut again = opened.clone();
        assert!(Store::new(dir.path()).save(&mut again).is_err());
        let session = opened.session.clone();
        let start = Start::Open(Box::new(opened));
        let mut app = App::new(&context(dir.path(), Language::En), &knowledge, start);
        assert!(shown(&mut app, 80, 24).contains("newer version"), "{}", shown(&mut app, 80, 24));
        press(&mut app, "Enter");
        press(&mut app, KEYS);
        press(&mut app, "Ctrl-S Enter");
        assert!(app.desk.settle());
        assert_eq!(app.desk.sitting.as_ref().unwrap().session(), &session);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        let output = freigabe(dir.path(), &["evaluate", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(4));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    put(&path, b"(format: 2, vendor: \"zoom\", answers: New({}))");
    assert_eq!(freigabe(dir.path(), &["open", path.to_str().unwrap()]).status.code(), Some(4));
}

#[test]
fn an_older_state_is_not_written_to() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let saved = saved(dir.path());
    let store = Store::new(dir.path());
    let last = store.generations(&saved.path)[0].path.clone();
    let bytes = fs::read(&last).unwrap();
    let start = Start::Open(Box::new(store.open(last.to_str().unwrap()).unwrap()));
    let mut app = App::new(&context(dir.path(), Language::De), &knowledge, start);
    assert!(shown(&mut app, 80, 24).contains("älterer Stand"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Enter");
    press(&mut app, KEYS);
    assert!(app.desk.settle());
    assert_eq!(fs::read(&last).unwrap(), bytes);
}

#[test]
fn forget_lists_asks_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let saved = saved(dir.path());
    let id = saved.session.id.as_str();
    let before = files(dir.path());
    for (lang, word) in [("de", "ohne Terminal"), ("en", "without a terminal")] {
        let output = freigabe(dir.path(), &["forget", id, "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(word) && error.contains("--yes"), "{error}");
        assert_eq!(files(dir.path()), before);
    }
    assert_eq!(freigabe(dir.path(), &["forget", "nowhere", "--yes"]).status.code(), Some(1));
    let notes = dir.path().join("notes.txt");
    put(&notes, b"mine");
    assert_eq!(freigabe(dir.path(), &["forget", notes.to_str().unwrap(), "--yes"]).status.code(), Some(3));
    // A damaged one can be forgotten too.
    cut(&saved.path);
    let output = freigabe(dir.path(), &["forget", &id[..8], "--yes", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains(saved.path.parent().unwrap().to_str().unwrap()) && text.contains("Removed."), "{text}");
    assert_eq!(files(dir.path()), [notes]);
}

#[cfg(unix)]
#[test]
fn what_somebody_has_open_is_not_forgotten() {
    use freigabe::session::store::{Claim, Holder, claim};
    let dir = tempfile::tempdir().unwrap();
    let saved = saved(dir.path());
    let other = Holder { host: "pc-17".into(), process: 4711, since: 1_790_000_000_000 };
    let Claim::Ours(lock) = claim(&saved.path, &other) else { panic!("free") };
    let before = files(dir.path());
    let output = freigabe(dir.path(), &["forget", saved.session.id.as_str(), "--yes"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8(output.stderr).unwrap().contains("pc-17"));
    assert_eq!(files(dir.path()), before);
    drop(lock);
    assert_eq!(freigabe(dir.path(), &["forget", saved.session.id.as_str(), "--yes"]).status.code(), Some(0));
}
