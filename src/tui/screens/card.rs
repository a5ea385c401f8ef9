//! The card of a catalogue entry: facts with date, source and confidence, notes by topic, authorities.
//!
//! ```text
//!  Zoom
//!  2026-08-06  AV-Vertrag angeboten: automatisch [hoch]
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::scrolled;
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::domain::answer::Value;
use crate::domain::id::VendorId;
use crate::domain::vendor::{Confidence, Topic, Vendor};
use crate::report::authority;
use crate::report::label::Labels;

/// The card of an entry.
#[derive(Debug)]
pub struct Card {
    vendor: VendorId,
    scroll: usize,
}

impl Card {
    /// The card of the tool that is being assessed.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Option<Self> {
        let vendor = desk.sitting.as_ref()?.vendor?;
        Some(Self::new(vendor.id.clone()))
    }

    /// The card, from its beginning.
    #[must_use]
    pub fn new(vendor: VendorId) -> Self {
        Self { vendor, scroll: 0 }
    }
}

impl View for Card {
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
        if let Some(vendor) = desk.knowledge.vendor(&self.vendor) {
            top(desk, page, vendor);
            facts(desk, page, vendor);
            authorities(desk, page, vendor);
            notes(desk, page, vendor);
        }
        page.scrolled(self.scroll);
    }
}

fn top(desk: &Desk<'_>, page: &mut Page, vendor: &Vendor) {
    let language = desk.words.language();
    page.text(&vendor.name, desk.styles.heading);
    page.text(vendor.summary.get(language), desk.styles.dim);
    let editions: Vec<&str> = vendor.editions.iter().map(|edition| edition.name.get(language)).collect();
    page.text(&format!("{}: {}", desk.words.get("ui-card-editions"), editions.join(" · ")), desk.styles.text);
}

fn facts(desk: &Desk<'_>, page: &mut Page, vendor: &Vendor) {
    let language = desk.words.language();
    let labels =
        Labels { bank: desk.knowledge.bank(), catalogue: desk.knowledge.entries(), vendor: Some(vendor), language };
    page.gap();
    page.text(&desk.words.get("ui-card-facts"), desk.styles.key);
    for fact in &vendor.facts {
        let value = match &fact.value {
            Value::Unknown => desk.words.get("ui-card-unknown"),
            value => labels.value(&fact.variable, value),
        };
        let when = fact.as_of.map_or_else(|| desk.words.get("ui-suggestion"), |day| desk.words.day(day));
        let sure = match fact.confidence {
            Confidence::High => desk.words.get("ui-confidence-high"),
            Confidence::Medium => desk.words.get("ui-confidence-medium"),
            Confidence::Low => desk.words.get("ui-confidence-low"),
        };
        let only: Vec<&str> = vendor
            .editions
            .iter()
            .filter(|edition| fact.editions.contains(&edition.id))
            .map(|edition| edition.name.get(language))
            .collect();
        let only = if only.is_empty() { String::new() } else { format!(" ({})", only.join(", ")) };
        page.indented("", "  ", &format!("{}: {value}{only}", labels.variable(&fact.variable)), desk.styles.text);
        let source = vendor.source(&fact.source).map_or("", |source| &*source.title);
        page.indented("    ", "    ", &format!("{when} · {sure} · {source}"), desk.styles.dim);
        if let Some(note) = &fact.note {
            page.indented("    ", "    ", note.get(language), desk.styles.dim);
        }
    }
}

fn authorities(desk: &Desk<'_>, page: &mut Page, vendor: &Vendor) {
    if !vendor.authority_findings.is_empty() {
        page.gap();
        page.text(&desk.words.get("ui-card-authorities"), desk.styles.key);
    }
    for found in &vendor.authority_findings {
        page.indented("• ", "  ", &authority::line(&desk.words, found), desk.styles.text);
    }
}

fn notes(desk: &Desk<'_>, page: &mut Page, vendor: &Vendor) {
    let language = desk.words.language();
    let mut topic: Option<Topic> = None;
    let mut notes: Vec<_> = vendor.notes.iter().collect();
    notes.sort_by_key(|note| note.topic);
    for note in notes {
        if topic != Some(note.topic) {
            topic = Some(note.topic);
            page.gap();
        }
        let when = note.as_of.map_or_else(|| "–".to_owned(), |day| desk.words.day(day));
        page.indented("• ", "  ", &format!("{} ({when})", note.text.get(language)), desk.styles.text);
    }
}
