//! Files of the user over the embedded data, honest and hostile ones.
#![expect(clippy::expect_used, reason = "a helper of a test may fail the test")]

use std::fs;
use std::path::Path;

use freigabe::domain::id::{FindingId, VariableId, VendorId};
use freigabe::knowledge::{Diagnostic, Knowledge, check_dir};
use tempfile::TempDir;

const SECTION: &str = r#"
(
    id: "own", title: (de: "Eigenes", en: "Own"), self_position: 500,
    questions: [(
        id: "own_question", kind: Choice([(id: "yes", text: (de: "Ja", en: "Yes")), (id: "no", text: (de: "Nein", en: "No"))]),
        modes: [Interview], text: (de: "Frage?", en: "Question?"), why: (de: "Darum.", en: "Because."),
    )],
    findings: [(
        id: "own-finding", level: Advice, when: Is("own_question", ["no"]), kind: Recommendation,
        title: (de: "T", en: "T"), reason: (de: "R", en: "R"), action: (de: "A", en: "A"), references: ["gdpr-28-3"],
    )],
)
"#;

fn vendor(id: &str) -> String {
    format!(
        r#"(
    id: "{id}", name: "House Tool", kind: Meeting, summary: (de: "Unser", en: "Ours"),
    editions: [(id: "only", name: (de: "Eine", en: "One"))],
    sources: [(id: "contract", title: "Contract")],
    facts: [(variable: "own_question", value: Choice("yes"), as_of: "2026-01-01", source: "contract", confidence: High)],
)"#
    )
}

/// A directory with these files.
#[expect(clippy::disallowed_methods, reason = "test data needs no atomic write")]
fn dir(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("folder");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, bytes).expect("file");
    }
    dir
}

fn faults(dir: &Path) -> Vec<Diagnostic> {
    Knowledge::load(Some(dir)).err().unwrap_or_default()
}

fn only_message(files: &[(&str, &[u8])]) -> String {
    let dir = dir(files);
    let faults = faults(dir.path());
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().map(|fault| fault.message).expect("one")
}

#[test]
fn nothing_there_is_what_is_shipped() {
    let shipped = Knowledge::embedded();
    for overlay in [None, Some(Path::new("/nowhere/at/all")), Some(dir(&[("vendors/.hidden.ron", b"(")]).path())] {
        let loaded = Knowledge::load(overlay).expect("no faults");
        assert_eq!(loaded.counts(), shipped.counts());
        assert_eq!(loaded.entries(), shipped.entries());
        assert_eq!(loaded.bank(), shipped.bank());
    }
}

#[test]
fn embedded_counts_are_those_of_the_parts() {
    let shipped = Knowledge::embedded();
    assert_eq!(shipped.vendors().count(), shipped.counts().vendors);
    assert_eq!(shipped.vendors().map(|vendor| vendor.facts.len()).sum::<usize>(), shipped.counts().facts);
    for (entry, vendor) in shipped.entries().iter().zip(shipped.vendors()) {
        assert_eq!((&entry.id, &entry.name, &entry.editions), (&vendor.id, &vendor.name, &vendor.editions));
    }
    let names: Vec<String> = shipped.entries().iter().map(|entry| entry.name.to_lowercase()).collect();
    assert!(names.is_sorted());
}

#[test]
fn new_ids_are_added() {
    let shipped = Knowledge::embedded();
    let dir = dir(&[("questions/90-own.ron", SECTION.as_bytes()), ("vendors/house.ron", vendor("house").as_bytes())]);
    let loaded = Knowledge::load(Some(dir.path())).expect("no faults");
    assert_eq!(loaded.counts().questions, shipped.counts().questions + 1);
    assert_eq!(loaded.counts().vendors, shipped.counts().vendors + 1);
    assert!(loaded.bank().question(&VariableId::try_from("own_question").expect("id")).is_some());
    assert!(loaded.bank().finding(&FindingId::try_from("own-finding").expect("id")).is_some());
    let vendor = loaded.vendor(&VendorId::try_from("house").expect("id")).expect("is there");
    assert_eq!(&*vendor.name, "House Tool");
    assert_eq!(check_dir(dir.path()), Ok(loaded.counts()));
}

#[test]
fn the_same_id_replaces_in_place() {
    let shipped = Knowledge::embedded();
    let known = shipped.entries().last().expect("some vendor").id.clone();
    let section = SECTION.replace("own-finding", "no-dpa").replace("\"own\"", "\"contract\"");
    let dir = dir(&[("questions/x.ron", section.as_bytes()), ("vendors/x.ron", vendor(known.as_str()).as_bytes())]);
    let loaded = Knowledge::load(Some(dir.path())).expect("no faults");
    assert_eq!(loaded.counts().vendors, shipped.counts().vendors);
    assert_eq!(loaded.vendor(&known).map(|vendor| &*vendor.name), Some("House Tool"));
    assert_eq!(loaded.bank().findings().count(), shipped.bank().findings().count());
    let place = |knowledge: &Knowledge| knowledge.bank().findings().position(|finding| finding.id == "no-dpa");
    assert_eq!(place(&loaded), place(&shipped));
    assert_eq!(loaded.bank().sections.len(), shipped.bank().sections.len());
}

#[test]
fn what_is_shipped_is_checked_against_what_replaces_it() {
    // The findings that are shipped ask `dpa_signed` for `no`, which the replacement does not offer.
    let section = SECTION.replace("own_question", "dpa_signed").replace("\"no\"", "\"never\"");
    let dir = dir(&[("questions/x.ron", section.as_bytes())]);
    let faults = faults(dir.path());
    assert!(!faults.is_empty());
    assert!(faults.iter().any(|fault| fault.message == "choice `no` is not defined for `dpa_signed`"));
    assert!(faults.iter().all(|fault| fault.file.starts_with("built-in ")), "{faults:?}");
}

#[test]
fn faults_carry_the_whole_path() {
    let dir = dir(&[("vendors/bad.ron", b"(\n    id: 7,\n)")]);
    let faults = faults(dir.path());
    let shown = dir.path().join("vendors").join("bad.ron");
    assert_eq!(faults.first().map(|fault| fault.file.as_str()), shown.to_str());
    assert_eq!(faults.first().map(|fault| (fault.line, fault.column)), Some((2, 9)));
}

#[test]
fn hostile_files_are_refused_in_words() {
    let deep = "[".repeat(1_000_000);
    let open_comments = "/*".repeat(500_000);
    let inner = format!("Not({}Is(\"mode\", [\"self\"]){})", "Not(".repeat(5000), ")".repeat(5000));
    let nested = SECTION.replace("Is(\"own_question\", [\"no\"])", &inner);
    let table: [(&str, &[u8], &str); 7] = [
        ("questions/a.ron", deep.as_bytes(), "expected `(`, the beginning of a section"),
        ("questions/b.ron", nested.as_bytes(), "nested deeper than 64 levels"),
        ("vendors/c.ron", &vec![b' '; 1024 * 1024 + 1], "larger than 1 MiB"),
        ("vendors/d.ron", b"(id: \"\xff\xfe\")", "the file is not UTF-8 text"),
        ("vendors/e.ron", b"", "expected `(`, the beginning of a vendor"),
        ("vendors/f.ron", open_comments.as_bytes(), "unclosed block comment"),
        ("vendors", b"a file where a folder should be", "not a folder"),
    ];
    for (name, bytes, message) in table {
        assert_eq!(only_message(&[(name, bytes)]), message, "{name}");
    }
}

#[test]
fn a_folder_is_no_file() {
    assert_eq!(only_message(&[("vendors/folder.ron/x", b"")]), "not a regular file");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let dir = dir(&[("vendors/.keep", b"")]);
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("vendors/pipe.ron")).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(faults(dir.path()).first().map(|fault| fault.message.as_str()), Some("not a regular file"));
    }
}

#[test]
fn many_faults_stay_quick_and_few() {
    // One mebibyte of faults: every fact names an unknown variable, an unknown source and an unknown edition.
    let fact = |n: usize| {
        format!("(variable: \"v{n}\", value: Unknown, source: \"s\", confidence: Low, editions: [\"e\"]),\n")
    };
    let facts: String = (0..12_000).map(fact).collect();
    let text = vendor("house").replace("facts: [", &format!("facts: [{facts}"));
    let dir = dir(&[("vendors/many.ron", text.as_bytes())]);
    let count = faults(dir.path()).len();
    assert!((100..=1000).contains(&count), "{count}");
}

#[test]
fn a_circle_of_thousands_is_one_fault() {
    let question = |n: usize| {
        format!(
            "(id: \"q{n}\", kind: Countries, modes: [Interview], when: Is(\"evidence.q{}\", [\"yes\"]), text: (de: \"F\", en: \"Q\"), why: (de: \"W\", en: \"W\")),",
            (n + 1) % 5000
        )
    };
    let questions: String = (0..5000).map(question).collect();
    let text = format!("(id: \"ring\", title: (de: \"R\", en: \"R\"), self_position: 1, questions: [{questions}])");
    let message = only_message(&[("questions/ring.ron", text.as_bytes())]);
    assert!(message.starts_with("the conditions of questions form a circle: `q0` → `q1` → `q2`"), "{message}");
    assert_eq!(message.chars().count(), 300);
}

#[test]
fn a_directory_without_data_is_a_fault() {
    let empty = dir(&[("readme.txt", b"nothing")]);
    let faults = check_dir(empty.path()).err().unwrap_or_default();
    assert!(faults.first().is_some_and(|fault| fault.message.starts_with("there are no data files")));
}

/// A section of such questions and findings.
fn section(questions: &str, findings: &str) -> String {
    let title = r#"id: "big", title: (de: "G", en: "B"), self_position: 1"#;
    format!("({title}, questions: [{questions}], findings: [{findings}])")
}

fn question(id: &str, when: &str, choices: usize) -> String {
    let list: Vec<String> = (0..choices).map(|n| format!(r#"(id: "c{n}", text: (de: "J", en: "Y")),"#)).collect();
    let list = list.concat();
    let rest = r#"modes: [Interview], text: (de: "F", en: "Q"), why: (de: "W", en: "W")"#;
    format!(r#"(id: "{id}", kind: Choice([{list}]), {when} {rest}),"#)
}

fn finding(id: &str, when: &str) -> String {
    let texts = r#"title: (de: "T", en: "T"), reason: (de: "R", en: "R"), action: (de: "A", en: "A")"#;
    format!(
        r#"(id: "{id}", level: Yellow, when: {when}, kind: Gdpr, timing: BeforeUse, {texts}, references: ["gdpr-28-3"]),"#
    )
}

#[test]
fn more_than_the_engine_is_made_for_is_refused_with_its_place() {
    let questions = |count: usize| (0..count).map(|n| question(&format!("q{n}"), "", 2)).collect::<String>();
    let chain = |n: usize| {
        let when = if n == 0 { String::new() } else { format!("when: Is(\"q{}\", [\"c0\"]),", n - 1) };
        question(&format!("q{n}"), &when, 2)
    };
    let findings =
        |count: usize| (0..count).map(|n| finding(&format!("f{n}"), "Is(\"q0\", [\"c1\"])")).collect::<String>();
    let deep = format!("{}Is(\"q0\", [\"c1\"]){}", "Not(".repeat(20), ")".repeat(20));
    let wide = format!("Any([{}])", "Is(\"q0\", [\"c1\"]),".repeat(60));
    let table = [
        (section(&questions(450), ""), "variables; at most 256 are possible"),
        (
            section(&(0..100).map(chain).collect::<String>(), ""),
            "`q13` waits for a chain of more than 12 other questions",
        ),
        (section(&questions(1), &findings(400)), "findings; at most 256 are possible"),
        (section(&question("q0", "", 60), ""), "choices of `q0` has 60 entries; at most 48 are possible"),
        (section(&questions(1), &finding("f", &deep)), "nested 21 levels deep; at most 12 are possible"),
        (section(&questions(1), &finding("f", &wide)), "makes 60 comparisons (`Is`); at most 24 are possible"),
    ];
    for (text, message) in table {
        let dir = dir(&[("questions/big.ron", text.as_bytes())]);
        let faults = faults(dir.path());
        let found = faults.iter().find(|fault| fault.message.contains(message));
        assert!(found.is_some_and(|fault| fault.line > 0), "{message}: {faults:?}");
    }
    let editions: Vec<String> = (0..60).map(|n| format!(r#"(id: "e{n}", name: (de: "E", en: "E")),"#)).collect();
    let text = vendor("house").replace(r#"(id: "only", name: (de: "Eine", en: "One"))"#, &editions.concat());
    let message = "`editions` of vendor `house` has 60 entries; at most 48 are possible";
    let files = [("questions/90-own.ron", SECTION.as_bytes()), ("vendors/house.ron", text.as_bytes())];
    assert_eq!(only_message(&files), message);
}

#[test]
fn hidden_characters_stand_in_no_text() {
    for c in ['\u{1b}', '\u{202e}', '\u{200b}', '\u{e0041}', '\u{9b}', '\u{ad}'] {
        for text in ["House Tool", "Contract", "Unser", "Eine"] {
            let source = vendor("house").replace(text, &format!("{text}{c}"));
            let files = [("questions/90-own.ron", SECTION.as_bytes()), ("vendors/house.ron", source.as_bytes())];
            let code = format!("the text holds the hidden character ⟨U+{:04X}⟩", u32::from(c));
            assert_eq!(only_message(&files), code, "{text}");
        }
        let source = SECTION.replace("Darum", &format!("Da{c}rum"));
        assert!(only_message(&[("questions/90-own.ron", source.as_bytes())]).contains("hidden character"));
    }
}
