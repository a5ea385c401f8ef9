//! The same team's answers against every tool and edition of the catalogue, best first; each row opens to its reasons.
//!
//! ```text
//!  1 [ ] nur EU-Server   2 [ ] mit E2EE   3 [ ] AV-Vertrag angeboten   4 [ ] selbst betreibbar
//!
//!  ▸ ✓ frei       OpenTalk                          EU ✓  E2EE ?
//!  ▾ ! Auflagen   Zoom (Bezahlt)        › Ihr Tool
//!      ! Der Anbieter hat begrenzte eigene Zwecke
//! ```

use std::collections::BTreeSet;

use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use crate::domain::condition::Truth;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::Filter;
use crate::report::comparison::{ComparisonView, RowView};

/// What the digits 1 to 4 switch.
pub const FILTERS: [&str; 4] = ["ui-filter-eu", "ui-filter-e2ee", "ui-filter-contract", "ui-filter-self"];

/// Switches the n-th filter.
pub fn switch(filter: &mut Filter, n: usize) -> bool {
    let flag = match n {
        0 => &mut filter.eu_hosted,
        1 => &mut filter.end_to_end,
        2 => &mut filter.contract,
        3 => &mut filter.self_hosted,
        _ => return false,
    };
    *flag = !*flag;
    true
}

/// The rows that pass.
pub fn rows(view: &ComparisonView, filter: Filter) -> Vec<&RowView> {
    view.rows.iter().filter(|row| filter.passes(row.traits)).collect()
}

/// The table.
pub fn comparison(
    desk: &Desk<'_>,
    page: &mut Page,
    view: &ComparisonView,
    filter: Filter,
    selected: usize,
    open: &BTreeSet<usize>,
) {
    page.text(&desk.words.get("ui-compare-what"), desk.styles.dim);
    let on = [filter.eu_hosted, filter.end_to_end, filter.contract, filter.self_hosted];
    let switches = FILTERS
        .iter()
        .zip(on)
        .enumerate()
        .map(|(n, (id, on))| format!("{} [{}] {}", n + 1, if on { "x" } else { " " }, desk.words.get(id)));
    page.text(&switches.collect::<Vec<_>>().join("   "), desk.styles.key);
    page.gap();
    let rows = rows(view, filter);
    for (n, row) in rows.iter().enumerate() {
        let opened = open.contains(&n);
        page.item(n, n == selected, |page| tool(desk, page, view, row, n == selected, opened));
    }
    if rows.is_empty() {
        page.text(&desk.words.get("ui-compare-none"), desk.styles.dim);
    }
}

fn tool(desk: &Desk<'_>, page: &mut Page, view: &ComparisonView, row: &RowView, on: bool, opened: bool) {
    let light = match row.verdict {
        Verdict::Green => desk.styles.light(Light::Green),
        Verdict::Yellow => desk.styles.light(Light::Yellow),
        Verdict::Red => desk.styles.light(Light::Red),
        Verdict::Open => desk.styles.text,
    };
    let style = if on { desk.styles.selected } else { light };
    let own = if row.is_own { format!("  ← {}", desk.words.get("ui-compare-own")) } else { String::new() };
    let yes = |truth: Truth| match truth {
        Truth::Yes => "✓",
        Truth::No => "–",
        Truth::Unknown => "?",
    };
    let traits = format!(
        "{} {} · {} {}",
        desk.words.get("ui-compare-eu"),
        yes(row.traits.eu_hosted),
        desk.words.get("ui-compare-e2ee"),
        yes(row.traits.end_to_end)
    );
    let arrow = if opened { "▾" } else { "▸" };
    let first = format!("{}{arrow} {}  ", if on { "›" } else { " " }, row.word);
    let name = format!("{} ({})  {traits}{own}", row.name, row.edition_name);
    page.indented(&first, "     ", &name, style);
    if !opened {
        return;
    }
    for finding in &row.findings {
        page.indented("     ", "       ", finding, desk.styles.text);
    }
    for n in &row.assumptions {
        if let Some(assumed) = view.assumptions.get(n - 1) {
            let text = format!("{} {assumed}", desk.words.get("ui-compare-assumed"));
            page.indented("     ", "       ", &text, desk.styles.dim);
        }
    }
}
