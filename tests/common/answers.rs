//! The answers that go with a set of changes, found by contradiction.
//!
//! A *refutation* is a set of answers to open questions after which no completion leads to the goal. Whatever does lead
//! there has to contradict it, for else both could be answered at once: it answers one of these questions otherwise.
//! So only such answers are tried, and nothing at all where nobody could answer otherwise. Nothing here looks at the
//! conditions of the data: a refutation is found, and made as small as it can be, by judging alone.

use std::collections::{BTreeMap, BTreeSet};

use freigabe::domain::answer::Value;
use freigabe::domain::id::{ChoiceId, VariableId};
use freigabe::domain::verdict::Light;
use freigabe::engine::{Given, Slot, Standing, Stop, Variations};

use super::{Blind, Move};
use crate::common::knowledge;

/// Answers by the place of the question and their place among the answers to it.
type Answers = BTreeMap<usize, usize>;

/// A question with the answers that are tried.
struct Asked {
    slot: Slot,
    question: VariableId,
    answers: Vec<Given>,
    /// Whether an answer can be part of a way, else only of a refutation.
    part: bool,
    /// Whether a default stands for whoever does not know: an answer is no completion then.
    default: bool,
    /// Whether the catalogue speaks in some edition. Only where the edition is settled is an answer a completion: in
    /// another one it would contradict the catalogue.
    facts: bool,
}

/// The questions by place.
#[derive(Default)]
pub struct Table {
    asked: BTreeMap<usize, Asked>,
    places: BTreeMap<Slot, usize>,
    edition: Option<usize>,
}

impl Table {
    pub fn new(blind: &Blind<'_>) -> Self {
        let now = Variations::new(blind.model, blind.inquiry);
        let own = blind.vendor.into_iter().flat_map(|vendor| &vendor.questions);
        let mut table = Self::default();
        for (place, question) in knowledge().bank().questions().map(|(_, one)| one).chain(own).enumerate() {
            let Some(slot) = now.slot(&question.id) else { continue };
            let editions = blind.vendor.into_iter().flat_map(|vendor| &vendor.editions).map(|edition| &edition.id);
            let facts = editions.into_iter().any(|edition| blind.fact(&question.id, Some(edition)).is_some());
            let answers = blind.answers(&question.id);
            let part = !answers.is_empty();
            let answers = if question.id == "edition" { blind.all_editions() } else { answers };
            if question.id == "edition" {
                table.edition = Some(place);
            }
            let answers = answers.into_iter().map(Given::stated).collect();
            let (id, default) = (question.id.clone(), question.default.is_some());
            table.asked.insert(place, Asked { slot, question: id, answers, part, default, facts });
            table.places.insert(slot, place);
        }
        table
    }
}

impl Blind<'_> {
    fn all_editions(&self) -> Vec<Value> {
        let all = self.vendor.into_iter().flat_map(|vendor| &vendor.editions);
        all.map(|edition| Value::Choice(ChoiceId::try_from(edition.id.as_str()).unwrap())).collect()
    }

    /// Whether some changes lead to the goal, and what has to be answered to what they bring up: as little as possible,
    /// and of that the first in bank order.
    pub fn way(&self, changes: &[&Move], goal: Light) -> Option<Vec<Move>> {
        let mut now = Variations::new(self.model, self.inquiry);
        for change in changes {
            let n = self.levers.iter().position(|(own, _)| own == *change).unwrap();
            let slot = now.slot(&change.2).unwrap();
            now.answer(slot, Some(&self.givens[n]));
        }
        self.way_from(&mut now, goal)
    }

    /// The same, where the changes are made already.
    pub fn way_from<'g>(&'g self, now: &mut Variations<'g>, goal: Light) -> Option<Vec<Move>> {
        let found = Search { blind: self, now, goal, before: BTreeMap::new(), refuted: Vec::new() }.run()?;
        let moves = found.into_iter().map(|(place, n)| {
            let asked = &self.table.asked[&place];
            (place, n, asked.question.clone(), asked.answers[n].value.clone())
        });
        Some(moves.collect())
    }
}

struct Search<'g, 'n, 'm> {
    blind: &'g Blind<'m>,
    now: &'n mut Variations<'g>,
    goal: Light,
    /// What stood in the places that are answered now.
    before: BTreeMap<usize, Option<&'g Given>>,
    refuted: Vec<Answers>,
}

impl Search<'_, '_, '_> {
    fn run(&mut self) -> Option<Answers> {
        let mut sets: BTreeSet<Vec<(usize, usize)>> = [Vec::new()].into();
        while !sets.is_empty() {
            let mut larger = BTreeSet::new();
            for set in sets {
                let set: Answers = set.into_iter().collect();
                let Some(branches) = self.known(&set).or_else(|| self.attempt(&set)) else { return Some(set) };
                for (place, n) in branches {
                    let mut more = set.clone();
                    more.insert(place, n);
                    larger.insert(more.into_iter().collect());
                }
            }
            sets = larger;
        }
        None
    }

    /// What to add, by the known refutation that leaves the least to try.
    fn known(&mut self, set: &Answers) -> Option<Vec<(usize, usize)>> {
        let stands = |refuted: &&Answers| set.iter().all(|(place, n)| refuted.get(place).is_none_or(|own| own == n));
        let least = self.refuted.iter().filter(stands).min_by_key(|refuted| self.width(refuted, set))?.clone();
        self.hold(set);
        let branches = self.against(&least, set);
        self.hold(&Answers::new());
        Some(branches)
    }

    /// How many answers contradict a refutation.
    fn width(&self, refuted: &Answers, set: &Answers) -> usize {
        let free = refuted.keys().filter(|place| !set.contains_key(place)).map(|place| &self.blind.table.asked[place]);
        free.filter(|asked| asked.part).map(|asked| asked.answers.len()).sum()
    }

    /// None where the answers lead to the goal, else what to add to them.
    fn attempt(&mut self, set: &Answers) -> Option<Vec<(usize, usize)>> {
        self.hold(set);
        let branches = if self.judge().unwrap().1 <= self.goal {
            None
        } else if let Some(refuted) = self.refute(set) {
            self.hold(set);
            let branches = self.against(&refuted, set);
            self.refuted.push(refuted);
            Some(branches)
        } else {
            self.hold(set);
            let open = self.opened(set).into_iter();
            Some(open.flat_map(|place| self.picks(place).map(move |n| (place, n))).collect())
        };
        self.hold(&Answers::new());
        branches
    }

    fn picks(&self, place: usize) -> std::ops::Range<usize> {
        0..self.blind.table.asked[&place].answers.len()
    }

    fn against(&self, refuted: &Answers, set: &Answers) -> Vec<(usize, usize)> {
        let open = self.opened(set).into_iter().filter_map(|place| Some((place, *refuted.get(&place)?)));
        open.flat_map(|(place, own)| self.picks(place).filter(move |n| *n != own).map(move |n| (place, n))).collect()
    }

    /// Questions that nobody was asked and that are open now.
    fn opened(&self, set: &Answers) -> Vec<usize> {
        let table = &self.blind.table;
        let stops = self.now.stops().filter(|stop| !stop.follow_up);
        let open = stops.filter(|stop| matches!(stop.standing, Standing::Open | Standing::DontKnow));
        open.map(|stop| table.places[&stop.slot])
            .filter(|place| table.asked[place].part && !set.contains_key(place))
            .filter(|place| !self.blind.put.contains(&table.asked[place].question))
            .collect()
    }

    /// Answers so and no more.
    fn hold(&mut self, set: &Answers) {
        let others: Vec<usize> = self.before.keys().copied().filter(|place| !set.contains_key(place)).collect();
        for place in others {
            self.forget(place);
        }
        for (place, n) in set {
            self.answer(*place, *n);
        }
    }

    fn answer(&mut self, place: usize, n: usize) {
        let asked = &self.blind.table.asked[&place];
        let before = self.now.answer(asked.slot, Some(&asked.answers[n]));
        self.before.entry(place).or_insert(before);
    }

    fn forget(&mut self, place: usize) {
        if let Some(before) = self.before.remove(&place) {
            self.now.answer(self.blind.table.asked[&place].slot, before);
        }
    }

    /// None where nothing is to be assessed.
    fn judge(&mut self) -> Option<(Light, Light)> {
        self.blind.judged.set(self.blind.judged.get() + 1);
        self.now.judge()
    }

    fn is_lost(&mut self) -> bool {
        let Some((best, _)) = self.judge() else { return false };
        Blind::is_lost(best, self.now.stale(), self.goal)
    }

    /// A refutation that goes with the answers, as small as it can be.
    fn refute(&mut self, set: &Answers) -> Option<Answers> {
        let mut refuted = set.clone();
        if !self.is_lost() && !self.worsen(&mut refuted) {
            return None;
        }
        let table = &self.blind.table;
        let rests_on_facts = |refuted: &Answers| refuted.keys().any(|place| table.asked[place].facts);
        if rests_on_facts(&refuted) && !self.edition_settled() {
            return None;
        }
        // Rather what a way could answer otherwise than what is given; the edition last.
        let mut order: Vec<usize> = refuted.keys().copied().collect();
        order.sort_by_key(|place| (Some(*place) == table.edition, !table.asked[place].part));
        for place in order {
            let n = refuted[&place];
            if Some(place) == table.edition && rests_on_facts(&refuted) {
                continue;
            }
            self.forget(place);
            if self.is_lost() {
                refuted.remove(&place);
            } else {
                self.answer(place, n);
            }
        }
        Some(refuted)
    }

    fn edition_settled(&self) -> bool {
        let table = &self.blind.table;
        let single = self.blind.vendor.is_none_or(|vendor| vendor.editions.len() < 2);
        single || table.edition.and_then(|place| self.stands(place)) == Some(Standing::Answered)
    }

    fn stands(&self, place: usize) -> Option<Standing> {
        self.now.standing(self.blind.table.asked[&place].slot)
    }

    /// Answers one open question after the other so that the goal stays out of reach, until no completion leads there.
    fn worsen(&mut self, refuted: &mut Answers) -> bool {
        let table = &self.blind.table;
        if let Some(place) = table.edition
            && self.stands(place) == Some(Standing::Open)
            && self.worsen_at(place, refuted)
        {
            return true;
        }
        let mut tried: BTreeSet<usize> = table.edition.into_iter().collect();
        let settled = self.edition_settled();
        while let Some(place) = self.next_open(&tried, settled) {
            tried.insert(place);
            if self.worsen_at(place, refuted) {
                return true;
            }
        }
        false
    }

    fn next_open(&self, tried: &BTreeSet<usize>, settled: bool) -> Option<usize> {
        let table = &self.blind.table;
        // A further question that nobody answers has no say: no answer to it is a completion.
        let open = |stop: &Stop| !stop.follow_up && matches!(stop.standing, Standing::Open | Standing::DontKnow);
        let mut places = self.now.stops().filter(open).map(|stop| table.places[&stop.slot]);
        let usable = |asked: &Asked| !asked.default && (settled || !asked.facts);
        places.find(|place| !tried.contains(place) && usable(&table.asked[place]))
    }

    /// Whether an answer to that question settles it.
    fn worsen_at(&mut self, place: usize, refuted: &mut Answers) -> bool {
        for n in self.picks(place).rev() {
            self.answer(place, n);
            if let Some((best, _)) = self.judge().filter(|(_, worst)| *worst > self.goal) {
                refuted.insert(place, n);
                return Blind::is_lost(best, self.now.stale(), self.goal);
            }
        }
        self.forget(place);
        false
    }
}
