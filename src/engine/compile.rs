//! From data to [`Model`]: numbers the variables, translates the conditions.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::bits::Bits;
use super::derive::Derived;
use super::expr::{Expr, Index};
use super::lookup;
use super::model::{Asked, CompiledChoice, Model, Rule, Source, Var, bits};
use crate::domain::bank::Bank;
use crate::domain::condition::Condition;
use crate::domain::finding::Finding;
use crate::domain::id::{ChoiceId, SectionId, VariableId};
use crate::domain::question::{Kind, Question, Section, Variable, VariableKind};
use crate::domain::vendor::Vendor;

const HOST: &str = "host";
/// About as many variables are derived, or belong to a family.
const FAMILIES: usize = 48;
/// The point in favour whose proof decides a green light.
const CARRIES_GREEN: &str = "transfer-covered";

/// See [`Model::compile`].
pub fn compile(bank: &Bank, vendor: Option<&Vendor>) -> Model {
    let findings: Vec<&Finding> =
        bank.findings().chain(vendor.into_iter().flat_map(|vendor| vendor.findings.iter())).collect();
    compile_with(bank, vendor, &findings)
}

/// See [`Model::compile_questions`].
pub fn compile_with(bank: &Bank, vendor: Option<&Vendor>, findings: &[&Finding]) -> Model {
    let named = vendor.map_or(0, |vendor| vendor.questions.len() + vendor.variables.len());
    let count = bank.sections.iter().map(|section| section.questions.len() + section.variables.len()).sum::<usize>();
    let mut drafts = Drafts::new(count + named + FAMILIES);
    for section in &bank.sections {
        drafts.add_section(section, &section.questions, vendor, false);
        drafts.add_variables(&section.variables);
    }
    if let (Some(vendor), Some(last)) = (vendor, bank.sections.last()) {
        drafts.add_section(last, &vendor.questions, Some(vendor), true);
        drafts.add_variables(&vendor.variables);
    }
    drafts.add_families(findings);
    drafts.finish(bank, vendor, findings)
}

/// Variables as they come. What the bank says is looked at where it stands; copying it would take longer than the rest.
struct Drafts<'d> {
    vars: Vec<Var>,
    questions: HashMap<&'d str, &'d Question>,
    positions: u16,
    /// The variables that are numbered already.
    known: HashSet<VariableId>,
}

impl<'d> Drafts<'d> {
    /// With room for so many variables: growing would move them all again and again.
    fn new(count: usize) -> Self {
        Self {
            vars: Vec::with_capacity(count),
            questions: HashMap::with_capacity(count),
            positions: 0,
            known: HashSet::with_capacity(count),
        }
    }

    fn add_section(&mut self, section: &Section, questions: &'d [Question], vendor: Option<&Vendor>, follow_up: bool) {
        for question in questions {
            let (values, several, countries, text) = match &question.kind {
                Kind::Choice(_) if question.id == "edition" => (editions(vendor), false, false, false),
                Kind::Choice(choices) => (choice_ids(choices), false, false, false),
                Kind::Choices(choices) => (choice_ids(choices), true, false, false),
                Kind::Countries => (Vec::new(), false, true, false),
                Kind::Text => (Vec::new(), false, false, true),
            };
            let default = question.default.as_ref().map(|default| bits(&values, std::slice::from_ref(default)));
            let section_id = if follow_up {
                SectionId::try_from("follow-up").unwrap_or_else(|_| section.id.clone())
            } else {
                section.id.clone()
            };
            let choices: Vec<CompiledChoice> = question.kind.choices().iter().map(CompiledChoice::of).collect();
            let asked = Asked {
                section: section_id,
                self_position: if follow_up { u16::MAX } else { section.self_position },
                position: self.positions,
                when: Expr::Const(true),
                modes: question.modes.clone(),
                about: question.about,
                assumed: Vec::new(),
                only_without_fact: question.only_without_fact,
                default,
                always: Asked::always(&choices),
                choices,
                text,
                follow_up: follow_up || question.further,
            };
            self.positions += 1;
            self.questions.insert(question.id.as_str(), question);
            self.push(question.id.clone(), Source::Question(Box::new(asked)), values, several, countries);
        }
    }

    fn add_variables(&mut self, variables: &[Variable]) {
        for variable in variables.iter().filter(|variable| !variable.derived) {
            let values = variable.values.iter().map(|value| value.id.clone()).collect();
            let countries = variable.kind == VariableKind::Countries;
            self.push(variable.id.clone(), Source::Catalogue, values, variable.multiple, countries);
        }
    }

    /// Derived variables, and the families of which only the members that a condition names exist.
    fn add_families(&mut self, findings: &[&Finding]) {
        for derived in Derived::ALL {
            let values = derived.values().iter().filter_map(|value| ChoiceId::try_from(*value).ok()).collect();
            if let Ok(id) = VariableId::try_from(derived.id()) {
                self.push(id, Source::Derived(derived), values, false, false);
            }
        }
        let mut members: Vec<VariableId> = Vec::new();
        let mut note = |id: &VariableId, _: &[ChoiceId]| {
            if id.as_str().contains('.') && !members.contains(id) {
                members.push(id.clone());
            }
        };
        for question in self.questions.values() {
            let assumed = question.assumed.iter().map(|(_, when)| when);
            question.when.iter().chain(assumed).for_each(|when| when.atoms(&mut note));
        }
        findings.iter().flat_map(|finding| finding.rungs()).for_each(|(_, when)| when.atoms(&mut note));
        members.sort();
        for id in members {
            let source = match id.as_str().split_once('.') {
                Some(("law", name)) => name.try_into().ok().map(|id| Source::Law(id, None)),
                Some(("evidence", _)) => Some(Source::Evidence(None)),
                Some(("day", day)) => day.parse().ok().map(Source::NotBefore),
                _ => None,
            };
            if let Some(source) = source {
                let values = ["yes", "no"].iter().filter_map(|value| ChoiceId::try_from(*value).ok()).collect();
                self.push(id, source, values, false, false);
            }
        }
    }

    fn push(&mut self, id: VariableId, source: Source, values: Vec<ChoiceId>, several: bool, countries: bool) {
        if self.known.insert(id.clone()) {
            self.vars.push(Var {
                id,
                source,
                values,
                several,
                countries,
                facts: Vec::new(),
                best_first: Vec::new(),
                by_edition: false,
                inputs: Vec::new(),
                evidence: None,
            });
        }
    }

    fn finish(mut self, bank: &Bank, vendor: Option<&Vendor>, findings: &[&Finding]) -> Model {
        let by_id = self.sort(vendor);
        let values: Vec<Vec<ChoiceId>> = self.vars.iter_mut().map(|var| std::mem::take(&mut var.values)).collect();
        let role = Role::of(&by_id, &values);
        let translate = |condition: &Condition| translate(condition, &by_id, &values);
        for (var, values) in self.vars.iter_mut().zip(&values) {
            if let (Source::Question(asked), Some(question)) = (&mut var.source, self.questions.get(var.id.as_str())) {
                // Who the person is, is asked of everybody.
                if question.id != "role" {
                    asked.when = role.gate(&question.roles, question.when.as_ref().map(translate));
                }
                let bit = |choice: &ChoiceId| bits(values, std::slice::from_ref(choice));
                asked.assumed = question.assumed.iter().map(|(choice, when)| (bit(choice), translate(when))).collect();
            }
        }
        let below = lookup::below(&self.vars);
        let mut rules: Vec<Rule> =
            findings.iter().map(|finding| rule(finding, &by_id, &below, role, &translate)).collect();
        for (var, values) in self.vars.iter_mut().zip(values) {
            var.values = values;
        }
        let authority_days = vendor.map(lookup::authority_days).unwrap_or_default();
        lookup::resolve(&mut self.vars, bank, &by_id);
        if let Some(vendor) = vendor {
            lookup::facts(&mut self.vars, vendor, &authority_days);
        }
        // Without rules there is nothing to search for.
        let mut concerned = Vec::new();
        if !rules.is_empty() {
            concerned = lookup::concerned(&self.vars, &below, &rules);
            lookup::questions(&mut rules, &self.vars);
            lookup::best_first(&mut self.vars);
        }
        let (bank_order, self_order) = lookup::orders(&self.vars);
        let mut questions = bank_order.clone();
        questions.sort_unstable();
        Model {
            known: lookup::known(&by_id, &self.vars, bank),
            by_id,
            rules,
            concerned,
            questions,
            bank_order,
            self_order,
            editions: vendor
                .map(|vendor| vendor.editions.iter().map(|edition| edition.id.clone()).collect())
                .unwrap_or_default(),
            tool_kind: vendor.map(|vendor| vendor.kind),
            authority_days,
            memberships: Arc::clone(&bank.memberships),
            instruments: Arc::clone(&bank.instruments),
            places: lookup::places(bank),
            volatile: lookup::volatile(bank),
            vars: self.vars,
        }
    }

    /// Puts every variable after those it depends on. The check of the data refuses cycles; should one slip through,
    /// its members keep the order of the bank. Returns the numbers by id.
    fn sort(&mut self, vendor: Option<&Vendor>) -> HashMap<VariableId, Index> {
        let mut by_id: HashMap<VariableId, Index> =
            self.vars.iter().zip(0..).map(|(var, index)| (var.id.clone(), index)).collect();
        let needs: Vec<Vec<Index>> =
            self.vars.iter().map(|var| lookup::inputs(var, &self.questions, &by_id, vendor, &self.vars)).collect();
        let mut placed = vec![false; self.vars.len()];
        let mut order: Vec<usize> = Vec::with_capacity(self.vars.len());
        while order.len() < self.vars.len() {
            let ready = (0..self.vars.len())
                .find(|n| !placed[*n] && needs[*n].iter().all(|need| placed[usize::from(*need)]))
                .or_else(|| placed.iter().position(|done| !done));
            let Some(next) = ready else { break };
            placed[next] = true;
            order.push(next);
        }
        let mut number: Vec<Index> = vec![0; order.len()];
        (0..).zip(&order).for_each(|(new, old)| number[*old] = new);
        for index in by_id.values_mut() {
            *index = number[usize::from(*index)];
        }
        for (var, mut needs) in self.vars.iter_mut().zip(needs) {
            for need in &mut needs {
                *need = number[usize::from(*need)];
            }
            needs.sort_unstable();
            var.inputs = needs;
        }
        arrange(&mut self.vars, number);
        by_id
    }
}

/// Moves each variable to its place, without a second copy of them all.
fn arrange(vars: &mut [Var], mut places: Vec<Index>) {
    for at in 0..vars.len() {
        while usize::from(places[at]) != at {
            let place = usize::from(places[at]);
            vars.swap(at, place);
            places.swap(at, place);
        }
    }
}

fn choice_ids(choices: &[crate::domain::question::Choice]) -> Vec<ChoiceId> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}

fn editions(vendor: Option<&Vendor>) -> Vec<ChoiceId> {
    let editions = vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
    editions.iter().filter_map(|edition| ChoiceId::try_from(edition.id.as_str()).ok()).collect()
}

/// The variable that says in which role somebody uses the tool.
#[derive(Clone, Copy)]
struct Role<'v> {
    index: Option<Index>,
    values: &'v [ChoiceId],
}

impl<'v> Role<'v> {
    fn of(by_id: &HashMap<VariableId, Index>, values: &'v [Vec<ChoiceId>]) -> Self {
        let index = by_id.get("role").copied();
        Self { index, values: index.map(|index| values[usize::from(index)].as_slice()).unwrap_or_default() }
    }

    /// The condition of a question or finding, restricted to the roles it applies to; none named: the host.
    fn gate(self, roles: &[ChoiceId], when: Option<Expr>) -> Expr {
        let host = || self.values.iter().position(|value| *value == HOST).map_or(0, |n| 1 << n);
        let allowed = if roles.is_empty() { host() } else { bits(self.values, roles) };
        let role = self.index.map_or(Expr::Const(false), |index| Expr::Is(index, allowed));
        Expr::all([role].into_iter().chain(when).collect())
    }
}

fn translate(condition: &Condition, by_id: &HashMap<VariableId, Index>, values: &[Vec<ChoiceId>]) -> Expr {
    let parts = |parts: &[Condition]| parts.iter().map(|part| translate(part, by_id, values)).collect();
    match condition {
        Condition::Is(id, wanted) => by_id
            .get(id)
            .map_or(Expr::Const(false), |index| Expr::Is(*index, bits(&values[usize::from(*index)], wanted))),
        Condition::All(all) => Expr::all(parts(all)),
        Condition::Any(any) => Expr::any(parts(any)),
        Condition::Not(part) => translate(part, by_id, values).not(),
    }
}

fn rule(
    finding: &Finding,
    by_id: &HashMap<VariableId, Index>,
    below: &[Bits],
    role: Role<'_>,
    translate: &impl Fn(&Condition) -> Expr,
) -> Rule {
    let rungs: Vec<_> =
        finding.rungs().map(|(level, when)| (level, role.gate(&finding.roles, Some(translate(when))))).collect();
    let mut rests_on = Bits::default();
    for (_, expr) in &rungs {
        expr.atoms(&mut |index, _| rests_on.join(&below[usize::from(index)]));
    }
    let cone = (0..).zip(below).map(|(index, _)| index).filter(|index| rests_on.contains(*index)).collect();
    let ages = ["stale", "aged"].iter().any(|id| by_id.get(*id).is_some_and(|index| rests_on.contains(*index)));
    let carries_green = finding.id == CARRIES_GREEN;
    Rule { id: finding.id.clone(), rungs, cone, rests_on, questions: Vec::new(), ages, carries_green }
}
