//! The light beside headline and first steps.
//!
//! ```text
//!  ┌───┐
//!  │ ✗ │  Bitte nicht nutzen.
//!  │ · │  Hauptgrund:
//!  │ · │   – Es fehlt ein AV-Vertrag
//!  └───┘
//! ```

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::super::desk::Desk;
use super::super::super::widgets::{Page, wrapped};
use crate::domain::verdict::{Light, Verdict};
use crate::report::picture::sign;
use crate::report::view::VerdictView;

/// Below so many lines the light is a sign before the headline.
const LOW: u16 = 20;

/// The light beside headline and first steps. Every light still possible is lit; sign and place say what the colour says.
pub fn top(desk: &Desk<'_>, page: &mut Page, view: &VerdictView) {
    if desk.size.1 < LOW {
        headline(desk, page, view);
        if let Some((sealed, well)) = &view.sealed {
            page.indented("", "", sealed, if *well { desk.styles.dim } else { desk.styles.yellow });
        }
        page.indented("", "", &view.sub, desk.styles.text);
        for step in view.first.iter().take(4) {
            page.indented("– ", "  ", step, desk.styles.text);
        }
        return;
    }
    let width = 8;
    let lamp = |light: Light| {
        let lit = view.lights.is_some_and(|(best, worst)| best <= light && light <= worst);
        let text = match (lit, light) {
            (false, _) => "│ · │  ",
            (true, Light::Red) => "│ ✗ │  ",
            (true, Light::Yellow) => "│ ! │  ",
            (true, Light::Green) => "│ ✓ │  ",
        };
        Span::styled(text, if lit { desk.styles.light(light) } else { desk.styles.dim })
    };
    let room = page.columns().saturating_sub(width);
    let mut right: Vec<(String, Style)> = Vec::new();
    right.extend(wrapped(&view.headline, room, room).into_iter().map(|line| (line, colour(desk, view))));
    if let Some(departed) = &view.departed {
        right.extend(wrapped(departed, room, room).into_iter().map(|line| (line, desk.styles.yellow)));
    }
    if let Some((sealed, well)) = &view.sealed {
        let style = if *well { desk.styles.dim } else { desk.styles.yellow };
        right.extend(wrapped(sealed, room, room).into_iter().map(|line| (line, style)));
    }
    if !view.sub.is_empty() {
        right.extend(wrapped(&view.sub, room, room).into_iter().map(|line| (line, desk.styles.text)));
    }
    for step in view.first.iter().take(4) {
        let mut lines = wrapped(step, room.saturating_sub(3), room.saturating_sub(3)).into_iter();
        right.extend(lines.next().map(|line| (format!("– {line}"), desk.styles.text)));
        right.extend(lines.map(|line| (format!("  {line}"), desk.styles.text)));
    }
    if view.first.len() > 4 {
        right.push((format!("  + {}", view.first.len() - 4), desk.styles.dim));
    }
    let dim = |text: &'static str| Span::styled(text, desk.styles.dim);
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

/// The headline alone, with the signs of the lights still possible.
pub fn headline(desk: &Desk<'_>, page: &mut Page, view: &VerdictView) {
    let signs = view.lights.map_or(String::new(), |(best, worst)| {
        let sign = |light: Light| sign(Verdict::from(light));
        if best == worst { format!("{} ", sign(worst)) } else { format!("{}…{} ", sign(best), sign(worst)) }
    });
    page.indented(&signs, "  ", &view.headline, colour(desk, view));
    if let Some(departed) = &view.departed {
        page.indented("  ", "  ", departed, desk.styles.yellow);
    }
}

fn colour(desk: &Desk<'_>, view: &VerdictView) -> Style {
    view.lights.map_or(
        desk.styles.heading,
        |(best, worst)| {
            if best == worst { desk.styles.light(worst) } else { desk.styles.heading }
        },
    )
}
