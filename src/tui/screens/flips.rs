//! Clearances that would not be given any more today, each with its cause; or those that would fall with some law.
//!
//! ```text
//!  4 Freigaben sind seit der Unterschrift gekippt
//!
//!  › Zoom · Vertrieb 3
//!      ✓ ja → ! Auflagen
//!      Am 16.07.2020 → ! Auflagen: Privacy Shield endete (EuGH C-311/18)
//! ```

use super::super::book::Book;
use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Screen, menu};
use crate::domain::id::{InstrumentId, VendorId};
use crate::report::label::Labels;
use crate::report::picture::Wording;
use crate::report::register::{told, verdict};
use crate::sanitise::clip;
use crate::session::register::{Column, Filter, Lights, Reasons, Row, Shelf, fallen, reasons, sort};

/// Lines laid out before and after the cursor; no window shows more.
const WINDOW: usize = 30;
/// Characters of a name.
const NAME: usize = 60;

/// A line.
#[derive(Debug)]
enum Item {
    /// A clearance that has flipped: its place in the book, and why.
    Flip(usize, Reasons),
    /// A law, and how many clearances fall without it.
    Law(InstrumentId, usize),
    /// A clearance that falls without the law above: its place, and the verdict then.
    Falls(usize, Lights),
}

/// The list.
#[derive(Debug)]
pub struct Flips {
    stress: bool,
    items: Vec<Item>,
    selected: usize,
}

impl Flips {
    /// The list above the register.
    pub fn push(desk: &Desk<'_>, stress: bool) -> Turn {
        let Some(book) = &desk.book else { return Turn::Stay };
        let items = if stress { falling(book) } else { flipped(book) };
        Turn::Push(Screen::Flips(Self { stress, items, selected: 0 }))
    }

    fn open(&self, desk: &mut Desk<'_>) -> Turn {
        let Some(book) = &desk.book else { return Turn::Stay };
        let place = match self.items.get(self.selected) {
            Some(Item::Flip(place, _) | Item::Falls(place, _)) => *place,
            _ => return Turn::Stay,
        };
        let entry = book.rows.get(place).and_then(|row| book.register.entries.get(row.at));
        let Some(path) = entry.map(|entry| desk.store.place(&entry.name)) else { return Turn::Stay };
        let turn = menu::open(desk, &path.to_string_lossy());
        if matches!(turn, Turn::Show(_)) {
            desk.close_book();
            desk.left.returns = true;
        }
        turn
    }
}

fn flipped(book: &Book) -> Vec<Item> {
    let entries = &book.register.entries;
    let filter = Filter { shelf: Shelf::Current, flipped: true, ..Filter::default() };
    let mut places = filter.places(entries, &book.rows);
    sort(&mut places, entries, &book.rows, Column::VerdictNow, false);
    let rows: Vec<&Row> = places.iter().filter_map(|place| book.rows.get(*place)).collect();
    let why = reasons(&book.judge, entries, &rows, book.day);
    places.into_iter().zip(why).map(|(place, reasons)| Item::Flip(place, reasons)).collect()
}

fn falling(book: &Book) -> Vec<Item> {
    let mut items = Vec::new();
    for law in fallen(&book.judge, &book.register.entries, &book.rows, book.day) {
        items.push(Item::Law(law.without, law.rows.len()));
        items.extend(law.rows.into_iter().map(|(place, lights)| Item::Falls(place, lights)));
    }
    items
}

impl View for Flips {
    fn context(&self) -> Context {
        Context::Lines
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.items.len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Confirm => self.open(desk),
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.open(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn client(&self, desk: &Desk<'_>) -> Option<String> {
        desk.book.as_ref().map(|book| book.client.clone())
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let Some(book) = &desk.book else { return };
        let count = self.items.iter().filter(|item| !matches!(item, Item::Law(..))).count().to_string();
        let title = if self.stress { "ui-flips-stress" } else { "ui-flips-title" };
        let day = desk.words.day(book.day);
        page.text(&desk.words.with(title, &[("n", &count), ("day", &day)]), desk.styles.heading);
        if self.items.is_empty() {
            let none = if self.stress { "ui-flips-stress-none" } else { "ui-flips-none" };
            page.text(&desk.words.get(none), desk.styles.text);
            return;
        }
        page.gap();
        let from = self.selected.saturating_sub(WINDOW);
        let more = |n: usize| desk.words.with("ui-more", &[("n", &n.to_string())]);
        if from > 0 {
            page.text(&more(from), desk.styles.dim);
        }
        for (n, item) in self.items.iter().enumerate().skip(from).take(2 * WINDOW) {
            let on = n == self.selected;
            page.item(n, on, |page| line(desk, book, page, item, on));
        }
        if self.items.len() > from + 2 * WINDOW {
            page.text(&more(self.items.len() - from - 2 * WINDOW), desk.styles.dim);
        }
    }
}

fn line(desk: &Desk<'_>, book: &Book, page: &mut Page, item: &Item, on: bool) {
    let style = if on { desk.styles.selected } else { desk.styles.text };
    let mark = if on { "› " } else { "  " };
    let (place, now) = match item {
        Item::Law(law, n) => {
            let found = desk.knowledge.bank().instrument(law);
            let title = found.map_or(law.as_str(), |found| found.title.get(desk.words.language()));
            let text = desk.words.with("ui-flips-law", &[("law", title), ("n", &n.to_string())]);
            page.indented(mark, "  ", &text, if on { style } else { desk.styles.heading });
            return;
        }
        Item::Flip(place, _) => (*place, None),
        Item::Falls(place, lights) => (*place, Some(*lights)),
    };
    let Some(row) = book.rows.get(place) else { return };
    let Some(entry) = book.register.entries.get(row.at) else { return };
    let names = [&*row.tool, &entry.team, &entry.title].into_iter().filter(|text| !text.is_empty());
    let about = names.map(|text| clip(text, NAME)).collect::<Vec<_>>().join(" · ");
    page.indented(mark, "    ", &about, style);
    let before = if now.is_some() { Some(row.now) } else { row.then };
    let before = before.map(|before| verdict(&desk.words, before)).unwrap_or_default();
    let after = verdict(&desk.words, now.unwrap_or(row.now));
    page.indented("    ", "    ", &format!("{before} → {after}"), desk.styles.yellow);
    if let Item::Flip(_, reasons) = item {
        let vendor = VendorId::try_from(entry.vendor.as_str()).ok();
        let labels = Labels {
            bank: desk.knowledge.bank(),
            catalogue: desk.knowledge.entries(),
            vendor: vendor.and_then(|id| desk.knowledge.vendor(&id)),
            language: desk.words.language(),
        };
        for reason in told(Wording { labels, words: &desk.words }, reasons) {
            page.indented("    ", "      ", &reason, desk.styles.dim);
        }
    }
}
