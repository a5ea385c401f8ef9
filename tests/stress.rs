//! Timeline and stress test on stories that people know.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for other tests")]
mod common;

use common::{choice, choices, countries, day, id, inquiry, model};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Truth;
use freigabe::domain::finding::Level;
use freigabe::domain::id::InstrumentId;
use freigabe::domain::verdict::Verdict;
use freigabe::engine::law::TransferClass;
use freigabe::engine::{Given, Inquiry, Segment, Subject, Turn, carriers, horizon, stress, timeline};

/// An interview about a tool outside the catalogue in which everything is in order but the transfer to these countries.
fn answered(on: &str, hosting: &[&str], more: &[(&str, Value)]) -> Inquiry {
    let mut inquiry = inquiry(
        Mode::Interview,
        on,
        &[
            ("operating_model", choice("online_service")),
            ("hosting_country", countries(hosting)),
            ("access_countries", countries(&[])),
            ("dpa_signed", choice("yes")),
            ("dpa_complete", choice("yes")),
            ("own_purposes", choice("none")),
            ("external_use", choice("no")),
            ("recording_used", choice("no")),
            ("ai_assistant", choice("no")),
            ("attention_tracking", choice("off")),
            ("trackers", choice("off")),
            ("works_council", choice("agreed")),
            ("legal_basis", choice("contract")),
            ("content", choices(&["ordinary"])),
            ("access_protection", choice("yes")),
            ("retention", choice("set")),
            ("staff_informed", choice("yes")),
            ("processing_record", choice("yes")),
            ("dpia_check", choice("not_needed")),
        ],
    );
    for (question, value) in more {
        inquiry.answers.insert(id(question), Given::stated(value.clone()));
    }
    inquiry
}

fn over_the_years(inquiry: &Inquiry) -> Vec<Segment> {
    let model = model("other");
    timeline(&model, inquiry, day("2015-01-01"), horizon(&model))
}

/// First day, verdict, what began or ended.
fn story(inquiry: &Inquiry) -> Vec<(String, Verdict, Vec<String>)> {
    let cause = |one: &freigabe::engine::Cause| match &one.subject {
        Subject::Instrument(id) => format!("{id} {:?}", one.turn),
        Subject::Membership { country, .. } => format!("{country} {:?}", one.turn),
        other => format!("{other:?} {:?}", one.turn),
    };
    let segments = over_the_years(inquiry);
    segments
        .iter()
        .map(|one| (one.from.to_string(), one.picture.verdict, one.because.iter().map(cause).collect()))
        .collect()
}

fn line(from: &str, verdict: Verdict, because: &[&str]) -> (String, Verdict, Vec<String>) {
    (from.into(), verdict, because.iter().map(|one| (*one).into()).collect())
}

#[test]
fn the_united_states_without_clauses() {
    let inquiry =
        answered("2019-06-01", &["US"], &[("certified", choice("yes")), ("transfer_safeguard", choice("none"))]);
    assert_eq!(
        story(&inquiry),
        [
            line("2015-01-01", Verdict::Open, &[]),
            line("2015-10-06", Verdict::Red, &["safe_harbor Ended"]),
            line("2016-07-12", Verdict::Green, &["privacy_shield Began"]),
            line("2020-07-16", Verdict::Red, &["privacy_shield Ended"]),
            line("2023-07-10", Verdict::Open, &["adq_us_dpf Began"]),
        ],
        "a listing under the shield says nothing about the lists before and after"
    );
}

#[test]
fn the_united_kingdom_stays_green_on_changing_ground() {
    let story = story(&answered("2026-11-23", &["GB"], &[]));
    assert_eq!(
        story,
        [
            line("2015-01-01", Verdict::Green, &[]),
            line("2020-02-01", Verdict::Green, &["GB Ended", "GB Began"]),
            line("2021-01-01", Verdict::Green, &["GB Ended", "GB Began"]),
            line("2021-06-28", Verdict::Green, &["adq_uk_2021 Began", "GB Ended"]),
            line("2025-06-28", Verdict::Green, &["adq_uk_2021 Ended", "adq_uk_ext Began"]),
            line("2025-12-28", Verdict::Green, &["adq_uk_ext Ended", "adq_uk_2025 Began"]),
            line("2031-12-28", Verdict::Open, &["adq_uk_2025 Ended"]),
        ]
    );
}

#[test]
fn old_clauses_run_out() {
    let clauses = [("transfer_safeguard", choice("scc_2010")), ("tia_done", choice("yes"))];
    let story = story(&answered("2021-09-26", &["IN"], &clauses));
    assert_eq!(
        story,
        [
            line("2015-01-01", Verdict::Green, &[]),
            line("2021-09-27", Verdict::Yellow, &["scc_2010_87 Ended", "scc_old_legacy Began"]),
            line("2022-12-28", Verdict::Red, &["scc_old_legacy Ended"]),
        ]
    );
}

#[test]
fn europe_never_changes() {
    let segments = over_the_years(&answered("2026-11-23", &["DE", "NO"], &[]));
    let [only] = &segments[..] else { unreachable!("{segments:#?}") };
    assert_eq!((only.from, only.picture.verdict), (day("2015-01-01"), Verdict::Green));
    assert!(only.until >= day("2027-12-31"));
}

#[test]
fn volatile_law_grows_old() {
    let inquiry =
        answered("2026-11-23", &["US"], &[("certified", choice("yes")), ("transfer_safeguard", choice("none"))]);
    let segments = over_the_years(&inquiry);
    let last = segments.last().unwrap();
    assert_eq!((last.from, last.picture.verdict), (day("2026-12-31"), Verdict::Yellow));
    assert_eq!(last.because.len(), 1);
    assert_eq!(last.because[0].turn, Turn::Aged);
    assert!(matches!(&last.because[0].subject, Subject::Instrument(id) if *id == "adq_us_dpf"));
}

fn instrument(id: &str) -> InstrumentId {
    id.try_into().unwrap()
}

#[test]
fn without_the_framework() {
    let model = model("other");
    let bare = answered("2026-11-23", &["US"], &[("certified", choice("yes")), ("transfer_safeguard", choice("none"))]);
    assert_eq!(carriers(&model, &bare), [instrument("adq_us_dpf")]);
    let fallen = stress(&model, &bare, &[instrument("adq_us_dpf")]).unwrap();
    assert_eq!((fallen.before.verdict, fallen.after.verdict), (Verdict::Green, Verdict::Red));
    let [changed] = &fallen.changed[..] else { unreachable!("{:?}", fallen.changed) };
    assert_eq!(
        (changed.id.as_str(), changed.before, changed.after),
        ("no-transfer-basis", None, Some((Level::Red, Truth::Yes)))
    );
    let (before, after) = fallen.transfer();
    assert_eq!((before.class, after.class), (Some(TransferClass::CertifiedOnly), Some(TransferClass::Safeguards)));

    let fallback =
        [("certified", choice("yes")), ("transfer_safeguard", choice("scc_2021")), ("tia_done", choice("yes"))];
    let covered = answered("2026-11-23", &["US"], &fallback);
    let held = stress(&model, &covered, &[instrument("adq_us_dpf")]).unwrap();
    assert_eq!((held.before.verdict, held.after.verdict), (Verdict::Green, Verdict::Green));
    assert!(held.changed.is_empty() && held.matters(), "the clauses carry it alone now");
    assert_eq!(held.after.basis.instruments, [instrument("scc_2021_914")]);
    let both = stress(&model, &covered, &[instrument("adq_us_dpf"), instrument("scc_2021_914")]).unwrap();
    assert_eq!(both.after.verdict, Verdict::Red);

    let europe = answered("2026-11-23", &["DE"], &[]);
    assert!(carriers(&model, &europe).is_empty());
    assert!(!stress(&model, &europe, &[instrument("adq_us_dpf")]).unwrap().matters());
}
