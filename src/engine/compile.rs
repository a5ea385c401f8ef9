//! From data to [`Model`]: numbers the variables, translates the conditions.

use std::collections::{HashMap, HashSet};

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
    let mut drafts = Drafts::default();
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

#[derive(Default)]
struct Drafts {
    vars: Vec<Var>,
    conditions: HashMap<VariableId, Condition>,
    assumptions: HashMap<VariableId, Vec<(ChoiceId, Condition)>>,
    positions: u16,
    /// The variables that are numbered already.
    known: HashSet<VariableId>,
}

impl Drafts {
    fn add_section(&mut self, section: &Section, questions: &[Question], vendor: Option<&Vendor>, follow_up: bool) {
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
                choices: question.kind.choices().iter().map(CompiledChoice::of).collect(),
                text,
                follow_up: follow_up || question.further,
            };
            self.positions += 1;
            let gate = gate(&question.id, &question.roles, question.when.as_ref());
            self.conditions.insert(question.id.clone(), gate);
            self.assumptions.insert(question.id.clone(), question.assumed.clone());
            self.push(question.id.clone(), Source::Question(asked), values, several, countries);
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
        self.conditions.values().for_each(|condition| condition.atoms(&mut note));
        self.assumptions.values().flatten().for_each(|(_, when)| when.atoms(&mut note));
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
                above: Vec::new(),
                rules: Bits::default(),
                asked_by: Bits::default(),
                evidence: None,
            });
        }
    }

    fn finish(mut self, bank: &Bank, vendor: Option<&Vendor>, findings: &[&Finding]) -> Model {
        let by_id = self.sort(vendor);
        let values: Vec<Vec<ChoiceId>> = self.vars.iter().map(|var| var.values.clone()).collect();
        let translate = |condition: &Condition| translate(condition, &by_id, &values);
        for var in &mut self.vars {
            if let (Source::Question(asked), Some(gate)) = (&mut var.source, self.conditions.get(&var.id)) {
                asked.when = translate(gate);
                let assumed = self.assumptions.get(&var.id).map(Vec::as_slice).unwrap_or_default();
                let bit = |choice: &ChoiceId| bits(&var.values, std::slice::from_ref(choice));
                asked.assumed = assumed.iter().map(|(choice, when)| (bit(choice), translate(when))).collect();
            }
        }
        let authority_days = vendor.map(lookup::authority_days).unwrap_or_default();
        lookup::resolve(&mut self.vars, bank, &by_id);
        if let Some(vendor) = vendor {
            lookup::facts(&mut self.vars, vendor, &authority_days);
        }
        let below = lookup::below(&self.vars);
        let mut rules: Vec<Rule> = findings.iter().map(|finding| rule(finding, &by_id, &below, &translate)).collect();
        lookup::above(&mut self.vars, &below, &rules);
        lookup::questions(&mut rules, &self.vars);
        lookup::best_first(&mut self.vars);
        let (bank_order, self_order) = lookup::orders(&self.vars);
        let mut questions = bank_order.clone();
        questions.sort_unstable();
        Model {
            known: lookup::known(&by_id, &self.vars, bank),
            by_id,
            rules,
            questions,
            bank_order,
            self_order,
            editions: vendor
                .map(|vendor| vendor.editions.iter().map(|edition| edition.id.clone()).collect())
                .unwrap_or_default(),
            tool_kind: vendor.map(|vendor| vendor.kind),
            authority_days,
            memberships: bank.memberships.clone(),
            instruments: bank.instruments.clone(),
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
            self.vars.iter().map(|var| lookup::inputs(var, &self.conditions, &by_id, vendor, &self.vars)).collect();
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
        let mut vars: Vec<Option<Var>> = std::mem::take(&mut self.vars).into_iter().map(Some).collect();
        self.vars = order.iter().filter_map(|n| vars[*n].take()).collect();
        for (var, old) in self.vars.iter_mut().zip(order) {
            var.inputs = needs[old].iter().map(|need| number[usize::from(*need)]).collect();
            var.inputs.sort_unstable();
        }
        by_id
    }
}

fn choice_ids(choices: &[crate::domain::question::Choice]) -> Vec<ChoiceId> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}

fn editions(vendor: Option<&Vendor>) -> Vec<ChoiceId> {
    let editions = vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
    editions.iter().filter_map(|edition| ChoiceId::try_from(edition.id.as_str()).ok()).collect()
}

/// The condition of a question or finding, restricted to the roles it applies to.
fn gate(id: &VariableId, roles: &[ChoiceId], when: Option<&Condition>) -> Condition {
    if *id == "role" {
        return Condition::All(Vec::new());
    }
    let mut parts: Vec<Condition> = role_condition(roles).into_iter().collect();
    parts.extend(when.cloned());
    Condition::All(parts)
}

fn role_condition(roles: &[ChoiceId]) -> Option<Condition> {
    let role = VariableId::try_from("role").ok()?;
    let allowed = if roles.is_empty() { vec![ChoiceId::try_from(HOST).ok()?] } else { roles.to_vec() };
    Some(Condition::Is(role, allowed))
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
    translate: &impl Fn(&Condition) -> Expr,
) -> Rule {
    let rungs: Vec<_> = finding
        .rungs()
        .map(|(level, when)| {
            let parts = role_condition(&finding.roles).into_iter().chain([when.clone()]).collect();
            (level, translate(&Condition::All(parts)))
        })
        .collect();
    let mut rests_on = Bits::default();
    for (_, expr) in &rungs {
        expr.atoms(&mut |index, _| rests_on.join(&below[usize::from(index)]));
    }
    let cone = (0..).zip(below).map(|(index, _)| index).filter(|index| rests_on.contains(*index)).collect();
    let ages = ["stale", "aged"].iter().any(|id| by_id.get(*id).is_some_and(|index| rests_on.contains(*index)));
    let carries_green = finding.id == CARRIES_GREEN;
    Rule { id: finding.id.clone(), rungs, cone, rests_on, questions: Vec::new(), ages, carries_green }
}
