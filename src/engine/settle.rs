//! Outcomes and light without proofs, in two passes: first as if nothing were too old, then with the age of what decided.
//!
//! Most of the work is in rules that one day more does not touch, so a timeline hands the passes on from day to day.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use super::because::Notes;
use super::bits::Bits;
use super::bounds::Ledger;
use super::expr::Index;
use super::model::Rule;
use super::outcome::Because;
use super::search::{Outcomes, at_least};
use super::situation::Situation;
use super::world::World;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;

/// Outcomes of all rules, exact as far as colours are concerned, with best and worst light.
type Pass = (Ledger, (Light, Light));

/// What differs between two situations, as far as rules can see it.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// The variables.
    variables: Bits,
    /// The law that carries a transfer, which stands in proofs.
    law: bool,
}

impl Difference {
    /// No variable yet.
    pub fn new(law: bool) -> Self {
        Self { variables: Bits::default(), law }
    }

    /// Adds a variable.
    pub const fn add(&mut self, index: Index) {
        self.variables.insert(index);
    }

    fn touches(&self, rule: &Rule) -> bool {
        rule.rests_on.meets(&self.variables)
    }
}

/// The first pass, and what was found out about the second one.
#[derive(Debug)]
pub struct Settled {
    first: Pass,
    /// The proofs of rules that decide, as far as somebody asked.
    proofs: RefCell<BTreeMap<usize, Vec<Because>>>,
    /// The second pass, where something that decided is too old.
    aged: OnceCell<Pass>,
    /// The second pass of a situation in which the rules that colour are the same.
    hint: Option<Pass>,
}

impl Settled {
    /// The first pass over a situation; `world` is the one in which nothing is assumed.
    pub fn of(situation: &Situation<'_>, world: &mut World) -> Self {
        let mut ledger = situation.ledger(world);
        for n in 0..ledger.outcomes.len() {
            situation.colour(&mut ledger, n, world);
        }
        let bounds = situation.bounds(&mut ledger, world);
        Self { first: (ledger, bounds), proofs: RefCell::default(), aged: OnceCell::new(), hint: None }
    }

    /// The same, given the pass over a situation that differs only so far. `wanted` may end it after the outcomes.
    pub fn after(
        &self,
        situation: &Situation<'_>,
        world: &mut World,
        difference: &Difference,
        wanted: impl FnOnce(&[Outcomes]) -> bool,
    ) -> Option<Self> {
        let (mut ledger, mut bounds) = self.first.clone();
        let mut touched = Bits::default();
        let mut moved = false;
        let rules = (0..).zip(&situation.frame.model.rules);
        for (n, _) in rules.filter(|(_, rule)| difference.touches(rule)) {
            touched.insert(n);
            let at = usize::from(n);
            let before = ledger.outcomes[at];
            situation.look_again(&mut ledger, n, world);
            moved |= !is_constant(before, situation.colour(&mut ledger, at, world));
        }
        if !wanted(&ledger.outcomes) {
            return None;
        }
        if moved {
            bounds = situation.bounds(&mut ledger, world);
        }
        let mut proofs = self.proofs.borrow().clone();
        proofs.retain(|n, _| !difference.law && !Index::try_from(*n).is_ok_and(|n| touched.contains(n)));
        let hint = if moved { None } else { self.aged.get().or(self.hint.as_ref()).cloned() };
        Some(Self { first: (ledger, bounds), proofs: RefCell::new(proofs), aged: OnceCell::new(), hint })
    }
}

/// Whether a rule, before and now, has the same say in the light whatever is answered.
fn is_constant(before: Outcomes, now: Outcomes) -> bool {
    let colours = (before | now) & at_least(Level::Yellow) != 0;
    !colours || (before == now && now.is_power_of_two())
}

impl Situation<'_> {
    /// The outcomes of a rule, exact where it may colour.
    fn colour(&self, ledger: &mut Ledger, rule: usize, world: &mut World) -> Outcomes {
        match ledger.outcomes[rule] {
            pale if pale & at_least(Level::Yellow) == 0 => pale,
            _ => self.exactly(ledger, rule, world),
        }
    }

    /// The result, given the first pass over this situation or over one that differs only in what is too old.
    pub fn settle<'s>(&mut self, settled: &'s Settled, world: &mut World) -> &'s Pass {
        let (first, bounds) = &settled.first;
        let mut ledger = first.clone();
        let stale = (0..ledger.outcomes.len()).any(|n| {
            self.decides(&mut ledger, n, *bounds, world) && self.proven_by_old(settled, n, ledger.outcomes[n], world)
        });
        if !stale {
            return &settled.first;
        }
        settled.aged.get_or_init(|| {
            self.look_at_age(true, true, world);
            self.second_pass(&mut ledger, world);
            let known = settled.hint.as_ref().filter(|(before, _)| {
                let rules = self.frame.model.rules.iter().zip(before.outcomes.iter().zip(&ledger.outcomes));
                rules.filter(|(rule, _)| rule.ages).all(|(_, (before, now))| is_constant(*before, *now))
            });
            let bounds = known.map_or_else(|| self.bounds(&mut ledger, world), |(_, bounds)| *bounds);
            self.look_at_age(false, false, world);
            world.settle();
            (ledger, bounds)
        })
    }

    /// Whether the proof of a rule holds something too old.
    fn proven_by_old(&mut self, settled: &Settled, n: usize, outcomes: Outcomes, world: &mut World) -> bool {
        let rule = &self.frame.model.rules[n];
        if !self.may_be_old(rule) {
            return false;
        }
        let mut proofs = settled.proofs.borrow_mut();
        let proof = proofs.entry(n).or_insert_with(|| self.because(rule, outcomes, world, &mut Notes::default()));
        proof.iter().any(|entry| self.is_aged(entry))
    }
}
