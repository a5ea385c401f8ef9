//! The lines, as many columns of them as the window has room for.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::super::book::Book;
use super::super::super::desk::Desk;
use super::super::super::layout::cut;
use super::super::super::widgets::Page;
use super::{Register, top};
use crate::domain::verdict::Verdict;
use crate::report::picture::sign;
use crate::report::register::verdict as word;
use crate::sanitise::clip;
use crate::session::register::{Column, Entry, Lights, Row};

/// Characters of a text that are looked at for a cell.
const LONGEST: usize = 60;

/// A column on the screen: what stands there, and how wide it is.
type Wide = (Column, usize);

/// The columns for a width. The last ones go first when there is no room.
fn columns(width: usize) -> Vec<Wide> {
    const ALL: [(Column, usize); 7] = [
        (Column::Tool, 14),
        (Column::Team, 14),
        (Column::VerdictNow, 14),
        (Column::State, 15),
        (Column::DueNext, 10),
        (Column::FollowUps, 5),
        (Column::Title, 24),
    ];
    let mut room = width.saturating_sub(2);
    let mut shown = Vec::new();
    for (column, columns) in ALL {
        if room > columns {
            room -= columns + 1;
            shown.push((column, columns));
        }
    }
    // What is left goes to names, which are cut first.
    for wanted in [Column::Team, Column::Tool] {
        if let Some((_, columns)) = shown.iter_mut().find(|(column, _)| *column == wanted) {
            let more = room.min(8);
            *columns += more;
            room -= more;
        }
    }
    shown
}

/// The heads of the columns and the lines around the cursor.
pub fn page(screen: &Register, desk: &Desk<'_>, book: &Book, page: &mut Page, _: bool) {
    let columns = columns(page.columns());
    let mut head = String::from("  ");
    for (column, width) in &columns {
        let text = desk.words.get(&format!("register-head-{}", column.id().replace('_', "-")));
        head.push_str(&padded(&text, *width));
        head.push(' ');
    }
    page.push(Line::styled(head.trim_end().to_owned(), desk.styles.key));
    if screen.lines() == 0 {
        page.text(&desk.words.get("ui-help-none"), desk.styles.dim);
        return;
    }
    let room = top::room(desk, page);
    let selected = screen.shown.selected;
    let from = selected.saturating_sub(room / 2).min(screen.lines().saturating_sub(room));
    let mut used = 0;
    let mut last = None;
    let mut n = from;
    while used < room && n < screen.lines() {
        if let Some((entry, row)) = screen.places.get(n).and_then(|place| line_of(book, *place)) {
            let group = screen.shown.group.map(|group| text(desk, group, entry, row));
            if group.is_some() && group != last {
                last.clone_from(&group);
                page.push(Line::styled(cut(&group.unwrap_or_default(), page.columns()), desk.styles.reference));
                used += 1;
            }
            page.item(n, n == selected, |page| line(desk, page, &columns, entry, row, n == selected));
        } else if let Some(one) = book.register.unread.get(n - screen.places.len().min(n)) {
            let told = one.fault.told(&desk.words);
            let text = format!("✗ {}: {}", clip(&one.name, LONGEST), told.message);
            let on = n == selected;
            let mark = if on { "› " } else { "  " };
            page.item(n, on, |page| {
                page.push(Line::styled(cut(&format!("{mark}{text}"), page.columns()), desk.styles.red));
            });
        }
        used += 1;
        n += 1;
    }
    // The list fits into the window, so nothing scrolls.
    page.unfocus();
}

fn line_of(book: &Book, place: usize) -> Option<(&Entry, &Row)> {
    let row = book.rows.get(place)?;
    Some((book.register.entries.get(row.at)?, row))
}

fn line(desk: &Desk<'_>, page: &mut Page, columns: &[Wide], entry: &Entry, row: &Row, on: bool) {
    let base = if on { desk.styles.selected } else { desk.styles.text };
    let mut spans = vec![Span::styled(if on { "› " } else { "  " }, base)];
    for (column, width) in columns {
        let style = match column {
            Column::VerdictNow if !on => style(desk, row.now),
            Column::DueNext if !on && row.overdue > 0 => desk.styles.yellow,
            _ => base,
        };
        spans.push(Span::styled(format!("{} ", padded(&text(desk, *column, entry, row), *width)), style));
    }
    page.push(Line::from(spans));
}

fn style(desk: &Desk<'_>, lights: Lights) -> Style {
    match lights.verdict() {
        Some(Verdict::Green) => desk.styles.green,
        Some(Verdict::Yellow) => desk.styles.yellow,
        Some(Verdict::Red) => desk.styles.red,
        Some(Verdict::Open) => desk.styles.reference,
        None => desk.styles.dim,
    }
}

/// What stands in a cell.
pub fn text(desk: &Desk<'_>, column: Column, entry: &Entry, row: &Row) -> String {
    match column {
        Column::Tool => {
            let mark = if entry.copy().is_some() { "≠ " } else { "" };
            format!("{mark}{}", clip(&row.tool, LONGEST))
        }
        Column::Team => clip(&entry.team, LONGEST),
        Column::Title => clip(&entry.title, LONGEST),
        Column::State => desk.words.get(&format!("register-state-{}", row.stage.id().replace('_', "-"))),
        Column::VerdictNow => verdict(desk, row),
        Column::FollowUps => {
            let open = row.follow_ups + row.open;
            if open == 0 { String::new() } else { format!("{open:>5}") }
        }
        Column::DueNext => row.due.map(|day| desk.words.day(day)).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The verdict, and what it was where it is another one: `✓ → ! Auflagen`.
fn verdict(desk: &Desk<'_>, row: &Row) -> String {
    let now = word(&desk.words, row.now);
    match row.then.and_then(Lights::verdict).filter(|then| Some(*then) != row.now.verdict()) {
        Some(then) => format!("{} → {now}", sign(then)),
        None => now,
    }
}

fn padded(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let gap = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(gap))
}
