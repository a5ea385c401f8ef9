//! What stands below a question or beside it: what the catalogue says, what helps, why it is asked, and what was said.
//!
//! ```text
//!  Katalog: Ja (Stand 06.08.2026, AGB)
//!  Warum wird das gefragt?
//!    Wer Daten im Auftrag verarbeiten lässt, braucht dafür einen Vertrag.
//!    Art. 28 Abs. 3 DSGVO
//!  Notiz: laut Anlage 2
//! ```

use super::super::super::choose::Choosing;
use super::super::super::desk::Desk;
use super::super::super::sitting::Sitting;
use super::super::super::widgets::Page;
use super::asked::labels;
use super::said::said;
use crate::domain::answer::Mode;
use crate::domain::vendor::Fact;

/// Why it is asked, what helps, and what the catalogue says.
pub fn background(desk: &Desk<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(sitting) = &desk.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let language = desk.words.language();
    catalogue(desk, sitting, page, choosing);
    if let Some(help) = &question.help {
        page.labelled(&desk.words.get("ui-help-label"), help.get(language), desk.styles.dim, desk.styles.text);
    }
    let labels = labels(desk, sitting);
    let country = sitting.session().subject.jurisdiction;
    let cited = labels.citations(&question.references, country, sitting.judged_day());
    let why = desk.words.get("ui-why");
    page.labelled(&why, question.why.get(language), desk.styles.dim, desk.styles.text);
    page.indented("  ", "  ", &cited.join(" · "), desk.styles.dim);
    if sitting.session().mode == Mode::Interview {
        for note in &question.notes {
            page.indented("• ", "  ", note.get(language), desk.styles.dim);
        }
    }
    said(desk, page, sitting, &choosing.id);
}

fn catalogue(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(fact) = sitting.fact(&choosing.id) else { return };
    page.indented("", "  ", &fact_line(desk, sitting, fact), desk.styles.reference);
    if let Some(note) = &fact.note {
        page.indented("  ", "  ", note.get(desk.words.language()), desk.styles.dim);
    }
    if choosing.from_catalogue {
        page.text(&desk.words.get("ui-catalogue-confirm"), desk.styles.dim);
    }
    page.gap();
}

fn fact_line(desk: &Desk<'_>, sitting: &Sitting<'_>, fact: &Fact) -> String {
    let value = labels(desk, sitting).value(&fact.variable, &fact.value);
    let source = sitting.vendor.and_then(|vendor| vendor.source(&fact.source)).map_or("", |source| &*source.title);
    match fact.as_of.filter(|_| !fact.suggestion) {
        Some(day) => {
            desk.words.with("ui-catalogue", &[("value", &value), ("day", &desk.words.day(day)), ("source", source)])
        }
        None => desk.words.with("ui-catalogue-undated", &[("value", &value), ("source", source)]),
    }
}
