//! What stands above the lines.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::super::book::Book;
use super::super::super::desk::Desk;
use super::super::super::layout::cut;
use super::super::super::widgets::Page;
use super::Register;
use crate::domain::verdict::Verdict;
use crate::report::picture::sign;
use crate::sanitise::clip;
use crate::session::register::{Column, VERDICTS};

/// Names of those who owe an answer, and characters of each.
const OWING: usize = 4;
const OWNER: usize = 24;

/// Lines that are there in any case: name, lights, what is due, who owes, the search, a gap and the heads of columns.
const LINES: u16 = 7;

/// Lines left for the list in the window.
pub fn room(desk: &Desk<'_>, page: &Page) -> usize {
    let body = desk.size.1.clamp(12, 40) - 5;
    usize::from(body.max(LINES)).saturating_sub(page.lines.len()).max(3)
}

/// While nothing is there yet.
pub fn loading(desk: &Desk<'_>, page: &mut Page) {
    page.gap();
    match desk.loading() {
        Some((_, 0)) => page.text(&desk.words.get("ui-register-loading"), desk.styles.text),
        Some((done, all)) => {
            let counts = [("done", done.to_string()), ("all", all.to_string())];
            let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            page.text(&desk.words.with("ui-register-reading", &counts), desk.styles.text);
            let width = page.columns().min(60);
            let filled = done * width / all.max(1);
            page.push(Line::from(vec![
                Span::styled("█".repeat(filled), desk.styles.bar),
                Span::styled("░".repeat(width - filled), desk.styles.dim),
            ]));
        }
        None => page.text(&desk.words.get("ui-register-failed"), desk.styles.yellow),
    }
}

/// Name, lights, what is due, who owes an answer, and what is filtered.
pub fn page(screen: &Register, desk: &Desk<'_>, book: &Book, page: &mut Page) {
    let summary = &book.summary;
    let low = desk.size.1 < 20;
    let count = summary.all.to_string();
    let title = desk.words.with("ui-register-title", &[("client", &book.client), ("n", &count)]);
    page.push(Line::styled(cut(&title, page.columns()), desk.styles.heading));
    if book.mixed > 1 {
        let n = book.mixed.to_string();
        page.text(&desk.words.with("ui-register-mixed", &[("n", &n)]), desk.styles.yellow);
    }
    lights(desk, book, page);
    let counts = [
        ("month", summary.due_this_month.to_string()),
        ("overdue", summary.overdue.to_string()),
        ("flipped", summary.flipped.to_string()),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let due = desk.words.with("ui-register-due", &counts);
    let style = if summary.flipped > 0 { desk.styles.yellow } else { desk.styles.text };
    page.push(Line::styled(cut(&due, page.columns()), style));
    if !low && !summary.owing.is_empty() {
        let named = summary.owing.iter().take(OWING).map(|(owner, n)| {
            let owner = if owner.is_empty() { desk.words.get("ui-register-nobody") } else { clip(owner, OWNER) };
            format!("{owner} {n}")
        });
        let owing = named.collect::<Vec<_>>().join(" · ");
        let line = desk.words.with("ui-register-owing", &[("who", &owing)]);
        page.push(Line::styled(cut(&line, page.columns()), desk.styles.text));
    }
    filtered(screen, desk, page);
}

/// Sign, number and bar of each light.
fn lights(desk: &Desk<'_>, book: &Book, page: &mut Page) {
    let most = book.summary.all.max(1);
    let numbers: usize = book.summary.lights.iter().map(|n| n.to_string().width() + 6).sum();
    let room = page.columns().saturating_sub(numbers).min(60);
    let mut spans = Vec::new();
    for (verdict, n) in VERDICTS.into_iter().zip(book.summary.lights) {
        let style = match verdict {
            Verdict::Green => desk.styles.green,
            Verdict::Yellow => desk.styles.yellow,
            Verdict::Open => desk.styles.reference,
            Verdict::Red => desk.styles.red,
        };
        let bar = (n * room).div_ceil(most).min(room);
        spans.push(Span::styled(format!("{} {n} {}  ", sign(verdict), "█".repeat(bar)), style));
    }
    page.push(Line::from(spans));
}

/// What is looked for, on which shelf, in which order.
fn filtered(screen: &Register, desk: &Desk<'_>, page: &mut Page) {
    let head = |column: Column| desk.words.get(&format!("register-head-{}", column.id().replace('_', "-")));
    let mut parts = vec![desk.words.get(&format!("ui-register-shelf-{}", screen.shown.filter.shelf.id()))];
    let arrow = if screen.shown.backwards { "↑" } else { "↓" };
    parts.push(format!("{arrow} {}", head(screen.shown.column)));
    if let Some(group) = screen.shown.group {
        parts.push(desk.words.with("ui-register-group", &[("what", &head(group))]));
    }
    if let Some(tool) = &screen.shown.filter.tool {
        parts.push(desk.words.with("ui-register-affected", &[("tool", &clip(tool, OWNER))]));
    }
    let search = match &screen.typing {
        Some(typing) => typing.shown(page.columns() / 3),
        None => clip(&screen.shown.filter.search, OWNER),
    };
    if screen.typing.is_some() || !search.is_empty() {
        parts.push(format!("{}: {search}", desk.words.get("ui-pick-filter")));
    }
    parts.push(desk.words.with("ui-register-shown", &[("n", &screen.lines().to_string())]));
    let style = if screen.typing.is_some() { desk.styles.selected } else { desk.styles.dim };
    page.push(Line::styled(cut(&parts.join(" · "), page.columns()), style));
}
