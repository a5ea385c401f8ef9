//! The verdict.

use super::flow::Standing;
use super::inquiry::Inquiry;
use super::model::{Model, Rule};
use super::outcome::{Assessment, Because, Fired};
use super::satisfy::Demand;
use super::search::{OFF, Outcomes, at_least, light, outcome};
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
    let mut outcomes = situation.all_outcomes(&mut world);
    let mut bounds = situation.bounds(&outcomes, &world);
    let mut proofs = situation.proofs(&outcomes, &mut world);
    let aged = situation.aged_entries(proofs.iter().flatten().flatten());
    if !aged.is_empty() {
        let rests_on_age = |proof: &Option<Vec<Because>>| proof.iter().flatten().any(|entry| situation.is_aged(entry));
        let stale = (model.rules.iter().zip(&outcomes).zip(&proofs))
            .any(|((rule, outcomes), proof)| Situation::decides(rule, *outcomes, bounds) && rests_on_age(proof));
        situation.look_at_age(stale, true, &mut world);
        situation.second_pass(&mut outcomes, &mut world);
        bounds = situation.bounds(&outcomes, &world);
        situation.second_proofs(&outcomes, &mut proofs, &mut world);
    }
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
    let mut outcomes = situation.all_outcomes(&mut world);
    let bounds = situation.bounds(&outcomes, &world);
    let stale = model.rules.iter().zip(&outcomes).any(|(rule, outcomes)| {
        Situation::decides(rule, *outcomes, bounds) && situation.rests_on_age(rule, *outcomes, &mut world)
    });
    if !stale {
        return Some(bounds);
    }
    situation.look_at_age(true, true, &mut world);
    situation.second_pass(&mut outcomes, &mut world);
    Some(situation.bounds(&outcomes, &world))
}

fn fired(rule: &Rule, outcomes: Outcomes, proof: Vec<Because>, aged: &[Because]) -> Fired {
    let levels = [Level::Red, Level::Yellow, Level::Advice, Level::Good];
    let level = levels.into_iter().find(|level| outcomes & outcome(*level) != 0).unwrap_or(Level::Good);
    let truth = if outcomes & OFF == 0 { Truth::Yes } else { Truth::Unknown };
    let because = if rule.ages && proof.is_empty() { aged.to_vec() } else { proof };
    Fired { id: rule.id.clone(), level, truth, because }
}

impl Situation<'_> {
    pub fn all_outcomes(&self, world: &mut World) -> Vec<Outcomes> {
        self.frame.model.rules.iter().map(|rule| self.outcomes(rule, world)).collect()
    }

    /// Sets what the rules that look at the age of data see.
    pub fn look_at_age(&mut self, stale: bool, aged: bool, world: &mut World) {
        (self.stale, self.aged) = (stale, aged);
        let known = &self.frame.model.known;
        known.stale.into_iter().chain(known.aged).for_each(|index| self.refresh(world, index, None));
    }

    /// Once more for the rules that look at the age of what decided.
    pub fn second_pass(&self, outcomes: &mut [Outcomes], world: &mut World) {
        for (rule, outcomes) in self.frame.model.rules.iter().zip(outcomes) {
            if rule.ages {
                *outcomes = self.outcomes(rule, world);
            }
        }
    }

    /// Best and worst light over all completions.
    pub fn bounds(&self, outcomes: &[Outcomes], world: &World) -> (Light, Light) {
        let worst = outcomes.iter().map(|one| light(*one)).max().unwrap_or(Light::Green);
        let forced = |one: &Outcomes| {
            if one & !at_least(Level::Red) == 0 {
                Light::Red
            } else if one & !at_least(Level::Yellow) == 0 {
                Light::Yellow
            } else {
                Light::Green
            }
        };
        let forced = outcomes.iter().map(forced).max().unwrap_or(Light::Green);
        let below = |line: Level| {
            let raised = outcomes.iter().enumerate().filter(|(_, one)| *one & at_least(line) != 0);
            let demands: Vec<Demand> =
                raised.map(|(rule, _)| Demand { rule, allowed: !at_least(line), world: 0 }).collect();
            self.satisfiable(&demands, &mut [world.fork()], None)
        };
        let best = match forced {
            one if one == worst => one,
            Light::Green if below(Level::Yellow) => Light::Green,
            Light::Green | Light::Yellow if worst == Light::Yellow || below(Level::Red) => Light::Yellow,
            _ => Light::Red,
        };
        (best, worst)
    }

    /// The proofs of the rules that fire or may fire.
    fn proofs(&mut self, outcomes: &[Outcomes], world: &mut World) -> Vec<Option<Vec<Because>>> {
        let rules = self.frame.model.rules.iter().zip(outcomes);
        rules.map(|(rule, outcomes)| (*outcomes != OFF).then(|| self.because(rule, *outcomes, world))).collect()
    }

    /// The same once more for the rules that look at the age of what decided.
    fn second_proofs(&mut self, outcomes: &[Outcomes], proofs: &mut [Option<Vec<Because>>], world: &mut World) {
        for ((rule, outcomes), proof) in self.frame.model.rules.iter().zip(outcomes).zip(proofs) {
            if rule.ages {
                *proof = (*outcomes != OFF).then(|| self.because(rule, *outcomes, world));
            }
        }
    }

    /// Whether the proof of a rule holds something too old.
    pub fn rests_on_age(&mut self, rule: &Rule, outcomes: Outcomes, world: &mut World) -> bool {
        self.may_be_old(rule) && self.because(rule, outcomes, world).iter().any(|entry| self.is_aged(entry))
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
        let (mut asked, mut unanswered, mut not_checked) = (Vec::new(), Vec::new(), Vec::new());
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
