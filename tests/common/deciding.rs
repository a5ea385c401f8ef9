//! The questions that decide, against blind search over the sets of open questions.

use std::collections::BTreeSet;

use freigabe::domain::id::VariableId;
use freigabe::engine::{Given, Inquiry, Model, Standing, assess, flow, judge};

use crate::random::{Dice, options, random};

/// What a run met.
#[derive(Default, Debug)]
pub struct Report {
    /// Sessions that are open.
    pub open: usize,
    /// Sessions that are decided, and have nothing that decides.
    pub decided: usize,
    /// Sessions in which age plays a part. It is computed once for the whole, not for each combination of answers.
    pub aged: usize,
    /// Open questions, in all.
    pub unknowns: usize,
    /// The most open questions in one session.
    pub most: usize,
    /// Questions that decide, in all.
    pub deciding: usize,
    /// Combinations of answers that were judged.
    pub judged: usize,
    /// What is wrong.
    pub faults: Vec<String>,
}

/// Looks at random sessions with up to so many open questions until enough of them are open.
pub fn run(models: &[(String, Model)], seed: u64, unknowns: usize, enough: usize) -> Report {
    let mut dice = Dice(seed);
    let mut report = Report::default();
    for (vendor, model) in models.iter().cycle() {
        if report.open >= enough {
            break;
        }
        let inquiry = random(&mut dice, vendor, model, unknowns);
        compare(model, vendor, &inquiry, unknowns, &mut report);
    }
    report
}

/// Compares what the engine says about a session with what trying finds.
fn compare(model: &Model, vendor: &str, inquiry: &Inquiry, unknowns: usize, report: &mut Report) {
    let got = assess(model, inquiry);
    if got.stale || got.findings.iter().any(|found| found.id == "fact-stale") {
        report.aged += 1;
        return;
    }
    if got.best == got.worst {
        report.decided += 1;
        if !got.deciding.is_empty() {
            report.faults.push(format!("{vendor}: decided, yet {:?} decide; {inquiry:?}", got.deciding));
        }
        return;
    }
    let open = open(model, vendor, inquiry, &mut BTreeSet::new());
    let asked = flow(model, inquiry).steps.into_iter().filter(|step| step.certain && open.contains(&step.question));
    if asked.count() > unknowns {
        return;
    }
    report.open += 1;
    report.unknowns += open.len();
    report.most = report.most.max(open.len());
    report.deciding += got.deciding.len();
    if !settles(model, vendor, inquiry, &got.deciding, report) {
        report.faults.push(format!("{vendor}: {:?} do not decide; {inquiry:?}", got.deciding));
    }
    // A set of questions that decides does so with more questions too. So where all others together do not decide, each
    // set that decides holds this question: the set found is the smallest, and the only one of its size.
    for one in &got.deciding {
        let others: Vec<VariableId> = open.iter().filter(|other| *other != one).cloned().collect();
        if settles(model, vendor, inquiry, &others, report) {
            report.faults.push(format!("{vendor}: {others:?} decide without `{one}`; {inquiry:?}"));
        }
    }
}

/// The open questions, those included that answers to others bring up.
fn open(model: &Model, vendor: &str, inquiry: &Inquiry, seen: &mut BTreeSet<VariableId>) -> Vec<VariableId> {
    let steps = flow(model, inquiry).steps.into_iter();
    let unsettled = |standing: Standing| matches!(standing, Standing::Open | Standing::DontKnow);
    let open = steps.filter(|step| unsettled(step.standing) && !step.follow_up && step.question != "hosting_country");
    let mut found: Vec<VariableId> = Vec::new();
    for question in open.map(|step| step.question) {
        if !seen.insert(question.clone()) {
            continue;
        }
        found.push(question.clone());
        for value in options(&question, vendor, inquiry) {
            let mut next = inquiry.clone();
            next.answers.insert(question.clone(), Given::stated(value));
            found.extend(self::open(model, vendor, &next, seen));
        }
    }
    found
}

/// Whether every combination of answers to `questions` decides the verdict.
fn settles(model: &Model, vendor: &str, inquiry: &Inquiry, questions: &[VariableId], report: &mut Report) -> bool {
    report.judged += 1;
    let (best, worst) = judge(model, inquiry).unwrap();
    if best == worst {
        return true;
    }
    let Some((first, rest)) = questions.split_first() else { return false };
    options(first, vendor, inquiry).into_iter().all(|value| {
        let mut next = inquiry.clone();
        next.answers.insert(first.clone(), Given::stated(value));
        settles(model, vendor, &next, rest, report)
    })
}
