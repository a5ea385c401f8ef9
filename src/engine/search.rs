//! Exact answers about completions: can a finding fire, must it, and how good can the whole still become?
//!
//! Nothing here enumerates all completions. A single finding is searched over the questions that its undecided parts
//! rest on; the best light is a satisfiability problem over all coloured findings, split into parts that share no
//! open question, with the better answers tried first.

use super::derive::Derived;
use super::expr::{Cell, Expr, Index, Limit, NOT_APPLICABLE};
use super::model::{Rule, Source};
use super::situation::Situation;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;

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

/// Variables, one bit each. The check of the data keeps their number below this.
pub type Bits = [u64; 8];

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

impl Situation<'_> {
    /// Nothing assumed about any variable.
    pub fn free(&self) -> Vec<Limit> {
        vec![Limit::FREE; self.model.vars.len()]
    }

    /// Room for the cells of all variables.
    pub fn room(&self) -> Vec<Cell> {
        vec![Cell::off(false); self.model.vars.len()]
    }

    /// All cells, nothing assumed.
    pub fn all_cells(&self) -> Vec<Cell> {
        let mut cells = self.room();
        self.propagate(0..self.count(), &self.free(), &mut cells);
        cells
    }

    fn count(&self) -> Index {
        Index::try_from(self.model.vars.len()).unwrap_or(Index::MAX)
    }

    /// Exactly the outcomes that some completion reaches.
    pub fn outcomes(&self, rule: &Rule, limits: &mut [Limit], cells: &mut [Cell]) -> Outcomes {
        self.propagate(rule.cone.iter().copied(), limits, cells);
        let possible = glance(rule, cells);
        if possible.is_power_of_two() {
            return possible;
        }
        let Some(index) = self.branch(rule, cells, limits) else { return possible };
        let options = self.options(index, self.ground(index, self.editions(limits), limits));
        let before = limits[usize::from(index)];
        let mut reached = 0;
        for option in options {
            limits[usize::from(index)] = option.join(before);
            reached |= self.outcomes(rule, limits, cells);
            if reached == possible {
                break;
            }
        }
        limits[usize::from(index)] = before;
        reached
    }

    /// The next question to assume something about, among those that the undecided parts of the rule rest on.
    fn branch(&self, rule: &Rule, cells: &[Cell], limits: &[Limit]) -> Option<Index> {
        rule.rungs.iter().find_map(|(_, when)| self.branch_in(when, cells, limits))
    }

    fn branch_in(&self, expr: &Expr, cells: &[Cell], limits: &[Limit]) -> Option<Index> {
        if expr.eval(cells) != Truth::Unknown {
            return None;
        }
        match expr {
            Expr::Const(_) => None,
            Expr::Is(index, _) => self.branch_on(*index, cells, limits),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().find_map(|part| self.branch_in(part, cells, limits)),
            Expr::Not(part) => self.branch_in(part, cells, limits),
        }
    }

    fn branch_on(&self, index: Index, cells: &[Cell], limits: &[Limit]) -> Option<Index> {
        let mut found = None;
        self.open_below(index, cells, limits, &mut |open| {
            found = found.or(Some(open));
            found.is_some()
        });
        found
    }

    /// Calls `visit` for the open questions that a variable rests on, until it returns true.
    fn open_below(
        &self,
        index: Index,
        cells: &[Cell],
        limits: &[Limit],
        visit: &mut impl FnMut(Index) -> bool,
    ) -> bool {
        let at = usize::from(index);
        let several_editions = self.editions(limits).count_ones() > 1;
        let by_edition = |visit: &mut dyn FnMut(Index) -> bool| {
            several_editions && self.model.known.edition.is_some_and(&mut *visit)
        };
        match &self.model.vars[at].source {
            Source::Question(asked) => {
                if asked.when.eval(cells) == Truth::Unknown && self.open_in(&asked.when, cells, limits, visit) {
                    return true;
                }
                if Some(index) == self.model.known.edition {
                    return several_editions && visit(index);
                }
                let editions = self.editions(limits);
                if several_editions && self.varies(index, editions) && by_edition(visit) {
                    return true;
                }
                if self.ground(index, editions, limits).settled() {
                    return false;
                }
                // Countries of hosting are never assumed: without one `eu_or_not` stands for them.
                Some(index) != self.model.known.hosting && visit(index)
            }
            Source::Derived(derived) => self.open_below_derived(*derived, cells, limits, visit),
            Source::Catalogue => by_edition(visit),
            Source::Law(_) | Source::Evidence(_) | Source::NotBefore(_) => false,
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
        derived: Derived,
        cells: &[Cell],
        limits: &[Limit],
        visit: &mut impl FnMut(Index) -> bool,
    ) -> bool {
        match derived {
            Derived::Contradiction => {
                let with_facts = self.model.bank_order.iter().copied().filter(|n| !self.model.var(*n).facts.is_empty());
                self.editions(limits).count_ones() > 1 && self.model.known.edition.is_some_and(&mut *visit)
                    || with_facts.into_iter().any(|n| self.open_below(n, cells, limits, visit))
            }
            Derived::AuthorityFindings => {
                self.editions(limits).count_ones() > 1 && self.model.known.edition.is_some_and(&mut *visit)
            }
            _ => derived
                .inputs()
                .iter()
                .filter_map(|id| self.model.index(id))
                .any(|input| self.open_below(input, cells, limits, visit)),
        }
    }

    fn open_in(&self, expr: &Expr, cells: &[Cell], limits: &[Limit], visit: &mut impl FnMut(Index) -> bool) -> bool {
        if expr.eval(cells) != Truth::Unknown {
            return false;
        }
        match expr {
            Expr::Const(_) => false,
            Expr::Is(index, _) => self.open_below(*index, cells, limits, visit),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| self.open_in(part, cells, limits, visit)),
            Expr::Not(part) => self.open_in(part, cells, limits, visit),
        }
    }

    /// The open questions that the undecided parts of a rule rest on.
    pub fn support(&self, rule: &Rule, cells: &[Cell], limits: &[Limit]) -> Bits {
        let mut bits = Bits::default();
        for (_, when) in &rule.rungs {
            self.open_in(when, cells, limits, &mut |index| {
                bits[usize::from(index) / 64 % 8] |= 1 << (index % 64);
                false
            });
        }
        bits
    }

    /// The assumptions that split a question, the better answers first.
    pub fn options(&self, index: Index, cell: Cell) -> Vec<Assumption> {
        if cell.several {
            let undecided = cell.can & !cell.must;
            let flag = 1_u64 << undecided.trailing_zeros().min(63);
            return vec![Assumption::Lacks(flag), Assumption::Contains(flag)];
        }
        let mut values: Vec<(u8, u32)> = Vec::new();
        let mut rest = cell.can & !NOT_APPLICABLE;
        while rest != 0 {
            let n = rest.trailing_zeros();
            rest &= rest - 1;
            let rank = match &self.model.var(index).source {
                Source::Question(asked) => asked.choices.get(n as usize).and_then(|choice| choice.rank),
                _ => None,
            };
            values.push((rank.unwrap_or(0), n));
        }
        values.sort_unstable();
        values.into_iter().map(|(_, n)| Assumption::Is(1 << n)).collect()
    }

    /// Whether some completion meets all demands. Worlds share every assumption that the search makes; they differ
    /// only in what was assumed before.
    pub fn satisfiable(&self, demands: &[Demand], worlds: &mut [Vec<Limit>], held: Option<Index>) -> bool {
        let mut cells: Vec<Vec<Cell>> = Vec::with_capacity(worlds.len());
        let mut open: Vec<(Demand, Bits)> = Vec::new();
        for (world, limits) in worlds.iter().enumerate() {
            let mut room = self.room();
            let mut needed = vec![false; room.len()];
            let here = || demands.iter().filter(|demand| demand.world == world);
            here().for_each(|demand| {
                self.model.rules[demand.rule].cone.iter().for_each(|n| needed[usize::from(*n)] = true);
            });
            self.propagate((0..self.count()).filter(|n| needed[usize::from(*n)]), limits, &mut room);
            for demand in here() {
                let rule = &self.model.rules[demand.rule];
                let possible = glance(rule, &room);
                if possible & demand.allowed == 0 {
                    return false;
                }
                if possible & !demand.allowed != 0 {
                    let mut support = self.support(rule, &room, limits);
                    if let Some(held) = held {
                        support[usize::from(held) / 64 % 8] &= !(1 << (held % 64));
                    }
                    open.push((*demand, support));
                }
            }
            cells.push(room);
        }
        while let Some((first, mut bits)) = open.pop() {
            let mut part = vec![first];
            // What has to fire is decided first: its own questions are few, and what contradicts it shows at once.
            let mut urgent = (first.allowed & OFF == 0).then_some(bits);
            // Gather all demands that share an open question with the part, until nothing more joins.
            while let Some(next) = open.iter().position(|(_, other)| share(&bits, other)) {
                let (demand, more) = open.swap_remove(next);
                urgent = urgent.or((demand.allowed & OFF == 0).then_some(more));
                part.push(demand);
                bits.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
            }
            if !self.branch_part(&part, urgent.unwrap_or(bits), worlds, &cells, held) {
                return false;
            }
        }
        true
    }

    fn branch_part(
        &self,
        part: &[Demand],
        bits: Bits,
        worlds: &mut [Vec<Limit>],
        cells: &[Vec<Cell>],
        held: Option<Index>,
    ) -> bool {
        let Some(index) = lowest(&bits) else {
            // Nothing left to assume, and still undecided: only a question held fixed can be the cause.
            return part
                .iter()
                .all(|demand| glance(&self.model.rules[demand.rule], &cells[demand.world]) & demand.allowed != 0);
        };
        let at = usize::from(index);
        let grounds = worlds.iter().map(|limits| self.ground(index, self.editions(limits), limits));
        let Some(cell) = grounds.max_by_key(|cell| !cell.settled()) else { return false };
        let before: Vec<Limit> = worlds.iter().map(|limits| limits[at]).collect();
        let mut met = false;
        for option in self.options(index, cell) {
            for (limits, before) in worlds.iter_mut().zip(&before) {
                limits[at] = option.join(*before);
            }
            if self.satisfiable(part, worlds, held) {
                met = true;
                break;
            }
        }
        for (limits, before) in worlds.iter_mut().zip(before) {
            limits[at] = before;
        }
        met
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
    /// The limit after the assumption.
    pub const fn join(self, before: Limit) -> Limit {
        match self {
            Self::Is(bits) => Limit { can: bits, must: before.must },
            Self::Contains(flag) => Limit { can: before.can, must: before.must | flag },
            Self::Lacks(flag) => Limit { can: before.can & !flag, must: before.must },
        }
    }
}

fn share(a: &Bits, b: &Bits) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

fn lowest(bits: &Bits) -> Option<Index> {
    let word = bits.iter().position(|word| *word != 0)?;
    Index::try_from(word * 64 + bits[word].trailing_zeros() as usize).ok()
}
