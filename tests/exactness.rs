//! Bounds, outcomes and deciding questions against blind enumeration of all completions.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;
#[path = "common/deciding.rs"]
mod deciding;
#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "common/random.rs"]
mod random;

use std::collections::BTreeMap;

use common::{choice, countries, day, id, knowledge, model, vendors};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Truth;
use freigabe::domain::id::{FindingId, VariableId};
use freigabe::domain::question::Kind;
use freigabe::domain::verdict::Light;
use freigabe::engine::{Given, Inquiry, Model, Standing, Variations, assess, flow, judge};
use random::{DAYS, Dice, options, random};

struct Brute {
    lights: BTreeMap<Vec<(VariableId, String)>, Light>,
    fired: BTreeMap<FindingId, usize>,
    count: usize,
}

/// All completions: open questions get every answer, questions that come up meanwhile too.
fn enumerate(model: &Model, vendor: &str, inquiry: &Inquiry, path: &mut Vec<(VariableId, String)>, out: &mut Brute) {
    if out.count > 20_000 {
        return;
    }
    let open = flow(model, inquiry).steps.into_iter().find(|step| {
        let hosting = step.question == "hosting_country";
        !step.follow_up
            && !hosting
            && !is_text(&step.question)
            && matches!(step.standing, Standing::Open | Standing::DontKnow)
            && step.certain
    });
    let Some(step) = open else {
        let got = assess(model, inquiry);
        assert_eq!(got.best, got.worst, "{vendor} {path:?}: nothing open, yet undecided: {:?}", got.unanswered);
        for found in &got.findings {
            assert_eq!(found.truth, Truth::Yes, "{vendor} {path:?} {}", found.id);
            *out.fired.entry(found.id.clone()).or_default() += 1;
        }
        out.lights.insert(path.clone(), got.best);
        out.count += 1;
        return;
    };
    for value in options(&step.question, vendor, inquiry) {
        let mut next = inquiry.clone();
        path.push((step.question.clone(), format!("{value:?}")));
        next.answers.insert(step.question.clone(), Given::stated(value));
        enumerate(model, vendor, &next, path, out);
        path.pop();
    }
}

fn is_text(question: &VariableId) -> bool {
    question == "operator_country"
        || matches!(knowledge().bank().question(question).map(|question| &question.kind), Some(Kind::Text))
}

#[test]
fn bounds_and_outcomes_equal_enumeration() {
    let mut dice = Dice(0x5eed_f00d_cafe_0001);
    let mut names = vendors();
    names.push("other".into());
    let models: Vec<(String, Model)> = names.iter().map(|name| (name.clone(), model(name))).collect();
    let mut checked = 0;
    for round in 0..600 {
        let (vendor, model) = &models[round % models.len()];
        let inquiry = random(&mut dice, vendor, model, 4);
        let got = assess(model, &inquiry);
        let stale = got.findings.iter().any(|found| found.id == "fact-stale");
        let mut brute = Brute { lights: BTreeMap::new(), fired: BTreeMap::new(), count: 0 };
        enumerate(model, vendor, &inquiry, &mut Vec::new(), &mut brute);
        // Age is computed once for the whole, not for each completion, so such cases say nothing here.
        if stale || brute.fired.contains_key("fact-stale") || brute.count > 20_000 {
            continue;
        }
        checked += 1;
        let best = brute.lights.values().min().copied().unwrap();
        let worst = brute.lights.values().max().copied().unwrap();
        assert_eq!((got.best, got.worst), (best, worst), "{vendor} {inquiry:?}");
        for found in &got.findings {
            let times = brute.fired.get(&found.id).copied().unwrap_or(0);
            let want = if times == brute.count { Truth::Yes } else { Truth::Unknown };
            assert!(times > 0, "{vendor}: `{}` cannot fire; {inquiry:?}", found.id);
            assert_eq!(found.truth, want, "{vendor}: `{}` {inquiry:?}", found.id);
        }
        for finding in brute.fired.keys() {
            assert!(got.findings.iter().any(|found| found.id == *finding), "{vendor}: `{finding}` missing {inquiry:?}");
        }
    }
    assert!(checked > 150, "only {checked} inquiries without aged data");
}

/// A slice; more of it is `cargo run --release --example deciding`.
#[test]
fn deciding_questions_settle_and_no_others_do() {
    let models: Vec<(String, Model)> = vendors().into_iter().map(|name| (name.clone(), model(&name))).collect();
    let report = deciding::run(&models, 0x0dd_ba11, 4, 60);
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
    assert!(report.deciding > 60 && report.decided > 60, "{report:?}");
}

#[test]
fn variations_judge_like_a_fresh_inquiry() {
    let mut dice = Dice(0xca5c_ade5);
    let mut names = vendors();
    names.push("other".into());
    let models: Vec<(String, Model)> = names.iter().map(|name| (name.clone(), model(name))).collect();
    let (mut stale, mut open) = (0, 0);
    for round in 0..300 {
        let (vendor, model) = &models[round % models.len()];
        let start = random(&mut dice, vendor, model, 8);
        let other = random(&mut dice, vendor, model, 2);
        let unknown = Given::stated(Value::Unknown);
        let mut varied = Variations::new(model, &start);
        let mut now = start.clone();
        for _ in 0..20 {
            let (question, given) = other.answers.iter().nth(dice.roll(other.answers.len())).unwrap();
            let given = [Some(given), Some(&unknown), start.answers.get(question), None][dice.roll(4)];
            let slot = varied.slot(question).unwrap();
            assert_eq!(varied.question(slot), question);
            assert_eq!(varied.answer(slot, given), now.answers.get(question), "{vendor} {now:?}");
            match given {
                Some(given) => now.answers.insert(question.clone(), given.clone()),
                None => now.answers.remove(question),
            };
            if dice.roll(3) > 0 {
                assert_eq!(varied.judge(), judge(model, &now), "{vendor} `{question}` {given:?} {now:?}");
                let fresh = flow(model, &now);
                let standing = fresh.steps.iter().find(|step| step.question == *question).map(|step| step.standing);
                assert_eq!(varied.standing(slot), standing, "{vendor} `{question}`");
                assert_eq!(varied.flow(), fresh, "{vendor} {now:?}");
                stale += usize::from(varied.stale());
                open += usize::from(varied.judge().is_some_and(|(best, worst)| best != worst));
            }
        }
    }
    assert!(stale > 100 && open > 100, "{stale} stale, {open} open");
}

#[test]
fn questions_alone_are_asked_like_with_the_rules() {
    let mut dice = Dice(0xf1_0e5);
    let mut names = vendors();
    names.push("other".into());
    for round in 0..200 {
        let name = &names[round % names.len()];
        let model = model(name);
        let vendor = knowledge().vendor(&name.as_str().try_into().unwrap());
        let questions = Model::compile_questions(knowledge().bank(), vendor);
        let inquiry = random(&mut dice, name, &model, round % 9);
        assert_eq!(flow(&questions, &inquiry), flow(&model, &inquiry), "{name} {inquiry:?}");
    }
}

#[test]
fn an_edition_proves_a_possibility_only_where_a_condition_asks_it() {
    // No condition of the bank does: what an edition brings along stands in the proof as a fact.
    for vendor in vendors() {
        let model = model(&vendor);
        for on in DAYS {
            let found = assess(&model, &Inquiry::new(Mode::Interview, day(on)));
            let possible = found.findings.iter().filter(|found| found.truth == Truth::Unknown);
            for entry in possible.flat_map(|found| &found.because) {
                assert_ne!(entry.variable, id("edition"), "{vendor} {on}");
            }
        }
    }
}

#[test]
fn a_certification_answer_speaks_of_the_scheme_of_its_day() {
    let model = model("other");
    let mut inquiry = common::inquiry(
        Mode::Interview,
        "2020-03-31",
        &[("hosting_country", countries(&["US"])), ("access_countries", countries(&[])), ("certified", choice("yes"))],
    );
    let covered = |inquiry: &Inquiry| {
        let got = assess(&model, inquiry);
        got.findings.iter().any(|found| found.id == "transfer-covered" && found.truth == Truth::Yes)
    };
    assert!(covered(&inquiry));
    inquiry.day = day("2024-01-01");
    assert!(!covered(&inquiry), "a Privacy Shield answer is no entry on the Data Privacy Framework list");
    inquiry.answered = inquiry.day;
    assert!(covered(&inquiry));
    inquiry.day = day("2021-01-01");
    assert!(!covered(&inquiry), "no scheme was in force");
    assert!(!flow(&model, &inquiry).steps.iter().any(|step| step.question == id("certified")));
}
