//! Best and worst light still possible.

use super::bits::Bits;
use super::expr::Index;
use super::satisfy::Demand;
use super::search::{OFF, Outcomes, at_least, glance, light};
use super::situation::Situation;
use super::world::World;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;

/// What is known of the outcomes of all rules: what three-valued logic cannot rule out, and exactly what some
/// completion reaches where somebody had to know.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// By rule.
    pub outcomes: Vec<Outcomes>,
    /// The rules of which the outcomes are exact.
    exact: Bits,
}

impl Situation<'_> {
    /// What three-valued logic says of all rules.
    pub fn ledger(&self, world: &World) -> Ledger {
        let rules = self.frame.model.rules.iter();
        Ledger { outcomes: rules.map(|rule| glance(rule, &world.cells)).collect(), exact: Bits::default() }
    }

    /// Looks at a rule anew, after a change. Returns whether three-valued logic decides it.
    pub fn look_again(&self, ledger: &mut Ledger, rule: Index, world: &World) -> bool {
        let at = usize::from(rule);
        ledger.outcomes[at] = glance(&self.frame.model.rules[at], &world.cells);
        ledger.exact.remove(rule);
        ledger.outcomes[at].is_power_of_two()
    }

    /// Exactly the outcomes of a rule that some completion reaches.
    pub fn exactly(&self, ledger: &mut Ledger, rule: usize, world: &mut World) -> Outcomes {
        let outcomes = ledger.outcomes[rule];
        let Ok(bit) = Index::try_from(rule) else { return outcomes };
        if outcomes.is_power_of_two() || ledger.exact.contains(bit) {
            return outcomes;
        }
        ledger.exact.insert(bit);
        ledger.outcomes[rule] = self.outcomes(&self.frame.model.rules[rule], world);
        ledger.outcomes[rule]
    }

    /// Exactly the outcomes of all rules. Rules that hang on the same question are looked at together, so that what is
    /// assumed about it is worked out once.
    pub fn all_exactly(&self, ledger: &mut Ledger, world: &mut World) {
        let rules = &self.frame.model.rules;
        let undecided = (0..).zip(&ledger.outcomes).filter(|(_, outcomes)| !outcomes.is_power_of_two());
        let mut hanging: Vec<(Index, usize)> = Vec::new();
        for (n, _) in undecided {
            hanging.extend(self.branch(&rules[n], world).map(|question| (question, n)));
        }
        hanging.sort_unstable();
        for together in hanging.chunk_by(|(one, _), (other, _)| one == other) {
            let mut cone = Bits::default();
            for (_, n) in together {
                cone.join(&rules[*n].rests_on);
            }
            let mut reached = vec![0; together.len()];
            let split = self.split_on(together[0].0, &cone, world, |situation, world| {
                let mut enough = true;
                for ((_, n), reached) in together.iter().zip(&mut reached) {
                    if *reached != ledger.outcomes[*n] {
                        *reached |= situation.outcomes(&rules[*n], world);
                        enough &= *reached == ledger.outcomes[*n];
                    }
                }
                enough
            });
            for ((_, n), reached) in together.iter().zip(reached).filter(|_| split) {
                ledger.outcomes[*n] = reached;
            }
        }
        ledger.exact = (0..).zip(rules).map(|(n, _)| n).collect();
    }

    /// Best and worst light over all completions.
    pub fn bounds(&self, ledger: &mut Ledger, world: &mut World) -> (Light, Light) {
        let forced = forced(&ledger.outcomes);
        let worst = [Level::Red, Level::Yellow].into_iter().find(|line| {
            let raised = |outcomes: Outcomes| outcomes & at_least(*line) != 0;
            forced >= Light::from(*line)
                || (0..ledger.outcomes.len())
                    .any(|n| raised(ledger.outcomes[n]) && raised(self.exactly(ledger, n, world)))
        });
        let worst = worst.map_or(Light::Green, Light::from);
        let mut below = |line: Level| {
            let raised = ledger.outcomes.iter().enumerate().filter(|(_, one)| *one & at_least(line) != 0);
            let demands: Vec<Demand> =
                raised.map(|(rule, _)| Demand { rule, allowed: !at_least(line), world: 0 }).collect();
            self.satisfiable(&demands, std::slice::from_mut(world), None)
        };
        let best = match forced {
            one if one == worst => one,
            Light::Green if below(Level::Yellow) => Light::Green,
            Light::Green | Light::Yellow if worst == Light::Yellow || below(Level::Red) => Light::Yellow,
            _ => Light::Red,
        };
        (best, worst)
    }

    /// Whether the age of what proves a rule can make a result stale: the rule colours the best or the worst light, or
    /// carries the green one.
    pub fn decides(&self, ledger: &mut Ledger, rule: usize, (best, worst): (Light, Light), world: &mut World) -> bool {
        let possible = ledger.outcomes[rule];
        if possible == OFF {
            return false;
        }
        let carries = best == Light::Green && self.frame.model.rules[rule].carries_green;
        if !carries && light(possible) < best.max(Light::Yellow) {
            return false;
        }
        let outcomes = self.exactly(ledger, rule, world);
        let own = light(outcomes);
        outcomes != OFF && (carries || (own != Light::Green && (own == best || own == worst)))
    }
}

/// The light that no completion falls below.
fn forced(outcomes: &[Outcomes]) -> Light {
    let reaches = |line: Level| outcomes.iter().any(|one| one & !at_least(line) == 0);
    if reaches(Level::Red) {
        Light::Red
    } else if reaches(Level::Yellow) {
        Light::Yellow
    } else {
        Light::Green
    }
}
