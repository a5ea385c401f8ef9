//! Taking changes back, the screen of the history, and that neither loses anything.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/screens.rs"]
mod screens;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::Session;
use freigabe::tui::Start;
use freigabe::tui::screens::Screen;
use screens::{app, go_to, new, press, restarted, session, shown};

/// The choice given to a question.
fn given<'s>(session: &'s Session, id: &str) -> Option<&'s str> {
    match session.answered(&id.try_into().unwrap()).map(|answer| &answer.value) {
        Some(Value::Choice(choice)) => Some(choice.as_str()),
        _ => None,
    }
}

#[test]
fn a_change_is_taken_back_at_its_question_and_said_in_one_line() {
    let knowledge = Knowledge::embedded();
    for (language, line) in [(Language::De, "Rückgängig: AV-Vertrag: Nein → Ja"), (Language::En, ": No → Yes")] {
        let dir = tempfile::tempdir().unwrap();
        let mut app = app(&knowledge, dir.path(), language, new("zoom", Mode::Interview));
        go_to(&mut app, "dpa_signed");
        press(&mut app, "1 Enter");
        go_to(&mut app, "dpa_signed");
        press(&mut app, "2 Enter u");
        let text = shown(&mut app, 80, 24);
        assert!(text.contains(line), "{text}");
        assert!(matches!(app.top(), Some(Screen::Question(one)) if one.choosing.id == *"dpa_signed"), "{text}");
        assert_eq!(given(session(&app), "dpa_signed"), Some("yes"));
        let mut app = restarted(app, &knowledge, dir.path(), language);
        go_to(&mut app, "dpa_signed");
        press(&mut app, "u");
        assert_eq!(given(session(&app), "dpa_signed"), None);
        press(&mut app, "u");
        let nothing = if language == Language::De { "nichts zurückzunehmen" } else { "nothing to undo" };
        assert!(shown(&mut app, 80, 24).contains(nothing));
        press(&mut app, "U");
        assert_eq!(given(session(&app), "dpa_signed"), Some("yes"));
        press(&mut app, "Ctrl-R");
        assert_eq!(given(session(&app), "dpa_signed"), Some("no"));
    }
}

#[test]
fn a_choice_that_was_not_confirmed_is_what_is_taken_back_first() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "1 Enter");
    go_to(&mut app, "dpa_signed");
    press(&mut app, "2 u");
    assert_eq!(given(session(&app), "dpa_signed"), Some("yes"));
    press(&mut app, "U");
    assert_eq!(given(session(&app), "dpa_signed"), Some("no"), "nothing that was chosen is lost");
}

#[test]
fn overview_and_verdict_take_back_too() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "2 Enter e");
    assert!(shown(&mut app, 80, 24).contains("Keine Freigabe"));
    press(&mut app, "u");
    let text = shown(&mut app, 80, 24);
    assert!(matches!(app.top(), Some(Screen::Verdict(_))) && !text.contains("Keine Freigabe"), "{text}");
    press(&mut app, "U");
    assert!(shown(&mut app, 80, 24).contains("Keine Freigabe"));
    press(&mut app, "o u");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("› AV-Vertrag") && text.contains("Nein → ohne Antwort"), "{text}");
    press(&mut app, "U x");
    assert_eq!(given(session(&app), "dpa_signed"), None);
    assert!(shown(&mut app, 80, 24).contains("Gelöscht: AV-Vertrag"));
}

#[test]
fn an_answer_is_cleared_and_what_hangs_on_it_stays() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "1 n laut Enter IT Enter x");
    assert_eq!(given(session(&app), "dpa_signed"), None);
    assert_eq!(session(&app).answers["dpa_signed"].note, "laut");
    press(&mut app, "Del");
    assert!(shown(&mut app, 80, 24).contains("keine Antwort zu löschen"));
    press(&mut app, "u");
    assert_eq!(given(session(&app), "dpa_signed"), Some("yes"));
    press(&mut app, "u u");
    assert!(session(&app).answers.is_empty());
}

#[test]
fn typed_questions_keep_their_letters() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("other", Mode::Interview));
    go_to(&mut app, "hosting_country");
    press(&mut app, "austr");
    assert!(matches!(app.top(), Some(Screen::Question(one)) if one.choosing.input.text() == "austr"));
    go_to(&mut app, "tool_name");
    press(&mut app, "vUxu Enter");
    assert_eq!(session(&app).tool_name(), Some("vUxu"));
    go_to(&mut app, "tool_name");
    press(&mut app, "Ctrl-U");
    assert_eq!(session(&app).tool_name(), None);
    go_to(&mut app, "tool_name");
    press(&mut app, "Ctrl-R");
    assert_eq!(session(&app).tool_name(), Some("vUxu"));
    // Who takes every letter away has no answer.
    let backspace = || freigabe::tui::terminal::Input::Key(freigabe::tui::keymap::Key::Backspace);
    freigabe::tui::terminal::step(&mut app, (0..4).map(|_| backspace()));
    press(&mut app, "Enter");
    assert_eq!(session(&app).tool_name(), None);
    go_to(&mut app, "tool_name");
    press(&mut app, "F12");
    assert!(matches!(app.top(), Some(Screen::History(_))));
}

#[test]
fn a_skipped_question_is_told_and_found_again() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "→");
    assert!(app.desk.settle() && app.desk.store.list().is_empty(), "who only looks leaves no file");
    press(&mut app, "u");
    assert!(shown(&mut app, 80, 24).contains("Rückgängig: AV-Vertrag: übersprungen"), "{}", shown(&mut app, 80, 24));
    assert!(matches!(app.top(), Some(Screen::Question(one)) if one.choosing.id == *"dpa_signed"));
}

#[test]
fn the_history_is_listed_explained_and_taken_back() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "v");
    assert!(shown(&mut app, 80, 24).contains("Noch ist nichts geändert"));
    press(&mut app, "1 n laut Enter IT-Leitung Enter");
    go_to(&mut app, "dpa_signed");
    press(&mut app, "2 Enter");
    go_to(&mut app, "recording_used");
    press(&mut app, "2 Enter v");
    let text = shown(&mut app, 80, 24);
    let order: Vec<usize> = ["ohne Antwort → Nein", "vereinbart → Nein", "Notiz: nichts → „laut“", "ohne Antwort → Ja"]
        .iter()
        .map(|line| text.find(line).unwrap_or_else(|| panic!("{line}\n{text}")))
        .collect();
    assert!(order.is_sorted(), "{text}");
    assert!(text.contains("23.11.2026 14:05 · AV-Vertrag") && text.contains("4 Einträge"), "{text}");
    press(&mut app, "↓ r ausgelaufen Enter");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("IT-Leitung · Grund: ausgelaufen"), "{text}");
    // Take back from here on: the change and the one after it.
    press(&mut app, "t");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("2 Änderungen zurücknehmen?") && text.contains("AV-Vertrag: Nein → Ja"), "{text}");
    press(&mut app, "Esc");
    assert_eq!(given(session(&app), "dpa_signed"), Some("no"), "who cancels changes nothing");
    press(&mut app, "t Enter");
    assert_eq!(given(session(&app), "dpa_signed"), Some("yes"));
    assert_eq!(given(session(&app), "recording_used"), None);
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("2 Änderungen zurückgenommen"), "{text}");
    press(&mut app, "Home");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("AV-Vertrag (zurückgenommen)") && text.contains("Rückgängig: AV-Vertrag"), "{text}");
    assert!(text.contains("Grund: ausgelaufen"), "{text}");
    press(&mut app, "Enter");
    assert!(matches!(app.top(), Some(Screen::Question(one)) if one.choosing.id == *"dpa_signed"), "{text}");
}

#[test]
fn a_hostile_history_is_shown_harmless_and_a_long_one_at_once() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.ron");
    let long = "x".repeat(100_000);
    let mut text = format!(
        "(format: 1, id: \"s\", vendor: \"zoom\", answers: {{}}, history_dropped: 12, history: [\n\
         (n: 1, at: \"2026-11-23T10:00:00Z\", question: \"gone\", new: Some((value: Text(\"\\u{{1b}}[2J\\u{{202e}}\"))), \
         by: \"\\u{{9b}}31m\", reason: \"{long}\"),\n(x: 1, n: Whatever),\n"
    );
    for n in 2..4000 {
        let value = if n % 2 == 0 { "yes" } else { "no" };
        let line = format!("(n: {n}, question: \"dpa_signed\", new: Some((value: Choice(\"{value}\")))),\n");
        text.push_str(&line);
    }
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::Write::write_all(&mut file, (text + "])").as_bytes()).unwrap();
    let store = freigabe::session::store::Store::new(dir.path());
    let saved = store.load(path.to_str().unwrap()).unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, Start::Open(Box::new(saved)));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "v");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("12 ältere Einträge") && text.contains("dieser Version unbekannt"), "{text}");
    press(&mut app, "End");
    for (width, height) in [(40, 12), (80, 24), (130, 40), (200, 60)] {
        let text = shown(&mut app, width, height);
        assert!(!text.chars().any(|c| c != '\n' && freigabe::sanitise::is_hidden(c)), "{text:?}");
    }
    let text = shown(&mut app, 80, 40);
    assert!(text.contains("⟨U+001B⟩[2J⟨U+202E⟩") && text.contains("⟨U+009B⟩31m"), "{text}");
    press(&mut app, "Enter");
    assert!(shown(&mut app, 80, 24).contains("Diese Frage gibt es hier nicht"));
}
