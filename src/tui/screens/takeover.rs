//! A self-assessment comes to the officer: who gave it, who goes on with it as an interview, and where.
//!
//! ```text
//!  Selbsteinschätzung übernehmen
//!  Übergeben am 28.11.2026 von Vertrieb, 12 Antworten
//!
//!  Wer führt das Interview?
//!  › DSB_
//!  Wo soll es liegen?
//!    ‹ Kopie im eigenen Datenverzeichnis ›
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::form::{Field, Filled, Form};
use super::super::keymap::{Action, Context, Key};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use super::{Overview, Screen};
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;
use crate::session::store::Told;

/// The screen.
#[derive(Debug)]
pub struct TakeOver {
    form: Form,
    /// The file lies outside of the data directory, so it is asked where the session should lie.
    elsewhere: bool,
    /// Why it did not work.
    told: Option<Told>,
}

impl TakeOver {
    /// The screen for the open assessment; none: it is no self-assessment.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        let session = desk.sitting.as_ref()?.session();
        if session.mode == Mode::Interview {
            return None;
        }
        let known = &session.subject.interviewer;
        let by = if known.is_empty() { desk.words.get("ui-officer") } else { known.clone() };
        let elsewhere = desk.is_from_elsewhere();
        let places = ["ui-take-over-inside", "ui-take-over-there"].map(str::to_owned).to_vec();
        let place = elsewhere.then(|| Field::choice("ui-take-over-place", places, 0));
        let fields = std::iter::once(Field::line("ui-header-interviewer", &by)).chain(place).collect();
        Some(Self { form: Form::ending(fields, "ui-take-over-do"), elsewhere, told: None })
    }

    /// The screen above the present one.
    pub fn push(desk: &mut Desk<'_>) -> Turn {
        if let Some(screen) = Self::new(desk) {
            return Turn::Push(Screen::TakeOver(screen));
        }
        desk.notice = Some(desk.words.get("ui-take-over-self-only"));
        Turn::Stay
    }

    fn take(&mut self, desk: &mut Desk<'_>) -> Turn {
        if !desk.writable() {
            return Turn::Pop;
        }
        let inside = self.elsewhere && self.form.chosen(1) == 0;
        match desk.begin_interview(&self.form.text(0), inside) {
            Ok(()) => {
                desk.notice = Some(desk.words.get("ui-take-over-done"));
                Turn::Show(Screen::Overview(Overview::new(desk, None)))
            }
            Err(told) => {
                self.told = Some(told);
                Turn::Stay
            }
        }
    }

    fn filled(&mut self, desk: &mut Desk<'_>, filled: Filled) -> Turn {
        match filled {
            Filled::Done => self.take(desk),
            Filled::Stay => Turn::Stay,
            Filled::Ignored => Turn::Ignored,
        }
    }
}

impl View for TakeOver {
    fn context(&self) -> Context {
        self.form.context(Context::Form, Context::Choice)
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if action == Action::Back {
            return Turn::Pop;
        }
        let filled = self.form.act(action);
        self.filled(desk, filled)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        let filled = self.form.pick(n);
        self.filled(desk, filled)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.form.editor()
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.form.edited();
        self.told = None;
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        if !self.form.key(key) {
            return Turn::Ignored;
        }
        self.edited(desk);
        Turn::Stay
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        action != Action::Documents
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let (words, Some(sitting)) = (&desk.words, &desk.sitting) else { return };
        let session = sitting.session();
        page.text(&words.get("ui-take-over-title"), desk.styles.heading);
        let count = session.answers.values().filter(|answer| !answer.pending).count().to_string();
        let told = match &session.handed_over {
            Some(given) => {
                let day = given.on.map(|day| words.day(day)).unwrap_or_default();
                let by = sanitise(&given.by);
                words.with("ui-take-over-given", &[("day", &day), ("by", &by), ("n", &count)])
            }
            None => words.with("ui-take-over-not-given", &[("n", &count)]),
        };
        page.text(&told, desk.styles.text);
        page.indented("  ", "  ", &sanitise(&sitting.saved.path.to_string_lossy()), desk.styles.reference);
        page.gap();
        self.form.page(desk, page);
        page.gap();
        if let Some(told) = &self.told {
            page.text(&told.message, desk.styles.red);
            page.text(&told.remedy, desk.styles.text);
        }
        page.text(&words.get("ui-take-over-hint"), desk.styles.dim);
    }
}
