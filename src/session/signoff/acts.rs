//! The acts themselves. Each is told in the history of the session.

use super::{Act, Decision, Heard, Opinion, Review, Revocation, Seal, content};
use crate::session::history::Stamp;
use crate::session::model::Session;

impl Session {
    /// Sets who else was heard. False: everything is as it was.
    pub fn hear(&mut self, at: Stamp, heard: Vec<Heard>) -> bool {
        if self.heard == heard {
            return false;
        }
        self.heard = heard;
        self.tell_act(at, Act::Heard, "", "");
        true
    }

    /// The officer gives an opinion; none: it is withdrawn. False: everything is as it was.
    pub fn advise(&mut self, at: Stamp, opinion: Option<Opinion>) -> bool {
        if self.opinion == opinion {
            return false;
        }
        let by = opinion.as_ref().or(self.opinion.as_ref()).map(|one| one.by.clone()).unwrap_or_default();
        self.opinion = opinion;
        self.tell_act(at, Act::Opinion, &by, "");
        true
    }

    /// The controller decides; none: there is no decision any more. A new decision ends a revocation. False: everything
    /// is as it was.
    pub fn decide(&mut self, at: Stamp, decision: Option<Decision>) -> bool {
        if self.decision == decision {
            return false;
        }
        let told = decision.as_ref().or(self.decision.as_ref()).cloned().unwrap_or_default();
        (self.decision, self.revocation) = (decision, None);
        self.tell_act(at, Act::Decision, &told.by, &told.reason);
        true
    }

    /// The controller takes the decision back.
    pub fn revoke(&mut self, at: Stamp, revocation: Revocation) {
        self.tell_act(at, Act::Revocation, &revocation.by, &revocation.reason);
        self.revocation = Some(revocation);
    }

    /// Sets when it is looked at again. False: everything is as it was.
    pub fn plan_review(&mut self, at: Stamp, review: Option<Review>) -> bool {
        if self.review == review {
            return false;
        }
        self.review = review;
        self.tell_act(at, Act::Review, "", "");
        true
    }

    /// The revision that the next seal bears.
    #[must_use]
    pub fn next_revision(&self) -> u32 {
        self.seal().map_or(0, |seal| seal.revision).saturating_add(1)
    }

    /// The seal that counts, if it covers the session as it stands now.
    #[must_use]
    pub fn intact_seal(&self) -> Option<&Seal> {
        self.seal().filter(|seal| seal.content == content(self))
    }

    /// Adds a seal; older ones stay.
    pub fn add_seal(&mut self, at: Stamp, seal: Seal) {
        self.tell_act(at, Act::Seal, &seal.by, &seal.revision.to_string());
        self.seals.push(seal);
    }
}
