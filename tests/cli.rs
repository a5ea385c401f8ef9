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
fn whatif_names_actions_and_what_stays() {
    let dir = tempfile::tempdir().unwrap();
    let text = r#"(format: 1, mode: Self, vendor: "zoom", as_of: Some("2026-11-23"), answers: {
        "edition": (value: Choice("paid")), "dpa_signed": (value: Choice("no")),
        "content": (value: Choices(["ordinary"])), "external_use": (value: Choice("no")),
        "recording_used": (value: Choice("no")), "ai_assistant": (value: Choice("no")),
    })"#;
    let path = file(dir.path(), "zoom.ron", text);
    let output = freigabe(dir.path(), &["whatif", &path, "--format", "json", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!((&json["from"], &json["more"]), (&"red".into(), &0.into()));
    let change = &json["paths"][0]["changes"][0];
    assert_eq!(
        (&change["variable"], &change["from"], &change["to"]),
        (&"dpa_signed".into(), &"no".into(), &"yes".into())
    );
    assert_eq!((&change["effort"], &change["findings"][0]), (&2.into(), &"no-dpa".into()));
    assert!(change["action"].as_str().unwrap().starts_with("Sign the processor contract"));
    assert_eq!((&json["paths"][0]["to"], &json["paths"][0]["then"]), (&"yellow".into(), &serde_json::json!([])));
    let stays = json["blocked_by"].as_array().unwrap();
    assert!(stays.iter().all(|one| ["id", "level", "title", "why"].iter().all(|key| one[key].is_string())));
    assert!(json["alternatives"].is_array());

    let german = out(&freigabe(dir.path(), &["whatif", &path, "--lang", "de"]));
    assert!(german.contains("Schließen Sie den AV-Vertrag") && german.contains("Das bleibt"), "{german}");
    // The one sentence that says so may name it.
    let claims = german.replace("Eine Freigabe ist das noch nicht.", "");
    assert!(!claims.contains("Antworten Sie") && !claims.contains("Freigabe"), "{german}");
    assert!(german.lines().all(|line| line.chars().count() <= 90), "{german}");
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
fn files_that_are_no_sessions_are_told_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let whole = |inside: &str| format!("(format: 1, vendor: \"zoom\",\n answers: {{}}, x: {inside})");
    let deep = whole(&format!("{}1{}", "[".repeat(5000), "]".repeat(5000)));
    let mut bytes = whole("\"?\"").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[at] = 0xff;
    let large = whole(&format!("\"{}\"", "x".repeat(1 << 20)));
    let cases = [
        (deep.into_bytes(), ":2:", ["tiefer verschachtelt", "nested deeper"], ["Entfernen Sie", "Remove this"]),
        (bytes, ":2:19:", ["kein UTF-8", "no UTF-8"], ["als UTF-8", "as UTF-8"]),
        (large.into_bytes(), "odd.ron", ["größer als 1 MiB", "larger than 1 MiB"], ["ältere Kopie", "older copy"]),
    ];
    for (bytes, place, messages, remedies) in cases {
        let path = dir.path().join("odd.ron");
        std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), &bytes).unwrap();
        for (lang, message, remedy) in [("de", messages[0], remedies[0]), ("en", messages[1], remedies[1])] {
            let output = freigabe(dir.path(), &["evaluate", path.to_str().unwrap(), "--lang", lang]);
            assert_eq!(output.status.code(), Some(3));
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains(place) && error.contains(message) && error.contains(remedy), "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn broken_settings_are_told_once_and_the_command_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "zoom.ron", SESSION);
    let config = dir.path().join("freigabe");
    std::fs::create_dir_all(&config).unwrap();
    file(&config, "config.ron", "(language: De,\n theme: \u{1b}Neon)");
    for (lang, remedy) in [("de", "berichtigen oder löschen"), ("en", "correct or remove")] {
        let output = freigabe(dir.path(), &["evaluate", &path, "--format", "json", "--lang", lang]);
        assert_eq!(output.status.code(), Some(0));
        assert!(serde_json::from_str::<serde_json::Value>(&out(&output)).is_ok());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains("config.ron:2:") && told.contains(remedy) && !told.contains('\u{1b}'), "{told}");
    }
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

/// The way a session is judged over time, against other tools and without law, each as text and as JSON.
#[test]
fn timeline_compare_and_stress() {
    let dir = tempfile::tempdir().unwrap();
    let text = r#"(
    format: 1, mode: Interview, vendor: "zoom", as_of: Some("2020-03-31"),
    answers: {
        "edition": (value: Choice("paid")), "hosting_country": (value: Countries(["US"])),
        "access_countries": (value: Countries([])), "certified": (value: Choice("yes")),
        "transfer_safeguard": (value: Choice("none")), "dpa_signed": (value: Choice("yes")),
        "attention_tracking": (value: Choice("off")),
    },
)"#;
    let path = file(dir.path(), "zoom.ron", text);
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = freigabe(dir.path(), &[arguments, &["--format", "json", "--lang", "en"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&out(&output)).unwrap()
    };

    let timeline = json(&["timeline", &path]);
    let segments = timeline["segments"].as_array().unwrap();
    assert_eq!(segments[0]["from"], "2015-01-01");
    assert!(segments.last().unwrap()["until"].as_str().unwrap() >= "2027-12-31");
    let fall = segments.iter().find(|one| one["from"] == "2020-07-16").unwrap();
    assert_eq!(fall["verdict"], "red");
    let because = &fall["because"][0];
    assert_eq!(
        (&because["id"], &because["kind"], &because["event"]),
        (&"privacy-shield".into(), &"instrument".into(), &"ended".into())
    );
    assert!(because["reference"].as_str().unwrap().contains("C-311/18"));
    assert!(fall["findings"].as_array().unwrap().iter().any(|one| one["id"] == "no-transfer-basis"));

    let compared = json(&["compare", &path, "--as-of", "2026-11-23"]);
    let rows = compared["rows"].as_array().unwrap();
    assert!(rows.len() > 25);
    let ended = rows.iter().find(|row| row["vendor"] == "hangouts" && row["edition"] == "workspace").unwrap();
    assert_eq!(ended["verdict"], "red");
    assert!(ended["findings"].as_array().unwrap().contains(&"product-discontinued".into()));
    let own = json(&["compare", &path, "--as-of", "2026-11-23", "--self-hosted"]);
    assert!(own["rows"].as_array().unwrap().iter().all(|row| row["traits"]["self_hosted"] != "no"));

    let stressed = json(&["stress", &path, "--without", "privacy-shield"]);
    assert_eq!(stressed["without"][0], "privacy-shield");
    assert_eq!((&stressed["before"], &stressed["after"]), (&"open".into(), &"red".into()));
    assert!(stressed["changed"].as_array().unwrap().iter().any(|one| one["id"] == "no-transfer-basis"));
    let each = json(&["stress", &path]);
    assert_eq!(each["instruments"][0]["without"][0], "privacy-shield");
}

#[test]
fn stress_of_a_folder_passes_over_damaged_files() {
    let dir = tempfile::tempdir().unwrap();
    let sessions = dir.path().join("sent");
    std::fs::create_dir_all(sessions.join("one")).unwrap();
    file(&sessions.join("one"), "session.ron", SESSION);
    file(&sessions, "a.ron", SESSION);
    file(&sessions, "damaged.ron", "(");
    let sent = sessions.to_str().unwrap();
    let output = freigabe(dir.path(), &["stress", sent, "--without", "dpf", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let all = json["sessions"].as_array().unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all.iter().filter(|one| one["error"].is_string()).count(), 1);
    assert!(all.iter().filter(|one| one["before"] == "red" && one["without"][0] == "dpf").count() == 2);
    for (name, hint) in [("dpff", "`dpf`"), ("uk", "`uk-bridge`"), ("zzzzzz", "`privacy-shield`")] {
        let output = freigabe(dir.path(), &["stress", sent, "--without", name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(hint), "{name}");
    }
    let none = freigabe(dir.path(), &["stress"]);
    assert_eq!(none.status.code(), Some(0), "no saved session is no fault: {none:?}");
}

#[test]
fn the_three_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "zoom.ron", &SESSION.replace("Interview", "Self"));
    for lang in ["de", "en"] {
        for arguments in [&["timeline", &path][..], &["compare", &path], &["stress", &path, "--without", "dpf"]] {
            let output = freigabe(dir.path(), &[arguments, &["--lang", lang]].concat());
            let text = out(&output);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}");
            assert!(text.contains("Zoom") && !text.contains("ui-") && !text.contains('\u{1b}'), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
            assert!(!text.contains("Freigabe"), "the word is not for a self-assessment: {text}");
        }
    }
}

/// A full device is said, a reader that has gone away is not; neither is a panic.
#[cfg(target_os = "linux")]
#[test]
fn output_that_goes_nowhere_is_no_panic() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "zoom.ron", SESSION);
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    let all: [&[&str]; 7] = [
        &["--help"],
        &["--version"],
        &["evaluate", &path],
        &["docs", "questions"],
        &["vendors"],
        &["paths"],
        &["evaluate", &path, "--format", "json"],
    ];
    let program = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_freigabe"));
        program.args(arguments).env("FREIGABE_DATA_DIR", dir.path()).env("HOME", dir.path());
        program
    };
    for arguments in all {
        let output = program(arguments).stdout(full()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{arguments:?}: {said}");
        let output = program(arguments).stdout(closed()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
    for (arguments, code) in [(&["evaluate", "nowhere"][..], 1), (&["--nonsense"], 2), (&[], 2)] {
        assert_eq!(program(arguments).stderr(full()).status().unwrap().code(), Some(code), "{arguments:?}");
        assert_eq!(program(arguments).stderr(closed()).status().unwrap().code(), Some(code), "{arguments:?}");
    }
}
