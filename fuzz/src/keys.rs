//! A script of keys, pastes, clicks and window sizes on the whole program, with a disk in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::Mode;
use freigabe::domain::id::VendorId;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::SessionId;
use freigabe::session::file;
use freigabe::session::history::Kind;
use freigabe::session::store::Store;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Mark, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::disk::Memory;

const NAMED: [&str; 28] = [
    "↑",
    "↓",
    "←",
    "→",
    "Enter",
    "Enter",
    "Enter",
    "Esc",
    "Tab",
    "Shift-Tab",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Del",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "Ctrl-S",
    "Alt-Enter",
    "Ctrl-C",
];
const SIZES: [(u16, u16); 8] = [(80, 24), (60, 16), (130, 40), (40, 12), (39, 11), (200, 60), (1, 1), (0, 0)];
const TYPED: &str = "äß€漢😀\u{202e}\u{200b}\u{301}\u{e0041}\u{7}";
/// Longer scripts say nothing new.
const MOST: usize = 400;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(Knowledge::embedded)
}

/// The program on a disk in memory.
fn program(start: u8, disk: &Memory) -> App<'static> {
    let nowhere = std::env::temp_dir().join("freigabe-fuzz-never-written");
    let context = Context {
        language: if start & 1 == 0 { Language::De } else { Language::En },
        today: jiff::civil::date(2026, 11, 23),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: freigabe::cli::Clock::default(),
        data_dir: nowhere.clone(),
        config_dir: None,
        folders: Folders { home: None, temporary: nowhere.clone() },
        colour: start & 2 == 0,
        settings: Settings::default(),
        notice: None,
    };
    let mode = if start & 4 == 0 { Mode::SelfAssessment } else { Mode::Interview };
    let vendors: [Option<&str>; 8] =
        [None, Some("zoom"), Some("other"), Some("teams"), Some("jitsi"), Some("whatsapp"), Some("webex"), Some("-")];
    let start = match vendors[usize::from(start >> 3) % vendors.len()] {
        Some("-") => Start::Menu,
        name => Start::New { vendor: name.and_then(|name| VendorId::try_from(name).ok()), mode: Some(mode) },
    };
    let mut app = App::new(&context, knowledge(), start);
    app.desk.store = Store::on(&nowhere, Arc::new(disk.clone()));
    app
}

/// Works through the script. The first byte says where the program begins.
pub fn run(data: &[u8]) {
    let [start, script @ ..] = data else { return };
    let disk = Memory::default();
    let mut app = program(*start, &disk);
    let mut rest = &script[..script.len().min(MOST)];
    let mut size = SIZES[0];
    while !rest.is_empty() && !app.quit {
        // As many as come between two frames.
        for _ in 0..8 {
            let Some(input) = input(&mut rest) else { break };
            if let Input::Resize(width, height) = input {
                size = (width, height);
            }
            step(&mut app, [input]);
        }
        draw(&app, size);
        app.desk.effects(|_| {});
        app.desk.finish_saving();
        written(&app, &disk);
    }
    app.leave();
    // Everything can be saved here, so nothing is left to say.
    assert!(app.end().is_ok(), "the end is not saved");
    written(&app, &disk);
}

/// The next input of the script.
fn input(rest: &mut &[u8]) -> Option<Input> {
    let [byte, after @ ..] = *rest else { return None };
    *rest = after;
    let mut next = || {
        let [byte, after @ ..] = *rest else { return 0 };
        *rest = after;
        *byte
    };
    Some(match byte {
        0..32 => Input::Key(Key::Named(NAMED[usize::from(*byte) % NAMED.len()])),
        32..127 => Input::Key(Key::Char(char::from(*byte))),
        127 => Input::Key(Key::Backspace),
        128..160 => Input::Click(u16::from(next()), u16::from(next() % 64)),
        160..176 => Input::Wheel(byte & 1 == 0),
        176..192 => {
            let (width, height) = SIZES[usize::from(*byte) % SIZES.len()];
            Input::Resize(width, height)
        }
        192..208 => {
            let length = usize::from(next());
            let (text, after) = rest.split_at(length.min(rest.len()));
            *rest = after;
            Input::Paste(String::from_utf8_lossy(text).repeat(if byte & 1 == 0 { 1 } else { 60 }))
        }
        _ => Input::Key(Key::Char(TYPED.chars().nth(usize::from(*byte) % 10).unwrap_or('?'))),
    })
}

fn draw(app: &App<'_>, (width, height): (u16, u16)) {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(()) = frame(app, &mut terminal);
    let shown = terminal.backend().buffer();
    for cell in shown.content() {
        assert!(!super::paste::steers(cell.symbol()), "on the screen: {:?}", cell.symbol());
    }
}

/// Where the mark says that everything is saved, the file says what the session says.
fn written(app: &App<'_>, disk: &Memory) {
    let Some(sitting) = app.desk.sitting.as_ref().filter(|_| app.desk.mark == Mark::Saved) else { return };
    let files: BTreeMap<_, _> = disk.0.lock().expect("the disk").clone();
    let Some(bytes) = files.get(&sitting.saved.path) else { return };
    let text = std::str::from_utf8(bytes).expect("a session is text");
    let id = SessionId::parse("x").expect("an id");
    let mut written = file::read(text, &id).expect("a session");
    let session = sitting.session();
    // That a question was passed by is told with the next answer.
    let told = written.history.len();
    let later = (told..session.history.len()).map(|place| session.history.entry(place).map(|entry| entry.kind));
    assert!(later.into_iter().all(|kind| kind == Some(Kind::Skip)), "a change is not in the file");
    assert!(written.history.lines().eq(session.history.lines().take(told)), "the history is another one");
    written.history = session.history.clone();
    assert_eq!(&written, session, "the file is not the session");
}

/// A paste on a question, and on a field that takes it, never goes on to another question and never answers.
pub fn pasted(text: &str) {
    for keys in ["", "n", "o/"] {
        let disk = Memory::default();
        let mut app = program(0b0000_1000, &disk);
        step(&mut app, keys.chars().map(|key| Input::Key(Key::Char(key))));
        let before = (app.screens.len(), app.context());
        step(&mut app, [Input::Paste(text.to_owned())]);
        assert_eq!((app.screens.len(), app.context()), before, "a paste went somewhere");
        let answered = app.desk.sitting.as_ref().map(|sitting| sitting.session().answers.len());
        assert_eq!(answered, Some(0), "a paste answered");
        draw(&app, (60, 16));
    }
}
