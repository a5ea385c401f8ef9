//! The same team's answers against every tool and edition of the catalogue, best first; each row opens to its reasons.
//!
//! ```text
//!  1 [ ] nur EU-Server   2 [ ] mit E2EE   3 [ ] AV-Vertrag angeboten   4 [ ] selbst betreibbar
//!
//!                                            EU  E2EE
//!  ▸ ✓     OpenTalk                           ✓     ?
//! ›▾ !…✗   Zoom (Bezahlt) ← Ihr Tool          –     ✓
//!      ? offen (! Auflagen bis ✗ nein)
//!      ! Der Anbieter hat begrenzte eigene Zwecke
//! ```

use std::collections::BTreeSet;

use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::super::super::desk::Desk;
use super::super::super::layout::cut;
use super::super::super::widgets::Page;
use crate::domain::condition::Truth;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::Filter;
use crate::report::comparison::{ComparisonView, RowView};
use crate::report::picture::sign;

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
    let rows = rows(view, filter);
    head(desk, page);
    for (n, row) in rows.iter().enumerate() {
        let opened = open.contains(&n);
        page.item(n, n == selected, |page| tool(desk, page, view, row, n == selected, opened));
    }
    if rows.is_empty() {
        page.text(&desk.words.get("ui-compare-none"), desk.styles.dim);
    }
}

/// Columns of the light, of each trait, and of what stands before them.
const LIGHT: usize = 6;
const MARGIN: usize = 3;

/// Columns of the tool's name, of the servers and of the encryption; one is left free for the mark that more follows.
fn widths(desk: &Desk<'_>, page: &Page) -> (usize, usize, usize) {
    let wide = |id: &str| desk.words.get(id).width() + 2;
    let (eu, e2ee) = (wide("ui-compare-eu"), wide("ui-compare-e2ee"));
    (page.columns().saturating_sub(MARGIN + LIGHT + eu + e2ee + 1), eu, e2ee)
}

fn head(desk: &Desk<'_>, page: &mut Page) {
    let (name, eu, e2ee) = widths(desk, page);
    let (first, second) = (desk.words.get("ui-compare-eu"), desk.words.get("ui-compare-e2ee"));
    let line = format!("{:margin$}{first:>eu$}{second:>e2ee$}", "", margin = MARGIN + LIGHT + name);
    page.push(Line::styled(line, desk.styles.dim));
}

fn tool(desk: &Desk<'_>, page: &mut Page, view: &ComparisonView, row: &RowView, on: bool, opened: bool) {
    let style = match row.verdict {
        _ if on => desk.styles.selected,
        Verdict::Green => desk.styles.light(Light::Green),
        Verdict::Yellow => desk.styles.light(Light::Yellow),
        Verdict::Red => desk.styles.light(Light::Red),
        Verdict::Open => desk.styles.text,
    };
    let mark = [(row.is_own, "ui-compare-own"), (row.answered, "ui-compare-answered")];
    let mark = mark.into_iter().find(|(holds, _)| *holds).map(|(_, id)| format!(" ← {}", desk.words.get(id)));
    let own = mark.unwrap_or_default();
    let (room, eu, e2ee) = widths(desk, page);
    let full = format!("{} ({})", row.name, row.edition_name);
    let name = format!("{}{own}", cut(&full, room.saturating_sub(own.width())));
    let pad = " ".repeat(room.saturating_sub(name.width()));
    let (best, worst) = row.lights;
    let signs = if best == worst {
        sign(row.verdict).to_string()
    } else {
        format!("{}…{}", sign(Verdict::from(best)), sign(Verdict::from(worst)))
    };
    let yes = |truth: Truth| match truth {
        Truth::Yes => "✓",
        Truth::No => "–",
        Truth::Unknown => "?",
    };
    let cursor = if on { '›' } else { ' ' };
    let arrow = if opened { '▾' } else { '▸' };
    let traits = format!("{:>eu$}{:>e2ee$}", yes(row.traits.eu_hosted), yes(row.traits.end_to_end));
    page.push(Line::styled(format!("{cursor}{arrow} {signs:<LIGHT$}{name}{pad}{traits}"), style));
    if !opened {
        return;
    }
    if full.width() + own.width() > room {
        page.indented("     ", "     ", &full, desk.styles.heading);
    }
    page.indented("     ", "     ", &row.word, desk.styles.heading);
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
