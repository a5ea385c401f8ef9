//! What was said beside an answer: by whom, with what note and evidence, and what somebody still finds out.
//!
//! ```text
//!  Notiz: laut Anlage 2
//!  Angegeben von: IT-Leitung (nur im Selbst-Check, noch nicht bestätigt)
//!  Beleg: AV-Vertrag v7, 01.03.2026
//!  Rückfrage: IT · bis 01.12.2026
//!  Vermerk des DSB: …
//! ```

use super::super::super::desk::Desk;
use super::super::super::sitting::Sitting;
use super::super::super::widgets::Page;
use crate::domain::id::VariableId;
use crate::report::follow_up::follow_up;
use crate::sanitise::sanitise;
use crate::session::Answer;

/// What hangs on the answer to a question.
pub fn said(desk: &Desk<'_>, page: &mut Page, sitting: &Sitting<'_>, id: &VariableId) {
    let Some(answer) = sitting.session().answers.get(id) else { return };
    let mut line = |label: &str, text: &str| {
        page.indented("", "  ", &format!("{}: {text}", desk.words.get(label)), desk.styles.reference);
    };
    for (label, text) in [("ui-note", &answer.note), ("ui-by", &answer.by)] {
        if !text.is_empty() {
            line(label, &sanitise(text));
        }
    }
    if let Some(checked) = checked(desk, answer) {
        line("ui-self-assessed", &checked);
    }
    for evidence in &answer.evidence {
        let date = evidence.date.map(|day| desk.words.day(day)).unwrap_or_default();
        let parts = [sanitise(&evidence.title).into_owned(), date, sanitise(&evidence.place).into_owned()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        line("ui-evidence", &parts.join(", "));
    }
    if let Some(one) = &answer.follow_up {
        line("ui-follow-up", &follow_up(&desk.words, one));
    }
    if !answer.remark.is_empty() && !desk.presenting {
        line("ui-remark", &sanitise(&answer.remark));
    }
}

/// Whether the officer has confirmed what somebody said alone; none: nobody said it alone.
fn checked(desk: &Desk<'_>, answer: &Answer) -> Option<String> {
    match &answer.confirmed {
        Some(confirmed) => {
            let (by, day) = (sanitise(&confirmed.by), confirmed.on.map(|day| desk.words.day(day)).unwrap_or_default());
            Some(desk.words.with("ui-confirmed-by", &[("by", &by), ("day", &day)]))
        }
        None => answer.is_only_said().then(|| desk.words.get("ui-only-said")),
    }
}
