//! Exact answers about completions: can a finding fire, must it, and how good can the whole still become?
//!
//! Nothing here enumerates all completions: a single finding is searched over the questions that its undecided parts
//! rest on, the better answers first. Several findings at once are the business of [`super::satisfy`].

use super::bits::Bits;
use super::derive::Derived;
use super::expr::{Cell, Expr, Index, Limit};
use super::model::{Rule, Source};
use super::situation::Situation;
use super::world::World;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;

/// Set of outcomes of a rule: a bit per level, and [`OFF`].
pub type Outcomes = u8;

/// The rule does not fire.
pub const OFF: Outcomes = 1 << 4;

/// The bit of a level.
pub const fn outcome(level: Level) -> Outcomes {
    1 << level as u8
}

/// The outcomes at or above a level.
pub const fn at_least(level: Level) -> Outcomes {
    match level {
        Level::Good => 0b1111,
        Level::Advice => 0b1110,
        Level::Yellow => 0b1100,
        Level::Red => 0b1000,
    }
}

/// What three-valued logic alone says about a rule: never less than what is possible.
pub fn glance(rule: &Rule, cells: &[Cell]) -> Outcomes {
    let mut outcomes = 0;
    for (level, when) in &rule.rungs {
        match when.eval(cells) {
            Truth::Yes => return outcomes | outcome(*level),
            Truth::Unknown => outcomes |= outcome(*level),
            Truth::No => {}
        }
    }
    outcomes | OFF
}

/// The light that a rule shows at worst.
pub fn light(outcomes: Outcomes) -> Light {
    if outcomes & at_least(Level::Red) != 0 {
        Light::Red
    } else if outcomes & at_least(Level::Yellow) != 0 {
        Light::Yellow
    } else {
        Light::Green
    }
}

impl Situation<'_> {
    /// Exactly the outcomes that some completion reaches.
    pub fn outcomes(&self, rule: &Rule, world: &mut World) -> Outcomes {
        let possible = glance(rule, &world.cells);
        if possible.is_power_of_two() {
            return possible;
        }
        let mut reached = 0;
        let split = self.split(rule, world, |situation, world| {
            reached |= situation.outcomes(rule, world);
            reached == possible
        });
        if split { reached } else { possible }
    }

    /// Whether some completion reaches one of the outcomes `wanted`.
    pub fn reaches(&self, rule: &Rule, world: &mut World, wanted: Outcomes) -> bool {
        let possible = glance(rule, &world.cells);
        if possible & wanted == 0 {
            return false;
        }
        if possible & !wanted == 0 {
            return true;
        }
        let mut reached = false;
        let split = self.split(rule, world, |situation, world| {
            reached = situation.reaches(rule, world, wanted);
            reached
        });
        reached || !split
    }

    /// Calls `visit` under each assumption about the next open question of a rule, until it returns true. Returns
    /// whether there was anything left to assume.
    fn split(&self, rule: &Rule, world: &mut World, visit: impl FnMut(&Self, &mut World) -> bool) -> bool {
        let branch = self.branch(rule, world);
        branch.is_some_and(|index| self.split_on(index, &rule.rests_on, world, visit))
    }

    /// The same for a question; only the variables of the cone are kept up to date.
    pub fn split_on(
        &self,
        index: Index,
        cone: &Bits,
        world: &mut World,
        mut visit: impl FnMut(&Self, &mut World) -> bool,
    ) -> bool {
        let before = world.limits[usize::from(index)];
        let ground = self.choice(index, world);
        let now = world.now();
        let mut split = false;
        for option in self.options(index, ground) {
            split = true;
            self.assume(world, index, option.join(before), Some(cone));
            let enough = visit(self, world);
            world.back_to(now);
            if enough {
                break;
            }
        }
        split
    }

    /// The next question to assume something about, among those that the undecided parts of the rule rest on.
    pub fn branch(&self, rule: &Rule, world: &World) -> Option<Index> {
        rule.rungs.iter().find_map(|(_, when)| self.branch_in(when, world))
    }

    fn branch_in(&self, expr: &Expr, world: &World) -> Option<Index> {
        if expr.eval(&world.cells) != Truth::Unknown {
            return None;
        }
        match expr {
            Expr::Const(_) => None,
            Expr::Is(index, _) | Expr::IsNot(index, _) => self.branch_on(*index, world),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().find_map(|part| self.branch_in(part, world)),
            Expr::Not(part) => self.branch_in(part, world),
        }
    }

    fn branch_on(&self, index: Index, world: &World) -> Option<Index> {
        let mut found = None;
        self.open_below(index, world, &mut Bits::default(), &mut |open| {
            found = found.or(Some(open));
            found.is_some()
        });
        found
    }

    /// Calls `visit` for the open questions that a variable rests on, until it returns true. Variables in `seen` were
    /// looked at before: each is once, however many conditions lead to it.
    fn open_below(&self, index: Index, world: &World, seen: &mut Bits, visit: &mut impl FnMut(Index) -> bool) -> bool {
        if seen.contains(index) {
            return false;
        }
        seen.insert(index);
        let at = usize::from(index);
        let several_editions = self.editions(&world.limits).count_ones() > 1;
        let by_edition = |visit: &mut dyn FnMut(Index) -> bool| {
            several_editions && self.frame.model.known.edition.is_some_and(&mut *visit)
        };
        match &self.frame.model.vars[at].source {
            Source::Question(asked) => {
                if asked.when.eval(&world.cells) == Truth::Unknown && self.open_in(&asked.when, world, seen, visit) {
                    return true;
                }
                if Some(index) == self.frame.model.known.edition {
                    return several_editions && visit(index);
                }
                let editions = self.editions(&world.limits);
                if several_editions && self.varies(index, editions) && by_edition(visit) {
                    return true;
                }
                if self.ground(index, editions, &world.limits).settled() {
                    return false;
                }
                // Countries of hosting are never assumed: without one `eu_or_not` stands for them.
                Some(index) != self.frame.model.known.hosting && visit(index)
            }
            Source::Derived(derived) => self.open_below_derived(index, *derived, world, seen, visit),
            Source::Catalogue => by_edition(visit),
            Source::Law(..) | Source::Evidence(_) | Source::NotBefore(_) => false,
        }
    }

    /// Whether the editions still possible disagree about a variable.
    fn varies(&self, index: Index, editions: u64) -> bool {
        let rows = self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0);
        let mut cells = rows.map(|(_, row)| row.cells[usize::from(index)]);
        let first = cells.next();
        cells.any(|cell| Some(cell) != first)
    }

    fn open_below_derived(
        &self,
        index: Index,
        derived: Derived,
        world: &World,
        seen: &mut Bits,
        visit: &mut impl FnMut(Index) -> bool,
    ) -> bool {
        let rests_on_edition = matches!(derived, Derived::Contradiction | Derived::AuthorityFindings);
        if rests_on_edition
            && self.editions(&world.limits).count_ones() > 1
            && self.frame.model.known.edition.is_some_and(&mut *visit)
        {
            return true;
        }
        let inputs =
            if derived == Derived::AuthorityFindings { &[] } else { self.frame.model.var(index).inputs.as_slice() };
        inputs.iter().any(|input| self.open_below(*input, world, seen, visit))
    }

    fn open_in(&self, expr: &Expr, world: &World, seen: &mut Bits, visit: &mut impl FnMut(Index) -> bool) -> bool {
        if expr.eval(&world.cells) != Truth::Unknown {
            return false;
        }
        match expr {
            Expr::Const(_) => false,
            Expr::Is(index, _) | Expr::IsNot(index, _) => self.open_below(*index, world, seen, visit),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| self.open_in(part, world, seen, visit)),
            Expr::Not(part) => self.open_in(part, world, seen, visit),
        }
    }

    /// The open questions that the undecided parts of a rule rest on.
    pub fn support(&self, rule: &Rule, world: &World) -> Bits {
        let (mut bits, mut seen) = (Bits::default(), Bits::default());
        for (_, when) in &rule.rungs {
            self.open_in(when, world, &mut seen, &mut |index| {
                bits.insert(index);
                false
            });
        }
        bits
    }

    /// The same for a part of a rule, without a question that is held fixed.
    pub fn support_in(&self, expr: &Expr, world: &World, held: Option<Index>) -> Bits {
        let mut bits = Bits::default();
        self.open_in(expr, world, &mut Bits::default(), &mut |index| {
            bits.insert(index);
            false
        });
        if let Some(held) = held {
            bits.remove(held);
        }
        bits
    }

    /// What an open question can be.
    pub fn choice(&self, index: Index, world: &World) -> Cell {
        let editions = self.editions(&world.limits);
        // Where the edition itself does not count, its facts still do.
        let edition = Some(index) == self.frame.model.known.edition;
        if edition { Cell::one_of(editions) } else { self.ground(index, editions, &world.limits) }
    }

    /// The assumptions that split a question, the better answers first.
    pub fn options(&self, index: Index, cell: Cell) -> impl Iterator<Item = Assumption> + use<'_> {
        let undecided = cell.can & !cell.must;
        let flag = 1_u64 << undecided.trailing_zeros().min(63);
        let flags = cell.several.then_some([Assumption::Lacks(flag), Assumption::Contains(flag)]);
        let values = if cell.several { &[] } else { self.frame.model.var(index).best_first.as_slice() };
        let values = values.iter().filter(move |value| cell.can & **value != 0).map(|value| Assumption::Is(*value));
        flags.into_iter().flatten().chain(values)
    }
}

/// What a search assumes about a question.
#[derive(Clone, Copy, Debug)]
pub enum Assumption {
    /// It has this value.
    Is(u64),
    /// It contains this value.
    Contains(u64),
    /// It does not contain this value.
    Lacks(u64),
}

impl Assumption {
    /// Whether a question of which this is all that is said has any of `values`.
    pub const fn meets(self, values: u64) -> bool {
        match self {
            Self::Is(bits) | Self::Contains(bits) => bits & values != 0,
            Self::Lacks(_) => false,
        }
    }

    /// The limit after the assumption.
    pub const fn join(self, before: Limit) -> Limit {
        match self {
            Self::Is(bits) => Limit { can: bits, must: before.must },
            Self::Contains(flag) => Limit { can: before.can, must: before.must | flag },
            Self::Lacks(flag) => Limit { can: before.can & !flag, must: before.must },
        }
    }
}
