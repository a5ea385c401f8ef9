//! Equivalence classes for the laws of the verdict: which answers stand for which, and which vendor-days are alike.
//!
//! Hosting by transfer class, content by what rules can tell apart, everything else by its choices.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use freigabe::domain::Day;
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Condition;
use freigabe::domain::finding::Finding;
use freigabe::domain::id::{ChoiceId, EditionId, VariableId};
use freigabe::domain::question::{Kind, Question};
use freigabe::domain::vendor::Vendor;
use freigabe::engine::Given;
use freigabe::engine::law::{Law, TransferClass};
use freigabe::engine::resolve::usable_fact;

use super::common::{choice, choices, countries, id, knowledge};

/// One answer, and what it stands for.
pub struct Class {
    pub given: Given,
    /// How many answers it stands for.
    pub weight: u128,
    /// Rank among the answers to its question; a higher one is worse.
    pub rank: Option<u8>,
    /// The choice, where it is one.
    pub choice: Option<ChoiceId>,
    /// The class of the countries, where it names some.
    pub transfer: Option<TransferClass>,
}

impl Class {
    fn new(value: Value, weight: u128, day: Day) -> Self {
        let (choice, transfer) = plain(&value, day);
        Self { given: Given::stated(value), weight, rank: None, choice, transfer }
    }
}

/// What the laws look at in a value: the choice, and the strictest class of the countries.
pub fn plain(value: &Value, day: Day) -> (Option<ChoiceId>, Option<TransferClass>) {
    let law = Law::from(knowledge().bank());
    let choice = match value {
        Value::Choice(choice) => Some(choice.clone()),
        _ => None,
    };
    let classes = value.countries().into_iter().flatten().map(|code| law.ruling(*code, day, &[]).class);
    (choice, classes.max())
}

/// The answers to a question, one per class; none to questions that the walk passes by.
pub fn classes(question: &Question, vendor: Option<&Vendor>, day: Day) -> Vec<Class> {
    if question.id == "edition" {
        let editions = vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
        return editions.iter().map(|edition| Class::new(choice(edition.id.as_str()), 1, day)).collect();
    }
    if question.id == "content" {
        return content_classes(day);
    }
    if question.id == "hosting_country" {
        return hosting_classes(day);
    }
    let offered = question.kind.choices().iter().filter(|choice| choice.offered(day, Mode::SelfAssessment));
    let class = |choice: &freigabe::domain::question::Choice| {
        let ranked = matches!(question.kind, Kind::Choice(_));
        Class { rank: choice.rank.filter(|_| ranked), ..Class::new(Value::Choice(choice.id.clone()), 1, day) }
    };
    offered.map(class).collect()
}

/// One country per transfer class of the day, and "I don't know".
fn hosting_classes(day: Day) -> Vec<Class> {
    let law = Law::from(knowledge().bank());
    let mut classes: BTreeMap<TransferClass, (Value, u128)> = BTreeMap::new();
    for country in knowledge().bank().countries.iter() {
        let class = law.ruling(country.code, day, &[]).class;
        classes.entry(class).or_insert_with(|| (countries(&[country.code.as_str()]), 0)).1 += 1;
    }
    classes.into_values().chain([(Value::Unknown, 1)]).map(|(value, weight)| Class::new(value, weight, day)).collect()
}

/// Sets of content that every rule of the self-assessment treats alike.
fn content_classes(day: Day) -> Vec<Class> {
    let bank = knowledge().bank();
    let interview_only: BTreeSet<&VariableId> = bank
        .questions()
        .filter(|(_, question)| !question.modes.contains(&Mode::SelfAssessment))
        .map(|(_, question)| &question.id)
        .collect();
    let mut atoms: BTreeSet<Vec<ChoiceId>> = BTreeSet::new();
    let mut look = |condition: &Condition| {
        condition.atoms(&mut |variable, values| {
            if variable == "content" {
                let mut values = values.to_vec();
                values.sort();
                atoms.insert(values);
            }
        });
    };
    let rests_on_interview = |finding: &Finding| {
        let mut rests = false;
        finding.rungs().for_each(|(_, when)| when.atoms(&mut |variable, _| rests |= interview_only.contains(variable)));
        rests
    };
    bank.findings()
        .filter(|finding| !rests_on_interview(finding))
        .for_each(|finding| finding.rungs().for_each(|(_, when)| look(when)));
    bank.questions()
        .filter(|(_, question)| !interview_only.contains(&question.id))
        .for_each(|(_, question)| question.when.iter().for_each(&mut look));
    let all: Vec<&str> =
        bank.question(&id("content")).unwrap().kind.choices().iter().map(|choice| choice.id.as_str()).collect();
    let mut classes: BTreeMap<Vec<bool>, (Value, u128)> = BTreeMap::new();
    for bits in 1..1_usize << all.len() {
        let some: Vec<&str> =
            all.iter().enumerate().filter(|(n, _)| bits & (1 << n) != 0).map(|(_, one)| *one).collect();
        let signature = atoms.iter().map(|atom| atom.iter().any(|one| some.contains(&one.as_str()))).collect();
        classes.entry(signature).or_insert_with(|| (choices(&some), 0)).1 += 1;
    }
    classes.into_values().map(|(value, weight)| Class::new(value, weight, day)).collect()
}

/// The questions of the self-assessment at which the walk stops: no text, no follow-up.
pub fn asked() -> impl Iterator<Item = &'static Question> {
    let questions = knowledge().bank().questions().map(|(_, question)| question);
    questions.filter(|question| {
        question.modes.contains(&Mode::SelfAssessment)
            && question.id != "operator_country"
            && !matches!(question.kind, Kind::Text)
    })
}

/// Two vendor-days with the same print give the same verdict to the same answers.
pub fn print(vendor: Option<&Vendor>, edition: Option<&EditionId>, day: Day) -> String {
    let Some(vendor) = vendor else { return format!("{day} other") };
    let mut print = format!("{day} {}", print_of(vendor, edition, day));
    // From the first edition the others are looked at, too.
    if edition == vendor.editions.first().map(|edition| &edition.id) {
        for other in vendor.editions.iter().skip(1) {
            let _ = write!(print, " | {} {}", other.id, print_of(vendor, Some(&other.id), day));
        }
    }
    print
}

fn print_of(vendor: &Vendor, edition: Option<&EditionId>, day: Day) -> String {
    let scheme = Law::from(knowledge().bank()).scheme(day, &[]).map(|scheme| scheme.id.clone());
    let variables: BTreeSet<&VariableId> = vendor.facts.iter().map(|fact| &fact.variable).collect();
    let mut print = String::new();
    for variable in variables {
        if let Some(fact) = usable_fact(vendor, variable, edition, day, scheme.as_ref()) {
            let until = fact.as_of.and_then(|as_of| as_of.checked_add(jiff::ToSpan::months(24)).ok());
            let old = until.is_some_and(|until| until < day);
            let _ = write!(print, " {variable}={:?}/{old}/{:?}/{}", fact.value, fact.confidence, fact.fixed);
        }
    }
    // What a vendor brings along beside facts is its own.
    if !vendor.questions.is_empty() || !vendor.findings.is_empty() || !vendor.variables.is_empty() {
        print.push_str(vendor.id.as_str());
    }
    let covers = |editions: &[EditionId]| editions.is_empty() || edition.is_some_and(|one| editions.contains(one));
    let judged = vendor.authority_findings.iter().any(|found| found.date <= day && covers(&found.editions));
    format!("{print} authority={judged} several={}", vendor.editions.len() > 1)
}
