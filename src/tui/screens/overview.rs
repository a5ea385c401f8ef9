//! All questions by section, with where each stands; jump anywhere, search.
//!
//! ```text
//!  Übersicht
//!  Suche: vertr_
//!
//!  Vertrag
//!  › Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!      Nein (beantwortet +Notiz)
//! ```

mod lines;

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::inside::inside;
use super::{Card, Dialog, History, Screen};
use crate::domain::id::VariableId;
use lines::{Line, all};

/// The list of all questions.
#[derive(Debug)]
pub struct Overview {
    selected: usize,
    filter: Option<Editor>,
}

impl Overview {
    /// The list, with the cursor on a question.
    #[must_use]
    pub fn new(desk: &Desk<'_>, current: Option<&VariableId>) -> Self {
        let mut overview = Self { selected: 0, filter: None };
        let lines = overview.questions(desk);
        overview.selected = lines.iter().position(|line| line.question.as_ref() == current).unwrap_or(0);
        overview
    }

    /// All lines that fit what was typed; headings of empty sections are left out.
    fn lines(&self, desk: &Desk<'_>) -> Vec<Line> {
        let typed = self.filter.as_ref().map(|filter| filter.text().trim().to_lowercase()).unwrap_or_default();
        let mut shown: Vec<Line> = Vec::new();
        for line in all(desk) {
            if line.heading {
                if shown.last().is_some_and(|last| last.heading) {
                    shown.pop();
                }
                shown.push(line);
            } else if line.contains(&typed) {
                shown.push(line);
            }
        }
        if shown.last().is_some_and(|last| last.heading) {
            shown.pop();
        }
        shown
    }

    /// The lines that the cursor can stand on.
    fn questions(&self, desk: &Desk<'_>) -> Vec<Line> {
        self.lines(desk).into_iter().filter(|line| line.question.is_some()).collect()
    }

    fn current(&self, desk: &Desk<'_>) -> Option<VariableId> {
        self.questions(desk).get(self.selected)?.question.clone()
    }

    /// On to the next answer that waits for the officer, if one does.
    fn go_to_waiting(&mut self, desk: &Desk<'_>) {
        let waits = |line: &Line| line.question.as_ref().is_some_and(|id| desk.waits_for_officer(id));
        let lines = self.questions(desk);
        let order = (self.selected..lines.len()).chain(0..self.selected);
        self.selected = order.into_iter().find(|n| lines.get(*n).is_some_and(waits)).unwrap_or(self.selected);
    }

    fn edit(&self, desk: &Desk<'_>, edits: fn(VariableId) -> Edits) -> Turn {
        let dialog = self.current(desk).and_then(|question| Dialog::new(desk, edits(question)));
        dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }
}

impl View for Overview {
    fn context(&self) -> Context {
        if self.filter.is_some() { Context::Search } else { Context::Overview }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.questions(desk).len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.current(desk).map_or(Turn::Stay, |id| Turn::show(desk.question(&id))),
            Action::Search => {
                self.filter = Some(Editor::line(""));
                Turn::Stay
            }
            Action::Back if self.filter.is_some() => {
                self.filter = None;
                self.selected = 0;
                Turn::Stay
            }
            Action::Back => Turn::Pop,
            Action::Verdict => Turn::show(desk.verdict()),
            Action::Card => Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Note => self.edit(desk, Edits::Note),
            Action::Evidence => self.edit(desk, Edits::Evidence),
            Action::FollowUp => self.edit(desk, Edits::FollowUp),
            Action::Remark if desk.keeps_remarks() => self.edit(desk, Edits::Remark),
            Action::Attest => {
                if let Some(id) = self.current(desk) {
                    desk.attest(&id);
                    self.go_to_waiting(desk);
                }
                Turn::Stay
            }
            Action::Undo | Action::Redo => {
                if let Some(id) = desk.step(action) {
                    self.selected = Self::new(desk, Some(&id)).selected;
                }
                Turn::Stay
            }
            Action::Clear => {
                if let Some(id) = self.current(desk) {
                    desk.clear(&id);
                    self.selected = Self::new(desk, Some(&id)).selected;
                }
                Turn::Stay
            }
            Action::History => History::push(desk),
            action => inside(desk, action),
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.act(desk, Action::Confirm)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.filter.as_mut()
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.selected = 0;
    }

    fn offers(&self, desk: &Desk<'_>, action: Action) -> bool {
        desk.offers_of_interview(action, self.current(desk).as_ref())
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-overview"), desk.styles.heading);
        for told in lines::waiting(desk) {
            page.text(&told, desk.styles.yellow);
        }
        if let Some(filter) = &self.filter {
            let shown = filter.shown(page.columns().saturating_sub(10));
            page.text(&format!("{}: {shown}", desk.words.get("ui-pick-filter")), desk.styles.text);
        }
        let mut n = 0;
        for line in self.lines(desk) {
            if line.heading {
                page.gap();
                page.text(&line.text, desk.styles.key);
                continue;
            }
            let on = line.question.is_some() && n == self.selected;
            let fill = |page: &mut Page| {
                let style = if on { desk.styles.selected } else { desk.styles.text };
                page.indented(if on { "› " } else { "  " }, "    ", &line.text, style);
                let below = if line.value.is_empty() {
                    line.standing.clone()
                } else {
                    format!("{} ({})", line.value, line.standing)
                };
                page.indented("    ", "    ", &below, desk.styles.dim);
            };
            if line.question.is_some() {
                page.item(n, on, fill);
                n += 1;
            } else {
                fill(page);
            }
        }
        if n == 0 {
            page.gap();
            page.text(&desk.words.get("ui-help-none"), desk.styles.dim);
        }
    }
}
