//! Saving, as the screens see it: asked for at any time, carried out by the worker once the frame is drawn, and never
//! given up while something is not on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::desk::Desk;
use super::sitting::Sitting;
use super::worker::{Outcome, Worker};
use crate::sanitise::sanitise;
use crate::session::store::{Copy, StoreError, Told, Written};

/// Why the last save failed.
#[derive(Clone, Debug)]
pub struct Fault(Arc<StoreError>);

impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Fault {}

/// What the saved mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing has been written yet.
    NoFile,
    /// A save is under way.
    Saving,
    /// Everything is on disk.
    Saved,
    /// The last save failed.
    Failed(Fault),
}

/// How the saves of the open assessment go.
#[derive(Debug, Default)]
pub struct Saving {
    /// One is wanted once the frame is drawn.
    wanted: bool,
    /// The number of the last one that was asked for.
    asked: u64,
    /// The number of the last one whose outcome is known.
    heard: u64,
    worker: Option<Worker>,
}

impl Saving {
    /// For another assessment; what comes in late about the old one is not heard.
    pub const fn afresh(&self) -> Self {
        Self { wanted: false, asked: self.asked, heard: self.asked, worker: None }
    }
}

impl Desk<'_> {
    /// Asks for a save once the frame is drawn.
    pub fn save(&mut self) {
        if !self.may_change() {
            return;
        }
        if self.is_kept() {
            if let Some(sitting) = &mut self.sitting {
                sitting.changed();
            }
            // A failed save stays visible until one succeeds.
            if !matches!(self.mark, Mark::Failed(_)) {
                self.mark = Mark::Saving;
            }
            self.saving.wanted = true;
        }
    }

    /// Whether the open assessment belongs on the disk. Of purely private use nothing does; but where there is a file
    /// already, what it says must not be older than what was answered.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let written = |sitting: &Sitting<'_>| sitting.saved.is_written() || !matches!(self.mark, Mark::NoFile);
        self.sitting.as_ref().is_some_and(|sitting| !sitting.is_private() || written(sitting))
    }

    /// Hands what has to be saved to the worker; called once the frame is drawn.
    pub fn effects(&mut self, done: impl Fn(Outcome) + Send + 'static) {
        self.write_settings();
        if !std::mem::take(&mut self.saving.wanted) {
            return;
        }
        let kept = self.is_kept();
        let Some(sitting) = self.sitting.as_mut().filter(|_| kept) else { return };
        sitting.pin();
        let sitting = &*sitting;
        let start = || Worker::start(self.store.clone(), sitting.saved.clone(), done);
        let worker = self.saving.worker.get_or_insert_with(start);
        self.saving.asked += 1;
        worker.save(self.saving.asked, sitting.session());
    }

    /// What came of a save.
    pub fn saved(&mut self, outcome: Outcome) {
        if outcome.number <= self.saving.heard {
            return;
        }
        self.saving.heard = outcome.number;
        match outcome.result {
            Err(fault) => self.mark = Mark::Failed(Fault(fault)),
            Ok((written, path)) => {
                self.placed(written, &path);
                if outcome.number >= self.saving.asked && !self.saving.wanted {
                    self.mark = Mark::Saved;
                }
            }
        }
    }

    /// The assessment lies at a path now; what is unusual about it is said.
    pub(super) fn placed(&mut self, written: Written, path: &Path) {
        let shown = sanitise(&path.to_string_lossy()).into_owned();
        match written {
            Written::Plainly => {}
            Written::Displaced => self.notice = Some(self.words.get("ui-saved-displaced")),
            Written::Again => self.notice = Some(self.words.with("ui-saved-again", &[("path", &shown)])),
            Written::Beside => self.notice = Some(self.words.with("ui-saved-beside", &[("path", &shown)])),
        }
        if let Some(sitting) = &mut self.sitting {
            path.clone_into(&mut sitting.saved.path);
        }
        self.hold(false);
    }

    /// Waits until everything that was handed over is done.
    pub fn finish_saving(&mut self) {
        let Some(worker) = self.saving.worker.take() else { return };
        let Some((saved, outcome)) = worker.finish() else {
            // The thread has died: the file is as it was, and the next save starts another one.
            self.saving.wanted = true;
            return;
        };
        if let Some(outcome) = outcome {
            self.saved(outcome);
        }
        if let Some(sitting) = &mut self.sitting {
            let session = std::mem::replace(&mut sitting.saved, saved).session;
            sitting.saved.session = session;
        }
    }

    /// Saves what is not saved yet and waits for it. True: nothing would be lost now.
    pub fn settle(&mut self) -> bool {
        self.finish_saving();
        if !self.is_kept() {
            // There is nothing that should be on disk.
            return true;
        }
        if self.saving.wanted || matches!(self.mark, Mark::Failed(_)) {
            self.save();
            self.effects(|_| {});
            self.finish_saving();
        }
        !self.saving.wanted && !matches!(self.mark, Mark::Failed(_))
    }

    /// Why the last save failed, in words.
    #[must_use]
    pub fn fault(&self) -> Option<Told> {
        match &self.mark {
            Mark::Failed(Fault(fault)) => Some(fault.told(&self.words)),
            _ => None,
        }
    }

    /// The file of the assessment, if it is a copy beside the one that was opened.
    #[must_use]
    pub fn on_copy(&self) -> Option<(Copy, &Path)> {
        let path = &self.sitting.as_ref()?.saved.path;
        Copy::of(path).map(|copy| (copy, path.as_path()))
    }

    /// Saves where a person wants it, and goes on there. `~` stands for the home folder.
    ///
    /// # Errors
    /// What to tell the person.
    pub fn save_as(&mut self, typed: &str) -> Result<(), Told> {
        let place = self.meant(typed);
        self.elsewhere(|desk| {
            let Some(sitting) = &mut desk.sitting else { return Ok(()) };
            desk.store.save_as(&mut sitting.saved, &place)
        })
    }

    /// Saves as a copy beside the file, and goes on there.
    ///
    /// # Errors
    /// What to tell the person.
    pub fn save_beside(&mut self) -> Result<(), Told> {
        self.elsewhere(|desk| {
            let Some(sitting) = &mut desk.sitting else { return Ok(()) };
            desk.store.save_beside(&mut sitting.saved, Copy::Conflict).map(|_| ())
        })
    }

    fn elsewhere(&mut self, save: impl FnOnce(&mut Self) -> Result<(), StoreError>) -> Result<(), Told> {
        self.finish_saving();
        save(self).map_err(|fault| fault.told(&self.words))?;
        self.saving.wanted = false;
        self.mark = Mark::Saved;
        let path = self.sitting.as_ref().map(|sitting| sanitise(&sitting.saved.path.to_string_lossy()).into_owned());
        self.notice = path.map(|path| self.words.with("ui-saved-there", &[("path", &path)]));
        Ok(())
    }

    /// The last resort before the program ends: a copy wherever one can be written.
    ///
    /// # Errors
    /// What to tell the person: there is no such place.
    pub fn rescue(&mut self) -> Result<PathBuf, Told> {
        self.finish_saving();
        let temporary = self.folders.temporary.clone();
        let Some(sitting) = &mut self.sitting else { return Ok(PathBuf::new()) };
        self.store.rescue(&mut sitting.saved, &temporary).map_err(|fault| fault.told(&self.words))
    }
}
