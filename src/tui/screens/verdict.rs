//! The result: light, headline, what to do first, findings that open to their proof, sources.
//!
//! ```text
//!  ┌───┐
//!  │ ✗ │  Bitte nicht nutzen.
//!  │ · │  Hauptgrund:
//!  │ · │   – Es fehlt ein AV-Vertrag
//!  └───┘
//! ```

mod comparison;
mod result;
mod sources;
mod stress;
mod timeline;
mod top;
mod way;

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::overflow;
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::inside::inside;
use super::{Card, Dialog, History, Overview, Paper, PaperKind, Screen, SignOff};
use crate::domain::answer::Mode;
use crate::domain::id::FindingId;
use crate::engine::{Filter, Ways};
use crate::report::comparison::ComparisonView;
use crate::report::stress::StressView;
use crate::report::timeline::TimelineView;
use crate::report::view::{FindingView, VerdictView};
use crate::session::ConditionId;
use result::Open;

/// What is shown below the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The findings.
    Result,
    /// The fewest changes that better the light.
    Way,
    /// The verdict over the years.
    Timeline,
    /// The same team with every tool.
    Comparison,
    /// What if law falls?
    Stress,
    /// Facts and law.
    Sources,
}

const TABS: [(Tab, &str); 6] = [
    (Tab::Result, "ui-tab-result"),
    (Tab::Way, "ui-tab-way"),
    (Tab::Timeline, "ui-tab-timeline"),
    (Tab::Comparison, "ui-tab-comparison"),
    (Tab::Stress, "ui-tab-stress"),
    (Tab::Sources, "ui-tab-sources"),
];

/// The screen of the result.
#[derive(Debug)]
pub struct Verdict {
    /// In words, in the language of the moment.
    pub view: VerdictView,
    tab: Tab,
    selected: usize,
    /// Lines that the page is moved up beyond what the cursor asks for.
    scroll: usize,
    open: Open,
    /// Computed when their tab is first shown.
    ways: Option<Ways>,
    timeline: Option<TimelineView>,
    comparison: Option<ComparisonView>,
    stress: Option<Vec<StressView>>,
    filter: Filter,
    open_rows: BTreeSet<usize>,
}

impl Verdict {
    /// The result of the open assessment.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        Some(Self {
            view: desk.view()?,
            tab: Tab::Result,
            selected: 0,
            scroll: 0,
            open: Open::new(),
            ways: None,
            timeline: None,
            comparison: None,
            stress: None,
            filter: Filter::default(),
            open_rows: BTreeSet::new(),
        })
    }

    fn lines(&self) -> usize {
        match self.tab {
            Tab::Result => self.view.findings.len(),
            Tab::Way => self.ways.as_ref().map_or(0, |ways| ways.paths.len()),
            Tab::Timeline => self.timeline.as_ref().map_or(0, |view| view.segments.len()),
            Tab::Comparison => self.comparison.as_ref().map_or(0, |view| comparison::rows(view, self.filter).len()),
            Tab::Stress => self.stress.as_ref().map_or(0, Vec::len),
            Tab::Sources => self.view.sources.iter().map(|(_, lines)| lines.len()).sum(),
        }
    }

    /// Page keys move the page; so does stepping down from the last line, to what stands below it.
    fn scrolled(&mut self, desk: &Desk<'_>, action: Action) -> bool {
        let page = usize::from(desk.size.1).saturating_sub(7).max(1);
        let last = self.selected + 1 >= self.lines();
        let by = match action {
            Action::PageDown => page,
            Action::Down if last => 3,
            Action::PageUp if self.scroll > 0 => {
                self.scroll = self.scroll.saturating_sub(page);
                return true;
            }
            Action::Up if self.scroll > 0 => {
                self.scroll = self.scroll.saturating_sub(3);
                return true;
            }
            _ => return false,
        };
        self.scroll = (self.scroll + by).min(overflow(self, desk));
        true
    }

    /// Computes what the present tab shows, if that has not been done yet.
    fn prepare(&mut self, desk: &Desk<'_>) {
        match self.tab {
            Tab::Way if self.ways.is_none() => self.ways = desk.ways(),
            Tab::Timeline if self.timeline.is_none() => {
                self.timeline = desk.timeline();
                let now = |view: &TimelineView| view.segments.iter().position(|segment| segment.is_now);
                self.selected = self.timeline.as_ref().and_then(now).unwrap_or(0);
            }
            Tab::Comparison if self.comparison.is_none() => self.comparison = desk.comparison(),
            Tab::Stress if self.stress.is_none() => self.stress = Some(desk.stress()),
            _ => {}
        }
    }

    fn turn_tab(&mut self, desk: &Desk<'_>, by: usize) {
        let at = TABS.iter().position(|(tab, _)| *tab == self.tab).unwrap_or(0);
        self.tab = TABS[(at + by) % TABS.len()].0;
        self.selected = 0;
        self.scroll = 0;
        self.prepare(desk);
    }

    /// Opens or closes the n-th finding. In an interview the whole proof is shown at once.
    fn toggle(&mut self, desk: &Desk<'_>, n: usize) {
        self.selected = n;
        if self.tab == Tab::Comparison && !self.open_rows.remove(&n) {
            self.open_rows.insert(n);
        }
        let Some(id) = self.found(n).filter(|_| self.tab == Tab::Result) else { return };
        if self.open.remove(&id).is_none() {
            let proof = is_interview(desk).then(|| desk.proof(&id));
            self.open.insert(id, proof);
        }
    }

    fn found(&self, n: usize) -> Option<FindingId> {
        self.view.findings.get(n).map(|found| found.id.clone())
    }

    /// Shows or hides the whole proof of the finding under the cursor.
    fn toggle_proof(&mut self, desk: &Desk<'_>) {
        let Some(id) = self.found(self.selected) else { return };
        let shown = matches!(self.open.get(&id), Some(Some(_)));
        let proof = (!shown).then(|| desk.proof(&id));
        self.open.insert(id, proof);
    }

    /// Makes conditions of the way under the cursor; what was agreed on before stays as it is.
    fn agree(&mut self, desk: &mut Desk<'_>) {
        let Some(chosen) = self.ways.as_ref().and_then(|ways| ways.paths.get(self.selected)) else { return };
        if !is_interview(desk) {
            desk.notice = Some(desk.words.get("ui-way-interview-only"));
            return;
        }
        if !desk.writable() {
            return;
        }
        let Some(sitting) = &mut desk.sitting else { return };
        let mut added = 0;
        for (id, condition) in way::conditions(chosen) {
            let conditions = &mut sitting.saved.session.conditions;
            added += usize::from(!conditions.contains_key(&id));
            conditions.entry(id).or_insert(condition);
        }
        desk.notice = Some(desk.words.with("ui-way-taken", &[("n", &added.to_string())]));
        desk.save();
        if let Some(view) = desk.view() {
            self.view = view;
        }
    }

    /// A dialog about the finding under the cursor. Only who leads an interview agrees on conditions or departs.
    fn edit(&self, desk: &Desk<'_>, edits: impl Fn(&FindingView) -> Option<Edits>) -> Turn {
        let interview = is_interview(desk) && self.tab == Tab::Result;
        let found = self.view.findings.get(self.selected).filter(|_| interview);
        let dialog = found.and_then(edits).and_then(|edits| Dialog::new(desk, edits));
        dialog.map_or(Turn::Ignored, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }
}

fn paper(desk: &mut Desk<'_>, kind: PaperKind) -> Turn {
    if let Some(paper) = Paper::new(desk, kind) {
        return Turn::Push(Screen::Paper(paper));
    }
    desk.notice = Some(desk.words.get("ui-mail-none"));
    Turn::Stay
}

fn is_interview(desk: &Desk<'_>) -> bool {
    desk.sitting.as_ref().is_some_and(|one| one.session().mode == Mode::Interview)
}

impl View for Verdict {
    fn context(&self) -> Context {
        Context::Verdict
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.scrolled(desk, action) {
            return Turn::Stay;
        }
        if let Some(at) = moved(self.selected, self.lines(), action) {
            self.selected = at;
            self.scroll = 0;
            return Turn::Stay;
        }
        match action {
            Action::Confirm if self.tab == Tab::Way => self.agree(desk),
            Action::Confirm => self.toggle(desk, self.selected),
            Action::Proof if self.tab == Tab::Result => self.toggle_proof(desk),
            Action::Condition => {
                let of = |found: &FindingView| {
                    found.level.colours().then(|| Edits::Condition(ConditionId::Finding(found.id.clone())))
                };
                return self.edit(desk, of);
            }
            Action::Depart => return self.edit(desk, |found| Some(Edits::Departure(found.id.clone()))),
            Action::Tab => self.turn_tab(desk, 1),
            Action::TabBack => self.turn_tab(desk, TABS.len() - 1),
            Action::Decide => {
                let first = self.view.deciding.first();
                return first.map_or(Turn::Stay, |id| Turn::show(desk.question(id)));
            }
            Action::Undo | Action::Redo => {
                if desk.step(action).is_some() {
                    self.refresh(desk);
                }
            }
            Action::History => return History::push(desk),
            Action::SignOff => {
                return SignOff::new(desk).map_or(Turn::Ignored, |screen| Turn::Push(Screen::SignOff(screen)));
            }
            Action::Mail => return paper(desk, PaperKind::Mail),
            Action::Rules => return paper(desk, PaperKind::Rules),
            Action::Overview => return Turn::Push(Screen::Overview(Overview::new(desk, None))),
            Action::Card => return Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Back => {
                let last = desk.sitting.as_ref().map(Sitting::walk).and_then(|walk| walk.last().cloned());
                return last.map_or(Turn::Home, |id| Turn::show(desk.question(&id)));
            }
            action => return inside(desk, action),
        }
        Turn::Stay
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.toggle(desk, n);
        Turn::Stay
    }

    fn digit(&mut self, _: &mut Desk<'_>, n: usize) -> Option<Turn> {
        let switched = self.tab == Tab::Comparison && comparison::switch(&mut self.filter, n);
        switched.then(|| {
            self.selected = 0;
            self.open_rows.clear();
            Turn::Stay
        })
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        (self.ways, self.timeline, self.comparison, self.stress) = (None, None, None, None);
        if let Some(view) = desk.view() {
            self.view = view;
            let selected = self.selected;
            self.prepare(desk);
            self.selected = selected;
            for (id, proof) in &mut self.open {
                if proof.is_some() {
                    *proof = Some(desk.proof(id));
                }
            }
            self.selected = self.selected.min(self.lines().saturating_sub(1));
        }
    }

    fn offers(&self, desk: &Desk<'_>, action: Action) -> bool {
        match action {
            Action::Decide => !self.view.deciding.is_empty(),
            Action::SignOff => SignOff::new(desk).is_some(),
            Action::Proof => self.tab == Tab::Result,
            Action::Condition | Action::Depart => {
                let colours = self.view.findings.get(self.selected).is_some_and(|found| found.level.colours());
                is_interview(desk) && self.tab == Tab::Result && (colours || action == Action::Depart)
            }
            _ => desk.offers_of_interview(action, None),
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        if self.tab == Tab::Result {
            top::top(desk, page, &self.view);
            page.gap();
        } else {
            // What the tab answers needs the room.
            top::headline(desk, page, &self.view);
        }
        let name = |(tab, id): &(Tab, &str)| {
            let text = desk.words.get(id);
            if *tab == self.tab {
                Span::styled(format!("[{text}]"), desk.styles.selected)
            } else {
                Span::styled(format!(" {text} "), desk.styles.dim)
            }
        };
        page.push(Line::from(TABS.iter().map(name).collect::<Vec<_>>()));
        match self.tab {
            Tab::Result => result::findings(desk, page, &self.view, self.selected, &self.open),
            Tab::Way => {
                if let Some(ways) = &self.ways {
                    way::way(desk, page, ways, self.selected);
                }
            }
            Tab::Timeline => {
                if let Some(view) = &self.timeline {
                    timeline::timeline(desk, page, view, self.selected);
                }
            }
            Tab::Comparison => {
                if let Some(view) = &self.comparison {
                    comparison::comparison(desk, page, view, self.filter, self.selected, &self.open_rows);
                }
            }
            Tab::Stress => stress::stress(desk, page, self.stress.as_deref().unwrap_or_default(), self.selected),
            Tab::Sources => sources::sources(desk, page, &self.view, self.selected),
        }
        page.scrolled(self.scroll);
    }
}
