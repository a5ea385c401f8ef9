//! Giving a self-assessment to the officer: where the file lies, a copy if wanted, and the mail to go with it.
//!
//! ```text
//!  An den Datenschutz geben
//!  Ihre Antworten liegen in dieser Datei:
//!  /home/…/session.ron
//!
//!  Wer gibt sie ab? (Funktion, kein Name)
//!  › Vertrieb_
//!  Ordner für eine Kopie (kann leer bleiben)
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::form::{Field, Filled, Form};
use super::super::keymap::{Action, Context, Key};
use super::super::layout::scrolled;
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use super::Screen;
use super::paper::plain;
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;
use crate::session::store::Told;

/// The screen.
#[derive(Debug)]
pub struct HandOver {
    form: Form,
    /// Why it did not work.
    told: Option<Told>,
    /// It is given: the file to attach, and the lines of the mail.
    given: Option<(String, Vec<String>)>,
    scroll: usize,
}

impl HandOver {
    /// The screen above the present one.
    pub fn push(desk: &mut Desk<'_>) -> Turn {
        let session = desk.sitting.as_ref().map(super::super::sitting::Sitting::session);
        let Some(session) = session.filter(|session| session.mode == Mode::SelfAssessment) else {
            desk.notice = Some(desk.words.get("ui-hand-over-self-only"));
            return Turn::Stay;
        };
        let by = session.handed_over.as_ref().map_or(&session.subject.team, |given| &given.by);
        let fields = vec![Field::line("ui-hand-over-by", by), Field::line("ui-hand-over-copy", "")];
        Turn::Push(Screen::HandOver(Self { form: Form::new(fields), told: None, given: None, scroll: 0 }))
    }

    fn give(&mut self, desk: &mut Desk<'_>) -> Turn {
        if !desk.writable() {
            return Turn::Pop;
        }
        let (by, place) = (self.form.text(0), self.form.text(1));
        match desk.hand_over(&by, &place) {
            Ok(copy) => {
                let path = copy.or_else(|| desk.sitting.as_ref().map(|sitting| sitting.saved.path.clone()));
                let file = path.unwrap_or_default().to_string_lossy().into_owned();
                let mail = desk.with_viewed(|viewed| viewed.mail(Some(&file))).flatten().unwrap_or_default();
                let lines: Vec<String> = mail.lines().map(str::to_owned).collect();
                desk.copy = Some(plain(&lines).0);
                desk.notice = Some(desk.words.get("ui-copied"));
                (self.told, self.given) = (None, Some((file, lines)));
            }
            Err(told) => self.told = Some(told),
        }
        Turn::Stay
    }

    fn filled(&mut self, desk: &mut Desk<'_>, filled: Filled) -> Turn {
        match filled {
            Filled::Done => self.give(desk),
            Filled::Stay => Turn::Stay,
            Filled::Ignored => Turn::Ignored,
        }
    }
}

impl View for HandOver {
    fn context(&self) -> Context {
        if self.given.is_some() { Context::Paper } else { self.form.context(Context::Form, Context::Choice) }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if action == Action::Back {
            return Turn::Pop;
        }
        let Some((_, lines)) = &self.given else {
            let filled = self.form.act(action);
            return self.filled(desk, filled);
        };
        if action == Action::Copy {
            desk.copy = Some(plain(lines).0);
            desk.notice = Some(desk.words.get("ui-copied"));
            return Turn::Stay;
        }
        match scrolled(self, desk, self.scroll, action) {
            Some(scroll) => {
                self.scroll = scroll;
                Turn::Stay
            }
            None => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        let filled = if self.given.is_some() { Filled::Ignored } else { self.form.pick(n) };
        self.filled(desk, filled)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        if self.given.is_some() { None } else { self.form.editor() }
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        if self.given.is_some() || !self.form.key(key) {
            return Turn::Ignored;
        }
        self.edited(desk);
        Turn::Stay
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.form.edited();
        self.told = None;
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        action != Action::Documents
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let words = &desk.words;
        if let Some((file, lines)) = &self.given {
            page.text(&words.get("ui-hand-over-done"), desk.styles.heading);
            page.indented("  ", "  ", &sanitise(file), desk.styles.reference);
            page.text(&words.get("ui-hand-over-attach"), desk.styles.text);
            page.gap();
            for line in lines {
                let text = line.trim_start();
                let indent = " ".repeat(line.len() - text.len());
                page.indented(&indent, &indent, text, desk.styles.text);
            }
            page.scrolled(self.scroll);
            return;
        }
        page.text(&words.get("ui-hand-over-title"), desk.styles.heading);
        page.text(&words.get("ui-hand-over-file"), desk.styles.text);
        let path = desk.sitting.as_ref().map(|sitting| sitting.saved.path.to_string_lossy().into_owned());
        page.indented("  ", "  ", &sanitise(&path.unwrap_or_default()), desk.styles.reference);
        page.gap();
        self.form.page(desk, page);
        page.gap();
        if let Some(told) = &self.told {
            page.text(&told.message, desk.styles.red);
            page.text(&told.remedy, desk.styles.text);
        }
        page.text(&words.get("ui-hand-over-hint"), desk.styles.dim);
    }
}
