//! The verdict.

use super::because::Notes;
use super::bounds::Ledger;
use super::flow::Standing;
use super::inquiry::Inquiry;
use super::model::{Model, Rule};
use super::outcome::{Assessment, Because, Fired};
use super::search::{OFF, Outcomes, outcome};
use super::situation::Situation;
use super::world::World;
use crate::domain::answer::Mode;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};

/// The verdict with its proofs.
#[must_use]
pub fn assess(model: &Model, inquiry: &Inquiry) -> Assessment {
    let mut situation = Situation::new(model, inquiry);
    let mut world = situation.world();
    if situation.private() {
        return situation.nothing_to_assess(&world);
    }
    let mut ledger = situation.full_ledger(&mut world);
    let mut bounds = situation.bounds(&mut ledger, &mut world);
    let mut proofs = situation.proofs(&ledger, &mut world);
    let aged = situation.aged_entries(proofs.iter().flatten().flatten());
    if !aged.is_empty() {
        let rests_on_age = |proof: &Option<Vec<Because>>| proof.iter().flatten().any(|entry| situation.is_aged(entry));
        let stale = (0..model.rules.len())
            .any(|n| rests_on_age(&proofs[n]) && situation.decides(&mut ledger, n, bounds, &mut world));
        situation.look_at_age(stale, true, &mut world);
        situation.second_pass(&mut ledger, &mut world);
        bounds = situation.bounds(&mut ledger, &mut world);
        situation.second_proofs(&ledger, &mut proofs, &mut world);
    }
    let outcomes = ledger.outcomes;
    let rules = model.rules.iter().zip(&outcomes).zip(proofs);
    let findings = rules.filter_map(|((rule, outcomes), proof)| Some(fired(rule, *outcomes, proof?, &aged))).collect();
    let (best, worst) = bounds;
    let deciding = if best == worst { Vec::new() } else { situation.deciding(&outcomes, bounds, &world) };
    Assessment {
        verdict: Verdict::between(best, worst),
        best,
        worst,
        findings,
        left_to_dpo: situation.left_to_dpo(&outcomes),
        deciding: deciding.into_iter().map(|index| model.var(index).id.clone()).collect(),
        out_of_scope: false,
        stale: situation.stale,
        aged: situation.aged,
        ..situation.lists(&world)
    }
}

/// Best and worst light still possible, without proofs; none where nothing is to be assessed.
#[must_use]
pub fn judge(model: &Model, inquiry: &Inquiry) -> Option<(Light, Light)> {
    let mut situation = Situation::new(model, inquiry);
    if situation.private() {
        return None;
    }
    let mut world = situation.world();
    let mut ledger = situation.ledger(&world);
    let bounds = situation.bounds(&mut ledger, &mut world);
    if !situation.is_stale(&mut ledger, bounds, &mut world) {
        return Some(bounds);
    }
    situation.look_at_age(true, true, &mut world);
    situation.second_pass(&mut ledger, &mut world);
    Some(situation.bounds(&mut ledger, &mut world))
}

fn fired(rule: &Rule, outcomes: Outcomes, proof: Vec<Because>, aged: &[Because]) -> Fired {
    let levels = [Level::Red, Level::Yellow, Level::Advice, Level::Good];
    let level = levels.into_iter().find(|level| outcomes & outcome(*level) != 0).unwrap_or(Level::Good);
    let truth = if outcomes & OFF == 0 { Truth::Yes } else { Truth::Unknown };
    let because = if rule.ages && proof.is_empty() { aged.to_vec() } else { proof };
    Fired { id: rule.id.clone(), level, truth, because }
}

impl Situation<'_> {
    /// The exact outcomes of all rules.
    pub fn full_ledger(&self, world: &mut World) -> Ledger {
        let mut ledger = self.ledger(world);
        self.all_exactly(&mut ledger, world);
        ledger
    }

    /// Sets what the rules that look at the age of data see.
    pub fn look_at_age(&mut self, stale: bool, aged: bool, world: &mut World) {
        (self.stale, self.aged) = (stale, aged);
        let known = &self.frame.model.known;
        for index in known.stale.into_iter().chain(known.aged) {
            self.refresh(world, index, None);
        }
    }

    /// Once more for the rules that look at the age of what decided.
    pub fn second_pass(&self, ledger: &mut Ledger, world: &mut World) {
        for (n, _) in (0..).zip(&self.frame.model.rules).filter(|(_, rule)| rule.ages) {
            self.look_again(ledger, n, world);
            self.exactly(ledger, usize::from(n), world);
        }
    }

    /// The proofs of the rules that fire or may fire.
    fn proofs(&mut self, ledger: &Ledger, world: &mut World) -> Vec<Option<Vec<Because>>> {
        let mut notes = Notes::default();
        let rules = self.frame.model.rules.iter().zip(&ledger.outcomes);
        rules
            .map(|(rule, outcomes)| (*outcomes != OFF).then(|| self.because(rule, *outcomes, world, &mut notes)))
            .collect()
    }

    /// The same once more for the rules that look at the age of what decided.
    fn second_proofs(&mut self, ledger: &Ledger, proofs: &mut [Option<Vec<Because>>], world: &mut World) {
        let mut notes = Notes::default();
        for ((rule, outcomes), proof) in self.frame.model.rules.iter().zip(&ledger.outcomes).zip(proofs) {
            if rule.ages {
                *proof = (*outcomes != OFF).then(|| self.because(rule, *outcomes, world, &mut notes));
            }
        }
    }

    /// Whether the proof of a rule holds something too old.
    pub fn rests_on_age(&mut self, rule: &Rule, outcomes: Outcomes, world: &mut World) -> bool {
        let mut proof = |situation: &mut Self| situation.because(rule, outcomes, world, &mut Notes::default());
        self.may_be_old(rule) && proof(self).iter().any(|entry| self.is_aged(entry))
    }

    /// Whether a datum that decided is too old.
    pub fn is_stale(&mut self, ledger: &mut Ledger, bounds: (Light, Light), world: &mut World) -> bool {
        let rules = &self.frame.model.rules;
        (0..rules.len())
            .any(|n| self.decides(ledger, n, bounds, world) && self.rests_on_age(&rules[n], ledger.outcomes[n], world))
    }

    /// Findings that only interview questions could cause.
    fn left_to_dpo(&self, outcomes: &[Outcomes]) -> Vec<FindingId> {
        if self.frame.mode == Mode::Interview {
            return Vec::new();
        }
        let interview = self.with_interview();
        let mut world = interview.world();
        let rules = self.frame.model.rules.iter().zip(outcomes);
        rules
            .filter(|(rule, outcomes)| **outcomes == OFF && interview.reaches(rule, &mut world, !OFF))
            .map(|(rule, _)| rule.id.clone())
            .collect()
    }

    fn lists(&self, world: &World) -> Assessment {
        let unsettled = |standing: Standing| matches!(standing, Standing::Open | Standing::DontKnow);
        let hosting = self.frame.model.known.hosting;
        let mut asked = Vec::with_capacity(self.frame.model.questions.len());
        let (mut unanswered, mut not_checked) = (Vec::new(), Vec::new());
        for stop in self.stops(&world.cells).filter(|stop| stop.put) {
            let id = &self.frame.model.var(stop.slot.0).id;
            asked.push(id.clone());
            // Somebody who does not know the countries has answered: `eu_or_not` stands for them.
            let answered = Some(stop.slot.0) == hosting && stop.standing == Standing::DontKnow;
            if unsettled(stop.standing) && stop.follow_up {
                not_checked.push(id.clone());
            } else if unsettled(stop.standing) && !answered {
                unanswered.push(id.clone());
            }
        }
        Assessment { asked, unanswered, not_checked, ..Assessment::empty() }
    }

    fn nothing_to_assess(&self, world: &World) -> Assessment {
        let asked = self.stops(&world.cells).map(|stop| self.frame.model.var(stop.slot.0).id.clone()).collect();
        Assessment { asked, out_of_scope: true, ..Assessment::empty() }
    }
}
