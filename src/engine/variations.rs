//! One inquiry in many variations: change an answer, ask for the verdict, at the price of the change.
//!
//! Whoever looks at thousands of inquiries that differ in a few answers (what if we signed a contract?) would otherwise
//! lay each of them over the model from scratch.

use super::bits::Bits;
use super::expr::Index;
use super::flow::{Flow, Stop};
use super::inquiry::{Given, Inquiry};
use super::model::Model;
use super::search::Outcomes;
use super::situation::Situation;
use super::world::World;
use crate::domain::id::VariableId;
use crate::domain::verdict::Light;

/// The place of a question in [`Variations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub(super) Index);

impl Slot {
    /// A small number of its own, for tables by question.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

/// An inquiry whose answers change one at a time. It judges exactly like [`super::judge`] on the same answers, whatever
/// the order in which they were given.
#[derive(Debug)]
pub struct Variations<'a> {
    situation: Situation<'a>,
    /// What is possible, as if no datum were too old.
    world: World,
    /// Outcomes of all rules in that world, but for those in `touched`.
    outcomes: Vec<Outcomes>,
    /// Rules that a change since the last verdict may have moved.
    touched: Bits,
    /// Rules whose proof could hold something too old.
    ageing: Vec<usize>,
    /// Whether it does, where that is known.
    old: Vec<Option<bool>>,
    stale: bool,
}

impl<'a> Variations<'a> {
    /// Starts from an inquiry.
    #[must_use]
    pub fn new(model: &'a Model, inquiry: &'a Inquiry) -> Self {
        let situation = Situation::new(model, inquiry);
        let mut world = situation.world();
        let outcomes = situation.all_outcomes(&mut world);
        let ageing = (0..model.rules.len()).filter(|n| situation.could_age(&model.rules[*n])).collect();
        let old = vec![None; model.rules.len()];
        Self { situation, world, outcomes, touched: Bits::default(), ageing, old, stale: false }
    }

    /// The place of a question.
    #[must_use]
    pub fn slot(&self, question: &VariableId) -> Option<Slot> {
        self.situation.frame.model.by_id.get(question).copied().map(Slot)
    }

    /// The question in a place.
    #[must_use]
    pub fn question(&self, slot: Slot) -> &'a VariableId {
        &self.situation.frame.model.var(slot.0).id
    }

    /// Puts an answer, or none, in the place of the one that the question has, and returns that one.
    pub fn answer(&mut self, slot: Slot, given: Option<&'a Given>) -> Option<&'a Given> {
        let model = self.situation.frame.model;
        let before = self.situation.answer(slot.0, given);
        for index in [Some(slot.0), model.var(slot.0).evidence].into_iter().flatten() {
            self.situation.refresh(&mut self.world, index, None);
            self.touched.join(&model.var(index).rules);
        }
        self.world.settle();
        before
    }

    /// Best and worst light still possible; none where nothing is to be assessed.
    pub fn judge(&mut self) -> Option<(Light, Light)> {
        self.stale = false;
        if self.situation.private() {
            return None;
        }
        self.catch_up();
        let bounds = self.situation.bounds(&self.outcomes, &self.world);
        self.stale = (0..self.ageing.len()).any(|n| self.is_stale(self.ageing[n], bounds));
        Some(if self.stale { self.aged_bounds() } else { bounds })
    }

    /// Whether a datum that decided the last verdict was too old.
    #[must_use]
    pub const fn stale(&self) -> bool {
        self.stale
    }

    /// The questions that are asked, in the order of the mode, without their names.
    pub fn stops(&self) -> impl Iterator<Item = Stop> {
        self.situation.stops(&self.world.cells)
    }

    /// The questions.
    #[must_use]
    pub fn flow(&self) -> Flow {
        self.situation.flow(&self.world.cells)
    }

    /// Brings the outcomes up to date.
    fn catch_up(&mut self) {
        for n in std::mem::take(&mut self.touched).iter() {
            let n = usize::from(n);
            self.outcomes[n] = self.situation.outcomes(&self.situation.frame.model.rules[n], &mut self.world);
            self.old[n] = None;
        }
    }

    /// Whether the proof of a rule decides the verdict and holds something too old.
    fn is_stale(&mut self, n: usize, bounds: (Light, Light)) -> bool {
        let rule = &self.situation.frame.model.rules[n];
        let outcomes = self.outcomes[n];
        Situation::decides(rule, outcomes, bounds)
            && *self.old[n].get_or_insert_with(|| self.situation.rests_on_age(rule, outcomes, &mut self.world))
    }

    /// The bounds once the rules that look at the age of what decided have had their say.
    fn aged_bounds(&mut self) -> (Light, Light) {
        let fresh = self.outcomes.clone();
        self.situation.look_at_age(true, true, &mut self.world);
        self.situation.second_pass(&mut self.outcomes, &mut self.world);
        let bounds = self.situation.bounds(&self.outcomes, &self.world);
        self.situation.look_at_age(false, false, &mut self.world);
        self.world.settle();
        self.outcomes = fresh;
        bounds
    }
}
