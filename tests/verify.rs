//! `freigabe verify`: a sealed assessment comes to the same verdict years later, whatever has become of the data.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "test data needs no atomic write")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use freigabe::domain::moment::Moment;
use freigabe::engine::{Model, assess};
use freigabe::knowledge::Knowledge;
use freigabe::session::record::{self, Outcome, differences};
use freigabe::session::signoff::content;
use freigabe::session::store::{Sealing, Store};
use freigabe::session::{ConditionId, State, file};
use serde_json::Value as Json;

const SESSION: &str = r#"(
    format: 1, id: "01K", mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    subject: (title: "Vertrieb: Kundentermine", team: "Vertrieb", interviewer: "DSB"),
    answers: {
        "edition": (value: Choice("paid")),
        "dpa_signed": (value: Choice("no"), by: "IT-Leitung"),
    },
    conditions: { "no-dpa": (state: Open, owner: "Einkauf", due: Some("2026-12-15")) },
    opinion: Some((kind: WithConditions, by: "DSB", on: Some("2026-11-27"), text: "erst mit Vertrag")),
    decision: Some((kind: WithConditions, by: "Geschäftsführung", on: Some("2026-11-28"), reason: "nach Vertragsschluss")),
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

/// The exit code and what a script reads.
fn verify(dir: &Path, what: &Path) -> (i32, Json) {
    let output = freigabe(dir, &["verify", what.to_str().unwrap(), "--format", "json", "--as-of", "2027-11-28"]);
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Json::Null);
    (output.status.code().unwrap(), json)
}

/// What a person reads.
fn told(dir: &Path, what: &Path, lang: &str) -> String {
    let arguments = ["verify", what.to_str().unwrap(), "--lang", lang, "--as-of", "2027-11-28"];
    let output = freigabe(dir, &arguments);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Seals the session in a file with the data of the program.
fn seal(path: &Path) {
    let store = Store::new(path.parent().unwrap());
    let mut saved = store.load(path.to_str().unwrap()).unwrap();
    let knowledge = Knowledge::embedded();
    let (bank, vendor) = (knowledge.bank(), knowledge.vendor(&saved.session.vendor));
    let today = "2026-11-28".parse().unwrap();
    let inquiry = saved.session.inquiry(None, today);
    let assessment = assess(&Model::compile(bank, vendor), &inquiry);
    let at = Moment::parse("2026-11-28T10:00:00Z").unwrap();
    let sealing = Sealing { at, today, by: "DSB", bank, vendor, inquiry: &inquiry, assessment: &assessment };
    store.seal(&mut saved, &sealing).unwrap();
}

/// A sealed session in a folder.
fn sealed(dir: &Path) -> PathBuf {
    let path = dir.join("zoom.ron");
    fs::write(&path, SESSION).unwrap();
    seal(&path);
    path
}

/// Changes the session in a file as somebody with an editor would, first line included.
fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    let changed = file::without(&text).replace(from, to);
    assert_ne!(changed, file::without(&text), "{from}");
    fs::write(path, file::sealed(&changed)).unwrap();
}

#[test]
fn the_same_and_intact() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["result"], &json["verdict"]), (0, &"same".into(), &"red".into()));
    assert_eq!((&json["record"]["state"], &json["revision"]), (&"intact".into(), &1.into()));
    assert_eq!(json["replay"], Json::Array(vec![]));
    assert_eq!(json["since"]["edited"], Json::Array(vec![]));
    assert_eq!((&json["since"]["state"], &json["today"]["as_of"]), (&"not_yet_effective".into(), &"2027-11-28".into()));
    let alone = verify(dir.path(), &dir.path().join("zoom.sealed-1.ron"));
    assert_eq!((alone.0, &alone.1["record"]["state"], &alone.1["since"]), (0, &"alone".into(), &Json::Null));
    for (lang, same, honest) in
        [("de", "dasselbe Ergebnis", "hat keinen Schlüssel"), ("en", "the same result", "has no key")]
    {
        let text = told(dir.path(), &path, lang);
        assert!(text.contains(same) && text.contains(honest), "{text}");
    }
    fs::write(dir.path().join("open.ron"), SESSION).unwrap();
    assert_eq!(verify(dir.path(), &dir.path().join("open.ron")).0, 2, "never sealed");
}

#[test]
fn other_data_in_the_program_change_nothing_of_what_was_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    // A later program: the catalogue says something else about Zoom, the rule is gone, the question has other words.
    let own = dir.path().join("freigabe");
    fs::create_dir_all(own.join("vendors")).unwrap();
    fs::create_dir_all(own.join("questions")).unwrap();
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let vendor = read("assets/vendors/zoom.ron").replace("Countries([\"US\"])", "Countries([\"DE\"])");
    fs::write(own.join("vendors/zoom.ron"), vendor).unwrap();
    let bank = read("questions/30-contract.ron").replace("level: Red", "level: Yellow");
    let bank = bank.replace("AV-Vertrag", "Auftragsvertrag");
    fs::write(own.join("questions/30-contract.ron"), bank).unwrap();
    let check = freigabe(dir.path(), &["check", own.to_str().unwrap()]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["result"], &json["verdict"]), (0, &"same".into(), &"red".into()));
    assert_eq!(json["replay"], Json::Array(vec![]));
    let today = json["today"]["differences"].as_array().unwrap();
    let lower = today.iter().find(|one| one["finding"] == "no-dpa").unwrap();
    assert_eq!((&lower["what"], &lower["then"], &lower["now"]), (&"level".into(), &"red".into(), &"yellow".into()));
    let text = told(dir.path(), &path, "de");
    let (sealed, now) = text.split_once("Davon getrennt").unwrap();
    assert!(sealed.contains("dasselbe Ergebnis (rot)") && now.contains("Stopp → Auflage"), "{text}");
}

#[test]
fn edits_void_the_seal_and_work_on_conditions_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    let store = Store::new(dir.path());
    let mut saved = store.load(path.to_str().unwrap()).unwrap();
    let id = ConditionId::parse("no-dpa").unwrap();
    let condition = saved.session.conditions.get_mut(&id).unwrap();
    (condition.state, condition.by, condition.reason) = (State::Fulfilled, "DSB".into(), "Vertrag v7".into());
    store.save(&mut saved).unwrap();
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["since"]["conditions"][0]), (0, &"no-dpa".into()));
    edit(&path, "Choice(\"no\")", "Choice(\"yes\")");
    edit(&path, "team: \"Vertrieb\"", "team: \"Einkauf\"");
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["result"], &json["since"]["void"]), (1, &"differs".into(), &"edited".into()));
    assert_eq!(json["since"]["edited"], serde_json::json!(["subject", "answers.dpa_signed"]));
    assert!(told(dir.path(), &path, "de").contains("das Siegel gilt nicht mehr"));
    // The next seal is the second one, and the first stays.
    seal(&path);
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["revision"]), (0, &2.into()));
    assert_eq!(json["older"], serde_json::json!([{ "revision": 1, "state": "intact" }]));
    fs::remove_file(dir.path().join("zoom.sealed-1.ron")).unwrap();
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["older"][0]["state"]), (3, &"missing".into()));
}

#[test]
fn what_is_damaged_is_told_from_what_is_another() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    let record = dir.path().join("zoom.sealed-1.ron");
    let whole = fs::read(&record).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    for bytes in [&whole[..whole.len() / 2], text.replacen("level: Red", "level: Rad", 1).as_bytes(), b"", b"\xff"] {
        fs::write(&record, bytes).unwrap();
        assert_eq!(verify(dir.path(), &path).0, 3);
    }
    // Nobody is told to repair a record by hand, and without its first line nothing says that it is whole.
    fs::write(&record, file::without(&text)).unwrap();
    for lang in ["de", "en"] {
        let output = freigabe(dir.path(), &["--lang", lang, "verify", record.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert!(!said.contains("// freigabe:”") && !said.contains("// freigabe:“"), "{said}");
        assert!(said.contains(if lang == "de" { "Datensicherung" } else { "backup" }), "{said}");
    }
    // A careful hand: the record is whole again, but not the one that was sealed.
    let other = file::sealed(&file::without(&text).replacen("by: \"DSB\"", "by: \"GF\"", 1));
    fs::write(&record, other).unwrap();
    let (code, json) = verify(dir.path(), &path);
    assert_eq!((code, &json["record"]["state"]), (3, &"another".into()));
    // Somebody has changed what came out: the same data say something else.
    let forged = file::without(&text).replacen("verdict: Some(red)", "verdict: Some(green)", 1);
    fs::write(&record, file::sealed(&forged)).unwrap();
    let (code, json) = verify(dir.path(), &record);
    assert_eq!((code, &json["replay"][0]["what"]), (1, &"verdict".into()));
    fs::remove_file(&record).unwrap();
    assert_eq!(verify(dir.path(), &path).0, 3);
    assert!(told(dir.path(), &path, "en").contains("missing"));
}

/// Records that were sealed with earlier versions. They are never made anew: whoever changes a type that stands in them has
/// to see to it that they can still be read.
#[test]
fn records_of_earlier_versions_come_to_the_same_result() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sealed");
    let dir = tempfile::tempdir().unwrap();
    let mut records = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let copy = dir.path().join(path.file_name().unwrap());
        fs::copy(&path, &copy).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        if !record::is_record(&text) {
            continue;
        }
        records += 1;
        assert_eq!(file::check(text.as_bytes()), Ok(()));
        let record = record::read(&text).unwrap();
        assert_eq!(content(&record.session), record.content, "the hash of the same content is another one");
        let again = Outcome::from(&record.replay().unwrap());
        assert_eq!(differences(&record.outcome, &again), []);
    }
    assert!(records > 0);
    let (code, json) = verify(dir.path(), &dir.path().join("zoom.ron"));
    assert_eq!((code, &json["result"]), (0, &"same".into()));
}
