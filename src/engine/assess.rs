//! The verdict.

use super::inquiry::Inquiry;
use super::model::Model;
use super::outcome::Assessment;
use crate::domain::verdict::{Light, Verdict};

/// The verdict with its proofs.
#[must_use]
pub fn assess(_model: &Model, _inquiry: &Inquiry) -> Assessment {
    Assessment {
        verdict: Verdict::Open,
        best: Light::Green,
        worst: Light::Red,
        findings: Vec::new(),
        left_to_dpo: Vec::new(),
        asked: Vec::new(),
        unanswered: Vec::new(),
        deciding: Vec::new(),
        not_checked: Vec::new(),
        out_of_scope: false,
    }
}

/// Best and worst light still possible, without proofs; none where nothing is to be assessed.
#[must_use]
pub fn judge(_model: &Model, _inquiry: &Inquiry) -> Option<(Light, Light)> {
    None
}
