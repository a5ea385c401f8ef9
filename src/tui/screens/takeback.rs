//! Asks before several changes are taken back: a box that lists them.
//!
//! ```text
//!  ┌ 3 Änderungen zurücknehmen? ───────────────────┐
//!  │ – AV-Vertrag: Ja → Nein                       │
//!  │ – Aufzeichnung: ohne Antwort → Ja             │
//!  │                                               │
//!  │ › Zurücknehmen                                │
//!  │   Abbrechen                                   │
//!  └───────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::session::history::Entry;

/// Changes that the box names; of more it says how many.
const NAMED: usize = 12;
/// Columns of each value.
const VALUE: usize = 40;

/// The box.
#[derive(Debug)]
pub struct TakeBack {
    /// The first place that is taken back.
    from: usize,
    selected: usize,
}

impl TakeBack {
    /// Asks about everything from a place of the history on; none: nothing of it holds any more.
    #[must_use]
    pub fn new(desk: &Desk<'_>, from: usize) -> Option<Self> {
        let asked = Self { from, selected: 0 };
        (!asked.places(desk).is_empty()).then_some(asked)
    }

    /// The changes that would be taken back, newest first.
    fn places(&self, desk: &Desk<'_>) -> Vec<usize> {
        let steps = desk.sitting.as_ref().map(|sitting| sitting.session().history.steps()).unwrap_or_default();
        steps.done.into_iter().rev().take_while(|place| *place >= self.from).collect()
    }

    fn confirm(&self, desk: &mut Desk<'_>) -> Turn {
        if self.selected == 0 {
            let count = self.places(desk).len();
            let taken = (0..count).filter(|_| desk.step(Action::Undo).is_some()).count();
            desk.notice = Some(desk.words.with("ui-taken-back", &[("n", &taken.to_string())]));
        }
        Turn::Pop
    }
}

impl View for TakeBack {
    fn context(&self) -> Context {
        Context::Asked
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, 2, action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    /// A digit only moves, as a click does at first: nobody takes anything back by accident.
    fn digit(&mut self, _: &mut Desk<'_>, n: usize) -> Option<Turn> {
        self.selected = n.min(1);
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.confirm(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        let count = self.places(desk).len().to_string();
        Some(desk.words.with("ui-take-back-title", &[("n", &count)]))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let Some(sitting) = &desk.sitting else { return };
        let places = self.places(desk);
        let entries = places.iter().take(NAMED).filter_map(|place| sitting.session().history.entry(*place));
        for entry in entries {
            page.indented("– ", "  ", &told(desk, entry), desk.styles.text);
        }
        if places.len() > NAMED {
            let more = (places.len() - NAMED).to_string();
            page.indented("  ", "  ", &desk.words.with("ui-more", &[("n", &more)]), desk.styles.dim);
        }
        page.gap();
        for (n, id) in ["ui-take-back-do", "ui-take-back-not"].into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(id), style));
        }
    }
}

/// What taking an entry back changes: from what stands there now to what stood there before.
fn told(desk: &Desk<'_>, entry: &Entry) -> String {
    let Some(question) = &entry.question else { return String::new() };
    let name = desk.labels().map(|labels| labels.variable(question)).unwrap_or_default();
    format!("{name}: {}", desk.sides(question, entry.new.as_deref(), entry.old.as_deref(), VALUE))
}
