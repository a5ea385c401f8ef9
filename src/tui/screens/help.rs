//! The keys of a screen: type to search, Enter carries out.
//!
//! ```text
//!  Tasten in diesem Bild
//!  Suche: bel_
//!
//!  › b             Beleg
//! ```

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{self, Action, Binding, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;

/// The list of keys.
#[derive(Debug)]
pub struct Help {
    of: Context,
    filter: Editor,
    selected: usize,
}

impl Help {
    /// The keys of a context.
    #[must_use]
    pub fn new(of: Context) -> Self {
        Self { of, filter: Editor::line(""), selected: 0 }
    }

    fn found(&self, desk: &Desk<'_>) -> Vec<(String, &'static Binding)> {
        let typed = self.filter.text().trim().to_lowercase();
        let keys = |action: Action| {
            let all = keymap::BINDINGS.iter().filter(|one| one.action == action && one.contexts.contains(&self.of));
            all.flat_map(|one| one.keys).map(|key| keymap::name(key, &desk.words)).collect::<Vec<_>>().join("  ")
        };
        keymap::of(self.of)
            .map(|binding| (keys(binding.action), binding))
            .filter(|(keys, binding)| {
                let label = desk.words.get(binding.label).to_lowercase();
                label.contains(&typed) || keys.to_lowercase().contains(&typed)
            })
            .collect()
    }

    fn perform(&self, desk: &Desk<'_>, n: usize) -> Turn {
        self.found(desk).get(n).map_or(Turn::Stay, |(_, binding)| Turn::Below(binding.action))
    }
}

impl View for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.found(desk).len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.perform(desk, self.selected),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.perform(desk, n)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.filter)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.selected = 0;
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-help-title"), desk.styles.heading);
        let label = desk.words.get("ui-pick-filter");
        let room = page.columns().saturating_sub(label.width() + 2);
        page.text(&format!("{label}: {}", self.filter.shown(room)), desk.styles.text);
        page.gap();
        let found = self.found(desk);
        for (n, (keys, binding)) in found.iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let pad = " ".repeat(16_usize.saturating_sub(keys.width()));
            page.item(n, on, |page| {
                page.push(Line::from(vec![
                    Span::styled(if on { "› " } else { "  " }, style),
                    Span::styled(format!("{keys}{pad}  "), desk.styles.key),
                    Span::styled(desk.words.get(binding.label), style),
                ]));
            });
        }
        if found.is_empty() {
            page.text(&desk.words.get("ui-help-none"), desk.styles.dim);
        }
        if matches!(self.of, Context::Question | Context::Start) {
            page.gap();
            page.push(Line::from(vec![
                Span::styled(format!("  {:<16}  ", "1…9"), desk.styles.key),
                Span::raw(desk.words.get("ui-key-digit")),
            ]));
        }
    }
}
