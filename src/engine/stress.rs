//! The verdict with some law switched off: what if the adequacy decision falls?

use super::inquiry::Inquiry;
use super::model::Model;
use super::picture::{Basis, Coloured, Picture, picture};
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, InstrumentId};

/// A finding that colours differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub id: FindingId,
    /// Level and truth with the law; none: it did not colour.
    pub before: Option<(Level, Truth)>,
    /// Level and truth without it.
    pub after: Option<(Level, Truth)>,
}

/// A verdict with and without some law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stressed {
    /// With it.
    pub before: Picture,
    /// Without it.
    pub after: Picture,
    /// The findings that colour differently, in bank order.
    pub changed: Vec<Changed>,
}

impl Stressed {
    /// What the transfer rests on, with and without the law.
    #[must_use]
    pub const fn transfer(&self) -> (&Basis, &Basis) {
        (&self.before.basis, &self.after.basis)
    }

    /// Whether anything is different without the law.
    #[must_use]
    pub fn matters(&self) -> bool {
        self.before != self.after
    }
}

/// The verdict as it is, and as it would be if the instruments were not in force. None where nothing is to be assessed.
#[must_use]
pub fn stress(model: &Model, inquiry: &Inquiry, without: &[InstrumentId]) -> Option<Stressed> {
    let before = picture(model, inquiry)?;
    let mut gone = inquiry.clone();
    gone.without.extend(without.iter().filter(|id| !inquiry.without.contains(id)).cloned());
    let after = picture(model, &gone)?;
    let changed = changed(model, &before, &after);
    Some(Stressed { before, after, changed })
}

/// The instruments on which the transfer of an inquiry rests: those worth switching off.
#[must_use]
pub fn carriers(model: &Model, inquiry: &Inquiry) -> Vec<InstrumentId> {
    picture(model, inquiry).map(|picture| picture.basis.instruments).unwrap_or_default()
}

fn changed(model: &Model, before: &Picture, after: &Picture) -> Vec<Changed> {
    let of = |picture: &Picture, id: &FindingId| {
        let found = picture.findings.iter().find(|found| found.id == *id);
        found.map(|Coloured { level, truth, .. }| (*level, *truth))
    };
    model
        .rules
        .iter()
        .map(|rule| Changed { id: rule.id.clone(), before: of(before, &rule.id), after: of(after, &rule.id) })
        .filter(|one| one.before != one.after)
        .collect()
}
