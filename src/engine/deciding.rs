//! Which questions settle the verdict.
//!
//! A set of questions settles the verdict whatever is answered exactly if the verdict depends on no question outside
//! the set. Answers are independent of each other (an answer to a question that is not asked has no influence), so the
//! smallest such set is unique: the questions that the verdict depends on at all. For each one we look for two
//! completions that differ in it alone and end on different sides of yellow or of red.

use super::bits::Bits;
use super::expr::{Cell, Index, Limit};
use super::model::{Rule, Source};
use super::satisfy::{Demand, each_edition};
use super::search::{Assumption, Outcomes, at_least, glance};
use super::situation::Situation;
use super::world::World;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;

/// A line between two lights, and what is known about the completions below it.
struct Line {
    level: Level,
    /// Rules that could cross it.
    raised: Vec<usize>,
    /// All of them below it, in the first world.
    quiet: Vec<Demand>,
    /// Some completions below it: the best answers, in each edition.
    calm: Vec<World>,
}

impl Situation<'_> {
    /// The open questions that the verdict depends on, in bank order. `outcomes` are those of all rules, the lights
    /// best and worst over all completions; `world` is the one in which nothing is assumed.
    pub fn deciding(&self, outcomes: &[Outcomes], (best, worst): (Light, Light), world: &World) -> Vec<Index> {
        // Only a line between best and worst can be crossed at all.
        let mut lines: Vec<Line> = [Level::Yellow, Level::Red]
            .into_iter()
            .filter(|line| best < Light::from(*line) && Light::from(*line) <= worst)
            .map(|level| self.line(level, outcomes, world))
            .collect();
        let mut below = Bits::default();
        for (rule, outcomes) in self.frame.model.rules.iter().zip(outcomes) {
            if outcomes & at_least(Level::Yellow) != 0 && outcomes.count_ones() > 1 {
                // Anything below the rule may matter, not just what three-valued logic sees first.
                below.join(&rule.rests_on);
            }
        }
        let open = |index: &Index| {
            let question = matches!(self.frame.model.var(*index).source, Source::Question(_));
            let ground = self.ground(*index, self.possible_editions(), &world.limits);
            let hosting = Some(*index) == self.frame.model.known.hosting;
            question && !hosting && !ground.settled() && !world.cells[usize::from(*index)].is_off()
        };
        let questions = self.frame.model.bank_order.iter().copied();
        questions
            .filter(|index| below.contains(*index) && open(index))
            .filter(|index| self.matters(*index, &mut lines, world))
            .collect()
    }

    fn line(&self, level: Level, outcomes: &[Outcomes], world: &World) -> Line {
        let raised: Vec<usize> = (0..outcomes.len()).filter(|n| outcomes[*n] & at_least(level) != 0).collect();
        let quiet: Vec<Demand> =
            raised.iter().map(|rule| Demand { rule: *rule, allowed: !at_least(level), world: 0 }).collect();
        let editions = each_edition(self.possible_editions());
        let best = |edition| {
            let mut world = world.fork();
            self.assume_best(&mut world, edition, None);
            world
        };
        let below = |calm: &World| {
            raised.iter().all(|rule| glance(&self.frame.model.rules[*rule], &calm.cells) & at_least(level) == 0)
        };
        let mut calm: Vec<World> = editions.map(best).filter(below).collect();
        if calm.is_empty() {
            calm.extend(Some(self.completion(&quiet, world)).filter(below));
        }
        Line { level, raised, quiet, calm }
    }

    /// A completion that meets the demands, one question after the other, if there is one: where the best answers do
    /// not stay below a line, it spares most questions a search of their own.
    fn completion(&self, demands: &[Demand], world: &World) -> World {
        let mut found = world.fork();
        for &index in &self.frame.model.questions {
            while Some(index) != self.frame.model.known.hosting && !found.cells[usize::from(index)].settled() {
                let cell = self.choice(index, &found);
                let before = found.limits[usize::from(index)];
                let now = found.now();
                let kept = self.options(index, cell).any(|option| {
                    self.assume(&mut found, index, option.join(before), None);
                    let met = self.satisfiable(demands, std::slice::from_mut(&mut found), None);
                    if !met {
                        found.back_to(now);
                    }
                    met
                });
                if !kept || found.limits[usize::from(index)] == before {
                    break;
                }
            }
        }
        found
    }

    fn matters(&self, index: Index, lines: &mut [Line], world: &World) -> bool {
        let ground = self.choice(index, world);
        if lines.iter_mut().any(|line| self.stirs(index, ground, line)) {
            return true;
        }
        let pairs =
            if ground.several { flag_pairs(ground.can & !ground.must) } else { self.value_pairs(index, ground) };
        lines.iter().any(|line| {
            // The rules that name the question are tried first: with them a witness is found at once, if there is one.
            let rests = |rule: &usize| self.frame.model.rules[*rule].rests_on.contains(index);
            let mut reach: Vec<usize> = line.raised.iter().copied().filter(rests).collect();
            reach.sort_by_key(|rule| !self.names(*rule, index));
            pairs.iter().any(|pair| self.crosses(index, *pair, line, &reach, world))
        })
    }

    /// Whether another answer to the question alone lifts a completion known to be below the line.
    fn stirs(&self, index: Index, ground: Cell, line: &mut Line) -> bool {
        let at_line = at_least(line.level);
        let options: Vec<Assumption> = if ground.several {
            flags(ground.can & !ground.must).map(Assumption::Contains).collect()
        } else {
            self.options(index, ground).collect()
        };
        line.calm.iter_mut().any(|calm| {
            let now = calm.now();
            options.iter().any(|option| {
                self.assume(calm, index, option.join(Limit::FREE), None);
                self.assume_best(calm, None, Some(index));
                let lifted = self.frame.model.concerned(index).resting.iter().map(usize::from).any(|rule| {
                    line.raised.contains(&rule) && glance(&self.frame.model.rules[rule], &calm.cells) & !at_line == 0
                });
                calm.back_to(now);
                lifted
            })
        })
    }

    /// Whether a rule asks the question directly.
    fn names(&self, rule: usize, index: Index) -> bool {
        let mut named = false;
        for (_, when) in &self.frame.model.rules[rule].rungs {
            when.atoms(&mut |variable, _| named |= variable == index);
        }
        named
    }

    /// Whether some completion stays below the line with the first of a pair and reaches it with the second.
    fn crosses(
        &self,
        index: Index,
        (low, high): (Assumption, Assumption),
        line: &Line,
        reach: &[usize],
        world: &World,
    ) -> bool {
        let mut worlds = [low, high].map(|one| {
            let mut world = world.fork();
            self.assume(&mut world, index, one.join(Limit::FREE), None);
            world
        });
        // The rules that the question does not touch are the same in both worlds.
        let mut quiet: Option<bool> = None;
        reach.iter().any(|&rule| {
            if !self.tells_apart(&self.frame.model.rules[rule], index, (low, high), &worlds) {
                return false;
            }
            let below = Demand { rule, allowed: !at_least(line.level), world: 0 };
            let fires = Demand { rule, allowed: at_least(line.level), world: 1 };
            // Only a rule that the change itself can bring over the line is worth a search over all of them.
            if !self.satisfiable(&[below, fires], &mut worlds, Some(index)) {
                return false;
            }
            if !*quiet.get_or_insert_with(|| self.satisfiable(&line.quiet, &mut worlds, Some(index))) {
                return false;
            }
            let mut demands = line.quiet.clone();
            demands.push(fires);
            self.satisfiable(&demands, &mut worlds, Some(index))
        })
    }

    /// Whether a rule can come out differently for two answers to a question, all else equal. May say yes where it
    /// cannot, never the reverse.
    fn tells_apart(
        &self,
        rule: &Rule,
        index: Index,
        (low, high): (Assumption, Assumption),
        worlds: &[World; 2],
    ) -> bool {
        if Some(index) == self.frame.model.known.edition {
            return true;
        }
        let vars = || rule.cone.iter().map(|below| (*below, self.frame.model.var(*below)));
        let computed = vars().any(|(below, var)| {
            let at = usize::from(below);
            // What is computed from this question alone is the same if it is the same now.
            let moved = || var.inputs.len() > 1 || worlds[0].cells[at] != worlds[1].cells[at];
            matches!(var.source, Source::Derived(_)) && var.inputs.contains(&index) && moved()
        });
        let mut asked = false;
        let mut look = |variable: Index, values: u64| {
            asked |= variable == index && low.meets(values) != high.meets(values);
        };
        rule.rungs.iter().for_each(|(_, when)| when.atoms(&mut look));
        for (_, var) in vars() {
            if let Source::Question(question) = &var.source {
                question.when.atoms(&mut look);
            }
        }
        computed || asked
    }

    fn value_pairs(&self, index: Index, ground: Cell) -> Vec<(Assumption, Assumption)> {
        let options: Vec<Assumption> = self.options(index, ground).collect();
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
fn flag_pairs(undecided: u64) -> Vec<(Assumption, Assumption)> {
    let both = |flag| {
        let (lacks, contains) = (Assumption::Lacks(flag), Assumption::Contains(flag));
        [(lacks, contains), (contains, lacks)]
    };
    flags(undecided).flat_map(both).collect()
}

/// The bits of a set, one at a time.
fn flags(set: u64) -> impl Iterator<Item = u64> {
    (0..u64::BITS).map(|n| 1 << n).filter(move |flag| set & flag != 0)
}
