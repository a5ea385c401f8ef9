//! The result: light, headline, what to do first, findings that open to their proof, sources.
//!
//! ```text
//!  ┌───┐
//!  │ ✗ │  Bitte nicht nutzen.
//!  │ · │  Hauptgrund:
//!  │ · │   – Es fehlt ein AV-Vertrag
//!  └───┘
//! ```

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use super::super::app::App;
use super::super::theme::sign;
use super::super::widgets::Page;
use crate::domain::finding::Level;
use crate::domain::verdict::Light;
use crate::report::text::wrap;
use crate::report::view::VerdictView;

/// The result.
pub fn verdict(
    app: &App<'_>,
    page: &mut Page,
    view: &VerdictView,
    tab: usize,
    selected: usize,
    open: &BTreeSet<usize>,
) {
    top(app, page, view);
    page.gap();
    let name = |n: usize, id: &str| {
        let text = format!(" {} ", app.words.get(id));
        if n == tab {
            Span::styled(format!("[{text}]"), app.styles.selected)
        } else {
            Span::styled(format!(" {text} "), app.styles.dim)
        }
    };
    page.push(Line::from(vec![name(0, "ui-tab-result"), name(1, "ui-tab-sources")]));
    if tab == 0 {
        findings(app, page, view, selected, open);
    } else {
        sources(app, page, view, selected);
    }
}

/// The light beside headline and first steps. Every light still possible is lit; sign and place say what the colour says.
fn top(app: &App<'_>, page: &mut Page, view: &VerdictView) {
    let width = 8;
    let lamp = |light: Light| {
        let lit = view.lights.is_some_and(|(best, worst)| best <= light && light <= worst);
        let text = match (lit, light) {
            (false, _) => "│ · │  ",
            (true, Light::Red) => "│ ✗ │  ",
            (true, Light::Yellow) => "│ ! │  ",
            (true, Light::Green) => "│ ✓ │  ",
        };
        Span::styled(text, if lit { app.styles.light(light) } else { app.styles.dim })
    };
    let room = usize::from(page_width(page)).saturating_sub(width);
    let mut right: Vec<(String, ratatui::style::Style)> = Vec::new();
    let style = view.lights.map_or(app.styles.heading, |(best, worst)| {
        if best == worst { app.styles.light(worst) } else { app.styles.heading }
    });
    right.extend(wrap(&view.headline, room).into_iter().map(|line| (line, style)));
    if !view.sub.is_empty() {
        right.extend(wrap(&view.sub, room).into_iter().map(|line| (line, app.styles.text)));
    }
    for step in view.first.iter().take(4) {
        let mut lines = wrap(step, room.saturating_sub(3)).into_iter();
        right.extend(lines.next().map(|line| (format!("– {line}"), app.styles.text)));
        right.extend(lines.map(|line| (format!("  {line}"), app.styles.text)));
    }
    if view.first.len() > 4 {
        right.push((format!("  + {}", view.first.len() - 4), app.styles.dim));
    }
    let dim = |text: &'static str| Span::styled(text, app.styles.dim);
    let left = vec![dim("┌───┐  "), lamp(Light::Red), lamp(Light::Yellow), lamp(Light::Green), dim("└───┘  ")];
    let mut left = left.into_iter();
    let mut right = right.into_iter();
    loop {
        match (left.next(), right.next()) {
            (None, None) => break,
            (lamp, text) => {
                let lamp = lamp.unwrap_or_else(|| Span::raw("       "));
                let text = text.map_or_else(|| Span::raw(String::new()), |(text, style)| Span::styled(text, style));
                page.push(Line::from(vec![lamp, text]));
            }
        }
    }
}

fn page_width(page: &Page) -> u16 {
    page.columns()
}

fn findings(app: &App<'_>, page: &mut Page, view: &VerdictView, selected: usize, open: &BTreeSet<usize>) {
    let mut level = None;
    for (n, found) in view.findings.iter().enumerate() {
        if level != Some(found.level) {
            level = Some(found.level);
            let name = match found.level {
                Level::Red => app.words.get("ui-level-red"),
                Level::Yellow => app.words.get("ui-level-yellow"),
                Level::Advice => app.words.get("ui-level-advice"),
                Level::Good => app.words.get("ui-level-good"),
            };
            page.text(&name, app.styles.level(found.level));
        }
        let on = n == selected;
        let opened = open.contains(&n);
        // While the cursor rests on the first line the headline stays in view, however low the window.
        page.focused(on && (n > 0 || opened), |page| {
            let first =
                format!("{}{} {} ", if on { "›" } else { " " }, if opened { "▾" } else { "▸" }, sign(found.level));
            let style = if on { app.styles.selected } else { app.styles.text };
            page.indented(&first, "     ", &format!("{}  [{}]", found.title, found.tag), style);
            for (label, lines) in found.parts.iter().filter(|_| opened) {
                for (k, line) in lines.iter().enumerate() {
                    let prefix = if k == 0 { format!("     {label}: ") } else { "       ".to_owned() };
                    page.indented(&prefix, "       ", line, app.styles.text);
                }
            }
        });
    }
    for (label, lines) in [("ui-left-to-dpo", &view.left_to_dpo), ("ui-not-checked", &view.not_checked)] {
        if !lines.is_empty() {
            page.gap();
            page.labelled(&app.words.get(label), &lines.join(" · "), app.styles.key, app.styles.dim);
        }
    }
    page.gap();
    for line in &view.scope {
        page.text(line, app.styles.dim);
    }
}

fn sources(app: &App<'_>, page: &mut Page, view: &VerdictView, selected: usize) {
    let mut n = 0;
    for (label, lines) in &view.sources {
        page.gap();
        page.text(label, app.styles.key);
        for line in lines {
            page.focused(n == selected, |page| page.indented("• ", "  ", line, app.styles.text));
            n += 1;
        }
    }
}
