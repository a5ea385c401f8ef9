//! A record judged again, with what stands in it and nothing else.

use super::{Outcome, Record};
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Assessment, Fired, Model, assess};
use crate::knowledge::{Diagnostic, Knowledge};

/// How two outcomes differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The verdict; none: nothing to assess.
    Verdict(Option<Verdict>, Option<Verdict>),
    /// The lights that are still possible: best and worst, then and now.
    Lights((Light, Light), (Light, Light)),
    /// A finding that was not there.
    Appeared(FindingId, Level, Truth),
    /// A finding that is gone.
    Gone(FindingId, Level, Truth),
    /// A finding of another level.
    Level(FindingId, Level, Level),
    /// A finding that was certain and may fire only, or the other way round.
    Truth(FindingId, Truth, Truth),
}

/// How an outcome differs from an earlier one. Proofs may become shorter without the result becoming another one, so they
/// are not compared.
#[must_use]
pub fn differences(then: &Outcome, now: &Outcome) -> Vec<Difference> {
    let mut found = Vec::new();
    if then.verdict != now.verdict {
        found.push(Difference::Verdict(then.verdict, now.verdict));
    } else if (then.best, then.worst) != (now.best, now.worst) {
        found.push(Difference::Lights((then.best, then.worst), (now.best, now.worst)));
    }
    let of = |outcome: &'_ Outcome, id: &FindingId| outcome.findings.iter().find(|one| one.id == *id).cloned();
    for old in &then.findings {
        match of(now, &old.id) {
            None => found.push(Difference::Gone(old.id.clone(), old.level, old.truth)),
            Some(Fired { level, .. }) if level != old.level => {
                found.push(Difference::Level(old.id.clone(), old.level, level));
            }
            Some(Fired { truth, .. }) if truth != old.truth => {
                found.push(Difference::Truth(old.id.clone(), old.truth, truth));
            }
            Some(_) => {}
        }
    }
    let new = now.findings.iter().filter(|one| of(then, &one.id).is_none());
    found.extend(new.map(|one| Difference::Appeared(one.id.clone(), one.level, one.truth)));
    found
}

impl Record {
    /// The questions, rules, law and catalogue entry of the record.
    ///
    /// # Errors
    /// When they are none that the engine could work with: somebody has edited them.
    pub fn knowledge(&self) -> Result<Knowledge, Vec<Diagnostic>> {
        Knowledge::recorded(self.bank.clone(), self.vendor.clone())
    }

    /// What this program makes of the record's session with the record's knowledge.
    ///
    /// # Errors
    /// When the knowledge in the record is none that the engine could work with.
    pub fn replay(&self) -> Result<Assessment, Vec<Diagnostic>> {
        let knowledge = self.knowledge()?;
        let model = Model::compile(knowledge.bank(), knowledge.vendor(&self.session.vendor));
        Ok(assess(&model, &self.session.inquiry(Some(self.head.day), self.head.answered)))
    }
}
