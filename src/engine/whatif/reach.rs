//! Joins the parts to whole ways, and says what stands in the way where there is none.

use std::collections::HashMap;

use super::base::Move;
use super::field::{Field, Seen};
use super::part::{Found, Part};

/// So many ways are listed.
pub(super) const LISTED: usize = 16;

/// A whole way.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// In bank order, each with the watched rules that reach the line without it.
    pub changes: Vec<(Move, Vec<usize>)>,
    /// In bank order.
    pub then: Vec<Move>,
    pub effort: u32,
}

/// All smallest ways to a goal.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// Number of changes.
    pub changes: usize,
    /// The first of them, best first.
    pub paths: Vec<Path>,
    /// How many there are.
    pub total: usize,
}

impl Field<'_> {
    /// All smallest ways that bring every rule below the line; none where there is no way.
    pub fn reach(&self) -> Option<Reach> {
        let mut solved: HashMap<Vec<usize>, Option<Vec<Found>>> = HashMap::new();
        let mut best: Option<Reach> = None;
        for edition in self.editions() {
            let bound = best.as_ref().map_or(usize::MAX, |best| best.changes);
            let Some(mut reach) = self.reach_in(edition, bound, &mut solved) else { continue };
            self.note_edition(&mut reach, edition);
            best = Some(match best {
                Some(best) if best.changes == reach.changes => best.or(reach),
                _ => reach,
            });
        }
        best
    }

    /// The smallest ways once the edition is settled, where they have no more changes than `bound`. `solved` keeps the
    /// parts that no edition touches.
    fn reach_in(
        &self,
        edition: Option<Move>,
        bound: usize,
        solved: &mut HashMap<Vec<usize>, Option<Vec<Found>>>,
    ) -> Option<Reach> {
        let seen = self.look_in(edition, &self.all());
        let mut reach = Reach { changes: usize::from(edition.is_some()), paths: vec![Path::default()], total: 1 };
        for part in self.parts(self.all(), &seen.opened) {
            if part.rules.iter().any(|rule| seen.failing.contains(rule)) {
                let touched = self.base.model.known.edition.is_some_and(|edition| part.cone.contains(edition));
                let found = match solved.get(&part.rules) {
                    Some(known) if !touched => known.clone(),
                    _ => {
                        let found = self.solve(edition, &part);
                        solved.insert(part.rules, found.clone());
                        found
                    }
                };
                reach.extend(&found?);
            }
            if reach.changes > bound {
                return None;
            }
        }
        Some(reach)
    }

    fn all(&self) -> Vec<usize> {
        (0..self.watched.len()).collect()
    }

    /// Looks at watched rules once the edition is settled.
    fn look_in(&self, edition: Option<Move>, rules: &[usize]) -> Seen {
        self.look(&self.base.after(edition, &[]), rules)
    }

    /// Adds the change of edition to the ways that rest on it.
    fn note_edition(&self, reach: &mut Reach, moved: Option<Move>) {
        let Some(moved) = moved else { return };
        let lever = self.base.levers.iter().find(|lever| lever.change == moved);
        let effort = lever.map_or(0, |lever| u32::from(self.effort(lever)));
        for path in &mut reach.paths {
            let others: Vec<Move> = path.changes.iter().map(|(change, _)| *change).collect();
            let needed = self.missed(&others, &path.then, &self.all());
            path.changes.push((moved, needed));
            path.changes.sort_by_key(|(change, _)| *change);
            path.effort += effort;
        }
    }

    /// The rules of a part that no changes bring below the line once the edition is settled.
    fn infeasible(&self, edition: Option<Move>, rules: &[usize]) -> Option<Vec<usize>> {
        let seen = self.look_in(edition, rules);
        let mut parts = self.parts(rules.iter().copied(), &seen.opened).into_iter();
        let fails = |part: &Part| part.rules.iter().any(|rule| seen.failing.contains(rule));
        parts.find(|part| fails(part) && self.solve(edition, part).is_none()).map(|part| part.rules)
    }

    /// Whether any changes bring all of some watched rules below the line.
    fn feasible(&self, rules: &[usize]) -> bool {
        self.editions().into_iter().any(|edition| self.infeasible(edition, rules).is_none())
    }

    /// The watched rules that no changes bring below the line, each by itself.
    pub fn stuck(&self) -> Vec<usize> {
        let failing = self.look_in(None, &self.all()).failing;
        failing.into_iter().filter(|rule| !self.feasible(&[*rule])).collect()
    }

    /// Whether a change is open that touches what a watched rule rests on.
    pub fn has_lever(&self, rule: usize) -> bool {
        self.base.levers.iter().any(|lever| self.watched[rule].cone.contains(lever.change.index))
    }

    /// Watched rules that no changes bring below the line together, and none of which can be missed for that.
    pub fn conflict(&self) -> Vec<usize> {
        let editions = self.editions().into_iter();
        let mut rules: Vec<usize> =
            editions.filter_map(|edition| self.infeasible(edition, &self.all())).flatten().collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules.clone() {
            let others: Vec<usize> = rules.iter().copied().filter(|other| *other != rule).collect();
            if !self.feasible(&others) {
                rules = others;
            }
        }
        rules
    }
}

impl Reach {
    /// Adds a part: every way so far goes with every way of it.
    fn extend(&mut self, ways: &[Found]) {
        self.changes += ways.first().map_or(0, |way| way.changes.len());
        self.total = self.total.saturating_mul(ways.len());
        let pairs = self.paths.iter().flat_map(|path| ways.iter().map(move |way| path.with(way)));
        self.paths = first(pairs.collect());
    }

    fn or(self, other: Self) -> Self {
        let paths = first(self.paths.into_iter().chain(other.paths).collect());
        Self { changes: self.changes, paths, total: self.total.saturating_add(other.total) }
    }
}

impl Path {
    fn with(&self, way: &Found) -> Self {
        let mut path = self.clone();
        path.changes.extend(way.changes.iter().cloned());
        path.changes.sort_by_key(|(change, _)| *change);
        path.then.extend(&way.then);
        path.then.sort_unstable();
        path.effort += way.effort;
        path
    }
}

/// The first ways in order of rank. A way that is not among the first cannot become one by what all ways add.
fn first(mut paths: Vec<Path>) -> Vec<Path> {
    let moves = |path: &Path| path.changes.iter().map(|(change, _)| *change).collect::<Vec<_>>();
    paths.sort_by_cached_key(|path| (path.then.len(), path.effort, moves(path)));
    paths.truncate(LISTED);
    paths
}
