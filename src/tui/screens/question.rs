//! A question.
//!
//! ```text
//!  Vertrag
//!  Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!
//!    1  ( ) Ja
//!  › 2  (•) Nein
//!    3  ( ) Weiß ich nicht
//!
//!  Warum wird das gefragt?   Art. 28 Abs. 3 DSGVO
//! ```

mod asked;
mod background;
mod said;

use super::super::choose::Choosing;
use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context, Key};
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::inside::inside;
use super::{Card, Dialog, History, Overview, Private, Screen, Why};
use crate::domain::id::VariableId;
use asked::question;
pub use asked::wording;
use background::background;

/// The screen of a question.
#[derive(Debug)]
pub struct Question {
    /// What is offered, marked and typed.
    pub choosing: Choosing,
}

impl Question {
    /// The screen, preset with the answer or with what the catalogue knows.
    #[must_use]
    pub fn new(sitting: &Sitting<'_>, id: &VariableId) -> Option<Self> {
        Choosing::new(sitting, id).map(|choosing| Self { choosing })
    }

    fn confirm(&mut self, desk: &mut Desk<'_>) -> Turn {
        let bank = desk.knowledge.bank();
        let choosing = &mut self.choosing;
        // Enter on a suggested country takes it and stays, so that several can be named.
        if choosing.asks_countries() && !choosing.input.is_blank() {
            choosing.pick(choosing.cursor.unwrap_or(0), bank);
            return Turn::Stay;
        }
        let open = choosing.value(bank).is_none();
        self.keep(desk);
        if open {
            self.skip(desk);
            desk.notice.get_or_insert_with(|| desk.words.get("ui-left-open"));
        }
        self.next(desk)
    }

    /// Records what is chosen, if it is something new.
    fn keep(&mut self, desk: &mut Desk<'_>) {
        let choosing = &mut self.choosing;
        let touched = std::mem::take(&mut choosing.touched);
        let confirmed = choosing.from_catalogue;
        let value = choosing.value(desk.knowledge.bank());
        if value.is_none() && touched && choosing.input.is_blank() {
            // The person has taken away what was chosen.
            desk.clear(&choosing.id);
        }
        let (Some(sitting), Some(value)) = (&desk.sitting, value) else { return };
        let answer = sitting.session().answered(&choosing.id);
        let same = answer.is_some_and(|answer| answer.value == value && answer.catalogue_confirmed >= confirmed);
        if same || !desk.writable() {
            return;
        }
        let words =
            desk.sitting.as_ref().and_then(|sitting| Some(wording(desk, sitting, sitting.question(&choosing.id)?)));
        if let Some(sitting) = &mut desk.sitting {
            sitting.answer(&choosing.id, value, confirmed, words.as_deref());
            desk.save();
        }
    }

    /// Goes on without an answer, which is told in the history; it is written with the next answer.
    fn skip(&self, desk: &mut Desk<'_>) {
        if desk.is_read_only() {
            return;
        }
        if let Some(sitting) = &mut desk.sitting {
            sitting.skip(&self.choosing.id);
        }
    }

    /// What was taken back or brought back is shown at its question, if that is asked now.
    fn stepped(&self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let Some(id) = desk.step(action) else { return Turn::Stay };
        let walk = desk.sitting.as_ref().map(Sitting::walk).unwrap_or_default();
        let shown = [&id, &self.choosing.id].into_iter().find(|id| walk.contains(id)).or(walk.first());
        Turn::show(shown.and_then(|id| desk.question(id)))
    }

    /// The question after this one; after the last one the result.
    fn next(&self, desk: &Desk<'_>) -> Turn {
        let Some(sitting) = &desk.sitting else { return Turn::Stay };
        if sitting.is_private() {
            return Turn::Push(Screen::Private(Private));
        }
        let walk = sitting.walk();
        let at = walk.iter().position(|id| *id == self.choosing.id);
        match at.and_then(|at| walk.get(at + 1)) {
            Some(next) => Turn::show(desk.question(next)),
            None => Turn::show(desk.verdict()),
        }
    }

    /// The question before this one; before the first one the start screen.
    fn back(&self, desk: &Desk<'_>) -> Turn {
        let walk = desk.sitting.as_ref().map(Sitting::walk).unwrap_or_default();
        let at = walk.iter().position(|id| *id == self.choosing.id).unwrap_or(0);
        match at.checked_sub(1).and_then(|before| walk.get(before)) {
            Some(before) => Turn::show(desk.question(before)),
            None => Turn::Home,
        }
    }

    fn step(&mut self, desk: &Desk<'_>, action: Action) -> bool {
        let lines = self.choosing.offers(desk.knowledge.bank()).len();
        let at = match self.choosing.cursor {
            Some(at) => moved(at, lines, action),
            // The first step enters the list from above or below.
            None => match action {
                Action::Up | Action::Last | Action::PageDown => Some(lines.saturating_sub(1)),
                Action::Down | Action::First | Action::PageUp => Some(0),
                _ => None,
            },
        };
        let Some(at) = at else { return false };
        let choosing = &mut self.choosing;
        choosing.cursor = Some(at);
        choosing.touched = true;
        choosing.from_catalogue &= choosing.several() || choosing.asks_countries();
        true
    }

    fn edit(&self, desk: &Desk<'_>, edits: fn(VariableId) -> Edits) -> Turn {
        let dialog = Dialog::new(desk, edits(self.choosing.id.clone()));
        dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }
}

impl View for Question {
    fn context(&self) -> Context {
        if self.choosing.types() { Context::Typing } else { Context::Question }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.step(desk, action) {
            return Turn::Stay;
        }
        if !matches!(action, Action::Confirm | Action::Toggle | Action::HideLight | Action::Clear) {
            self.leave(desk);
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Toggle => {
                self.choosing.pick(self.choosing.cursor.unwrap_or(0), desk.knowledge.bank());
                Turn::Stay
            }
            Action::Back => self.back(desk),
            Action::Skip => {
                self.skip(desk);
                self.next(desk)
            }
            Action::Undo | Action::Redo => self.stepped(desk, action),
            Action::Clear => {
                desk.clear(&self.choosing.id);
                Turn::show(desk.question(&self.choosing.id))
            }
            Action::History => History::push(desk),
            Action::Overview => Turn::Push(Screen::Overview(Overview::new(desk, Some(&self.choosing.id)))),
            Action::Verdict => Turn::show(desk.verdict()),
            Action::HideLight => {
                desk.hide_light = !desk.hide_light;
                Turn::Stay
            }
            Action::Card => Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Why => Turn::Push(Screen::Why(Why::new(self.choosing.id.clone()))),
            Action::Note => self.edit(desk, Edits::Note),
            Action::Evidence => self.edit(desk, Edits::Evidence),
            Action::FollowUp => self.edit(desk, Edits::FollowUp),
            Action::Remark if desk.keeps_remarks() => self.edit(desk, Edits::Remark),
            Action::Attest => {
                desk.attest(&self.choosing.id);
                Turn::Stay
            }
            action => inside(desk, action),
        }
    }

    fn digit(&mut self, desk: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if self.choosing.types() && !self.choosing.asks_countries() {
            return None;
        }
        let bank = desk.knowledge.bank();
        let last = self.choosing.offers(bank).len().saturating_sub(1);
        self.choosing.pick(if n == 9 { last } else { n }, bank);
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.choosing.pick(n, desk.knowledge.bank());
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.choosing.types().then_some(&mut self.choosing.input)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        let choosing = &mut self.choosing;
        choosing.touched = true;
        choosing.cursor = (choosing.asks_countries() && !choosing.input.is_blank()).then_some(0);
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        let choosing = &mut self.choosing;
        let deletes = matches!(key, Key::Backspace | Key::Named("Del"));
        if choosing.asks_countries() && choosing.input.is_blank() && deletes {
            choosing.countries.pop();
            choosing.touched = true;
            choosing.from_catalogue = false;
            return Turn::Stay;
        }
        if self.editor().is_some_and(|editor| editor.key(key)) {
            self.edited(desk);
            return Turn::Stay;
        }
        Turn::Ignored
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        if self.choosing.touched {
            self.keep(desk);
        }
    }

    fn offers(&self, desk: &Desk<'_>, action: Action) -> bool {
        match action {
            Action::Toggle => self.choosing.several(),
            _ => desk.offers_of_interview(action, Some(&self.choosing.id)),
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, aside: bool) {
        question(desk, page, &self.choosing, !aside);
    }

    fn has_aside(&self) -> bool {
        true
    }

    fn aside(&self, desk: &Desk<'_>, page: &mut Page) {
        background(desk, page, &self.choosing);
    }
}
