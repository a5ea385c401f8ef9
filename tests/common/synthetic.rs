//! A data directory full of sessions that nobody has ever held. The same number gives the same files.

use std::fs;
use std::io::Write;
use std::path::Path;

use freigabe::domain::Day;
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::finding::Timing;
use freigabe::domain::id::FindingId;
use freigabe::domain::verdict::Verdict;
use freigabe::engine::{Inquiry, Model, assess, judge};
use freigabe::session::away::Retired;
use freigabe::session::condition::State;
use freigabe::session::signoff::{Decision, DecisionKind, Opinion, OpinionKind, Review, Revocation, Seal, content};
use freigabe::session::{Answer, Condition, ConditionId, Evidence, FollowUp, Session, SessionId, file};
use jiff::ToSpan;

use crate::common::{id, knowledge, model, vendors};
use crate::random::{self, Dice};

const TEAMS: [&str; 12] = [
    "Vertrieb",
    "Einkauf",
    "Personal",
    "IT",
    "Kundendienst",
    "Forschung",
    "Rechnungswesen",
    "Ausbildung",
    "Leitung",
    "Betriebsrat",
    "Öffentlichkeitsarbeit",
    "Lager",
];
const OWNERS: [&str; 7] =
    ["IT-Leitung", "Einkauf", "Rechtsabteilung", "Teamleitung", "Personalleitung", "Administration", "Datenschutz"];
const PURPOSES: [&str; 6] = [
    "Termine mit Kunden",
    "Bewerbungsgespräche",
    "Besprechungen im Team",
    "Schulungen",
    "Fernwartung",
    "Absprachen unterwegs",
];
const NOTES: [&str; 5] = [
    "laut AV-Vertrag, Anlage 2",
    "in der Verwaltung nachgesehen",
    "steht so im Verzeichnis",
    "telefonisch bestätigt",
    "im letzten Jahr geprüft",
];
/// Answers that are made for each tool; sessions differ in all else too.
const POOL: usize = 48;

/// Writes `count` sessions below a data directory and returns their lengths.
pub fn write(dir: &Path, count: usize) -> Vec<usize> {
    let mut names = vendors();
    names.push("other".into());
    let pools: Vec<Pool> = names.iter().map(|name| pool(name)).collect();
    let one = |n: usize| {
        let mut dice = Dice::of_round(n);
        let tool = dice.roll(names.len());
        let (model, all) = &pools[tool];
        let (inquiry, findings) = &all[dice.roll(POOL)];
        let mut session = session(n, &names[tool], inquiry, findings, &mut dice);
        if session.mode == Mode::Interview {
            sign_off(&mut session, model, findings, &mut dice);
        }
        let text = file::sealed(&file::write(&session));
        let folder = dir.join("sessions").join(session.id.as_str());
        fs::create_dir_all(&folder).unwrap();
        fs::File::create(folder.join("session.ron")).unwrap().write_all(text.as_bytes()).unwrap();
        text.len()
    };
    (0..count).map(one).collect()
}

/// The model of a tool, and inquiries about it with the findings that colour.
type Pool = (Model, Vec<(Inquiry, Vec<FindingId>)>);

fn pool(name: &str) -> Pool {
    let model: Model = model(name);
    let one = |n: usize| {
        let inquiry = random::session(n, name, &model);
        let coloured = assess(&model, &inquiry).findings.into_iter().filter(|fired| fired.level.colours());
        let findings = coloured.map(|fired| fired.id).collect();
        (inquiry, findings)
    };
    let all = (0..POOL).map(one).collect();
    (model, all)
}

/// Opinion, decision and seal, in all the states that there are.
fn sign_off(session: &mut Session, model: &Model, findings: &[FindingId], dice: &mut Dice) {
    let day = session.as_of.unwrap();
    let fate = dice.roll(10);
    if fate < 3 {
        return;
    }
    let opinion = OpinionKind::ALL[dice.roll(4)];
    session.opinion =
        Some(Opinion { kind: Some(opinion), by: "Datenschutz".into(), on: Some(day), ..Opinion::default() });
    let Some((best, worst)) = judge(model, &session.inquiry(None, day)).filter(|_| fate > 3) else { return };
    let kind = match fate {
        4 => DecisionKind::Refused,
        5 | 6 => DecisionKind::Granted,
        _ => DecisionKind::WithConditions,
    };
    session.decision = Some(Decision {
        kind: Some(kind),
        by: "Geschäftsführung".into(),
        on: Some(day),
        reason: "geprüft und abgewogen".into(),
        scope: "nur Besprechungen, ohne Aufzeichnung".into(),
        valid_until: (dice.roll(3) == 0).then(|| day.checked_add(36.months()).unwrap()),
        ..Decision::default()
    });
    let due = Some(day.checked_add(12.months()).unwrap());
    session.review = Some(Review { due, every: Some(12), ..Review::default() });
    if fate == 7 {
        for condition in session.conditions.values_mut() {
            condition.state = State::Fulfilled;
        }
    }
    let bank = knowledge().bank();
    let before = |id: &&FindingId| bank.finding(id).is_some_and(|one| one.timing == Some(Timing::BeforeUse));
    let before_use = findings.iter().filter(before).cloned().collect();
    let seal = Seal {
        revision: 1,
        on: Some(day),
        by: "Datenschutz".into(),
        verdict: Some(Verdict::between(best, worst)),
        best: Some(best),
        worst: Some(worst),
        content: content(session),
        before_use,
        ..Seal::default()
    };
    session.seals.push(seal);
    match dice.roll(12) {
        0 => session.subject.purpose.push_str(" und Schulungen"),
        1 => session.revocation = Some(Revocation { on: Some(day), ..Revocation::default() }),
        2 => session.archived = Some(day),
        3 => session.retired = Some(Retired { on: Some(day), note: "gekündigt".into(), ..Retired::default() }),
        _ => {}
    }
}

fn session(n: usize, vendor: &str, inquiry: &Inquiry, findings: &[FindingId], dice: &mut Dice) -> Session {
    // A ULID's form, so that `forget` and the order of creation work as with real ones.
    let name = SessionId::parse(&format!("01KE{n:022}")).unwrap();
    let day = inquiry.day.checked_add(i64::try_from(dice.roll(300)).unwrap().days()).unwrap();
    let mut session = Session::new(name, inquiry.mode, vendor.try_into().unwrap(), day);
    let team = pick(dice, &TEAMS);
    let purpose = pick(dice, &PURPOSES);
    session.subject.team = format!("{team} {}", 1 + dice.roll(9));
    session.subject.controller = "Muster GmbH".into();
    session.subject.organisation = inquiry.organisation;
    session.subject.jurisdiction = inquiry.jurisdiction;
    session.subject.purpose = purpose.into();
    session.subject.title = format!("{team}: {purpose}");
    if session.mode == Mode::Interview {
        session.subject.respondents = vec![pick(dice, &OWNERS).into(), "Teamleitung".into()];
    }
    for (question, given) in &inquiry.answers {
        let mut answer = Answer::new(given.value.clone());
        answer.on = Some(day);
        // Most answers are given by whoever is asked, and need no explanation.
        if dice.roll(5) == 0 {
            answer.by = pick(dice, &OWNERS).into();
        }
        if dice.roll(6) == 0 {
            answer.note = pick(dice, &NOTES).into();
        }
        if given.evidence {
            answer.evidence.push(Evidence {
                title: format!("Dokument {}", dice.roll(100)),
                date: Some(day),
                place: "Ablage DSB".into(),
                ..Evidence::default()
            });
        }
        if answer.value == Value::Unknown || dice.roll(40) == 0 {
            let follow_up =
                FollowUp { owner: pick(dice, &OWNERS).into(), due: later(day, dice), ..FollowUp::default() };
            answer.follow_up = Some(follow_up);
        }
        session.answers.insert(question.clone(), answer);
    }
    if vendor == "other" {
        session.answers.insert(id("tool_name"), Answer::new(Value::Text(format!("Tool {}", dice.roll(50)))));
    }
    for finding in findings.iter().filter(|_| session.mode == Mode::Interview) {
        let mut condition = Condition {
            owner: pick(dice, &OWNERS).into(),
            due: later(day, dice),
            state: [State::Open, State::Fulfilled, State::Accepted][dice.roll(3)].clone(),
            ..Condition::default()
        };
        if condition.state != State::Open {
            (condition.reason, condition.by) = ("Nachweis liegt vor".into(), "Datenschutz".into());
        }
        session.conditions.insert(ConditionId::Finding(finding.clone()), condition);
    }
    session
}

fn pick<'t>(dice: &mut Dice, all: &[&'t str]) -> &'t str {
    all[dice.roll(all.len())]
}

fn later(day: Day, dice: &mut Dice) -> Option<Day> {
    (dice.roll(4) > 0).then(|| day.checked_add(i64::try_from(dice.roll(400)).unwrap().days()).unwrap())
}
