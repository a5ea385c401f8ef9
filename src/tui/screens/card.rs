//! The card of a catalogue entry: facts with date, source and confidence, notes by topic, authorities.
//!
//! ```text
//!  Zoom
//!  2026-08-06  AV-Vertrag angeboten: automatisch [hoch]
//! ```

use super::super::app::App;
use super::super::widgets::Page;
use crate::domain::answer::Value;
use crate::domain::id::VendorId;
use crate::domain::vendor::{Confidence, Topic};
use crate::report::label::Labels;

/// First day of the EU-US Data Privacy Framework; what authorities said before rests on other law.
const DPF: crate::domain::Day = jiff::civil::date(2023, 7, 10);

/// The card, from line `scroll` on.
pub fn card(app: &App<'_>, page: &mut Page, id: &VendorId, scroll: usize) {
    let Some(vendor) = app.knowledge.vendor(id) else { return };
    let language = app.words.language();
    let labels = Labels { bank: app.knowledge.bank(), vendor: Some(vendor), language };
    page.text(&vendor.name, app.styles.heading);
    page.text(vendor.summary.get(language), app.styles.dim);
    let editions: Vec<&str> = vendor.editions.iter().map(|edition| edition.name.get(language)).collect();
    page.text(&format!("{}: {}", app.words.get("ui-card-editions"), editions.join(" · ")), app.styles.text);
    page.gap();
    page.text(&app.words.get("ui-card-facts"), app.styles.key);
    for fact in &vendor.facts {
        let value = match &fact.value {
            Value::Unknown => app.words.get("ui-card-unknown"),
            value => labels.value(&fact.variable, value),
        };
        let when = fact.as_of.map_or_else(|| app.words.get("ui-suggestion"), |day| app.words.day(day));
        let sure = match fact.confidence {
            Confidence::High => app.words.get("ui-confidence-high"),
            Confidence::Medium => app.words.get("ui-confidence-medium"),
            Confidence::Low => app.words.get("ui-confidence-low"),
        };
        let only: Vec<&str> = vendor
            .editions
            .iter()
            .filter(|edition| fact.editions.contains(&edition.id))
            .map(|edition| edition.name.get(language))
            .collect();
        let only = if only.is_empty() { String::new() } else { format!(" ({})", only.join(", ")) };
        page.indented("", "  ", &format!("{} {value}{only}", labels.variable(&fact.variable)), app.styles.text);
        let source = vendor.source(&fact.source).map_or("", |source| &*source.title);
        page.indented("    ", "    ", &format!("{when} · {sure} · {source}"), app.styles.dim);
        if let Some(note) = &fact.note {
            page.indented("    ", "    ", note.get(language), app.styles.dim);
        }
    }
    if !vendor.authority_findings.is_empty() {
        page.gap();
        page.text(&app.words.get("ui-card-authorities"), app.styles.key);
    }
    for found in &vendor.authority_findings {
        let marks = [(found.date < DPF, "ui-card-before-dpf"), (found.special_contract, "ui-card-special")];
        let marks: Vec<String> = marks.iter().filter(|(on, _)| *on).map(|(_, id)| app.words.get(id)).collect();
        let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
        let line = format!(
            "{} · {}, {}: {}{marks}",
            app.words.day(found.date),
            found.authority,
            found.place.get(language),
            found.scope.get(language)
        );
        page.indented("• ", "  ", &line, app.styles.text);
    }
    let mut topic: Option<Topic> = None;
    let mut notes: Vec<_> = vendor.notes.iter().collect();
    notes.sort_by_key(|note| note.topic);
    for note in notes {
        if topic != Some(note.topic) {
            topic = Some(note.topic);
            page.gap();
        }
        let when = note.as_of.map_or_else(|| "–".to_owned(), |day| app.words.day(day));
        page.indented("• ", "  ", &format!("{} ({when})", note.text.get(language)), app.styles.text);
    }
    let skip = scroll.min(page.lines.len().saturating_sub(5));
    page.lines.drain(..skip);
}
