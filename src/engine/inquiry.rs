//! What a team said: the input of every computation.

use std::collections::BTreeMap;

use crate::domain::Day;
use crate::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use crate::domain::id::{InstrumentId, VariableId};

/// One answer, as far as rules can see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The value.
    pub value: Value,
    /// Whether evidence is attached.
    pub evidence: bool,
}

impl Given {
    /// An answer without evidence.
    #[must_use]
    pub const fn stated(value: Value) -> Self {
        Self { value, evidence: false }
    }
}

/// Everything that a verdict depends on beside the data.
#[derive(Clone, Debug)]
pub struct Inquiry {
    /// Which questions are asked.
    pub mode: Mode,
    /// The day for which law and facts are taken.
    pub day: Day,
    /// The day for which the answers were given: an answer about a certification speaks of the scheme of that day.
    pub answered: Day,
    /// Kind of the responsible body.
    pub organisation: Organisation,
    /// Country whose law beside the GDPR is cited.
    pub jurisdiction: Jurisdiction,
    /// The answers by question; `edition` is one of them.
    pub answers: BTreeMap<VariableId, Given>,
    /// Instruments to be treated as if they were not in force.
    pub without: Vec<InstrumentId>,
}

impl Inquiry {
    /// An inquiry without answers for a German company.
    #[must_use]
    pub fn new(mode: Mode, day: Day) -> Self {
        Self {
            mode,
            day,
            answered: day,
            organisation: Organisation::default(),
            jurisdiction: Jurisdiction::default(),
            answers: BTreeMap::new(),
            without: Vec::new(),
        }
    }
}
