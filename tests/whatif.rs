//! The way to clearance: against blind search, and cases written by hand.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;
#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "common/random.rs"]
mod random;
#[path = "common/ways.rs"]
mod ways;

use common::{choice, choices, countries, id, inquiry, knowledge, model, vendors};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::bank::Bank;
use freigabe::domain::condition::Condition;
use freigabe::domain::finding::{Finding, Level, Lever};
use freigabe::domain::verdict::Light;
use freigabe::engine::whatif::{Way, Ways, Why};
use freigabe::engine::{Given, Inquiry, Model, judge, whatif};
use random::{Dice, careful};
use ways::{Tally, compare};

/// A slice; the whole is `cargo run --release --example whatif`.
#[test]
fn ways_equal_blind_search_on_a_slice() {
    let mut tally = Tally::default();
    let mut dice = Dice(0x0077_6179_0000_0001);
    let mut names = vendors();
    names.push("other".into());
    for round in 0..68 {
        let name = &names[round % names.len()];
        let model = model(name);
        compare(&model, name, &careful(&mut dice, name, &model), &mut tally);
    }
    println!("{tally:#?}");
}

const DAY: &str = "2026-11-23";

/// An interview about a tool outside the catalogue in which everything is well.
fn clean() -> Inquiry {
    let one = |question, value| (question, choice(value));
    let good = inquiry(
        Mode::Interview,
        DAY,
        &[
            one("operating_model", "online_service"),
            ("hosting_country", countries(&["DE"])),
            ("access_countries", countries(&[])),
            one("dpa_signed", "yes"),
            one("dpa_complete", "yes"),
            one("own_purposes", "none"),
            one("external_use", "no"),
            one("recording_used", "no"),
            one("ai_assistant", "no"),
            ("content", choices(&["ordinary"])),
            one("attention_tracking", "off"),
            one("trackers", "off"),
            one("works_council", "agreed"),
            one("legal_basis", "contract"),
            one("access_protection", "yes"),
            one("retention", "set"),
            one("staff_informed", "yes"),
            one("processing_record", "yes"),
            one("dpia_check", "not_needed"),
        ],
    );
    assert_eq!(judge(&model("other"), &good), Some((Light::Green, Light::Green)));
    good
}

fn with(mut inquiry: Inquiry, changes: &[(&str, &str)]) -> Inquiry {
    for (question, value) in changes {
        inquiry.answers.insert(id(question), Given::stated(choice(value)));
    }
    inquiry
}

fn without(mut inquiry: Inquiry, questions: &[&str]) -> Inquiry {
    for question in questions {
        inquiry.answers.remove(*question);
    }
    inquiry
}

fn ways(vendor: &str, inquiry: &Inquiry) -> Ways {
    whatif(&model(vendor), knowledge().bank(), knowledge().vendor(&vendor.try_into().unwrap()), inquiry)
}

/// The changes of a way and what it assumes, as `variable=value`.
fn read(way: &Way) -> (Vec<String>, Vec<String>) {
    let pair = |variable: &str, value: &Value| match value {
        Value::Choice(choice) => format!("{variable}={choice}"),
        other => format!("{variable}={other:?}"),
    };
    let changes = way.changes.iter().map(|change| pair(change.variable.as_str(), &change.to)).collect();
    (changes, way.then.iter().map(|then| pair(then.variable.as_str(), &then.to)).collect())
}

/// The ways, which have to lead to that light, as one line each.
fn lines(ways: &Ways, to: Light) -> Vec<String> {
    assert!(ways.paths.iter().all(|way| way.to == to), "{ways:#?}");
    let line = |way: &Way| {
        let (changes, then) = read(way);
        if then.is_empty() { changes.join(" ") } else { format!("{} / {}", changes.join(" "), then.join(" ")) }
    };
    ways.paths.iter().map(line).collect()
}

/// The bank with one more finding: red while a question has one answer, with the other as lever.
fn demanding(question: &str, from: &str, to: &str) -> Bank {
    let mut bank = knowledge().bank().clone();
    let like = bank.sections[0].findings[0].clone();
    bank.sections[0].findings.push(Finding {
        id: "demanded".try_into().unwrap(),
        level: Some(Level::Red),
        when: Some(Condition::Is(id(question), vec![from.try_into().unwrap()])),
        levers: vec![Lever { variable: id(question), to: to.try_into().unwrap(), effort: 1, when: None }],
        ..like
    });
    bank
}

fn blocked(ways: &Ways) -> Vec<(String, Level, Why)> {
    ways.blocked_by.iter().map(|one| (one.id.to_string(), one.level, one.why)).collect()
}

#[test]
fn nothing_to_do_where_all_is_well_and_nothing_to_say_where_all_is_private() {
    assert_eq!(ways("other", &clean()), Ways { from: Some(Light::Green), ..Ways::default() });
    assert_eq!(ways("other", &with(clean(), &[("role", "private")])), Ways::default());
}

#[test]
fn a_missing_contract_is_signed() {
    let found = ways("other", &with(clean(), &[("dpa_signed", "no")]));
    assert_eq!(found.from, Some(Light::Red));
    assert_eq!(lines(&found, Light::Green), ["dpa_signed=yes"]);
    let change = &found.paths[0].changes[0];
    assert_eq!((change.from.clone(), change.effort), (Some(choice("no")), 2));
    assert_eq!((change.action_of.as_str(), change.findings[0].as_str()), ("no-dpa", "no-dpa"));
    assert!(found.blocked_by.is_empty() && found.more == 0);
}

#[test]
fn what_a_change_brings_up_becomes_a_condition() {
    let open = without(with(clean(), &[("dpa_signed", "no")]), &["dpa_complete"]);
    assert_eq!(lines(&ways("other", &open), Light::Green), ["dpa_signed=yes / dpa_complete=yes"]);
    // Nobody asks an employee whether the contract is complete.
    let alone = Inquiry { mode: Mode::SelfAssessment, ..open };
    assert_eq!(lines(&ways("other", &alone), Light::Green), ["dpa_signed=yes"]);
}

#[test]
fn what_does_not_matter_is_no_condition() {
    let bank = demanding("external_use", "no", "yes");
    let way = |inquiry: &Inquiry, to: Light| lines(&whatif(&Model::compile(&bank, None), &bank, None, inquiry), to);
    assert_eq!(way(&clean(), Light::Green), ["external_use=yes / external_informed=yes"]);
    // With minors and servers in Switzerland yellow is the best there is, informed or not.
    let mut minors = clean();
    minors.answers.insert(id("content"), Given::stated(choices(&["minors"])));
    minors.answers.insert(id("hosting_country"), Given::stated(countries(&["CH"])));
    assert_eq!(way(&minors, Light::Yellow), ["external_use=yes"]);
}

#[test]
fn two_conditions_are_met_by_two_changes() {
    let found = ways("other", &with(clean(), &[("access_protection", "no"), ("works_council", "not_agreed")]));
    assert_eq!(found.from, Some(Light::Yellow));
    assert_eq!(lines(&found, Light::Green), ["works_council=agreed access_protection=yes"]);
    assert_eq!(found.paths[0].effort(), 5);
}

#[test]
fn the_easier_of_two_ways_comes_first() {
    let found = ways("other", &with(clean(), &[("recording_used", "yes"), ("recording_consent", "none")]));
    assert_eq!(lines(&found, Light::Green), ["recording_used=no", "recording_consent=everyone_before"]);
}

#[test]
fn a_recording_that_a_change_brings_up_needs_consent() {
    let bank = demanding("recording_used", "no", "yes");
    let found = whatif(&Model::compile(&bank, None), &bank, None, &clean());
    assert_eq!(lines(&found, Light::Green), ["recording_used=yes / recording_consent=everyone_before"]);
    // A recording without consent would not do, with minors not even one with consent.
    let mut minors = clean();
    minors.answers.insert(id("content"), Given::stated(choices(&["minors"])));
    let found = whatif(&Model::compile(&bank, None), &bank, None, &minors);
    assert_eq!(lines(&found, Light::Yellow), ["recording_used=yes / recording_consent=everyone_before"]);
    let conflict = |id: &str| (id.to_owned(), Level::Yellow, Why::Conflict);
    assert_eq!(blocked(&found), [conflict("demanded"), conflict("minors")]);
}

#[test]
fn what_nobody_knows_can_be_changed() {
    let found = ways("other", &without(clean(), &["dpa_signed", "dpa_complete"]));
    assert_eq!(found.from, Some(Light::Red));
    // Whether the contract is complete is asked already, perhaps: it counts at its worst and takes a change.
    assert_eq!(lines(&found, Light::Green), ["dpa_signed=yes dpa_complete=yes"]);
    assert_eq!(found.paths[0].changes[0].from, None);
}

#[test]
fn emotion_recognition_is_never_cured_by_consent() {
    let found = ways("other", &with(clean(), &[("attention_tracking", "emotion")]));
    assert_eq!(lines(&found, Light::Green), ["attention_tracking=off"]);
    assert_eq!(found.paths[0].changes[0].findings[0].as_str(), "emotion-recognition");
}

#[test]
fn purposes_of_the_vendor_are_given() {
    let own = inquiry(Mode::Interview, DAY, &[("own_purposes", choice("yes"))]);
    let found = ways("element", &own);
    assert!(found.paths.is_empty(), "{found:#?}");
    assert!(blocked(&found).contains(&("own-purposes".into(), Level::Red, Why::NoLever)), "{found:#?}");
    // For a tool outside the catalogue nobody knows whether there is a setting.
    let found = ways("other", &with(clean(), &[("own_purposes", "yes")]));
    assert_eq!(lines(&found, Light::Green), ["own_purposes=none"]);
}

#[test]
fn a_guest_can_change_nothing() {
    let mut guest = inquiry(Mode::SelfAssessment, DAY, &[("role", choice("guest"))]);
    guest.answers.insert(id("content"), Given::stated(choices(&["confidential"])));
    let found = ways("zoom", &guest);
    assert_eq!(found.from, Some(Light::Yellow));
    assert!(found.paths.is_empty() && found.alternatives.is_empty());
    assert_eq!(blocked(&found), [("guest".into(), Level::Yellow, Why::NoLever)]);
    guest.answers.insert(id("content"), Given::stated(choices(&["ordinary"])));
    assert_eq!(ways("zoom", &guest), Ways { from: Some(Light::Green), ..Ways::default() });
}

#[test]
fn an_assessment_known_to_be_required_is_not_argued_away() {
    let found = ways("other", &with(clean(), &[("dpia_check", "required_not_done")]));
    assert_eq!(lines(&found, Light::Green), ["dpia_check=done"]);
    let found = ways("other", &with(clean(), &[("dpia_check", "not_checked")]));
    assert_eq!(lines(&found, Light::Green), ["dpia_check=not_needed", "dpia_check=done"]);
}

#[test]
fn nobody_switches_on_what_the_tool_does_not_have() {
    let mut session = inquiry(Mode::SelfAssessment, DAY, &[("edition", choice("platform"))]);
    session.answers.insert(id("content"), Given::stated(choices(&["special_categories"])));
    session.answers.insert(id("end_to_end"), Given::stated(choice("off")));
    let found = ways("whatsapp", &session);
    assert!(found.paths.iter().all(|way| way.changes.iter().all(|change| change.variable != "end_to_end")));
    let stays = blocked(&found);
    assert!(stays.iter().any(|(id, _, _)| id == "sensitive-without-e2ee"), "{stays:?}");
}

#[test]
fn the_edition_is_a_lever_and_an_alternative() {
    let free = inquiry(
        Mode::SelfAssessment,
        DAY,
        &[
            ("edition", choice("free")),
            ("dpa_signed", choice("yes")),
            ("hosting_country", countries(&["DE"])),
            ("external_use", choice("no")),
            ("recording_used", choice("no")),
            ("ai_assistant", choice("no")),
            ("content", choices(&["ordinary"])),
        ],
    );
    let found = ways("teamviewer", &free);
    assert_eq!(found.from, Some(Light::Red));
    assert!(lines(&found, found.paths[0].to)[0].starts_with("edition=business"), "{found:#?}");
    let other = &found.alternatives[0];
    assert_eq!(other.edition.as_str(), "business");
    assert!(other.worst < Light::Red && other.changes < found.paths[0].changes.len());
}

#[test]
fn what_excludes_each_other_is_named_together() {
    let session = inquiry(
        Mode::SelfAssessment,
        DAY,
        &[
            ("edition", choice("business_app")),
            ("external_use", choice("no")),
            ("content", choices(&["ordinary"])),
            ("recording_used", choice("no")),
            ("ai_assistant", choice("no")),
        ],
    );
    let found = ways("whatsapp", &session);
    // The catalogue knows of no listing for the platform, so clauses have to carry what the vendor does in the USA.
    assert_eq!(lines(&found, Light::Yellow), ["edition=platform / transfer_safeguard=scc_2021"]);
    let conflict = |id: &str| (id.to_owned(), Level::Yellow, Why::Conflict);
    assert_eq!(blocked(&found), [conflict("edition-not-for-this-use"), conflict("own-purposes-limited")]);
}
