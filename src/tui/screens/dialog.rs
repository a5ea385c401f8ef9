//! Fields in a box above a question or the overview: note, evidence, follow-up.
//!
//! ```text
//!  ┌ Beleg ─────────────────────────┐
//!  │ Was belegt die Antwort?        │
//!  │ › AV-Vertrag v7_               │
//!  │ Datum (JJJJ-MM-TT)             │
//!  └────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::domain::Day;
use crate::domain::id::VariableId;
use crate::session::Answer;

/// What a dialog edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// The note, and who said so.
    Note,
    /// A document that proves the answer.
    Evidence,
    /// Who finds out, and until when.
    FollowUp,
}

/// The dialog.
#[derive(Debug)]
pub struct Dialog {
    edits: Edits,
    question: VariableId,
    /// Message ids of the labels, and the texts.
    fields: Vec<(&'static str, Editor)>,
    at: usize,
    fault: Option<String>,
}

fn date(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl Dialog {
    /// The dialog for a question, filled with what is known.
    pub fn new(desk: &Desk<'_>, edits: Edits, question: VariableId) -> Option<Self> {
        let empty = Answer::new(crate::domain::answer::Value::Unknown);
        let answer = desk.sitting.as_ref()?.session().answers.get(&question).unwrap_or(&empty);
        let fields = match edits {
            Edits::Note => {
                vec![("ui-note", Editor::lines(&answer.note)), ("ui-by", Editor::line(&answer.by))]
            }
            Edits::Evidence => {
                let known = answer.evidence.first().cloned().unwrap_or_default();
                vec![
                    ("ui-evidence-title", Editor::line(&known.title)),
                    ("ui-evidence-date", Editor::line(&date(known.date))),
                    ("ui-evidence-place", Editor::line(&known.place)),
                ]
            }
            Edits::FollowUp => {
                let known = answer.follow_up.clone().unwrap_or_default();
                vec![
                    ("ui-follow-up-owner", Editor::line(&known.owner)),
                    ("ui-follow-up-due", Editor::line(&date(known.due))),
                ]
            }
        };
        Some(Self { edits, question, fields, at: 0, fault: None })
    }

    fn text(&self, n: usize) -> String {
        self.fields.get(n).map(|(_, editor)| editor.text().trim().to_owned()).unwrap_or_default()
    }

    /// The day in field `n`: empty is none. Both `2026-03-01` and `1.3.2026` are understood.
    fn day(&self, n: usize) -> Result<Option<Day>, ()> {
        let text = self.text(n);
        if text.is_empty() {
            return Ok(None);
        }
        let german = || {
            let mut parts = text.split('.').map(|part| part.trim().parse::<i16>());
            match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) => {
                    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
                }
                _ => None,
            }
        };
        text.parse().ok().or_else(german).map(Some).ok_or(())
    }

    fn accept(&mut self, desk: &mut Desk<'_>) -> Turn {
        let day = if self.edits == Edits::Note { Ok(None) } else { self.day(1) };
        let Ok(day) = day else {
            self.at = 1;
            self.fault = Some(desk.words.get("ui-bad-date"));
            return Turn::Stay;
        };
        let Some(sitting) = &mut desk.sitting else { return Turn::Pop };
        let answer = sitting.answer_mut(&self.question);
        match self.edits {
            Edits::Note => {
                answer.note = self.text(0);
                answer.by = self.text(1);
            }
            Edits::Evidence => {
                let empty = self.fields.iter().all(|(_, editor)| editor.is_blank());
                let mut evidence = answer.evidence.first().cloned().unwrap_or_default();
                (evidence.title, evidence.date, evidence.place) = (self.text(0), day, self.text(2));
                answer.evidence.splice(..answer.evidence.len().min(1), (!empty).then_some(evidence));
            }
            Edits::FollowUp => {
                let mut follow_up = answer.follow_up.take().unwrap_or_default();
                (follow_up.owner, follow_up.due) = (self.text(0), day);
                answer.follow_up = (!follow_up.owner.is_empty() || day.is_some()).then_some(follow_up);
            }
        }
        sitting.refresh();
        desk.save();
        Turn::Pop
    }
}

impl View for Dialog {
    fn context(&self) -> Context {
        Context::Dialog
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.at, self.fields.len(), action) {
            self.at = at;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Confirm if self.at + 1 < self.fields.len() => {
                self.at += 1;
                Turn::Stay
            }
            Action::Confirm => self.accept(desk),
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, _: &mut Desk<'_>, n: usize) -> Turn {
        self.at = n;
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.fields.get_mut(self.at).map(|(_, editor)| editor)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.fault = None;
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get(match self.edits {
            Edits::Note => "ui-note",
            Edits::Evidence => "ui-evidence",
            Edits::FollowUp => "ui-follow-up",
        }))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        for (n, (label, editor)) in self.fields.iter().enumerate() {
            let on = n == self.at;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| {
                page.text(&desk.words.get(label), desk.styles.dim);
                let lines = if on { editor.shown_lines(page.columns() - 2) } else { vec![editor.plain()] };
                for line in lines {
                    page.indented(if on { "› " } else { "  " }, "  ", &line, style);
                }
            });
        }
        if let Some(fault) = &self.fault {
            page.text(fault, desk.styles.red);
        }
        if self.edits == Edits::Note && self.at == 0 {
            page.text(&desk.words.get("ui-note-hint"), desk.styles.dim);
        }
    }
}
