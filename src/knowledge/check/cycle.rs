//! Circles among the conditions of questions: who decides whether a question is asked must not wait for its answer.

use std::collections::{BTreeMap, VecDeque};

use super::derived::{self, EVERYTHING};
use super::place::{Place, Report};
use super::scope::{Scope, Space};
use crate::domain::question::Question;
use crate::knowledge::limits::CHAIN;

/// The vendor that a question belongs to, and its id.
type Key<'a> = (Option<&'a str>, &'a str);

/// Questions and what has to be answered before it is known whether they are asked.
#[derive(Default)]
struct Graph<'a> {
    numbers: BTreeMap<Key<'a>, usize>,
    ids: Vec<&'a str>,
    places: Vec<Option<Place<'a>>>,
    asks: Vec<Vec<usize>>,
}

/// Reports every circle once, at its first question, and where there is none every chain that is too long. Returns
/// whether there is a circle.
pub(super) fn check(scope: &Scope<'_>, report: &mut Report) -> bool {
    let graph = Graph::build(scope);
    let mut settled = graph.settle(vec![false; graph.asks.len()]);
    let mut found = false;
    while let Some(start) = settled.iter().position(|settled| !settled) {
        found = true;
        if report.is_full() {
            return found;
        }
        let circle = graph.circle(start, &settled);
        graph.report(&circle, report);
        for number in circle {
            if let Some(one) = settled.get_mut(number) {
                *one = true;
            }
        }
        settled = graph.settle(settled);
    }
    if !found {
        graph.long_chains(report);
    }
    found
}

impl<'a> Graph<'a> {
    fn build(scope: &Scope<'a>) -> Self {
        let mut questions: Vec<_> = scope.questions().collect();
        questions.sort_by_key(|(_, _, place)| place.order());
        let mut graph = Self::default();
        for (vendor, question, place) in &questions {
            graph.add((*vendor, question.id.as_str()), Some(*place));
        }
        let owners: Vec<Option<&str>> = questions.iter().map(|(vendor, _, _)| *vendor).collect();
        for vendor in owners {
            graph.add((vendor, EVERYTHING), None);
        }
        for (vendor, question, _) in questions {
            let asked = asked(scope, vendor, question);
            graph.link((vendor, question.id.as_str()), &asked);
            graph.link((vendor, EVERYTHING), &[(vendor, question.id.as_str())]);
        }
        graph
    }

    fn add(&mut self, key: Key<'a>, place: Option<Place<'a>>) {
        let next = self.ids.len();
        if *self.numbers.entry(key).or_insert(next) == next {
            self.ids.push(key.1);
            self.places.push(place);
            self.asks.push(Vec::new());
        }
    }

    fn link(&mut self, from: Key<'a>, to: &[Key<'a>]) {
        let to: Vec<usize> = to.iter().filter_map(|key| self.numbers.get(key).copied()).collect();
        if let Some(asks) = self.numbers.get(&from).and_then(|from| self.asks.get_mut(*from)) {
            asks.extend(to);
        }
    }

    /// Marks every question as settled that asks only settled ones.
    fn settle(&self, mut settled: Vec<bool>) -> Vec<bool> {
        let is_settled = |settled: &[bool], number: usize| settled.get(number).copied().unwrap_or(true);
        let mut askers = vec![Vec::new(); self.asks.len()];
        let mut waiting = vec![0_usize; self.asks.len()];
        for (from, to) in self.asks.iter().enumerate() {
            for to in to.iter().filter(|to| !is_settled(&settled, **to)) {
                if let (Some(list), Some(count)) = (askers.get_mut(*to), waiting.get_mut(from)) {
                    list.push(from);
                    *count += 1;
                }
            }
        }
        let free = |number: &usize| waiting.get(*number) == Some(&0) && !is_settled(&settled, *number);
        let mut ready: VecDeque<usize> = (0..self.asks.len()).filter(free).collect();
        while let Some(number) = ready.pop_front() {
            if let Some(one) = settled.get_mut(number) {
                *one = true;
            }
            for asker in askers.get(number).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(*asker) {
                    *count -= 1;
                    if *count == 0 && !is_settled(&settled, *asker) {
                        ready.push_back(*asker);
                    }
                }
            }
        }
        settled
    }

    /// Reports every question that is the first too many of a chain; the graph has no circle.
    fn long_chains(&self, report: &mut Report) {
        let mut askers = vec![Vec::new(); self.asks.len()];
        let mut waiting: Vec<usize> = self.asks.iter().map(Vec::len).collect();
        for (from, to) in self.asks.iter().enumerate() {
            to.iter().filter_map(|to| askers.get_mut(*to).map(|list: &mut Vec<usize>| list.push(from))).for_each(drop);
        }
        let mut before = vec![0_usize; self.asks.len()];
        let mut ready: VecDeque<usize> = (0..self.asks.len()).filter(|n| waiting.get(*n) == Some(&0)).collect();
        while let Some(number) = ready.pop_front() {
            let length = before.get(number).copied().unwrap_or_default();
            let place = self.places.get(number).copied().flatten();
            if let (true, Some(place), Some(id)) = (length == CHAIN + 1, place, self.ids.get(number)) {
                let message = format!("question `{id}` waits for a chain of more than {CHAIN} other questions");
                let hint = "ask the first question of the chain directly, or leave out what lies between";
                report.hinted(place, &message, Some(hint.to_owned()));
            }
            for asker in askers.get(number).into_iter().flatten() {
                if let (Some(count), Some(longest)) = (waiting.get_mut(*asker), before.get_mut(*asker)) {
                    *longest = (*longest).max(length + 1);
                    *count -= 1;
                    if *count == 0 {
                        ready.push_back(*asker);
                    }
                }
            }
        }
    }

    /// Follows unsettled questions until one comes up again.
    fn circle(&self, start: usize, settled: &[bool]) -> Vec<usize> {
        let unsettled = |number: &&usize| settled.get(**number) == Some(&false);
        let mut way = vec![start];
        let mut seen = BTreeMap::from([(start, 0)]);
        while let Some(next) = way.last().and_then(|last| self.asks.get(*last)?.iter().find(unsettled)) {
            if let Some(first) = seen.get(next) {
                return way.split_off(*first);
            }
            seen.insert(*next, way.len());
            way.push(*next);
        }
        way
    }

    fn report(&self, circle: &[usize], report: &mut Report) {
        let lowest = circle.iter().enumerate().min_by_key(|(_, number)| **number).map_or(0, |(at, _)| at);
        let turned: Vec<usize> = circle.iter().cycle().skip(lowest).take(circle.len() + 1).copied().collect();
        let names = turned.iter().filter_map(|number| self.ids.get(*number));
        let names: Vec<String> =
            names.map(|id| if *id == EVERYTHING { "all answers".to_owned() } else { format!("`{id}`") }).collect();
        let place = turned.first().and_then(|number| self.places.get(*number).copied().flatten());
        if let Some(place) = place {
            report.add(place, &format!("the conditions of questions form a circle: {}", names.join(" → ")));
        }
    }
}

/// The questions on which it depends whether this one is asked.
fn asked<'a>(scope: &Scope<'a>, vendor: Option<&'a str>, question: &'a Question) -> Vec<Key<'a>> {
    let mut open: Vec<&'a str> = Vec::new();
    if let Some(when) = &question.when {
        when.atoms(&mut |variable, _| open.push(variable.as_str()));
    }
    let mut asked: Vec<Key<'a>> = Vec::new();
    while let Some(id) = open.pop() {
        let id = id.strip_prefix("evidence.").unwrap_or(id);
        match derived::derived(id).map(derived::inputs) {
            Some([EVERYTHING]) => asked.extend([(vendor, EVERYTHING), (None, EVERYTHING)]),
            Some(inputs) => open.extend(inputs),
            None => {
                let own = scope.own(Space::Variable, vendor, id).is_some();
                asked.push((if own { vendor } else { None }, id));
            }
        }
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}
