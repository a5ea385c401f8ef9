//! What the engine says about ways to clearance, compared with what blind search finds.

#[path = "blind.rs"]
mod blind;

use std::collections::{BTreeMap, BTreeSet};

use freigabe::domain::answer::Value;
use freigabe::domain::finding::Level;
use freigabe::domain::id::ChoiceId;
use freigabe::domain::verdict::Light;
use freigabe::engine::whatif::{Ways, Why};
use freigabe::engine::{Given, Inquiry, Model, assess, judge, whatif};

use crate::common::{id, knowledge};
use blind::{Blind, Move, Path};

/// No set with more changes is tried.
pub const MOST: usize = 4;

/// So many sets of answers are tried one after the other to see that the search by contradiction misses none.
const PLAIN: usize = 32;

/// Findings that look at the age of what decided.
const AGES: [&str; 2] = ["fact-stale", "adequacy-volatile"];

/// What a run met.
#[derive(Default, Debug)]
pub struct Tally {
    pub sessions: usize,
    pub clear: usize,
    pub by_changes: BTreeMap<usize, usize>,
    pub more_changes: usize,
    pub to_yellow: usize,
    pub blocked: usize,
    pub conflicts: usize,
    pub with_then: usize,
    pub several: usize,
    pub alternatives: usize,
    pub judged: usize,
    /// How often the search by contradiction was compared with trying everything, and how often that was too much.
    pub plainly: usize,
    pub too_many: usize,
    pub most_listed: usize,
    /// How often which finding stays, and why.
    pub stays: BTreeMap<String, usize>,
}

/// Compares what the engine says about an inquiry with what trying finds.
pub fn compare(model: &Model, name: &str, inquiry: &Inquiry, tally: &mut Tally) {
    let vendor = knowledge().vendor(&name.try_into().unwrap());
    let got = whatif(model, knowledge().bank(), vendor, inquiry);
    tally.sessions += 1;
    let Some((_, worst)) = judge(model, inquiry) else {
        assert_eq!(got, Ways::default());
        return;
    };
    let context = format!("{name} {inquiry:?}\n{got:#?}");
    assert_eq!(got.from, Some(worst), "{context}");
    if worst == Light::Green {
        tally.clear += 1;
        assert_eq!(got, Ways { from: Some(worst), ..Ways::default() });
        return;
    }
    let blind = Blind::new(model, name, inquiry, true);
    let mut reached = None;
    for (goal, line) in [(Light::Green, Level::Yellow), (Light::Yellow, Level::Red)] {
        if goal >= worst || reached.is_some() {
            continue;
        }
        let expected = blind.ways(goal, MOST);
        if got.paths.first().is_some_and(|way| way.to == goal) {
            reached = Some(goal);
            if let Some((size, ways)) = expected {
                same(&blind, &got, (goal, line), size, ways, tally);
            } else {
                tally.more_changes += 1;
                assert!(got.paths[0].changes.len() > MOST, "{context}");
            }
            goes_there(&blind, &got, (goal, line), tally, &context);
        } else {
            assert!(expected.is_none(), "{goal:?} by {expected:?}, {context}");
            assert!(got.blocked_by.iter().any(|blocked| blocked.level >= line), "{context}");
        }
    }
    stays(&blind, &got, tally, &context);
    tally.to_yellow += usize::from(reached == Some(Light::Yellow));
    tally.blocked += usize::from(reached.is_none());
    tally.judged += blind.judged.get();
    others(model, name, inquiry, &got, tally, &context);
}

/// The same ways in the same order.
fn same(
    blind: &Blind<'_>,
    got: &Ways,
    (goal, line): (Light, Level),
    size: usize,
    mut ways: Vec<Path<'_>>,
    tally: &mut Tally,
) {
    let firing = blind.firing(blind.inquiry, line);
    let effort = |changes: &[&Move]| -> u32 { changes.iter().map(|one| blind.effort(one, &firing)).sum() };
    ways.sort_by_key(|(changes, then)| {
        let places: Vec<(usize, usize)> = changes.iter().map(|one| (one.0, one.1)).collect();
        (then.len(), effort(changes), places)
    });
    let context = format!("{} {:?}\n{got:#?}\n{ways:#?}", blind.name, blind.inquiry);
    assert_eq!(got.paths.len() + got.more, ways.len(), "{context}");
    assert_eq!(got.paths.len(), ways.len().min(16), "{context}");
    for (way, (changes, then)) in got.paths.iter().zip(&ways) {
        let pairs = |moves: &[&Move]| moves.iter().map(|one| (one.2.clone(), one.3.clone())).collect::<Vec<_>>();
        let own: Vec<_> = way.changes.iter().map(|one| (one.variable.clone(), one.to.clone())).collect();
        assert_eq!(own, pairs(changes), "{context}");
        let own: Vec<_> = way.then.iter().map(|one| (one.variable.clone(), one.to.clone())).collect();
        assert_eq!(own, pairs(&then.iter().collect::<Vec<_>>()), "{context}");
        assert_eq!(way.effort(), effort(changes), "{context}");
        assert_eq!(way.to, goal);
        tally.with_then += usize::from(!then.is_empty());
    }
    *tally.by_changes.entry(size).or_default() += 1;
    tally.several += usize::from(ways.len() > 1);
    tally.most_listed = tally.most_listed.max(ways.len());
}

/// Every way leads where it says, none of its changes can be missed, and each is needed by the findings it names.
fn goes_there(blind: &Blind<'_>, got: &Ways, (goal, line): (Light, Level), tally: &mut Tally, context: &str) {
    let ageless =
        |ids: BTreeSet<String>| ids.into_iter().filter(|id| !AGES.contains(&id.as_str())).collect::<BTreeSet<_>>();
    for way in &got.paths {
        assert_eq!(judge(blind.model, &way.applied(blind.inquiry)).unwrap().1, goal, "{context}");
        let changes: Vec<&Move> = way
            .changes
            .iter()
            .map(|one| &blind.levers.iter().find(|(own, _)| own.2 == one.variable && own.3 == one.to).unwrap().0)
            .collect();
        assert!(found(blind, &changes, goal, tally).is_some(), "{context}");
        for (n, change) in way.changes.iter().enumerate() {
            let mut others = changes.clone();
            others.remove(n);
            assert!(found(blind, &others, goal, tally).is_none(), "`{}` is superfluous, {context}", change.variable);
            let mut less = way.clone();
            less.changes.remove(n);
            // Nothing is answered that the change was to bring up.
            let opened = blind.opened(&blind.after(&others, &[]));
            less.then.retain(|then| opened.contains(&then.variable));
            let needed = ageless(blind.firing(&less.applied(blind.inquiry), line));
            let named = ageless(change.findings.iter().map(ToString::to_string).collect());
            assert_eq!(named, needed, "`{}`, {context}", change.variable);
            assert!(!change.findings.is_empty(), "{context}");
        }
    }
}

/// The answers that some changes rest on: found by contradiction, and where there are few, by trying all of them.
fn found(blind: &Blind<'_>, changes: &[&Move], goal: Light, tally: &mut Tally) -> Option<Vec<Move>> {
    let found = blind.way(changes, goal);
    let plain = blind.plainly(changes, goal, PLAIN);
    tally.plainly += usize::from(plain.is_ok());
    tally.too_many += usize::from(plain.is_err());
    if let Ok(plain) = plain {
        assert_eq!(found, plain, "{} {:?} after {changes:?}", blind.name, blind.inquiry);
    }
    found
}

/// What is said to stay by itself does stay, after any one change.
fn stays(blind: &Blind<'_>, got: &Ways, tally: &mut Tally, context: &str) {
    let alone: Vec<_> = got
        .blocked_by
        .iter()
        .filter(|blocked| blocked.why != Why::Conflict && !AGES.contains(&blocked.id.as_str()))
        .collect();
    for blocked in &got.blocked_by {
        *tally.stays.entry(format!("{} {:?} {}", blocked.id, blocked.level, blocked.why.id())).or_default() += 1;
    }
    tally.conflicts += usize::from(got.blocked_by.iter().any(|blocked| blocked.why == Why::Conflict));
    if alone.is_empty() {
        return;
    }
    for size in 0..=1 {
        blind.each(size, 0, &mut Vec::new(), &mut |changes| {
            let findings = assess(blind.model, &blind.after(changes, &[])).findings;
            for blocked in &alone {
                let there = findings.iter().any(|found| found.id == blocked.id && found.level >= blocked.level);
                assert!(there, "`{}` goes after {changes:?}, {context}", blocked.id);
            }
        });
    }
}

/// The other editions, one by one.
fn others(model: &Model, name: &str, inquiry: &Inquiry, got: &Ways, tally: &mut Tally, context: &str) {
    let Some(vendor) = knowledge().vendor(&name.try_into().unwrap()) else {
        assert!(got.alternatives.is_empty());
        return;
    };
    let here = judge(model, inquiry).unwrap();
    let own = got.paths.first().map_or((here.1, 0), |way| (way.to, way.changes.len()));
    for edition in &vendor.editions {
        let mut other = inquiry.clone();
        let value = Value::Choice(ChoiceId::try_from(edition.id.as_str()).unwrap());
        let current = inquiry.answers.get("edition").is_some_and(|given| given.value == value);
        if vendor.editions.len() < 2 || current {
            continue;
        }
        other.answers.insert(id("edition"), Given::stated(value));
        let there = judge(model, &other).unwrap();
        let better = there.0 <= here.0 && there.1 <= here.1 && there != here;
        let said = got.alternatives.iter().find(|one| one.edition == edition.id);
        if let Some(said) = said {
            tally.alternatives += 1;
            assert_eq!((said.best, said.worst), there, "{context}");
            assert!(better || (said.to, said.changes) < own, "{context}");
        }
        assert!(said.is_some() || !better, "{} is missing, {context}", edition.id);
        // As many changes as are cheap to try.
        let near = Blind::new(model, name, &other, false).distance(2);
        match said {
            Some(said) if said.changes <= 2 => assert_eq!((said.to, said.changes), near, "{context}"),
            Some(said) => assert!(near.0 > said.to || near == (there.1, 0), "{near:?}, {context}"),
            None => assert!(near >= own || near == (there.1, 0), "{} {near:?}, {context}", edition.id),
        }
    }
}
