//! What `freigabe merge` says and asks before it brings something in, and what it leaves as it was.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "common/shared.rs"]
mod shared;

use std::fs;
use std::path::PathBuf;

use freigabe::session::file;
use freigabe::session::signoff::{Seal, content};
use shared::{ID, answered, out, program, put, read, session, value};

/// A directory with one saved assessment, and its file.
fn saved(answers: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/sessions").join(ID).join("session.ron");
    put(&path, &session(answers));
    (dir, path)
}

/// A seal over what stands in the file.
fn seal(path: &std::path::Path) {
    let mut session = read(path);
    let seal = Seal { revision: 1, content: content(&session), ..Seal::default() };
    session.add_seal(freigabe::domain::moment::Moment::parse("2026-11-24T10:00:00Z").unwrap(), seal);
    put(path, &file::sealed(&file::write(&session)));
}

#[test]
fn a_seal_is_voided_only_by_whoever_says_so() {
    let (dir, path) = saved(&[("edition", "paid")]);
    let copy = dir.path().join("back.ron");
    fs::copy(&path, &copy).unwrap();
    answered(&copy, "dpa_signed", "yes", "Einkauf", 7);
    seal(&path);
    let before = fs::read(&path).unwrap();
    let refused = program(dir.path(), &["merge", "back.ron"]);
    let said = out(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("sealed (seal 1)") && said.contains("new revision"), "{said}");
    assert!(said.contains("--into-sealed") && !said.contains("Saved"), "{said}");
    let json = program(dir.path(), &["merge", "back.ron", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json["voids_seal"], &json["written"]), (&1.into(), &false.into()), "{json:#}");
    assert_eq!(fs::read(&path).unwrap(), before, "nothing is written before somebody says so");
    let agreed = program(dir.path(), &["merge", "back.ron", "--into-sealed"]);
    assert!(agreed.status.success() && out(&agreed).contains("Seal 1 does not hold any more"), "{}", out(&agreed));
    let merged = read(&path);
    assert!(merged.intact_seal().is_none() && merged.seals.len() == 1);
    assert_eq!(value(&merged, "dpa_signed"), "Choice(ChoiceId(\"yes\"))");
    // What is void already is no reason to ask.
    answered(&copy, "tia_done", "no", "Einkauf", 8);
    let again = program(dir.path(), &["merge", "back.ron"]);
    assert!(again.status.success(), "{}", out(&again));
}

#[test]
fn what_changes_nothing_leaves_a_seal_alone() {
    let (dir, path) = saved(&[("edition", "paid")]);
    let copy = dir.path().join("back.ron");
    fs::copy(&path, &copy).unwrap();
    seal(&path);
    let merged = program(dir.path(), &["merge", "back.ron"]);
    assert!(merged.status.success() && out(&merged).contains("Nothing to save"), "{}", out(&merged));
    // A copy that was sealed brings its seal along.
    let (_, other) = (dir.path(), dir.path().join("sealed.ron"));
    fs::copy(&path, &other).unwrap();
    put(&path, &session(&[("edition", "paid")]));
    let merged = program(dir.path(), &["merge", "sealed.ron"]);
    assert!(merged.status.success(), "{}", out(&merged));
    assert!(read(&path).intact_seal().is_some());
    // With what was changed here meanwhile it would not hold.
    put(&path, &session(&[("edition", "paid"), ("tia_done", "no")]));
    let refused = program(dir.path(), &["merge", "sealed.ron"]);
    assert_eq!(refused.status.code(), Some(1), "{}", out(&refused));
    assert!(out(&refused).contains("--into-sealed"), "{}", out(&refused));
}

/// What came in is told part by part: what stood there, what stands there now, and who says so.
#[test]
fn what_came_in_is_named() {
    use freigabe::session::signoff::{Opinion, OpinionKind};
    let (dir, path) = saved(&[("edition", "paid"), ("dpa_signed", "no"), ("content", "ordinary")]);
    let copy = dir.path().join("back.ron");
    let mut theirs = read(&path);
    shared::answer(&mut theirs, "dpa_signed", "yes", "Einkauf", 20);
    shared::answer(&mut theirs, "tia_done", "no", "DSB", 21);
    let at = freigabe::domain::moment::Moment::parse("2026-11-23T11:00:00Z").unwrap();
    theirs.change(at, &"dpa_signed".try_into().unwrap(), |answer| answer.note = "laut Anlage 2".into());
    theirs.change(at, &"edition".try_into().unwrap(), |answer| answer.note = "bis Mai".into());
    theirs.subject.purpose = "Besprechungen".into();
    let (kind, on) = (Some(OpinionKind::AdvisesAgainst), "2026-11-24".parse().ok());
    theirs.opinion = Some(Opinion { kind, on, by: "DSB".into(), text: "zu offen".into(), ..Opinion::default() });
    put(&copy, &file::sealed(&file::write(&theirs)));
    // Both have noted something on the same answer, and one is to be decided.
    let mut ours = read(&path);
    ours.change(at, &"edition".try_into().unwrap(), |answer| answer.note = "zwölf Plätze".into());
    shared::answer(&mut ours, "tia_done", "yes", "IT", 22);
    put(&path, &file::sealed(&file::write(&ours)));

    let merged = program(dir.path(), &["merge", "back.ron", "--take", "ours"]);
    let said = out(&merged);
    assert!(merged.status.success(), "{said}");
    for line in [
        "    No → Yes, signed or agreed with the company contract · Einkauf\n    Note: laut Anlage 2\n",
        "    nothing → Besprechungen\n",
        "Opinion of the data protection officer\n    nothing → advises against · DSB · 2026-11-24 · zu offen\n",
        "Decided (› holds):\n",
        "  › Here: Yes",
        "    There: No · DSB",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    assert!(said.contains("Note: ") && said.contains("bis Mai"), "{said}");
    assert!(
        !said.contains("Ordinary") && !said.contains("AdvisesAgainst"),
        "what nobody has changed is not told: {said}"
    );
}

/// The same file once more is no news, whoever was heard the first time: no entry of the history says otherwise.
#[test]
fn the_same_file_twice_changes_nothing() {
    for side in ["ours", "theirs"] {
        let (dir, path) = saved(&[("edition", "paid"), ("dpa_signed", "no")]);
        let mut ours = read(&path);
        ours.subject.purpose = "Besprechungen".into();
        let note = freigabe::domain::moment::Moment::parse("2026-11-23T12:00:00Z").unwrap();
        ours.change(note, &"edition".try_into().unwrap(), |answer| answer.note = "zwölf Plätze".into());
        // Somebody fills in a text, so no history tells of it.
        let mut theirs = read(&path);
        theirs.subject.purpose = "Schulungen".into();
        let value = |choice: &str| freigabe::domain::answer::Value::Choice(choice.try_into().unwrap());
        for (question, choice, note) in
            [("edition", "paid", "bis Mai"), ("dpa_signed", "yes", ""), ("tia_done", "no", "x")]
        {
            let answer = theirs.answers.entry(question.try_into().unwrap());
            let answer = answer.or_insert_with(|| freigabe::session::Answer::new(value("no")));
            (answer.value, answer.by, answer.note) = (value(choice), "Einkauf".into(), note.into());
        }
        shared::answer(&mut ours, "dpa_signed", "unsigned", "IT", 30);
        put(&path, &file::sealed(&file::write(&ours)));
        put(&dir.path().join("back.ron"), &file::write(&theirs));
        let merged = program(dir.path(), &["merge", "back.ron", "--take", side]);
        assert!(merged.status.success(), "{}", out(&merged));
        let before = fs::read(&path).unwrap();
        for take in ["ours", "theirs", "ask"] {
            let again = program(dir.path(), &["merge", "back.ron", "--take", take]);
            assert!(again.status.success() && out(&again).contains("back.ron: nothing new"), "{take}: {}", out(&again));
            assert_eq!(String::from_utf8_lossy(&fs::read(&path).unwrap()), String::from_utf8_lossy(&before), "{take}");
        }
    }
}

/// Three people have filled in the same pack and say the same; each note stays with whoever wrote it.
#[test]
fn notes_stay_with_whoever_wrote_them() {
    let (dir, path) = saved(&[("edition", "paid")]);
    for (name, note) in [("IT", "ein Vertrag"), ("Einkauf", "vom Mai"), ("DSB", "Anlage fehlt")] {
        let mut copy = read(&path);
        copy.history = freigabe::session::history::History::default();
        let value = freigabe::domain::answer::Value::Choice("yes".try_into().unwrap());
        let mut answer = freigabe::session::Answer::new(value);
        (answer.by, answer.note) = (name.into(), note.into());
        copy.answers = [("dpa_signed".try_into().unwrap(), answer)].into();
        put(&dir.path().join(format!("{name}.ron")), &file::write(&copy));
    }
    for name in ["IT", "Einkauf", "DSB"] {
        let merged = program(dir.path(), &["merge", &format!("{name}.ron"), "--into", ID]);
        assert!(merged.status.success(), "{}", out(&merged));
    }
    let note = read(&path).answers["dpa_signed"].note.clone();
    let mut lines: Vec<&str> = note.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["DSB: Anlage fehlt", "Einkauf: vom Mai", "IT: ein Vertrag"]);
}

#[test]
fn a_clearance_in_force_is_not_forgotten_in_passing() {
    use freigabe::session::signoff::{Decision, DecisionKind};
    let (dir, path) = saved(&[("edition", "paid")]);
    let mut session = read(&path);
    let kind = Some(DecisionKind::Granted);
    session.decision = Some(Decision { kind, by: "GF".into(), ..Decision::default() });
    put(&path, &file::sealed(&file::write(&session)));
    seal(&path);
    let refused = program(dir.path(), &["forget", ID, "--yes"]);
    let said = out(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("a clearance is in force") && said.contains("--cleared") && path.is_file(), "{said}");
    let gone = program(dir.path(), &["forget", ID, "--yes", "--cleared"]);
    assert!(gone.status.success() && !path.exists(), "{}", out(&gone));
}

#[test]
fn what_is_not_understood_is_said_at_once() {
    let (dir, path) = saved(&[("edition", "paid")]);
    let copy = dir.path().join("back.ron");
    fs::copy(&path, &copy).unwrap();
    for (question, choice) in [("dpa_signed", "nien"), ("dpa_signd", "yes"), ("edition", "gold"), ("tia_done", "no")] {
        answered(&copy, question, choice, "IT", 9);
    }
    let merged = program(dir.path(), &["merge", "back.ron"]);
    let said = out(&merged);
    assert!(merged.status.success(), "{said}");
    assert!(said.contains("3 not understood") && said.contains("dpa_signd, dpa_signed: nien, edition: gold"), "{said}");
    let json = program(dir.path(), &["merge", "back.ron", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["files"][0]["not_understood"].as_array().map(Vec::len), Some(3), "{json:#}");
}
