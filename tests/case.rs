//! An officer's whole case in a real terminal: the interview of a team, what others find out, conditions, the other tools,
//! sign-off and seal; and a year later, when the law has changed, the register and the sealed record.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/grid.rs"]
mod grid;
#[expect(dead_code, reason = "the ways to end are for other tests")]
#[path = "common/pty.rs"]
mod pty;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use freigabe::domain::answer::Value;
use freigabe::knowledge::Knowledge;
use freigabe::session::Session;
use freigabe::session::signoff::{DecisionKind, OpinionKind};
use freigabe::session::store::Store;
use grid::Grid;
use pty::Pty;
use serde_json::Value as Json;

/// The day of the interview, the last day on which the transfer rests on the Privacy Shield, and a year later.
const INTERVIEW: &str = "2020-07-01";
const COVERED: &str = "2020-07-15";
const LATER: &str = "2021-07-01";

/// What the team does not know.
const UNKNOWN: [&str; 5] = ["security_holes", "contract_terms", "data_flows", "retention", "breach_process"];

/// Questions that are answered with something else than the first choice.
const ANSWERS: [(&str, &str); 11] = [
    ("edition", "2\r"),
    ("security_holes", "4\r"),
    ("hosting_country", "\r"),
    ("transfer_safeguard", "5\r"),
    ("contract_terms", "3\r"),
    ("data_flows", "4\r"),
    ("external_informed", "2\r"),
    ("recording_used", "2\r"),
    // Somebody else finds out: who, until when, what.
    ("retention", "fIT\r2020-07-10\rWhich period is configured?\r\r\r"),
    ("breach_process", "fSales lead\r2020-07-15\r\r\r\r"),
    ("legal_basis", "2\r"),
];

const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";

/// The officer at the terminal.
struct Officer {
    pty: Pty,
    grid: Grid,
    fed: usize,
    data: PathBuf,
}

impl Officer {
    fn start(home: &Path, data: &Path, arguments: &[&str]) -> Self {
        let mut all = vec![OsStr::new("--lang"), OsStr::new("en"), OsStr::new("--data-dir"), data.as_os_str()];
        all.extend(arguments.iter().map(OsStr::new));
        let pty = Pty::start(OsStr::new(env!("CARGO_BIN_EXE_freigabe")), &all, home.as_os_str(), (80, 60));
        Self { pty, grid: Grid::new(80, 60), fed: 0, data: data.to_owned() }
    }

    /// Waits until the screen, its lines joined, is as it should be.
    fn wait(&mut self, what: &str, mut is: impl FnMut(&str) -> bool) {
        let Self { pty, grid, fed, .. } = self;
        pty.wait(what, |pty| {
            let shown = pty.shown();
            grid.feed(&shown[*fed..], |_| {});
            *fed = shown.len();
            is(&joined(&grid.text()))
        });
    }

    fn sees(&mut self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Types, and waits for what the screen says to it.
    fn types(&mut self, keys: &str, text: &str) {
        self.pty.send(keys.as_bytes());
        self.sees(text);
    }

    /// Waits until the session about a tool is on the disk as it should be.
    fn saved(&self, vendor: &str, what: &str, is: impl Fn(&Session) -> bool) {
        self.pty.wait(what, |_| sessions(&self.data).iter().any(|(_, one)| one.vendor == *vendor && is(one)));
    }

    fn ends(self) {
        let (ended, shown) = self.pty.ends(|pty| pty.send(b"\x03"));
        assert_eq!(ended.code, Some(0), "{}", String::from_utf8_lossy(&shown));
        assert!(ended.same && ended.modes.is_empty(), "{ended:?}");
    }
}

/// Words with one space between them, wherever lines break.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sessions(data: &Path) -> Vec<(PathBuf, Session)> {
    let store = Store::new(data);
    let all = store.list().into_iter().filter_map(|one| store.load(one.path.to_str()?).ok());
    all.map(|saved| (saved.path, saved.session)).collect()
}

fn freigabe(data: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_freigabe"))
        .args(["--lang", "en", "--data-dir", data.to_str().unwrap()])
        .args(arguments)
        .env("HOME", data)
        .env("XDG_CONFIG_HOME", data)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// The interview, each question as the screen asks it. Returns which ones were asked.
fn interview(officer: &mut Officer) -> Vec<String> {
    let knowledge = Knowledge::embedded();
    let wordings: Vec<(&str, String)> = knowledge
        .bank()
        .questions()
        // A name that is filled in ends what can be compared.
        .map(|(_, one)| (one.id.as_str(), joined(one.text.en.split('{').next().unwrap_or_default())))
        .collect();
    let mut asked: Vec<String> = Vec::new();
    loop {
        let (mut next, mut done) = (None, false);
        officer.wait("the next question", |screen| {
            let fits =
                |(id, text): &&(&str, String)| asked.last().is_none_or(|last| last != id) && screen.contains(text);
            next = wordings.iter().find(fits).map(|(id, _)| *id);
            done = screen.contains("[Result]");
            done || next.is_some()
        });
        let Some(id) = next.filter(|_| !done) else { return asked };
        assert!(!asked.iter().any(|one| one == id), "{id} is asked twice: {asked:?}");
        asked.push(id.to_owned());
        let keys = ANSWERS.iter().find(|(one, _)| *one == id).map_or("1\r", |(_, keys)| keys);
        officer.pty.send(keys.as_bytes());
        if keys.starts_with('f') {
            officer
                .saved("zoom", "the follow-up", |one| one.answers.get(id).is_some_and(|one| one.follow_up.is_some()));
            officer.pty.send(b"3\r");
        }
    }
}

/// Header, interview, follow-ups, condition.
fn asks(officer: &mut Officer) {
    officer.sees("Controller (client organisation)");
    officer.types("Muster GmbH\r\r\rSales\rZoom for sales\rMeetings with customers\r\rDPO\r", "Who answers?");
    officer.types("Sales lead, IT\r", "› Go to the questions");
    officer.pty.send(b"\r");
    let asked = interview(officer);
    assert!((25..=45).contains(&asked.len()), "{asked:?}");
    officer.sees("Clear with conditions");
    officer.sees("Deletion periods are missing");
    let unknown = |one: &Session| one.answers.values().filter(|one| one.value == Value::Unknown).count();
    officer.saved("zoom", "what the team does not know", |one| {
        unknown(one) == UNKNOWN.len() && UNKNOWN.iter().all(|id| one.answers[*id].value == Value::Unknown)
    });
    officer.saved("zoom", "two respondents", |one| one.subject.respondents == ["Sales lead", "IT"]);

    // IT has looked: the reply goes into the note, and the question is answered.
    officer.types("F", "Follow-ups: 2 open, 0 closed");
    officer.types("f", "What came back?");
    officer.pty.send(format!("\t\t\tThirty days{DOWN}{RIGHT}{RIGHT}\r").as_bytes());
    officer.sees("Follow-ups: 1 open, 1 closed");
    officer.types(&format!("{DOWN}\r"), "Are deletion periods set");
    officer.types("1\r", "Do your own employees have");
    officer.types("e", "[Result]");
    officer.wait("the finding to be gone", |screen| !screen.contains("Deletion periods are missing"));
    officer.saved("zoom", "the answer that came back", |one| {
        let answer = &one.answers["retention"];
        let asked = answer.follow_up.as_ref().unwrap();
        asked.closed.is_some()
            && (&*asked.owner, &*asked.question) == ("IT", "Which period is configured?")
            && asked.due == Some("2020-07-10".parse().unwrap())
            && answer.note == "Thirty days"
            && answer.value == Value::Choice("set".try_into().unwrap())
            && unknown(one) == UNKNOWN.len() - 1
    });

    // Who informs the customers, and until when.
    officer.types("a", "Who does it?");
    officer.pty.send(b"Sales lead\r2020-07-20\r\r\r\r\r");
    officer.saved("zoom", "a condition", |one| {
        one.conditions.values().any(|one| one.owner == "Sales lead" && one.due == Some("2020-07-20".parse().unwrap()))
    });
}

/// Two more tools for the same team, and all of them side by side.
fn compares(officer: &mut Officer) {
    for (vendor, name, edition) in [("teams", "Microsoft Teams", "2\r"), ("slack", "Slack", "1\r")] {
        officer.types("t", "Which other tool does the same team look at?");
        officer.types(vendor, name);
        officer.types("\r", "answers about the team were taken along");
        officer.sees("Which edition is used?");
        officer.pty.send(edition.as_bytes());
        officer.wait("the next question", |screen| !screen.contains("Which edition is used?"));
        officer.saved(vendor, "what the team said", |one| {
            let (team, answers) = (&*one.subject.team, &one.answers);
            team == "Sales" && answers.contains_key("edition") && !answers.contains_key("dpa_signed")
        });
        officer.types("o", "Overview");
        officer.types("e", "[Result]");
    }
    officer.types("T", "Zoom · Sales");
    officer.types("o", "Overview");
    officer.types("e", "[Result]");
    officer.types("\t\t\t", "[Comparison]");
    // The ones of this team are judged with what it said about each, and say so.
    officer.wait("three tools of the team", |screen| {
        screen.contains("← your tool") && screen.matches("← asked").count() == 2
    });
}

/// Opinion, decision, review and seal.
fn signs(officer: &mut Officer) {
    officer.types("f", "Opinion, decision, seal");
    officer.types(&format!("{DOWN}\r"), "Whose opinion is it?");
    officer.pty.send(format!("{RIGHT}{RIGHT}{DOWN}{DOWN}{DOWN}Only if customers know\r\r").as_bytes());
    officer.sees("supports with conditions · DPO");
    officer.types(&format!("{DOWN}\r"), "Take over");
    let decided = format!("{RIGHT}{RIGHT}{DOWN}Management{DOWN}{DOWN}{DOWN}Customers ask for it{DOWN}{DOWN}{DOWN}\r");
    officer.types(&decided, "Management");
    officer.saved("zoom", "opinion and decision", |one| {
        let (opinion, decision) = (one.opinion.as_ref(), one.decision.as_ref());
        opinion.is_some_and(|one| one.kind == Some(OpinionKind::WithConditions) && one.text == "Only if customers know")
            && decision.is_some_and(|one| one.kind == Some(DecisionKind::WithConditions) && one.by == "Management")
    });
    officer.types(&format!("{DOWN}\r"), "Take over");
    officer.pty.send(format!("{}{LATER}{}\r", "\x7f".repeat(10), DOWN.repeat(7)).as_bytes());
    officer.saved("zoom", "the review", |one| {
        one.review.as_ref().is_some_and(|one| one.due == Some(LATER.parse().unwrap()))
    });
    officer.sees("Opinion, decision, seal");
    officer.types(&format!("{DOWN}\r"), "Seal now");
    officer.types("\r", "Sealed: seal 1.");
}

#[test]
fn an_officer_asks_a_team_and_the_law_changes_a_year_later() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("client");
    let new = ["new", "--vendor", "zoom", "--mode", "interview", "--as-of", INTERVIEW];
    let mut officer = Officer::start(home.path(), &data, &new);
    asks(&mut officer);
    compares(&mut officer);
    officer.ends();

    let all = sessions(&data);
    assert_eq!(all.len(), 3);
    let (path, _) = all.iter().find(|(_, one)| one.vendor == *"zoom").unwrap();
    let zoom = path.to_str().unwrap();
    let mut officer = Officer::start(home.path(), &data, &["open", zoom]);
    officer.sees("Zoom");
    officer.types("o", "Overview");
    officer.types("e", "[Result]");
    signs(&mut officer);
    officer.types("\x1b", "[Result]");
    officer.ends();
    assert!(path.with_file_name("sealed-1.ron").is_file());
    sealed(&data, zoom);
}

/// What the papers say of the sealed assessment, then and a year later.
fn sealed(data: &Path, zoom: &str) {
    let (code, paper) = freigabe(data, &["report", zoom, "--format", "md"]);
    assert_eq!(code, Some(0), "{paper}");
    for part in ["Only if customers know", "Management", "Customers ask for it", "Seal 1", "Sales lead", "2020-07-20"] {
        assert!(paper.contains(part), "no {part}: {paper}");
    }
    let verified = || {
        let (code, told) = freigabe(data, &["verify", zoom, "--format", "json", "--as-of", LATER]);
        let json: Json = serde_json::from_str(&told).unwrap();
        assert_eq!((code, &json["result"], &json["verdict"]), (Some(0), &"same".into(), &"yellow".into()), "{told}");
        json
    };
    let before = verified();

    let register = |day: &str| -> Vec<Json> {
        let (code, told) = freigabe(data, &["register", "--flipped", "--format", "json", "--as-of", day]);
        assert_eq!(code, Some(0), "{told}");
        serde_json::from_str::<Json>(&told).unwrap()["sessions"].as_array().unwrap().clone()
    };
    assert_eq!(register(COVERED), Vec::<Json>::new(), "nothing has changed yet");
    let flipped = register(LATER);
    assert_eq!(flipped.len(), 1, "{flipped:?}");
    let one = &flipped[0];
    assert_eq!((&one["vendor"], &one["then_day"]), (&"zoom".into(), &INTERVIEW.into()), "{one}");
    assert_eq!((&one["verdict_then"], &one["verdict_now"]), (&"yellow".into(), &"red".into()), "{one}");
    assert!(one["causes"].to_string().contains("Privacy Shield"), "{one}");
    assert_eq!(verified(), before, "the record says what it said");
}
