//! All assessments of a client: what is due, what has flipped, and every line of it.
//!
//! ```text
//!  Muster GmbH: 214 Prüfungen
//!  ✓ 120 █████████████  ! 61 ███████  ? 20 ██  ✗ 13 █
//!  Im Monat fällig: 9, überfällig: 3 · gekippt: 4
//!  Offene Antworten: IT-Leitung 12 · Einkauf 5
//!
//!    Tool          Team         Stand       Ergebnis        offen  fällig
//!  › Zoom          Vertrieb 3   gültig      ✓ → ! Auflagen      2  01.12.2026
//! ```

mod aside;
mod list;
mod top;

use super::super::book::Book;
use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::putaway::{Deed, PutAway};
use super::{Flips, Screen, menu};
use crate::session::register::{Column, Entry, Filter, Row, Shelf, sort};

/// Columns by which a key sorts, one after the other.
const SORTED: [Column; 7] = [
    Column::DueNext,
    Column::Tool,
    Column::Team,
    Column::State,
    Column::VerdictNow,
    Column::FollowUps,
    Column::ReviewDue,
];

/// By what lines stand together.
const GROUPED: [Option<Column>; 3] = [None, Some(Column::Tool), Some(Column::Team)];

/// What is shown, and in which order; it is kept while a session is open.
#[derive(Clone, Debug)]
pub struct Shown {
    filter: Filter,
    column: Column,
    backwards: bool,
    group: Option<Column>,
    selected: usize,
}

impl Default for Shown {
    fn default() -> Self {
        Self { filter: Filter::default(), column: Column::DueNext, backwards: false, group: None, selected: 0 }
    }
}

/// The screen.
#[derive(Debug)]
pub struct Register {
    shown: Shown,
    /// The field in which a search is typed.
    typing: Option<Editor>,
    /// The lines shown, as places in the book.
    places: Vec<usize>,
    /// Those that cannot be read are shown too.
    unread: usize,
}

impl Register {
    /// The register, as it was left last.
    #[must_use]
    pub fn new(desk: &mut Desk<'_>) -> Self {
        desk.ask_for_book();
        let mut screen =
            Self { shown: desk.left.shown.take().unwrap_or_default(), typing: None, places: Vec::new(), unread: 0 };
        screen.look(desk);
        screen
    }

    /// Chooses the lines anew.
    fn look(&mut self, desk: &Desk<'_>) {
        let Some(book) = &desk.book else {
            (self.places, self.unread) = (Vec::new(), 0);
            return;
        };
        let entries = &book.register.entries;
        self.places = self.shown.filter.places(entries, &book.rows);
        sort(&mut self.places, entries, &book.rows, self.shown.column, self.shown.backwards);
        if let Some(group) = self.shown.group {
            sort(&mut self.places, entries, &book.rows, group, false);
        }
        self.unread = if self.shown.filter.is_open() { book.register.unread.len() } else { 0 };
        self.shown.selected = self.shown.selected.min(self.lines().saturating_sub(1));
    }

    fn again(&mut self, desk: &Desk<'_>) -> Turn {
        self.shown.selected = 0;
        self.look(desk);
        Turn::Stay
    }

    fn lines(&self) -> usize {
        self.places.len() + self.unread
    }

    /// The line under the cursor.
    fn current<'b>(&self, book: &'b Book) -> Option<(&'b Entry, &'b Row)> {
        let row = book.rows.get(*self.places.get(self.shown.selected)?)?;
        Some((book.register.entries.get(row.at)?, row))
    }

    fn open(&self, desk: &mut Desk<'_>) -> Turn {
        let Some(book) = &desk.book else { return Turn::Stay };
        let unread = || book.register.unread.get(self.shown.selected.checked_sub(self.places.len())?);
        let name = self.current(book).map(|(entry, _)| &entry.name).or_else(|| unread().map(|one| &one.name));
        let Some(path) = name.map(|name| desk.store.place(name)) else { return Turn::Stay };
        desk.left.shown = Some(self.shown.clone());
        desk.close_book();
        match menu::open(desk, &path.to_string_lossy()) {
            Turn::Push(screen) => {
                // It could not be opened, so one stays here.
                desk.ask_for_book();
                Turn::Push(screen)
            }
            turn => {
                desk.left.returns = true;
                turn
            }
        }
    }

    fn deed(&self, desk: &Desk<'_>, deed: impl FnOnce(&Entry) -> Deed) -> Turn {
        let asked = desk.book.as_ref().and_then(|book| {
            let (entry, row) = self.current(book)?;
            Some(PutAway::new(desk, deed(entry), entry, row))
        });
        asked.map_or(Turn::Stay, |asked| Turn::Push(Screen::PutAway(asked)))
    }

    /// All sessions about the tool of the line under the cursor, or all tools again.
    fn affected(&mut self, desk: &Desk<'_>) -> Turn {
        let vendor = desk.book.as_ref().and_then(|book| self.current(book)).map(|(entry, _)| entry.vendor.clone());
        self.shown.filter.tool = match self.shown.filter.tool.take() {
            Some(_) => None,
            None => vendor,
        };
        self.again(desk)
    }

    fn typed_search(&mut self, desk: &Desk<'_>) {
        if let Some(typing) = &self.typing {
            self.shown.filter.search = typing.text();
            self.again(desk);
        }
    }

    /// A filter other than the shelf is on.
    fn is_filtered(&self) -> bool {
        self.shown.filter != Filter { shelf: self.shown.filter.shelf, ..Filter::default() }
    }

    fn back(&mut self, desk: &mut Desk<'_>) -> Turn {
        if self.is_filtered() {
            self.shown.filter = Filter { shelf: self.shown.filter.shelf, ..Filter::default() };
            return self.again(desk);
        }
        desk.left.shown = Some(self.shown.clone());
        desk.close_book();
        Turn::Home
    }
}

fn after<T: Copy + PartialEq>(all: &[T], one: T) -> Option<T> {
    let at = all.iter().position(|other| *other == one).map_or(0, |at| at + 1);
    all.get(at).or_else(|| all.first()).copied()
}

impl View for Register {
    fn context(&self) -> Context {
        if self.typing.is_some() { Context::Search } else { Context::Register }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.shown.selected, self.lines(), action) {
            self.shown.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm | Action::Back if self.typing.is_some() => {
                if action == Action::Back {
                    self.shown.filter.search.clear();
                    self.again(desk);
                }
                self.typing = None;
                Turn::Stay
            }
            Action::Confirm => self.open(desk),
            Action::Back => self.back(desk),
            Action::Search => {
                self.typing = Some(Editor::line(&self.shown.filter.search));
                Turn::Stay
            }
            Action::Sort => {
                self.shown.column = after(&SORTED, self.shown.column).unwrap_or(Column::DueNext);
                self.again(desk)
            }
            Action::Reverse => {
                self.shown.backwards = !self.shown.backwards;
                self.again(desk)
            }
            Action::Group => {
                self.shown.group = after(&GROUPED, self.shown.group).flatten();
                self.again(desk)
            }
            Action::Shelf => {
                self.shown.filter.shelf = after(&Shelf::ALL, self.shown.filter.shelf).unwrap_or_default();
                self.again(desk)
            }
            Action::Affected => self.affected(desk),
            Action::Flips | Action::Fall => {
                // A session may be opened from there.
                self.leave(desk);
                Flips::push(desk, action == Action::Fall)
            }
            Action::Duplicate => {
                self.leave(desk);
                self.deed(desk, |_| Deed::Duplicate)
            }
            Action::Archive => {
                self.deed(desk, |entry| if entry.archived.is_some() { Deed::TakeOut } else { Deed::Archive })
            }
            Action::Retire => self.deed(desk, |_| Deed::Retire),
            Action::Forget => self.deed(desk, |_| Deed::Forget),
            Action::Reviewed => self.deed(desk, |_| Deed::Reviewed),
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.shown.selected == n {
            return self.open(desk);
        }
        self.shown.selected = n;
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.typing.as_mut()
    }

    fn edited(&mut self, desk: &mut Desk<'_>) {
        self.typed_search(desk);
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        self.look(desk);
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        desk.left.shown = Some(self.shown.clone());
    }

    fn client(&self, desk: &Desk<'_>) -> Option<String> {
        desk.book.as_ref().map(|book| book.client.clone())
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, aside: bool) {
        match &desk.book {
            // Whoever looks along need not learn what else is checked.
            _ if desk.presenting => page.text(&desk.words.get("ui-presenting-hidden"), desk.styles.dim),
            Some(book) => {
                top::page(self, desk, book, page);
                list::page(self, desk, book, page, aside);
            }
            None => top::loading(desk, page),
        }
    }

    fn has_aside(&self) -> bool {
        true
    }

    fn aside(&self, desk: &Desk<'_>, page: &mut Page) {
        if let Some(book) = &desk.book {
            aside::page(self, desk, book, page);
        }
    }

    fn offers(&self, desk: &Desk<'_>, action: Action) -> bool {
        let some = desk.book.is_some() && self.lines() > 0;
        some || matches!(action, Action::Back | Action::Help | Action::Quit | Action::Shelf | Action::Save)
    }
}
