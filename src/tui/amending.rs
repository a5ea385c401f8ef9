//! Changes to sessions that nobody has open: put away, given up, begun again, forgotten.

use super::desk::Desk;
use super::screens::Screen;
use crate::domain::Day;
use crate::session::Session;
use crate::session::store::{Claim, Holder, Told, claim, holder_of, remove_all};

impl Desk<'_> {
    /// Changes a session of the register and saves it at once.
    ///
    /// # Errors
    /// Why that was not possible, and what helps.
    pub fn amend(&mut self, name: &str, change: impl FnOnce(&mut Session)) -> Result<(), Told> {
        let path = self.store.place(name);
        if holder_of(&path).is_some() {
            return Err(self.in_use());
        }
        let load = self.store.load(&path.to_string_lossy());
        let mut saved = load.map_err(|fault| fault.told(&self.words))?;
        change(&mut saved.session);
        self.store.save(&mut saved).map(|_| ()).map_err(|fault| fault.told(&self.words))
    }

    /// A new session about the same team and tool. Every answer stands there as it was, to be confirmed.
    ///
    /// # Errors
    /// Why that was not possible, and what helps.
    pub fn duplicate(&mut self, name: &str) -> Result<Option<Screen>, Told> {
        let path = self.store.place(name);
        let old = self.store.load(&path.to_string_lossy()).map_err(|fault| fault.told(&self.words))?.session;
        let day: Day = self.day.unwrap_or(self.today);
        let mut saved = self.store.create(old.mode, old.vendor.clone(), day, self.milliseconds);
        saved.session.copy_of(&old);
        self.store.save(&mut saved).map_err(|fault| fault.told(&self.words))?;
        self.close_book();
        self.left.returns = true;
        Ok(self.resume(saved))
    }

    /// Notes that a session was looked at again and nothing has changed. False: it says nothing of intervals.
    ///
    /// # Errors
    /// Why that was not possible, and what helps.
    pub fn note_review(&mut self, name: &str) -> Result<bool, Told> {
        let (day, mut noted) = (self.today, false);
        let at = (self.clock.now)();
        self.amend(name, |session| {
            if let Some(review) = session.reviewed(day) {
                noted = true;
                session.plan_review(at, Some(review));
            }
        })?;
        Ok(noted)
    }

    /// Removes a session and all that belongs to it, and what the index says of it.
    ///
    /// # Errors
    /// Why that was not possible, and what helps.
    pub fn forget(&mut self, name: &str) -> Result<(), Told> {
        let path = self.store.place(name);
        let told = |fault: &crate::session::store::StoreError, desk: &Self| fault.told(&desk.words);
        let all = self.store.belongings(&path, &self.folders.temporary).map_err(|fault| told(&fault, self))?;
        if all.held.is_some() {
            return Err(self.in_use());
        }
        let lock = match claim(&path, &Holder::this(self.milliseconds)) {
            Claim::Held(_) => return Err(self.in_use()),
            Claim::Ours(lock) => Some(lock),
            Claim::Unknown => None,
        };
        let removed = remove_all(&all.places).and_then(|()| self.store.discard_index());
        drop(lock);
        removed.map_err(|fault| told(&fault, self))
    }

    fn in_use(&self) -> Told {
        Told { message: self.words.get("ui-read-only-held-unknown"), remedy: self.words.get("forget-held-remedy") }
    }
}
