//! Foreign text reaches no terminal raw: whatever a file, a name or an argument holds, and whatever the command.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::process::{Command, Output};

/// ESC, a right-to-left override, a zero-width space, a tag character and the one-byte CSI of C1.
const HOSTILE: &str = "a\u{1b}[2Jb\u{202e}c\u{200b}d\u{e0041}e\u{9b}f";

fn freigabe(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(arguments)
        .env("FREIGABE_DATA_DIR", dir.join(HOSTILE))
        .env("HOME", dir)
        .env("XDG_CONFIG_HOME", dir.join(HOSTILE))
        .output()
        .unwrap()
}

fn write(path: &Path, text: &str) -> String {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::io::Write::write_all(&mut std::fs::File::create(path).unwrap(), text.as_bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn session(dir: &Path) -> String {
    let text = r#"(
    format: 1, mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    subject: (title: "@", controller: "@", team: "@", purpose: "@", interviewer: "@", respondents: ["@"], file_number: "@"),
    answers: {
        "edition": (value: Choice("paid"), by: "@", note: "@"),
        "dpa_signed": (value: Choice("no"), by: "@", evidence: [(title: "@", place: "@")], follow_up: Some((owner: "@"))),
        "@": (value: Choice("@")),
        "own_purposes": (value: Text("@")),
    },
    conditions: { "no-dpa": (state: Accepted, owner: "@", reason: "@", by: "@") },
    departures: { "no-dpa": (level: Some(Yellow), reason: "@", by: "@") },
    "@": "@",
)"#;
    let path = dir.join(HOSTILE).join(format!("{HOSTILE}.ron"));
    write(&path, &text.replace("    \"@\": \"@\",\n", "").replace('@', HOSTILE))
}

fn assert_harmless(output: &Output, arguments: &[&str]) {
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let raw = text.chars().find(|c| *c != '\n' && freigabe::sanitise::is_hidden(*c));
        assert_eq!(raw, None, "{stream} of {arguments:?}:\n{text:?}");
    }
}

#[test]
fn no_command_prints_foreign_text_raw() {
    let dir = tempfile::tempdir().unwrap();
    let path = session(dir.path());
    let folder = dir.path().join(HOSTILE).to_str().unwrap().to_owned();
    let absent = dir.path().join(format!("x{HOSTILE}")).to_str().unwrap().to_owned();
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for format in ["text", "json"] {
        for command in ["evaluate", "whatif", "timeline", "compare", "stress", "verify"] {
            for what in [path.as_str(), &folder, &absent, HOSTILE] {
                runs.push(vec![command, what, "--format", format]);
            }
        }
        runs.push(vec!["stress", &path, "--without", HOSTILE, "--format", format]);
    }
    for what in [path.as_str(), &folder, &absent, HOSTILE] {
        runs.extend([vec!["check", what], vec!["vendors", what], vec!["open", what], vec!["new", "--vendor", what]]);
    }
    let shown = [vec!["paths"], vec!["vendors"], vec!["vendors", "zoom"], vec!["check"], vec!["docs", "questions"]];
    runs.extend(shown);
    let wrong = [vec![HOSTILE], vec!["docs", HOSTILE], vec!["--lang", HOSTILE, "paths"], vec!["--as-of", HOSTILE]];
    runs.extend(wrong);
    runs.extend([vec!["docs", "keys"], vec!["paths", HOSTILE], vec!["evaluate", &path, "--format", HOSTILE]]);
    for arguments in runs {
        assert_harmless(&freigabe(dir.path(), &arguments), &arguments);
    }
    let paths = freigabe(dir.path(), &["paths"]);
    assert!(String::from_utf8(paths.stdout).unwrap().contains("c⟨U+200B⟩d⟨U+E0041⟩e⟨U+009B⟩f"));
    let usage = freigabe(dir.path(), &[HOSTILE]);
    assert_eq!(usage.status.code(), Some(2));
    assert!(String::from_utf8(usage.stderr).unwrap().contains("b⟨U+202E⟩c⟨U+200B⟩d"));
}

#[test]
fn a_fault_in_own_data_is_shown_harmless() {
    let dir = tempfile::tempdir().unwrap();
    let own = dir.path().join(HOSTILE).join("freigabe");
    write(&own.join("vendors").join(format!("{HOSTILE}.ron")), &format!("(id: \"{HOSTILE}\", {HOSTILE}: 1)"));
    write(
        &own.join("questions").join("x.ron"),
        &format!("(id: \"own\", title: (de: \"{HOSTILE}\", en: \"{HOSTILE}\"), self_position: 1)"),
    );
    write(&own.join("config.ron"), &format!("(language: {HOSTILE})"));
    for arguments in [&["check"][..], &["vendors"], &["docs", "questions"], &["check", own.to_str().unwrap()]] {
        let output = freigabe(dir.path(), arguments);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        assert_harmless(&output, arguments);
    }
}

#[test]
fn a_value_of_many_equal_or_unknown_ids_stays_short() {
    let dir = tempfile::tempdir().unwrap();
    let many = |one: &str| vec![one; 100_000].join(",");
    let unknown: Vec<String> = (0..20_000).map(|n| format!("\"x{n}\": (value: Choice(\"x\")),")).collect();
    let answers = [
        format!("\"hosting_country\": (value: Countries([{}]))", many("\"US\"")),
        format!("\"content\": (value: Choices([{}]))", many("\"x\"")),
        unknown.concat(),
    ];
    for answers in answers {
        let text = format!(
            r#"(format: 1, mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"), answers: {{{answers}}})"#
        );
        let path = write(&dir.path().join("many.ron"), &text);
        for command in ["evaluate", "whatif", "timeline", "compare", "stress"] {
            for format in ["text", "json"] {
                let output = freigabe(dir.path(), &[command, &path, "--format", format]);
                assert_eq!(output.status.code(), Some(0), "{command} {format}");
                assert!(output.stdout.len() < 400_000, "{command} {format}: {}", output.stdout.len());
            }
        }
    }
}

#[test]
fn what_is_no_data_file_is_refused_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(&dir.path().join("file"), "x");
    let empty = dir.path().to_str().unwrap();
    for (what, code, message) in [
        (file.as_str(), 3, "not a folder"),
        ("/no/such/folder", 3, "there is no such folder"),
        (empty, 3, "there are no data files"),
    ] {
        let output = freigabe(dir.path(), &["check", what]);
        assert_eq!(output.status.code(), Some(code), "{what}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(message) && text.contains(what), "{text}");
    }
    let output = freigabe(dir.path(), &["evaluate", empty]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("folder without an assessment"));
}
