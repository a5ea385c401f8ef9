//! The screens, driven by keys on a test backend.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use freigabe::cli::Context;
use freigabe::domain::answer::Mode;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::screens::Screen;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Mark, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const TOOLS: [&str; 10] =
    ["zoom", "gotomeeting", "slack", "teams", "hangouts", "teamviewer", "jitsi", "whereby", "webex", "whatsapp"];

fn context(dir: &Path, language: Language) -> Context {
    Context {
        language,
        today: "2026-11-23".parse().unwrap(),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: freigabe::cli::Clock::default(),
        data_dir: dir.to_owned(),
        config_dir: None,
        folders: freigabe::cli::Folders { home: None, temporary: dir.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    }
}

fn app<'k>(knowledge: &'k Knowledge, dir: &Path, language: Language, start: Start) -> App<'k> {
    App::new(&context(dir, language), knowledge, start)
}

fn new(vendor: &str, mode: Mode) -> Start {
    Start::New { vendor: Some(vendor.try_into().unwrap()), mode: Some(mode) }
}

/// Names as they stand in `KEYS`, everything else is typed.
fn press(app: &mut App<'_>, keys: &str) {
    const NAMED: [&str; 13] = ["Ctrl-S", "Enter", "Esc", "Tab", "↑", "↓", "←", "→", "F1", "F2", "F3", "F4", "Ctrl-C"];
    for word in keys.split(' ').filter(|word| !word.is_empty()) {
        match (NAMED.iter().find(|name| **name == word), word) {
            (Some(name), _) => step(app, [Input::Key(Key::Named(name))]),
            (None, "Space") => step(app, [Input::Key(Key::Char(' '))]),
            (None, text) => step(app, text.chars().map(|c| Input::Key(Key::Char(c)))),
        }
        app.desk.effects(|_| {});
        app.load_now();
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

/// Jumps to a question, as the overview does.
fn go_to(app: &mut App<'_>, id: &str) {
    let screen = app.desk.question(&id.try_into().unwrap()).unwrap();
    app.screens.truncate(1);
    app.screens.push(screen);
}

fn at_verdict(app: &App<'_>) -> bool {
    matches!(app.top(), Some(Screen::Verdict(_)))
}

/// Answers everything with the first line, at most `most` key presses.
fn walk(app: &mut App<'_>, most: usize) -> usize {
    let mut presses = 0;
    while !at_verdict(app) && presses < most {
        let typing = matches!(app.top(), Some(Screen::Question(one)) if one.choosing.types());
        let header = matches!(app.top(), Some(Screen::Header(_)));
        let open = matches!(app.top(), Some(Screen::Question(one)) if one.choosing.cursor.is_none() && one.choosing.marked.is_empty());
        match (header, typing, open) {
            (true, ..) => press(app, "↓"),
            (_, false, true) => {
                press(app, "1");
                presses += 1;
            }
            _ => {}
        }
        press(app, "Enter");
        presses += 1;
    }
    presses
}

#[test]
fn every_tool_of_the_article_reaches_a_verdict_in_both_languages_and_modes() {
    let knowledge = Knowledge::embedded();
    for language in [Language::De, Language::En] {
        for mode in [Mode::SelfAssessment, Mode::Interview] {
            for tool in TOOLS {
                let dir = tempfile::tempdir().unwrap();
                let mut app = app(&knowledge, dir.path(), language, new(tool, mode));
                let presses = walk(&mut app, 200);
                assert!(at_verdict(&app), "{tool} {mode:?} after {presses}: {}", shown(&mut app, 80, 24));
                // The first answers bring up the most questions: thirteen at Jitsi, a key for the choice and one to confirm.
                let most = if tool == "jitsi" { 26 } else { 25 };
                assert!(mode == Mode::Interview || presses <= most, "{tool}: {presses} key presses");
                for (width, height) in [(80, 24), (60, 16), (130, 40)] {
                    let text = shown(&mut app, width, height);
                    // In a low window a sign before the headline stands for the light.
                    let headline = text.lines().nth(3).unwrap_or_default().trim_start();
                    let light = if height < 20 {
                        headline.starts_with(['✗', '!', '✓'])
                    } else {
                        text.contains("┌───┐")
                    };
                    assert!(light, "{tool} {width}×{height}\n{text}");
                }
                app.desk.finish_saving();
                assert_eq!(app.desk.store.list().len(), 1, "{tool}");
            }
        }
    }
}

#[test]
fn self_assessment_never_says_clearance() {
    let knowledge = Knowledge::embedded();
    for tool in TOOLS {
        let dir = tempfile::tempdir().unwrap();
        let mut app = app(&knowledge, dir.path(), Language::De, new(tool, Mode::SelfAssessment));
        walk(&mut app, 200);
        let view = app.desk.view().unwrap();
        assert!(!view.headline.contains("Freigabe"), "{}", view.headline);
        let begins = ["Vorläufig:", "Bitte nicht nutzen", "Bitte noch nicht nutzen"];
        assert!(begins.iter().any(|begin| view.headline.starts_with(begin)), "{}", view.headline);
    }
}

#[test]
fn answers_survive_going_back_and_parked_ones_come_back() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("other", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    go_to(&mut app, "recording_consent");
    press(&mut app, "2 Enter");
    go_to(&mut app, "recording_used");
    press(&mut app, "2");
    assert!(shown(&mut app, 80, 24).contains("stellt zurück"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Enter");
    let parked = |app: &App<'_>| app.desk.sitting.as_ref().unwrap().flow.parked.len();
    assert_eq!(parked(&app), 1);
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    assert_eq!(parked(&app), 0);
    let answers = &app.desk.sitting.as_ref().unwrap().session().answers;
    assert_eq!(
        answers["recording_consent"].value,
        freigabe::domain::answer::Value::Choice("announced_only".try_into().unwrap())
    );
}

#[test]
fn countries_are_found_by_code_by_either_name_and_by_what_people_call_them() {
    let knowledge = Knowledge::embedded();
    for (typed, code) in [
        ("de", "DE"),
        ("Deutschl", "DE"),
        ("germany", "DE"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Groß", "GB"),
        ("USA", "US"),
        ("amerika", "US"),
        ("holland", "NL"),
        ("Russland", "RU"),
        ("ua", "UA"),
        ("Ukr", "UA"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut app = app(&knowledge, dir.path(), Language::De, new("other", Mode::Interview));
        go_to(&mut app, "hosting_country");
        press(&mut app, typed);
        press(&mut app, "Enter Enter");
        let answer = app.desk.sitting.as_ref().unwrap().session().answers["hosting_country"].value.clone();
        assert_eq!(answer.countries().unwrap()[0].as_str(), code, "{typed}");
    }
}

#[test]
fn a_paste_never_confirms_and_a_failed_save_is_shown() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    std::fs::File::create(dir.path().join("sessions")).unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("other", Mode::Interview));
    go_to(&mut app, "hosting_country");
    step(&mut app, [Input::Paste("Deutschland\n\u{1b}[2J\u{202e}".into())]);
    assert!(app.desk.sitting.as_ref().unwrap().session().answers.is_empty());
    go_to(&mut app, "recording_used");
    let (sender, done) = std::sync::mpsc::channel();
    step(&mut app, [Input::Key(Key::Char('1')), Input::Key(Key::Named("Enter"))]);
    assert_eq!(app.desk.mark, Mark::Saving);
    app.desk.effects(move |outcome| sender.send(outcome).unwrap());
    app.desk.saved(done.recv().unwrap());
    assert!(matches!(app.desk.mark, Mark::Failed(_)));
    assert!(shown(&mut app, 80, 24).contains("NICHT gesichert"));
}

#[test]
fn private_use_ends_without_a_file() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("whatsapp", Mode::SelfAssessment));
    press(&mut app, "3 Enter");
    assert!(shown(&mut app, 80, 24).contains("Rein privat"));
    app.desk.finish_saving();
    assert!(app.desk.store.list().is_empty());
}

#[test]
fn the_help_is_searched_and_its_lines_are_carried_out() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
    press(&mut app, "? übersi");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Übersicht") && !text.contains("Beleg"), "{text}");
    press(&mut app, "Enter");
    assert!(matches!(app.top(), Some(Screen::Overview(_))), "{}", shown(&mut app, 80, 24));
}

#[test]
fn the_overview_is_searched() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::En, new("zoom", Mode::Interview));
    press(&mut app, "↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ Enter o / record");
    let text = shown(&mut app, 80, 24).to_lowercase();
    assert!(text.contains("record") && !text.contains("works council"), "{text}");
    press(&mut app, "Enter");
    assert!(matches!(app.top(), Some(Screen::Question(_))));
}

#[test]
fn clicks_pick_what_they_hit() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    for (width, height) in [(80, 24), (60, 16), (130, 40)] {
        let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
        let text = shown(&mut app, width, height);
        let row = text.lines().position(|line| line.contains("2  ( )")).unwrap();
        step(&mut app, [Input::Click(12, u16::try_from(row).unwrap())]);
        assert!(matches!(app.top(), Some(Screen::Question(one)) if one.choosing.cursor == Some(1)), "{text}");
        let footer = text.lines().next_back().unwrap();
        let column = footer.chars().position(|c| c == '?').unwrap();
        step(&mut app, [Input::Click(u16::try_from(column).unwrap(), height - 1)]);
        assert!(matches!(app.top(), Some(Screen::Help(_))), "{footer}");
    }
}

#[test]
fn a_note_is_edited_inside_and_kept() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "n laut ← ← u");
    step(&mut app, [Input::Key(Key::Named("Alt-Enter"))]);
    press(&mut app, "Enter IT Enter");
    let answer = &app.desk.sitting.as_ref().unwrap().session().answers["recording_used"];
    assert_eq!((answer.note.as_str(), answer.by.as_str()), ("lau\nut", "IT"));
    assert!(matches!(app.top(), Some(Screen::Question(_))));
}

#[test]
fn language_colours_and_mouse_are_remembered() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut context = context(dir.path(), Language::De);
    context.config_dir = Some(dir.path().join("config"));
    let mut app = App::new(&context, &knowledge, Start::Menu);
    for key in ["F2", "F8", "F9"] {
        step(&mut app, [Input::Key(Key::Named(key))]);
    }
    app.desk.effects(|_| {});
    let kept = Settings::load(&dir.path().join("config")).unwrap();
    assert_eq!(kept.language, Some(Language::En));
    assert_eq!((kept.theme, kept.mouse), (freigabe::settings::Theme::Light, false));
}

#[test]
fn conditions_and_departures_stand_beside_the_result() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "2 Enter e");
    assert!(shown(&mut app, 80, 24).contains("Keine Freigabe"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "a Einkauf Enter 1.12.2026 Enter");
    // Nobody can bear the risk of a missing contract.
    press(&mut app, "← Enter Enter Enter Enter");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("kann niemand ein Restrisiko tragen"), "{text}");
    press(&mut app, "← Enter");
    // That something is fulfilled has a proof and a name.
    press(&mut app, "Enter Enter Enter");
    assert!(shown(&mut app, 80, 24).contains("Begründung angeben"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Vertrag Enter Leitung Enter Enter");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("erfüllt · Einkauf · Vertrag · Leitung"), "{text}");
    press(&mut app, "x ← Enter");
    press(&mut app, "anderer Enter DSB Enter");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("trifft hier nicht zu – anderer (DSB"), "{text}");
    assert!(text.contains("Mit den Abweichungen"), "{text}");
    assert!(text.contains("Keine Freigabe"), "the engine's own result stays: {text}");
}

#[test]
fn texts_to_take_along_name_what_is_missing_and_what_ends_the_result() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "2 Enter e m");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("Betreff: Datenschutzprüfung Zoom") && text.contains("1. "), "{text}");
    press(&mut app, "y");
    assert!(app.desk.copy.as_ref().is_some_and(|mail| mail.starts_with("Betreff:")), "{:?}", app.desk.copy);
    let mut app = self::app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
    go_to(&mut app, "recording_used");
    press(&mut app, "2 Enter");
    walk(&mut app, 200);
    press(&mut app, "r");
    let text = shown(&mut app, 100, 60);
    assert!(text.contains("sobald sich das ändert: Aufzeichnung") || text.contains("Satz für die Einladung"), "{text}");
}

#[test]
fn the_result_looks_back_compares_and_tests_what_would_be() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
    walk(&mut app, 200);
    press(&mut app, "Tab");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("Weg 1") || text.contains("nichts zu ändern") || text.contains("keiner Änderung"), "{text}");
    press(&mut app, "Tab");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("Stichtag") && text.contains("Nicht mehr in Kraft"), "{text}");
    press(&mut app, "g");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("01.01.2015") && text.contains("▲"), "{text}");
    press(&mut app, "Tab");
    let all = shown(&mut app, 100, 40);
    assert!(all.contains("Ihr Tool") || all.contains("OpenTalk"), "{all}");
    press(&mut app, "1");
    let filtered = shown(&mut app, 100, 40);
    assert!(filtered.contains("1 [x]") && filtered != all, "{filtered}");
    press(&mut app, "Tab");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("abgeschaltet"), "{text}");
}

#[test]
fn a_way_becomes_conditions() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("opentalk", Mode::Interview));
    walk(&mut app, 200);
    go_to(&mut app, "dpa_signed");
    press(&mut app, "2 Enter e Tab");
    let text = shown(&mut app, 100, 60);
    assert!(text.contains("Weg 1"), "{text}");
    press(&mut app, "Enter");
    let conditions = &app.desk.sitting.as_ref().unwrap().session().conditions;
    assert!(conditions.keys().any(|id| id.to_string() == "no-dpa"), "{conditions:?}");
    assert!(conditions.values().all(|one| one.change.is_some()));
}

#[test]
fn a_further_question_says_so_and_counts_for_no_progress() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("other", Mode::Interview));
    let before = app.desk.sitting.as_ref().unwrap().progress();
    go_to(&mut app, "data_flows");
    assert!(shown(&mut app, 80, 24).contains("Datenflüsse · Zusatzfrage, darf offen bleiben"));
    press(&mut app, "o");
    assert!(shown(&mut app, 80, 24).contains("nicht geprüft"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Esc 2 Enter");
    let sitting = app.desk.sitting.as_ref().unwrap();
    assert!(sitting.session().answers.contains_key("data_flows"));
    assert_eq!(sitting.progress(), before);
    go_to(&mut app, "recording_used");
    assert!(!shown(&mut app, 80, 24).contains("Zusatzfrage"));
}

/// An interview whose answers cannot be saved: a file stands where the folder should be.
fn blocked<'k>(knowledge: &'k Knowledge, dir: &Path, language: Language) -> App<'k> {
    std::fs::File::create(dir.join("sessions")).unwrap();
    let mut app = app(knowledge, dir, language, new("zoom", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    app.desk.finish_saving();
    assert!(matches!(app.desk.mark, Mark::Failed(_)));
    app
}

fn unblock(dir: &Path) {
    std::fs::remove_file(dir.join("sessions")).unwrap();
}

fn answers_in(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn what_is_not_saved_is_said_in_full_and_tried_again_with_every_change() {
    let knowledge = Knowledge::embedded();
    for (language, mark, remedy) in [
        (Language::De, "✗ nicht gesichert", "nehmen Sie einen anderen"),
        (Language::En, "✗ not saved", "take another place"),
    ] {
        for (width, height) in [(80, 24), (60, 16)] {
            let dir = tempfile::tempdir().unwrap();
            let mut app = blocked(&knowledge, dir.path(), language);
            assert!(shown(&mut app, width, height).lines().next().unwrap().contains(mark));
            press(&mut app, "Ctrl-S");
            let text = shown(&mut app, width, height);
            let flat: String = text.lines().map(|line| line.trim_matches(|c| c == '│' || c == ' ')).collect();
            assert!(flat.contains(dir.path().join("sessions").to_str().unwrap()), "{text}");
            let words = text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(remedy), "{text}");
            press(&mut app, "Esc");
            unblock(dir.path());
            go_to(&mut app, "recording_consent");
            press(&mut app, "1 Enter");
            app.desk.finish_saving();
            assert_eq!(app.desk.mark, Mark::Saved);
            let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
            assert!(answers_in(&path).contains("recording_used") && answers_in(&path).contains("recording_consent"));
            assert!(!shown(&mut app, width, height).contains(mark));
        }
    }
}

#[test]
fn nobody_leaves_unsaved_answers_without_saying_so() {
    let knowledge = Knowledge::embedded();
    for key in ["q", "s", "Ctrl-C"] {
        let dir = tempfile::tempdir().unwrap();
        let mut app = blocked(&knowledge, dir.path(), Language::De);
        press(&mut app, key);
        assert!(!app.quit && matches!(app.top(), Some(Screen::Unsaved(_))), "{key}");
        // Digits that were meant for an answer, and another try, give nothing up.
        press(&mut app, "5 1 Enter q q");
        assert!(!app.quit && app.desk.sitting.is_some(), "{key}");
        assert!(shown(&mut app, 60, 16).contains("Ohne Sichern"), "{}", shown(&mut app, 60, 16));
        press(&mut app, "Esc");
        assert!(matches!(app.top(), Some(Screen::Question(_))));
        press(&mut app, key);
        unblock(dir.path());
        press(&mut app, "Enter");
        assert_eq!(app.quit, key != "s");
        assert_eq!(app.desk.store.list().len(), 1);
        assert!(app.end().is_ok());
    }
}

#[test]
fn unsaved_answers_go_where_the_person_says() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = blocked(&knowledge, dir.path(), Language::En);
    press(&mut app, "q ↓ Enter");
    let there = dir.path().join("mine.ron");
    step(&mut app, [Input::Paste(dir.path().join("nowhere").join("x.ron").to_str().unwrap().into())]);
    press(&mut app, "Enter");
    assert!(!app.quit && shown(&mut app, 80, 24).contains("does not exist"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Esc Enter");
    step(&mut app, [Input::Paste(there.to_str().unwrap().into())]);
    press(&mut app, "Enter");
    assert!(app.quit && app.end().is_ok());
    assert!(answers_in(&there).contains("recording_used"));
}

#[test]
fn leaving_without_saving_is_a_choice_and_says_so() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = blocked(&knowledge, dir.path(), Language::De);
    press(&mut app, "q 5 Enter");
    assert!(app.quit);
    let error = app.end().unwrap_err();
    assert_eq!(error.kind.code(), 6);
    assert!(error.message.contains("Ohne Sichern"), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn who_must_end_leaves_a_rescue_copy() {
    let knowledge = Knowledge::embedded();
    for how in ["key", "signal"] {
        let dir = tempfile::tempdir().unwrap();
        let mut app = blocked(&knowledge, dir.path(), Language::De);
        match how {
            "key" => press(&mut app, "Ctrl-C Ctrl-C"),
            _ => step(&mut app, [Input::End]),
        }
        assert!(app.quit);
        let error = app.end().unwrap_err();
        assert_eq!(error.kind.code(), 6);
        let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
        assert!(error.message.contains(path.to_str().unwrap()), "{error}");
        assert!(answers_in(&path).contains("recording_used"), "{how}");
    }
}

#[test]
fn two_writers_never_overwrite_each_other() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut first = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut first, "recording_used");
    press(&mut first, "1 Enter");
    assert!(first.desk.settle());
    let path = first.desk.sitting.as_ref().unwrap().saved.path.clone();
    let saved = first.desk.store.load(path.to_str().unwrap()).unwrap();
    // As on a share that knows no locks.
    let _ = std::fs::remove_file(path.with_file_name("lock"));
    let mut second = app(&knowledge, dir.path(), Language::De, Start::Open(Box::new(saved)));
    go_to(&mut second, "recording_used");
    press(&mut second, "2 Enter");
    assert!(second.desk.settle());
    let theirs = answers_in(&path);
    go_to(&mut first, "ai_assistant");
    press(&mut first, "1 Enter");
    first.desk.finish_saving();
    assert_eq!(first.desk.mark, Mark::Saved);
    assert_eq!(answers_in(&path), theirs);
    first.desk.notice = None;
    assert!(shown(&mut first, 80, 24).contains("Konfliktkopie"), "{}", shown(&mut first, 80, 24));
    press(&mut first, "Ctrl-S");
    let text = shown(&mut first, 80, 24);
    assert!(text.contains("Jemand anderes hat die Datei") && text.contains("Vergleichen Sie"), "{text}");
    press(&mut first, "Esc q");
    assert!(first.quit && first.end().is_ok());
    let mut third = app(&knowledge, dir.path(), Language::De, Start::Menu);
    assert!(shown(&mut third, 80, 24).contains("Konfliktkopie: Zoom"), "{}", shown(&mut third, 80, 24));
    // A file that somebody removed is there again.
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    go_to(&mut second, "ai_assistant");
    press(&mut second, "1 Enter");
    second.desk.finish_saving();
    assert!(second.desk.notice.as_ref().is_some_and(|notice| notice.contains("war gelöscht")));
    assert!(answers_in(&path).contains("ai_assistant"));
}

#[test]
fn a_paste_that_is_too_long_is_cut_visibly() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "n");
    step(&mut app, [Input::Paste("ä".repeat(freigabe::session::limits::NOTE + 7))]);
    let text = shown(&mut app, 60, 16);
    assert!(text.contains("10000 Zeichen, 7 passten nicht"), "{text}");
    press(&mut app, "Enter Enter");
    let answer = &app.desk.sitting.as_ref().unwrap().session().answers["recording_used"];
    assert_eq!(answer.note.chars().count(), freigabe::session::limits::NOTE);
}

#[test]
fn everything_filled_to_its_cap_can_be_saved() {
    use freigabe::domain::answer::Value;
    use freigabe::session::{Answer, Condition, ConditionId, Evidence, FollowUp, limits};
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    for vendor in knowledge.vendors() {
        let mut app = app(&knowledge, dir.path(), Language::De, new(vendor.id.as_str(), Mode::Interview));
        // One letter in twenty takes two bytes in German.
        let line = "ein Satz zum Aufzählen ".repeat(50).chars().take(limits::LINE).collect::<String>();
        let note = "ein Satz zum Aufzählen ".repeat(1000).chars().take(limits::NOTE).collect::<String>();
        let session = &mut app.desk.sitting.as_mut().unwrap().saved.session;
        (session.subject.team, session.subject.purpose) = (line.clone(), line.clone());
        let bank = knowledge.bank();
        for question in bank.questions().map(|(_, question)| question).chain(&vendor.questions) {
            let evidence = Evidence { title: line.clone(), place: line.clone(), ..Evidence::default() };
            let follow_up =
                FollowUp { owner: line.clone(), question: line.clone(), reply: line.clone(), ..FollowUp::default() };
            let answer = Answer {
                note: note.clone(),
                remark: line.clone(),
                by: line.clone(),
                evidence: vec![evidence],
                follow_up: Some(follow_up),
                ..Answer::new(Value::Unknown)
            };
            session.answers.insert(question.id.clone(), answer);
        }
        for finding in bank.findings() {
            let id = ConditionId::Finding(finding.id.clone());
            let condition =
                Condition { owner: line.clone(), reason: line.clone(), by: line.clone(), ..Condition::default() };
            session.conditions.insert(id, condition);
        }
        app.desk.save();
        assert!(app.desk.settle(), "{}: {:?}", vendor.id, app.desk.fault());
    }
}

/// Files are no larger than a megabyte, but one text may fill them.
#[test]
fn a_text_without_end_freezes_no_screen() {
    let knowledge = Knowledge::embedded();
    for letter in ["x", "漢", "\u{301}", "\u{200b}"] {
        let dir = tempfile::tempdir().unwrap();
        let store = freigabe::session::store::Store::new(dir.path());
        let day = "2026-11-23".parse().unwrap();
        let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1);
        // As long as the file can hold twice, written as the file writes it.
        let long = letter.repeat(450_000 / letter.len().max(letter.escape_debug().count()));
        saved.session.subject.team = long.clone();
        let mut answer = freigabe::session::Answer::new(freigabe::domain::answer::Value::Unknown);
        answer.note = long.clone();
        saved.session.answers.insert("recording_used".try_into().unwrap(), answer);
        store.save(&mut saved).unwrap();
        let begin = std::time::Instant::now();
        let mut app = app(&knowledge, dir.path(), Language::De, Start::Menu);
        shown(&mut app, 80, 24);
        press(&mut app, "1");
        go_to(&mut app, "recording_used");
        for keys in ["", "n", "x", "←", "Esc", "o", "e", "r", "s"] {
            press(&mut app, keys);
            let text = shown(&mut app, 80, 24);
            assert!(text.len() < 80 * 24 * 20, "{letter:?} {keys}: {} bytes", text.len());
        }
        assert!(begin.elapsed() < std::time::Duration::from_secs(10), "{letter:?} took {:?}", begin.elapsed());
    }
}

#[test]
fn the_cursor_of_a_long_note_stays_in_view() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "recording_used");
    press(&mut app, "n");
    for n in 0..60 {
        step(&mut app, [Input::Paste(format!("Zeile {n}\r"))]);
    }
    press(&mut app, "hier");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("hier_") && text.contains("Zeile 59"), "{text}");
}

#[test]
fn what_was_typed_is_kept_whatever_ends_the_program() {
    let knowledge = Knowledge::embedded();
    for end in [Input::End, Input::Key(Key::Named("Ctrl-C"))] {
        let dir = tempfile::tempdir().unwrap();
        let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
        press(&mut app, "Verein");
        app.leave();
        go_to(&mut app, "recording_used");
        press(&mut app, "n halb");
        step(&mut app, [end]);
        app.desk.effects(|_| {});
        app.desk.finish_saving();
        let listed = app.desk.store.list();
        let session = app.desk.store.load(listed[0].path.to_str().unwrap()).unwrap().session;
        assert_eq!(session.subject.controller, "Verein");
        let note = session.answers.iter().find(|(id, _)| **id == *"recording_used").map(|(_, one)| one.note.as_str());
        assert_eq!(note, Some("halb"));
    }
    // Who only looks leaves nothing behind.
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    step(&mut app, [Input::End]);
    app.desk.effects(|_| {});
    app.desk.finish_saving();
    assert!(app.desk.store.list().is_empty());
}

#[test]
fn a_tool_that_the_catalogue_lacks_is_not_judged_as_another() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let store = freigabe::session::store::Store::new(dir.path());
    let mut saved = store.create(Mode::Interview, "nosuch".try_into().unwrap(), "2026-11-23".parse().unwrap(), 1);
    store.save(&mut saved).unwrap();
    let before = answers_in(&saved.path);
    let mut app = app(&knowledge, dir.path(), Language::De, Start::Menu);
    press(&mut app, "1");
    let text = shown(&mut app, 80, 24);
    let words = text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(app.desk.sitting.is_none() && words.contains("„nosuch“ nicht"), "{text}");
    assert!(words.contains("freigabe paths"), "{text}");
    assert_eq!(answers_in(&saved.path), before);
}

#[test]
fn purely_private_use_leaves_no_file_and_an_older_file_does_not_stay_behind() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let store = freigabe::session::store::Store::new(dir.path());
    let mut none = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
    go_to(&mut none, "role");
    press(&mut none, "3 Enter");
    assert!(shown(&mut none, 80, 24).contains("Es wurde keine Datei angelegt"));
    assert!(none.desk.settle() && store.list().is_empty());
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::SelfAssessment));
    go_to(&mut app, "role");
    press(&mut app, "1 Enter");
    assert!(app.desk.settle() && store.list().len() == 1);
    go_to(&mut app, "role");
    press(&mut app, "3 Enter");
    assert!(shown(&mut app, 80, 24).contains("freigabe forget"));
    assert!(app.desk.settle());
    let saved = store.load(&store.list()[0].id).unwrap();
    assert_eq!(
        saved.session.answers,
        app.desk.sitting.as_ref().unwrap().session().answers,
        "the file is not older than the answer"
    );
}
