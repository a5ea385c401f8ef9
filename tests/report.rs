//! The record as a paper: complete, the same each time, nothing active, nothing overwritten.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::process::{Command, Output};

const SESSION: &str = r#"(
    format: 1, id: "01TEST", mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    subject: (title: "Kundentermine", controller: "Muster GmbH", team: "Vertrieb <b>Nord</b>", purpose: "Beratung",
        interviewer: "Datenschutz", respondents: ["IT-Leitung", "Vertriebsleitung"]),
    answers: {
        "edition": (value: Choice("paid")),
        "dpa_signed": (value: Choice("no"), by: "IT-Leitung", on: Some("2026-11-20"), note: "laut Einkauf\nseit Mai"),
        "external_use": (value: Choice("yes"), evidence: [(title: "Einladung | Muster", date: Some("2026-10-01"), place: "Akte 7")]),
        "recording_used": (value: Unknown, follow_up: Some((owner: "IT", due: Some("2026-12-01")))),
        "content": (value: Choices(["ordinary"]), note: "<script>alert(1)</script> =1+1"),
    },
    conditions: { "no-dpa": (owner: "Einkauf", due: Some("2026-12-15")) },
    departures: { "external-not-informed": (level: None, reason: "steht im Vertrag", by: "Datenschutz", on: Some("2026-11-21")) },
)"#;

fn freigabe(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(arguments)
        .current_dir(dir)
        .env("FREIGABE_DATA_DIR", dir)
        .env("HOME", dir)
        .env("XDG_CONFIG_HOME", dir)
        .output()
        .unwrap()
}

fn session(dir: &Path) -> String {
    let path = dir.join("s.ron");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), SESSION.as_bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a page shows, and what a Markdown reader shows: without tags and escapes.
fn shown(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page.split_once("<main>").unwrap().1;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once('>').unwrap().1;
    }
    for (mark, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(mark, c);
    }
    out
}

#[test]
fn both_forms_say_the_same_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let path = session(dir.path());
    for language in ["de", "en"] {
        let run = |format| text(&freigabe(dir.path(), &["report", &path, "--format", format, "--lang", language]));
        let (page, plain) = (run("html"), run("md"));
        assert_eq!(page, run("html"));
        assert_eq!(plain, run("md"));
        let page = shown(&page);
        let plain = plain.replace('\\', "").replace("<br>", " ");
        let said = [
            "Muster GmbH",
            "Vertrieb <b>Nord</b>",
            "Beratung",
            "IT-Leitung; Vertriebsleitung",
            "laut Einkauf",
            "seit Mai",
            "Einladung | Muster",
            "Akte 7",
            "<script>alert(1)</script> =1+1",
            "Einkauf",
            "steht im Vertrag",
            "2026",
        ];
        for fact in said {
            assert!(page.contains(fact), "{language} page: {fact}");
            assert!(plain.contains(fact), "{language} Markdown: {fact}");
        }
        // Every word of the page stands in the Markdown too.
        let missing: Vec<&str> =
            page.split_whitespace().filter(|word| word.len() > 3 && !plain.contains(word)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn every_section_is_there_and_empty_ones_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = session(dir.path());
    let plain = text(&freigabe(dir.path(), &["report", &path, "--lang", "de"]));
    let headings: Vec<&str> = plain.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let expected = [
        "Angaben zur Prüfung",
        "Ergebnis",
        "Sachverhalt",
        "Bewertung Punkt für Punkt",
        "Abweichungen von der Bewertung des Programms",
        "Auflagen",
        "Angehört",
        "Stellungnahme des Datenschutzes",
        "Entscheidung der verantwortlichen Stelle",
        "Siegel",
        "Offene Punkte",
        "Nicht geprüft",
        "Anlagen (Belege)",
        "Stand von Recht und Angaben",
    ];
    assert_eq!(headings, expected);
    assert!(plain.contains("Durch Unterlagen belegt: 1 · angegeben: 3"), "{plain}");
    assert!(plain.contains("IT | 01.12.2026"), "{plain}");
    let own = dir.path().join("bare.ron");
    let bare = r#"(format: 1, vendor: "jitsi", as_of: Some("2026-11-23"), answers: {})"#;
    std::io::Write::write_all(&mut std::fs::File::create(&own).unwrap(), bare.as_bytes()).unwrap();
    let plain = text(&freigabe(dir.path(), &["report", own.to_str().unwrap(), "--lang", "de"]));
    assert!(plain.contains("## Anlagen (Belege)\n\nKeine.\n"), "{plain}");
}

#[test]
fn nothing_is_active_and_nothing_is_fetched() {
    let dir = tempfile::tempdir().unwrap();
    let path = session(dir.path());
    let page = text(&freigabe(dir.path(), &["report", &path, "--format", "html"]));
    for active in ["<script", "<img", "<link", "<iframe", "<object", "<form", "javascript:", " src=", "url(", "@import"]
    {
        assert!(!page.contains(active), "{active}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn a_file_is_written_once_unless_asked() {
    let dir = tempfile::tempdir().unwrap();
    let path = session(dir.path());
    let out = dir.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let write = |extra: &[&str]| {
        let mut arguments = vec!["report", path.as_str(), "-o", "out", "--format", "html", "--lang", "en"];
        arguments.extend(extra);
        freigabe(dir.path(), &arguments)
    };
    assert!(text(&write(&[])).contains("freigabe-zoom-2026-11-23-01TEST.html"));
    let file = out.join("freigabe-zoom-2026-11-23-01TEST.html");
    let first = std::fs::read(&file).unwrap();
    assert!(first.starts_with(b"<!DOCTYPE html>"));
    let again = write(&[]);
    assert_eq!(again.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    assert_eq!(std::fs::read(&file).unwrap(), first);
    text(&write(&["--force"]));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1);
    // The ending decides where no form is named.
    text(&freigabe(dir.path(), &["report", &path, "-o", "a.html"]));
    assert!(std::fs::read(dir.path().join("a.html")).unwrap().starts_with(b"<!DOCTYPE html>"));
    assert_eq!(freigabe(dir.path(), &["report", &path, "-o", "none/a.md"]).status.code(), Some(6));
    assert_eq!(freigabe(dir.path(), &["report", &path, "-o", "a.pdf"]).status.code(), Some(2));
    assert!(!dir.path().join("a.pdf").exists());
    let own = std::fs::read(&path).unwrap();
    let onto = freigabe(dir.path(), &["report", &path, "-o", &path, "--format", "md", "--force"]);
    assert_eq!((onto.status.code(), std::fs::read(&path).unwrap()), (Some(2), own));
}

#[test]
fn what_is_not_understood_is_said_and_is_no_answer_of_anybody() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.ron");
    let text = r#"(format: 1, vendor: "zoom", as_of: Some("2026-11-23"), answers: {
        "dpa_signed": (value: Choice("yes")), "dpa_complete": (value: Choice("complete")),
        "dpa_signd": (value: Choice("no")), "content": (value: Scale(3)),
    })"#;
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
    let path = path.to_str().unwrap();
    let plain = self::text(&freigabe(dir.path(), &["report", path, "--lang", "en"])).replace('\\', "");
    for line in [
        "dpa_signd = no: there is no such question",
        "complete: it offers yes, minor_gaps, major_gaps",
        "not understood: complete",
        "not understood: Scale(3)",
    ] {
        assert!(plain.contains(line), "{line}\n{plain}");
    }
    let evaluated = self::text(&freigabe(dir.path(), &["evaluate", path, "--lang", "en"]));
    assert!(evaluated.contains("- dpa_signd = no: there is no such question"), "{evaluated}");
}

/// Every answer that is missing leads to a stop, and none of the stops is certain.
#[test]
fn the_reason_of_a_red_light_is_never_something_lighter() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.ron");
    let text = r#"(format: 1, vendor: "zoom", mode: Interview, as_of: Some("2026-11-28"), answers: {
        "role": (value: Choice("host")), "dpa_signed": (value: Unknown), "dpa_complete": (value: Choice("major_gaps")),
        "own_purposes": (value: Choice("none")),
    })"#;
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
    let shown = self::text(&freigabe(dir.path(), &["evaluate", path.to_str().unwrap(), "--lang", "de"]));
    let head: Vec<&str> = shown.lines().take_while(|line| !line.starts_with(['✗', '!', '•'])).collect();
    let head = head.join("\n");
    let first = head.split("In Frage kommt:").nth(1).unwrap().trim_start();
    assert!(first.starts_with("- Es fehlt ein AV-Vertrag\n  - Dem AV-Vertrag fehlen wesentliche Inhalte"), "{head}");
    assert!(!head.contains("lange nicht geprüft"), "{head}");
}

#[test]
fn nothing_that_was_said_is_left_out_and_each_answer_has_an_author() {
    const SAID: &str = r#"(
    format: 1, id: "01TEST", mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"), subject: (interviewer: "DSB"),
    answers: {
        "edition": (value: Choice("paid")),
        "dpa_signed": (value: Choice("yes")),
        "hosting_country": (value: Unknown),
        "access_countries": (value: Countries([])),
        "recording_used": (value: Choice("no"), by: "IT-Leitung"),
        "recording_consent": (value: Choice("announced_only"), by: "Vertrieb", note: "bis Mai"),
    },
    history: [
        (n: 1, question: "dpa_signed", new: Some((value: Choice("no"), by: "Einkauf")), by: "Einkauf"),
        (n: 2, question: "dpa_signed", old: Some((value: Choice("no"), by: "Einkauf")), new: Some((value: Choice("yes"))), by: "DSB"),
        (n: 3, question: "dpa_signed", old: Some((note: "x")), new: Some((note: "")), by: "Sekretariat"),
    ],
)"#;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.ron");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), SAID.as_bytes()).unwrap();
    let path = path.to_str().unwrap();
    for (language, said) in [
        (
            "de",
            [
                "angegeben, eingetragen von DSB",
                "die Befragten wussten es nicht; Katalog",
                "Keine weiteren Länder",
                "Zurückgestellt (zurzeit ohne Einfluss",
                "Wir sagen es an; wer bleibt, gilt als einverstanden",
                "Notiz: bis Mai",
                "angegeben, Vertrieb",
            ],
        ),
        (
            "en",
            [
                "stated, recorded by DSB",
                "the respondents did not know; catalogue",
                "No other countries",
                "Put aside",
                "We announce it; whoever stays is taken to agree",
                "bis Mai",
                "stated, Vertrieb",
            ],
        ),
    ] {
        let plain = text(&freigabe(dir.path(), &["report", path, "--format", "md", "--lang", language]));
        for said in said {
            assert!(plain.contains(said), "{said}\n{plain}");
        }
        assert!(!plain.contains("Sekretariat"), "who changed a note alone gave no answer\n{plain}");
    }
}
