//! Random inquiries that can be repeated by their seed.

use std::collections::BTreeSet;

use freigabe::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use freigabe::domain::id::VariableId;
use freigabe::domain::question::{Kind, Question};
use freigabe::engine::{Given, Inquiry, Model, Standing, Step, flow};

use crate::common::{choice, choices, countries, day, knowledge};

/// A small deterministic generator, so that a failure can be repeated by its seed.
pub struct Dice(pub u64);

impl Dice {
    /// Dice for one of many rounds, far from those of its neighbours.
    pub fn of_round(round: usize) -> Self {
        let seed = u64::try_from(round).unwrap().wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(seed ^ (seed >> 29))
    }

    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

pub const DAYS: [&str; 8] =
    ["2020-03-31", "2020-07-17", "2021-07-15", "2022-06-01", "2023-07-11", "2025-03-01", "2026-11-23", "2027-03-01"];

/// A question of the bank or of the vendor.
pub fn asked(question: &VariableId, vendor: &str) -> Option<&'static Question> {
    let vendor = knowledge().vendor(&vendor.try_into().unwrap());
    let own = vendor.into_iter().flat_map(|vendor| &vendor.questions).find(|own| own.id == *question);
    knowledge().bank().question(question).or(own)
}

/// Every answer that a question can get, countries by one per class.
pub fn options(question: &VariableId, vendor: &str, inquiry: &Inquiry) -> Vec<Value> {
    if question == "edition" {
        let vendor = knowledge().vendor(&vendor.try_into().unwrap()).unwrap();
        return vendor.editions.iter().map(|edition| choice(edition.id.as_str())).collect();
    }
    let question = asked(question, vendor).unwrap();
    let offered = |list: &[freigabe::domain::question::Choice]| {
        list.iter()
            .filter(|choice| choice.offered(inquiry.day, inquiry.mode))
            .map(|choice| choice.id.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    match &question.kind {
        Kind::Choice(list) => offered(list).iter().map(|one| choice(one)).collect(),
        Kind::Choices(list) => {
            let all = offered(list);
            (1..1_usize << all.len())
                .map(|bits| {
                    let some: Vec<&str> = all
                        .iter()
                        .enumerate()
                        .filter(|(n, _)| bits & (1 << n) != 0)
                        .map(|(_, one)| one.as_str())
                        .collect();
                    choices(&some)
                })
                .collect()
        }
        Kind::Countries => ["DE", "CH", "US", "IN"].iter().map(|code| countries(&[code])).collect(),
        Kind::Text => vec![Value::Text("x".into())],
    }
}

/// The first question that is neither answered nor skipped.
fn next(model: &Model, inquiry: &Inquiry, skipped: &BTreeSet<VariableId>) -> Option<Step> {
    let new = |step: &Step| !inquiry.answers.contains_key(&step.question) && !skipped.contains(&step.question);
    flow(model, inquiry).steps.into_iter().find(new)
}

pub fn random(dice: &mut Dice, vendor: &str, model: &Model, unknowns: usize) -> Inquiry {
    let mode = if dice.roll(3) == 0 { Mode::SelfAssessment } else { Mode::Interview };
    let mut inquiry = Inquiry::new(mode, day(DAYS[dice.roll(DAYS.len())]));
    // Answer everything that comes up, leave a few questions open.
    let mut skipped: BTreeSet<VariableId> = BTreeSet::new();
    for _ in 0..60 {
        let Some(step) = next(model, &inquiry, &skipped) else { break };
        let settled = step.follow_up || step.standing == Standing::Fact || step.standing == Standing::Default;
        if (settled && dice.roll(2) == 0) || (skipped.len() < unknowns && dice.roll(3) == 0) {
            skipped.insert(step.question);
            continue;
        }
        let options = options(&step.question, vendor, &inquiry);
        let value = options[dice.roll(options.len())].clone();
        let evidence = dice.roll(5) == 0;
        inquiry.answers.insert(step.question, Given { value, evidence });
    }
    inquiry
}

/// The session of one of many rounds: every eighth is answered at random, the others with care.
pub fn session(round: usize, vendor: &str, model: &Model) -> Inquiry {
    let mut dice = Dice::of_round(round);
    if round % 8 == 7 { random(&mut dice, vendor, model, 6) } else { careful(&mut dice, vendor, model) }
}

/// An inquiry of a careful team: most answers are the best one, some are any, and some are missing. It takes only a
/// few changes to clear it, if it can be cleared at all.
pub fn careful(dice: &mut Dice, vendor: &str, model: &Model) -> Inquiry {
    let mode = if dice.roll(3) == 0 { Mode::SelfAssessment } else { Mode::Interview };
    let mut inquiry = Inquiry::new(mode, day(DAYS[dice.roll(DAYS.len())]));
    inquiry.organisation = Organisation::ALL[dice.roll(Organisation::ALL.len())];
    inquiry.jurisdiction = Jurisdiction::ALL[dice.roll(Jurisdiction::ALL.len())];
    let care = 4 + dice.roll(12);
    let mut skipped: BTreeSet<VariableId> = BTreeSet::new();
    for _ in 0..60 {
        let Some(step) = next(model, &inquiry, &skipped) else { break };
        let settled = matches!(step.standing, Standing::Fact | Standing::Default);
        if (settled && dice.roll(3) != 0) || dice.roll(3 * care) == 0 {
            skipped.insert(step.question);
            continue;
        }
        let slips = dice.roll(care) < 2;
        answer(dice, vendor, &mut inquiry, &step.question, slips);
    }
    // Another answer to an earlier question parks what hung on it.
    if dice.roll(3) == 0 {
        let answered: Vec<VariableId> = inquiry.answers.keys().cloned().collect();
        let again = &answered[dice.roll(answered.len())];
        answer(dice, vendor, &mut inquiry, again, true);
    }
    inquiry
}

fn answer(dice: &mut Dice, vendor: &str, inquiry: &mut Inquiry, question: &VariableId, slips: bool) {
    let options = options(question, vendor, inquiry);
    let pick = if slips { dice.roll(options.len()) } else { best(question, vendor, &options, dice) };
    let value = if dice.roll(40) == 0 { Value::Unknown } else { options[pick].clone() };
    let evidence = dice.roll(8) == 0;
    inquiry.answers.insert(question.clone(), Given { value, evidence });
}

/// The answer of the best rank; where answers have none, any, but rather everyday content and no guests.
fn best(question: &VariableId, vendor: &str, options: &[Value], dice: &mut Dice) -> usize {
    if *question == "content" || *question == "role" {
        return 0;
    }
    let Some(Kind::Choice(list)) = asked(question, vendor).map(|question| &question.kind) else {
        return dice.roll(options.len());
    };
    let rank = |value: &Value| {
        list.iter().find(|one| value.choices().is_some_and(|ids| ids.contains(&one.id))).and_then(|one| one.rank)
    };
    let least = options.iter().filter_map(rank).min();
    let good: Vec<usize> = (0..options.len()).filter(|n| rank(&options[*n]) == least).collect();
    good.get(dice.roll(good.len())).copied().unwrap_or(0)
}
