//! The program as a script meets it: output, exit codes, and files that must not change.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::process::{Command, Output};

const SESSION: &str = r#"(
    format: 1, mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    answers: {
        "edition": (value: Choice("paid")),
        "dpa_signed": (value: Choice("no"), by: "IT-Leitung"),
        "from_the_future": (value: Scale(3)),
    },
)"#;

fn freigabe(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(arguments)
        .env("FREIGABE_DATA_DIR", dir)
        .env("HOME", dir)
        .env("XDG_CONFIG_HOME", dir)
        .output()
        .unwrap()
}

fn file(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn evaluate_as_json_and_with_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "zoom.ron", SESSION);
    let output = freigabe(dir.path(), &["evaluate", &path, "--format", "json", "--exit-code", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(20));
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!((&json["verdict"], &json["best"], &json["worst"]), (&"red".into(), &"red".into(), &"red".into()));
    assert_eq!((&json["vendor"], &json["edition"]), (&"zoom".into(), &"paid".into()));
    assert_eq!(json["as_of"], "2026-11-23");
    let no_dpa = json["findings"].as_array().unwrap().iter().find(|one| one["id"] == "no-dpa").unwrap();
    assert_eq!((&no_dpa["level"], &no_dpa["truth"]), (&"red".into(), &"yes".into()));
    assert_eq!(no_dpa["references"][0], "Art. 28(3) GDPR");
    assert!(
        no_dpa["because"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["variable"] == "dpa_signed" && one["from"] == "answer")
    );
    assert!(json["not_understood"].as_array().unwrap().iter().any(|one| one == "answers.from_the_future.value"));
    for key in ["unanswered", "deciding", "left_to_dpo", "asked"] {
        assert!(json[key].is_array(), "{key}");
    }
}

#[test]
fn the_day_changes_the_verdict() {
    let dir = tempfile::tempdir().unwrap();
    let text = r#"(format: 1, mode: Self, vendor: "zoom", answers: { "attention_tracking": (value: Unknown) })"#;
    let path = file(dir.path(), "zoom.ron", text);
    let fired = |day: &str| {
        let output = freigabe(dir.path(), &["evaluate", &path, "--format", "json", "--as-of", day]);
        out(&output).contains("\"attention-tracking\"")
    };
    assert!(fired("2020-03-31"));
    assert!(!fired("2020-04-02"));
}

#[test]
fn bad_files_say_where_and_stay_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let cases = [
        ("(format: 1,\n vendor: \"zoom\",\n answers: { \"a\": (value: Choice(\"x\") }\n)", 3, ":3:"),
        ("(format: 2, vendor: \"zoom\", answers: {})", 4, "format 2"),
        ("\u{1b}[2J(", 3, ":1:"),
        ("", 3, ":1:1"),
    ];
    for (text, code, message) in cases {
        let path = file(dir.path(), "bad.ron", text);
        let output = freigabe(dir.path(), &["evaluate", &path]);
        assert_eq!(output.status.code(), Some(code), "{text}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(message) && error.contains("hint:") && !error.contains('\u{1b}'), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    let output = freigabe(dir.path(), &["evaluate", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn without_a_terminal_one_sentence_and_no_escape_codes() {
    let dir = tempfile::tempdir().unwrap();
    for arguments in [&[][..], &["new", "--vendor", "zoom"]] {
        let output = freigabe(dir.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(!error.contains('\u{1b}') && output.stdout.is_empty());
    }
}

#[test]
fn the_other_commands_answer() {
    let dir = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["check"][..], "0 problems"),
        (&["vendors"], "zoom"),
        (&["vendors", "teams"], "Microsoft"),
        (&["paths"], "sessions"),
        (&["docs", "questions"], "`dpa_signed`"),
        (&["docs", "keys"], "`F1`"),
        (&["--help"], "evaluate"),
    ] {
        let output = freigabe(dir.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(out(&output).contains(expected), "{arguments:?}");
    }
    assert_eq!(freigabe(dir.path(), &["new", "--vendor", "nosuchtool"]).status.code(), Some(2));
}
