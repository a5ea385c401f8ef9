//! The header of an interview: asked once, may stay empty.
//!
//! ```text
//!  Worum geht es? Alles kann leer bleiben.
//!
//!  Art der Stelle
//!  › ‹ Unternehmen ›
//!  Team
//!    Vertrieb
//!
//!    Weiter zu den Fragen
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::form::{Field, Filled, Form};
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::domain::answer::{Jurisdiction, Organisation};

/// The form.
#[derive(Debug)]
pub struct HeaderForm {
    form: Form,
    /// The screen below is where one comes from, and goes back to.
    again: bool,
    /// Something is in the session that is not saved.
    touched: bool,
}

impl HeaderForm {
    /// The form of the open assessment.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        let subject = &desk.sitting.as_ref()?.session().subject;
        let organisation = Organisation::ALL.iter().position(|one| *one == subject.organisation).unwrap_or(0);
        let country = Jurisdiction::ALL.iter().position(|one| *one == subject.jurisdiction).unwrap_or(0);
        let organisations = Organisation::ALL.iter().map(|one| format!("ui-org-{}", one.id())).collect();
        let countries = Jurisdiction::ALL.iter().map(|one| format!("ui-jur-{}", one.id())).collect();
        let fields = vec![
            Field::line("ui-header-controller", &subject.controller),
            Field::choice("ui-header-organisation", organisations, organisation),
            Field::choice("ui-header-country", countries, country),
            Field::line("ui-header-team", &subject.team),
            Field::line("ui-header-purpose", &subject.purpose),
        ];
        Some(Self { form: Form::ending(fields, "ui-header-go"), again: false, touched: false })
    }

    /// The form once more, above the screen that one comes from.
    #[must_use]
    pub fn again(desk: &Desk<'_>) -> Option<Self> {
        Self::new(desk).map(|form| Self { again: true, ..form })
    }

    /// Shows the form above the present screen.
    pub fn push(desk: &Desk<'_>) -> Turn {
        Self::again(desk).map_or(Turn::Stay, |form| Turn::Push(super::Screen::Header(form)))
    }

    /// Puts the form into the session.
    fn write(&mut self, desk: &mut Desk<'_>) {
        if !desk.writable() {
            return;
        }
        let Some(sitting) = &mut desk.sitting else { return };
        let subject = &mut sitting.saved.session.subject;
        let before = subject.clone();
        subject.controller = self.form.text(0);
        subject.organisation = Organisation::ALL.get(self.form.chosen(1)).copied().unwrap_or_default();
        subject.jurisdiction = Jurisdiction::ALL.get(self.form.chosen(2)).copied().unwrap_or_default();
        subject.team = self.form.text(3);
        subject.purpose = self.form.text(4);
        self.touched |= *subject != before;
        sitting.refresh();
    }

    fn filled(&mut self, desk: &mut Desk<'_>, filled: Filled) -> Turn {
        if filled == Filled::Ignored {
            return Turn::Ignored;
        }
        self.write(desk);
        if filled == Filled::Stay {
            return Turn::Stay;
        }
        desk.save();
        if self.again { Turn::Pop } else { Turn::show(desk.first_question()) }
    }
}

impl View for HeaderForm {
    fn context(&self) -> Context {
        self.form.context(Context::Form, Context::Choice)
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if action == Action::Back {
            self.write(desk);
            desk.save();
            return if self.again { Turn::Pop } else { Turn::Home };
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

    fn edited(&mut self, desk: &mut Desk<'_>) {
        self.form.edited();
        self.write(desk);
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        if self.touched {
            desk.save();
        }
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        self.form.at() < 5 || !matches!(action, Action::Change | Action::ChangeBack)
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-header-title"), desk.styles.heading);
        page.gap();
        self.form.page(desk, page);
    }
}
