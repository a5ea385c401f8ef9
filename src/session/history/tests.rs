use proptest::prelude::*;

use super::*;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::VariableId;
use crate::domain::moment::Moment;
use crate::session::file::{MAX_BYTES, read, write};
use crate::session::{Answer, Evidence, FollowUp, Session, SessionId};

fn empty() -> Session {
    let (id, day) = (SessionId::parse("x").unwrap(), "2026-11-23".parse().unwrap());
    Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day)
}

fn at(n: i64) -> Moment {
    Moment::of_seconds(1_790_000_000 + n).unwrap()
}

fn id(text: &str) -> VariableId {
    text.try_into().unwrap()
}

fn choice(text: &str) -> Value {
    Value::Choice(text.try_into().unwrap())
}

fn set(session: &mut Session, question: &str, value: &str) {
    session.change(at(1), &id(question), |answer| (answer.value, answer.pending) = (choice(value), false));
}

/// As after a restart.
fn again(session: &Session) -> Session {
    read(&write(session), &session.id).unwrap()
}

#[test]
fn a_change_is_told_with_what_differs_only() {
    let mut session = empty();
    session.subject.interviewer = "DSB".into();
    set(&mut session, "dpa_signed", "yes");
    session.change(at(2), &id("dpa_signed"), |answer| answer.note = "laut Anlage".into());
    set(&mut session, "dpa_signed", "no");
    let lines: Vec<&str> = session.history.lines().collect();
    let expected = [
        r#"(n: 1, at: "2026-09-21T14:13:21Z", question: "dpa_signed", new: Some((value: Choice("yes"))), by: "DSB")"#,
        r#"(n: 2, at: "2026-09-21T14:13:22Z", question: "dpa_signed", old: Some(()), new: Some((note: "laut Anlage")), by: "DSB")"#,
        r#"(n: 3, at: "2026-09-21T14:13:21Z", question: "dpa_signed", old: Some((value: Choice("yes"))), new: Some((value: Choice("no"))), by: "DSB")"#,
    ];
    assert_eq!(lines, expected);
    let text = write(&session);
    assert!(expected.iter().all(|line| text.lines().any(|one| one.trim() == format!("{line},"))), "{text}");
    assert_eq!(again(&session), session);
    for (place, entry) in session.history.entries() {
        assert_eq!(again(&session).history.entry(place), Some(entry));
    }
}

#[test]
fn what_was_taken_back_is_told_and_comes_back_until_something_new_is_said() {
    let mut session = empty();
    set(&mut session, "a", "yes");
    set(&mut session, "b", "no");
    let step = again(&session).undo(at(3)).unwrap();
    assert_eq!((step.question, step.to), (id("b"), None));
    session.undo(at(3)).unwrap();
    session.undo(at(4)).unwrap();
    assert!(session.answers.is_empty() && session.undo(at(5)).is_none());
    let kinds: Vec<Kind> = session.history.entries().map(|(_, entry)| entry.kind).collect();
    assert_eq!(kinds, [Kind::Change, Kind::Change, Kind::TakenBack(2), Kind::TakenBack(1)]);
    let mut session = again(&session);
    session.redo(at(6)).unwrap();
    assert_eq!(session.answers.keys().cloned().collect::<Vec<_>>(), [id("a")]);
    set(&mut session, "c", "yes");
    assert!(session.redo(at(7)).is_none());
    session.undo(at(8)).unwrap();
    session.undo(at(9)).unwrap();
    assert!(session.answers.is_empty());
}

#[test]
fn what_changes_nothing_is_not_told() {
    let mut session = empty();
    assert!(!session.change(at(1), &id("a"), |answer| answer.note = String::new()));
    assert!(!session.clear(at(1), &id("a")));
    set(&mut session, "a", "yes");
    set(&mut session, "a", "yes");
    assert_eq!(session.history.len(), 1);
    assert!(session.answers.len() == 1 && session.clear(at(2), &id("a")) && session.answers.is_empty());
}

#[test]
fn what_hangs_on_an_answer_stays_when_it_is_cleared() {
    let mut session = empty();
    set(&mut session, "a", "yes");
    session.change(at(2), &id("a"), |answer| answer.note = "laut IT".into());
    assert!(session.clear(at(3), &id("a")));
    let answer = &session.answers["a"];
    assert!(answer.pending && answer.note == "laut IT" && session.answered(&id("a")).is_none());
    session.undo(at(4));
    assert_eq!(session.answered(&id("a")).map(|answer| &answer.value), Some(&choice("yes")));
}

#[test]
fn a_skip_is_told_once_and_taken_back() {
    let mut session = empty();
    session.skip(at(1), &id("a"));
    session.skip(at(2), &id("a"));
    assert_eq!(session.history.len(), 1);
    let step = again(&session).undo(at(3)).unwrap();
    assert_eq!((step.question, step.from, step.to), (id("a"), None, None));
    set(&mut session, "a", "yes");
    session.skip(at(4), &id("a"));
    assert_eq!(session.history.len(), 2, "an answered question is not skipped");
}

#[test]
fn a_reason_is_an_entry_of_its_own() {
    let mut session = empty();
    set(&mut session, "a", "yes");
    let before: Vec<String> = session.history.lines().map(str::to_owned).collect();
    session.explain(at(2), 0, "Vertrag lag vor");
    session.explain(at(3), 0, "Vertrag liegt vor");
    let session = again(&session);
    assert_eq!(session.history.lines().take(1).collect::<Vec<_>>(), before);
    assert_eq!(session.history.reason(0), Some("Vertrag liegt vor"));
    assert_eq!(session.history.steps().done, [0], "a reason is no change");
}

#[test]
fn the_oldest_of_too_many_are_dropped_and_counted() {
    let mut session = empty();
    for n in 0..=MOST {
        set(&mut session, "a", if n % 2 == 0 { "yes" } else { "no" });
    }
    assert_eq!((session.history.len(), session.history.dropped()), (MOST, 1));
    let text = write(&session);
    assert!(text.contains("history_dropped: 1,") && text.len() < 700_000, "{}", text.len());
    let mut session = again(&session);
    assert_eq!((session.history.len(), session.history.dropped()), (MOST, 1));
    set(&mut session, "a", "no");
    assert_eq!(session.history.entries().next_back().map(|(_, entry)| entry.number), Some(MOST as u64 + 2));
    assert_eq!(session.history.dropped(), 2);
}

#[test]
fn a_file_has_room_for_all_answers_and_as_much_history_as_fits() {
    let mut session = empty();
    let note = "x".repeat(10_000);
    for n in 0..200 {
        let question = id(&format!("q{}", n % 20));
        session.change(at(n), &question, |answer| answer.note = format!("{n}{note}"));
    }
    let text = write(&session);
    let most = usize::try_from(MAX_BYTES).unwrap();
    assert!(text.len() > most);
    let shorter = crate::session::file::shortened(&session, text.len(), most).unwrap();
    let written = write(&shorter);
    assert!((most - 30_000..=most).contains(&written.len()), "{}", written.len());
    assert_eq!(shorter.answers, session.answers);
    assert_eq!(shorter.history.dropped() + shorter.history.len() as u64, 200);
    assert_eq!(crate::session::file::shortened(&shorter, written.len(), most), None);
}

#[test]
fn what_is_not_understood_stays_and_harms_nothing() {
    let history = r#"
        (n: 1, at: "2026-11-23T10:00:00Z", question: "a", new: Some((value: Scale(3), weight: 2)), device: "Kiosk"),
        Merged(from: 3, to: 5),
        (n: 2, at: "gestern", question: "Not an id", new: Some((value: Choice("yes")))),
        (n: 9, takes_back: 77),
        (question: "b", new: Some((value: Choice("no")))),
"#;
    let head = "(\n    format: 1,\n    id: \"x\",\n    mode: Interview,\n    vendor: \"zoom\",\n    answers: {\n    },";
    let text = format!("{head}\n    history: [{history}    ],\n)\n");
    let mut session = read(&text, &SessionId::parse("x").unwrap()).unwrap();
    assert_eq!(write(&session), text);
    assert_eq!(session.history.entry(0).unwrap().rest.names().collect::<Vec<_>>(), ["device"]);
    assert_eq!(session.history.steps().done, [0, 4]);
    // Everything is taken back as far as it is understood, and the old lines are still there.
    while session.undo(at(1)).is_some() {}
    assert!(session.answers.is_empty());
    assert!(write(&session).contains(history.trim_end()));
}

#[test]
fn hostile_histories_are_read_and_never_run_away() {
    let long = "\u{1b}[2J\u{202e}".repeat(20_000);
    let text = format!(
        "(format: 1, vendor: \"zoom\", answers: {{}}, history_dropped: 18446744073709551615, history: [\
         (n: 18446744073709551615, question: \"a\", new: Some((value: Choice(\"yes\"), note: {long:?})), by: {long:?}),\
         (n: 18446744073709551615, takes_back: 18446744073709551615), (), 5, \"x\", [[[]]], (n: -1), (old: Some(7))])"
    );
    let text = text.replace("\\u{1b}", "\u{1b}").replace("\\u{202e}", "\u{202e}");
    let mut session = read(&text, &SessionId::parse("x").unwrap()).unwrap();
    assert_eq!(session.history.len(), 8);
    set(&mut session, "b", "yes");
    session.undo(at(1)).unwrap();
    let written = write(&session);
    assert!(!written.chars().any(|c| crate::sanitise::is_hidden(c) && c != '\n'));
    let again = read(&written, &session.id).unwrap();
    assert_eq!(again.history.entry(0).unwrap().by, long, "the data are whole");
    assert_eq!(write(&again), written);
}

#[test]
fn a_history_that_is_none_has_a_place() {
    let text = "(format: 1,\n vendor: \"zoom\", answers: {},\n history: 5)";
    let error = read(text, &SessionId::parse("x").unwrap()).unwrap_err();
    assert_eq!(error.line, 3, "{error:?}");
}

#[test]
fn five_hundred_changes_take_little_room() {
    let mut session = empty();
    let before = write(&session).len();
    for n in 0..500 {
        let value = if n % 3 == 0 { "announced_only" } else { "yes" };
        session.change(at(n), &id(&format!("recording_{}", n % 25)), |answer| {
            (answer.value, answer.pending, answer.on) = (choice(value), false, "2026-11-23".parse().ok());
            answer.by = "IT-Leitung".into();
        });
        session.change(at(n), &id(&format!("recording_{}", n % 25)), |answer| answer.note = format!("Stand {n}"));
    }
    let (grown, told) = (write(&session).len() - before, session.history.len());
    assert!(told > 500 && grown < told * 210, "{grown} bytes for {told} changes");
}

/// What a person may do.
#[derive(Clone, Debug)]
enum Deed {
    Set(usize, usize),
    Unknown(usize),
    Clear(usize),
    Note(usize, String),
    Evidence(usize),
    FollowUp(usize),
    Skip(usize),
    Undo,
    Redo,
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    let question = 0..5_usize;
    prop_oneof![
        4 => (question.clone(), 0..3_usize).prop_map(|(q, v)| Deed::Set(q, v)),
        1 => question.clone().prop_map(Deed::Unknown),
        2 => question.clone().prop_map(Deed::Clear),
        2 => (question.clone(), "[a-z\"\\\\\n]{0,6}").prop_map(|(q, text)| Deed::Note(q, text)),
        1 => question.clone().prop_map(Deed::Evidence),
        1 => question.clone().prop_map(Deed::FollowUp),
        1 => question.prop_map(Deed::Skip),
        4 => Just(Deed::Undo),
        3 => Just(Deed::Redo),
        1 => Just(Deed::Restart),
    ]
}

fn question(n: usize) -> VariableId {
    id(["dpa_signed", "recording_used", "content", "edition", "ai_assistant"][n])
}

/// Carries a deed out and says which question it may touch.
fn carry_out(session: &mut Session, deed: &Deed) -> Option<VariableId> {
    let value = |answer: &mut Answer, value: Value| {
        (answer.value, answer.pending, answer.foreign_value) = (value, false, None);
    };
    match deed {
        Deed::Set(q, v) => {
            session.change(at(1), &question(*q), |answer| value(answer, choice(["yes", "no", "partly"][*v])));
        }
        Deed::Unknown(q) => drop(session.change(at(1), &question(*q), |answer| value(answer, Value::Unknown))),
        Deed::Clear(q) => drop(session.clear(at(1), &question(*q))),
        Deed::Note(q, text) => drop(session.change(at(1), &question(*q), |answer| answer.note.clone_from(text))),
        Deed::Evidence(q) => {
            let one = Evidence { title: "DPA".into(), ..Evidence::default() };
            session.change(at(1), &question(*q), |answer| answer.evidence.push(one));
        }
        Deed::FollowUp(q) => {
            let toggled = |answer: &mut Answer| {
                let made = FollowUp { owner: "IT".into(), ..FollowUp::default() };
                answer.follow_up = answer.follow_up.is_none().then_some(made);
            };
            session.change(at(1), &question(*q), toggled);
        }
        Deed::Skip(q) => session.skip(at(1), &question(*q)),
        Deed::Undo => return session.undo(at(2)).map(|step| step.question),
        Deed::Redo => return session.redo(at(2)).map(|step| step.question),
        Deed::Restart => {
            *session = again(session);
            return None;
        }
    }
    let (Deed::Set(q, _)
    | Deed::Unknown(q)
    | Deed::Clear(q)
    | Deed::Note(q, _)
    | Deed::Evidence(q)
    | Deed::FollowUp(q)
    | Deed::Skip(q)) = deed
    else {
        return None;
    };
    Some(question(*q))
}

/// A session with answers that came with its file, foreign parts included.
fn found() -> Session {
    let text = r#"(format: 1, id: "x", vendor: "zoom", answers: {
        "dpa_signed": (value: Choice("yes"), note: "alt", weight: 3),
        "content": (value: Scale(4), by: "IT"),
        "edition": (value: Unknown, pending: true),
    })"#;
    read(text, &SessionId::parse("x").unwrap()).unwrap()
}

proptest! {
    /// No step touches the answer to another question; taking everything back gives the first state, bringing it back
    /// the last one.
    #[test]
    fn everything_can_be_taken_back_and_brought_back(deeds in proptest::collection::vec(deed(), 0..60)) {
        let first = found();
        let mut session = first.clone();
        for deed in &deeds {
            let before = session.answers.clone();
            let lines: Vec<String> = session.history.lines().map(str::to_owned).collect();
            let touched = carry_out(&mut session, deed);
            for other in before.keys().chain(session.answers.keys()) {
                prop_assert!(Some(other) == touched.as_ref() || before.get(other) == session.answers.get(other));
            }
            prop_assert!(session.history.lines().take(lines.len()).eq(lines.iter().map(String::as_str)), "append-only");
        }
        let last = session.answers.clone();
        let redone = session.history.steps().undone.len();
        let mut back = 0;
        while session.undo(at(3)).is_some() {
            back += 1;
            if back == 3 {
                session = again(&session);
            }
        }
        prop_assert_eq!(&session.answers, &first.answers);
        for _ in 0..back {
            prop_assert!(session.redo(at(4)).is_some());
        }
        prop_assert_eq!(&session.answers, &last);
        prop_assert_eq!(session.history.steps().undone.len(), redone);
        prop_assert_eq!(again(&session), session);
    }
}
