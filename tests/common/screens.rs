//! The program driven by keys on a test backend.

use std::path::Path;

use freigabe::cli::{Clock, Context, Folders};
use freigabe::domain::answer::Mode;
use freigabe::domain::moment::Moment;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::Session;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Start};
use jiff::tz::{TimeZone, offset};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const NAMED: [&str; 19] = [
    "Ctrl-P", "Ctrl-S", "Ctrl-U", "Ctrl-R", "Enter", "Esc", "Tab", "Del", "Home", "End", "F3", "F4", "F5", "F12",
    "PgDn", "↑", "↓", "←", "→",
];

/// The program on a data directory, its clock an hour east of UTC.
pub fn app<'k>(knowledge: &'k Knowledge, dir: &Path, language: Language, start: Start) -> App<'k> {
    let context = Context {
        language,
        today: jiff::civil::date(2026, 11, 23),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: Clock { now: || Moment::parse("2026-11-23T13:05:09Z").unwrap(), zone: TimeZone::fixed(offset(1)) },
        data_dir: dir.to_owned(),
        config_dir: None,
        folders: Folders { home: None, temporary: dir.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    };
    App::new(&context, knowledge, start)
}

/// A new assessment.
pub fn new(vendor: &str, mode: Mode) -> Start {
    Start::New { vendor: Some(vendor.try_into().unwrap()), mode: Some(mode) }
}

/// Names as they stand in `NAMED`, everything else is typed.
pub fn press(app: &mut App<'_>, keys: &str) {
    for word in keys.split(' ').filter(|word| !word.is_empty()) {
        match NAMED.iter().find(|name| **name == word) {
            Some(name) => step(app, [Input::Key(Key::Named(name))]),
            None => step(app, word.chars().map(|c| Input::Key(Key::Char(c)))),
        }
        app.desk.effects(|_| {});
        app.load_now();
    }
}

/// What a person sees.
pub fn shown(app: &mut App<'_>, width: u16, height: u16) -> String {
    step(app, [Input::Resize(width, height)]);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    frame(app, &mut terminal).unwrap();
    if app.after_frame() {
        frame(app, &mut terminal).unwrap();
    }
    let buffer = terminal.backend().buffer().clone();
    let rows = (0..height).map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
    rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Jumps to a question, as the overview does.
pub fn go_to(app: &mut App<'_>, id: &str) {
    let screen = app.desk.question(&id.try_into().unwrap()).unwrap();
    app.screens.truncate(1);
    app.screens.push(screen);
}

/// The open session.
pub fn session<'a>(app: &'a App<'_>) -> &'a Session {
    app.desk.sitting.as_ref().unwrap().session()
}

/// The same session after the program has ended and begun again.
pub fn restarted<'k>(mut app: App<'k>, knowledge: &'k Knowledge, dir: &Path, language: Language) -> App<'k> {
    assert!(app.desk.settle());
    let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    // Else its lock would still be held.
    drop(app);
    let saved = freigabe::session::store::Store::new(dir).load(path.to_str().unwrap()).unwrap();
    self::app(knowledge, dir, language, Start::Open(Box::new(saved)))
}
