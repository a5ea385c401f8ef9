//! A follow-up in words: who finds out until when, what was asked, what came back.

use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::FollowUp;

/// `IT · bis 01.12.2026 · gefragt: … · Antwort: … · erledigt am 02.12.2026`
#[must_use]
pub fn follow_up(words: &Words, one: &FollowUp) -> String {
    let said = |id: &str, text: &str| (!text.is_empty()).then(|| words.with(id, &[("text", &sanitise(text))]));
    let parts = [
        (!one.owner.is_empty()).then(|| sanitise(&one.owner).into_owned()),
        one.due.map(|day| words.with("ui-until", &[("day", &words.day(day))])),
        said("ui-follow-up-asked", &one.question),
        said("ui-follow-up-replied", &one.reply),
        one.closed.map(|day| words.with("ui-follow-up-closed", &[("day", &words.day(day))])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
