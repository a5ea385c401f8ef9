//! Several people and one assessment: question packs go out and come back, git merges, conflict copies come in.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "common/shared.rs"]
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use freigabe::session::file;
use shared::{FREIGABE, ID, answer, answered, out, program, put, read, session, value};

#[test]
fn a_pack_goes_out_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("pack.ron");
    let made = program(dir.path(), &["pack", "--vendor", "zoom", "--team", "Vertrieb", "-o", "pack.ron"]);
    assert!(made.status.success(), "{}", out(&made));
    // It is never overwritten, and lies nowhere else.
    assert_eq!(program(dir.path(), &["pack", "--vendor", "zoom", "-o", "pack.ron"]).status.code(), Some(6));
    assert!(!dir.path().join("data").exists());
    let text = fs::read_to_string(&pack).unwrap();
    assert!(text.contains("// \"dpa_signed\": (value: Choice(\"yes\"), by: \"\", note: \"\"),"), "{text}");
    let blank = read(&pack);
    assert_eq!((blank.subject.team.as_str(), blank.answers.len()), ("Vertrieb", 0));
    // Somebody fills it in with an editor.
    let filled = text.replace(
        "// \"dpa_signed\": (value: Choice(\"yes\"), by: \"\", note: \"\"),",
        "\"dpa_signed\": (value: Choice(\"yes\"), by: \"Einkauf\", note: \"liegt vor\"),",
    );
    put(&pack, &filled);
    let merged = program(dir.path(), &["merge", "pack.ron"]);
    assert!(merged.status.success(), "{}", out(&merged));
    let home = dir.path().join("data/sessions").join(blank.id.as_str()).join("session.ron");
    assert_eq!(value(&read(&home), "dpa_signed"), "Choice(ChoiceId(\"yes\"))");
    // A second person has filled in the same pack: the others' answers stay, and what differs is a matter for a person.
    let other = filled.replace("Choice(\"yes\"), by: \"Einkauf\"", "Choice(\"no\"), by: \"IT\"").replace(
        "// \"edition\": (value: Choice(\"free\"), by: \"\"",
        "\"edition\": (value: Choice(\"free\"), by: \"IT\"",
    );
    put(&dir.path().join("it.ron"), &other);
    let before = fs::read(&home).unwrap();
    let asked = program(dir.path(), &["merge", "it.ron"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(out(&asked).contains("Here: Yes, signed") && out(&asked).contains("There: No · IT"), "{}", out(&asked));
    assert_eq!(fs::read(&home).unwrap(), before, "nothing is written before somebody decides");
    let json = program(dir.path(), &["merge", "it.ron", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json["conflicts"], &json["written"]), (&1.into(), &false.into()), "{json:#}");
    let points = json["files"][0]["points"].as_array().unwrap();
    let fate = |place: &str| &points.iter().find(|point| point["place"] == place).unwrap()["fate"];
    assert_eq!((fate("answers.dpa_signed"), fate("answers.edition")), (&"conflict".into(), &"only-theirs".into()));
    let taken = program(dir.path(), &["merge", "it.ron", "--take", "theirs"]);
    assert!(taken.status.success(), "{}", out(&taken));
    let mut session = read(&home);
    assert_eq!(value(&session, "dpa_signed"), "Choice(ChoiceId(\"no\"))");
    assert_eq!(value(&session, "edition"), "Choice(ChoiceId(\"free\"))");
    assert!(session.answers["dpa_signed"].note.contains("liegt vor"));
    assert!(session.history.entries().any(|(_, entry)| entry.reason.contains("--take theirs")));
    // What was not taken comes back.
    while value(&session, "dpa_signed") != "Choice(ChoiceId(\"yes\"))" {
        assert!(session.undo(freigabe::domain::moment::Moment::default()).is_some());
    }
    // Once more there is nothing to do.
    let before = fs::read(&home).unwrap();
    let again = program(dir.path(), &["merge", "it.ron"]);
    assert!(again.status.success() && out(&again).contains("Nothing to save"), "{}", out(&again));
    assert_eq!(fs::read(&home).unwrap(), before);
}

#[test]
fn a_pack_of_an_assessment_asks_what_is_open_and_tells_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/sessions").join(ID).join("session.ron");
    put(&path, &session(&[("edition", "paid"), ("dpa_signed", "yes")]));
    for (name, boxes) in [("a.md", "- [ ] "), ("a.html", "<ul class=\"boxes\">"), ("a.txt", "[ ] ")] {
        let made = program(dir.path(), &["pack", "--from", ID, "-o", name]);
        assert!(made.status.success(), "{}", out(&made));
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        assert!(text.contains(boxes) && !text.contains("Which edition is used?"), "{text}");
        assert!(!text.contains("{scheme}") && !text.contains("{vendor}"), "{text}");
        let again = program(
            dir.path(),
            &[
                "pack",
                "--from",
                ID,
                "--format",
                name.rsplit('.').next().map_or("md", |end| if end == "txt" { "text" } else { end }),
            ],
        );
        assert_eq!(String::from_utf8_lossy(&again.stdout), text, "the same every time");
    }
    let bare = String::from_utf8(program(dir.path(), &["pack", "--from", ID]).stdout).unwrap();
    assert!(bare.contains(ID) && !bare.contains("history") && !bare.contains("by: \"IT\""), "{bare}");
    let whole = String::from_utf8(program(dir.path(), &["pack", "--from", ID, "--answers"]).stdout).unwrap();
    assert!(whole.contains("history") && whole.contains("by: \"IT\""), "{whole}");
    // A pack without answers takes none away.
    put(&dir.path().join("bare.ron"), &bare);
    let merged = program(dir.path(), &["merge", "bare.ron"]);
    assert!(merged.status.success() && out(&merged).contains("Nothing to save"), "{}", out(&merged));
    assert_eq!(read(&path).answers.len(), 2);
}

#[test]
fn files_that_do_not_belong_together_and_hostile_ones_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/sessions").join(ID).join("session.ron");
    put(&path, &session(&[("edition", "paid")]));
    let before = fs::read(&path).unwrap();
    let cases = [
        (format!("(format: 1, id: \"{ID}\", vendor: \"webex\", answers: {{}})"), 2, "another tool"),
        ("(format: 1, id: \"other\", vendor: \"zoom\", answers: {})".to_owned(), 2, "another assessment"),
        (format!("(format: 2, id: \"{ID}\", vendor: \"zoom\", answers: {{}})"), 4, "format 2"),
        (format!("(format: 1, id: \"{ID}\", vendor: \"zoom\", answers: {{ \"a\": (value: Choice(\"x\")"), 3, ":1:"),
        ("\u{1b}[2J".to_owned(), 3, "hint"),
        ("x".repeat(2 << 20), 3, "hint"),
    ];
    for (text, code, message) in cases {
        put(&dir.path().join("theirs.ron"), &text);
        let first =
            if code == 2 { vec!["merge", path.to_str().unwrap(), "theirs.ron"] } else { vec!["merge", "theirs.ron"] };
        let output = program(dir.path(), &first);
        let said = out(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(message) && !said.contains('\u{1b}'), "{said}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    // Who says that it belongs here is believed.
    put(
        &dir.path().join("theirs.ron"),
        "(format: 1, id: \"other\", vendor: \"zoom\", answers: {\"tia_done\": (value: Unknown)})",
    );
    let output = program(dir.path(), &["merge", "theirs.ron", "--into", ID]);
    assert!(output.status.success(), "{}", out(&output));
    assert_eq!((read(&path).id.as_str(), read(&path).answers.len()), (ID, 2));
}

/// Two instances on a shared folder: the second save made a copy, and `merge` brings it in.
#[test]
fn a_conflict_copy_comes_in() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/sessions").join(ID).join("session.ron");
    put(&path, &session(&[("edition", "paid")]));
    let store = freigabe::session::store::Store::new(&dir.path().join("data"));
    let (mut one, mut other) = (store.load(ID).unwrap(), store.load(ID).unwrap());
    answer(&mut one.session, "dpa_signed", "yes", "IT", 20);
    answer(&mut other.session, "tia_done", "no", "DSB", 21);
    answer(&mut other.session, "dpa_signed", "yes", "DSB", 22);
    store.save(&mut one).unwrap();
    store.save(&mut other).unwrap();
    assert_ne!(other.path, path);
    let output = program(dir.path(), &["merge", ID]);
    assert!(output.status.success() && out(&output).contains("stays where it is"), "{}", out(&output));
    let merged = read(&path);
    assert_eq!(merged.answers.len(), 3);
    assert_eq!(merged.answers["dpa_signed"].by, "DSB, IT", "both said so");
    assert!(other.path.is_file(), "nobody has agreed to its removal");
    assert!(store.remove_copy(&other.path, &other.session).unwrap() && !other.path.exists());
    assert!(!store.remove_copy(&path, &merged).unwrap() && path.is_file(), "the session itself is no copy");
    let output = program(dir.path(), &["merge", ID]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
}

/// What the history does not tell is known from an older state: the purpose was changed on one side only.
#[test]
fn an_older_state_tells_who_has_changed_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/sessions").join(ID).join("session.ron");
    put(
        &path,
        &session(&[("edition", "paid")])
            .replace("    answers: {", "    subject: (purpose: \"before\"),\n    answers: {")
            .lines()
            .skip(1)
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let store = freigabe::session::store::Store::new(&dir.path().join("data"));
    let (mut one, mut other) = (store.load(ID).unwrap(), store.load(ID).unwrap());
    one.session.subject.purpose = "since".into();
    answer(&mut other.session, "tia_done", "no", "DSB", 21);
    store.save(&mut one).unwrap();
    store.save(&mut other).unwrap();
    let output = program(dir.path(), &["merge", ID]);
    assert!(output.status.success(), "{}", out(&output));
    assert_eq!((read(&path).subject.purpose.as_str(), read(&path).answers.len()), ("since", 2));
}

#[test]
fn a_copy_that_was_changed_meanwhile_stays() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("zoom.conflict-1.ron");
    put(&copy, &session(&[("edition", "paid")]));
    let store = freigabe::session::store::Store::new(&dir.path().join("data"));
    let held = read(&copy);
    answered(&copy, "dpa_signed", "yes", "IT", 5);
    assert!(!store.remove_copy(&copy, &held).unwrap() && copy.is_file());
    assert_eq!(store.original(&copy), Some(dir.path().join("zoom.ron")));
}

struct Repository(PathBuf);

impl Repository {
    fn new(dir: &Path, driver: bool) -> Self {
        let repository = Self(dir.join("share"));
        fs::create_dir_all(&repository.0).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        for (name, value) in [("user.name", "Test"), ("user.email", "test@example.org"), ("commit.gpgsign", "false")] {
            repository.git(&["config", name, value]);
        }
        if driver {
            put(&repository.0.join(".gitattributes"), "session.ron merge=freigabe\n*.freigabe.ron merge=freigabe\n");
            repository.git(&["config", "merge.freigabe.name", "freigabe"]);
            repository.git(&["config", "merge.freigabe.driver", &format!("'{FREIGABE}' merge --driver %O %A %B")]);
        }
        put(&repository.path(), &session(&[("edition", "paid"), ("content", "ordinary")]));
        repository.commit("base");
        repository
    }

    fn path(&self) -> PathBuf {
        self.0.join("sessions").join(ID).join("session.ron")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&self.0).env("HOME", &self.0).env("XDG_CONFIG_HOME", &self.0);
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("FREIGABE_DATA_DIR", &self.0);
        command.output().expect("git is needed for this test")
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", out(&output));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// Two branches, each with answers of its own; then the other one is merged.
    fn diverge(&self, ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Output {
        self.git(&["checkout", "-q", "-b", "other"]);
        for (n, (question, choice)) in theirs.iter().enumerate() {
            answered(&self.path(), question, choice, "DSB", 30 + n);
        }
        self.commit("theirs");
        self.git(&["checkout", "-q", "main"]);
        for (n, (question, choice)) in ours.iter().enumerate() {
            answered(&self.path(), question, choice, "IT", 40 + n);
        }
        self.commit("ours");
        self.run(&["merge", "--no-edit", "other"])
    }
}

#[test]
fn git_merges_different_answers_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let repository = Repository::new(dir.path(), true);
    let ours = [("dpa_signed", "yes"), ("external_use", "no"), ("edition", "free")];
    let theirs = [("tia_done", "no"), ("recording_used", "no"), ("content", "confidential")];
    let merged = repository.diverge(&ours, &theirs);
    assert!(merged.status.success(), "{}", out(&merged));
    let session = read(&repository.path());
    for (question, choice) in ours.iter().chain(&theirs) {
        assert_eq!(value(&session, question), format!("Choice(ChoiceId(\"{choice}\"))"), "{question}");
    }
    // Both histories are whole: two answers at first, three of each side, and that they were merged.
    assert_eq!(session.history.len(), 9, "{:?}", session.history.lines().collect::<Vec<_>>());
    assert!(repository.run(&["status", "--porcelain"]).stdout.is_empty());
}

#[test]
fn git_asks_where_both_have_changed_the_same_and_merge_goes_on() {
    for (driver, take, expected) in [(true, "ours", "yes"), (true, "theirs", "no"), (false, "theirs", "no")] {
        let dir = tempfile::tempdir().unwrap();
        let repository = Repository::new(dir.path(), driver);
        let merged = repository
            .diverge(&[("dpa_signed", "yes"), ("external_use", "no")], &[("dpa_signed", "no"), ("tia_done", "no")]);
        assert_eq!(merged.status.code(), Some(1), "{}", out(&merged));
        let path = repository.path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("<<<<<<<") && text.contains(">>>>>>>"), "{text}");
        // It is no damaged file, and what helps is said.
        let opened = program(dir.path(), &["evaluate", path.to_str().unwrap()]);
        let said = out(&opened);
        assert_eq!(opened.status.code(), Some(3));
        let line = text.lines().position(|line| line.starts_with("<<<<<<<")).unwrap() + 1;
        assert!(said.contains(&format!("session.ron:{line}")) && said.contains("freigabe merge"), "{said}");
        // Nothing is written before somebody decides.
        let asked = program(dir.path(), &["merge", path.to_str().unwrap()]);
        assert_eq!(asked.status.code(), Some(1), "{}", out(&asked));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        let taken = program(dir.path(), &["merge", path.to_str().unwrap(), "--take", take]);
        assert!(taken.status.success(), "{}", out(&taken));
        let session = read(&path);
        assert_eq!(value(&session, "dpa_signed"), format!("Choice(ChoiceId(\"{expected}\"))"), "driver {driver}");
        for (question, choice) in [("external_use", "no"), ("tia_done", "no"), ("edition", "paid")] {
            assert_eq!(
                value(&session, question),
                format!("Choice(ChoiceId(\"{choice}\"))"),
                "driver {driver}: {question}"
            );
        }
        repository.commit("merged");
    }
}

/// `merge=union` puts the lines of both one after the other: that is found out, and told apart from damage.
#[test]
fn lines_put_one_after_the_other_are_told_apart_from_damage() {
    let dir = tempfile::tempdir().unwrap();
    let repository = Repository::new(dir.path(), false);
    put(&repository.0.join(".gitattributes"), "session.ron merge=union\n");
    repository.commit("union");
    let merged = repository.diverge(&[("dpa_signed", "yes")], &[("tia_done", "no")]);
    assert!(merged.status.success(), "{}", out(&merged));
    let opened = program(dir.path(), &["evaluate", repository.path().to_str().unwrap()]);
    assert_eq!(opened.status.code(), Some(3));
    assert!(out(&opened).contains("merge=union"), "{}", out(&opened));
}

/// What one side has taken away and the other one has changed is a matter for a person, from the driver to the end.
#[test]
fn an_answer_that_was_taken_away_does_not_give_way_silently() {
    let dir = tempfile::tempdir().unwrap();
    let repository = Repository::new(dir.path(), true);
    let path = repository.path();
    repository.git(&["checkout", "-q", "-b", "other"]);
    answered(&path, "content", "confidential", "DSB", 30);
    repository.commit("theirs");
    repository.git(&["checkout", "-q", "main"]);
    let mut ours = read(&path);
    let at = freigabe::domain::moment::Moment::parse("2026-11-23T10:40:00Z").unwrap();
    assert!(ours.clear(at, &"content".try_into().unwrap()));
    put(&path, &file::sealed(&file::write(&ours)));
    repository.commit("ours");
    let merged = repository.run(&["merge", "--no-edit", "other"]);
    assert_eq!(merged.status.code(), Some(1), "{}", out(&merged));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("||||||| base"), "{text}");
    let asked = program(dir.path(), &["merge", path.to_str().unwrap()]);
    assert_eq!(asked.status.code(), Some(1), "{}", out(&asked));
    assert!(out(&asked).contains("1 to be decided"), "{}", out(&asked));
    let taken = program(dir.path(), &["merge", path.to_str().unwrap(), "--take", "ours"]);
    assert!(taken.status.success(), "{}", out(&taken));
    assert!(read(&path).answered(&"content".try_into().unwrap()).is_none());
}
