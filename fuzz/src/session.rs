//! Any text as a session file: read, judged, written and read again.

use std::sync::OnceLock;

use freigabe::domain::text::Language;
use freigabe::engine::{Model, assess};
use freigabe::i18n::Words;
use freigabe::knowledge::Knowledge;
use freigabe::report::label::Labels;
use freigabe::report::text;
use freigabe::report::view::Viewed;
use freigabe::sanitise::is_hidden;
use freigabe::session::{Session, SessionId, file};

/// Reads the bytes as a session; what is read survives being written.
pub fn run(data: &[u8]) {
    // What is done with a damaged file, whatever it holds.
    let _ = (file::check(data), file::salvage(data));
    let Ok(text) = std::str::from_utf8(data) else { return };
    let id = SessionId::parse("x").expect("an id");
    match file::read(text, &id) {
        Err(error) => assert!(error.to_string().chars().count() <= 300, "a long message"),
        Ok(session) => {
            written(&session, &id);
            judged(&session);
        }
    }
    // The list of sessions reads the beginning only.
    let _ = (file::head(text, &id), file::look(text, &id));
}

/// Reads the bytes as a session and judges it.
pub fn decide(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let id = SessionId::parse("x").expect("an id");
    if let Ok(session) = file::read(text, &id) {
        judged(&session);
    }
}

/// read(write(x)) = x, and the second text is the first one.
fn written(session: &Session, id: &SessionId) {
    let as_found = file::write_as_found(session);
    let again = file::read(&as_found, id).expect("what was written is read");
    // Only a value of an unknown kind is shown harmless even here.
    let values = || session.answers.values().filter_map(|answer| answer.foreign_value.as_ref());
    if !values().any(|value| value.contains(is_hidden)) {
        assert_eq!(again, *session, "read(write(x)) = x");
    }
    assert_eq!(file::write_as_found(&again), as_found, "the second text is the first one");
    let sealed = file::sealed(&as_found);
    assert_eq!(file::check(sealed.as_bytes()), Ok(()), "a seal is whole");
    assert_eq!(file::without(&sealed), as_found, "a seal stands before the text");
    // Hidden characters in parts that were not understood are escaped, where that is possible.
    let shown = file::write(session);
    if let Ok(again) = file::read(&shown, id)
        && again.answers.len() == session.answers.len()
    {
        assert_eq!(file::write(&again), shown, "the second text is the first one");
    }
}

fn judged(session: &Session) {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    static WORDS: OnceLock<Words> = OnceLock::new();
    let knowledge = KNOWLEDGE.get_or_init(Knowledge::embedded);
    let words = WORDS.get_or_init(|| Words::new(Language::De));
    let vendor = knowledge.vendor(&session.vendor);
    let model = Model::compile(knowledge.bank(), vendor);
    let inquiry = session.inquiry(None, jiff::civil::date(2026, 11, 23));
    let assessment = assess(&model, &inquiry);
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: words.language() };
    let viewed = Viewed { labels, words, session, model: &model, inquiry: &inquiry, assessment: &assessment };
    let said = freigabe::sanitise::lines(&text::text(&viewed, words)).into_owned();
    assert!(!said.chars().any(|c| c != '\n' && is_hidden(c)), "a hidden character");
    let _ = file::not_understood(session, knowledge.bank(), vendor);
}
