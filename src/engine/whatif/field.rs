//! The rules that can stand in the way of a goal, and which of them do after some changes.

use super::base::{Base, Lever, Move};
use super::cone::{closure, cone};
use crate::domain::finding::Level;
use crate::domain::verdict::Light;
use crate::engine::assess::judge;
use crate::engine::bits::Bits;
use crate::engine::derive::Derived;
use crate::engine::expr::{Cell, Index};
use crate::engine::flow::Standing;
use crate::engine::inquiry::Inquiry;
use crate::engine::model::Source;
use crate::engine::search::{OFF, at_least, glance};
use crate::engine::situation::Situation;
use crate::engine::world::World;

/// A rule that can reach the line.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    /// Number of the rule.
    pub rule: usize,
    /// What it rests on whether it does.
    pub cone: Bits,
    ages: bool,
}

/// What there is to see after some changes.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Watched rules that some completion brings to the line.
    pub failing: Vec<usize>,
    /// Questions that the changes bring up; empty where nothing fails.
    pub opened: Vec<Index>,
}

/// One goal: every rule has to stay below the line.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub base: &'a Base<'a>,
    pub line: Level,
    pub watched: Vec<Watched>,
    /// Whether rules that look at the age of what decided can stop the tool. Then age is a matter of the whole, and
    /// only the full verdict can tell; the shipped bank has no such rule.
    whole: bool,
}

impl<'a> Field<'a> {
    pub fn new(base: &'a Base<'a>, line: Level) -> Self {
        let mut field = Self { base, line, watched: Vec::new(), whole: false };
        let cells = field.relaxed();
        let rules = base.model.rules.iter().enumerate();
        let all: Vec<Watched> = rules
            .filter_map(|(n, rule)| Some(Watched { rule: n, cone: cone(base.model, rule, line)?, ages: rule.ages }))
            .collect();
        field.whole = line == Level::Red && all.iter().any(|watched| watched.ages);
        let basis = field.basis();
        field.watched = all.into_iter().filter(|watched| field.matters(watched, &cells)).collect();
        let whole = field.whole;
        for watched in field.watched.iter_mut().filter(|watched| watched.ages) {
            if whole {
                base.levers.iter().for_each(|lever| watched.cone.insert(lever.change.index));
            }
            watched.cone.join(&basis);
        }
        field
    }

    /// What the age of the data rests on once everything else is below the line: the basis of a green light, and the
    /// rules that look at age themselves.
    fn basis(&self) -> Bits {
        let model = self.base.model;
        let mut basis = Bits::default();
        for (n, rule) in model.rules.iter().enumerate() {
            if rule.carries_green {
                basis.join(&closure(model, rule.cone.clone()));
            } else if rule.ages
                && let Some(cone) = cone(model, &model.rules[n], self.line)
            {
                basis.join(&cone);
            }
        }
        basis
    }

    /// Cells in which every lever may have been moved or not.
    fn relaxed(&self) -> Vec<Cell> {
        let base = self.base;
        let mut situation = Situation::new(base.model, base.inquiry);
        let mut moved = Bits::default();
        for lever in &base.levers {
            let bit = 1 << lever.change.pick.min(62);
            moved.insert(lever.change.index);
            for row in &mut situation.rows {
                let cell = &mut row.cells[usize::from(lever.change.index)];
                cell.must &= bit;
                cell.can |= bit;
            }
        }
        // A changed answer has no evidence yet.
        for evidence in moved.iter().filter_map(|index| base.model.var(index).evidence) {
            situation.rows.iter_mut().for_each(|row| row.cells[usize::from(evidence)].can |= 2);
        }
        situation.world().cells
    }

    /// Whether any changes bring the rule to the line at all.
    fn matters(&self, watched: &Watched, relaxed: &[Cell]) -> bool {
        let model = self.base.model;
        // Whether an answer differs from the catalogue is no matter of cells.
        let moved = |index: Option<Index>| self.base.levers.iter().any(|lever| Some(lever.change.index) == index);
        let compares = |index: &Index| match &model.var(*index).source {
            Source::Derived(Derived::Contradiction) => true,
            Source::Derived(Derived::CertifiedContradicted) => moved(model.known.certified),
            _ => false,
        };
        let rule = &model.rules[watched.rule];
        watched.ages
            || rule.cone.iter().any(|index| watched.cone.contains(*index) && compares(index))
            || glance(rule, relaxed) & at_least(self.line) != 0
    }

    /// The levers whose variable lies in a cone, edition apart.
    pub fn levers_in(&self, cone: &Bits) -> Vec<usize> {
        let edition = self.base.model.known.edition;
        let levers = self.base.levers.iter().enumerate();
        levers
            .filter(|(_, lever)| cone.contains(lever.change.index) && Some(lever.change.index) != edition)
            .map(|(n, _)| n)
            .collect()
    }

    /// What becomes of the edition: nothing, or one of the changes open to it.
    pub fn editions(&self) -> Vec<Option<Move>> {
        let edition = self.base.model.known.edition;
        let moves = self.base.levers.iter().map(|lever| lever.change);
        [None].into_iter().chain(moves.filter(|change| Some(change.index) == edition).map(Some)).collect()
    }

    /// Effort of a change: the greatest that a finding states for it which may fire now, else the least of all.
    pub fn effort(&self, lever: &Lever) -> u8 {
        let fires = |rule: usize| self.base.outcomes[rule] & at_least(self.line) != 0;
        let now = lever.findings.iter().filter(|(rule, _)| fires(*rule)).map(|(_, effort)| *effort).max();
        now.or_else(|| lever.findings.iter().map(|(_, effort)| *effort).min()).unwrap_or(0)
    }

    /// Looks at some of the watched rules.
    pub fn look(&self, inquiry: &Inquiry, which: &[usize]) -> Seen {
        let mut situation = Situation::new(self.base.model, inquiry);
        let mut world = situation.world();
        let (ages, others): (Vec<usize>, Vec<usize>) = which.iter().partition(|n| self.watched[**n].ages);
        let reaches = |n: &usize| {
            let rule = &self.base.model.rules[self.watched[*n].rule];
            situation.reaches(rule, &mut world, at_least(self.line))
        };
        let mut failing: Vec<usize> = others.into_iter().filter(reaches).collect();
        if !ages.is_empty() {
            failing.extend(self.too_old(inquiry, &mut situation, &mut world, &ages));
        }
        let opened = if failing.is_empty() { Vec::new() } else { self.opened(&situation, &world.cells) };
        Seen { failing, opened }
    }

    /// Those of the rules on age that reach the line, with all other rules below it.
    fn too_old(
        &self,
        inquiry: &Inquiry,
        situation: &mut Situation<'_>,
        world: &mut World,
        which: &[usize],
    ) -> Vec<usize> {
        let model = self.base.model;
        if self.whole {
            let reaches = judge(model, inquiry).is_some_and(|(_, worst)| worst >= Light::from(self.line));
            return which.iter().copied().filter(|_| reaches).collect();
        }
        let mut ledger = situation.ledger(world);
        for (rule, outcomes) in model.rules.iter().zip(&mut ledger.outcomes) {
            if !rule.ages && !rule.carries_green {
                *outcomes = OFF;
            }
        }
        let bounds = situation.bounds(&mut ledger, world);
        let stale = situation.is_stale(&mut ledger, bounds, world);
        situation.look_at_age(stale, stale, world);
        let line = at_least(self.line);
        let reaches = |n: &usize| situation.reaches(&model.rules[self.watched[*n].rule], world, line);
        let failing = which.iter().copied().filter(reaches).collect();
        situation.look_at_age(false, false, world);
        failing
    }

    /// The questions that are put now and were not before, and that nothing answers.
    fn opened(&self, situation: &Situation<'_>, cells: &[Cell]) -> Vec<Index> {
        let mut opened: Vec<Index> = situation
            .stops(cells)
            .filter(|stop| matches!(stop.standing, Standing::Open | Standing::DontKnow))
            .map(|stop| stop.slot.0)
            .filter(|index| !self.base.put.contains(*index) && self.base.counts(*index))
            .collect();
        opened.sort_by_key(|index| self.place(*index));
        opened
    }

    /// Position of a question in the bank.
    pub fn place(&self, index: Index) -> u16 {
        match &self.base.model.var(index).source {
            Source::Question(asked) => asked.position,
            _ => u16::MAX,
        }
    }
}
