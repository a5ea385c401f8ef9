//! The documents that were seen, one a line, and a line for another one.
//!
//! ```text
//!  Gesehene Unterlagen
//!
//!  › AV-Vertrag v7, 01.03.2026, Akte 12
//!    + Unterlage hinzufügen
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::{Dialog, Screen};
use crate::sanitise::sanitise;
use crate::session::Evidence;

/// The list.
#[derive(Debug, Default)]
pub struct Documents {
    selected: usize,
}

fn all<'a>(desk: &'a Desk<'_>) -> &'a [Evidence] {
    desk.sitting.as_ref().map(|sitting| sitting.session().subject.documents.as_slice()).unwrap_or_default()
}

impl Documents {
    fn edit(&self, desk: &Desk<'_>) -> Turn {
        let dialog = Dialog::new(desk, Edits::Document(self.selected));
        dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }

    fn remove(&self, desk: &mut Desk<'_>) {
        if self.selected >= all(desk).len() || !desk.writable() {
            return;
        }
        if let Some(sitting) = &mut desk.sitting {
            sitting.saved.session.subject.documents.remove(self.selected);
            desk.save();
        }
    }
}

impl View for Documents {
    fn context(&self) -> Context {
        Context::List
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, all(desk).len() + 1, action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Confirm => self.edit(desk),
            Action::Remove => {
                self.remove(desk);
                Turn::Stay
            }
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.edit(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn offers(&self, desk: &Desk<'_>, action: Action) -> bool {
        match action {
            Action::FollowUp => false,
            Action::Remove => self.selected < all(desk).len(),
            _ => true,
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-documents"), desk.styles.heading);
        page.gap();
        let told = |one: &Evidence| {
            let date = one.date.map(|day| desk.words.day(day)).unwrap_or_default();
            let parts = [sanitise(&one.title).into_owned(), date, sanitise(&one.place).into_owned()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let lines = all(desk).iter().map(told).chain([desk.words.get("ui-documents-add")]);
        for (n, line) in lines.enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &line, style));
        }
    }
}
