//! What was changed, newest first: when, which question, from what to what, by whom and why.
//!
//! ```text
//!  Verlauf: 12 Einträge
//!
//!  › 23.11.2026 14:05 · AV-Vertrag
//!      Ja → Nein
//!      IT-Leitung · Grund: Der Vertrag ist ausgelaufen
//!    23.11.2026 14:02 · AV-Vertrag
//!      ohne Antwort → Ja
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::{Dialog, Screen, TakeBack};
use crate::sanitise::clip;
use crate::session::history::{Entry, History as Told, Kind};

/// Entries laid out before and after the cursor; no window shows more.
const WINDOW: usize = 30;
/// Characters of each value, name and reason; a file may hold longer ones.
const LONGEST: usize = 300;

/// The list of all changes.
#[derive(Debug)]
pub struct History {
    selected: usize,
}

impl History {
    /// The list above the present screen.
    pub fn push(desk: &mut Desk<'_>) -> Turn {
        let told = desk.sitting.as_ref().map(|sitting| &sitting.session().history);
        if told.is_none_or(|told| listed(told).next().is_none()) {
            desk.notice = Some(desk.words.get("ui-history-empty"));
            return Turn::Stay;
        }
        Turn::Push(Screen::History(Self { selected: 0 }))
    }

    /// The place of the entry under the cursor.
    fn place(&self, desk: &Desk<'_>) -> Option<usize> {
        listed(&desk.sitting.as_ref()?.session().history).nth(self.selected)
    }

    fn jump(&self, desk: &mut Desk<'_>) -> Turn {
        let entry = self.place(desk).and_then(|place| desk.sitting.as_ref()?.session().history.entry(place));
        let screen = entry.and_then(|entry| desk.question(entry.question.as_ref()?));
        if screen.is_none() {
            desk.notice = Some(desk.words.get("ui-history-no-question"));
        }
        Turn::show(screen)
    }
}

/// Places of the entries that are lines of the list, newest first: a reason given later stands at what it is about.
fn listed(told: &Told) -> impl Iterator<Item = usize> {
    told.entries().rev().filter(|(_, entry)| !matches!(entry.kind, Kind::Reason(_))).map(|(place, _)| place)
}

impl View for History {
    fn context(&self) -> Context {
        Context::History
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let lines = desk.sitting.as_ref().map_or(0, |sitting| listed(&sitting.session().history).count());
        if let Some(at) = moved(self.selected, lines, action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Confirm => self.jump(desk),
            Action::Undo | Action::Redo => {
                desk.step(action);
                self.selected = 0;
                Turn::Stay
            }
            Action::TakeBack => {
                if let Some(asked) = self.place(desk).and_then(|place| TakeBack::new(desk, place)) {
                    return Turn::Push(Screen::TakeBack(asked));
                }
                desk.notice = Some(desk.words.get("ui-undo-nothing"));
                Turn::Stay
            }
            Action::Reason => {
                let dialog = self.place(desk).and_then(|place| Dialog::new(desk, Edits::Reason(place)));
                dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
            }
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.jump(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let Some(sitting) = &desk.sitting else { return };
        let told = &sitting.session().history;
        let places: Vec<usize> = listed(told).collect();
        let count = desk.words.with("ui-history-title", &[("n", &places.len().to_string())]);
        page.text(&count, desk.styles.heading);
        missing(desk, page, told);
        page.gap();
        let more = |n: usize| desk.words.with("ui-more", &[("n", &n.to_string())]);
        let from = self.selected.saturating_sub(WINDOW);
        if from > 0 {
            page.text(&more(from), desk.styles.dim);
        }
        let holds = told.steps().done;
        for (n, place) in places.iter().enumerate().skip(from).take(2 * WINDOW) {
            if let Some(entry) = told.entry(*place) {
                let undone = told_as_change(entry) && holds.binary_search(place).is_err();
                let on = n == self.selected;
                page.item(n, on, |page| line(desk, page, (entry, told.reason(*place)), on, undone));
            }
        }
        if places.len() > from + 2 * WINDOW {
            page.text(&more(places.len() - from - 2 * WINDOW), desk.styles.dim);
        }
    }
}

/// Says what the list does not show.
fn missing(desk: &Desk<'_>, page: &mut Page, told: &Told) {
    let foreign = told.len() - told.entries().count();
    for (id, n) in [("ui-history-dropped", told.dropped()), ("ui-history-foreign", foreign as u64)] {
        if n > 0 {
            page.text(&desk.words.with(id, &[("n", &n.to_string())]), desk.styles.dim);
        }
    }
}

fn line(desk: &Desk<'_>, page: &mut Page, (entry, reason): (&Entry, Option<&str>), on: bool, undone: bool) {
    let style = if on { desk.styles.selected } else { desk.styles.text };
    let mark = if on { "› " } else { "  " };
    let undone = if undone { format!(" ({})", desk.words.get("ui-history-undone")) } else { String::new() };
    page.indented(mark, "    ", &format!("{}{undone}", heading(desk, entry)), style);
    if let Some(question) = entry.question.as_ref().filter(|_| entry.kind != Kind::Questions) {
        let sides = desk.sides(question, entry.old.as_deref(), entry.new.as_deref(), LONGEST);
        page.indented("    ", "      ", &sides, desk.styles.text);
    }
    let by = Some(clip(&entry.by, LONGEST)).filter(|by| !by.is_empty());
    let reason = reason.map(|reason| desk.words.with("ui-history-why", &[("why", &clip(reason, LONGEST))]));
    let below: Vec<String> = by.into_iter().chain(reason).collect();
    if !below.is_empty() {
        page.indented("    ", "      ", &below.join(" · "), desk.styles.dim);
    }
}

/// An act of the sign-off in words.
fn told_act(desk: &Desk<'_>, entry: &Entry) -> Option<String> {
    let Kind::SignOff(act) = entry.kind else { return None };
    Some(desk.words.get(&format!("ui-act-{}", act.id())))
}

/// Whether it is one that can be taken back.
fn told_as_change(entry: &Entry) -> bool {
    match entry.kind {
        Kind::Change | Kind::Skip => true,
        Kind::Merged => entry.question.is_some(),
        _ => false,
    }
}

/// When, what kind of entry, and which question.
pub fn heading(desk: &Desk<'_>, entry: &Entry) -> String {
    let when = entry.at.map(|at| desk.words.here(at.local(&desk.clock.zone)));
    let kind = match entry.kind {
        Kind::TakenBack(_) => Some("ui-history-taken-back"),
        Kind::BroughtBack(_) => Some("ui-history-brought-back"),
        Kind::Questions => Some("ui-history-questions"),
        Kind::HandedOver => Some("ui-history-handed-over"),
        Kind::TakenOver => Some("ui-history-taken-over"),
        Kind::Restored => Some("ui-history-restored"),
        Kind::Merged => Some("ui-history-merged"),
        Kind::Change | Kind::Skip | Kind::Reason(_) | Kind::SignOff(_) => None,
    };
    let kind = kind.map(|id| desk.words.get(id)).or_else(|| told_act(desk, entry));
    let name = entry.question.as_ref().and_then(|id| desk.labels().map(|labels| labels.variable(id)));
    let what: Vec<String> = kind.into_iter().chain(name.map(|name| clip(&name, LONGEST))).collect();
    let parts: Vec<String> = when.into_iter().chain([what.join(": ")]).collect();
    parts.join(" · ")
}
