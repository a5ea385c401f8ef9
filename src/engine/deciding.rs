//! Which questions settle the verdict.
//!
//! A set of questions settles the verdict whatever is answered exactly if the verdict depends on no question outside
//! the set. Answers are independent of each other (an answer to a question that is not asked has no influence), so the
//! smallest such set is unique: the questions that the verdict depends on at all. For each one we look for two
//! completions that differ in it alone and end on different sides of yellow or of red.

use super::expr::{Index, Limit};
use super::model::Source;
use super::search::{Assumption, Demand, Outcomes, at_least};
use super::situation::Situation;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;

impl Situation<'_> {
    /// The open questions that the verdict depends on, in bank order. `outcomes` are those of all rules, the lights
    /// best and worst over all completions.
    pub fn deciding(&self, outcomes: &[Outcomes], (best, worst): (Light, Light)) -> Vec<Index> {
        // Only a line between best and worst can be crossed at all.
        let lines: Vec<Level> = [Level::Yellow, Level::Red]
            .into_iter()
            .filter(|line| best < Light::from(*line) && Light::from(*line) <= worst)
            .collect();
        let cells = self.all_cells();
        let free = self.free();
        let mut open = super::search::Bits::default();
        for (rule, outcomes) in self.model.rules.iter().zip(outcomes) {
            if outcomes & at_least(Level::Yellow) != 0 && outcomes.count_ones() > 1 {
                // Anything below the rule may matter, not just what three-valued logic sees first.
                for index in &rule.cone {
                    let question = matches!(self.model.var(*index).source, Source::Question(_));
                    let ground = self.ground(*index, self.editions(&free), &free);
                    let hosting = Some(*index) == self.model.known.hosting;
                    if question && !hosting && !ground.settled() && !cells[usize::from(*index)].is_off() {
                        open[usize::from(*index) / 64 % 8] |= 1 << (index % 64);
                    }
                }
            }
        }
        let is_open = |index: &Index| open[usize::from(*index) / 64 % 8] & (1 << (index % 64)) != 0;
        self.model
            .bank_order
            .iter()
            .copied()
            .filter(is_open)
            .filter(|index| self.matters(*index, outcomes, &lines))
            .collect()
    }

    fn matters(&self, index: Index, outcomes: &[Outcomes], lines: &[Level]) -> bool {
        let free = self.free();
        let ground = self.ground(index, self.editions(&free), &free);
        let pairs = if ground.several { flag_pairs(ground.can & !ground.must) } else { self.value_pairs(index) };
        lines.iter().any(|&line| {
            let raised: Vec<usize> = (0..outcomes.len()).filter(|n| outcomes[*n] & at_least(line) != 0).collect();
            // The rules that name the question are tried first: with them a witness is found at once, if there is one.
            let mut reach: Vec<usize> =
                raised.iter().copied().filter(|rule| self.model.rules[*rule].cone.contains(&index)).collect();
            reach.sort_by_key(|rule| !self.names(*rule, index));
            pairs.iter().any(|(low, high)| self.crosses(index, *low, *high, line, &raised, &reach))
        })
    }

    /// Whether a rule asks the question directly.
    fn names(&self, rule: usize, index: Index) -> bool {
        let mut named = false;
        for (_, when) in &self.model.rules[rule].rungs {
            when.variables(&mut |variable| named |= variable == index);
        }
        named
    }

    /// Whether some completion stays below the line with `low` and reaches it with `high`.
    fn crosses(
        &self,
        index: Index,
        low: Assumption,
        high: Assumption,
        line: Level,
        raised: &[usize],
        reach: &[usize],
    ) -> bool {
        let at = usize::from(index);
        let mut below = self.free();
        below[at] = low.join(Limit::FREE);
        let mut above = self.free();
        above[at] = high.join(Limit::FREE);
        let quiet: Vec<Demand> =
            raised.iter().map(|rule| Demand { rule: *rule, allowed: !at_least(line), world: 0 }).collect();
        let mut worlds = vec![below, above];
        let mut cells = self.room();
        // Only a rule that the change itself can bring over the line is worth a search over both worlds.
        let candidates: Vec<usize> = reach
            .iter()
            .copied()
            .filter(|rule| self.outcomes(&self.model.rules[*rule], &mut worlds[1], &mut cells) & at_least(line) != 0)
            .collect();
        if candidates.is_empty() || !self.satisfiable(&quiet, &mut worlds, Some(index)) {
            return false;
        }
        candidates.into_iter().any(|rule| {
            // Rules that the question does not touch are the same in both worlds; those it touches are named twice.
            let mut demands = quiet.clone();
            demands.push(Demand { rule, allowed: at_least(line), world: 1 });
            self.satisfiable(&demands, &mut worlds, Some(index))
        })
    }

    fn value_pairs(&self, index: Index) -> Vec<(Assumption, Assumption)> {
        let free = self.free();
        let options = self.options(index, self.ground(index, self.editions(&free), &free));
        let mut pairs = Vec::new();
        // From the best answer to the worst comes first: it is the likeliest to cross a line.
        for low in &options {
            for high in options.iter().rev() {
                if !matches!((low, high), (Assumption::Is(a), Assumption::Is(b)) if a == b) {
                    pairs.push((*low, *high));
                }
            }
        }
        pairs
    }
}

/// A several-valued question matters exactly if one of its values does.
fn flag_pairs(mut undecided: u64) -> Vec<(Assumption, Assumption)> {
    let mut pairs = Vec::new();
    while undecided != 0 {
        let flag = 1 << undecided.trailing_zeros();
        undecided &= undecided - 1;
        pairs.push((Assumption::Lacks(flag), Assumption::Contains(flag)));
        pairs.push((Assumption::Contains(flag), Assumption::Lacks(flag)));
    }
    pairs
}
