//! What only an interview has: the officer's remarks and confirmations, follow-ups, and the screen that others look at.

use super::desk::Desk;
use super::keymap::Action;
use crate::domain::answer::Mode;
use crate::domain::id::VariableId;
use crate::session::{Answer, Session};

impl Desk<'_> {
    /// The mode of the open assessment.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        self.sitting.as_ref().map(|sitting| sitting.session().mode)
    }

    /// Shows the screen to others, or to oneself alone again.
    pub fn switch_presenting(&mut self) {
        self.presenting = !self.presenting;
        let id = if self.presenting { "ui-presenting-on" } else { "ui-presenting-off" };
        self.notice = Some(self.words.get(id));
    }

    /// Whether the officer's remarks may be looked at now; if not, why is said.
    pub fn keeps_remarks(&mut self) -> bool {
        let refused = if self.presenting {
            "ui-remark-presenting"
        } else if self.mode() == Some(Mode::SelfAssessment) {
            "ui-remark-interview-only"
        } else {
            return self.sitting.is_some();
        };
        self.notice = Some(self.words.get(refused));
        false
    }

    /// The officer confirms what somebody said alone.
    pub fn attest(&mut self, id: &VariableId) {
        if !self.waits_for_officer(id) {
            self.notice = Some(self.words.get("ui-attest-nothing"));
            return;
        }
        if !self.writable() {
            return;
        }
        let (today, Some(sitting)) = (self.today, &mut self.sitting) else { return };
        sitting.stamped(|session, at| session.confirm(at, today, id));
        self.notice = Some(self.words.get("ui-attested"));
        self.save();
    }

    /// Whether an answer was given alone and the officer has not looked at it yet.
    #[must_use]
    pub fn waits_for_officer(&self, id: &VariableId) -> bool {
        let session = self.sitting.as_ref().map(super::sitting::Sitting::session);
        let waits = |session: &Session| session.answers.get(id).is_some_and(Answer::is_only_said);
        self.mode() == Some(Mode::Interview) && session.is_some_and(waits)
    }

    /// Whether the footer offers an action of an interview now, at a question or without one; other actions it does.
    #[must_use]
    pub fn offers_of_interview(&self, action: Action, at: Option<&VariableId>) -> bool {
        let follow_up = |session: &Session| session.answers.values().any(|answer| answer.follow_up.is_some());
        match action {
            Action::Remark => self.mode() == Some(Mode::Interview) && !self.presenting,
            Action::Attest => at.is_some_and(|id| self.waits_for_officer(id)),
            Action::FollowUps => self.sitting.as_ref().is_some_and(|sitting| follow_up(sitting.session())),
            Action::HandOver | Action::TakeOver => self.mode() == Some(Mode::SelfAssessment),
            Action::AnotherTool => self.mode() == Some(Mode::Interview),
            Action::NextTool => self.team.len() > 1,
            _ => true,
        }
    }
}
