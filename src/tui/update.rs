//! What an input does to the state.

use super::app::{App, Dialog, DialogKind, Mark, Screen};
use super::describe;
use super::keymap::{Action, Key, lookup};
use crate::domain::answer::{Jurisdiction, Mode, Organisation};
use crate::domain::id::{VariableId, VendorId};
use crate::session::{Evidence, FollowUp};

/// Lines that a page key moves.
const PAGE: usize = 10;
/// Longest text that a paste adds.
const PASTE: usize = 2000;

impl App<'_> {
    /// A key was pressed.
    pub fn key(&mut self, key: &Key) {
        let context = self.context();
        match lookup(context, key) {
            Some(Action::Quit) => self.quit = true,
            Some(Action::Language) => self.switch_language(),
            Some(Action::Help) => self.screens.push(Screen::Help { context, scroll: 0 }),
            Some(action) if self.dialog.is_some() => self.in_dialog(action),
            Some(action) => self.act(action),
            None => self.typed(key),
        }
    }

    /// Text was pasted: cleaned, capped, and it never confirms anything.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars().filter(|c| !crate::sanitise::is_hidden(*c)).take(PASTE) {
            if let Some(field) = self.field() {
                field.push(c);
            }
        }
        self.typed_something();
    }

    fn switch_language(&mut self) {
        self.words = crate::i18n::Words::new(self.words.language().other());
        let fresh = self.view();
        if let (Some(Screen::Verdict { view, .. }), Some(fresh)) = (self.screens.last_mut(), fresh) {
            **view = fresh;
        }
    }

    /// The text that characters go to.
    fn field(&mut self) -> Option<&mut String> {
        if let Some(dialog) = &mut self.dialog {
            return dialog.fields.get_mut(dialog.at).map(|(_, text)| text);
        }
        match self.screens.last_mut()? {
            Screen::Picker { filter, .. } => Some(filter),
            Screen::Question(choosing) if choosing.types() => Some(&mut choosing.input),
            Screen::Header { field } => {
                let subject = &mut self.sitting.as_mut()?.saved.session.subject;
                match field {
                    0 => Some(&mut subject.controller),
                    3 => Some(&mut subject.team),
                    4 => Some(&mut subject.purpose),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn typed_something(&mut self) {
        match self.screens.last_mut() {
            Some(Screen::Picker { selected, .. }) if self.dialog.is_none() => *selected = 0,
            Some(Screen::Question(choosing)) if choosing.types() && self.dialog.is_none() => {
                choosing.touched = true;
                choosing.cursor = (choosing.asks_countries() && !choosing.input.trim().is_empty()).then_some(0);
            }
            _ => {}
        }
    }

    fn typed(&mut self, key: &Key) {
        let number = match key {
            Key::Char(c) => c.to_digit(10).filter(|n| *n > 0),
            _ => None,
        };
        if number.is_some_and(|n| self.digit(n as usize - 1)) {
            return;
        }
        let empty = matches!(self.screens.last(), Some(Screen::Question(choosing)) if choosing.asks_countries() && choosing.input.is_empty());
        match key {
            Key::Char(c) if !crate::sanitise::is_hidden(*c) => {
                if let Some(field) = self.field() {
                    field.push(*c);
                    self.typed_something();
                }
            }
            Key::Backspace if empty && self.dialog.is_none() => self.act(Action::Remove),
            Key::Backspace => {
                if let Some(field) = self.field() {
                    field.pop();
                    self.typed_something();
                }
            }
            _ => {}
        }
    }

    /// A digit picks a line where lines are numbered.
    fn digit(&mut self, n: usize) -> bool {
        if self.dialog.is_some() {
            return false;
        }
        let bank = self.knowledge.bank();
        match self.screens.last_mut() {
            Some(Screen::Question(choosing)) if !choosing.types() || choosing.asks_countries() => {
                choosing.pick(n, bank);
                true
            }
            Some(Screen::Menu { selected }) => {
                *selected = n;
                self.confirm();
                true
            }
            _ => false,
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => (0..PAGE).for_each(|_| self.step(-1)),
            Action::PageDown => (0..PAGE).for_each(|_| self.step(1)),
            Action::Confirm => self.confirm(),
            Action::Toggle => self.toggle(),
            Action::Back => self.back(),
            Action::Skip => self.next_question(),
            Action::Overview => self.overview(),
            Action::Verdict => self.show_verdict(),
            Action::HideLight => self.hide_light = !self.hide_light,
            Action::Card => self.card(),
            Action::Tab => {
                if let Some(Screen::Verdict { tab, selected, .. }) = self.screens.last_mut() {
                    *tab = (*tab + 1) % 2;
                    *selected = 0;
                }
            }
            Action::Decide => self.decide(),
            Action::Note => self.edit(DialogKind::Note),
            Action::Evidence => self.edit(DialogKind::Evidence),
            Action::FollowUp => self.edit(DialogKind::FollowUp),
            Action::Remove => {
                if let Some(Screen::Question(choosing)) = self.screens.last_mut() {
                    choosing.countries.pop();
                    choosing.touched = true;
                    choosing.from_catalogue = false;
                }
            }
            Action::Language | Action::Help | Action::Quit => {}
        }
    }

    /// Moves the cursor by one line.
    fn step(&mut self, by: isize) {
        let lines = describe::lines_of(self);
        let moved = |at: usize| at.saturating_add_signed(by).min(lines.saturating_sub(1));
        match self.screens.last_mut() {
            Some(
                Screen::Menu { selected }
                | Screen::Picker { selected, .. }
                | Screen::Overview { selected }
                | Screen::Verdict { selected, .. },
            ) => {
                *selected = moved(*selected);
            }
            Some(Screen::Header { field }) => *field = moved(*field),
            Some(Screen::Card { scroll, .. } | Screen::Help { scroll, .. }) => *scroll = moved(*scroll),
            Some(Screen::Question(choosing)) => {
                choosing.cursor = Some(match choosing.cursor {
                    Some(at) => moved(at),
                    None if by < 0 => lines.saturating_sub(1),
                    None => 0,
                });
                choosing.touched = true;
                choosing.from_catalogue &= choosing.several() || choosing.asks_countries();
            }
            Some(Screen::Private) | None => {}
        }
    }

    fn toggle(&mut self) {
        let bank = self.knowledge.bank();
        if let Some(Screen::Question(choosing)) = self.screens.last_mut() {
            let at = choosing.cursor.unwrap_or(0);
            choosing.pick(at, bank);
        }
    }

    fn confirm(&mut self) {
        match self.screens.last_mut() {
            Some(Screen::Menu { selected }) => {
                let selected = *selected;
                self.menu(selected);
            }
            Some(Screen::Picker { .. }) => self.picked(),
            Some(Screen::Header { field }) => match *field {
                1 | 2 => self.turn_header(),
                5.. => {
                    self.save();
                    self.first_question();
                }
                _ => *field += 1,
            },
            Some(Screen::Question(_)) => self.confirm_question(),
            Some(Screen::Overview { selected }) => {
                let selected = *selected;
                if let Some(id) = describe::overview_lines(self).get(selected).and_then(|line| line.question.clone()) {
                    self.go_to(&id);
                }
            }
            Some(Screen::Verdict { tab: 0, selected, open, .. }) => {
                let was_open = open.remove(selected);
                open.extend((!was_open).then_some(*selected));
            }
            _ => {}
        }
    }

    /// Enter on one of the two header fields with fixed values takes the next value.
    fn turn_header(&mut self) {
        let Some(Screen::Header { field }) = self.screens.last() else { return };
        let Some(sitting) = &mut self.sitting else { return };
        let subject = &mut sitting.saved.session.subject;
        if *field == 1 {
            let at = Organisation::ALL.iter().position(|one| *one == subject.organisation).unwrap_or(0);
            subject.organisation = Organisation::ALL[(at + 1) % Organisation::ALL.len()];
        } else {
            let at = Jurisdiction::ALL.iter().position(|one| *one == subject.jurisdiction).unwrap_or(0);
            subject.jurisdiction = Jurisdiction::ALL[(at + 1) % Jurisdiction::ALL.len()];
        }
        sitting.refresh();
    }

    fn menu(&mut self, selected: usize) {
        let Some(item) = describe::menu_items(self).into_iter().nth(selected) else { return };
        let picker = |mode| Screen::Picker { mode, filter: String::new(), selected: 0 };
        match item {
            describe::MenuItem::Continue(n) => {
                let found = self.sessions.get(n).map(|listed| self.store.load(&listed.path.to_string_lossy()));
                if let Some(Ok(saved)) = found {
                    self.resume(saved);
                }
            }
            describe::MenuItem::SelfAssessment => self.screens.push(picker(Some(Mode::SelfAssessment))),
            describe::MenuItem::Interview => self.screens.push(picker(Some(Mode::Interview))),
            describe::MenuItem::Catalogue => self.screens.push(picker(None)),
            describe::MenuItem::Language => self.switch_language(),
            describe::MenuItem::Help => {
                self.screens.push(Screen::Help { context: super::keymap::Context::Question, scroll: 0 });
            }
            describe::MenuItem::Quit => self.quit = true,
        }
    }

    fn picked(&mut self) {
        let Some(Screen::Picker { mode, filter, selected }) = self.screens.last() else { return };
        let (mode, name) = (*mode, filter.trim().to_owned());
        let tools = describe::tools(self, filter);
        let id = tools.get(*selected).map(|entry| entry.id.clone()).or_else(|| VendorId::try_from("other").ok());
        let Some(id) = id else { return };
        match mode {
            Some(mode) => {
                self.begin(mode, &id);
                let named =
                    (id == "other" && !name.is_empty()).then(|| VariableId::try_from("tool_name").ok()).flatten();
                if let (Some(sitting), Some(question)) = (&mut self.sitting, named) {
                    sitting.answer(&question, crate::domain::answer::Value::Text(name), false);
                }
            }
            None if id != "other" => self.screens.push(Screen::Card { vendor: id, scroll: 0 }),
            None => {}
        }
    }

    fn confirm_question(&mut self) {
        let bank = self.knowledge.bank();
        let Some(Screen::Question(choosing)) = self.screens.last_mut() else { return };
        // Enter on a suggested country takes it and stays, so that several can be named.
        if choosing.asks_countries() && !choosing.input.trim().is_empty() {
            choosing.pick(choosing.cursor.unwrap_or(0), bank);
            return;
        }
        let (id, value) = (choosing.id.clone(), choosing.value(bank));
        let confirmed = choosing.from_catalogue;
        if let (Some(sitting), Some(value)) = (&mut self.sitting, value) {
            let answer = sitting.session().answers.get(&id);
            let same = answer.is_some_and(|answer| answer.value == value && answer.catalogue_confirmed >= confirmed);
            if !same {
                sitting.answer(&id, value, confirmed);
                self.save();
            }
        }
        self.next_question();
    }

    fn next_question(&mut self) {
        let Some(Screen::Question(choosing)) = self.screens.last() else { return };
        let Some(sitting) = &self.sitting else { return };
        if sitting.is_private() {
            self.screens.push(Screen::Private);
            return;
        }
        let walk = sitting.walk();
        let at = walk.iter().position(|id| *id == choosing.id);
        match at.and_then(|at| walk.get(at + 1)).cloned() {
            Some(next) => self.go_to(&next),
            None => self.show_verdict(),
        }
    }

    fn back(&mut self) {
        match self.screens.last() {
            Some(Screen::Question(choosing)) => {
                let walk = self.sitting.as_ref().map(super::sitting::Sitting::walk).unwrap_or_default();
                let at = walk.iter().position(|id| *id == choosing.id).unwrap_or(0);
                match at.checked_sub(1).and_then(|before| walk.get(before)).cloned() {
                    Some(before) => self.go_to(&before),
                    None => self.leave(),
                }
            }
            Some(Screen::Verdict { .. }) => {
                let last = self.sitting.as_ref().and_then(|sitting| sitting.walk().last().cloned());
                match last {
                    Some(id) => self.go_to(&id),
                    None => self.leave(),
                }
            }
            Some(Screen::Header { .. }) => self.leave(),
            _ if self.screens.len() > 1 => {
                self.screens.pop();
            }
            _ => {}
        }
    }

    /// Back to the start screen; the assessment is on disk.
    fn leave(&mut self) {
        self.screens.truncate(1);
        if let Some(worker) = &mut self.worker {
            worker.finish();
        }
        self.worker = None;
        self.sessions = self.store.list();
        self.screens[0] = Screen::Menu { selected: 0 };
    }

    fn overview(&mut self) {
        let current = match self.screens.last() {
            Some(Screen::Question(choosing)) => Some(choosing.id.clone()),
            _ => None,
        };
        let lines = describe::overview_lines(self);
        let at = lines.iter().position(|line| line.question.is_some() && line.question == current);
        let first = lines.iter().position(|line| line.question.is_some()).unwrap_or(0);
        self.screens.push(Screen::Overview { selected: at.unwrap_or(first) });
    }

    fn card(&mut self) {
        let vendor = self.sitting.as_ref().and_then(|sitting| sitting.vendor).map(|vendor| vendor.id.clone());
        self.screens.extend(vendor.map(|vendor| Screen::Card { vendor, scroll: 0 }));
    }

    fn decide(&mut self) {
        let first = match self.screens.last() {
            Some(Screen::Verdict { view, .. }) => view.deciding.first().cloned(),
            _ => None,
        };
        if let Some(id) = first {
            self.go_to(&id);
        }
    }

    fn subject_of_edit(&self) -> Option<VariableId> {
        match self.screens.last()? {
            Screen::Question(choosing) => Some(choosing.id.clone()),
            Screen::Overview { selected } => describe::overview_lines(self).get(*selected)?.question.clone(),
            _ => None,
        }
    }

    fn edit(&mut self, kind: DialogKind) {
        let (Some(question), Some(sitting)) = (self.subject_of_edit(), &self.sitting) else { return };
        let answer = sitting.session().answers.get(&question);
        let by = answer.map(|answer| answer.by.clone()).unwrap_or_default();
        let date = |day: Option<crate::domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let fields = match kind {
            DialogKind::Note => {
                vec![("ui-note", answer.map(|answer| answer.note.clone()).unwrap_or_default()), ("ui-by", by)]
            }
            DialogKind::Evidence => {
                let known = answer.and_then(|answer| answer.evidence.first()).cloned().unwrap_or_default();
                vec![
                    ("ui-evidence-title", known.title),
                    ("ui-evidence-date", date(known.date)),
                    ("ui-evidence-place", known.place),
                ]
            }
            DialogKind::FollowUp => {
                let known = answer.and_then(|answer| answer.follow_up.clone()).unwrap_or_default();
                vec![("ui-follow-up-owner", known.owner), ("ui-follow-up-due", date(known.due))]
            }
        };
        self.dialog = Some(Dialog { kind, question, fields, at: 0, fault: None });
    }

    fn in_dialog(&mut self, action: Action) {
        let Some(dialog) = &mut self.dialog else { return };
        match action {
            Action::Up => dialog.at = dialog.at.saturating_sub(1),
            Action::Down => dialog.at = (dialog.at + 1).min(dialog.fields.len() - 1),
            Action::Back => self.dialog = None,
            Action::Confirm if dialog.at + 1 < dialog.fields.len() => dialog.at += 1,
            Action::Confirm => self.accept(),
            _ => {}
        }
    }

    fn accept(&mut self) {
        let Some(dialog) = &mut self.dialog else { return };
        let text = |n: usize| dialog.fields.get(n).map(|(_, text)| text.trim().to_owned()).unwrap_or_default();
        let day = |n: usize| match text(n) {
            empty if empty.is_empty() => Ok(None),
            typed => typed.parse().map(Some).map_err(|_| ()),
        };
        let Some(sitting) = &mut self.sitting else { return };
        let date = if dialog.kind == DialogKind::Note { Ok(None) } else { day(1) };
        let Ok(date) = date else {
            dialog.at = 1;
            dialog.fault = Some(self.words.get("ui-bad-date"));
            return;
        };
        let answer = sitting.answer_mut(&dialog.question);
        match dialog.kind {
            DialogKind::Note => {
                answer.note = text(0);
                answer.by = text(1);
            }
            DialogKind::Evidence => {
                let evidence = Evidence { title: text(0), date, place: text(2) };
                answer.evidence.truncate(0);
                if !evidence.title.is_empty() || !evidence.place.is_empty() {
                    answer.evidence.push(evidence);
                }
            }
            DialogKind::FollowUp => {
                let owner = text(0);
                answer.follow_up = (!owner.is_empty() || date.is_some()).then_some(FollowUp { owner, due: date });
            }
        }
        sitting.refresh();
        self.dialog = None;
        self.save();
    }

    /// Asks for a save after the frame.
    fn save(&mut self) {
        if self.sitting.as_ref().is_some_and(|sitting| !sitting.is_private()) {
            self.mark = Mark::Saving;
            self.wants_save = true;
        }
    }
}
