//! The header of an assessment: asked once, may stay empty, and can be looked at again from everywhere.
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
use super::super::keymap::{Action, Context, Key};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use super::{Documents, Screen};
use crate::domain::answer::{Jurisdiction, Mode, Organisation};
use crate::session::Subject;

/// What a field of the form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Controller,
    Organisation,
    Country,
    Team,
    Title,
    Purpose,
    FileNumber,
    Interviewer,
    Respondents,
}

/// The fields in order; who checks alone is not asked for those of an interview.
const PARTS: [Part; 9] = [
    Part::Controller,
    Part::Organisation,
    Part::Country,
    Part::Team,
    Part::Title,
    Part::Purpose,
    Part::FileNumber,
    Part::Interviewer,
    Part::Respondents,
];

impl Part {
    const fn is_of_interview(self) -> bool {
        matches!(self, Self::FileNumber | Self::Interviewer | Self::Respondents)
    }

    fn field(self, subject: &Subject) -> Field {
        match self {
            Self::Controller => Field::line("ui-header-controller", &subject.controller),
            Self::Organisation => {
                let at = Organisation::ALL.iter().position(|one| *one == subject.organisation).unwrap_or(0);
                let all = Organisation::ALL.iter().map(|one| format!("ui-org-{}", one.id())).collect();
                Field::choice("ui-header-organisation", all, at)
            }
            Self::Country => {
                let at = Jurisdiction::ALL.iter().position(|one| *one == subject.jurisdiction).unwrap_or(0);
                let all = Jurisdiction::ALL.iter().map(|one| format!("ui-jur-{}", one.id())).collect();
                Field::choice("ui-header-country", all, at)
            }
            Self::Team => Field::line("ui-header-team", &subject.team),
            Self::Title => Field::line("ui-header-subject", &subject.title),
            Self::Purpose => Field::line("ui-header-purpose", &subject.purpose),
            Self::FileNumber => Field::line("ui-header-file-number", &subject.file_number),
            Self::Interviewer => Field::line("ui-header-interviewer", &subject.interviewer),
            Self::Respondents => Field::line("ui-header-respondents", &subject.respondents.join(", ")),
        }
    }

    fn write(self, form: &Form, n: usize, subject: &mut Subject) {
        match self {
            Self::Controller => subject.controller = form.text(n),
            Self::Organisation => {
                subject.organisation = Organisation::ALL.get(form.chosen(n)).copied().unwrap_or_default();
            }
            Self::Country => {
                subject.jurisdiction = Jurisdiction::ALL.get(form.chosen(n)).copied().unwrap_or_default();
            }
            Self::Team => subject.team = form.text(n),
            Self::Title => subject.title = form.text(n),
            Self::Purpose => subject.purpose = form.text(n),
            Self::FileNumber => subject.file_number = form.text(n),
            Self::Interviewer => subject.interviewer = form.text(n),
            // What was written another way stays as it is until somebody changes it.
            Self::Respondents if form.text(n) == subject.respondents.join(", ").trim() => {}
            Self::Respondents => {
                let names = form.text(n);
                let names = names.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
                subject.respondents = names.map(str::to_owned).collect();
            }
        }
    }
}

/// The form.
#[derive(Debug)]
pub struct HeaderForm {
    form: Form,
    parts: Vec<Part>,
    /// The screen below is where one comes from, and goes back to.
    again: bool,
}

impl HeaderForm {
    /// The form of the open assessment.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        let session = desk.sitting.as_ref()?.session();
        let interview = session.mode == Mode::Interview;
        let parts: Vec<Part> = PARTS.into_iter().filter(|part| interview || !part.is_of_interview()).collect();
        let fields = parts.iter().map(|part| part.field(&session.subject)).collect();
        Some(Self { form: Form::ending(fields, "ui-header-go"), parts, again: false })
    }

    /// The form once more, above the screen that one comes from.
    #[must_use]
    pub fn again(desk: &Desk<'_>) -> Option<Self> {
        Self::new(desk).map(|form| Self { form: form.form.ended("ui-header-done"), again: true, ..form })
    }

    /// Shows the form above the present screen.
    pub fn push(desk: &Desk<'_>) -> Turn {
        Self::again(desk).map_or(Turn::Stay, |form| Turn::Push(Screen::Header(form)))
    }

    /// Puts the form into the session, and what is new there into its file: until then it is no more than typed, and the
    /// mark speaks of what was confirmed.
    fn write(&self, desk: &mut Desk<'_>) {
        if !desk.writable() {
            return;
        }
        let Some(sitting) = &mut desk.sitting else { return };
        let subject = &mut sitting.saved.session.subject;
        let before = subject.clone();
        for (n, part) in self.parts.iter().enumerate() {
            part.write(&self.form, n, subject);
        }
        if *subject != before {
            sitting.refresh();
            desk.save();
        }
    }

    fn filled(&self, desk: &mut Desk<'_>, filled: Filled) -> Turn {
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
        match action {
            Action::Back => {
                self.write(desk);
                desk.save();
                if self.again { Turn::Pop } else { Turn::Home }
            }
            Action::Documents => {
                self.write(desk);
                Turn::Push(Screen::Documents(Documents::default()))
            }
            action => {
                let filled = self.form.act(action);
                self.filled(desk, filled)
            }
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        let filled = self.form.pick(n);
        self.filled(desk, filled)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.form.editor()
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        if !self.form.key(key) {
            return Turn::Ignored;
        }
        self.edited(desk);
        Turn::Stay
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.form.edited();
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        self.write(desk);
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        self.form.at() < self.parts.len() || !matches!(action, Action::Change | Action::ChangeBack)
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-header-title"), desk.styles.heading);
        page.gap();
        self.form.page(desk, page);
    }
}
