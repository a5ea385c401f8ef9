//! The result: light, headline, what to do first, findings that open to their proof, sources.
//!
//! ```text
//!  ┌───┐
//!  │ ✗ │  Bitte nicht nutzen.
//!  │ · │  Hauptgrund:
//!  │ · │   – Es fehlt ein AV-Vertrag
//!  └───┘
//! ```

mod result;
mod sources;
mod top;

use ratatui::text::{Line, Span};

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Card, Overview, Screen};
use crate::domain::answer::Mode;
use crate::report::view::{ProofLine, VerdictView};
use result::Open;

/// What is shown below the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The findings.
    Result,
    /// Facts and law.
    Sources,
}

const TABS: [(Tab, &str); 2] = [(Tab::Result, "ui-tab-result"), (Tab::Sources, "ui-tab-sources")];

/// The screen of the result.
#[derive(Debug)]
pub struct Verdict {
    /// In words, in the language of the moment.
    pub view: VerdictView,
    tab: Tab,
    selected: usize,
    open: Open,
}

impl Verdict {
    /// The result of the open assessment.
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        Some(Self { view: desk.view()?, tab: Tab::Result, selected: 0, open: Open::new() })
    }

    fn lines(&self) -> usize {
        match self.tab {
            Tab::Result => self.view.findings.len(),
            Tab::Sources => self.view.sources.iter().map(|(_, lines)| lines.len()).sum(),
        }
    }

    fn turn_tab(&mut self, by: usize) {
        let at = TABS.iter().position(|(tab, _)| *tab == self.tab).unwrap_or(0);
        self.tab = TABS[(at + by) % TABS.len()].0;
        self.selected = 0;
    }

    /// Opens or closes the n-th finding. In an interview the whole proof is shown at once.
    fn toggle(&mut self, desk: &Desk<'_>, n: usize) {
        self.selected = n;
        if self.tab == Tab::Result && self.open.remove(&n).is_none() {
            let interview = desk.sitting.as_ref().is_some_and(|one| one.session().mode == Mode::Interview);
            let proof = interview.then(|| self.proof(desk, n));
            self.open.insert(n, proof);
        }
    }

    fn proof(&self, desk: &Desk<'_>, n: usize) -> Vec<ProofLine> {
        self.view.findings.get(n).map(|found| desk.proof(&found.id)).unwrap_or_default()
    }

    /// Shows or hides the whole proof of the finding under the cursor.
    fn toggle_proof(&mut self, desk: &Desk<'_>) {
        let n = self.selected;
        let shown = matches!(self.open.get(&n), Some(Some(_)));
        self.open.insert(n, (!shown).then(|| self.proof(desk, n)));
    }
}

impl View for Verdict {
    fn context(&self) -> Context {
        Context::Verdict
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.lines(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.toggle(desk, self.selected),
            Action::Proof if self.tab == Tab::Result => self.toggle_proof(desk),
            Action::Tab => self.turn_tab(1),
            Action::TabBack => self.turn_tab(TABS.len() - 1),
            Action::Decide => {
                let first = self.view.deciding.first();
                return first.map_or(Turn::Stay, |id| Turn::show(desk.question(id)));
            }
            Action::Overview => return Turn::Push(Screen::Overview(Overview::new(desk, None))),
            Action::Card => return Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Back => {
                let last = desk.sitting.as_ref().map(Sitting::walk).and_then(|walk| walk.last().cloned());
                return last.map_or(Turn::Home, |id| Turn::show(desk.question(&id)));
            }
            _ => return Turn::Ignored,
        }
        Turn::Stay
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.toggle(desk, n);
        Turn::Stay
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        if let Some(view) = desk.view() {
            self.view = view;
            self.open.clear();
            self.selected = self.selected.min(self.lines().saturating_sub(1));
        }
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        match action {
            Action::Decide => !self.view.deciding.is_empty(),
            Action::Proof => self.tab == Tab::Result,
            _ => true,
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        top::top(desk, page, &self.view);
        page.gap();
        let name = |(tab, id): &(Tab, &str)| {
            let text = format!(" {} ", desk.words.get(id));
            if *tab == self.tab {
                Span::styled(format!("[{text}]"), desk.styles.selected)
            } else {
                Span::styled(format!(" {text} "), desk.styles.dim)
            }
        };
        page.push(Line::from(TABS.iter().map(name).collect::<Vec<_>>()));
        match self.tab {
            Tab::Result => result::findings(desk, page, &self.view, self.selected, &self.open),
            Tab::Sources => sources::sources(desk, page, &self.view, self.selected),
        }
    }
}
