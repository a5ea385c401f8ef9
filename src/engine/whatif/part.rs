//! The search: rules fall into parts that share no lever, and each part is searched by itself, smallest sets first.
//!
//! A set of changes that does not do leaves some rule at the line. Every larger set that does has to touch what that
//! rule rests on, so only such levers are added. The edition touches nearly everything; what becomes of it is settled
//! before the rules are parted.

use std::collections::BTreeSet;

use super::base::Move;
use super::field::Field;
use crate::engine::bits::Bits;
use crate::engine::expr::Index;

/// Rules that share levers, directly or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Numbers among the watched rules.
    pub rules: Vec<usize>,
    /// What they rest on.
    pub cone: Bits,
    /// Levers and questions that other rules may share.
    links: Bits,
}

/// A smallest set of changes that brings the rules of a part below the line.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Each with the rules that reach the line without it.
    pub changes: Vec<(Move, Vec<usize>)>,
    pub then: Vec<Move>,
    pub effort: u32,
}

/// Sorted numbers of levers.
type Levers = Vec<usize>;

/// What a set of changes comes to.
enum Tried {
    /// It does, with these answers to what it brings up.
    Done(Vec<Move>),
    /// It does not; one of these levers has to be added.
    Missing(Levers),
}

impl Field<'_> {
    /// The parts into which some of the watched rules fall. `opened` are the questions that the edition brings up:
    /// rules that rest on the same one go together, so that all of them see the same answer.
    pub fn parts(&self, rules: impl IntoIterator<Item = usize>, opened: &[Index]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for rule in rules {
            let cone = self.watched[rule].cone;
            let mut joined = Part { rules: vec![rule], cone, links: Bits::default() };
            let moved = self.levers_in(&cone).into_iter().map(|lever| self.base.levers[lever].change.index);
            let came_up = opened.iter().copied().filter(|index| cone.contains(*index));
            let links: Vec<Index> = moved.chain(came_up).collect();
            for index in &links {
                joined.links.insert(*index);
            }
            for part in parts.extract_if(.., |part| links.iter().any(|index| part.links.contains(*index))) {
                joined.rules.extend(part.rules);
                joined.cone.join(&part.cone);
                joined.links.join(&part.links);
            }
            joined.rules.sort_unstable();
            parts.push(joined);
        }
        parts
    }

    /// All smallest sets of changes for a part; none where no set does.
    pub fn solve(&self, edition: Option<Move>, part: &Part) -> Option<Vec<Found>> {
        let mut sets: BTreeSet<Levers> = [Levers::new()].into();
        while !sets.is_empty() {
            let mut found = Vec::new();
            let mut larger = BTreeSet::new();
            for set in &sets {
                match self.attempt(edition, part, set) {
                    Tried::Done(then) => found.push(self.found(edition, part, set, then)),
                    Tried::Missing(more) => larger.extend(more.into_iter().map(|lever| with(set, lever))),
                }
            }
            if !found.is_empty() {
                return Some(found);
            }
            sets = larger;
        }
        None
    }

    fn moves<'s>(&'s self, edition: Option<Move>, set: &'s [usize]) -> impl Iterator<Item = Move> + 's {
        edition.into_iter().chain(set.iter().map(|lever| self.base.levers[*lever].change))
    }

    fn attempt(&self, edition: Option<Move>, part: &Part, set: &Levers) -> Tried {
        let seen = self.look(&self.base.after(self.moves(edition, set), &[]), &part.rules);
        if seen.failing.is_empty() {
            return Tried::Done(Vec::new());
        }
        let opened: Vec<_> = seen.opened.into_iter().filter(|index| part.cone.contains(*index)).collect();
        let hangs = |rule: &usize| opened.iter().any(|index| self.watched[*rule].cone.contains(*index));
        // A rule that rests on nothing that came up is not helped by answers; the one with the fewest levers is next.
        let plain = seen.failing.iter().filter(|rule| !hangs(rule));
        if let Some(levers) = plain.map(|rule| self.more(&self.watched[*rule].cone, set)).min_by_key(Vec::len) {
            return Tried::Missing(levers);
        }
        let moves: Vec<Move> = self.moves(edition, set).collect();
        // Nor is one that stays at the line whatever is answered.
        let mut hopeless: Vec<(Levers, usize)> =
            seen.failing.iter().map(|rule| (self.more(&self.watched[*rule].cone, set), *rule)).collect();
        hopeless.sort_unstable_by_key(|(levers, rule)| (levers.len(), *rule));
        let stays = |rule: usize| self.assume(&moves, &[rule], &[rule], &opened).is_none();
        if let Some((levers, _)) = hopeless.into_iter().find(|(_, rule)| stays(*rule)) {
            return Tried::Missing(levers);
        }
        let hanging: Vec<usize> = part.rules.iter().copied().filter(|rule| hangs(rule)).collect();
        if let Some(then) = self.assume(&moves, &hanging, &seen.failing, &opened) {
            return Tried::Done(then);
        }
        let mut cone = Bits::default();
        for rule in &hanging {
            cone.join(&self.watched[*rule].cone);
        }
        Tried::Missing(self.more(&cone, set))
    }

    /// The fewest answers to what some changes bring up that clear all rules, and of these the first in bank order.
    ///
    /// The same search once more: a rule that still reaches the line needs an answer to something that it rests on.
    fn assume(&self, moves: &[Move], rules: &[usize], failing: &[usize], opened: &[Index]) -> Option<Vec<Move>> {
        let mut sets: BTreeSet<Vec<Move>> = self.answers(failing, opened).into_iter().map(|one| vec![one]).collect();
        while !sets.is_empty() {
            let mut larger = BTreeSet::new();
            for then in sets {
                let seen = self.look(&self.base.after(moves.iter().copied(), &then), rules);
                if seen.failing.is_empty() {
                    return Some(then);
                }
                larger.extend(self.answers(&seen.failing, &seen.opened).into_iter().map(|one| {
                    let mut more = then.clone();
                    more.push(one);
                    more.sort_unstable();
                    more
                }));
            }
            sets = larger;
        }
        None
    }

    /// The answers that one of the failing rules needs one of: that rule which leaves the fewest to try.
    fn answers(&self, failing: &[usize], opened: &[Index]) -> Vec<Move> {
        let of_rule = |rule: &usize| {
            let below = opened.iter().filter(|index| self.watched[*rule].cone.contains(**index));
            let each = below.flat_map(|index| {
                let count = u16::try_from(self.base.answers(*index).len()).unwrap_or(u16::MAX);
                (0..count).map(|pick| Move { place: self.place(*index), pick, index: *index })
            });
            each.collect::<Vec<Move>>()
        };
        failing.iter().map(of_rule).min_by_key(Vec::len).unwrap_or_default()
    }

    /// Levers in a cone that can be added to a set.
    fn more(&self, cone: &Bits, set: &[usize]) -> Levers {
        let moved = |index| set.iter().any(|lever| self.base.levers[*lever].change.index == index);
        let mut levers = self.levers_in(cone);
        levers.retain(|lever| !moved(self.base.levers[*lever].change.index));
        levers
    }

    /// The rules that reach the line once a change is left out: of what it was to bring up nothing is answered then.
    pub fn missed(&self, others: &[Move], then: &[Move], rules: &[usize]) -> Vec<usize> {
        let seen = self.look(&self.base.after(others.iter().copied(), &[]), rules);
        let still: Vec<Move> = then.iter().copied().filter(|answer| seen.opened.contains(&answer.index)).collect();
        if still.is_empty() {
            return seen.failing;
        }
        self.look(&self.base.after(others.iter().copied(), &still), rules).failing
    }

    fn found(&self, edition: Option<Move>, part: &Part, set: &[usize], then: Vec<Move>) -> Found {
        let changes = set.iter().map(|lever| {
            let change = self.base.levers[*lever].change;
            let rest: Vec<usize> = set.iter().copied().filter(|other| other != lever).collect();
            let touched: Vec<usize> =
                part.rules.iter().copied().filter(|rule| self.watched[*rule].cone.contains(change.index)).collect();
            (change, self.missed(&self.moves(edition, &rest).collect::<Vec<_>>(), &then, &touched))
        });
        let changes = changes.collect();
        let effort = set.iter().map(|lever| u32::from(self.effort(&self.base.levers[*lever]))).sum();
        Found { changes, then, effort }
    }
}

fn with(set: &Levers, lever: usize) -> Levers {
    let mut larger = set.clone();
    larger.push(lever);
    larger.sort_unstable();
    larger
}
