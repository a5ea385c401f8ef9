//! All saved assessments: type to filter, Enter opens.
//!
//! ```text
//!  Gespeicherte Prüfungen
//!  Suche: vertr_
//!
//!  › Zoom · Vertrieb
//!    Interview, 23.11.2026
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::menu;

/// Sessions laid out before and after the cursor; no window shows more.
const WINDOW: usize = 40;

/// The list.
#[derive(Debug)]
pub struct Sessions {
    filter: Editor,
    selected: usize,
}

impl Sessions {
    /// All of them.
    #[must_use]
    pub fn new() -> Self {
        Self { filter: Editor::line(""), selected: 0 }
    }

    /// Numbers of those that fit what was typed. While nothing is typed no file need be read for it.
    fn found(&self, desk: &Desk<'_>) -> Vec<usize> {
        if desk.presenting {
            return Vec::new();
        }
        let typed = self.filter.text().trim().to_lowercase();
        let all = desk.sessions.iter().enumerate();
        let fits = |listed| {
            let (title, hint) = menu::session(desk, listed);
            format!("{title} {hint}").to_lowercase().contains(&typed)
        };
        all.filter(|(_, listed)| typed.is_empty() || fits(listed)).map(|(n, _)| n).collect()
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self::new()
    }
}

impl View for Sessions {
    fn context(&self) -> Context {
        Context::Search
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let found = self.found(desk);
        if let Some(at) = moved(self.selected, found.len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => found.get(self.selected).map_or(Turn::Stay, |n| menu::resume(desk, *n)),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.act(desk, Action::Confirm)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.filter)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.selected = 0;
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-all-title"), desk.styles.heading);
        let shown = self.filter.shown(page.columns().saturating_sub(10));
        page.text(&format!("{}: {shown}", desk.words.get("ui-pick-filter")), desk.styles.text);
        page.gap();
        let found = self.found(desk);
        // Only what can be seen is laid out and read.
        let from = self.selected.saturating_sub(WINDOW);
        let more = |n: usize| desk.words.with("ui-more", &[("n", &n.to_string())]);
        if from > 0 {
            page.text(&more(from), desk.styles.dim);
        }
        for (row, n) in found.iter().enumerate().skip(from).take(2 * WINDOW) {
            let Some(listed) = desk.sessions.get(*n) else { continue };
            let (title, hint) = menu::session(desk, listed);
            let on = row == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(row, on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &title, style);
                page.indented("  ", "  ", &hint, desk.styles.dim);
            });
        }
        if found.len() > from + 2 * WINDOW {
            page.text(&more(found.len() - from - 2 * WINDOW), desk.styles.dim);
        }
        if found.is_empty() {
            let id = if desk.presenting { "ui-presenting-hidden" } else { "ui-help-none" };
            page.text(&desk.words.get(id), desk.styles.dim);
        }
    }
}
