//! From the employee to the officer: the session is given away, and comes as an interview.

use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::domain::answer::Mode;
use crate::session::Session;
use crate::session::store::Told;

impl Desk<'_> {
    /// Gives the session to the officer. With a place a copy is written there, over nothing that lies there; returns where
    /// it lies.
    ///
    /// # Errors
    /// What to tell the person: it could not be saved, or no copy written.
    pub fn hand_over(&mut self, by: &str, place: &str) -> Result<Option<PathBuf>, Told> {
        let (today, Some(sitting)) = (self.today, &mut self.sitting) else { return Ok(None) };
        let given = sitting.session().handed_over.as_ref();
        // A second try after a copy failed is no second hand-over.
        if given.is_none_or(|given| given.on != Some(today) || given.by != by) {
            sitting.stamped(|session, at| session.hand_over(at, today, by));
            self.save();
        }
        self.all_saved()?;
        let Some(sitting) = self.sitting.as_ref().filter(|_| !place.is_empty()) else { return Ok(None) };
        let mut copy = sitting.saved.clone();
        self.store.save_as(&mut copy, &self.meant(place)).map_err(|fault| fault.told(&self.words))?;
        Ok(Some(copy.path))
    }

    /// Goes on with a self-assessment as an interview. With `inside` a copy in the data directory is what is worked on;
    /// the file that came stays as it is.
    ///
    /// # Errors
    /// What to tell the person: there is such a session already, or it cannot be written.
    pub fn begin_interview(&mut self, by: &str, inside: bool) -> Result<(), Told> {
        self.all_saved()?;
        let Some(sitting) = &mut self.sitting else { return Ok(()) };
        if inside {
            self.store.take_in(&mut sitting.saved).map_err(|fault| fault.told(&self.words))?;
        }
        by.clone_into(&mut sitting.saved.session.subject.interviewer);
        sitting.stamped(Session::take_over);
        self.hold(true);
        self.save();
        Ok(())
    }

    /// Whether the open assessment lies somewhere else than in the data directory.
    #[must_use]
    pub fn is_from_elsewhere(&self) -> bool {
        self.sitting.as_ref().is_some_and(|sitting| !self.store.holds(&sitting.saved.path))
    }

    /// Whether a self-assessment came as a file of its own, given to the officer: nobody has said yet what becomes of it.
    #[must_use]
    pub fn has_arrived(&self) -> bool {
        let given = self.sitting.as_ref().is_some_and(|sitting| sitting.session().handed_over.is_some());
        given && self.mode() == Some(Mode::SelfAssessment) && self.read_only().is_none() && self.is_from_elsewhere()
    }

    fn all_saved(&mut self) -> Result<(), Told> {
        if self.settle() {
            return Ok(());
        }
        let unsaved = || Told { message: self.words.get("ui-unsaved-title"), remedy: String::new() };
        Err(self.fault().unwrap_or_else(unsaved))
    }

    /// The place that a person means; `~` stands for the home folder.
    pub(super) fn meant(&self, typed: &str) -> PathBuf {
        match (typed.strip_prefix('~').map(|rest| rest.trim_start_matches('/')), &self.folders.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => Path::new(typed).to_owned(),
        }
    }
}
