//! The sign-off on the screen: opinion, decision, seal, and what a later change makes of it.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "not every test restarts or looks up questions")]
#[path = "common/screens.rs"]
mod screens;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::signoff::{DecisionKind, OpinionKind};
use freigabe::session::state::{Stage, stage_of};
use freigabe::tui::App;
use screens::{app, new, press, session, shown};

/// The result of an interview about Zoom without a processor contract.
fn judged<'k>(knowledge: &'k Knowledge, dir: &std::path::Path, mode: Mode) -> App<'k> {
    let mut app = app(knowledge, dir, Language::En, new("zoom", mode));
    let sitting = app.desk.sitting.as_mut().unwrap();
    for (id, value) in [("edition", "paid"), ("dpa_signed", "no")] {
        sitting.answer(&id.try_into().unwrap(), Value::Choice(value.try_into().unwrap()), false, None);
    }
    let verdict = app.desk.verdict().unwrap();
    app.screens.truncate(1);
    app.screens.push(verdict);
    app
}

/// Fills the forms: an opinion with conditions by the officer, and a decision of the management with a reason.
fn signed(app: &mut App<'_>) {
    press(app, "f ↓ Enter → → ↓ D P O ↓ ↓ only Tab Enter");
    assert_eq!(session(app).opinion.as_ref().unwrap().kind, Some(OpinionKind::WithConditions));
    press(app, "↓ Enter → → ↓ Management ↓ ↓ ↓ soon ↓ ↓ ↓ Enter");
}

#[test]
fn opinion_decision_and_seal() {
    let (dir, knowledge) = (tempfile::tempdir().unwrap(), Knowledge::embedded());
    let mut app = judged(&knowledge, dir.path(), Mode::Interview);
    press(&mut app, "f ↓ ↓ Enter → ↓ Management ↓ ↓ ↓ ↓ ↓ ↓ Enter");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("There is no opinion yet"), "{page}");
    assert!(session(&app).decision.is_none());
    press(&mut app, "Esc Esc");
    signed(&mut app);
    let decision = session(&app).decision.clone().unwrap();
    assert_eq!((decision.kind, decision.reason.as_str()), (Some(DecisionKind::WithConditions), "soon"));
    let review = session(&app).review.clone().unwrap();
    assert_eq!((review.due, review.every), (Some("2027-11-23".parse().unwrap()), Some(12)));
    press(&mut app, "↓ ↓ Enter");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("without an answer") && page.contains("before use"), "{page}");
    assert!(shown(&mut app, 60, 16).contains("Seal now"));
    press(&mut app, "Enter");
    assert_eq!(session(&app).seals.len(), 1);
    assert_eq!(session(&app).seal().unwrap().by, "DPO");
    let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    assert!(path.with_file_name("sealed-1.ron").is_file());
    let today = "2026-11-23".parse().unwrap();
    assert_eq!(stage_of(session(&app), today), Stage::NotYetEffective);
    press(&mut app, "Esc");
    assert!(shown(&mut app, 80, 24).contains("! not yet in effect"));
    // A change afterwards is seen at once, and the next seal is the second.
    let sitting = app.desk.sitting.as_mut().unwrap();
    sitting.answer(&"dpa_signed".try_into().unwrap(), Value::Choice("yes".try_into().unwrap()), false, None);
    app.desk.save();
    assert!(shown(&mut app, 80, 24).contains("✗ seal void"));
    // Opinion and decision have not seen that change: Enter alone does not seal.
    press(&mut app, "f ↓ ↓ ↓ ↓ Enter");
    let page = shown(&mut app, 80, 24);
    assert!(
        page.contains("The opinion (DPO, 2026-11-23) is older") && page.contains("The decision (Management"),
        "{page}"
    );
    assert!(page.contains("Processor") && page.contains("› Cancel"), "{page}");
    press(&mut app, "Enter");
    assert_eq!(session(&app).seals.len(), 1);
    press(&mut app, "Enter ↑ Enter");
    assert_eq!(session(&app).seals.iter().map(|seal| seal.revision).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(stage_of(session(&app), today), Stage::Void);
    assert!(path.with_file_name("sealed-1.ron").is_file() && path.with_file_name("sealed-2.ron").is_file());
    // Once more nothing has changed.
    press(&mut app, "Enter");
    let page = shown(&mut app, 80, 24);
    assert!(page.contains("Sealed already (seal 2 of 2026-11-23)") && page.contains("Seal all the same"), "{page}");
    press(&mut app, "Enter");
    assert_eq!(session(&app).seals.len(), 2);
}

#[test]
fn in_a_self_assessment_nobody_signs() {
    let (dir, knowledge) = (tempfile::tempdir().unwrap(), Knowledge::embedded());
    let mut app = judged(&knowledge, dir.path(), Mode::SelfAssessment);
    let before = shown(&mut app, 80, 24);
    press(&mut app, "f");
    assert_eq!(shown(&mut app, 80, 24), before);
}
