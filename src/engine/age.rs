//! Is a datum that decided too old?

use super::expr::Index;
use super::frame::Said;
use super::model::{Rule, Source};
use super::outcome::{Because, Origin};
use super::situation::Situation;
use crate::domain::id::VariableId;

impl Situation<'_> {
    /// Whether a proof of the rule could hold anything old at all.
    pub fn may_be_old(&self, rule: &Rule) -> bool {
        self.could_age_but_for(rule, |index| {
            let question = matches!(self.frame.model.var(index).source, Source::Question(_));
            question && self.said[usize::from(index)] == Said::Value
        })
    }

    /// Whether it could with some answers and in some edition.
    pub fn could_age(&self, rule: &Rule) -> bool {
        self.could_age_but_for(rule, |_| false)
    }

    fn could_age_but_for(&self, rule: &Rule, answered: impl Fn(Index) -> bool) -> bool {
        let model = self.frame.model;
        let law_is_old = |n: usize| self.frame.law_is_old(&model.instruments[n]);
        let carried = model.known.transfer.is_some_and(|transfer| rule.rests_on.contains(transfer));
        let old_fact = |index: Index| {
            let var = model.var(index);
            let speaking = self.rows.iter().filter_map(|row| row.facts[usize::from(index)]);
            speaking
                .map(|n| &var.facts[usize::from(n)])
                .any(|fact| fact.value.is_some() && self.frame.fact_is_old(fact))
        };
        let carried_by_old = || model.volatile.iter().any(|n| law_is_old(*n));
        (carried && carried_by_old())
            || rule.cone.iter().any(|index| match &model.var(*index).source {
                Source::Law(_, instrument) => instrument.is_some_and(law_is_old),
                _ => !answered(*index) && old_fact(*index),
            })
    }

    /// The entries of proofs that are too old on the day. Answers never age.
    pub fn aged_entries<'b>(&self, entries: impl Iterator<Item = &'b Because>) -> Vec<Because> {
        let mut old: Vec<Because> = Vec::new();
        for entry in entries {
            if self.is_aged(entry) && !old.contains(entry) {
                old.push(entry.clone());
            }
        }
        old
    }

    /// Whether an entry of a proof is too old on the day.
    pub fn is_aged(&self, entry: &Because) -> bool {
        match &entry.origin {
            Origin::Fact { .. } => self.fact_behind(&entry.variable),
            Origin::Law { instrument } => {
                let law = self.frame.model.law();
                law.instrument(instrument.as_str()).is_some_and(|instrument| self.frame.law_is_old(instrument))
            }
            _ => false,
        }
    }

    fn fact_behind(&self, variable: &VariableId) -> bool {
        let index = self.frame.model.by_id.get(variable);
        index.and_then(|index| self.speaking_fact(*index)).is_some_and(|fact| self.frame.fact_is_old(fact))
    }
}
