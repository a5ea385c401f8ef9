//! What a rule rests on, as far as one line between two lights is concerned.

use crate::domain::finding::Level;
use crate::engine::bits::Bits;
use crate::engine::derive::Derived;
use crate::engine::expr::Index;
use crate::engine::model::{Model, Rule, Source};

/// Every variable on which it rests whether the rule reaches the line; none where no rung of it ever does.
///
/// The rungs after the last one that reaches the line have no say. Evidence hangs on an answer and so goes with it.
pub(super) fn cone(model: &Model, rule: &Rule, line: Level) -> Option<Bits> {
    let last = rule.rungs.iter().rposition(|(level, _)| *level >= line)?;
    let mut todo = Vec::new();
    for (_, when) in &rule.rungs[..=last] {
        when.atoms(&mut |index, _| todo.push(index));
    }
    Some(closure(model, todo))
}

/// The variables and all that they are computed from.
pub(super) fn closure(model: &Model, mut todo: Vec<Index>) -> Bits {
    let mut found = Bits::default();
    while let Some(index) = todo.pop() {
        if !found.contains(index) {
            found.insert(index);
            inputs(model, index, &mut todo);
        }
    }
    found
}

fn inputs(model: &Model, index: Index, found: &mut Vec<Index>) {
    let var = model.var(index);
    match &var.source {
        Source::Question(asked) => asked.when.atoms(&mut |input, _| found.push(input)),
        Source::Derived(Derived::Contradiction) => {
            found.extend(model.bank_order.iter().filter(|question| !model.var(**question).facts.is_empty()));
        }
        Source::Derived(derived) => {
            found.extend(derived.inputs().iter().filter_map(|input| model.by_id.get(*input).copied()));
        }
        Source::Evidence(question) => found.extend(*question),
        Source::Catalogue | Source::Law(..) | Source::NotBefore(_) => {}
    }
    let judged = matches!(var.source, Source::Derived(Derived::AuthorityFindings))
        && model.authority_days.iter().any(|(_, editions)| *editions != u64::MAX);
    if judged || var.facts.iter().any(|fact| fact.specific) {
        found.extend(model.known.edition);
    }
}
