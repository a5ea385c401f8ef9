//! Why a question is asked: its reason, the law in words with links, and what hangs on each answer.
//!
//! ```text
//!  Warum wird das gefragt?
//!  Wer Daten im Auftrag verarbeiten lässt, braucht dafür einen Vertrag.
//!
//!  Art. 28 Abs. 3 DSGVO
//!    Was im Vertrag stehen muss. https://eur-lex.europa.eu/...
//!
//!  Was daran hängt
//!  Nein
//!    ✗ Es fehlt ein AV-Vertrag
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::scrolled;
use super::super::theme::sign;
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::domain::answer::{Mode, Value};
use crate::domain::condition::Truth;
use crate::domain::id::VariableId;
use crate::engine::hinges;

/// The page.
#[derive(Debug)]
pub struct Why {
    question: VariableId,
    scroll: usize,
}

impl Why {
    /// The page of a question.
    #[must_use]
    pub fn new(question: VariableId) -> Self {
        Self { question, scroll: 0 }
    }

    /// What hangs on each answer. Only in an interview: who checks alone should answer what is, not what turns out well.
    fn hinges(&self, desk: &Desk<'_>, page: &mut Page) {
        let (Some(sitting), Some(labels)) = (&desk.sitting, desk.labels()) else { return };
        if sitting.session().mode != Mode::Interview {
            return;
        }
        let hinges = hinges(sitting.model(), &sitting.inquiry(), &self.question);
        if hinges.is_empty() {
            return;
        }
        page.gap();
        page.text(&desk.words.get("ui-hinges"), desk.styles.key);
        for (choice, findings) in hinges {
            page.text(&labels.value(&self.question, &Value::Choice(choice)), desk.styles.heading);
            if findings.is_empty() {
                page.indented("  ", "  ", &desk.words.get("ui-hinges-none"), desk.styles.dim);
            }
            for (id, level, truth) in findings {
                let title =
                    labels.finding(&id).map_or_else(|| id.to_string(), |one| one.title.get(labels.language).into());
                let maybe =
                    if truth == Truth::Unknown { format!(" ({})", desk.words.get("ui-maybe")) } else { String::new() };
                let mark = format!("  {} ", sign(level));
                page.indented(&mark, "    ", &format!("{title}{maybe}"), desk.styles.level(level));
            }
        }
    }
}

impl View for Why {
    fn context(&self) -> Context {
        Context::Page
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(scroll) = scrolled(self, desk, self.scroll, action) {
            self.scroll = scroll;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let (Some(sitting), Some(labels)) = (&desk.sitting, desk.labels()) else { return };
        let Some(question) = sitting.question(&self.question) else { return };
        page.text(&labels.variable(&self.question), desk.styles.heading);
        page.gap();
        page.text(&desk.words.get("ui-why"), desk.styles.key);
        page.text(question.why.get(labels.language), desk.styles.text);
        let country = sitting.session().subject.jurisdiction;
        let day = sitting.judged_day();
        for reference in labels.references(&question.references, country, day) {
            page.gap();
            page.text(&labels.citation(reference, day), desk.styles.reference);
            page.indented("  ", "  ", reference.explanation.get(labels.language), desk.styles.text);
            page.indented("  ", "  ", &reference.url, desk.styles.dim);
        }
        self.hinges(desk, page);
        page.scrolled(self.scroll);
    }
}
