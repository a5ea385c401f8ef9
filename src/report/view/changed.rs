//! Answered questions that have become others since: an answer means what its question said.

use super::Viewed;
use crate::domain::id::VariableId;
use crate::report::label::Labels;
use crate::sanitise::clip;
use crate::session::Session;
use crate::session::pinned::{Changed, Differences, Present};

/// Longest wording that is shown, in characters.
const LONGEST: usize = 300;

/// The answered questions of a session that read otherwise now, or are gone, and nobody has said that the answers still
/// hold.
#[must_use]
pub fn changed(labels: &Labels<'_>, session: &Session) -> Vec<Changed> {
    if session.questions.is_none() {
        return Vec::new();
    }
    let present = Present::of(labels.bank, labels.vendor);
    Differences::of(session, &present, |id| labels.question(id)).answered
}

impl Viewed<'_> {
    /// Each of them in words: its name, and what was read then. On the screen a question of its own asks about them, so
    /// nothing need be compared before a frame is drawn.
    pub(in crate::report) fn changed(&self) -> Vec<String> {
        let line = |one: Changed| {
            let name = self.name(&one.question);
            let then = one.before.as_deref().map(|before| clip(before, LONGEST));
            match then {
                Some(then) => self.words.with("ui-changed-question", &[("name", &name), ("then", &then)]),
                None => name,
            }
        };
        changed(&self.labels, self.session).into_iter().map(line).collect()
    }

    fn name(&self, id: &VariableId) -> String {
        clip(&self.labels.variable(id), LONGEST)
    }
}
