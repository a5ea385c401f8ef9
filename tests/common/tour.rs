//! Every screen of the program, one after the other.

use std::path::Path;

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::Mode;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// Keys that lead from screen to screen, beginning at the header of an interview, and what they lead to. Names stand
/// between angle brackets.
const WAY: [(&str, &str); 35] = [
    ("", "the header"),
    ("<↓><↓><↓><↓><↓><Enter>", "a question"),
    ("1<Enter>", "the next question"),
    ("w", "why"),
    ("<Esc>n", "a note"),
    ("<Esc>b", "evidence"),
    ("<Esc>f", "a further question to somebody"),
    ("<Esc>o", "the overview"),
    ("/vertrag", "a search"),
    ("<Esc><Esc>c", "the card"),
    ("<Esc><F1>", "the keys"),
    ("suche", "one of them"),
    ("<Esc><→><→><→>", "a question that is typed"),
    ("ö", "a choice of countries"),
    ("<F8>", "other colours"),
    ("<F3>e", "the result"),
    ("p", "its proof"),
    ("<Esc>e<↓><↓>", "another finding"),
    ("a", "a condition"),
    ("<Esc>ex", "a departure"),
    ("<Esc>em", "a mail"),
    ("<Esc>er", "the rules"),
    ("<Esc>ef", "the sign-off"),
    ("<↓><Enter>", "an opinion"),
    ("<Esc><↓><Enter>", "a decision"),
    ("<Esc><↓><Enter>", "a review"),
    ("<Esc><↓><Enter>", "what is about to be sealed"),
    ("<Esc><Esc><Esc>e<Tab>", "the way to clearance"),
    ("<Tab>", "the years"),
    ("<Tab>", "the comparison"),
    ("<Tab>", "the law switched off"),
    ("<Tab>", "the sources"),
    ("<F2>", "the other language"),
    ("s", "the start screen"),
    ("4", "the tools"),
];

/// The program at a new interview about Zoom.
pub fn program<'k>(knowledge: &'k Knowledge, dir: &Path) -> App<'k> {
    let context = Context {
        language: Language::De,
        today: "2026-11-23".parse().unwrap(),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: freigabe::cli::Clock::default(),
        data_dir: dir.to_owned(),
        config_dir: None,
        folders: Folders { home: None, temporary: dir.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    };
    let start = Start::New { vendor: Some("zoom".try_into().unwrap()), mode: Some(Mode::Interview) };
    App::new(&context, knowledge, start)
}

/// Goes from screen to screen, and looks at each.
pub fn each(app: &mut App<'_>, mut look: impl FnMut(&mut App<'_>, &str)) {
    for (keys, screen) in WAY {
        press(app, keys);
        look(app, screen);
    }
}

/// Presses keys; names stand between angle brackets.
pub fn press(app: &mut App<'_>, keys: &str) {
    const NAMED: [&str; 9] = ["Enter", "Esc", "Tab", "↓", "→", "F1", "F2", "F3", "F8"];
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let key = if let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            rest = after;
            Key::Named(NAMED.iter().find(|known| **known == name).unwrap())
        } else {
            rest = &rest[c.len_utf8()..];
            Key::Char(c)
        };
        step(app, [Input::Key(key)]);
    }
    app.desk.effects(|_| {});
    app.desk.finish_saving();
}

/// What a screen of a size shows.
pub fn drawn(app: &mut App<'_>, width: u16, height: u16) -> Buffer {
    step(app, [Input::Resize(width, height)]);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    frame(app, &mut terminal).unwrap();
    terminal.backend().buffer().clone()
}
