//! What is possible under the assumptions of a search, kept up to date as assumptions come and go.

use super::bits::Bits;
use super::expr::{Cell, Index, Limit};
use super::situation::Situation;

/// Assumptions and what they leave possible. Every change can be taken back.
#[derive(Clone, Debug)]
pub struct World {
    /// What is assumed about each variable.
    pub limits: Vec<Limit>,
    /// What each variable can still be.
    pub cells: Vec<Cell>,
    trail: Vec<Change>,
}

/// What stood there before.
#[derive(Clone, Copy, Debug)]
enum Change {
    Cell(Index, Cell),
    Limit(Index, Limit),
}

impl World {
    /// The present moment, to come back to.
    pub const fn now(&self) -> usize {
        self.trail.len()
    }

    /// Takes back every change since a moment.
    pub fn back_to(&mut self, moment: usize) {
        while self.trail.len() > moment {
            match self.trail.pop() {
                Some(Change::Cell(index, cell)) => self.cells[usize::from(index)] = cell,
                Some(Change::Limit(index, limit)) => self.limits[usize::from(index)] = limit,
                None => {}
            }
        }
    }

    /// Keeps every change so far for good.
    pub fn settle(&mut self) {
        self.trail.clear();
    }

    /// The same to try something in, without a past.
    pub fn fork(&self) -> Self {
        Self { limits: self.limits.clone(), cells: self.cells.clone(), trail: Vec::new() }
    }
}

impl Situation<'_> {
    /// The world in which nothing is assumed.
    pub fn world(&self) -> World {
        let count = self.frame.model.vars.len();
        let mut world = World {
            limits: vec![Limit::FREE; count],
            cells: vec![Cell::off(false); count],
            trail: Vec::with_capacity(2 * count),
        };
        self.compute(&mut world);
        world
    }

    /// Computes all cells, not to be taken back.
    pub fn compute(&self, world: &mut World) {
        let editions = self.editions(&world.limits);
        for (index, _) in (0..).zip(&self.frame.model.vars) {
            world.cells[usize::from(index)] = self.cell(index, editions, &world.limits, &world.cells);
        }
    }

    /// Assumes something about a variable. With a cone only its variables are kept up to date.
    pub fn assume(&self, world: &mut World, index: Index, limit: Limit, cone: Option<&Bits>) {
        let at = usize::from(index);
        world.trail.push(Change::Limit(index, world.limits[at]));
        world.limits[at] = limit;
        self.refresh(world, index, cone);
    }

    /// Computes anew what rests on a variable. Returns the variables that may have changed.
    pub fn refresh(&self, world: &mut World, index: Index, cone: Option<&Bits>) -> Bits {
        let editions = self.editions(&world.limits);
        let mut changed = Bits::from_iter([index]);
        let above = self.frame.model.concerned(index).above;
        for above in cone.map_or(above, |cone| above.both(cone)).iter() {
            if above != index && !self.frame.model.concerned(above).inputs.meets(&changed) {
                continue;
            }
            let at = usize::from(above);
            let cell = self.cell(above, editions, &world.limits, &world.cells);
            // Editions can differ in more than the cell shows.
            if cell != world.cells[at] || self.frame.model.var(above).by_edition {
                world.trail.push(Change::Cell(above, world.cells[at]));
                world.cells[at] = cell;
                changed.insert(above);
            }
        }
        changed
    }
}
