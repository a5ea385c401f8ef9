//! The whole proof of a finding: its condition as a tree, each part with its truth, and below it where every value
//! comes from, down to answers, facts and instruments.

use super::assess::assess;
use super::derive::Derived;
use super::expr::{Index, NOT_APPLICABLE};
use super::frame::Said;
use super::inquiry::{Given, Inquiry};
use super::model::{Model, Source, bits};
use super::outcome::{Assessment, Because};
use super::situation::Situation;
use super::world::World;
use crate::domain::answer::Value;
use crate::domain::condition::{Condition, Truth};
use crate::domain::finding::{Finding, Level};
use crate::domain::id::{ChoiceId, FindingId, InstrumentId, VariableId};

/// A part of a condition with its truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every part has to hold.
    All(Truth, Vec<Node>),
    /// One part is enough.
    Any(Truth, Vec<Node>),
    /// The part must not hold.
    Not(Truth, Box<Node>),
    /// The variable has one of the values.
    Is {
        /// Whether it has.
        truth: Truth,
        /// The values asked for.
        asked: Vec<ChoiceId>,
        /// What the variable is.
        found: Found,
    },
}

impl Node {
    /// Whether the part holds.
    #[must_use]
    pub const fn truth(&self) -> Truth {
        match self {
            Self::All(truth, _) | Self::Any(truth, _) | Self::Not(truth, _) | Self::Is { truth, .. } => *truth,
        }
    }
}

/// What a variable is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The variable.
    pub variable: VariableId,
    /// The values still possible; empty: it does not apply.
    pub can: Vec<ChoiceId>,
    /// The answer, fact or instrument that fills it; none: it is computed, or nothing fills it.
    pub entry: Option<Because>,
    /// What it is computed from.
    pub inputs: Vec<Found>,
    /// It is not asked now, or nobody knows anything about it, so no condition on it holds.
    pub not_applicable: bool,
}

/// The conditions of a finding, one per level, as they stand in this inquiry.
///
/// `assessment` is that of the same inquiry; it says whether something old has decided.
#[must_use]
pub fn explain(model: &Model, inquiry: &Inquiry, assessment: &Assessment, finding: &Finding) -> Vec<(Level, Node)> {
    let mut situation = Situation::new(model, inquiry);
    let mut world = situation.world();
    situation.look_at_age(assessment.stale, assessment.aged, &mut world);
    let explainer = Explainer { situation: &situation, world: &world };
    finding.rungs().map(|(level, when)| (level, explainer.node(when))).collect()
}

/// What hangs on a question: for each answer the coloured findings and points in favour that it brings and another
/// answer would not.
///
/// Answers are those of a question with single choices that are offered on the day; other questions have none.
#[must_use]
pub fn hinges(model: &Model, inquiry: &Inquiry, question: &VariableId) -> Vec<(ChoiceId, Vec<Hinge>)> {
    let Some(index) = model.by_id.get(question).copied() else { return Vec::new() };
    let var = model.var(index);
    let Source::Question(asked) = &var.source else { return Vec::new() };
    let offered = asked.offered(inquiry.day, inquiry.mode);
    let single = !var.several && !var.countries && !asked.text;
    let choices = var.values.iter().enumerate().filter(|(n, _)| single && offered & (1 << n) != 0);
    let outcomes: Vec<(ChoiceId, Vec<Hinge>)> = choices
        .map(|(_, choice)| {
            let mut other = inquiry.clone();
            let evidence = other.answers.get(question).is_some_and(|given| given.evidence);
            other.answers.insert(question.clone(), Given { value: Value::Choice(choice.clone()), evidence });
            let findings = assess(model, &other).findings;
            let telling = findings.into_iter().filter(|fired| fired.level != Level::Advice);
            let hinge = |fired: super::outcome::Fired| (fired.id, fired.level, fired.truth);
            (choice.clone(), telling.map(hinge).collect())
        })
        .collect();
    let everywhere = |hinge: &Hinge| outcomes.iter().all(|(_, others)| others.contains(hinge));
    outcomes
        .iter()
        .map(|(choice, findings)| {
            (choice.clone(), findings.iter().filter(|hinge| !everywhere(hinge)).cloned().collect())
        })
        .collect()
}

/// A finding, its level, and whether it is certain.
pub type Hinge = (FindingId, Level, Truth);

struct Explainer<'s, 'a> {
    situation: &'s Situation<'a>,
    world: &'s World,
}

impl Explainer<'_, '_> {
    fn node(&self, condition: &Condition) -> Node {
        match condition {
            Condition::All(parts) => {
                let parts: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                Node::All(parts.iter().fold(Truth::Yes, |truth, part| truth.and(part.truth())), parts)
            }
            Condition::Any(parts) => {
                let parts: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                Node::Any(parts.iter().fold(Truth::No, |truth, part| truth.or(part.truth())), parts)
            }
            Condition::Not(part) => {
                let part = self.node(part);
                Node::Not(!part.truth(), Box::new(part))
            }
            Condition::Is(id, asked) => self.atom(id, asked),
        }
    }

    fn atom(&self, id: &VariableId, asked: &[ChoiceId]) -> Node {
        let Some(index) = self.situation.frame.model.by_id.get(id).copied() else {
            let found =
                Found { variable: id.clone(), can: Vec::new(), entry: None, inputs: Vec::new(), not_applicable: true };
            return Node::Is { truth: Truth::No, asked: asked.to_vec(), found };
        };
        let wanted = bits(&self.situation.frame.model.var(index).values, asked);
        let truth = self.world.cells[usize::from(index)].is(wanted);
        Node::Is { truth, asked: asked.to_vec(), found: self.found(index) }
    }

    fn found(&self, index: Index) -> Found {
        let var = self.situation.frame.model.var(index);
        let cell = self.world.cells[usize::from(index)];
        let can = var.values.iter().enumerate().filter(|(n, _)| cell.can & (1 << n) != 0);
        let can = can.map(|(_, id)| id.clone()).collect();
        let inputs = match &var.source {
            Source::Derived(derived) => self.inputs(*derived),
            _ => Vec::new(),
        };
        Found {
            variable: var.id.clone(),
            can,
            entry: self.entry(index),
            inputs,
            not_applicable: if cell.several { cell.can == 0 } else { cell.can & !NOT_APPLICABLE == 0 },
        }
    }

    /// Where a value that is not computed comes from.
    fn entry(&self, index: Index) -> Option<Because> {
        let at = usize::from(index);
        let model = self.situation.frame.model;
        match &model.vars[at].source {
            Source::Derived(Derived::Mode | Derived::Organisation | Derived::Jurisdiction) | Source::Law(..) => {
                Some(self.situation.entry(index))
            }
            Source::Question(_) if self.situation.said[at] == Said::Value => Some(self.situation.entry(index)),
            Source::Question(_) | Source::Catalogue => {
                self.situation.speaking_fact(index).map(|_| self.situation.entry(index))
            }
            Source::Derived(_) | Source::Evidence(_) | Source::NotBefore(_) => None,
        }
    }

    /// What a computed variable rests on; for transfers the instruments that put the countries where they are.
    fn inputs(&self, derived: Derived) -> Vec<Found> {
        let model = self.situation.frame.model;
        let mut inputs: Vec<Found> = derived
            .inputs()
            .iter()
            .filter_map(|id| model.by_id.get(*id).copied())
            .map(|index| self.found(index))
            .filter(|found| !found.not_applicable || found.entry.is_some())
            .collect();
        let carried = matches!(derived, Derived::Transfer | Derived::AdequacyLimited | Derived::BasisVolatile);
        if carried {
            inputs.extend(self.instruments());
        }
        inputs
    }

    /// The instruments that rule the countries named in hosting and access on the day.
    fn instruments(&self) -> Vec<Found> {
        let known = &self.situation.frame.model.known;
        let mut ids: Vec<InstrumentId> = Vec::new();
        for index in [known.hosting, known.access].into_iter().flatten() {
            let carriers =
                self.situation.countries(index).into_iter().filter_map(|code| self.situation.frame.carrier(code));
            ids.extend(carriers.map(|instrument| instrument.id.clone()));
        }
        ids.sort();
        ids.dedup();
        let yes = || ChoiceId::try_from("yes").ok();
        ids.into_iter()
            .map(|id| Found {
                variable: VariableId::of_law(&id),
                can: yes().into_iter().collect(),
                entry: Some(Because {
                    variable: VariableId::of_law(&id),
                    value: yes().map(Value::Choice),
                    origin: super::outcome::Origin::Law { instrument: id },
                }),
                inputs: Vec::new(),
                not_applicable: false,
            })
            .collect()
    }
}
