//! The way to clearance, found blindly: every set of open changes is made and judged.
//!
//! Written once more, apart from the engine, on nothing but the data, `flow`, `judge` and `assess`.

#[path = "answers.rs"]
mod answers;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use freigabe::domain::answer::Value;
use freigabe::domain::condition::{Condition, Truth};
use freigabe::domain::finding::{Finding, Level};
use freigabe::domain::id::{ChoiceId, EditionId, VariableId};
use freigabe::domain::question::{Choice, Kind};
use freigabe::domain::vendor::Vendor;
use freigabe::domain::verdict::Light;
use freigabe::engine::law::{Law, TransferClass};
use freigabe::engine::resolve::usable_fact;
use freigabe::engine::{Given, Inquiry, Model, Standing, Variations, assess, flow, judge};

use crate::common::{choices, countries, knowledge};
use crate::random::asked;
use answers::Table;

/// A variable and its value, each with its place in the bank.
pub type Move = (usize, usize, VariableId, Value);

/// A finding that names a change, with the effort it states.
pub type Named = (&'static Finding, u8);

/// A set of changes, and the answers it rests on.
pub type Path<'b> = (Vec<&'b Move>, Vec<Move>);

/// One inquiry, and everything that can be changed about it.
pub struct Blind<'a> {
    pub model: &'a Model,
    pub name: &'a str,
    vendor: Option<&'static Vendor>,
    pub inquiry: &'a Inquiry,
    put: BTreeSet<VariableId>,
    /// Changes that are open, with the findings that name them.
    pub levers: Vec<(Move, Vec<Named>)>,
    /// The same as answers.
    givens: Vec<Given>,
    table: Table,
    pub judged: Cell<usize>,
}

impl<'a> Blind<'a> {
    pub fn new(model: &'a Model, name: &'a str, inquiry: &'a Inquiry, editions: bool) -> Self {
        let vendor = knowledge().vendor(&name.try_into().unwrap());
        let steps = flow(model, inquiry).steps;
        let put = steps.into_iter().filter(|step| step.put).map(|step| step.question).collect();
        let (givens, table) = (Vec::new(), Table::default());
        let mut blind = Self { model, name, vendor, inquiry, put, levers: Vec::new(), givens, table, judged: 0.into() };
        let mut levers: BTreeMap<(usize, usize), (Move, Vec<Named>)> = BTreeMap::new();
        let own = vendor.into_iter().flat_map(|vendor| vendor.findings.iter());
        for finding in knowledge().bank().findings().chain(own) {
            for lever in &finding.levers {
                let open = lever.when.as_ref().is_none_or(|when| blind.holds(when) == Truth::Yes);
                let Some(found) = blind.offered(&lever.variable, &lever.to) else { continue };
                let fixed = lever.variable == "edition" && !editions;
                if open && !fixed && !blind.is_already(&lever.variable, &lever.to) {
                    let entry = levers.entry((found.0, found.1)).or_insert_with(|| (found, Vec::new()));
                    entry.1.push((finding, lever.effort));
                }
            }
        }
        blind.levers = levers.into_values().collect();
        blind.givens = blind.levers.iter().map(|(change, _)| Given::stated(change.3.clone())).collect();
        blind.table = Table::new(&blind);
        blind
    }

    /// Place of a question: bank order, then that of the vendor's own.
    fn place(&self, question: &VariableId) -> usize {
        let own = self.vendor.into_iter().flat_map(|vendor| &vendor.questions);
        let mut all = knowledge().bank().questions().map(|(_, question)| question).chain(own);
        all.position(|one| one.id == *question).unwrap()
    }

    /// The change, where a person could give that answer at all.
    fn offered(&self, variable: &VariableId, to: &ChoiceId) -> Option<Move> {
        let question = asked(variable, self.name)?;
        if !question.modes.contains(&self.inquiry.mode) {
            return None;
        }
        let n = if variable == "edition" {
            self.vendor?.editions.iter().position(|edition| edition.id == *to.as_str())?
        } else {
            let choices = question.kind.choices();
            choices.iter().position(|one| one.id == *to && one.offered(self.inquiry.day, self.inquiry.mode))?
        };
        Some((self.place(variable), n, variable.clone(), Value::Choice(to.clone())))
    }

    /// The editions that are still possible.
    fn editions(&self) -> Vec<Option<&EditionId>> {
        let Some(vendor) = self.vendor else { return vec![None] };
        let said = self.inquiry.answers.get("edition").and_then(|given| given.value.choices());
        let all: Vec<Option<&EditionId>> = vendor.editions.iter().map(|edition| Some(&edition.id)).collect();
        let one = all.iter().find(|edition| said.is_some_and(|said| *edition.unwrap() == *said[0].as_str()));
        one.map_or_else(|| all.clone(), |edition| vec![*edition])
    }

    /// What the catalogue says in each of these editions.
    fn facts(&self, variable: &VariableId) -> Vec<Option<Value>> {
        self.editions().into_iter().map(|edition| self.fact(variable, edition)).collect()
    }

    fn fact(&self, variable: &VariableId, edition: Option<&EditionId>) -> Option<Value> {
        let scheme = Law::from(knowledge().bank()).scheme(self.inquiry.day, &[]).map(|scheme| scheme.id.clone());
        let fact = usable_fact(self.vendor?, variable, edition, self.inquiry.day, scheme.as_ref())?;
        Some(fact.value.clone()).filter(|value| *value != Value::Unknown)
    }

    fn is_already(&self, variable: &VariableId, to: &ChoiceId) -> bool {
        let is = |value: &Value| value.choices().is_some_and(|ids| ids.contains(to));
        let steps = flow(self.model, self.inquiry).steps;
        let Some(step) = steps.into_iter().find(|step| step.question == *variable && step.certain) else {
            // With a single edition nobody is asked for it.
            return variable == "edition" && self.editions().len() == 1;
        };
        match step.standing {
            Standing::Answered => is(&self.inquiry.answers[variable].value),
            Standing::Fact => self.facts(variable).iter().flatten().all(is),
            Standing::Default => asked(variable, self.name).unwrap().default.as_ref() == Some(to),
            Standing::Open | Standing::DontKnow => false,
        }
    }

    fn holds(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::Yes, |truth, part| truth.and(self.holds(part))),
            Condition::Any(parts) => parts.iter().fold(Truth::No, |truth, part| truth.or(self.holds(part))),
            Condition::Not(part) => !self.holds(part),
            Condition::Is(variable, wanted) => {
                let of = |value: &str| if wanted.iter().any(|one| *one == value) { Truth::Yes } else { Truth::No };
                let yes = |yes: bool| of(if yes { "yes" } else { "no" });
                match variable.as_str() {
                    "mode" => of(self.inquiry.mode.id()),
                    "catalogued" => yes(self.vendor.is_some()),
                    "organisation" => of(self.inquiry.organisation.id()),
                    name if name.starts_with("law.") => {
                        let law = Law::from(knowledge().bank());
                        yes(law.in_force(&name[4..], self.inquiry.day, &self.inquiry.without))
                    }
                    _ if asked(variable, self.name).is_some() => self.said(variable, wanted),
                    _ => {
                        let facts = self.facts(variable);
                        let known = |fact: &Option<Value>| match fact {
                            Some(value) => of(value.choices().unwrap()[0].as_str()),
                            None => Truth::No,
                        };
                        let (least, most) = (facts.iter().map(known).min(), facts.iter().map(known).max());
                        if least == most { least.unwrap() } else { Truth::Unknown }
                    }
                }
            }
        }
    }

    /// Whether the answer to a question, or the fact about it, is one of the values.
    fn said(&self, question: &VariableId, wanted: &[ChoiceId]) -> Truth {
        let steps = flow(self.model, self.inquiry).steps;
        let Some(step) = steps.into_iter().find(|step| step.question == *question) else { return Truth::No };
        let known = match step.standing {
            Standing::Answered => self.inquiry.answers[question].value.choices().map(<[ChoiceId]>::to_vec),
            Standing::Fact => {
                let facts: BTreeSet<_> =
                    self.facts(question).into_iter().map(|fact| fact.unwrap().choices().unwrap().to_vec()).collect();
                facts.into_iter().next().filter(|_| self.editions().len() == 1)
            }
            _ => None,
        };
        let among = |ids: &Vec<ChoiceId>| ids.iter().any(|one| wanted.contains(one));
        match known.map(|ids| among(&ids)) {
            Some(false) => Truth::No,
            Some(true) if step.certain => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    pub fn after(&self, changes: &[&Move], then: &[Move]) -> Inquiry {
        let mut inquiry = self.inquiry.clone();
        for (_, _, variable, value) in changes.iter().copied().chain(then) {
            inquiry.answers.insert(variable.clone(), Given::stated(value.clone()));
        }
        inquiry
    }

    /// Whether no answer to anything that is open leads to the goal any more. Where the age of a datum stands in the
    /// way, an answer might still do: what decides then may be another datum. Age alone never stops a tool.
    fn is_lost(best: Light, stale: bool, goal: Light) -> bool {
        best > goal && (best == Light::Red || !stale)
    }

    /// Questions that nobody was asked and that are open now.
    pub fn opened(&self, inquiry: &Inquiry) -> Vec<VariableId> {
        let steps = flow(self.model, inquiry).steps.into_iter();
        steps
            .filter(|step| matches!(step.standing, Standing::Open | Standing::DontKnow) && !step.follow_up)
            .map(|step| step.question)
            .filter(|question| !self.put.contains(question) && !self.answers(question).is_empty())
            .collect()
    }

    /// The answers to a question, better ones first.
    fn answers(&self, question: &VariableId) -> Vec<Value> {
        let offered = |list: &[Choice]| {
            let mut open: Vec<&Choice> =
                list.iter().filter(|one| one.offered(self.inquiry.day, self.inquiry.mode)).collect();
            open.sort_by_key(|one| one.rank.unwrap_or(0));
            open.into_iter().map(|one| one.id.clone()).collect::<Vec<_>>()
        };
        match &asked(question, self.name).unwrap().kind {
            Kind::Choice(list) => offered(list).into_iter().map(Value::Choice).collect(),
            Kind::Choices(list) => {
                let all = offered(list);
                let some = |set: usize| {
                    let names = all.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0);
                    choices(&names.map(|(_, one)| one.as_str()).collect::<Vec<_>>())
                };
                (1..1 << all.len()).map(some).collect()
            }
            Kind::Countries if *question == "access_countries" => self.countries(),
            Kind::Countries | Kind::Text => Vec::new(),
        }
    }

    /// Countries by one of each class; no country at all is no transfer.
    fn countries(&self) -> Vec<Value> {
        let law = Law::from(knowledge().bank());
        let of = |class: TransferClass| {
            let mut codes = knowledge().bank().countries.iter().map(|country| country.code);
            let code = codes.find(|code| law.ruling(*code, self.inquiry.day, &[]).class == class)?;
            Some(if class == TransferClass::None { countries(&[]) } else { countries(&[code.as_str()]) })
        };
        TransferClass::ALL.into_iter().filter_map(of).collect()
    }

    /// What [`Self::way`] finds, by trying all sets of answers one after the other; an error where there are more than that.
    pub fn plainly(&self, changes: &[&Move], goal: Light, limit: usize) -> Result<Option<Vec<Move>>, usize> {
        let mut sets: BTreeSet<Vec<(usize, usize, String)>> = [Vec::new()].into();
        let mut known: BTreeMap<(usize, usize, String), Move> = BTreeMap::new();
        let mut count = 0;
        while !sets.is_empty() {
            count += sets.len();
            if count > limit {
                return Err(count);
            }
            let mut larger = BTreeSet::new();
            for set in &sets {
                let then: Vec<Move> = set.iter().map(|key| known[key].clone()).collect();
                let inquiry = self.after(changes, &then);
                if judge(self.model, &inquiry).unwrap().1 <= goal {
                    return Ok(Some(then));
                }
                let found = assess(self.model, &inquiry);
                if Self::is_lost(found.best, found.stale, goal) {
                    continue;
                }
                for question in self.opened(&inquiry) {
                    let place = self.place(&question);
                    for (n, value) in self.answers(&question).into_iter().enumerate() {
                        let key = (place, n, question.to_string());
                        known.insert(key.clone(), (place, n, question.clone(), value));
                        let mut more = set.clone();
                        more.push(key);
                        more.sort();
                        larger.insert(more);
                    }
                }
            }
            sets = larger;
        }
        Ok(None)
    }

    /// All ways with the fewest changes, up to a number; those and what they assume.
    pub fn ways(&self, goal: Light, most: usize) -> Option<(usize, Vec<Path<'_>>)> {
        let mut now = Variations::new(self.model, self.inquiry);
        for size in 0..=most {
            let mut found = Vec::new();
            self.each_way(size, 0, &mut Vec::new(), (&mut now, goal), &mut found);
            if !found.is_empty() {
                return Some((size, found));
            }
        }
        None
    }

    /// Collects the ways with so many changes more.
    fn each_way<'b>(
        &'b self,
        size: usize,
        from: usize,
        set: &mut Vec<&'b Move>,
        (now, goal): (&mut Variations<'b>, Light),
        found: &mut Vec<Path<'b>>,
    ) {
        if size == 0 {
            self.judged.set(self.judged.get() + 1);
            let (best, worst) = now.judge().unwrap();
            if worst <= goal {
                found.push((set.clone(), Vec::new()));
            } else if !Self::is_lost(best, now.stale(), goal) {
                found.extend(self.way_from(now, goal).map(|then| (set.clone(), then)));
            }
            return;
        }
        for (n, given) in self.givens.iter().enumerate().skip(from) {
            let change = &self.levers[n].0;
            if !set.iter().any(|other| other.2 == change.2) {
                let slot = now.slot(&change.2).unwrap();
                set.push(change);
                let before = now.answer(slot, Some(given));
                self.each_way(size - 1, n + 1, set, (now, goal), found);
                now.answer(slot, before);
                set.pop();
            }
        }
    }

    /// Calls `visit` for every set of changes of that size, at most one for each variable.
    pub fn each<'b>(&'b self, size: usize, from: usize, set: &mut Vec<&'b Move>, visit: &mut impl FnMut(&[&'b Move])) {
        if size == 0 {
            return visit(set);
        }
        for n in from..self.levers.len() {
            let change = &self.levers[n].0;
            if !set.iter().any(|other| other.2 == change.2) {
                set.push(change);
                self.each(size - 1, n + 1, set, visit);
                set.pop();
            }
        }
    }

    pub fn effort(&self, change: &Move, firing: &BTreeSet<String>) -> u32 {
        let (_, findings) = self.levers.iter().find(|(other, _)| other == change).unwrap();
        let now = findings.iter().filter(|(finding, _)| firing.contains(finding.id.as_str()));
        let effort = now.map(|(_, effort)| *effort).max();
        u32::from(effort.unwrap_or_else(|| findings.iter().map(|(_, effort)| *effort).min().unwrap()))
    }

    /// Findings that some completion brings to the line.
    pub fn firing(&self, inquiry: &Inquiry, line: Level) -> BTreeSet<String> {
        let findings = assess(self.model, inquiry).findings;
        findings.into_iter().filter(|found| found.level >= line).map(|found| found.id.to_string()).collect()
    }

    /// Where changes lead from here, and how many it takes at least.
    pub fn distance(&self, most: usize) -> (Light, usize) {
        let worst = judge(self.model, self.inquiry).unwrap().1;
        for goal in [Light::Green, Light::Yellow] {
            if goal < worst
                && let Some((size, _)) = self.ways(goal, most)
            {
                return (goal, size);
            }
        }
        (worst, 0)
    }
}
