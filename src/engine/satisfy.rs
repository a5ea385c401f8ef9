//! Can several findings end as demanded, all at once?
//!
//! A satisfiability problem over the open questions. One guess comes first: the best answer to everything. Where it
//! fails, the demands are split into parts that share no open question, and each part is searched, the better answers
//! first, with the guess tried again under every assumption.

use super::bits::Bits;
use super::expr::{Index, Limit};
use super::search::{Assumption, OFF, Outcomes, glance};
use super::situation::Situation;
use super::world::World;

/// A rule that is to end inside a set of outcomes, in one of the worlds of a search.
#[derive(Clone, Copy, Debug)]
pub struct Demand {
    /// Number of the rule.
    pub rule: usize,
    /// Allowed outcomes.
    pub allowed: Outcomes,
    /// Number of the world.
    pub world: usize,
}

impl Demand {
    /// Whether the rule has to fire.
    const fn urgent(self) -> bool {
        self.allowed & OFF == 0
    }
}

impl Situation<'_> {
    /// Whether some completion meets all demands. Worlds share every assumption that the search makes; they differ
    /// only in what was assumed before, about the question `held`.
    pub fn satisfiable(&self, demands: &[Demand], worlds: &mut [World], held: Option<Index>) -> bool {
        let rules = &self.frame.model.rules;
        let mut open: Vec<Demand> = Vec::with_capacity(demands.len());
        for demand in demands {
            let possible = glance(&rules[demand.rule], &worlds[demand.world].cells);
            if possible & demand.allowed == 0 {
                return false;
            }
            if possible & !demand.allowed != 0 {
                open.push(*demand);
            }
        }
        if open.is_empty() {
            return true;
        }
        // What has to fire is decided first: its own questions are few, what contradicts it shows at once, and with the
        // best answers it seldom does.
        if let Some(urgent) = open.iter().find(|demand| demand.urgent()) {
            if held.is_some_and(|held| self.cannot_differ(urgent, &open, worlds, held)) {
                return false;
            }
            let next = self.narrow(urgent, worlds, held).map(|(_, next)| next);
            return self.branch_part(&open, next, worlds, held);
        }
        self.guess(&open, worlds, held) || self.parts(&open, worlds, held)
    }

    /// The open questions, other than the one held fixed, that the undecided parts of a demanded rule rest on.
    fn support_of(&self, demand: &Demand, worlds: &[World], held: Option<Index>) -> Bits {
        let mut support = self.support(&self.frame.model.rules[demand.rule], &worlds[demand.world]);
        if let Some(held) = held {
            support.remove(held);
        }
        support
    }

    /// Whether the best answer to every open question meets the demands, in one edition or another.
    fn guess(&self, demands: &[Demand], worlds: &mut [World], held: Option<Index>) -> bool {
        let rules = &self.frame.model.rules;
        let editions = worlds.first().map_or(0, |world| self.editions(&world.limits));
        each_edition(editions).any(|edition| {
            worlds.iter_mut().enumerate().all(|(n, world)| {
                let mut here = demands.iter().filter(|demand| demand.world == n).peekable();
                here.peek().is_none() || {
                    let now = world.now();
                    self.assume_best(world, edition, held);
                    let met = here.all(|demand| glance(&rules[demand.rule], &world.cells) & !demand.allowed == 0);
                    world.back_to(now);
                    met
                }
            })
        })
    }

    /// Assumes that an edition is used and that every question that is still open gets its best answer.
    pub fn assume_best(&self, world: &mut World, edition: Option<u64>, held: Option<Index>) {
        let known = &self.frame.model.known;
        if let (Some(index), Some(bit)) = (known.edition, edition) {
            self.assume(world, index, Assumption::Is(bit).join(Limit::FREE), None);
        }
        // What an answer brings up comes after it.
        for &index in &self.frame.model.questions {
            let cell = world.cells[usize::from(index)];
            if Some(index) == held || Some(index) == known.hosting || cell.settled() {
                continue;
            }
            let before = world.limits[usize::from(index)];
            let best = self.options(index, cell).next().map(|best| best.join(before));
            let none = Limit { can: before.must | cell.must, ..before };
            if let Some(limit) = if cell.several { Some(none) } else { best } {
                self.assume(world, index, limit, None);
            }
        }
    }

    /// Splits demands into parts that share no open question; each has to be met on its own.
    fn parts(&self, demands: &[Demand], worlds: &mut [World], held: Option<Index>) -> bool {
        let mut open: Vec<(Demand, Bits)> =
            demands.iter().map(|demand| (*demand, self.support_of(demand, worlds, held))).collect();
        while let Some((first, mut bits)) = open.pop() {
            let mut part = vec![first];
            // Gather all demands that share an open question with the part, until nothing more joins.
            while let Some(next) = open.iter().position(|(_, other)| bits.meets(other)) {
                let (demand, more) = open.swap_remove(next);
                part.push(demand);
                bits.join(&more);
            }
            // The edition comes first, with which all its facts are settled; then what has the fewest open questions left:
            // where one is left, its answer is forced.
            let narrow = || part.iter().filter_map(|demand| self.narrow(demand, worlds, held)).min();
            let edition = self.frame.model.known.edition.filter(|edition| bits.contains(*edition));
            let next = edition.or_else(|| narrow().map(|(_, next)| next)).or_else(|| bits.lowest());
            if !self.branch_part(&part, next, worlds, held) {
                return false;
            }
        }
        true
    }

    fn branch_part(&self, part: &[Demand], next: Option<Index>, worlds: &mut [World], held: Option<Index>) -> bool {
        let Some(index) = next else {
            // Nothing left to assume, and still undecided: only a question held fixed can be the cause.
            let rules = &self.frame.model.rules;
            return part
                .iter()
                .all(|demand| glance(&rules[demand.rule], &worlds[demand.world].cells) & demand.allowed != 0);
        };
        let grounds = worlds.iter().map(|world| self.choice(index, world));
        let Some(cell) = grounds.max_by_key(|cell| !cell.settled()) else { return false };
        let mut cone = Bits::default();
        for demand in part {
            cone.join(&self.frame.model.rules[demand.rule].rests_on);
        }
        let before: Vec<(usize, Limit)> =
            worlds.iter().map(|world| (world.now(), world.limits[usize::from(index)])).collect();
        self.options(index, cell).any(|option| {
            for (world, (_, limit)) in worlds.iter_mut().zip(&before) {
                self.assume(world, index, option.join(*limit), Some(&cone));
            }
            let met = self.satisfiable(part, worlds, held);
            for (world, (now, _)) in worlds.iter_mut().zip(&before) {
                world.back_to(*now);
            }
            met
        })
    }
}

/// What to assume about the edition: each one that is possible, nothing where there is no choice.
pub fn each_edition(possible: u64) -> impl Iterator<Item = Option<u64>> + use<> {
    let choice = possible.count_ones() > 1;
    let each = (0..u64::BITS).map(|n| 1 << n).filter(move |bit| choice && possible & bit != 0);
    each.map(Some).chain((!choice).then_some(None))
}
