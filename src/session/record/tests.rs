//! Records written, read, replayed and damaged.

use super::*;
use crate::domain::answer::{Mode, Value};
use crate::engine::{Model, assess};
use crate::knowledge::Knowledge;
use crate::session::Answer;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn session() -> Session {
    let id = SessionId::parse("x").unwrap();
    let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day("2026-11-23"));
    session.subject.team = "Vertrieb \"Süd\"".into();
    for (id, value) in [("edition", "paid"), ("dpa_signed", "no"), ("recording_used", "no")] {
        let answer =
            Answer { note: "so \\ gesagt\nzwei".into(), ..Answer::new(Value::Choice(value.try_into().unwrap())) };
        session.answers.insert(id.try_into().unwrap(), answer);
    }
    session
}

fn recorded(knowledge: &Knowledge, session: &Session) -> String {
    let (bank, vendor) = (knowledge.bank(), knowledge.vendor(&session.vendor));
    let assessment = assess(&Model::compile(bank, vendor), &session.inquiry(None, day("2026-11-28")));
    let head = Head {
        program: "0.1.0".into(),
        revision: 1,
        sealed: day("2026-11-28"),
        by: "DSB".into(),
        day: day("2026-11-23"),
        answered: day("2026-11-23"),
    };
    write(&head, session, (bank, vendor), &assessment).unwrap()
}

#[test]
fn a_record_holds_all_that_the_verdict_rests_on() {
    let knowledge = Knowledge::embedded();
    let text = recorded(&knowledge, &session());
    assert!(file::check(text.as_bytes()).is_ok() && is_record(&text));
    assert!((text.len() as u64) < MAX_BYTES / 2, "{} bytes", text.len());
    let record = read(&text).unwrap();
    assert_eq!(record.session, session());
    assert_eq!(record.content, content(&session()));
    assert_eq!(record.bank, *knowledge.bank());
    assert_eq!(record.vendor.as_ref(), knowledge.vendor(&record.session.vendor));
    let again = Outcome::from(&record.replay().unwrap());
    assert_eq!(again, record.outcome, "proofs included");
    assert!(again.findings.iter().any(|fired| fired.id == *"no-dpa" && !fired.because.is_empty()));
    // What stands in it is text that a person can read and compare.
    let longest = text.lines().map(str::len).max().unwrap();
    assert!(longest < 20_000, "{longest}");
}

#[test]
fn what_differs_is_named() {
    let knowledge = Knowledge::embedded();
    let record = read(&recorded(&knowledge, &session())).unwrap();
    assert!(differences(&record.outcome, &record.outcome).is_empty());
    let mut other = session();
    other.answers.get_mut("dpa_signed").unwrap().value = Value::Choice("yes".try_into().unwrap());
    let model = Model::compile(knowledge.bank(), knowledge.vendor(&other.vendor));
    let now = Outcome::from(&assess(&model, &other.inquiry(None, day("2026-11-28"))));
    let found = differences(&record.outcome, &now);
    assert!(found.iter().any(|one| matches!(one, Difference::Gone(id, ..) if *id == *"no-dpa")), "{found:?}");
    assert!(found.iter().any(|one| matches!(one, Difference::Appeared(..))), "{found:?}");
    let mut lower = record.outcome.clone();
    lower.findings[0].level = crate::domain::finding::Level::Good;
    lower.verdict = None;
    let found = differences(&record.outcome, &lower);
    assert!(matches!(found.as_slice(), [Difference::Verdict(Some(_), None), Difference::Level(..)]), "{found:?}");
}

#[test]
fn edits_are_found_part_by_part() {
    let sealed = session();
    let edited = |edit: fn(&mut Session)| {
        let mut now = session();
        edit(&mut now);
        edits(&sealed, &now)
    };
    assert_eq!(edited(|_| {}), []);
    assert_eq!(edited(|now| now.subject.team = "HR".into()), [Place::Subject]);
    assert_eq!(edited(|now| drop(now.answers.remove("edition"))), [Place::Answer("edition".try_into().unwrap())]);
    assert_eq!(edited(|now| now.answers.get_mut("edition").unwrap().note.clear()).len(), 1);
    assert_eq!(edited(|now| now.decision = Some(crate::session::signoff::Decision::default())), [Place::Decision]);
    assert_eq!(edited(|now| now.rest.0.push(("x".into(), "1".into()))), [Place::Other]);
    assert_eq!(edited(|now| now.revocation = Some(crate::session::signoff::Revocation::default())), []);
    let id = crate::session::ConditionId::parse("no-dpa").unwrap();
    let (mut before, mut after) = (session(), session());
    let condition = crate::session::Condition::default();
    before.conditions.insert(id.clone(), condition.clone());
    after.conditions.insert(id.clone(), crate::session::Condition { by: "DSB".into(), ..condition });
    assert_eq!((edits(&before, &after), progress(&before, &after)), (vec![], vec![id]));
}

#[test]
fn a_hostile_record_gives_an_error_and_nothing_worse() {
    let knowledge = Knowledge::embedded();
    let text = file::without(&recorded(&knowledge, &session())).to_owned();
    let place = |text: &str| read(text).map(|_| ()).unwrap_err();
    assert!(place(&text.replacen("record: 1", "record: 2", 1)).newer);
    assert!(!place(&text.replacen("record: 1", "record: 0", 1)).newer);
    for name in ["program", "outcome", "session", "vendor", "bank"] {
        let fault = place(&text.replacen(&format!("\n{name}: "), &format!("\nx_{name}: "), 1));
        assert!(fault.message.contains(name), "{fault:?}");
    }
    // A fault inside the session stands where it stands in the file.
    let fault = place(&text.replacen("mode: Interview", "mode: Party", 1));
    let line = text.lines().position(|line| line.contains("mode: Interview")).unwrap() + 1;
    assert_eq!(fault.line, line, "{fault:?}");
    let deep = text.replacen("bank: (", &format!("bank: {}(", "[".repeat(4000)), 1);
    assert!(place(&deep).deep);
    assert!(place("(record: 1)").message.contains("missing"));
    // Data that the engine could not work with is refused before it does.
    let circle = "when: Some(Is(\"dpa_signed\", [\"yes\"]))";
    let at = text.find("\"dpa_signed\",kind").or_else(|| text.find("id: \"dpa_signed\", kind")).unwrap();
    let (before, after) = text.split_at(at);
    let when = after.find("when: Some(").unwrap();
    let end = after[when..].find(", label").unwrap() + when;
    let looped = format!("{before}{}{circle}{}", &after[..when], &after[end..]);
    let faults = read(&looped).unwrap().replay().unwrap_err();
    assert!(!faults.is_empty());
    let dangling = text.replace("Is(\"dpa_signed\",", "Is(\"no_such\",");
    assert!(read(&dangling).unwrap().replay().is_err());
}

#[test]
fn every_cut_and_many_flipped_bits_are_found_out() {
    let text = recorded(&Knowledge::embedded(), &session());
    let bytes = text.as_bytes();
    for at in (0..bytes.len()).step_by(9973).skip(1) {
        assert!(file::check(&bytes[..at]).is_err(), "cut at {at}");
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 1;
        assert!(file::check(&flipped).is_err(), "flipped at {at}");
    }
}
