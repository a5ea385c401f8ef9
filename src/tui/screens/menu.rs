//! The start screen. Going on where one was comes first.
//!
//! ```text
//!  Beantworten Sie einige Fragen. „Weiß ich nicht“ ist immer erlaubt.
//!
//!  › 1  Weiter: Zoom · Vertrieb
//!       Interview, 23.11.2026
//!    2  Selbst prüfen: Darf ich dieses Tool nutzen?
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Damaged, Help, Screen, Sessions, Unsaved};
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;
use crate::session::store::{Copy, Listed};

/// Sessions that the start screen offers.
const RECENT: usize = 3;
/// Below so many lines hints stand at the chosen item alone.
const LOW: u16 = 20;

/// The start screen.
#[derive(Debug, Default)]
pub struct Menu {
    selected: usize,
}

/// A line of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// Go on with the n-th session.
    Continue(usize),
    /// All of them, where there are more than the menu shows.
    All,
    SelfAssessment,
    Interview,
    Catalogue,
    /// All sessions and what has become of them, where there are any.
    Register,
    Language,
    Help,
    Quit,
}

fn items(desk: &Desk<'_>) -> Vec<Item> {
    // Whoever looks along need not learn what else is checked.
    let known = if desk.presenting { 0 } else { desk.sessions.len() };
    let recent = (0..known.min(RECENT)).map(Item::Continue);
    let all = (known > RECENT).then_some(Item::All);
    recent
        .chain(all)
        .chain([Item::SelfAssessment, Item::Interview, Item::Catalogue])
        .chain((!desk.sessions.is_empty() && !desk.presenting).then_some(Item::Register))
        .chain([Item::Language, Item::Help, Item::Quit])
        .collect()
}

/// What an item does, and a hint.
fn words(desk: &Desk<'_>, item: Item) -> (String, String) {
    let get = |id: &str| desk.words.get(id);
    match item {
        Item::Continue(n) => {
            let (title, hint) = desk.sessions.get(n).map(|listed| session(desk, listed)).unwrap_or_default();
            (desk.words.with("ui-start-continue", &[("title", &title)]), hint)
        }
        Item::All => {
            let count = desk.sessions.len().to_string();
            (desk.words.with("ui-start-all", &[("n", &count)]), String::new())
        }
        Item::SelfAssessment => (get("ui-start-self"), get("ui-start-self-hint")),
        Item::Interview => (get("ui-start-interview"), get("ui-start-interview-hint")),
        Item::Catalogue => (get("ui-start-catalogue"), String::new()),
        Item::Register => (get("ui-start-register"), String::new()),
        Item::Language => (get("ui-start-language"), String::new()),
        Item::Help => (get("ui-start-help"), String::new()),
        Item::Quit => (get("ui-start-quit"), String::new()),
    }
}

/// Tool and subject of a saved assessment, and its mode and day.
pub fn session(desk: &Desk<'_>, listed: &Listed) -> (String, String) {
    match listed.session() {
        Ok(session) => {
            let entry = desk.knowledge.entries().iter().find(|entry| entry.id == session.vendor);
            let tool = match entry {
                Some(entry) => entry.name.to_string(),
                None if desk.lacks(&session.vendor) => session.vendor.to_string(),
                None => {
                    session.tool_name().map_or_else(|| desk.words.get("ui-other-tool"), |name| sanitise(name).into())
                }
            };
            let subject = &session.subject;
            let about = [&subject.title, &subject.team].into_iter().find(|text| !text.is_empty());
            let parts = [about, Some(&subject.controller).filter(|text| !text.is_empty())];
            let title = parts.into_iter().flatten().fold(tool, |title, part| format!("{title} · {}", sanitise(part)));
            let title = match listed.copy {
                Some(Copy::Conflict) => desk.words.with("ui-copy-conflict", &[("title", &title)]),
                Some(Copy::Rescue) => desk.words.with("ui-copy-rescue", &[("title", &title)]),
                None => title,
            };
            let mode = desk.words.get(&format!("ui-mode-{}", session.mode.id()));
            let day = session.as_of.map(|day| desk.words.day(day)).unwrap_or_default();
            let waits = session.handed_over.is_some() && session.mode == Mode::SelfAssessment;
            let waits = if waits { format!(", {}", desk.words.get("ui-handed-over")) } else { String::new() };
            (title, format!("{mode}, {day}{waits}"))
        }
        Err(fault) => {
            let file = sanitise(&listed.id).into_owned();
            let told = fault.told(&desk.words);
            let hint = format!("{} {}", told.message, told.remedy);
            (desk.words.with("ui-start-damaged", &[("file", &file)]), hint.chars().take(240).collect())
        }
    }
}

/// Goes on with the n-th saved assessment; a file that cannot be read is said and left alone.
pub fn resume(desk: &mut Desk<'_>, n: usize) -> Turn {
    let path = desk.sessions.get(n).map(|listed| listed.path.to_string_lossy().into_owned());
    path.map_or(Turn::Ignored, |path| open(desk, &path))
}

/// Goes on with the saved assessment in a file.
pub fn open(desk: &mut Desk<'_>, path: &str) -> Turn {
    match desk.store.open(path) {
        // By the questions for another tool the light would be wrong.
        Ok(saved) if desk.lacks(&saved.session.vendor) => {
            Turn::Push(Screen::Unsaved(Unsaved::unread(desk.lacking(&saved.session.vendor))))
        }
        Ok(saved) => Turn::show(desk.resume(saved)),
        Err(fault) => Turn::Push(match desk.store.damage(fault) {
            Ok(damage) => Screen::Damaged(Damaged::new(Box::new(damage))),
            Err(fault) => Screen::Unsaved(Unsaved::unread(fault.told(&desk.words))),
        }),
    }
}

impl Menu {
    fn choose(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        let Some(item) = items(desk).get(n).copied() else { return Turn::Ignored };
        self.selected = n;
        match item {
            Item::Continue(n) => resume(desk, n),
            Item::All => Turn::Push(Screen::Sessions(Sessions::new())),
            Item::SelfAssessment => Turn::Push(desk.picker(Some(Mode::SelfAssessment))),
            Item::Interview => Turn::Push(desk.picker(Some(Mode::Interview))),
            Item::Catalogue => Turn::Push(desk.picker(None)),
            Item::Register => Turn::Push(desk.register()),
            Item::Language => Turn::Perform(Action::Language),
            Item::Help => Turn::Push(Screen::Help(Help::new(Context::Question))),
            Item::Quit => Turn::Quit,
        }
    }
}

impl View for Menu {
    fn context(&self) -> Context {
        Context::Start
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, items(desk).len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.choose(desk, self.selected),
            _ => Turn::Ignored,
        }
    }

    fn digit(&mut self, desk: &mut Desk<'_>, n: usize) -> Option<Turn> {
        Some(self.choose(desk, n))
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.choose(desk, n)
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        self.selected = self.selected.min(items(desk).len().saturating_sub(1));
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.gap();
        if desk.presenting && !desk.sessions.is_empty() {
            page.text(&desk.words.get("ui-presenting-hidden"), desk.styles.dim);
            page.gap();
        }
        if desk.sessions.is_empty() {
            // A low window has room for the choice or for the introduction.
            let lines = if desk.size.1 < LOW { 1 } else { 3 };
            for line in ["ui-intro-1", "ui-intro-2", "ui-intro-3"].into_iter().take(lines) {
                page.text(&desk.words.get(line), desk.styles.text);
            }
            page.gap();
        }
        for (n, item) in items(desk).into_iter().enumerate() {
            let (text, hint) = words(desk, item);
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| {
                let first = format!("{} {}  ", if on { "›" } else { " " }, n + 1);
                page.indented(&first, "     ", &text, style);
                if !hint.is_empty() && (desk.size.1 >= LOW || on) {
                    page.indented("     ", "     ", &hint, desk.styles.dim);
                }
            });
        }
    }
}
