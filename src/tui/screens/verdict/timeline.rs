//! The verdict of the same answers over the years: a band, and below it each stretch with its cause.
//!
//! ```text
//!  2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027
//!  ✓✓✓✓✗✗!!!!!!!!!!!!!!!!!!✗✗✗✗✗✗✗✗✗✗✗✗!!!!!!!!!!!!!!!!
//!                                                  ▲
//!  › 16.07.2020 – 09.07.2023  ✗ nein
//!      Nicht mehr in Kraft: EU-US-Datenschutzschild
//! ```

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::super::desk::Desk;
use super::super::super::layout::cut;
use super::super::super::widgets::Page;
use crate::domain::verdict::{Light, Verdict};
use crate::report::picture::sign;
use crate::report::timeline::{BandCell, TimelineView};

/// So many findings of the chosen stretch are named; the tab with the result names all of the day judged.
const FINDINGS: usize = 6;

/// The band and the stretches: each in a line, the chosen one with all its causes.
pub fn timeline(desk: &Desk<'_>, page: &mut Page, view: &TimelineView, selected: usize) {
    if view.segments.is_empty() {
        page.text(&desk.words.get("ui-private"), desk.styles.dim);
        return;
    }
    band(desk, page, view, selected);
    for (n, segment) in view.segments.iter().enumerate() {
        let on = n == selected;
        // The band stays in view while the cursor is on the first stretch.
        page.item(n, on && n > 0, |page| {
            let now = if segment.is_now { format!("  ← {}", desk.words.get("ui-time-now")) } else { String::new() };
            let text = format!("{}  {}{now}", segment.days, segment.word);
            if !on {
                let because = segment.because.join(" · ");
                let rest = cut(&because, page.columns().saturating_sub(text.width() + 6));
                let first = Span::styled(format!("  {text}"), style(desk, segment.verdict));
                return page.push(Line::from(vec![first, Span::styled(format!("  {rest}"), desk.styles.dim)]));
            }
            page.indented("› ", "    ", &text, desk.styles.selected);
            for because in &segment.because {
                page.indented("    ", "      ", because, desk.styles.text);
            }
            page.indented("    ", "      ", &segment.transfer, desk.styles.dim);
            for finding in segment.findings.iter().take(FINDINGS) {
                page.indented("    ", "      ", finding, desk.styles.dim);
            }
            if let Some(more) = segment.findings.len().checked_sub(FINDINGS).filter(|more| *more > 0) {
                page.indented("    ", "      ", &format!("+ {more}"), desk.styles.dim);
            }
        });
    }
}

fn style(desk: &Desk<'_>, verdict: Verdict) -> Style {
    match verdict {
        Verdict::Green => desk.styles.light(Light::Green),
        Verdict::Yellow => desk.styles.light(Light::Yellow),
        Verdict::Red => desk.styles.light(Light::Red),
        Verdict::Open => desk.styles.heading,
    }
}

/// As many cells a year as fit; the years above, the cursor and the day judged below.
fn band(desk: &Desk<'_>, page: &mut Page, view: &TimelineView, selected: usize) {
    let years = view.band(1).len().max(1);
    let fits = |per_year: &i8| years * usize::from(per_year.unsigned_abs()) <= page.columns();
    let per_year = [12, 6, 4, 3, 2, 1].into_iter().find(fits).unwrap_or(1);
    let cells = view.band(per_year);
    let width = usize::from(per_year.unsigned_abs());
    let mut above = String::new();
    for (n, cell) in cells.iter().enumerate().filter(|(n, _)| n % width == 0) {
        let year = format!("{:04}", cell.from.year());
        let name = if width > 4 { year.as_str() } else { &year[2..] };
        let at = if width >= 3 { n } else { n * 3 / 3 };
        if above.len() <= at {
            above.push_str(&" ".repeat(at - above.len()));
            above.push_str(name);
        }
    }
    page.push(Line::styled(above, desk.styles.dim));
    page.push(Line::from(cells.iter().map(|cell| cell_of(desk, *cell)).collect::<Vec<_>>()));
    page.push(Line::styled(marks(view, &cells, selected), desk.styles.key));
    page.text(&desk.words.get("ui-time-signs"), desk.styles.dim);
}

fn cell_of(desk: &Desk<'_>, cell: BandCell) -> Span<'static> {
    Span::styled(sign(cell.verdict).to_string(), style(desk, cell.verdict))
}

/// A mark under the beginning of the chosen stretch, and one under the day judged.
fn marks(view: &TimelineView, cells: &[BandCell], selected: usize) -> String {
    let place = |day: crate::domain::Day| cells.iter().rposition(|cell| cell.from <= day).unwrap_or(0);
    let chosen = view.segments.get(selected).map(|segment| place(segment.from));
    let now = place(view.day);
    (0..cells.len())
        .map(|n| match (chosen == Some(n), n == now) {
            (true, _) => '▲',
            (false, true) => '│',
            _ => ' ',
        })
        .collect()
}
