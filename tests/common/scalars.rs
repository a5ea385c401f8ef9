//! Every character there is, through everything that shows text.

use std::fmt::Write as _;

use freigabe::domain::text::Language;
use freigabe::engine::{Model, assess};
use freigabe::error::{Error, Kind};
use freigabe::i18n::Words;
use freigabe::knowledge::{Diagnostic, Knowledge};
use freigabe::report::label::Labels;
use freigabe::report::view::Viewed;
use freigabe::report::{json, text};
use freigabe::sanitise::{clip, lines, sanitise};
use freigabe::session::{Session, SessionId, file};
use freigabe::tui::App;

use super::tour::{drawn, press};

/// All 1,112,064 of them.
pub fn all() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Those that nobody may be shown, written down by themselves: controls, the marks of direction, what has no width, tags.
pub fn foreign(c: char) -> bool {
    const DIRECTION: [char; 12] = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
        '\u{2067}', '\u{2068}', '\u{2069}',
    ];
    const NO_WIDTH: [char; 14] = [
        '\u{ad}', '\u{34f}', '\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2028}', '\u{2029}', '\u{2060}',
        '\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}', '\u{feff}',
    ];
    let n = u32::from(c);
    let control = n < 0x20 || (0x7f..0xa0).contains(&n);
    control || DIRECTION.contains(&c) || NO_WIDTH.contains(&c) || (0xe0000..0xe1000).contains(&n)
}

/// A sink and what it showed that it should not.
pub type Shown = Vec<(&'static str, char)>;

fn look(sink: &'static str, text: &str, shown: &mut Shown) {
    let found = text.chars().find(|c| *c != '\n' && foreign(*c));
    shown.extend(found.map(|c| (sink, c)));
}

/// One character through everything that cleans a text, and whether it comes out as itself or written out.
pub fn cleaned(c: char, shown: &mut Shown) {
    let text = format!("a{c}b");
    look("sanitise", &sanitise(&text), shown);
    look("lines", &lines(&text), shown);
    look("clip", &clip(&text, 30), shown);
    let error = Error::new(Kind::Failure, text.as_str()).hint(text.as_str()).to_string();
    look("error", &error, shown);
    if foreign(c) && !c.is_whitespace() {
        assert!(sanitise(&text).contains(&format!("⟨U+{:04X}⟩", u32::from(c))), "{c:?} is not written out");
    }
    if !foreign(c) && !freigabe::sanitise::is_hidden(c) {
        assert_eq!(sanitise(&text), text, "{c:?} is shown as something else");
    }
}

/// Some characters through a session: file, report, JSON, error messages, screens.
pub fn through_a_session(knowledge: &Knowledge, app: &mut App<'_>, some: &str, shown: &mut Shown) {
    let mut session = app.desk.sitting.as_ref().unwrap().saved.session.clone();
    some.clone_into(&mut session.subject.team);
    some.clone_into(&mut session.subject.title);
    session.subject.respondents = vec![some.to_owned()];
    for answer in session.answers.values_mut() {
        some.clone_into(&mut answer.note);
        some.clone_into(&mut answer.by);
        for evidence in &mut answer.evidence {
            some.clone_into(&mut evidence.title);
        }
    }
    let id = SessionId::parse("x").unwrap();
    let written = file::write(&session);
    assert_eq!(file::read(&written, &id).as_ref(), Ok(&session));
    papers(knowledge, &session, shown);
    let diagnostic = Diagnostic::at(some, some, &(0..0), some).with_hint(Some(some.to_owned()));
    look("diagnostic", &diagnostic.to_string(), shown);
    app.desk.sitting.as_mut().unwrap().saved.session = session;
    // The note under a question, its dialog, the overview, the header and the result.
    for (screen, keys) in [("question", ""), ("note", "n"), ("overview", "<Esc>o"), ("result", "<Esc>e"), ("mail", "m")]
    {
        press(app, keys);
        let buffer = drawn(app, 130, 40);
        for cell in buffer.content() {
            look(screen, cell.symbol(), shown);
            assert!(!cell.symbol().contains('\n'), "{screen}: a line break in a cell");
        }
    }
    press(app, "<Esc><Esc>");
}

fn papers(knowledge: &Knowledge, session: &Session, shown: &mut Shown) {
    let vendor = knowledge.vendor(&session.vendor);
    let model = Model::compile(knowledge.bank(), vendor);
    let inquiry = session.inquiry(None, "2026-11-23".parse().unwrap());
    let assessment = assess(&model, &inquiry);
    let words = Words::new(Language::De);
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: Language::De };
    let mut object = String::new();
    write!(object, "{:#}", json::evaluation(&labels, session, inquiry.day, &assessment)).unwrap();
    // What a command prints goes through `lines`.
    look("json", &lines(&object), shown);
    let viewed = Viewed { labels, words: &words, session, model: &model, inquiry: &inquiry, assessment: &assessment };
    look("report", &text::text(&viewed, &words), shown);
}
