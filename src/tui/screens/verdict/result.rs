//! The findings by level; each opens to its reason, what to do, and its proof.
//!
//! ```text
//!  Stopp
//!  ›▾ ✗ Es fehlt ein AV-Vertrag [DSGVO · vor der Nutzung · Einkauf]
//!       Zu tun: Schließen Sie ...
//!       Beweis
//!         ✓ Hat Ihre Organisation ... Nein (gefragt: Nein)
//! ```

use std::collections::BTreeMap;

use super::super::super::desk::Desk;
use super::super::super::theme::sign;
use super::super::super::widgets::Page;
use crate::domain::condition::Truth;
use crate::domain::id::FindingId;
use crate::report::view::{FindingView, ProofLine, VerdictView};

/// What is opened: by finding its proof, where the whole of it is shown.
pub type Open = BTreeMap<FindingId, Option<Vec<ProofLine>>>;

/// The findings.
pub fn findings(desk: &Desk<'_>, page: &mut Page, view: &VerdictView, selected: usize, open: &Open) {
    let mut level = None;
    for (n, found) in view.findings.iter().enumerate() {
        if level != Some((found.level, found.possible)) {
            level = Some((found.level, found.possible));
            let name = desk.words.get(&format!("ui-level-{}", found.level.id()));
            let name = if found.possible { desk.words.with("ui-level-perhaps", &[("level", &name)]) } else { name };
            page.text(&name, desk.styles.level(found.level));
        }
        let opened = open.get(&found.id);
        // While the cursor rests on the first line the headline stays in view, however low the window.
        let focus = n == selected && (n > 0 || opened.is_some());
        page.item(n, focus, |page| finding(desk, page, found, n == selected, opened));
    }
    if !view.from_catalogue.is_empty() {
        page.gap();
        page.text(&desk.words.get("ui-from-catalogue"), desk.styles.key);
        for line in &view.from_catalogue {
            page.indented("  – ", "    ", line, desk.styles.text);
        }
    }
    for (label, lines) in [
        ("ui-foreign", &view.not_understood),
        ("ui-left-to-dpo", &view.left_to_dpo),
        ("ui-not-checked", &view.not_checked),
    ] {
        if !lines.is_empty() {
            page.gap();
            page.labelled(&desk.words.get(label), &lines.join(" · "), desk.styles.key, desk.styles.dim);
        }
    }
    page.gap();
    for line in &view.scope {
        page.text(line, desk.styles.dim);
    }
}

fn finding(desk: &Desk<'_>, page: &mut Page, found: &FindingView, on: bool, opened: Option<&Option<Vec<ProofLine>>>) {
    let arrow = if opened.is_some() { "▾" } else { "▸" };
    let first = format!("{}{arrow} {} ", if on { "›" } else { " " }, sign(found.level));
    let style = if on { desk.styles.selected } else { desk.styles.text };
    page.indented(&first, "     ", &format!("{}  [{}]", found.title, found.tag), style);
    if let Some(departure) = &found.departure {
        page.indented(&format!("     {}: ", desk.words.get("ui-departure")), "       ", departure, desk.styles.yellow);
    }
    if let Some((condition, open)) = &found.condition {
        let style = if *open { desk.styles.yellow } else { desk.styles.green };
        page.indented(&format!("     {}: ", desk.words.get("ui-condition")), "       ", condition, style);
    }
    let Some(proof) = opened else { return };
    for (label, lines) in &found.parts {
        for (k, line) in lines.iter().enumerate() {
            let prefix = if k == 0 { format!("     {label}: ") } else { "       ".to_owned() };
            page.indented(&prefix, "       ", line, desk.styles.text);
        }
    }
    let Some(proof) = proof else {
        page.indented("     ", "     ", &desk.words.get("ui-proof-hint"), desk.styles.dim);
        return;
    };
    page.indented("     ", "     ", &desk.words.get("ui-proof"), desk.styles.key);
    for line in proof {
        let indent = " ".repeat(7 + 2 * line.depth.min(8));
        let (mark, style) = match line.truth {
            Some(Truth::Yes) => ("✓", desk.styles.text),
            Some(Truth::Unknown) => ("?", desk.styles.yellow),
            Some(Truth::No) => ("–", desk.styles.dim),
            None => ("·", desk.styles.reference),
        };
        page.indented(&format!("{indent}{mark} "), &format!("{indent}  "), &line.text, style);
    }
}
