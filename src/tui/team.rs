//! Several tools for one team in one sitting: what the team said about itself is taken along, each tool has a session of
//! its own, and one key leads from one to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::desk::Desk;
use super::saving::Mark;
use super::screens::Screen;
use crate::domain::id::{VariableId, VendorId};
use crate::domain::question::About;
use crate::engine::Inquiry;
use crate::session::Session;
use crate::session::store::Told;

impl Desk<'_> {
    /// Begins the session of another tool for the same team, and returns its first screen. What is open has to be saved.
    pub fn begin_beside(&mut self, vendor: &VendorId) -> Option<Screen> {
        let first = self.sitting.as_ref()?;
        let (session, path) = (first.session().clone(), first.saved.path.clone());
        let day = session.as_of.unwrap_or(self.today);
        let mut saved = self.store.create(session.mode, vendor.clone(), day, self.milliseconds);
        saved.session.subject = session.subject.clone();
        // What was seen, and what the case is called, belongs to the other tool.
        saved.session.subject.title.clear();
        saved.session.subject.documents.clear();
        saved.session.created = Some(self.today);
        self.join(path);
        self.join(saved.path.clone());
        self.open(saved);
        self.mark = Mark::NoFile;
        let taken = self.adopt(&session);
        self.notice = Some(self.words.with("ui-another-tool-taken", &[("n", &taken.to_string())]));
        self.save();
        self.go_on()
    }

    /// Takes over what the team said about itself. Returns how many answers that were.
    fn adopt(&mut self, other: &Session) -> usize {
        let bank = self.knowledge.bank();
        let about_team = bank.questions().filter(|(_, question)| question.about == About::Team);
        let ids: Vec<VariableId> = about_team.map(|(_, question)| question.id.clone()).collect();
        let Some(sitting) = &mut self.sitting else { return 0 };
        // The edition is the tool's own, whatever it is called.
        let ids = ids.iter().filter(|id| **id != *"edition");
        ids.filter(|id| sitting.stamped(|session, at| session.adopt(at, id, other))).count()
    }

    /// Opens the next session of the team; none: there is no other one. What is open has to be saved.
    pub fn next_tool(&mut self) -> Option<Result<Option<Screen>, Told>> {
        self.find_team();
        let present = &self.sitting.as_ref()?.saved.path;
        let at = self.team.iter().position(|path| path == present)?;
        let next = self.team.get((at + 1) % self.team.len()).filter(|next| *next != present)?.clone();
        let opened = self.store.open(&next.to_string_lossy());
        Some(match opened {
            Ok(saved) if self.lacks(&saved.session.vendor) => Err(self.lacking(&saved.session.vendor)),
            Ok(saved) => Ok(self.resume(saved)),
            Err(fault) => Err(fault.told(&self.words)),
        })
    }

    /// What the team has said about each tool of this sitting; nothing where there is but one.
    pub(super) fn asked_about(&self) -> BTreeMap<VendorId, Inquiry> {
        let Some(sitting) = self.sitting.as_ref().filter(|sitting| self.team.contains(&sitting.saved.path)) else {
            return BTreeMap::new();
        };
        let others = self.team.iter().filter(|path| **path != sitting.saved.path);
        let others = others.filter_map(|path| self.store.load(&path.to_string_lossy()).ok());
        let inquiry = |session: &Session| (session.vendor.clone(), session.inquiry(self.day, self.today));
        let mut asked: BTreeMap<_, _> = others.map(|saved| inquiry(&saved.session)).collect();
        asked.extend(std::iter::once(sitting.session()).filter(|_| self.team.len() > 1).map(inquiry));
        asked
    }

    fn join(&mut self, path: PathBuf) {
        if !self.team.contains(&path) {
            self.team.push(path);
        }
    }

    /// A session that took answers from another one says so in its history, so the team is found again later: from either
    /// of the two, and through each of them those that belong to it.
    fn find_team(&mut self) {
        let Some(sitting) = &self.sitting else { return };
        let present = sitting.saved.path.clone();
        if self.team.contains(&present) {
            return;
        }
        let from = sitting.session().history.entries().map(|(_, entry)| entry.from.clone());
        let from = from.filter(|id| !id.is_empty()).collect();
        let ids = self.store.taken_from(sitting.session().id.as_str(), from);
        let paths = ids.iter().filter_map(|id| self.store.find(id).ok());
        // In the order of their making, so that the key goes round the same way from each of them.
        let paths: BTreeSet<PathBuf> = std::iter::once(present).chain(paths).collect();
        self.team = paths.into_iter().collect();
    }
}
