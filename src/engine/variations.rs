//! One inquiry in many variations: change an answer, ask for the verdict, at the price of the change.
//!
//! Whoever looks at thousands of inquiries that differ in a few answers (what if we signed a contract?) would otherwise
//! lay each of them over the model from scratch.

use std::collections::HashMap;

use super::bits::Bits;
use super::bounds::Ledger;
use super::expr::Index;
use super::flow::{Flow, Standing, Stop};
use super::inquiry::{Given, Inquiry};
use super::model::Model;
use super::search::at_least;
use super::situation::{Situation, Was};
use super::world::World;
use crate::domain::finding::Level;
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
    /// The outcomes in that world, but for the rules in `touched`.
    ledger: Ledger,
    /// Rules that a change since the last verdict may have moved.
    touched: Bits,
    /// Rules that three-valued logic alone does not decide.
    undecided: Bits,
    /// Rules whose proof could hold something too old, and whether they carry a green light.
    ageing: Vec<(usize, bool)>,
    /// Whether it does, by rule and the answers that it rests on. An answer is told by its address: it is lent for as
    /// long as this lives, so no other one can come to stand there.
    proven: HashMap<(usize, Box<[usize]>), bool>,
    stale: bool,
    undo: Vec<Was>,
}

impl<'a> Variations<'a> {
    /// Starts from an inquiry.
    #[must_use]
    pub fn new(model: &'a Model, inquiry: &'a Inquiry) -> Self {
        let situation = Situation::new(model, inquiry);
        let rules = || (0..).zip(&model.rules);
        let world = situation.world();
        Self {
            ledger: situation.ledger(&world),
            world,
            touched: rules().map(|(n, _)| n).collect(),
            undecided: Bits::default(),
            ageing: rules()
                .filter(|(_, rule)| situation.could_age(rule))
                .map(|(n, rule)| (usize::from(n), rule.carries_green))
                .collect(),
            proven: HashMap::new(),
            stale: false,
            undo: Vec::new(),
            situation,
        }
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
        let before = self.change(slot, given);
        self.world.settle();
        before
    }

    /// The verdict if the question had that answer, or none. Nothing changes.
    pub fn judge_with(&mut self, slot: Slot, given: Option<&'a Given>) -> Option<(Light, Light)> {
        self.catch_up();
        let evidence = self.situation.frame.model.var(slot.0).evidence;
        let mut undo = std::mem::take(&mut self.undo);
        for index in [Some(slot.0), evidence].into_iter().flatten() {
            self.situation.note(index, &mut undo);
        }
        let conflicts = self.situation.conflicts.clone();
        let (ledger, undecided, now) = (self.ledger.clone(), self.undecided, self.world.now());
        let before = self.change(slot, given);
        let lights = self.judge();
        self.world.back_to(now);
        self.situation.given[usize::from(slot.0)] = before;
        for index in [evidence, Some(slot.0)].into_iter().flatten() {
            self.situation.put_back(index, &mut undo);
        }
        self.undo = undo;
        self.situation.conflicts = conflicts;
        (self.ledger, self.undecided, self.touched) = (ledger, undecided, Bits::default());
        lights
    }

    /// Best and worst light still possible; none where nothing is to be assessed.
    pub fn judge(&mut self) -> Option<(Light, Light)> {
        self.stale = false;
        if self.situation.private() {
            return None;
        }
        self.catch_up();
        let bounds = self.situation.bounds(&mut self.ledger, &mut self.world);
        // Only rules that reach the best light, or carry the green one, can decide.
        let line = at_least(if bounds.0 == Light::Red { Level::Red } else { Level::Yellow });
        let green = bounds.0 == Light::Green;
        self.stale = (0..self.ageing.len()).any(|n| {
            let (rule, carries) = self.ageing[n];
            let reaches = self.ledger.outcomes[rule] & line != 0;
            (reaches || (green && carries)) && self.is_stale(rule, bounds)
        });
        Some(if self.stale { self.aged_bounds() } else { bounds })
    }

    /// Whether a datum that decided the last verdict was too old.
    #[must_use]
    pub const fn stale(&self) -> bool {
        self.stale
    }

    /// Where a question stands; none where it is not asked.
    #[must_use]
    pub fn standing(&self, slot: Slot) -> Option<Standing> {
        self.situation.stop_at(slot.0, &self.world.cells).map(|stop| stop.standing)
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

    fn change(&mut self, slot: Slot, given: Option<&'a Given>) -> Option<&'a Given> {
        let model = self.situation.frame.model;
        let before = self.situation.answer(slot.0, given);
        for index in [Some(slot.0), model.var(slot.0).evidence].into_iter().flatten() {
            let changed = self.situation.refresh(&mut self.world, index, None);
            changed.iter().for_each(|changed| self.touched.join(&model.concerned(changed).asking));
            // What is searched may come out differently though nothing asked has changed.
            self.touched.join(&self.undecided.both(&model.concerned(index).resting));
        }
        before
    }

    /// Brings the outcomes up to date.
    fn catch_up(&mut self) {
        for n in std::mem::take(&mut self.touched).iter() {
            self.undecided.remove(n);
            if !self.situation.look_again(&mut self.ledger, n, &self.world) {
                self.undecided.insert(n);
            }
        }
    }

    /// Whether the proof of a rule decides the verdict and holds something too old.
    fn is_stale(&mut self, n: usize, bounds: (Light, Light)) -> bool {
        if !self.situation.decides(&mut self.ledger, n, bounds, &mut self.world) {
            return false;
        }
        let rule = &self.situation.frame.model.rules[n];
        let given = rule.questions.iter().map(|index| self.situation.given[usize::from(*index)]);
        let answers = given.map(|given| given.map_or(0, |given| std::ptr::from_ref(given).addr())).collect();
        let (situation, world, outcomes) = (&mut self.situation, &mut self.world, self.ledger.outcomes[n]);
        *self.proven.entry((n, answers)).or_insert_with(|| situation.rests_on_age(rule, outcomes, world))
    }

    /// The bounds once the rules that look at the age of what decided have had their say.
    fn aged_bounds(&mut self) -> (Light, Light) {
        let (mut aged, now) = (self.ledger.clone(), self.world.now());
        self.situation.look_at_age(true, true, &mut self.world);
        self.situation.second_pass(&mut aged, &mut self.world);
        let bounds = self.situation.bounds(&mut aged, &mut self.world);
        (self.situation.stale, self.situation.aged) = (false, false);
        self.world.back_to(now);
        bounds
    }
}
