//! From sessions to lines: verdicts, states, filters, orders, causes.

use super::*;
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Subject, judge};
use crate::knowledge::Knowledge;
use crate::session::signoff::{Decision, DecisionKind, Seal, content};
use crate::session::state::{Stage, stage_of};
use crate::session::{Answer, Condition, ConditionId, FollowUp, Session, SessionId};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A team whose only trouble is the country: the vendor is certified under the scheme of the day.
fn session(n: usize, vendor: &str, team: &str, on: &str) -> Session {
    let id = SessionId::parse(&format!("s{n}")).unwrap();
    let mut session = Session::new(id, Mode::Interview, vendor.try_into().unwrap(), day(on));
    session.subject.team = team.into();
    let mut say = |question: &str, value: Value| {
        session.answers.insert(question.try_into().unwrap(), Answer::new(value));
    };
    let choice = |text: &str| Value::Choice(text.try_into().unwrap());
    let answers = [
        ("edition", "paid"),
        ("dpa_signed", "yes"),
        ("dpa_complete", "yes"),
        ("certified", "yes"),
        ("transfer_safeguard", "none"),
        ("external_use", "no"),
    ];
    for (question, value) in answers {
        say(question, choice(value));
    }
    say("hosting_country", Value::Countries(vec!["US".try_into().unwrap()]));
    session
}

fn seal(session: &mut Session, knowledge: &Knowledge) {
    let vendor = knowledge.vendor(&session.vendor);
    let model = crate::engine::Model::compile(knowledge.bank(), vendor);
    let own = session.as_of.unwrap();
    let (best, worst) = judge(&model, &session.inquiry(None, own)).unwrap();
    session.decision = Some(Decision { kind: Some(DecisionKind::Granted), ..Decision::default() });
    let (best, worst, on) = (Some(best), Some(worst), Some(own));
    let seal = Seal { revision: 1, on, best, worst, content: content(session), ..Seal::default() };
    session.seals.push(seal);
}

fn entries(sessions: &[Session]) -> Vec<Entry> {
    sessions.iter().map(|session| Entry::of(session.id.as_str(), Stamp::default(), session)).collect()
}

#[test]
fn a_line_says_what_the_session_says_on_the_day() {
    let knowledge = Knowledge::embedded();
    let today = day("2026-11-23");
    let mut sessions = vec![session(1, "zoom", "Vertrieb", "2019-05-01"), session(2, "teams", "HR", "2026-11-01")];
    let asked = FollowUp { owner: "IT".into(), due: Some(day("2026-12-01")), ..FollowUp::default() };
    sessions[0].answers.values_mut().next().unwrap().follow_up = Some(asked);
    let due = Condition { due: Some(day("2026-11-20")), owner: "Einkauf".into(), ..Condition::default() };
    sessions[0].conditions.insert(ConditionId::parse("no-dpa").unwrap(), due);
    sessions.push(session(3, "gone-from-the-catalogue", "HR", "2026-11-01"));
    let entries = entries(&sessions);
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    assert_eq!((&*rows[0].tool, &*rows[2].tool), ("Zoom", "gone-from-the-catalogue"));
    assert_eq!((rows[0].follow_ups, rows[0].open, rows[0].overdue), (1, 1, 1));
    assert_eq!(rows[0].due, Some(day("2026-11-20")));
    assert_eq!(rows[2].now, Lights::NoTool);
    for (row, session) in rows.iter().zip(&sessions).take(2) {
        let model = judge.model(&entries[row.at]).unwrap();
        let expected = |day| crate::engine::judge(model, &session.inquiry(Some(day), today)).unwrap();
        assert_eq!(row.now, Lights::Between(expected(today).0, expected(today).1));
        let own = session.as_of.unwrap();
        assert_eq!(row.then, Some(Lights::Between(expected(own).0, expected(own).1)));
    }
    let summary = Summary::of(&entries, &rows, today);
    assert_eq!((summary.all, summary.without, summary.overdue, summary.due_this_month), (3, 1, 1, 1));
    assert_eq!(summary.owing, [("IT".to_owned(), 1)]);
}

#[test]
fn what_is_kept_is_what_would_be_judged_on_any_day() {
    let knowledge = Knowledge::embedded();
    let sessions = [session(1, "zoom", "A", "2019-05-01"), session(2, "webex", "B", "2024-02-02")];
    for today in ["2020-07-15", "2020-07-16", "2023-07-09", "2023-07-10", "2026-11-23"].map(day) {
        let mut kept = entries(&sessions);
        let judge = Judge::of(&knowledge, &kept, today);
        assert!(judge.keep(&mut kept) && !judge.keep(&mut kept));
        for other in ["2020-07-15", "2020-07-16", "2020-07-17", "2023-07-10", "2025-01-01", "2026-11-24"].map(day) {
            let anew = entries(&sessions);
            for (kept, anew) in kept.iter().zip(&anew) {
                assert_eq!(judge.lights(kept, other), judge.lights(anew, other), "{today} {other}");
            }
        }
    }
}

#[test]
fn a_clearance_that_has_flipped_says_why() {
    let knowledge = Knowledge::embedded();
    let today = day("2021-03-01");
    let mut sessions = vec![session(1, "zoom", "A", "2019-05-01"), session(2, "zoom", "B", "2019-05-01")];
    seal(&mut sessions[0], &knowledge);
    let entries = entries(&sessions);
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    assert!(rows[0].is_flipped(), "{:?}", rows[0]);
    assert!(!rows[1].is_flipped(), "nobody has cleared it");
    let reasons = reasons(&judge, &entries, &[&rows[0]], today);
    assert_eq!((reasons[0].data, reasons[0].no_tool), (None, false));
    let last = reasons[0].turned.last().unwrap();
    assert_eq!(last.lights, rows[0].now);
    let law = |turned: &Turned| turned.because.iter().any(|one| matches!(one.subject, Subject::Instrument(_)));
    let shield = reasons[0].turned.iter().find(|turned| turned.day == day("2020-07-16"));
    assert!(shield.is_some_and(law), "{reasons:?}");
    let laws = fallen(&judge, &entries, &rows, day("2021-03-01"));
    assert!(laws.iter().all(|law| law.rows.iter().all(|(place, _)| *place == 0)));
}

#[test]
fn other_data_than_at_the_seal_are_a_cause_of_their_own() {
    let knowledge = Knowledge::embedded();
    let today = day("2019-06-01");
    let mut one = session(1, "zoom", "A", "2019-05-01");
    seal(&mut one, &knowledge);
    // As if the rules of the time had been milder.
    (one.seals[0].best, one.seals[0].worst) = (Some(Light::Green), Some(Light::Green));
    let entries = entries(&[one]);
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    let reasons = reasons(&judge, &entries, &[&rows[0]], today);
    assert_eq!(reasons[0].data, Some(judge.lights(&entries[0], day("2019-05-01"))));
}

#[test]
fn a_flip_without_a_day_of_its_own_says_so() {
    let knowledge = Knowledge::embedded();
    let mut one = session(1, "zoom", "A", "2019-05-01");
    seal(&mut one, &knowledge);
    one.as_of = None;
    let lights = Some(Light::Green);
    let content = content(&one);
    one.seals[0] = Seal { on: None, best: lights, worst: lights, content, ..one.seals[0].clone() };
    let entries = entries(&[one]);
    let today = day("2022-01-01");
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    assert!(rows[0].is_flipped() && rows[0].then_day.is_none(), "{:?}", rows[0]);
    let reasons = reasons(&judge, &entries, &[&rows[0]], today);
    assert!(reasons[0].undated && reasons[0].turned.is_empty(), "{reasons:?}");
}

#[test]
fn all_who_answered_for_the_team_are_named() {
    let mut one = session(1, "zoom", "A", "2026-05-01");
    one.subject.respondents = vec!["Teamleitung".into(), " ".into(), "IT".into()];
    assert_eq!(entries(&[one])[0].owner, "Teamleitung; IT");
}

#[test]
fn a_fall_of_the_law_is_told_with_the_clearances_it_costs() {
    let knowledge = Knowledge::embedded();
    let today = day("2019-06-01");
    let mut one = session(1, "zoom", "A", "2019-05-01");
    seal(&mut one, &knowledge);
    let entries = entries(&[one]);
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    let laws = fallen(&judge, &entries, &rows, today);
    assert_eq!(laws.len(), 1, "{laws:?}");
    assert!(laws[0].without.as_str().contains("shield"), "{laws:?}");
    assert_ne!(laws[0].rows[0].1, rows[0].now);
}

#[test]
fn the_state_is_the_one_of_the_session() {
    let knowledge = Knowledge::embedded();
    let mut sessions = Vec::new();
    for n in 0..7 {
        let mut one = session(n, "zoom", "A", "2026-01-01");
        if n > 0 {
            one.opinion = Some(crate::session::signoff::Opinion::default());
        }
        let due = Condition { due: Some(day("2026-06-01")), ..Condition::default() };
        one.conditions.insert(ConditionId::parse("no-dpa").unwrap(), due);
        if n > 1 {
            seal(&mut one, &knowledge);
        }
        if n == 6 {
            one.decision.as_mut().unwrap().valid_until = Some(day("2026-06-30"));
            one.seals[0].content = content(&one);
        }
        match n {
            3 => one.seals[0].before_use = vec!["no-dpa".try_into().unwrap()],
            4 => one.subject.team = "B".into(),
            5 => one.revocation = Some(crate::session::signoff::Revocation::default()),
            _ => {}
        }
        sessions.push(one);
    }
    let entries = entries(&sessions);
    let mut seen = std::collections::BTreeSet::new();
    for today in ["2026-02-01", "2026-07-01"].map(day) {
        let judge = Judge::of(&knowledge, &entries, today);
        for (row, session) in rows(&entries, knowledge.entries(), today, &judge).iter().zip(&sessions) {
            assert_eq!(row.stage, stage_of(session, today), "{}", session.id);
            seen.insert(row.stage);
        }
    }
    assert_eq!(seen.len(), Stage::ALL.len());
}

#[test]
fn filters_and_orders() {
    let knowledge = Knowledge::embedded();
    let today = day("2026-11-23");
    let mut sessions = vec![
        session(1, "zoom", "Vertrieb", "2026-11-01"),
        session(2, "teams", "Einkauf", "2026-11-01"),
        session(3, "zoom", "Einkauf", "2026-11-01"),
    ];
    sessions[1].archived = Some(today);
    sessions[2].retired = Some(crate::session::away::Retired::default());
    let due = Condition { due: Some(day("2026-11-20")), ..Condition::default() };
    sessions[2].conditions.insert(ConditionId::parse("no-dpa").unwrap(), due);
    let entries = entries(&sessions);
    let judge = Judge::of(&knowledge, &entries, today);
    let rows = rows(&entries, knowledge.entries(), today, &judge);
    let found = |filter: Filter| filter.places(&entries, &rows);
    let all = || Filter { shelf: Shelf::All, ..Filter::default() };
    assert_eq!(found(Filter::default()), [0, 2]);
    assert_eq!(found(Filter { shelf: Shelf::Archived, ..Filter::default() }), [1]);
    assert_eq!(found(Filter { shelf: Shelf::Refused, ..Filter::default() }), [2]);
    assert_eq!(found(Filter { tool: Some("ZOOM".into()), ..all() }), [0, 2]);
    assert_eq!(found(Filter { team: Some("kauf".into()), ..all() }), [1, 2]);
    assert_eq!(found(Filter { search: "einkauf zoom".into(), ..all() }), [2]);
    assert_eq!(found(Filter { due_before: Some(day("2026-11-21")), ..all() }), [2]);
    assert_eq!(found(Filter { due_before: Some(day("2026-11-20")), ..all() }), [0_usize; 0]);
    assert_eq!(found(Filter { stage: Some(Stage::Draft), ..all() }), [0, 1, 2]);
    let verdict = rows[0].now.verdict();
    assert_eq!(found(Filter { verdict, ..all() }).first(), Some(&0));
    let other =
        [Verdict::Green, Verdict::Yellow, Verdict::Red, Verdict::Open].into_iter().find(|one| Some(*one) != verdict);
    assert!(!found(Filter { verdict: other, ..all() }).contains(&0));
    let ordered = |column, backwards| {
        let mut places = vec![0, 1, 2];
        sort(&mut places, &entries, &rows, column, backwards);
        places
    };
    assert_eq!(ordered(Column::Team, false), [1, 2, 0]);
    assert_eq!(ordered(Column::Team, true), [0, 2, 1]);
    assert_eq!(ordered(Column::DueNext, false), [2, 0, 1], "what has no day comes last");
    assert_eq!(ordered(Column::DueNext, true)[0], 2, "backwards too");
    assert_eq!(ordered(Column::ConditionsOpen, false), [2, 0, 1]);
}
