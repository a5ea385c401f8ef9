//! Every screen of the program, one after the other.

use std::path::Path;

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::Answer;
use freigabe::session::merge::{Basis, Incoming, Round};
use freigabe::session::store::Gathered;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::screens::{Merging, Screen};
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// Keys that lead from screen to screen, beginning at the header of an interview, and what they lead to. Names stand
/// between angle brackets.
const WAY: [(&str, &str); 54] = [
    ("", "the header"),
    ("<F5>", "the documents seen"),
    ("<Enter>", "one of them"),
    ("<Esc><Esc><↓><↓><↓><↓><↓><↓><↓><↓><↓><Enter>", "a question"),
    ("1<Enter>", "the next question"),
    ("w", "why"),
    ("<Esc>n", "a note"),
    ("<Esc>b", "evidence"),
    ("<Esc>f", "a further question to somebody"),
    ("IT<Enter><Enter><Enter><Enter><Enter>F", "all follow-ups"),
    ("<Esc>d", "a private remark"),
    ("<Esc>i", "the header once more"),
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
    ("<Esc>et", "another tool for the team"),
    ("<Esc><Ctrl-P>", "a presentation"),
    ("<Ctrl-P>f", "the sign-off"),
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
    ("<Esc>2<Enter>1<Enter>", "a self-assessment"),
    ("e", "its result"),
    ("w", "the hand-over"),
    ("<Enter><Enter>", "what was handed over"),
    ("<Esc>I", "what becomes of it"),
    ("<Esc>s6", "the register"),
    ("/zoo", "a search in the register"),
    ("<Enter>b", "the register by tool"),
    ("f", "what has flipped"),
    ("<Esc>w", "what would fall"),
    ("<Esc>e", "a tool that is given up"),
    ("<Esc>x", "what is put away"),
];

/// The program at a new interview about Zoom.
pub fn program<'k>(knowledge: &'k Knowledge, dir: &Path) -> App<'k> {
    at(knowledge, dir, Start::New { vendor: Some("zoom".try_into().unwrap()), mode: Some(Mode::Interview) })
}

/// The program at a place.
pub fn at<'k>(knowledge: &'k Knowledge, dir: &Path, start: Start) -> App<'k> {
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
    App::new(&context, knowledge, start)
}

/// Goes from screen to screen, and looks at each.
pub fn each(app: &mut App<'_>, mut look: impl FnMut(&mut App<'_>, &str)) {
    for (keys, screen) in WAY {
        press(app, keys);
        look(app, screen);
    }
    merging(app);
    for (keys, screen) in [
        ("", "copies that came back"),
        ("<↓>", "one side"),
        ("1", "the next place"),
        ("2", "all decided"),
        ("<Enter>", "all saved"),
    ] {
        press(app, keys);
        look(app, screen);
    }
}

/// Puts the screen on top that asks about copies that came back: two questions were answered differently, with texts of any
/// length.
pub fn merging(app: &mut App<'_>) {
    let store = &app.desk.store;
    let day = "2026-11-23".parse().unwrap();
    let saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_790_000_000_000);
    let [mut ours, mut theirs] = [saved.session.clone(), saved.session.clone()];
    for (copy, choice, by, note) in [
        (&mut ours, "yes", "IT-Leitung", "laut Anlage 2"),
        (&mut theirs, "no", "Einkauf", "Zeichenmitüberbreite漢字".repeat(20).as_str()),
    ] {
        for question in ["dpa_signed", "external_use"] {
            let mut answer = Answer::new(Value::Choice(choice.try_into().unwrap()));
            (answer.by, answer.note, answer.on) = (by.to_owned(), note.to_owned(), Some(day));
            copy.answers.insert(question.try_into().unwrap(), answer);
        }
    }
    let incoming = Incoming { name: "zoom-antwort.ron".to_owned(), session: theirs, basis: Basis::Histories };
    let round = Round::new(ours, vec![incoming], false).unwrap();
    let gathered = Gathered { saved, round, copies: Vec::new(), lock: None };
    app.screens.push(Screen::Merge(Merging::new(Box::new(gathered))));
}

/// Presses keys; names stand between angle brackets.
pub fn press(app: &mut App<'_>, keys: &str) {
    const NAMED: [&str; 11] = ["Enter", "Esc", "Tab", "↓", "→", "F1", "F2", "F3", "F5", "F8", "Ctrl-P"];
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
    app.load_now();
}

/// What a screen of a size shows.
pub fn drawn(app: &mut App<'_>, width: u16, height: u16) -> Buffer {
    step(app, [Input::Resize(width, height)]);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    frame(app, &mut terminal).unwrap();
    terminal.backend().buffer().clone()
}
