//! Whether the questions of the open session are still the present ones, and what follows if they are not.

use super::app::App;
use super::desk::Desk;
use super::screens::{Newer, Screen};
use crate::session::store::ReadOnly;

impl Desk<'_> {
    /// Looks whether the questions are those that were answered, if nobody has looked yet. True: there is something to
    /// tell. Nothing of an assessment may be changed before.
    pub fn look_at_questions(&mut self) -> bool {
        let Some(sitting) = self.sitting.as_mut().filter(|sitting| !sitting.has_looked()) else { return false };
        let differences = sitting.differences();
        let (differs, asks) = (differences.any, !differences.answered.is_empty());
        if asks {
            sitting.saved.read_only.get_or_insert(ReadOnly::OtherQuestions);
            sitting.refused = true;
        } else if differs {
            self.notice = Some(self.words.get("ui-newer-other"));
        }
        differs
    }

    /// Whether answered questions have become others and nobody has said that the answers still hold.
    #[must_use]
    pub fn answers_differ(&self) -> bool {
        let read_only = self.sitting.as_ref().and_then(|sitting| sitting.saved.read_only.as_ref());
        read_only == Some(&ReadOnly::OtherQuestions)
    }

    /// The session may only be looked at.
    pub fn is_read_only(&mut self) -> bool {
        self.look_at_questions();
        self.sitting.as_ref().is_some_and(|sitting| sitting.saved.read_only.is_some())
    }

    /// Whether the session may be changed; if not, that is said.
    pub fn writable(&mut self) -> bool {
        if !self.is_read_only() {
            return self.sitting.is_some();
        }
        self.refuse_change();
        false
    }

    /// Says that nothing was changed.
    pub(super) fn refuse_change(&mut self) {
        if let Some(sitting) = &mut self.sitting {
            sitting.refused = true;
        }
        self.notice = Some(self.words.get("ui-read-only-refused"));
    }

    /// Goes on with the present questions: the answers still hold.
    pub fn go_on_with_newer(&mut self) {
        let Some(sitting) = &mut self.sitting else { return };
        sitting.go_on_with_newer();
        if sitting.saved.read_only == Some(ReadOnly::OtherQuestions) {
            sitting.saved.read_only = None;
        }
        sitting.refused = false;
        self.notice = Some(self.words.get("ui-newer-done"));
        self.save();
    }
}

impl App<'_> {
    /// What need not be done before the first frame of an assessment: looks whether its questions are still the present
    /// ones. True: there is something to show.
    pub fn after_frame(&mut self) -> bool {
        if !self.desk.look_at_questions() {
            return false;
        }
        self.ask_about_questions();
        true
    }

    /// Whoever wants to change what may only be looked at, because the questions have changed, is told what has.
    pub(super) fn ask_about_questions(&mut self) {
        let refused = self.desk.sitting.as_mut().is_some_and(|sitting| std::mem::take(&mut sitting.refused));
        let refused = refused && self.desk.answers_differ();
        if refused && !matches!(self.top(), Some(Screen::Newer(_))) {
            self.screens.push(Screen::Newer(Newer::default()));
        }
    }
}
