//! What was changed in a session since it was sealed.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{FindingId, VariableId};
use crate::session::condition::ConditionId;
use crate::session::model::Session;
use crate::session::signoff::of_content;

/// A part of a session that a seal covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The header: controller, team, purpose and so on.
    Subject,
    /// The tool.
    Vendor,
    /// The day of law and facts.
    Day,
    /// The answer to a question, or what hangs on it.
    Answer(VariableId),
    /// A condition.
    Condition(ConditionId),
    /// A departure of the officer from the program.
    Departure(FindingId),
    /// Who else was heard.
    Heard,
    /// The opinion.
    Opinion,
    /// The decision.
    Decision,
    /// The review.
    Review,
    /// Something else, such as a field that this version does not know.
    Other,
}

/// What differs between a session as it was sealed and as it stands now.
#[must_use]
pub fn edits(sealed: &Session, now: &Session) -> Vec<Place> {
    let (sealed, now) = (of_content(sealed), of_content(now));
    let whole = [
        (sealed.subject != now.subject, Place::Subject),
        (sealed.vendor != now.vendor, Place::Vendor),
        (sealed.as_of != now.as_of, Place::Day),
    ];
    let signed = [
        (sealed.heard != now.heard, Place::Heard),
        (sealed.opinion != now.opinion, Place::Opinion),
        (sealed.decision != now.decision, Place::Decision),
        (sealed.review != now.review, Place::Review),
    ];
    let differing = |all: [(bool, Place); 4]| all.into_iter().filter(|(differs, _)| *differs).map(|(_, place)| place);
    let mut found: Vec<Place> = whole.into_iter().filter(|(differs, _)| *differs).map(|(_, place)| place).collect();
    found.extend(changed(&sealed.answers, &now.answers).map(Place::Answer));
    found.extend(changed(&sealed.conditions, &now.conditions).map(Place::Condition));
    found.extend(changed(&sealed.departures, &now.departures).map(Place::Departure));
    found.extend(differing(signed));
    if found.is_empty() && sealed != now {
        found.push(Place::Other);
    }
    found
}

/// What became of the conditions since: those of which state, name, day or reason is another one. That voids no seal.
#[must_use]
pub fn progress(sealed: &Session, now: &Session) -> Vec<ConditionId> {
    changed(&sealed.conditions, &now.conditions).filter(|id| now.conditions.contains_key(id)).collect()
}

fn changed<'m, K: Ord + Clone, V: PartialEq>(
    one: &'m BTreeMap<K, V>,
    other: &'m BTreeMap<K, V>,
) -> impl Iterator<Item = K> + 'm {
    let keys: BTreeSet<&K> = one.keys().chain(other.keys()).collect();
    keys.into_iter().filter(|key| one.get(key) != other.get(key)).cloned()
}
