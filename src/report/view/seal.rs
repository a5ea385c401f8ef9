//! What a seal says on the day of looking.

use super::Viewed;
use crate::session::signoff::content;
use crate::session::state::{Stage, stage, voided};

impl Viewed<'_> {
    /// Revision, day, and whether it holds; none: it was never sealed.
    pub(in crate::report) fn seal_line(&self) -> Option<(String, bool)> {
        let seal = self.session.seal()?;
        let content = content(self.session);
        let revision = seal.revision.to_string();
        let day = seal.on.map(|day| self.words.day(day)).unwrap_or_default();
        let there = self.words.with("ui-seal-there", &[("revision", &revision), ("day", &day)]);
        let stands = match (voided(self.session, &content, self.day()), stage(self.session, &content, self.day())) {
            (Some(void), _) => Some(self.words.get(&format!("ui-void-{}", void.id()))),
            (None, Stage::NotYetEffective) => Some(self.words.get("ui-review-not-effective")),
            (None, _) => None,
        };
        let well = stands.is_none();
        Some((std::iter::once(there).chain(stands).collect::<Vec<_>>().join(" · "), well))
    }
}
