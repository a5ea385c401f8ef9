//! The result: light, headline, what to do first, findings that open to their proof, sources.
//!
//! ```text
//!  ┌───┐
//!  │ ✗ │  Bitte nicht nutzen.
//!  │ · │  Hauptgrund:
//!  │ · │   – Es fehlt ein AV-Vertrag
//!  └───┘
//! ```

use std::collections::BTreeSet;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::sitting::Sitting;
use super::super::theme::sign;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Card, Overview, Screen};
use crate::domain::finding::Level;
use crate::domain::verdict::Light;
use crate::report::text::wrap;
use crate::report::view::VerdictView;

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
    open: BTreeSet<usize>,
}

impl Verdict {
    /// The result of the open assessment.
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        Some(Self { view: desk.view()?, tab: Tab::Result, selected: 0, open: BTreeSet::new() })
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

    fn toggle(&mut self, n: usize) {
        self.selected = n;
        if self.tab == Tab::Result && !self.open.remove(&n) {
            self.open.insert(n);
        }
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
            Action::Confirm => self.toggle(self.selected),
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

    fn pick(&mut self, _: &mut Desk<'_>, n: usize) -> Turn {
        self.toggle(n);
        Turn::Stay
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        if let Some(view) = desk.view() {
            self.view = view;
            self.selected = self.selected.min(self.lines().saturating_sub(1));
        }
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        action != Action::Decide || !self.view.deciding.is_empty()
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        top(desk, page, &self.view);
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
            Tab::Result => findings(desk, page, &self.view, self.selected, &self.open),
            Tab::Sources => sources(desk, page, &self.view, self.selected),
        }
    }
}

/// The light beside headline and first steps. Every light still possible is lit; sign and place say what the colour says.
fn top(desk: &Desk<'_>, page: &mut Page, view: &VerdictView) {
    let width = 8;
    let lamp = |light: Light| {
        let lit = view.lights.is_some_and(|(best, worst)| best <= light && light <= worst);
        let text = match (lit, light) {
            (false, _) => "│ · │  ",
            (true, Light::Red) => "│ ✗ │  ",
            (true, Light::Yellow) => "│ ! │  ",
            (true, Light::Green) => "│ ✓ │  ",
        };
        Span::styled(text, if lit { desk.styles.light(light) } else { desk.styles.dim })
    };
    let room = page.columns().saturating_sub(width);
    let mut right: Vec<(String, Style)> = Vec::new();
    let style = view.lights.map_or(desk.styles.heading, |(best, worst)| {
        if best == worst { desk.styles.light(worst) } else { desk.styles.heading }
    });
    right.extend(wrap(&view.headline, room).into_iter().map(|line| (line, style)));
    if !view.sub.is_empty() {
        right.extend(wrap(&view.sub, room).into_iter().map(|line| (line, desk.styles.text)));
    }
    for step in view.first.iter().take(4) {
        let mut lines = wrap(step, room.saturating_sub(3)).into_iter();
        right.extend(lines.next().map(|line| (format!("– {line}"), desk.styles.text)));
        right.extend(lines.map(|line| (format!("  {line}"), desk.styles.text)));
    }
    if view.first.len() > 4 {
        right.push((format!("  + {}", view.first.len() - 4), desk.styles.dim));
    }
    let dim = |text: &'static str| Span::styled(text, desk.styles.dim);
    let left = vec![dim("┌───┐  "), lamp(Light::Red), lamp(Light::Yellow), lamp(Light::Green), dim("└───┘  ")];
    let mut left = left.into_iter();
    let mut right = right.into_iter();
    loop {
        match (left.next(), right.next()) {
            (None, None) => break,
            (lamp, text) => {
                let lamp = lamp.unwrap_or_else(|| Span::raw("       "));
                let text = text.map_or_else(|| Span::raw(String::new()), |(text, style)| Span::styled(text, style));
                page.push(Line::from(vec![lamp, text]));
            }
        }
    }
}

fn findings(desk: &Desk<'_>, page: &mut Page, view: &VerdictView, selected: usize, open: &BTreeSet<usize>) {
    let mut level = None;
    for (n, found) in view.findings.iter().enumerate() {
        if level != Some(found.level) {
            level = Some(found.level);
            let name = match found.level {
                Level::Red => desk.words.get("ui-level-red"),
                Level::Yellow => desk.words.get("ui-level-yellow"),
                Level::Advice => desk.words.get("ui-level-advice"),
                Level::Good => desk.words.get("ui-level-good"),
            };
            page.text(&name, desk.styles.level(found.level));
        }
        let on = n == selected;
        let opened = open.contains(&n);
        // While the cursor rests on the first line the headline stays in view, however low the window.
        page.item(n, on && (n > 0 || opened), |page| {
            let first =
                format!("{}{} {} ", if on { "›" } else { " " }, if opened { "▾" } else { "▸" }, sign(found.level));
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.indented(&first, "     ", &format!("{}  [{}]", found.title, found.tag), style);
            for (label, lines) in found.parts.iter().filter(|_| opened) {
                for (k, line) in lines.iter().enumerate() {
                    let prefix = if k == 0 { format!("     {label}: ") } else { "       ".to_owned() };
                    page.indented(&prefix, "       ", line, desk.styles.text);
                }
            }
        });
    }
    for (label, lines) in [("ui-left-to-dpo", &view.left_to_dpo), ("ui-not-checked", &view.not_checked)] {
        if !lines.is_empty() {
            page.gap();
            page.labelled(&desk.words.get(label), &lines.join(" · "), desk.styles.key, desk.styles.dim);
        }
    }
    page.gap();
    for line in &view.scope {
        page.text(line, desk.styles.dim);
    }
}

fn sources(desk: &Desk<'_>, page: &mut Page, view: &VerdictView, selected: usize) {
    let mut n = 0;
    for (label, lines) in &view.sources {
        page.gap();
        page.text(label, desk.styles.key);
        for line in lines {
            page.item(n, n == selected, |page| page.indented("• ", "  ", line, desk.styles.text));
            n += 1;
        }
    }
}
