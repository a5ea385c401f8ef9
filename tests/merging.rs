//! The screen on which copies are brought together, driven by keys.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/screens.rs"]
#[expect(dead_code, reason = "this test begins with copies, not with a new assessment")]
mod screens;

use std::path::Path;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::Answer;
use freigabe::session::merge::{Basis, Decision, Incoming, Round};
use freigabe::session::store::{Gathered, Saved, Store};
use freigabe::tui::{App, Start};
use screens::{press, shown};

const QUESTIONS: [&str; 3] = ["dpa_signed", "external_use", "recording_used"];

fn answered(saved: &Saved, choice: &str, by: &str) -> freigabe::session::Session {
    let mut session = saved.session.clone();
    for question in QUESTIONS {
        let mut answer = Answer::new(Value::Choice(choice.try_into().unwrap()));
        answer.by = by.into();
        session.answers.insert(question.try_into().unwrap(), answer);
    }
    session
}

/// A saved session with a conflict copy, made once.
fn made(store: &Store) {
    let day = "2026-11-23".parse().unwrap();
    let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_790_000_000_000);
    saved.session = answered(&saved, "yes", "IT");
    store.save(&mut saved).unwrap();
    let mut copy = store.load(saved.session.id.as_str()).unwrap();
    copy.session = answered(&saved, "no", "Einkauf");
    store.save_beside(&mut copy, freigabe::session::store::Copy::Conflict).unwrap();
}

/// It and what comes in: in the conflict copy three answers differ, in another file only one more is given.
fn gathered(dir: &Path) -> Gathered {
    let store = Store::new(dir);
    if store.list().is_empty() {
        made(&store);
    }
    let own = store.list().into_iter().find(|one| one.copy.is_none()).unwrap();
    let saved = store.load(&own.id).unwrap();
    let copy = store.load(store.conflict_copies(&saved.path)[0].to_str().unwrap()).unwrap();
    let mut second = saved.session.clone();
    second.answers.insert("tia_done".try_into().unwrap(), Answer::new(Value::Unknown));
    let come = [("zoom.conflict-1.ron", copy.session.clone()), ("b.ron", second)];
    let come = come.map(|(name, session)| Incoming { name: name.into(), session, basis: Basis::Histories });
    let round = Round::new(saved.session.clone(), come.into(), false).unwrap();
    Gathered { saved, round, copies: vec![(copy.path, copy.session)], lock: None }
}

fn begun<'k>(knowledge: &'k Knowledge, dir: &Path, language: Language) -> App<'k> {
    screens::app(knowledge, dir, language, Start::Merge(Box::new(gathered(dir))))
}

fn on_disk(dir: &Path) -> String {
    let store = Store::new(dir);
    let listed = store.list();
    let own = listed.iter().find(|one| one.copy.is_none()).unwrap();
    let session = store.load(&own.id).unwrap().session;
    let choices = session.answers.values().map(|answer| match &answer.value {
        Value::Choice(choice) => choice.to_string(),
        _ => "?".to_owned(),
    });
    choices.collect::<Vec<_>>().join(" ")
}

#[test]
fn one_key_decides_and_nothing_is_written_before_the_end() {
    let (knowledge, dir) = (Knowledge::embedded(), tempfile::tempdir().unwrap());
    let mut app = begun(&knowledge, dir.path(), Language::En);
    let first = shown(&mut app, 80, 24);
    assert!(first.contains("0 of 3 decided") && first.contains("Here: Yes") && first.contains("There: No"), "{first}");
    assert!(first.contains("IT") && first.contains("Einkauf") && first.contains("zoom.conflict-1.ron"), "{first}");
    assert!(!first.contains('›') && !first.contains('•'), "nothing is preset: {first}");
    // Enter alone decides nothing.
    press(&mut app, "Enter Enter");
    assert!(shown(&mut app, 80, 24).contains("0 of 3 decided"));
    press(&mut app, "2");
    assert!(shown(&mut app, 80, 24).contains("1 of 3 decided"));
    press(&mut app, "← ←");
    assert!(shown(&mut app, 80, 24).contains("2 (•) There: No"), "{}", shown(&mut app, 80, 24));
    press(&mut app, "→ ↓ Enter 2");
    let all = shown(&mut app, 80, 24);
    assert!(all.contains("nothing is saved yet"), "{all}");
    assert_eq!(on_disk(dir.path()), "yes yes yes");
    press(&mut app, "Enter");
    let done = shown(&mut app, 80, 24);
    assert!(done.contains("Saved:") && done.contains("Remove the copy"), "{done}");
    assert_eq!(on_disk(dir.path()), "no yes no ?", "the second copy had nothing to decide");
    assert_eq!(Store::new(dir.path()).list().len(), 2);
    press(&mut app, "↓ Enter");
    assert!(shown(&mut app, 80, 24).contains("Removed:"));
    assert_eq!(Store::new(dir.path()).list().len(), 1);
    press(&mut app, "Enter");
    assert_eq!(screens::session(&app).answers.len(), 4);
    assert!(app.desk.read_only().is_none());
}

#[test]
fn whoever_leaves_loses_nothing() {
    let (knowledge, dir) = (Knowledge::embedded(), tempfile::tempdir().unwrap());
    let mut app = begun(&knowledge, dir.path(), Language::De);
    press(&mut app, "1 Esc");
    assert!(app.desk.sitting.is_none() && app.screens.len() == 1);
    let end = app.end().unwrap_err();
    assert_eq!((end.kind.code(), end.message.as_str()), (1, "es wurde nichts übernommen"));
    assert!(shown(&mut app, 80, 24).contains("1 Entscheidung(en)"), "{}", shown(&mut app, 80, 24));
    assert_eq!(on_disk(dir.path()), "yes yes yes");
    drop(app);
    // The next time one goes on where one was.
    let store = Store::new(dir.path());
    let mut again = gathered(dir.path());
    let decided = store.decisions(&again.saved.path);
    assert_eq!(decided.len(), 1);
    again.round.recall(decided.clone());
    let mut app = screens::app(&knowledge, dir.path(), Language::De, Start::Merge(Box::new(again)));
    let shown_again = shown(&mut app, 80, 24);
    assert!(shown_again.contains("1 von 3 entschieden") && shown_again.contains("2/3"), "{shown_again}");
    // What says something else now is decided anew.
    let mut other = gathered(dir.path());
    let changed: Vec<_> = decided.into_iter().map(|one| Decision { of: "0".into(), ..one }).collect();
    other.round.recall(changed);
    assert_eq!(other.round.present().unwrap().1.undecided(), 3);
    // All decided, left once more, and saved in the end.
    press(&mut app, "1 2 ↓ ↓ Enter");
    assert_eq!(on_disk(dir.path()), "yes yes yes");
    let mut last = gathered(dir.path());
    last.round.recall(store.decisions(&last.saved.path));
    let path = last.saved.path.clone();
    let mut app = screens::app(&knowledge, dir.path(), Language::De, Start::Merge(Box::new(last)));
    press(&mut app, "Enter ↓ Enter");
    assert_eq!(on_disk(dir.path()), "yes yes no ?");
    assert_eq!(app.end(), Ok(()));
    assert!(store.decisions(&path).is_empty());
}

#[test]
fn a_save_that_fails_is_told_and_can_be_tried_again() {
    let (knowledge, dir) = (Knowledge::embedded(), tempfile::tempdir().unwrap());
    let mut app = begun(&knowledge, dir.path(), Language::En);
    // Somebody saves meanwhile: theirs stays, and the outcome goes beside it.
    let store = Store::new(dir.path());
    let id = store.list().into_iter().find(|one| one.copy.is_none()).unwrap().id;
    let mut other = store.load(&id).unwrap();
    other.session.subject.team = "Vertrieb".into();
    store.save(&mut other).unwrap();
    press(&mut app, "1 1 1 Enter");
    let done = shown(&mut app, 80, 24);
    assert!(done.contains("lies beside it") && !done.contains("Remove the copy"), "{done}");
    assert_eq!(store.load(&id).unwrap().session.subject.team, "Vertrieb");
    assert_eq!(store.list().len(), 3);
}

#[test]
fn a_seal_is_voided_only_once_somebody_has_agreed() {
    use freigabe::session::signoff::{Seal, content};
    let (knowledge, dir) = (Knowledge::embedded(), tempfile::tempdir().unwrap());
    let store = Store::new(dir.path());
    made(&store);
    let id = store.list().into_iter().find(|one| one.copy.is_none()).unwrap().id;
    let mut sealed = store.load(&id).unwrap();
    let content = content(&sealed.session);
    sealed.session.seals.push(Seal { revision: 1, content, ..Seal::default() });
    store.save(&mut sealed).unwrap();
    let mut app = begun(&knowledge, dir.path(), Language::En);
    press(&mut app, "2 2 2");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("Sealed (seal 1)") && page.contains("nothing is saved yet"), "{page}");
    press(&mut app, "Enter");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("Merge all the same?") && page.contains("new revision"), "{page}");
    assert!(page.contains("› No"), "what voids a seal is not what Enter does at once: {page}");
    press(&mut app, "Enter");
    assert_eq!(on_disk(dir.path()), "yes yes yes");
    let mut app = begun(&knowledge, dir.path(), Language::En);
    press(&mut app, "2 2 2 Enter ↑ Enter");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("Seal 1 does not hold any more"), "{page}");
    assert_eq!(on_disk(dir.path()), "no no no ?");
    // Once it is void nobody is asked.
    let mut app = begun(&knowledge, dir.path(), Language::En);
    press(&mut app, "↓ Enter");
    assert!(shown(&mut app, 80, 24).contains("Saved:"), "{}", shown(&mut app, 80, 24));
}
