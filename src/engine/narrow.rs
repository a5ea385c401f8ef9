//! Where a search over demands goes on: the part of a rule that has to be met and has the fewest open questions left.

use super::expr::{Expr, Index};
use super::model::Rule;
use super::satisfy::Demand;
use super::search::outcome;
use super::situation::Situation;
use super::world::World;
use crate::domain::condition::Truth;

/// How many questions are left in a part, and the first to assume something about.
pub type Narrow = (u32, Index);

impl Situation<'_> {
    /// The narrowest part that the demand cannot do without.
    pub fn narrow(&self, demand: &Demand, worlds: &[World], held: Option<Index>) -> Option<Narrow> {
        let world = &worlds[demand.world];
        let rungs = self.frame.model.rules[demand.rule].rungs.iter();
        let narrow =
            rungs.filter_map(|(level, when)| self.narrow_in(when, demand.allowed & outcome(*level) != 0, world, held));
        narrow.min()
    }

    fn narrow_in(&self, expr: &Expr, wanted: bool, world: &World, held: Option<Index>) -> Option<Narrow> {
        if expr.eval(&world.cells) != Truth::Unknown {
            return None;
        }
        match expr {
            Expr::Not(part) => self.narrow_in(part, !wanted, world, held),
            Expr::All(parts) | Expr::Any(parts) => {
                let narrow = parts.iter().filter_map(|part| Some((part, self.narrow_in(part, wanted, world, held)?)));
                if matches!(expr, Expr::All(_)) == wanted {
                    return narrow.map(|(_, narrow)| narrow).min();
                }
                // One of them is enough. The one that the question held fixed can turn comes first.
                let mut count = 0;
                let left = narrow.inspect(|(_, (more, _))| count += more);
                let first = left.min_by_key(|(part, _)| held.is_none_or(|held| !self.turns(part, held)));
                first.map(|(_, (_, next))| (count, next))
            }
            Expr::Const(_) | Expr::Is(..) | Expr::IsNot(..) => {
                let bits = self.support_in(expr, world, held);
                Some((bits.count(), bits.lowest()?))
            }
        }
    }

    /// Whether a part names a question or what is computed from it.
    fn turns(&self, part: &Expr, question: Index) -> bool {
        let above = &self.frame.model.concerned(question).above;
        let mut named = false;
        part.atoms(&mut |variable, _| named |= above.contains(variable));
        named
    }

    /// Whether a rule that has to fire in one world and not in another is bound to come out the same in both, because
    /// nothing that is left of it hangs on the question held fixed.
    pub fn cannot_differ(&self, urgent: &Demand, open: &[Demand], worlds: &[World], held: Index) -> bool {
        let contrary = |other: &&Demand| {
            other.rule == urgent.rule && other.world != urgent.world && other.allowed & urgent.allowed == 0
        };
        let rule: &Rule = &self.frame.model.rules[urgent.rule];
        let Some(other) = open.iter().find(contrary) else { return false };
        let (one, two) = (&worlds[urgent.world], &worlds[other.world]);
        rule.rungs.iter().all(|(_, when)| !self.may_differ(when, one, two, held))
    }

    fn may_differ(&self, expr: &Expr, one: &World, two: &World, held: Index) -> bool {
        let (here, there) = (expr.eval(&one.cells), expr.eval(&two.cells));
        if here != Truth::Unknown && there != Truth::Unknown {
            return here != there;
        }
        match expr {
            Expr::Const(_) => false,
            Expr::Is(index, _) | Expr::IsNot(index, _) => self.frame.model.concerned(held).above.contains(*index),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| self.may_differ(part, one, two, held)),
            Expr::Not(part) => self.may_differ(part, one, two, held),
        }
    }
}
