//! What a seal covers, as one hash.
//!
//! Covered is everything that was said, advised and decided. Not covered is what happens to a clearance afterwards: how far
//! its conditions are met, that it is revoked, that it was reviewed, that the session is put away; nor the seals themselves,
//! the history, which only grows, which questions the program asks today, and the officer's own remarks.
//!
//! The hash is taken over the text of the session with the fields of each record in order of their names. It has to come
//! out the same in later versions, so a field that is added is written only where it holds something, and in a record that
//! stands on one line it comes last.

use sha2::{Digest, Sha256};

use crate::session::condition::Condition;
use crate::session::file;
use crate::session::history::History;
use crate::session::model::Session;

/// The hash of what a seal covers, in hexadecimal digits.
pub type Content = String;

/// The part of a session that a seal covers. [`file::write_sealed`] writes the same without a copy of the session.
#[must_use]
pub fn of_content(session: &Session) -> Session {
    let mut sealed = session.clone();
    sealed.seals.clear();
    sealed.history = History::default();
    sealed.revocation = None;
    sealed.questions = None;
    (sealed.archived, sealed.retired) = (None, None);
    sealed.answers.values_mut().for_each(|answer| answer.remark.clear());
    if let Some(review) = &mut sealed.review {
        review.due = None;
    }
    for condition in sealed.conditions.values_mut() {
        let open = Condition::default();
        (condition.state, condition.reason, condition.by) = (open.state, open.reason, open.by);
        (condition.on, condition.until) = (open.on, open.until);
    }
    sealed
}

/// SHA-256 of what a seal over this session covers.
#[must_use]
pub fn content(session: &Session) -> Content {
    hash_of(file::write_sealed(session).as_bytes())
}

/// SHA-256 in hexadecimal digits.
pub(in crate::session) fn hash_of(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 });
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
