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
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::domain::answer::{Jurisdiction, Organisation};
use crate::session::Subject;

/// The form.
#[derive(Debug)]
pub struct HeaderForm {
    fields: Vec<(Field, Editor)>,
    at: usize,
    organisation: Organisation,
    jurisdiction: Jurisdiction,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Controller,
    Organisation,
    Jurisdiction,
    Team,
    Purpose,
}

const FIELDS: [Field; 5] = [Field::Controller, Field::Organisation, Field::Jurisdiction, Field::Team, Field::Purpose];

impl Field {
    const fn label(self) -> &'static str {
        match self {
            Self::Controller => "ui-header-controller",
            Self::Organisation => "ui-header-organisation",
            Self::Jurisdiction => "ui-header-country",
            Self::Team => "ui-header-team",
            Self::Purpose => "ui-header-purpose",
        }
    }

    const fn is_choice(self) -> bool {
        matches!(self, Self::Organisation | Self::Jurisdiction)
    }

    fn text(self, subject: &mut Subject) -> Option<&mut String> {
        match self {
            Self::Controller => Some(&mut subject.controller),
            Self::Team => Some(&mut subject.team),
            Self::Purpose => Some(&mut subject.purpose),
            Self::Organisation | Self::Jurisdiction => None,
        }
    }
}

/// The value after (or before) one in a list that goes round.
fn turned<T: Copy + PartialEq>(all: &[T], value: T, back: bool) -> T {
    let at = all.iter().position(|one| *one == value).unwrap_or(0);
    all[(at + if back { all.len() - 1 } else { 1 }) % all.len()]
}

impl HeaderForm {
    /// The form of the open assessment.
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        let mut subject = desk.sitting.as_ref()?.session().subject.clone();
        let fields = FIELDS
            .into_iter()
            .map(|field| {
                let text = field.text(&mut subject).cloned().unwrap_or_default();
                (field, Editor::line(&text))
            })
            .collect();
        Some(Self { fields, at: 0, organisation: subject.organisation, jurisdiction: subject.jurisdiction })
    }

    fn field(&self) -> Option<Field> {
        self.fields.get(self.at).map(|(field, _)| *field)
    }

    fn turn(&mut self, desk: &mut Desk<'_>, back: bool) {
        match self.field() {
            Some(Field::Organisation) => {
                self.organisation = turned(&Organisation::ALL, self.organisation, back);
            }
            Some(Field::Jurisdiction) => {
                self.jurisdiction = turned(&Jurisdiction::ALL, self.jurisdiction, back);
            }
            _ => return,
        }
        self.write(desk);
    }

    /// Puts the form into the session.
    fn write(&self, desk: &mut Desk<'_>) {
        let Some(sitting) = &mut desk.sitting else { return };
        let subject = &mut sitting.saved.session.subject;
        for (field, editor) in &self.fields {
            if let Some(text) = field.text(subject) {
                editor.text().trim().clone_into(text);
            }
        }
        subject.organisation = self.organisation;
        subject.jurisdiction = self.jurisdiction;
        sitting.refresh();
    }

    fn go(&self, desk: &mut Desk<'_>) -> Turn {
        self.write(desk);
        desk.save();
        Turn::show(desk.first_question())
    }

    fn value(&self, desk: &Desk<'_>, field: Field, editor: &Editor, on: bool, room: usize) -> String {
        match field {
            Field::Organisation => desk.words.get(&format!("ui-org-{}", self.organisation.id())),
            Field::Jurisdiction => desk.words.get(&format!("ui-jur-{}", self.jurisdiction.id())),
            _ if on => editor.shown(room),
            _ => editor.plain(),
        }
    }
}

impl View for HeaderForm {
    fn context(&self) -> Context {
        match self.field() {
            Some(field) if !field.is_choice() => Context::Form,
            _ => Context::Choice,
        }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.at, self.fields.len() + 1, action) {
            self.at = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm if self.at >= self.fields.len() => return self.go(desk),
            Action::Confirm => self.at += 1,
            Action::Change => self.turn(desk, false),
            Action::ChangeBack => self.turn(desk, true),
            Action::Back => {
                self.write(desk);
                return Turn::Home;
            }
            _ => return Turn::Ignored,
        }
        Turn::Stay
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if n >= self.fields.len() {
            return self.go(desk);
        }
        if self.at == n {
            self.turn(desk, false);
        }
        self.at = n;
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        let (field, editor) = self.fields.get_mut(self.at)?;
        (!field.is_choice()).then_some(editor)
    }

    fn edited(&mut self, desk: &mut Desk<'_>) {
        self.write(desk);
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        !(self.at >= self.fields.len() && matches!(action, Action::Change | Action::ChangeBack))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-header-title"), desk.styles.heading);
        page.gap();
        for (n, (field, editor)) in self.fields.iter().enumerate() {
            let on = n == self.at;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let value = self.value(desk, *field, editor, on, page.columns() - 4);
            page.item(n, on, |page| {
                page.text(&desk.words.get(field.label()), desk.styles.dim);
                let value = if on && field.is_choice() { format!("‹ {value} ›") } else { value };
                page.indented(if on { "› " } else { "  " }, "  ", &value, style);
            });
        }
        page.gap();
        let on = self.at >= self.fields.len();
        let style = if on { desk.styles.selected } else { desk.styles.text };
        page.item(self.fields.len(), on, |page| {
            page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get("ui-header-go"), style);
        });
    }
}
