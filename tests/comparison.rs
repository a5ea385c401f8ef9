//! The same team against every tool: what is kept, what the catalogue says, what is assumed.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;
#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "common/sessions.rs"]
mod sessions;

use common::{choice, choices, countries, id, inquiry, knowledge, model, vendors};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Truth;
use freigabe::domain::finding::Level;
use freigabe::domain::question::About;
use freigabe::domain::verdict::{Light, Verdict};
use freigabe::engine::{Entrant, Filter, Given, Inquiry, Model, Picture, Row, comparison, picture};

fn models() -> Vec<Model> {
    vendors().iter().map(|name| model(name)).collect()
}

fn rows(models: &[Model], inquiry: &Inquiry) -> Vec<Row> {
    let entries = knowledge().entries().iter().zip(models);
    comparison(
        entries.map(|(entry, model)| Entrant { vendor: &entry.id, name: &entry.name, model, own: None }),
        inquiry,
    )
}

fn row<'r>(rows: &'r [Row], vendor: &str, edition: &str) -> &'r Row {
    rows.iter().find(|row| row.vendor == vendor && row.edition == edition).unwrap()
}

/// A careful team that talks about ordinary things.
fn team(on: &str) -> Inquiry {
    let yes = ["external_use", "external_informed", "access_protection", "staff_informed", "processing_record"];
    let mut inquiry = inquiry(
        Mode::Interview,
        on,
        &[
            ("recording_used", choice("no")),
            ("ai_assistant", choice("no")),
            ("attention_tracking", choice("off")),
            ("works_council", choice("agreed")),
            ("legal_basis", choice("contract")),
            ("retention", choice("set")),
            ("dpia_check", choice("not_needed")),
            ("content", choices(&["ordinary"])),
        ],
    );
    for question in yes {
        inquiry.answers.insert(id(question), Given::stated(choice("yes")));
    }
    inquiry
}

fn says(row: &Row, finding: &str) -> Option<(Level, Truth)> {
    row.picture.findings.iter().find(|one| one.id == finding).map(|one| (one.level, one.truth))
}

fn assumes(row: &Row, question: &str) -> bool {
    row.assumptions.iter().any(|one| one.question == question)
}

/// Built once more from the outside: the answers about the team, the edition, the listed assumptions, nothing else.
fn by_hand(model: &Model, row: &Row, inquiry: &Inquiry) -> Option<Picture> {
    let mut own = inquiry.clone();
    own.answered = own.day;
    own.answers.retain(|question, _| {
        knowledge().bank().question(question).is_some_and(|question| question.about != About::Tool)
    });
    own.answers.insert(id("edition"), Given::stated(choice(row.edition.as_str())));
    for one in &row.assumptions {
        own.answers.insert(one.question.clone(), Given::stated(Value::Choice(one.choice.clone())));
    }
    picture(model, &own)
}

#[test]
fn every_row_is_the_picture_of_its_own_answers() {
    let (models, names) = (models(), vendors());
    let mut dice = sessions::Dice(0x00c0_ffee_1234_5678);
    let mut judged = 0;
    for name in &names {
        let inquiry = sessions::random(&mut dice, name, 12);
        let rows = rows(&models, &inquiry);
        let editions: usize = knowledge().entries().iter().map(|entry| entry.editions.len()).sum();
        assert_eq!(rows.len(), editions);
        for row in &rows {
            let n = names.iter().position(|name| row.vendor == name.as_str()).unwrap();
            assert_eq!(
                by_hand(&models[n], row, &inquiry).as_ref(),
                Some(&row.picture),
                "{} {}",
                row.vendor,
                row.edition
            );
            judged += 1;
        }
        let place = |row: &Row| {
            let verdicts = [Verdict::Green, Verdict::Yellow, Verdict::Open, Verdict::Red];
            let count = |level| row.picture.findings.iter().filter(|one| one.level == level).count();
            let verdict = verdicts.iter().position(|one| *one == row.picture.verdict);
            (verdict, row.picture.worst, count(Level::Red), count(Level::Yellow))
        };
        assert!(rows.windows(2).all(|pair| place(&pair[0]) <= place(&pair[1])));
    }
    assert!(judged > 400);
}

#[test]
fn what_was_said_about_the_own_tool_has_no_say() {
    let models = models();
    let team = team("2026-11-23");
    let mut other = team.clone();
    for (question, value) in [
        ("hosting_country", countries(&["IN"])),
        ("dpa_signed", choice("no")),
        ("dpa_complete", choice("major_gaps")),
        ("tia_done", choice("insufficient")),
        ("own_purposes", choice("yes")),
        ("certified", choice("no")),
        ("edition", choice("free")),
    ] {
        other.answers.insert(id(question), Given { value, evidence: true });
    }
    assert_eq!(rows(&models, &team), rows(&models, &other));
    other.answers.insert(id("works_council"), Given::stated(choice("not_agreed")));
    assert!(rows(&models, &other).iter().all(|row| row.picture.worst >= Light::Yellow));
}

#[test]
fn a_contract_is_assumed_where_the_vendor_offers_one() {
    let models = models();
    let rows = rows(&models, &team("2026-11-23"));
    let goto = rows.iter().find(|row| row.vendor == "alfaview").unwrap();
    assert!(assumes(goto, "dpa_signed") && assumes(goto, "dpa_complete"));
    let automatic = row(&rows, "zoom", "paid");
    assert!(!assumes(automatic, "dpa_signed"), "the catalogue says that it is part of the terms");
    assert!(assumes(automatic, "dpa_complete"));
    let refused = row(&rows, "whatsapp", "consumer");
    assert!(!assumes(refused, "dpa_signed"));
    assert_eq!(says(refused, "dpa-not-offered"), Some((Level::Red, Truth::Yes)));
    let unclear = row(&rows, "zoom", "free");
    assert!(!assumes(unclear, "dpa_signed"));
    assert_eq!(says(unclear, "no-dpa"), Some((Level::Red, Truth::Unknown)), "nobody knows, so the row stays open");
    assert_eq!(unclear.picture.verdict, Verdict::Open);
}

#[test]
fn an_ended_product_stays_in_the_list_as_red() {
    let models = models();
    for (on, ended) in [("2022-10-31", false), ("2022-11-01", true), ("2026-11-23", true)] {
        let rows = rows(&models, &team(on));
        let hangouts = row(&rows, "hangouts", "workspace");
        assert_eq!(says(hangouts, "product-discontinued") == Some((Level::Red, Truth::Yes)), ended, "{on}");
        assert!(!ended || hangouts.picture.verdict == Verdict::Red);
    }
}

#[test]
fn encryption_is_assumed_as_the_tool_allows() {
    let models = models();
    let mut team = team("2026-11-23");
    team.answers.insert(id("content"), Given::stated(choices(&["special_categories"])));
    let rows = rows(&models, &team);
    let assumed = |vendor: &str, edition: &str| {
        let row = row(&rows, vendor, edition);
        row.assumptions.iter().find(|one| one.question == "end_to_end").map(|one| one.choice.as_str().to_owned())
    };
    assert_eq!(assumed("zoom", "paid").as_deref(), Some("on"));
    assert_eq!(assumed("whatsapp", "platform").as_deref(), Some("off"));
    assert_eq!(assumed("opentalk", "standard"), None, "the catalogue does not say whether it is there");
    assert!(says(row(&rows, "whatsapp", "platform"), "sensitive-without-e2ee").is_some());
}

#[test]
fn filters_look_at_the_facts_of_the_day() {
    let models = models();
    let pass = |on: &str, filter: Filter| -> Vec<String> {
        let rows = rows(&models, &team(on));
        let mut passed: Vec<String> = rows
            .iter()
            .filter(|row| filter.passes(row.traits))
            .map(|row| format!("{}/{}", row.vendor, row.edition))
            .collect();
        passed.sort();
        passed
    };
    let eu = Filter { eu_hosted: true, ..Filter::default() };
    assert_eq!(pass("2025-02-26", eu), Vec::<String>::new());
    assert_eq!(pass("2026-11-23", eu), ["teams/business"]);
    let e2ee = pass("2026-11-23", Filter { end_to_end: true, ..Filter::default() });
    assert!(e2ee.contains(&"zoom/free".to_owned()) && !e2ee.contains(&"whatsapp/platform".to_owned()));
    let contract = pass("2026-11-23", Filter { contract: true, ..Filter::default() });
    assert!(contract.contains(&"zoom/paid".to_owned()) && !contract.contains(&"zoom/free".to_owned()));
    let own = pass("2026-11-23", Filter { self_hosted: true, ..Filter::default() });
    assert_eq!(own, ["bigbluebutton/standard", "element/standard", "jitsi/self_hosted", "opentalk/standard"]);
    assert_eq!(pass("2026-11-23", Filter::default()).len(), rows(&models, &team("2026-11-23")).len());
}

#[test]
fn a_private_person_compares_nothing() {
    let mut private = team("2026-11-23");
    private.answers.insert(id("role"), Given::stated(choice("private")));
    assert!(rows(&models(), &private).is_empty());
}

#[test]
fn what_was_asked_about_a_tool_in_its_own_session_is_taken_as_it_was_said() {
    let models = models();
    let inquiry = team("2026-11-23");
    let mut own = inquiry.clone();
    own.answers.insert(id("edition"), Given::stated(choice("paid")));
    own.answers.insert(id("dpa_signed"), Given::stated(choice("no")));
    let entries = knowledge().entries().iter().zip(&models);
    let entrants = entries.map(|(entry, model)| Entrant {
        vendor: &entry.id,
        name: &entry.name,
        model,
        own: (entry.id == *"zoom").then_some(&own),
    });
    let (with, without) = (comparison(entrants, &inquiry), rows(&models, &inquiry));
    let asked = row(&with, "zoom", "paid");
    assert!(asked.answered && asked.assumptions.is_empty());
    assert_eq!(says(asked, "no-dpa"), Some((Level::Red, Truth::Yes)));
    assert_eq!(says(row(&without, "zoom", "paid"), "no-dpa"), None, "assumed is that it would be signed");
    // Nothing else changes.
    for one in with.iter().filter(|row| !row.answered) {
        assert_eq!(Some(one), without.iter().find(|row| (&row.vendor, &row.edition) == (&one.vendor, &one.edition)));
    }
    assert_eq!(with.iter().filter(|row| row.answered).count(), 1);
}
