//! Parts of an answer in which there is room for what both sides say.

use std::collections::{BTreeMap, BTreeSet};

use super::lists;
use crate::session::model::{Answer, Evidence};

/// Puts what both sides say of a part into one, if there is room for both.
pub fn joined(part: &str, base: Option<&Answer>, [ours, theirs]: [&Answer; 2], out: &mut Answer) -> bool {
    let (one, other) = if (ours.on, &ours.note, &ours.by) <= (theirs.on, &theirs.note, &theirs.by) {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    match part {
        "evidence" => out.evidence = documents(base, ours, theirs),
        // The same was said by two, at two times, to two wordings.
        "by" => out.by = names(&one.by, &other.by),
        "on" => out.on = ours.on.max(theirs.on),
        "asked" => {
            let key =
                |answer: &Answer| answer.asked.as_ref().map(|asked| (asked.question.clone(), asked.wording.clone()));
            out.asked.clone_from(if key(ours) >= key(theirs) { &ours.asked } else { &theirs.asked });
        }
        "rest" => return rests(base, ours, theirs, out),
        _ => return false,
    }
    true
}

/// The documents of both.
fn documents(base: Option<&Answer>, ours: &Answer, theirs: &Answer) -> Vec<Evidence> {
    let base = base.map(|base| base.evidence.as_slice()).unwrap_or_default();
    lists::united(base, &ours.evidence, &theirs.evidence, |a, b| {
        (a.date, &a.title, &a.place, &a.rest.0).cmp(&(b.date, &b.title, &b.place, &b.rest.0))
    })
}

/// Those who said it. Who names all that the other one names does so in an order of their own.
fn names(one: &str, other: &str) -> String {
    let split =
        |by: &'_ str| by.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect::<BTreeSet<_>>();
    let (left, right) = (split(one), split(other));
    match (left.is_superset(&right), right.is_superset(&left)) {
        (true, true) => one.min(other).to_owned(),
        (true, false) => one.to_owned(),
        (false, true) => other.to_owned(),
        (false, false) => {
            let mut seen = BTreeSet::new();
            let all = one.split(", ").chain(other.split(", ")).filter(|name| !name.is_empty() && seen.insert(*name));
            all.collect::<Vec<&str>>().join(", ")
        }
    }
}

/// The unknown fields of both. False: one of them differs.
fn rests(base: Option<&Answer>, ours: &Answer, theirs: &Answer, out: &mut Answer) -> bool {
    let fields = |answer: &Answer| answer.rest.0.iter().cloned().collect::<BTreeMap<String, String>>();
    let (before, ours, theirs) = (base.map(fields), fields(ours), fields(theirs));
    let mut all = Vec::new();
    for name in ours.keys().chain(theirs.keys()).collect::<BTreeSet<&String>>() {
        let before = before.as_ref().map(|before| before.get(name));
        let raw = match (ours.get(name), theirs.get(name)) {
            (one, other) if one == other => one,
            (one, other) if before == Some(one) => other,
            (one, other) if before == Some(other) => one,
            (Some(_), Some(_)) => return false,
            (one, other) => one.or(other),
        };
        all.extend(raw.map(|raw| (name.clone(), raw.clone())));
    }
    out.rest.0 = all;
    true
}
