//! Why an assessment may only be looked at, and what can be done: a box above its first screen.
//!
//! ```text
//!  ┌ Nur ansehen ───────────────────────────────────┐
//!  │ Diese Prüfung ist gerade auf pc-17 geöffnet    │
//!  │ (Prozess 4711, seit 27.11.2026, 14:03 Uhr).    │
//!  │                                                │
//!  │ › Ansehen                                      │
//!  │   Übernehmen, sobald sie frei ist              │
//!  └────────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::session::store::{ReadOnly, Told};

/// The box.
#[derive(Debug, Default)]
pub struct Reading {
    selected: usize,
    /// Why the last try to take it over failed.
    told: Option<Told>,
}

impl Reading {
    /// The box after a try to take the session over.
    #[must_use]
    pub const fn after(told: Option<Told>) -> Self {
        Self { selected: 0, told }
    }

    /// Labels of what can be done, and what each does.
    fn choices(desk: &Desk<'_>) -> Vec<(&'static str, Turn)> {
        let mut choices = vec![("ui-read-only-look", Turn::Pop)];
        if matches!(desk.read_only(), Some(ReadOnly::Held(_))) {
            choices.push(("ui-read-only-take", Turn::Perform(Action::Save)));
        }
        choices
    }
}

impl View for Reading {
    fn context(&self) -> Context {
        Context::Unsaved
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let mut choices = Self::choices(desk);
        if let Some(at) = moved(self.selected, choices.len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm if self.selected < choices.len() => choices.swap_remove(self.selected).1,
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn digit(&mut self, desk: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if n < Self::choices(desk).len() {
            self.selected = n;
        }
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.act(desk, Action::Confirm)
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get("ui-read-only-title"))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        for told in desk.told_read_only().iter().chain(&self.told) {
            page.text(&told.message, desk.styles.yellow);
            page.text(&told.remedy, desk.styles.text);
        }
        page.gap();
        for (n, (label, _)) in Self::choices(desk).into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(label), style);
            });
        }
    }
}
