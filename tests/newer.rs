//! Sessions that were answered with other questions than the present ones.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/screens.rs"]
mod screens;

use std::io::Write;
use std::path::{Path, PathBuf};

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::history::Kind;
use freigabe::session::store::{ReadOnly, Store};
use freigabe::tui::screens::Screen;
use freigabe::tui::{App, Start};
use screens::{app, go_to, new, press, restarted, session, shown};

/// A session with two answers, its text changed as `change` says.
fn answered(knowledge: &Knowledge, dir: &Path, change: impl FnOnce(&str) -> String) -> PathBuf {
    let mut app = app(knowledge, dir, Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "1 Enter");
    go_to(&mut app, "recording_used");
    press(&mut app, "2 Enter");
    assert!(app.desk.settle());
    let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    let text = std::fs::read_to_string(path).unwrap();
    let path = dir.join("changed.ron");
    // Without a first line that tells a sum of the rest, which no longer holds.
    let text = text.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n");
    std::fs::File::create(&path).unwrap().write_all(change(&text).as_bytes()).unwrap();
    path
}

fn open<'k>(knowledge: &'k Knowledge, dir: &Path, path: &Path, language: Language) -> App<'k> {
    let saved = Store::new(dir).load(path.to_str().unwrap()).unwrap();
    app(knowledge, dir, language, Start::Open(Box::new(saved)))
}

/// The text after a mark, up to the next quotation mark.
fn after<'t>(text: &'t str, mark: &str) -> &'t str {
    text.split_once(mark).unwrap().1.split('"').next().unwrap()
}

/// As if all questions were others, and that of the contract had another wording.
fn other_contract(text: &str) -> String {
    let hash = after(text, "hash: \"").to_owned();
    let contract = text.split_once("\"dpa_signed\": (").unwrap().1.to_owned();
    let (question, wording) = (after(&contract, "asked: (\""), after(&contract, "\", \""));
    let words = after(text, &format!("\"{wording}\": \"")).to_owned();
    text.replace(&hash, "0000")
        .replace(question, "1111")
        .replace(&words, "Alter \\u{202e}Wortlaut")
        .replace("\"ai_assistant\", ", "")
}

#[test]
fn an_answer_tells_its_question_and_the_words_that_were_read() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), str::to_owned);
    let mut app = open(&knowledge, dir.path(), &path, Language::De);
    shown(&mut app, 80, 24);
    assert!(matches!(app.top(), Some(Screen::Question(_))));
    let (session, bank) = (session(&app), knowledge.bank());
    let set = session.questions.as_ref().unwrap();
    for id in ["dpa_signed", "recording_used"] {
        let (question, asked) = (bank.question(&id.try_into().unwrap()).unwrap(), session.answers[id].asked.as_ref());
        assert_eq!(asked.unwrap().question, freigabe::session::pinned::hash_of(question));
        let words = question.text.de.replace("{vendor}", "Zoom");
        assert_eq!(set.wording(asked.unwrap()), Some(words.as_str()));
    }
    assert!(set.all.len() > 30 && set.all.contains("ai_assistant") && set.id == "freigabe", "{set:?}");
}

#[test]
fn other_questions_are_told_and_nothing_changes_before_somebody_has_said_so() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), other_contract);
    let before = std::fs::read(&path).unwrap();
    for (language, words) in [
        (Language::De, ["Die Fragen haben sich geändert", "bisher: Alter ⟨U+202E⟩Wortlaut", "jetzt: ", "Neue Fragen"]),
        (Language::En, ["The questions have changed", "before: Alter ⟨U+202E⟩Wortlaut", "now: ", "New questions"]),
    ] {
        let mut app = open(&knowledge, dir.path(), &path, language);
        let text = shown(&mut app, 100, 40);
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
        assert_eq!(app.desk.sitting.as_ref().unwrap().saved.read_only, Some(ReadOnly::OtherQuestions));
        press(&mut app, "Esc");
        // Whatever is tried: nothing changes, and the reason comes back.
        for (id, keys) in [
            ("recording_used", "1"),
            ("dpa_signed", "x"),
            ("dpa_signed", "u"),
            ("dpa_signed", "n"),
            ("dpa_signed", "v r"),
            ("dpa_signed", "Ctrl-S"),
        ] {
            go_to(&mut app, id);
            press(&mut app, keys);
            assert!(matches!(app.top(), Some(Screen::Newer(_))), "{keys}: {}", shown(&mut app, 80, 24));
        }
        app.leave();
        assert!(app.desk.settle());
        assert_eq!(session(&app).history.len(), 2);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn keys_that_come_before_the_first_frame_change_nothing_either() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), other_contract);
    let mut app = open(&knowledge, dir.path(), &path, Language::De);
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    assert!(matches!(session(&app).answers["recording_used"].value, Value::Choice(ref one) if *one == "no"));
    assert_eq!(app.desk.sitting.as_ref().unwrap().saved.read_only, Some(ReadOnly::OtherQuestions), "nobody has agreed");
}

#[test]
fn who_goes_on_is_asked_once_and_the_history_says_so() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), other_contract);
    let mut app = open(&knowledge, dir.path(), &path, Language::De);
    shown(&mut app, 80, 24);
    press(&mut app, "↓ Enter");
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    assert!(matches!(session(&app).answers["recording_used"].value, Value::Choice(ref one) if *one == "yes"));
    let mut app = restarted(app, &knowledge, dir.path(), Language::De);
    let text = shown(&mut app, 80, 24);
    assert!(!matches!(app.top(), Some(Screen::Newer(_))), "{text}");
    let kinds: Vec<Kind> = session(&app).history.entries().map(|(_, entry)| entry.kind).collect();
    assert_eq!(kinds, [Kind::Change, Kind::Change, Kind::Questions, Kind::Change]);
    go_to(&mut app, "dpa_signed");
    press(&mut app, "v");
    assert!(shown(&mut app, 80, 24).contains("Mit neueren Fragen fortgesetzt"));
    // What was said before the step can still be taken back.
    press(&mut app, "u u u");
    assert!(session(&app).answers.is_empty());
}

#[test]
fn other_questions_that_nobody_answered_are_only_mentioned() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), |text| {
        let hash = after(text, "hash: \"").to_owned();
        text.replace(&hash, "0000")
    });
    let mut app = open(&knowledge, dir.path(), &path, Language::De);
    let text = shown(&mut app, 100, 24);
    assert!(text.contains("Der Fragebogen ist neuer"), "{text}");
    go_to(&mut app, "recording_used");
    press(&mut app, "1 Enter");
    assert!(matches!(session(&app).answers["recording_used"].value, Value::Choice(ref one) if *one == "yes"));
    let mut app = restarted(app, &knowledge, dir.path(), Language::De);
    let text = shown(&mut app, 100, 24);
    assert!(!text.contains("Der Fragebogen ist neuer"), "{text}");
    let told = session(&app).history.entries().filter(|(_, entry)| entry.kind == Kind::Questions).count();
    assert_eq!(told, 1);
}

#[test]
fn gone_questions_and_choices_are_named() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), |text| {
        let gone = "\"bygone\": (value: Choice(\"x\"), asked: (\"1\", \"2\")),\n";
        other_contract(text).replacen("answers: {\n", &format!("answers: {{\n{gone}"), 1).replacen(
            "\"yes\"",
            "\"maybe\"",
            1,
        )
    });
    let mut app = open(&knowledge, dir.path(), &path, Language::De);
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("gibt es nicht mehr") && text.contains("„Weiß ich nicht“: maybe"), "{text}");
    for width in [0, 39, 40, 60, 80, 110, 200] {
        for height in [0, 11, 12, 16, 24, 60] {
            shown(&mut app, width, height);
            press(&mut app, "↓ PgDn ↑ ↑");
        }
    }
}

#[test]
fn evaluation_and_record_say_which_questions_read_otherwise_now() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let path = answered(&knowledge, dir.path(), other_contract).to_string_lossy().into_owned();
    let run = |arguments: &[&str]| {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_freigabe"))
            .args(["--lang", "de", "--data-dir", dir.path().to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap();
        assert!(program.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&program.stderr));
        String::from_utf8(program.stdout).unwrap()
    };
    let told = "Seit der Antwort anders gefragt";
    let changed = |path: &str| {
        let json: serde_json::Value = serde_json::from_str(&run(&["evaluate", path, "--format", "json"])).unwrap();
        json["changed_questions"].clone()
    };
    assert_eq!(changed(&path), serde_json::json!(["dpa_signed"]));
    for arguments in [["evaluate", &path, "--format", "text"], ["report", &path, "--format", "md"]] {
        let text = run(&arguments);
        assert!(text.contains(told), "{arguments:?}: {text}");
    }
    // As it is asked now there is nothing to say.
    let path = answered(&knowledge, dir.path(), str::to_owned).to_string_lossy().into_owned();
    assert_eq!(changed(&path), serde_json::json!([]));
    assert!(!run(&["evaluate", &path]).contains(told));
}
