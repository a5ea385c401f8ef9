//! The register as a script meets it: tables, CSV, NDJSON, JSON, and what has flipped.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::process::{Command, Output};

use freigabe::report::register::FIELDS;
use serde_json::Value as Json;

/// Certified under the scheme of 2019, decided and sealed then.
const CLEARED: &str = r#"(
    format: 1, mode: Interview, vendor: "zoom", as_of: Some("2019-05-01"),
    subject: (title: "=cmd|' /C calc'!A0", team: "Vertrieb; Übersee", purpose: "Termine \"draußen\"", controller: "Muster GmbH"),
    answers: {
        "certified": (value: Choice("yes")),
        "dpa_signed": (value: Choice("yes"), follow_up: Some((owner: "IT-Leitung", due: Some("2020-01-01")))),
        "edition": (value: Choice("paid")),
        "hosting_country": (value: Countries(["US"])),
        "transfer_safeguard": (value: Choice("none")),
    },
    decision: Some((kind: Granted, by: "Geschäftsführung")),
    seals: [(revision: 1, on: Some("2019-05-01"), verdict: Green, best: Green, worst: Green, content: "CONTENT")],
)"#;

const DRAFT: &str = r#"(format: 1, mode: Self, vendor: "teams", as_of: Some("2026-11-23"), answers: {})"#;

fn freigabe(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(["register"])
        .args(arguments)
        .args(["--data-dir", dir.to_str().unwrap()])
        .env("HOME", dir)
        .env("XDG_CONFIG_HOME", dir)
        .output()
        .unwrap()
}

fn put(dir: &Path, name: &str, text: &str) {
    let folder = dir.join("sessions").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut file = std::fs::File::create(folder.join("session.ron")).unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
}

/// A client with a clearance, a draft and a damaged file.
fn client() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let id = freigabe::session::SessionId::parse("a-cleared").unwrap();
    let session = freigabe::session::file::read(CLEARED, &id).unwrap();
    let content = freigabe::session::signoff::content(&session);
    put(dir.path(), "a-cleared", &CLEARED.replace("CONTENT", &content));
    put(dir.path(), "b-draft", DRAFT);
    put(dir.path(), "c-damaged", "(format: 1,");
    dir
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn lines(dir: &Path, arguments: &[&str]) -> Vec<Json> {
    let text = out(&freigabe(dir, &[&["--format", "ndjson", "--as-of", "2026-11-23"], arguments].concat()));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_of_ndjson_has_the_documented_fields() {
    let dir = client();
    let lines = lines(dir.path(), &["--sort", "session"]);
    assert_eq!(lines.len(), 3);
    for line in &lines {
        let mut names: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        let mut expected = FIELDS.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected);
    }
    let documented = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for field in FIELDS {
        assert!(documented.contains(&format!("`{field}`")), "README.md says nothing of `{field}`");
    }
    let cleared = &lines[0];
    assert_eq!(
        (&cleared["session"], &cleared["vendor"], &cleared["state"]),
        (&"a-cleared".into(), &"zoom".into(), &"signed".into())
    );
    assert_eq!((&cleared["verdict_then"], &cleared["flipped"]), (&"green".into(), &true.into()));
    assert_eq!((&cleared["follow_ups"], &cleared["due_next"]), (&1.into(), &"2020-01-01".into()));
    assert_eq!((&cleared["decision"], &cleared["as_of"]), (&"granted".into(), &"2026-11-23".into()));
    assert_eq!(
        (&lines[1]["mode"], &lines[1]["edition"], &lines[1]["state"]),
        (&"self".into(), &Json::Null, &"draft".into())
    );
    assert_eq!(lines[2]["session"], "c-damaged");
    assert!(lines[2]["fault"].as_str().unwrap().contains("c-damaged"), "{}", lines[2]["fault"]);
}

#[test]
fn flipped_clearances_come_with_their_causes() {
    let dir = client();
    let lines = lines(dir.path(), &["--flipped", "--lang", "de"]);
    assert_eq!(lines.len(), 1);
    let causes: Vec<&str> = lines[0]["causes"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(causes.iter().any(|cause| cause.contains("16.07.2020") || cause.contains("Fragen, Regeln")), "{causes:?}");
}

#[test]
fn filters_leave_out_what_does_not_fit() {
    let dir = client();
    let sessions = |arguments: &[&str]| -> Vec<String> {
        lines(dir.path(), arguments).iter().map(|line| line["session"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(sessions(&["--tool", "teams"]), ["b-draft"]);
    assert_eq!(sessions(&["--team", "übersee"]), ["a-cleared"]);
    assert_eq!(sessions(&["--state", "draft"]), ["b-draft"]);
    assert_eq!(sessions(&["--search", "draußen vertrieb"]), ["a-cleared"]);
    assert_eq!(sessions(&["--due-before", "2020-01-02"]), ["a-cleared"]);
    assert_eq!(sessions(&["--shelf", "archived"]), [""; 0]);
    let wrong = freigabe(dir.path(), &["--sort", "nonsense"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("due_next"));
}

#[test]
fn csv_for_a_spreadsheet_and_for_a_standard() {
    let dir = client();
    let german = out(&freigabe(dir.path(), &["--format", "csv", "--lang", "de", "--as-of", "2026-11-23"]));
    let head = german.lines().next().unwrap();
    assert!(head.starts_with("\u{feff}Kennung;Kopie;") && german.contains("\r\n"));
    assert!(german.contains("\"Vertrieb; Übersee\"") && german.contains("\"Termine \"\"draußen\"\"\""));
    assert!(german.contains("'=cmd") && !german.contains(";=cmd"), "{german}");
    assert!(german.contains(";01.01.2020;"));
    let standard = out(&freigabe(dir.path(), &["--format", "csv", "--csv-standard", "--as-of", "2026-11-23"]));
    assert_eq!(standard.lines().next().unwrap(), FIELDS.join(","));
    assert!(standard.contains(",2020-01-01,") && !standard.contains(",=cmd"));
}

#[test]
fn a_table_a_json_object_and_a_file_that_stays() {
    let dir = client();
    let table = out(&freigabe(dir.path(), &["--lang", "de"]));
    assert!(table.contains("Zoom") && table.contains("Entwurf") && table.contains("✗ c-damaged"), "{table}");
    let json: Json = serde_json::from_str(&out(&freigabe(dir.path(), &["--format", "json"]))).unwrap();
    assert_eq!((json["format"].as_u64(), json["sessions"].as_array().unwrap().len()), (Some(1), 3));
    let file = dir.path().join("register.csv");
    let to = ["--format", "csv", "-o", file.to_str().unwrap()];
    out(&freigabe(dir.path(), &to));
    let before = std::fs::read(&file).unwrap();
    assert!(before.starts_with("\u{feff}".as_bytes()));
    assert!(!freigabe(dir.path(), &[&to[..], &["--tool", "zoom"]].concat()).status.success());
    assert_eq!(std::fs::read(&file).unwrap(), before);
    out(&freigabe(dir.path(), &[&to[..], &["--tool", "zoom", "--force"]].concat()));
    assert!(std::fs::read(&file).unwrap().len() < before.len());
    let inside = dir.path().join("sessions").join("x.csv");
    assert!(!freigabe(dir.path(), &["-o", inside.to_str().unwrap()]).status.success());
}
