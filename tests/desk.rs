//! The register on the screen: what is listed, what keys do to it, and that nothing of it is lost.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::signoff::{Decision, DecisionKind, Review, Seal, content};
use freigabe::session::store::{Saved, Store};
use freigabe::session::{Answer, FollowUp};
use freigabe::tui::screens::Screen;
use freigabe::tui::{App, Start};

#[path = "common/screens.rs"]
#[expect(dead_code, reason = "a part of it is for other tests")]
mod screens;

use screens::{app, press, shown};

fn put(store: &Store, vendor: &str, team: &str, on: &str, n: u64) -> Saved {
    let mut saved = store.create(Mode::Interview, vendor.try_into().unwrap(), on.parse().unwrap(), n);
    saved.session.subject.team = team.into();
    saved.session.subject.controller = "Muster GmbH".into();
    let mut say = |question: &str, value: Value| {
        saved.session.answers.insert(question.try_into().unwrap(), Answer::new(value));
    };
    let choice = |text: &str| Value::Choice(text.try_into().unwrap());
    for (question, value) in [
        ("edition", "paid"),
        ("dpa_signed", "yes"),
        ("dpa_complete", "yes"),
        ("certified", "yes"),
        ("transfer_safeguard", "none"),
        ("external_use", "no"),
    ] {
        say(question, choice(value));
    }
    say("hosting_country", Value::Countries(vec!["US".try_into().unwrap()]));
    store.save(&mut saved).unwrap();
    saved
}

/// A client with a clearance of 2019 that has flipped, one that holds, and a draft.
fn client(dir: &Path) -> Store {
    let store = Store::new(dir);
    let knowledge = Knowledge::embedded();
    for (n, (team, on)) in [("Vertrieb", "2019-05-01"), ("Einkauf", "2026-11-01")].into_iter().enumerate() {
        let mut saved = put(&store, "zoom", team, on, 1 + n as u64);
        let session = &mut saved.session;
        let model = freigabe::engine::Model::compile(knowledge.bank(), knowledge.vendor(&session.vendor));
        let day = session.as_of.unwrap();
        let (best, worst) = freigabe::engine::judge(&model, &session.inquiry(None, day)).unwrap();
        let scope = "nur Besprechungen".to_owned();
        session.decision = Some(Decision { kind: Some(DecisionKind::Granted), scope, ..Decision::default() });
        session.review =
            Some(Review { due: Some("2026-12-24".parse().unwrap()), every: Some(12), ..Review::default() });
        let (best, worst) = (Some(best), Some(worst));
        let seal = Seal { revision: 1, on: Some(day), best, worst, content: content(session), ..Seal::default() };
        session.seals.push(seal);
        store.save(&mut saved).unwrap();
    }
    let mut draft = put(&store, "teams", "Personal", "2026-11-20", 3);
    let follow_up = FollowUp { owner: "IT-Leitung".into(), due: "2026-11-28".parse().ok(), ..FollowUp::default() };
    draft.session.answers.get_mut("dpa_signed").unwrap().follow_up = Some(follow_up);
    store.save(&mut draft).unwrap();
    store
}

fn register<'k>(knowledge: &'k Knowledge, dir: &Path) -> App<'k> {
    let mut app = app(knowledge, dir, Language::De, Start::Register);
    assert!(shown(&mut app, 80, 24).contains("werden gelesen"), "nobody waits for the first frame");
    app.load_now();
    app
}

#[test]
fn the_register_is_offered_where_there_is_something_to_list_and_says_whose_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    let mut empty = app(&knowledge, dir.path(), Language::De, Start::Menu);
    assert!(!shown(&mut empty, 80, 24).contains("Register"));
    client(dir.path());
    let mut app = app(&knowledge, dir.path(), Language::De, Start::Menu);
    let menu = shown(&mut app, 80, 24);
    let line = menu.lines().find(|line| line.contains("Register")).unwrap();
    let digit = line.trim_start_matches(['›', ' ']).chars().next().unwrap().to_string();
    press(&mut app, &digit);
    for (width, height) in [(80, 24), (60, 16), (130, 40)] {
        let text = shown(&mut app, width, height);
        assert!(text.lines().next().unwrap().contains("Muster GmbH"), "{text}");
        for part in ["Zoom", "Vertrieb", "Personal"] {
            assert!(text.contains(part), "{part} at {width}×{height}\n{text}");
        }
    }
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("IT-Leitung 1") && text.contains("gekippt: 1"), "{text}");
    press(&mut app, "Esc");
    assert!(matches!(app.top(), Some(Screen::Menu(_))));
}

#[test]
fn typing_filters_and_keys_sort_group_and_go_through_the_shelves() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    client(dir.path());
    let mut app = register(&knowledge, dir.path());
    press(&mut app, "/ einkauf");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Einkauf") && !text.contains("Personal"), "{text}");
    press(&mut app, "Enter");
    assert!(!shown(&mut app, 80, 24).contains("Personal"), "the search stays");
    press(&mut app, "Esc");
    assert!(shown(&mut app, 80, 24).contains("Personal"));
    press(&mut app, "t t");
    let text = shown(&mut app, 80, 24);
    let at = |team: &str| text.find(&format!(" {team} ")).unwrap();
    assert!(at("Einkauf") < at("Personal") && at("Personal") < at("Vertrieb"), "{text}");
    press(&mut app, "T");
    let text = shown(&mut app, 80, 24);
    assert!(text.find(" Vertrieb ").unwrap() < text.find(" Einkauf ").unwrap(), "{text}");
    press(&mut app, "b");
    assert!(shown(&mut app, 80, 24).contains("gruppiert"));
    press(&mut app, "a");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("freigegebene") && !text.contains("Personal"), "{text}");
}

#[test]
fn what_has_flipped_says_why_and_what_would_fall_too() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    client(dir.path());
    let mut app = register(&knowledge, dir.path());
    press(&mut app, "f");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("Vertrieb") && !text.contains("Einkauf"), "{text}");
    assert!(text.contains("16.07.2020"), "{text}");
    press(&mut app, "Esc w");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("Ohne") && text.contains("Einkauf"), "{text}");
    press(&mut app, "Esc");
    assert!(matches!(app.top(), Some(Screen::Register(_))));
}

#[test]
fn one_opens_a_session_and_comes_back_to_the_register_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    client(dir.path());
    let mut app = register(&knowledge, dir.path());
    press(&mut app, "/ personal");
    press(&mut app, "Enter Enter");
    assert_eq!(app.desk.sitting.as_ref().unwrap().session().subject.team, "Personal");
    // Back from the first question.
    press(&mut app, "Esc");
    assert!(matches!(app.top(), Some(Screen::Register(_))), "{}", shown(&mut app, 80, 24));
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Personal") && !text.contains("Einkauf"), "{text}");
}

#[test]
fn put_away_given_up_reviewed_and_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    let store = client(dir.path());
    let mut app = register(&knowledge, dir.path());
    let of = |team: &str| {
        let names = std::fs::read_dir(dir.path().join("sessions")).unwrap();
        let all = names.filter_map(|name| store.load(name.ok()?.file_name().to_str()?).ok());
        all.map(|saved| saved.session).find(|session| session.subject.team == team)
    };
    press(&mut app, "/ einkauf");
    press(&mut app, "Enter r");
    assert!(shown(&mut app, 80, 24).contains("nichts hat sich geändert"));
    press(&mut app, "Enter");
    assert_eq!(of("Einkauf").unwrap().review.unwrap().due, "2027-11-23".parse().ok());
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("gilt") && text.contains("23.11.2027"), "the seal is intact\n{text}");
    // A clearance that is in force goes out of sight only once somebody says so.
    press(&mut app, "x");
    assert!(shown(&mut app, 80, 24).contains("in Kraft"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "Enter");
    assert!(of("Einkauf").unwrap().archived.is_none(), "Enter alone puts nothing away");
    press(&mut app, "x ↑ Enter");
    assert!(of("Einkauf").unwrap().archived.is_some());
    assert!(!shown(&mut app, 80, 24).contains("Einkauf "));
    press(&mut app, "Esc / vertrieb");
    press(&mut app, "Enter e gekündigt Enter");
    assert_eq!(of("Vertrieb").unwrap().retired.unwrap().note, "gekündigt");
    press(&mut app, "Del Enter");
    assert!(of("Vertrieb").is_some(), "Enter alone removes nothing");
    press(&mut app, "Del ↑ Enter");
    assert!(of("Vertrieb").is_none());
    let left = std::fs::read(dir.path().join("register.index")).unwrap();
    assert!(!left.windows(8).any(|part| part == b"Vertrieb"), "the index forgets too");
}

#[test]
fn next_years_assessment_takes_answers_along_and_answers_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    client(dir.path());
    let mut app = register(&knowledge, dir.path());
    press(&mut app, "/ einkauf");
    press(&mut app, "Enter d");
    press(&mut app, "Enter");
    let session = app.desk.sitting.as_ref().unwrap().session();
    assert!(session.copied_from.is_some() && session.seals.is_empty());
    assert!(session.answers.values().all(|answer| answer.pending));
    screens::go_to(&mut app, "dpa_signed");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Letztes Mal: Ja"), "{text}");
    press(&mut app, "Enter");
    let session = app.desk.sitting.as_ref().unwrap().session();
    assert!(!session.answers["dpa_signed"].pending && session.answers["dpa_complete"].pending);
    screens::go_to(&mut app, "dpa_complete");
    press(&mut app, "o");
    let text = shown(&mut app, 100, 40);
    assert!(text.contains("zu bestätigen"), "{text}");
}

#[test]
fn what_is_cleared_already_is_said_before_somebody_checks_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let knowledge = Knowledge::embedded();
    let store = client(dir.path());
    // The index is believed once its sessions are older than any doubt about their time.
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    for folder in std::fs::read_dir(dir.path().join("sessions")).unwrap() {
        let file = folder.unwrap().path().join("session.ron");
        std::fs::File::options().write(true).open(file).unwrap().set_modified(old).unwrap();
    }
    drop(register(&knowledge, dir.path()));
    assert_eq!(store.cleared(&"zoom".try_into().unwrap(), "2026-11-23".parse().unwrap()).len(), 2);
    let mut app =
        app(&knowledge, dir.path(), Language::De, Start::New { vendor: None, mode: Some(Mode::SelfAssessment) });
    press(&mut app, "zoom Enter");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Einkauf") && text.contains("nur Besprechungen"), "{text}");
    press(&mut app, "Enter");
    assert_eq!(app.desk.sitting.as_ref().unwrap().session().mode, Mode::SelfAssessment);
}

#[test]
fn a_second_tool_is_asked_anew_about_what_was_done_for_the_first() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut saved = put(&store, "zoom", "Vertrieb", "2026-11-23", 1);
    let done =
        [("processing_record", "yes"), ("works_council", "agreed"), ("retention", "set"), ("dpia_check", "done")];
    for (question, value) in done.into_iter().chain([("rights_process", "yes")]) {
        let value = Value::Choice(value.try_into().unwrap());
        saved.session.answers.insert(question.try_into().unwrap(), Answer::new(value));
    }
    store.save(&mut saved).unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, Start::Open(Box::new(saved)));
    press(&mut app, "o t teams Enter");
    let teams = screens::session(&app);
    assert_eq!(teams.vendor, "teams");
    for about_team in ["external_use", "rights_process"] {
        assert!(teams.answers.contains_key(about_team), "{about_team}");
    }
    for (of_zoom, _) in done.into_iter().chain([("dpa_signed", "")]) {
        assert!(!teams.answers.contains_key(of_zoom), "{of_zoom}");
    }
}

#[test]
fn the_page_for_the_team_says_whether_the_clearance_holds() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let page = |saved: Saved| {
        let mut app = app(&knowledge, dir.path(), Language::De, Start::Open(Box::new(saved)));
        press(&mut app, "o e r");
        shown(&mut app, 100, 40)
    };
    let mut saved = put(&store, "zoom", "Vertrieb", "2026-11-23", 1);
    let text = page(saved.clone());
    assert!(text.contains("! Entwurf: Über die Nutzung ist noch nicht entschieden"), "{text}");
    saved.session.decision = Some(Decision { kind: Some(DecisionKind::WithConditions), ..Decision::default() });
    let before_use = vec!["no-dpa".try_into().unwrap()];
    let on = "2026-11-23".parse().ok();
    let seal = Seal { revision: 1, on, content: content(&saved.session), before_use, ..Seal::default() };
    saved.session.seals.push(seal);
    store.save(&mut saved).unwrap();
    let text = page(saved.clone());
    assert!(text.contains("! ") && text.contains("Noch nicht wirksam"), "{text}");
    saved.session.seals[0].before_use.clear();
    store.save(&mut saved).unwrap();
    let text = page(saved);
    assert!(text.contains("23.11.2026") && !text.contains("Noch nicht wirksam") && !text.contains("Entwurf"), "{text}");
}
