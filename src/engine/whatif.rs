//! The way to clearance: the fewest changes after which the light is better, whatever is still unknown.
//!
//! What a team can change is data: the levers of the findings. Everything else is given and never moves. A way brings
//! the worst light still possible to green, or from red to yellow where nothing leads to green. Questions that a change
//! newly brings up count at their best, and the answers so assumed are recorded; everything else counts at its worst.

mod base;
mod cone;
mod field;
mod part;
mod reach;

use crate::domain::answer::Value;
use crate::domain::bank::Bank;
use crate::domain::finding::Level;
use crate::domain::id::{EditionId, FindingId, VariableId};
use crate::domain::vendor::Vendor;
use crate::domain::verdict::Light;

use super::inquiry::{Given, Inquiry};
use super::model::Model;
use base::{Base, Lever, Move};
use field::Field;
use reach::{Path, Reach};

/// A change that the team makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The question whose answer changes.
    pub variable: VariableId,
    /// The value before, where it is known and counts.
    pub from: Option<Value>,
    /// The value after.
    pub to: Value,
    /// 1 = minutes … 5 = months.
    pub effort: u8,
    /// The findings that stay in the way without this change, in bank order.
    pub findings: Vec<FindingId>,
    /// The finding whose action says what to do.
    pub action_of: FindingId,
}

/// An answer on which a way rests, to a question that its changes bring up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Then {
    /// The question.
    pub variable: VariableId,
    /// The answer.
    pub to: Value,
}

/// Changes that together turn the light; none of them can be missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The worst light still possible afterwards.
    pub to: Light,
    /// The changes, in bank order.
    pub changes: Vec<Change>,
    /// What has to hold as well, in bank order; empty where the way leads there whatever is answered.
    pub then: Vec<Then>,
}

impl Way {
    /// The sum of the efforts.
    #[must_use]
    pub fn effort(&self) -> u32 {
        self.changes.iter().map(|change| u32::from(change.effort)).sum()
    }

    /// The inquiry after the way has been gone. A changed answer has no evidence yet.
    #[must_use]
    pub fn applied(&self, inquiry: &Inquiry) -> Inquiry {
        let mut after = inquiry.clone();
        let changes = self.changes.iter().map(|change| (&change.variable, &change.to));
        let then = self.then.iter().map(|then| (&then.variable, &then.to));
        for (variable, value) in changes.chain(then) {
            after.answers.insert(variable.clone(), Given::stated(value.clone()));
        }
        after
    }
}

/// Why a finding stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing that a team can change touches it.
    NoLever,
    /// What a team can change touches it and does not suffice.
    NotEnough,
    /// It could be met by itself, but not together with the others listed so.
    Conflict,
}

impl Why {
    /// The name in the JSON output.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoLever => "no_lever",
            Self::NotEnough => "not_enough",
            Self::Conflict => "conflict",
        }
    }
}

/// A finding that stays whatever one changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which.
    pub id: FindingId,
    /// The level at or above which it stays.
    pub level: Level,
    /// Why.
    pub why: Why,
}

/// Another edition of the same entry that does better with the same answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The edition.
    pub edition: EditionId,
    /// Best light still possible there.
    pub best: Light,
    /// Worst light still possible there.
    pub worst: Light,
    /// The light that changes lead to there.
    pub to: Light,
    /// How many changes that takes; none where it takes none.
    pub changes: usize,
}

/// The ways to a better light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The worst light still possible now; none where nothing is to be assessed.
    pub from: Option<Light>,
    /// The ways with the fewest changes: fewest answers to assume first, then least effort, then bank order.
    pub paths: Vec<Way>,
    /// How many more such ways there are than are listed.
    pub more: usize,
    /// Where a goal cannot be reached: what stays, in bank order.
    pub blocked_by: Vec<Blocked>,
    /// Other editions that do better, in the order of the catalogue.
    pub alternatives: Vec<Alternative>,
}

/// The goals in order, each with the line below which every finding has to stay.
const GOALS: [(Light, Level); 2] = [(Light::Green, Level::Yellow), (Light::Yellow, Level::Red)];

/// The ways to clearance. `bank` and `vendor` are those that the model was compiled from.
#[must_use]
pub fn whatif(model: &Model, bank: &Bank, vendor: Option<&Vendor>, inquiry: &Inquiry) -> Ways {
    let Some(base) = Base::new(model, bank, vendor, inquiry) else { return Ways::default() };
    let mut ways = Ways { from: Some(base.worst), ..Ways::default() };
    let mut reached = (base.worst, 0);
    for (goal, line) in GOALS.into_iter().filter(|(goal, _)| *goal < base.worst) {
        let field = Field::new(&base, line);
        match field.reach() {
            Some(reach) => {
                reached = (goal, reach.changes);
                ways.more = reach.total - reach.paths.len();
                ways.paths = reach.paths.iter().map(|path| way(&field, goal, path)).collect();
                break;
            }
            None => block(&field, &mut ways.blocked_by),
        }
    }
    let order = |id: &FindingId| model.rules.iter().position(|rule| rule.id == *id);
    ways.blocked_by.sort_by_key(|blocked| order(&blocked.id));
    if base.worst != Light::Green {
        ways.alternatives = alternatives(&base, vendor, reached);
    }
    ways
}

fn way(field: &Field<'_>, to: Light, path: &Path) -> Way {
    let base = field.base;
    let changes = path.changes.iter().filter_map(|(change, needed)| {
        let lever = base.levers.iter().find(|lever| lever.change == *change)?;
        let names = |rule: &usize| &base.model.rules[field.watched[*rule].rule].id;
        Some(Change {
            variable: base.id(*change).clone(),
            from: base.before_change(*change),
            to: base.after_change(*change),
            effort: field.effort(lever),
            findings: needed.iter().map(|rule| names(rule).clone()).collect(),
            action_of: base.model.rules[action_of(field, lever, needed)?].id.clone(),
        })
    });
    let then = path.then.iter().filter_map(|then| {
        let to = base.answer(*then)?;
        Some(Then { variable: base.id(*then).clone(), to })
    });
    Way { to, changes: changes.collect(), then: then.collect() }
}

/// The finding whose action says what to do: one that names the change and needs it, else the first that names it.
fn action_of(field: &Field<'_>, lever: &Lever, needed: &[usize]) -> Option<usize> {
    let names = |rule: usize| lever.findings.iter().any(|(finding, _)| *finding == rule);
    let in_need = needed.iter().map(|rule| field.watched[*rule].rule).find(|rule| names(*rule));
    in_need.or_else(|| lever.findings.first().map(|(finding, _)| *finding))
}

/// Notes what stays at the line of a goal that no changes reach.
fn block(field: &Field<'_>, blocked: &mut Vec<Blocked>) {
    let stuck = field.stuck();
    let conflict = stuck.is_empty();
    for rule in if conflict { field.conflict() } else { stuck } {
        let why = match (conflict, field.has_lever(rule)) {
            (true, _) => Why::Conflict,
            (false, true) => Why::NotEnough,
            (false, false) => Why::NoLever,
        };
        let id = &field.base.model.rules[field.watched[rule].rule].id;
        match blocked.iter_mut().find(|known| known.id == *id) {
            Some(known) => known.level = known.level.max(field.line),
            None => blocked.push(Blocked { id: id.clone(), level: field.line, why }),
        }
    }
}

/// Other editions with a better range, or from which fewer changes lead as far. `reached` is where changes lead here,
/// and how many it takes.
fn alternatives(base: &Base<'_>, vendor: Option<&Vendor>, reached: (Light, usize)) -> Vec<Alternative> {
    let model = base.model;
    let Some(edition) = model.known.edition.filter(|_| model.editions.len() > 1) else { return Vec::new() };
    let current = base.cells[usize::from(edition)];
    let others = (0_u16..).zip(&model.editions).filter(|(n, _)| current.can != 1 << n.min(&62));
    others
        .filter_map(|(pick, id)| {
            let there = Move { place: 0, pick, index: edition };
            let inquiry = base.after([there], &[]);
            let other = Base::new(model, base.bank, vendor, &inquiry)?.in_this_edition();
            let (to, changes) = distance(&other);
            let no_worse = other.best <= base.best && other.worst <= base.worst;
            let better = no_worse && (other.best, other.worst) != (base.best, base.worst);
            let found = Alternative { edition: id.clone(), best: other.best, worst: other.worst, to, changes };
            (better || (to, changes) < reached).then_some(found)
        })
        .collect()
}

/// The best light that changes lead to, and how many it takes at least.
fn distance(base: &Base<'_>) -> (Light, usize) {
    let mut goals = GOALS.into_iter().filter(|(goal, _)| *goal < base.worst);
    let nearest = goals.find_map(|(goal, line)| {
        let reach: Reach = Field::new(base, line).reach()?;
        Some((goal, reach.changes))
    });
    nearest.unwrap_or((base.worst, 0))
}
