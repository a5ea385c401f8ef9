//! Further questions: they never keep a verdict open, are off until somebody answers, and stay out of the
//! self-assessment.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "only part of it is needed here")]
mod common;

use std::collections::BTreeSet;

use common::{choice, choices, countries, day, knowledge, model, vendors};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::{Condition, Truth};
use freigabe::domain::finding::Finding;
use freigabe::domain::id::{FindingId, VariableId};
use freigabe::domain::question::{Kind, Question};
use freigabe::engine::{Given, Inquiry, Model, Standing, assess, flow};

const DAYS: [&str; 3] = ["2020-07-17", "2023-07-11", "2026-11-23"];

fn further() -> impl Iterator<Item = &'static Question> {
    knowledge().bank().questions().map(|(_, question)| question).filter(|question| question.further)
}

fn is_further(id: &VariableId) -> bool {
    knowledge().bank().question(id).is_some_and(|question| question.further)
}

/// One of the answers that a question of the bank offers; `n` picks it.
fn answer(id: &VariableId, vendor: &str, inquiry: &Inquiry, n: usize) -> Value {
    if id == "edition" {
        let vendor = knowledge().vendor(&vendor.try_into().unwrap()).unwrap();
        return choice(vendor.editions[n % vendor.editions.len()].id.as_str());
    }
    let question = knowledge().bank().question(id).unwrap();
    let offered: Vec<&str> = question
        .kind
        .choices()
        .iter()
        .filter(|choice| choice.offered(inquiry.day, inquiry.mode))
        .map(|choice| choice.id.as_str())
        .collect();
    match question.kind {
        Kind::Choice(_) => choice(offered[n % offered.len()]),
        Kind::Choices(_) => choices(&[offered[n % offered.len()], offered[(n / 3) % offered.len()]]),
        Kind::Countries => countries(&[["DE", "US", "CH", "IN"][n % 4]]),
        Kind::Text => Value::Text("x".into()),
    }
}

/// Answers all questions of the bank that are put, except those that `skip` names.
fn answered(vendor: &str, model: &Model, mode: Mode, on: &str, seed: usize, skip: fn(&VariableId) -> bool) -> Inquiry {
    let mut inquiry = Inquiry::new(mode, day(on));
    // The host is asked most.
    inquiry.answers.insert(common::id("role"), Given::stated(choice("host")));
    for n in 0..200 {
        let next = flow(model, &inquiry).steps.into_iter().find(|step| {
            let ours = knowledge().bank().question(&step.question).is_some();
            ours && !inquiry.answers.contains_key(&step.question) && !skip(&step.question)
        });
        let Some(step) = next else { break };
        let value = answer(&step.question, vendor, &inquiry, (seed + n) * 7919 / (n % 5 + 1));
        inquiry.answers.insert(step.question, Given::stated(value));
    }
    inquiry
}

/// Runs a check for tools, days and answers; without answers to further questions.
fn each(mut check: impl FnMut(&str, &Model, &Inquiry)) {
    for vendor in vendors().into_iter().chain(["other".to_owned()]) {
        let model = model(&vendor);
        for on in DAYS {
            for seed in 0..6 {
                check(&vendor, &model, &answered(&vendor, &model, Mode::Interview, on, seed, is_further));
            }
        }
    }
}

#[test]
fn unanswered_they_never_open_a_verdict() {
    let mut not_checked = BTreeSet::new();
    each(|vendor, model, inquiry| {
        let got = assess(model, inquiry);
        assert_eq!(got.best, got.worst, "{vendor} {inquiry:?}");
        assert!(got.findings.iter().all(|found| found.truth == Truth::Yes), "{vendor} {inquiry:?}");
        assert!(got.deciding.is_empty());
        assert!(!got.unanswered.iter().any(is_further), "{vendor}: {:?}", got.unanswered);
        let put = flow(model, inquiry).steps.into_iter().filter(|step| step.put && is_further(&step.question));
        for step in put {
            assert!(step.follow_up && step.section != *"follow-up", "{}", step.question);
            assert_eq!(step.standing == Standing::Open, got.not_checked.contains(&step.question), "{}", step.question);
            not_checked.insert(step.question);
        }
    });
    assert!(not_checked.len() > 15, "{not_checked:?}");
}

#[test]
fn not_knowing_is_like_not_answering() {
    each(|vendor, model, inquiry| {
        let mut unknown = inquiry.clone();
        for question in further() {
            unknown.answers.insert(question.id.clone(), Given::stated(Value::Unknown));
        }
        assert_eq!(assess(model, inquiry), assess(model, &unknown), "{vendor} {inquiry:?}");
    });
}

#[test]
fn with_other_questions_open_they_change_neither_bound() {
    for vendor in vendors() {
        let model = model(&vendor);
        let open =
            |id: &VariableId| is_further(id) || ["own_purposes", "external_use", "content"].contains(&id.as_str());
        let inquiry = answered(&vendor, &model, Mode::Interview, "2026-11-23", 3, open);
        let got = assess(&model, &inquiry);
        assert!(!got.deciding.iter().chain(&got.unanswered).any(is_further), "{vendor}: {:?}", got.deciding);
    }
}

/// Whether a condition cannot hold while no further question is answered.
fn needs_further(condition: &Condition) -> bool {
    match condition {
        Condition::Is(id, _) => is_further(id),
        Condition::All(parts) => parts.iter().any(needs_further),
        Condition::Any(parts) => parts.iter().all(needs_further),
        Condition::Not(_) => false,
    }
}

fn reads(finding: &Finding, id: &VariableId) -> bool {
    let mut read = false;
    finding.rungs().for_each(|(_, when)| when.atoms(&mut |variable, _| read |= variable == id));
    read
}

#[test]
fn their_findings_are_off_until_somebody_answers() {
    let theirs: BTreeSet<&FindingId> = knowledge()
        .bank()
        .findings()
        .filter(|finding| finding.rungs().all(|(_, when)| needs_further(when)))
        .map(|finding| &finding.id)
        .collect();
    assert!(theirs.len() > 30, "{theirs:?}");
    each(|vendor, model, inquiry| {
        for found in assess(model, inquiry).findings {
            assert!(!theirs.contains(&found.id), "{vendor}: `{}` {inquiry:?}", found.id);
        }
    });
}

#[test]
fn each_leads_somewhere() {
    let bank = knowledge().bank();
    for question in further() {
        let mut opens = false;
        for other in further() {
            other.when.iter().for_each(|when| when.atoms(&mut |variable, _| opens |= *variable == question.id));
        }
        assert!(opens || bank.findings().any(|finding| reads(finding, &question.id)), "`{}`", question.id);
    }
}

#[test]
fn answered_they_decide_like_any_other() {
    let mut fired = BTreeSet::new();
    for vendor in vendors().into_iter().chain(["other".to_owned()]) {
        let model = model(&vendor);
        for seed in 0..6 {
            let inquiry = answered(&vendor, &model, Mode::Interview, "2026-11-23", seed, |_| false);
            let got = assess(&model, &inquiry);
            assert_eq!(got.best, got.worst, "{vendor} {inquiry:?}");
            assert!(!got.not_checked.iter().any(is_further), "{vendor}: {:?}", got.not_checked);
            fired.extend(got.findings.into_iter().map(|found| found.id));
        }
    }
    assert!(fired.iter().any(|id| *id == "data-flows-undeclared") && fired.iter().any(|id| *id == "diagnostics-kept"));
}

#[test]
fn the_self_assessment_knows_none() {
    for question in further() {
        assert_eq!(question.modes, [Mode::Interview], "`{}`", question.id);
        let words = question.text.de.split_whitespace().count();
        assert!(words <= 20, "`{}` has {words} words", question.id);
        assert!(question.label.is_some(), "`{}`", question.id);
    }
    for vendor in vendors().into_iter().chain(["other".to_owned()]) {
        let model = model(&vendor);
        let inquiry = answered(&vendor, &model, Mode::SelfAssessment, "2026-11-23", 1, |_| false);
        assert!(!flow(&model, &inquiry).steps.iter().any(|step| is_further(&step.question)), "{vendor}");
        let got = assess(&model, &inquiry);
        assert!(!got.not_checked.iter().any(is_further), "{vendor}: {:?}", got.not_checked);
    }
}
