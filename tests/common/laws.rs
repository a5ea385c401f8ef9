//! The laws of the verdict, checked over all self-assessment answers, in equivalence classes.
//!
//! A walk answers every question that is put with one answer of each class: hosting by transfer class, content by what
//! rules can tell apart, everything else by its choices. Vendor-days whose facts and law are the same are walked once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Condition;
use freigabe::domain::finding::Finding;
use freigabe::domain::id::{ChoiceId, VariableId};
use freigabe::domain::question::{Choice, Kind};
use freigabe::domain::vendor::Vendor;
use freigabe::domain::verdict::Light;
use freigabe::engine::law::{Law, TransferClass};
use freigabe::engine::resolve::usable_fact;
use freigabe::engine::{Given, Inquiry, Model, Standing, assess, flow, judge};

use super::common::{choice, choices, countries, day, id, knowledge};

pub const DAYS: [&str; 5] = ["2020-03-31", "2020-07-17", "2021-07-15", "2023-07-11", "2026-11-23"];

/// What a run covered.
#[derive(Default, Debug)]
pub struct Report {
    pub vendor_days: usize,
    pub merged: usize,
    pub classes: u64,
    pub stands_for: u128,
    pub neighbours: u64,
    pub unknowns: u64,
    pub faults: Vec<String>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.vendor_days += other.vendor_days;
        self.merged += other.merged;
        self.classes += other.classes;
        self.stands_for += other.stands_for;
        self.neighbours += other.neighbours;
        self.unknowns += other.unknowns;
        self.faults.extend(other.faults);
    }
}

/// Walks all vendor-days. Every `sparse`-th combination is judged in full, the others are only counted.
pub fn run(sparse: u64) -> Report {
    let mut work: Vec<(String, Option<String>, &str)> = Vec::new();
    for on in DAYS {
        work.push(("other".into(), None, on));
        for entry in knowledge().entries() {
            for edition in &entry.editions {
                work.push((entry.id.to_string(), Some(edition.id.to_string()), on));
            }
        }
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut merged: BTreeMap<String, usize> = BTreeMap::new();
    let mut jobs = Vec::new();
    for (vendor, edition, on) in work {
        let print = fingerprint(&vendor, edition.as_deref(), on);
        *merged.entry(print.clone()).or_default() += 1;
        if seen.insert(print.clone()) {
            jobs.push((vendor, edition, on, print));
        }
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    let total = std::sync::Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some((vendor, edition, on, print)) = jobs.get(n) else { break };
                    let mut report = walk_vendor(vendor, edition.as_deref(), on, sparse);
                    report.vendor_days = merged[print];
                    report.merged = 1;
                    report.stands_for *= merged[print] as u128;
                    total.lock().unwrap().add(report);
                }
            });
        }
    });
    total.into_inner().unwrap()
}

fn vendor(name: &str) -> Option<&'static Vendor> {
    (name != "other").then(|| knowledge().vendor(&name.try_into().unwrap()).unwrap())
}

/// Two vendor-days with the same print give the same verdict to the same answers.
fn fingerprint(name: &str, edition: Option<&str>, on: &str) -> String {
    let scheme = Law::from(knowledge().bank()).scheme(day(on), &[]).map(|scheme| scheme.id.clone());
    let Some(vendor) = vendor(name) else { return format!("other {on}") };
    let edition = edition.map(|edition| edition.try_into().unwrap());
    let variables: BTreeSet<&VariableId> = vendor.facts.iter().map(|fact| &fact.variable).collect();
    let mut print = format!("{on} {}", vendor.questions.len());
    for variable in variables {
        if let Some(fact) = usable_fact(vendor, variable, edition.as_ref(), day(on), scheme.as_ref()) {
            let old = fact.as_of.is_some_and(|as_of| as_of < day(on).saturating_sub(jiff::ToSpan::months(24)));
            let _ = write!(print, " {variable}={:?}/{old}/{:?}/{}", fact.value, fact.confidence, fact.fixed);
        }
    }
    // Follow-ups are part of the vendor alone.
    if !vendor.questions.is_empty() {
        print.push_str(name);
    }
    let judged = vendor.authority_findings.iter().any(|found| found.date <= day(on));
    format!("{print} authority={judged} several={}", vendor.editions.len() > 1)
}

struct Walk<'a> {
    model: &'a Model,
    vendor: Option<&'static Vendor>,
    name: String,
    sparse: u64,
    report: Report,
    content: Vec<(Value, u128)>,
}

fn walk_vendor(name: &str, edition: Option<&str>, on: &str, sparse: u64) -> Report {
    let vendor = vendor(name);
    let model = Model::compile(knowledge().bank(), vendor);
    let mut inquiry = Inquiry::new(Mode::SelfAssessment, day(on));
    if let (Some(vendor), Some(edition)) = (vendor, edition)
        && vendor.editions.len() > 1
    {
        inquiry.answers.insert(id("edition"), Given::stated(choice(edition)));
    }
    let mut walk = Walk {
        model: &model,
        vendor,
        name: format!("{name}/{} {on}", edition.unwrap_or("-")),
        sparse,
        report: Report::default(),
        content: content_classes(),
    };
    for role in ["host", "guest"] {
        inquiry.answers.insert(id("role"), Given::stated(choice(role)));
        walk.step(&mut inquiry, 1);
    }
    walk.report
}

impl Walk<'_> {
    fn step(&mut self, inquiry: &mut Inquiry, weight: u128) {
        let next = flow(self.model, inquiry).steps.into_iter().find(|step| {
            step.put && !step.follow_up && !inquiry.answers.contains_key(&step.question) && !is_text(&step.question)
        });
        let Some(step) = next else {
            self.report.classes += 1;
            self.report.stands_for += weight;
            if self.report.classes.is_multiple_of(self.sparse) {
                self.judge(inquiry);
            }
            return;
        };
        for (value, more) in self.classes(&step.question, inquiry) {
            inquiry.answers.insert(step.question.clone(), Given::stated(value));
            self.step(inquiry, weight * more);
            inquiry.answers.remove(&step.question);
        }
    }

    /// One answer per class, and how many answers it stands for.
    fn classes(&self, question: &VariableId, inquiry: &Inquiry) -> Vec<(Value, u128)> {
        if question == "content" {
            return self.content.clone();
        }
        if question == "hosting_country" {
            return hosting_classes(inquiry);
        }
        offered(question, inquiry).into_iter().map(|one| (one, 1)).collect()
    }

    fn judge(&mut self, inquiry: &Inquiry) {
        let Some((best, worst)) = judge(self.model, inquiry) else {
            return self.fault("no verdict", inquiry);
        };
        if best != worst {
            self.fault(&format!("everything is answered, yet {best:?}..{worst:?}"), inquiry);
        }
        if self.bare_third_country(inquiry) && best == Light::Green {
            self.fault("a third country without a basis is green", inquiry);
        }
        if self.says(inquiry, "recording_used", "yes")
            && self.says(inquiry, "recording_consent", "none")
            && best == Light::Green
        {
            self.fault("a recording without consent is green", inquiry);
        }
        self.neighbours(inquiry, (best, worst));
        if self.report.classes.is_multiple_of(self.sparse * 48) {
            self.unknowns(inquiry);
        }
    }

    /// An answer of worse rank never improves best or worst.
    fn neighbours(&mut self, inquiry: &Inquiry, here: (Light, Light)) {
        for (question, given) in &inquiry.answers {
            let Some(ranked) = knowledge().bank().question(question) else { continue };
            let Kind::Choice(list) = &ranked.kind else { continue };
            let of =
                |value: &Value| list.iter().find(|choice| value.choices().is_some_and(|ids| ids.contains(&choice.id)));
            let Some(rank) = of(&given.value).and_then(|choice| choice.rank) else { continue };
            let worse = list
                .iter()
                .filter(|choice| {
                    choice.offered(inquiry.day, inquiry.mode) && choice.rank.is_some_and(|other| other > rank)
                })
                .min_by_key(|choice| choice.rank);
            let Some(worse) = worse else { continue };
            let mut other = inquiry.clone();
            other.answers.insert(question.clone(), Given::stated(Value::Choice(worse.id.clone())));
            self.report.neighbours += 1;
            if let Some((best, worst)) = judge(self.model, &other)
                && (best < here.0 || worst < here.1)
            {
                let change = format!("`{question}` {:?} → `{}`: {here:?} → {:?}", given.value, worse.id, (best, worst));
                self.fault(&format!("a worse answer improves: {change}"), inquiry);
            }
        }
    }

    /// An unknown is exactly the range of its answers.
    fn unknowns(&mut self, inquiry: &Inquiry) {
        let steps = flow(self.model, inquiry).steps;
        for step in steps.iter().filter(|step| step.standing == Standing::Answered && step.question != "role") {
            let mut open = inquiry.clone();
            open.answers.insert(step.question.clone(), Given::stated(Value::Unknown));
            let now = flow(self.model, &open).steps.into_iter().find(|now| now.question == step.question);
            let counts = now.is_some_and(|now| now.standing == Standing::DontKnow);
            if !counts || step.question == "hosting_country" || step.question == "edition" || is_text(&step.question) {
                continue;
            }
            let Some(range) = judge(self.model, &open) else { continue };
            let known: Vec<(Light, Light)> = self
                .classes(&step.question, inquiry)
                .into_iter()
                .filter_map(|(value, _)| {
                    let mut one = inquiry.clone();
                    one.answers.insert(step.question.clone(), Given::stated(value));
                    judge(self.model, &one)
                })
                .collect();
            let hides = known.iter().all(|one| one.0 == Light::Red) && range.0 != Light::Red;
            if known.iter().map(|one| one.0).min() > Some(range.0) || hides {
                self.fault(
                    &format!("`{}` unknown gives {range:?}, better than its answers {known:?}", step.question),
                    inquiry,
                );
            }
            // Age is computed once for the whole, not for each completion.
            let aged =
                |inquiry: &Inquiry| assess(self.model, inquiry).findings.iter().any(|found| found.id == "fact-stale");
            if aged(&open) || aged(inquiry) {
                continue;
            }
            self.report.unknowns += 1;
            let exact = (known.iter().map(|one| one.0).min(), known.iter().map(|one| one.1).max());
            if exact != (Some(range.0), Some(range.1)) {
                self.fault(
                    &format!("`{}` unknown gives {range:?}, its answers give {exact:?}", step.question),
                    inquiry,
                );
            }
        }
    }

    /// What counts for a question: the answer, else the fact.
    fn effective(&self, inquiry: &Inquiry, question: &str) -> Option<Value> {
        if let Some(given) = inquiry.answers.get(question).filter(|given| given.value != Value::Unknown) {
            return Some(given.value.clone());
        }
        let scheme = Law::from(knowledge().bank()).scheme(inquiry.day, &[]).map(|scheme| scheme.id.clone());
        let edition = match self.vendor {
            Some(vendor) if vendor.editions.len() == 1 => vendor.editions.first().map(|edition| edition.id.clone()),
            _ => inquiry.answers.get("edition").and_then(|given| match &given.value {
                Value::Choice(choice) => choice.as_str().try_into().ok(),
                _ => None,
            }),
        };
        let fact = usable_fact(self.vendor?, &id(question), edition.as_ref(), inquiry.day, scheme.as_ref())?;
        Some(fact.value.clone())
    }

    fn says(&self, inquiry: &Inquiry, question: &str, value: &str) -> bool {
        self.effective(inquiry, question) == Some(choice(value))
    }

    /// Written once more, apart from the engine: data reach a third country and nothing carries them.
    fn bare_third_country(&self, inquiry: &Inquiry) -> bool {
        if !self.says(inquiry, "role", "host") {
            return false;
        }
        let class = |question: &str| {
            let value = self.effective(inquiry, question)?;
            let law = Law::from(knowledge().bank());
            value.countries()?.iter().map(|code| law.ruling(*code, inquiry.day, &[]).class).max()
        };
        let unknown_hosting = class("hosting_country").is_none();
        let by_word = unknown_hosting && self.says(inquiry, "eu_or_not", "third_country");
        let strictest = class("hosting_country")
            .max(self.processor(inquiry).then(|| class("access_countries")).flatten())
            .max(by_word.then_some(TransferClass::Safeguards));
        let clauses = ["scc_2021", "scc_2010", "bcr"].iter().any(|one| self.says(inquiry, "transfer_safeguard", one));
        match strictest {
            Some(TransferClass::Safeguards) => !clauses,
            Some(TransferClass::CertifiedOnly) => !clauses && self.says(inquiry, "certified", "no"),
            _ => false,
        }
    }

    fn processor(&self, inquiry: &Inquiry) -> bool {
        !self.says(inquiry, "operating_model", "own_servers")
    }

    fn fault(&mut self, what: &str, inquiry: &Inquiry) {
        if self.report.faults.len() < 20 {
            let answers: Vec<String> =
                inquiry.answers.iter().map(|(question, given)| format!("{question}={:?}", given.value)).collect();
            self.report.faults.push(format!("{}: {what}\n    {}", self.name, answers.join(" ")));
        }
    }
}

fn is_text(question: &VariableId) -> bool {
    question == "operator_country"
        || matches!(knowledge().bank().question(question).map(|question| &question.kind), Some(Kind::Text))
}

fn offered(question: &VariableId, inquiry: &Inquiry) -> Vec<Value> {
    let list: &[Choice] =
        knowledge().bank().question(question).map(|question| question.kind.choices()).unwrap_or_default();
    let open = list.iter().filter(|choice| choice.offered(inquiry.day, inquiry.mode));
    open.map(|choice| Value::Choice(choice.id.clone())).collect()
}

/// One country per transfer class of the day, and "I don't know".
fn hosting_classes(inquiry: &Inquiry) -> Vec<(Value, u128)> {
    let law = Law::from(knowledge().bank());
    let mut classes: BTreeMap<TransferClass, (Value, u128)> = BTreeMap::new();
    for country in &knowledge().bank().countries {
        let class = law.ruling(country.code, inquiry.day, &[]).class;
        classes.entry(class).or_insert_with(|| (countries(&[country.code.as_str()]), 0)).1 += 1;
    }
    classes.into_values().chain([(Value::Unknown, 1)]).collect()
}

/// Sets of content that every rule of the self-assessment treats alike.
fn content_classes() -> Vec<(Value, u128)> {
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
    classes.into_values().collect()
}
