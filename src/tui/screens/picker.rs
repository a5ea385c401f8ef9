//! The tool picker: type to filter, then Enter. With a mode it begins an assessment, without one it shows the card.
//!
//! ```text
//!  Welches Tool möchten Sie nutzen?
//!
//!  Suche: zo_
//!
//!  › Zoom            USA, Datenschutzrahmen; AV-Vertrag über die AGB
//!    Anderes Tool (steht nicht im Katalog)
//! ```

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::cleared::or_begin;
use super::{Card, Goal, Screen, Unsaved};
use crate::domain::answer::{Mode, Value};
use crate::domain::id::{VariableId, VendorId};
use crate::knowledge::Entry;

/// The tool picker.
#[derive(Debug)]
pub struct Picker {
    mode: Option<Mode>,
    /// The tool is another one for the team whose assessment is open.
    beside: bool,
    filter: Editor,
    selected: usize,
}

/// The tools that fit what was typed: names first, then other names.
fn tools<'k>(desk: &Desk<'k>, filter: &str) -> Vec<&'k Entry> {
    let typed = filter.trim().to_lowercase();
    let rank = |entry: &Entry| {
        let name = entry.name.to_lowercase();
        if name.starts_with(&typed) {
            Some(0)
        } else if name.contains(&typed) || entry.id.as_str().contains(&typed) {
            Some(1)
        } else {
            entry.aliases.iter().any(|alias| alias.to_lowercase().contains(&typed)).then_some(2)
        }
    };
    let mut found: Vec<(u8, &Entry)> =
        desk.knowledge.entries().iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

impl Picker {
    /// The whole catalogue.
    #[must_use]
    pub fn new(mode: Option<Mode>) -> Self {
        Self { mode, beside: false, filter: Editor::line(""), selected: 0 }
    }

    /// The catalogue for another tool of the same team.
    #[must_use]
    pub fn beside() -> Self {
        Self { beside: true, ..Self::new(Some(Mode::Interview)) }
    }

    fn begin(&self, desk: &mut Desk<'_>, mode: Mode, vendor: &VendorId) -> Option<Screen> {
        if self.beside { desk.begin_beside(vendor) } else { desk.begin(mode, vendor) }
    }

    fn count(&self, desk: &Desk<'_>) -> usize {
        tools(desk, &self.filter.text()).len() + usize::from(self.mode.is_some())
    }

    fn choose(&self, desk: &mut Desk<'_>, n: usize) -> Turn {
        // Another tool takes the place of the assessment that is open.
        if self.beside && !desk.settle() {
            return Turn::Push(Screen::Unsaved(Unsaved::new(Goal::Stay)));
        }
        let typed = self.filter.text();
        let known = tools(desk, &typed).get(n).map(|entry| entry.id.clone());
        match (self.mode, known) {
            (None, Some(id)) => Turn::Push(Screen::Card(Card::new(id))),
            (None, None) => Turn::Stay,
            (Some(_), Some(id)) if self.beside => Turn::show(desk.begin_beside(&id)),
            (Some(mode), Some(id)) => or_begin(desk, mode, &id),
            (Some(mode), None) => {
                let Ok(other) = VendorId::try_from("other") else { return Turn::Stay };
                let first = self.begin(desk, mode, &other);
                let name = typed.trim();
                if let (Some(sitting), Ok(question), false) =
                    (&mut desk.sitting, VariableId::try_from("tool_name"), name.is_empty())
                {
                    sitting.answer(&question, Value::Text(name.to_owned()), false, None);
                }
                Turn::show(first)
            }
        }
    }
}

impl View for Picker {
    fn context(&self) -> Context {
        Context::Search
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.count(desk), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.choose(desk, self.selected),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.choose(desk, n)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.filter)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.selected = 0;
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let title = match (self.beside, self.mode) {
            (true, _) => "ui-pick-beside",
            (false, Some(_)) => "ui-pick-title",
            (false, None) => "ui-catalogue-title",
        };
        page.text(&desk.words.get(title), desk.styles.heading);
        page.text(&desk.words.get("ui-pick-hint"), desk.styles.dim);
        page.gap();
        let label = desk.words.get("ui-pick-filter");
        let room = page.columns().saturating_sub(label.width() + 2);
        page.text(&format!("{label}: {}", self.filter.shown(room)), desk.styles.text);
        page.gap();
        let tools = tools(desk, &self.filter.text());
        let width = tools.iter().map(|entry| entry.name.width()).max().unwrap_or(0).max(14);
        for (n, entry) in tools.iter().enumerate() {
            let on = n == self.selected;
            let pad = " ".repeat(width - entry.name.width());
            let first = format!("{} {}{pad}  ", if on { "›" } else { " " }, entry.name);
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let room = page.columns().saturating_sub(first.width());
            let summary = super::super::layout::cut(entry.summary.get(desk.words.language()), room);
            page.item(n, on, |page| {
                page.push(Line::from(vec![Span::styled(first, style), Span::styled(summary, desk.styles.dim)]));
            });
        }
        if self.mode.is_none() {
            return;
        }
        if tools.is_empty() {
            page.text(&desk.words.get("ui-pick-none"), desk.styles.dim);
        }
        let on = self.selected >= tools.len();
        let style = if on { desk.styles.selected } else { desk.styles.text };
        page.item(tools.len(), on, |page| {
            let text = format!("{} ({})", desk.words.get("ui-pick-other"), desk.words.get("ui-pick-other-hint"));
            page.indented(if on { "› " } else { "  " }, "  ", &text, style);
        });
    }
}
