//! How a self-assessment comes to the officer, and what the officer says to its answers.

use super::model::Rest;
use crate::domain::Day;

/// Who checked alone has given the session to the officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// When.
    pub on: Option<Day>,
    /// Who (a function, not a name).
    pub by: String,
    /// Unknown fields.
    pub rest: Rest,
}

/// The officer has confirmed an answer that somebody else gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// When.
    pub on: Option<Day>,
    /// Who confirmed it.
    pub by: String,
    /// Unknown fields.
    pub rest: Rest,
}
