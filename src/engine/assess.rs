//! The verdict.

use jiff::ToSpan;

use super::expr::Cell;
use super::flow::{Flow, Standing};
use super::inquiry::Inquiry;
use super::model::{Model, Rule};
use super::outcome::{Assessment, Because, Fired, Origin};
use super::search::{Demand, OFF, Outcomes, at_least, glance, outcome};
use super::situation::{Scope, Situation};
use crate::domain::Day;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, VariableId};
use crate::domain::verdict::{Light, Verdict};

/// Vendor facts older than this many months have to be checked again.
const FACT_AGES_AFTER: i32 = 24;
/// Volatile law that was last verified more than this many days ago has to be checked again.
const LAW_AGES_AFTER: i32 = 180;
/// The point in favour whose proof decides a green light.
const BASIS_OF_GREEN: &str = "transfer-covered";

/// The verdict with its proofs.
#[must_use]
pub fn assess(model: &Model, inquiry: &Inquiry) -> Assessment {
    let mut situation = Situation::new(model, inquiry, Scope::Own);
    let cells = situation.all_cells();
    let flow = situation.flow(&cells);
    if situation.private() {
        return nothing_to_assess(&flow);
    }
    let mut outcomes = situation.all_outcomes(&cells);
    let mut bounds = situation.bounds(&outcomes);
    let mut proofs = situation.proofs(&outcomes);
    let aged: Vec<Because> = aged_entries(&situation, proofs.iter().flat_map(|(_, proof)| proof.iter()));
    situation.aged = !aged.is_empty();
    situation.stale = situation.is_stale(&outcomes, bounds, |n| {
        proofs.iter().find(|(rule, _)| *rule == n).map(|(_, proof)| proof.clone()).unwrap_or_default()
    });
    if situation.aged {
        situation.second_pass(&mut outcomes);
        bounds = situation.bounds(&outcomes);
        proofs = situation.proofs(&outcomes);
    }
    let findings = proofs.into_iter().map(|(n, proof)| fired(&model.rules[n], outcomes[n], proof, &aged)).collect();
    let (best, worst) = bounds;
    let deciding = if best == worst { Vec::new() } else { situation.deciding(&outcomes, bounds) };
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
        ..lists(model, &flow)
    }
}

/// Best and worst light still possible, without proofs; none where nothing is to be assessed.
#[must_use]
pub fn judge(model: &Model, inquiry: &Inquiry) -> Option<(Light, Light)> {
    let mut situation = Situation::new(model, inquiry, Scope::Own);
    if situation.private() {
        return None;
    }
    let cells = situation.all_cells();
    let mut outcomes = situation.all_outcomes(&cells);
    let bounds = situation.bounds(&outcomes);
    let stale = situation.may_age()
        && situation.is_stale(&outcomes, bounds, |n| situation.because(&model.rules[n], outcomes[n]));
    if !stale {
        return Some(bounds);
    }
    situation.stale = true;
    situation.aged = true;
    situation.second_pass(&mut outcomes);
    Some(situation.bounds(&outcomes))
}

fn fired(rule: &Rule, outcomes: Outcomes, proof: Vec<Because>, aged: &[Because]) -> Fired {
    let levels = [Level::Red, Level::Yellow, Level::Advice, Level::Good];
    let level = levels.into_iter().find(|level| outcomes & outcome(*level) != 0).unwrap_or(Level::Good);
    let truth = if outcomes & OFF == 0 { Truth::Yes } else { Truth::Unknown };
    let because = if rule.ages && proof.is_empty() { aged.to_vec() } else { proof };
    Fired { id: rule.id.clone(), level, truth, because }
}

fn lists(model: &Model, flow: &Flow) -> Assessment {
    let unsettled = |standing: Standing| matches!(standing, Standing::Open | Standing::DontKnow);
    let put = || flow.steps.iter().filter(|step| step.put);
    // Somebody who does not know the countries has answered: `eu_or_not` stands for them.
    let open = |id: &VariableId, standing: Standing| {
        let hosting = model.known.hosting.is_some_and(|index| model.var(index).id == *id);
        unsettled(standing) && !(hosting && standing == Standing::DontKnow)
    };
    Assessment {
        verdict: Verdict::Green,
        best: Light::Green,
        worst: Light::Green,
        findings: Vec::new(),
        left_to_dpo: Vec::new(),
        asked: put().map(|step| step.question.clone()).collect(),
        unanswered: put()
            .filter(|step| !step.follow_up && open(&step.question, step.standing))
            .map(|step| step.question.clone())
            .collect(),
        deciding: Vec::new(),
        not_checked: put()
            .filter(|step| step.follow_up && unsettled(step.standing))
            .map(|step| step.question.clone())
            .collect(),
        out_of_scope: false,
        stale: false,
        aged: false,
    }
}

fn nothing_to_assess(flow: &Flow) -> Assessment {
    Assessment {
        verdict: Verdict::Green,
        best: Light::Green,
        worst: Light::Green,
        findings: Vec::new(),
        left_to_dpo: Vec::new(),
        asked: flow.steps.iter().map(|step| step.question.clone()).collect(),
        unanswered: Vec::new(),
        deciding: Vec::new(),
        not_checked: Vec::new(),
        out_of_scope: true,
        stale: false,
        aged: false,
    }
}

fn light(outcomes: Outcomes) -> Light {
    if outcomes & at_least(Level::Red) != 0 {
        Light::Red
    } else if outcomes & at_least(Level::Yellow) != 0 {
        Light::Yellow
    } else {
        Light::Green
    }
}

impl Situation<'_> {
    fn all_outcomes(&self, cells: &[Cell]) -> Vec<Outcomes> {
        let mut room = self.room();
        let mut limits = self.free();
        let rules = self.model.rules.iter();
        rules
            .map(|rule| match glance(rule, cells) {
                known if known.is_power_of_two() => known,
                _ => self.outcomes(rule, &mut limits, &mut room),
            })
            .collect()
    }

    /// Once more for the rules that look at the age of what decided.
    fn second_pass(&self, outcomes: &mut [Outcomes]) {
        let mut room = self.room();
        for (rule, outcomes) in self.model.rules.iter().zip(outcomes) {
            if rule.ages {
                *outcomes = self.outcomes(rule, &mut self.free(), &mut room);
            }
        }
    }

    /// Best and worst light over all completions.
    fn bounds(&self, outcomes: &[Outcomes]) -> (Light, Light) {
        let worst = outcomes.iter().map(|one| light(*one)).max().unwrap_or(Light::Green);
        let forced = outcomes
            .iter()
            .map(|one| {
                if one & !at_least(Level::Red) == 0 {
                    Light::Red
                } else if one & !at_least(Level::Yellow) == 0 {
                    Light::Yellow
                } else {
                    Light::Green
                }
            })
            .max()
            .unwrap_or(Light::Green);
        let below = |line: Level| {
            let demands: Vec<Demand> = outcomes
                .iter()
                .enumerate()
                .filter(|(_, one)| *one & at_least(line) != 0)
                .map(|(rule, _)| Demand { rule, allowed: !at_least(line), world: 0 })
                .collect();
            self.satisfiable(&demands, &mut [self.free()], None)
        };
        let best = match forced {
            one if one == worst => one,
            Light::Green if below(Level::Yellow) => Light::Green,
            Light::Green | Light::Yellow if worst == Light::Yellow || below(Level::Red) => Light::Yellow,
            _ => Light::Red,
        };
        (best, worst)
    }

    fn proofs(&self, outcomes: &[Outcomes]) -> Vec<(usize, Vec<Because>)> {
        let rules = self.model.rules.iter().zip(outcomes).enumerate();
        rules
            .filter(|(_, (_, outcomes))| **outcomes != OFF)
            .map(|(n, (rule, outcomes))| (n, self.because(rule, *outcomes)))
            .collect()
    }

    /// Whether anything that could decide is old enough to matter at all.
    fn may_age(&self) -> bool {
        let old_fact = self.rows.iter().any(|row| {
            row.facts
                .iter()
                .zip(&self.model.vars)
                .any(|(fact, var)| fact.is_some_and(|n| is_old(var.facts[usize::from(n)].as_of, self.day())))
        });
        old_fact || self.scheme.is_some_and(|scheme| law_is_old(scheme, self.day()))
    }

    /// Whether a datum that decided is too old: one in the proof of a finding at the best or the worst light.
    fn is_stale(
        &self,
        outcomes: &[Outcomes],
        (best, worst): (Light, Light),
        proof: impl Fn(usize) -> Vec<Because>,
    ) -> bool {
        let decides = |rule: &Rule, outcomes: Outcomes| {
            let coloured = light(outcomes) != Light::Green && (light(outcomes) == best || light(outcomes) == worst);
            coloured || (best == Light::Green && rule.id == BASIS_OF_GREEN)
        };
        self.model.rules.iter().zip(outcomes).enumerate().any(|(n, (rule, outcomes))| {
            *outcomes != OFF && decides(rule, *outcomes) && !aged_entries(self, proof(n).iter()).is_empty()
        })
    }

    /// Whether the fact about a variable is a property of the edition itself.
    fn is_fixed(&self, id: &VariableId) -> bool {
        let index = self.model.index(id.as_str());
        index.and_then(|index| self.speaking_fact(index)).is_some_and(|fact| fact.fixed)
    }

    /// Findings that only interview questions could cause.
    fn left_to_dpo(&self, outcomes: &[Outcomes]) -> Vec<FindingId> {
        if self.mode() == crate::domain::answer::Mode::Interview {
            return Vec::new();
        }
        let interview = Situation::new(self.model, self.inquiry, Scope::WithInterview);
        let cells = interview.all_cells();
        let mut room = interview.room();
        let mut limits = interview.free();
        self.model
            .rules
            .iter()
            .zip(outcomes)
            .filter(|(rule, outcomes)| {
                **outcomes == OFF
                    && glance(rule, &cells) != OFF
                    && interview.outcomes(rule, &mut limits, &mut room) != OFF
            })
            .map(|(rule, _)| rule.id.clone())
            .collect()
    }
}

/// The entries of proofs that are too old on the day. Answers never age.
fn aged_entries<'b>(situation: &Situation<'_>, entries: impl Iterator<Item = &'b Because>) -> Vec<Because> {
    let mut old: Vec<Because> = Vec::new();
    for entry in entries {
        let is_aged = match &entry.origin {
            // What an edition is does not age; what a vendor does, does.
            Origin::Fact { as_of: Some(as_of), .. } => {
                is_old(*as_of, situation.day()) && !situation.is_fixed(&entry.variable)
            }
            Origin::Law { instrument } => situation
                .model
                .law()
                .instrument(instrument.as_str())
                .is_some_and(|instrument| law_is_old(instrument, situation.day())),
            _ => false,
        };
        if is_aged && !old.contains(entry) {
            old.push(entry.clone());
        }
    }
    old
}

fn is_old(as_of: Day, day: Day) -> bool {
    as_of.checked_add(FACT_AGES_AFTER.months()).is_ok_and(|until| until < day)
}

fn law_is_old(instrument: &crate::domain::instrument::Instrument, day: Day) -> bool {
    instrument.is_volatile(day)
        && instrument.last_verified.checked_add(LAW_AGES_AFTER.days()).is_ok_and(|until| until < day)
}
