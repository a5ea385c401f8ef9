//! From state to frame. Nothing here changes the state.
//!
//! ```text
//!  freigabe   Zoom · Vertrieb                                   Stand 23.11.2026
//!  ██████████░░░░░░░░░░  6 von 12 · 1 offen          bisher: ! Auflagen … ✗ keine
//! ──────────────────────────────────────────────────────────────────────────────
//!  (the screen)
//! ──────────────────────────────────────────────────────────────────────────────
//!  ↑↓ wählen  Enter weiter  ? Hilfe                                   ✓ gesichert
//! ```

use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::app::{App, Mark, Screen};
use super::keymap;
use super::screens;
use super::widgets::Page;
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;

/// Smallest window that is drawn.
const LEAST: (u16, u16) = (40, 12);
/// Width of the reading area; beyond it the content stands in the middle.
const WIDE: u16 = 100;
/// From this width the question has a pane beside it.
const PANES: u16 = 110;

/// Draws the program.
pub fn draw(app: &App<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = app.words.get("ui-too-small");
        frame.render_widget(Paragraph::new(text).wrap(ratatui::widgets::Wrap { trim: true }), area);
        return;
    }
    let width = if area.width >= PANES { area.width.min(130) } else { area.width.min(WIDE) };
    let height = area.height.min(40);
    let left = (area.width - width) / 2;
    let area = Rect { x: area.x + left, y: area.y, width, height };
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(3), Constraint::Min(1), Constraint::Length(2)]).areas(area);
    header(app, frame, head);
    let body = Rect { x: body.x + 1, width: body.width - 2, ..body };
    let side = (width >= PANES).then(|| screens::side(app, 44)).flatten();
    match side {
        Some(side) => {
            let [main, pane] = Layout::horizontal([Constraint::Min(40), Constraint::Length(46)]).areas(body);
            show(&screens::page(app, main.width - 1, true), frame, Rect { width: main.width - 1, ..main });
            let inner = Rect { x: pane.x + 2, width: pane.width - 2, ..pane };
            frame.render_widget(Block::new().borders(Borders::LEFT).border_style(app.styles.dim), pane);
            show(&side, frame, inner);
        }
        None => show(&screens::page(app, body.width, false), frame, body),
    }
    footer(app, frame, foot);
    if app.dialog.is_some() {
        dialog(app, frame, area);
    }
}

fn show(page: &Page, frame: &mut Frame<'_>, area: Rect) {
    let offset = page.offset(usize::from(area.height));
    let lines: Vec<Line<'_>> = page.lines.iter().skip(offset).take(usize::from(area.height)).cloned().collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn rule(width: u16) -> String {
    "─".repeat(usize::from(width))
}

/// Cuts a text to a width, with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 2 > width {
            break;
        }
        short.push(c);
    }
    short + "…"
}

/// Two texts at the ends of a line; the left one gives way.
fn ends(left: Vec<Span<'static>>, right: Span<'static>, width: u16) -> Line<'static> {
    let width = usize::from(width);
    let room = width.saturating_sub(right.content.width() + 2);
    let mut used = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for span in left {
        let text = cut(&span.content, room.saturating_sub(used));
        used += text.width();
        spans.push(Span::styled(text, span.style));
    }
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used + right.content.width() + 1))));
    spans.push(right);
    Line::from(spans)
}

fn header(app: &App<'_>, frame: &mut Frame<'_>, area: Rect) {
    let mut left = vec![Span::styled(format!(" {}   ", app.words.get("ui-name")), app.styles.heading)];
    let mut day = app.day.unwrap_or(app.today);
    let inside = !matches!(app.screens.last(), Some(Screen::Menu { .. } | Screen::Picker { .. }) | None);
    let mut second = Line::from(Span::styled(
        format!(" {}", cut(&app.words.get("ui-tagline"), usize::from(area.width) - 2)),
        app.styles.dim,
    ));
    if let Some(sitting) = app.sitting.as_ref().filter(|_| inside) {
        day = sitting.judged_day();
        let subject = &sitting.session().subject;
        let mut title = sitting.vendor.map_or_else(|| app.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
        for part in [&subject.team, &subject.controller] {
            if !part.is_empty() {
                title = format!("{title} · {}", sanitise(part));
            }
        }
        left.push(Span::raw(title));
        second = progress(app, area.width);
    }
    let right = Span::styled(app.words.with("ui-as-of", &[("day", &app.words.day(day))]), app.styles.dim);
    let lines = vec![ends(left, right, area.width), second, Line::styled(rule(area.width), app.styles.dim)];
    frame.render_widget(Paragraph::new(lines), area);
}

fn progress(app: &App<'_>, width: u16) -> Line<'static> {
    let Some(sitting) = &app.sitting else { return Line::default() };
    let (answered, total, open) = sitting.progress();
    let length: usize = if width < 80 { 12 } else { 24 };
    let filled = (answered * length).checked_div(total).unwrap_or(0);
    let counts = [("answered", answered.to_string()), ("total", total.to_string()), ("open", open.to_string())];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let left = vec![
        Span::styled(format!(" {}", "█".repeat(filled)), app.styles.bar),
        Span::styled("░".repeat(length - filled), app.styles.dim),
        Span::raw(format!("  {}", app.words.with("ui-progress", &counts))),
    ];
    let shown = sitting.session().mode == Mode::Interview && !app.hide_light;
    let right = match sitting.lights.filter(|_| shown) {
        Some((best, worst)) => {
            let word = |light: crate::domain::verdict::Light| app.words.get(&format!("ui-light-{}", light.id()));
            let text = if best == worst {
                app.words.with("ui-so-far-one", &[("best", &word(best))])
            } else {
                app.words.with("ui-so-far", &[("best", &word(best)), ("worst", &word(worst))])
            };
            Span::styled(text, if best == worst { app.styles.light(best) } else { app.styles.text })
        }
        None => Span::raw(String::new()),
    };
    ends(left, right, width)
}

fn footer(app: &App<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (mark, style) = match &app.mark {
        Mark::NoFile => (String::new(), app.styles.dim),
        Mark::Saving => (app.words.get("ui-saving"), app.styles.dim),
        Mark::Saved => (app.words.get("ui-saved"), app.styles.green),
        Mark::Failed(why) => (app.words.with("ui-not-saved", &[("why", why)]), app.styles.red),
    };
    let inside =
        app.sitting.is_some() && !matches!(app.screens.last(), Some(Screen::Menu { .. } | Screen::Picker { .. }));
    let mark = if inside { cut(&mark, usize::from(area.width) / 2) } else { String::new() };
    let room = usize::from(area.width).saturating_sub(mark.width() + 3);
    let mut spans: Vec<Span<'static>> = vec![Span::raw(" ")];
    let mut used = 1;
    let offers = offers(app);
    // Help and the way out are never left out; what does not fit stands in the help.
    let width = |(key, label): &(String, String)| key.width() + label.width() + 3;
    let (last, others): (Vec<_>, Vec<_>) =
        offers.into_iter().partition(|(key, _)| matches!(key.as_str(), "?" | "F1" | "q"));
    let kept: usize = last.iter().map(width).sum();
    let mut shown: Vec<(String, String)> = Vec::new();
    for offer in others {
        if used + width(&offer) + kept <= room {
            used += width(&offer);
            shown.push(offer);
        }
    }
    for (key, label) in shown.into_iter().chain(last.into_iter().filter(|_| kept + 10 < room)) {
        spans.push(Span::styled(key, app.styles.key));
        spans.push(Span::raw(format!(" {label}  ")));
    }
    used += kept;
    let gap = usize::from(area.width).saturating_sub(used + mark.width() + 1);
    spans.push(Span::raw(" ".repeat(gap)));
    spans.push(Span::styled(mark, style));
    let lines = vec![Line::styled(rule(area.width), app.styles.dim), Line::from(spans)];
    frame.render_widget(Paragraph::new(lines), area);
}

/// Keys and labels of the context, the way it is shown in the footer.
fn offers(app: &App<'_>) -> Vec<(String, String)> {
    let several = matches!(app.screens.last(), Some(Screen::Question(choosing)) if choosing.several());
    let undecided = matches!(app.screens.last(), Some(Screen::Verdict { view, .. }) if !view.deciding.is_empty());
    let bindings = keymap::of(app.context()).filter(|binding| match binding.action {
        keymap::Action::PageUp | keymap::Action::PageDown | keymap::Action::Down => false,
        keymap::Action::Toggle => several,
        keymap::Action::Decide => undecided,
        _ => true,
    });
    bindings
        .map(|binding| match binding.action {
            keymap::Action::Up => ("↑↓".to_owned(), app.words.get("ui-key-choose")),
            _ => (binding.keys[0].to_owned(), app.words.get(binding.label)),
        })
        .collect()
}

fn dialog(app: &App<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some(dialog) = &app.dialog else { return };
    let width = area.width.saturating_sub(4).min(70);
    let height = (u16::try_from(dialog.fields.len()).unwrap_or(3) * 2 + 4).min(area.height);
    let [_, row, _] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    let [_, place, _] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width), Constraint::Fill(1)]).areas(row);
    let title = match dialog.kind {
        super::app::DialogKind::Note => app.words.get("ui-note"),
        super::app::DialogKind::Evidence => app.words.get("ui-evidence"),
        super::app::DialogKind::FollowUp => app.words.get("ui-follow-up"),
    };
    let block = Block::bordered().title(format!(" {title} ")).title_alignment(Alignment::Left);
    let inner = block.inner(place);
    frame.render_widget(Clear, place);
    frame.render_widget(block, place);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (n, (label, text)) in dialog.fields.iter().enumerate() {
        lines.push(Line::styled(app.words.get(label), app.styles.dim));
        let cursor = if n == dialog.at { "_" } else { "" };
        let room = usize::from(inner.width).saturating_sub(4);
        let shown: String = sanitise(text).into_owned();
        let from = shown.chars().count().saturating_sub(room);
        let tail: String = shown.chars().skip(from).collect();
        let style = if n == dialog.at { app.styles.selected } else { app.styles.text };
        lines.push(Line::styled(format!("› {tail}{cursor}"), style));
    }
    if let Some(fault) = &dialog.fault {
        lines.push(Line::styled(fault.clone(), app.styles.red));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}
