//! Start, tool picker, header form, overview, help, and the end of a private use.
//!
//! ```text
//!  Darf dieses Tool nach der DSGVO genutzt werden?
//!
//!  › 1  Weiter: Zoom · Vertrieb        Interview, 23.11.2026
//!    2  Selbst prüfen                  etwa zwei Minuten
//! ```

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::app::App;
use super::super::describe;
use super::super::keymap::{self, Context};
use super::super::widgets::Page;
use crate::sanitise::sanitise;

/// The start screen.
pub fn menu(app: &App<'_>, page: &mut Page, selected: usize) {
    page.gap();
    for line in ["ui-intro-1", "ui-intro-2", "ui-intro-3"] {
        if app.sessions.is_empty() {
            page.text(&app.words.get(line), app.styles.text);
        }
    }
    if app.sessions.is_empty() {
        page.gap();
    }
    for (n, item) in describe::menu_items(app).iter().enumerate() {
        let (text, hint) = describe::menu_text(app, item);
        let on = n == selected;
        let style = if on { app.styles.selected } else { app.styles.text };
        page.focused(on, |page| {
            let first = format!("{} {}  ", if on { "›" } else { " " }, n + 1);
            page.indented(&first, "     ", &text, style);
            if !hint.is_empty() {
                page.indented("     ", "     ", &hint, app.styles.dim);
            }
        });
    }
}

/// The tool picker.
pub fn picker(app: &App<'_>, page: &mut Page, filter: &str, selected: usize, with_other: bool) {
    page.text(&app.words.get("ui-pick-title"), app.styles.heading);
    page.text(&app.words.get("ui-pick-hint"), app.styles.dim);
    page.gap();
    page.text(&format!("{}: {}_", app.words.get("ui-pick-filter"), sanitise(filter)), app.styles.text);
    page.gap();
    let tools = describe::tools(app, filter);
    let width = tools.iter().map(|entry| entry.name.width()).max().unwrap_or(0).max(14);
    for (n, entry) in tools.iter().enumerate() {
        let on = n == selected;
        let pad = " ".repeat(width - entry.name.width());
        let first = format!("{} {}{pad}  ", if on { "›" } else { " " }, entry.name);
        let style = if on { app.styles.selected } else { app.styles.text };
        page.focused(on, |page| {
            page.push(Line::from(vec![
                Span::styled(first, style),
                Span::styled(entry.summary.get(app.words.language()).to_owned(), app.styles.dim),
            ]));
        });
    }
    if with_other {
        if tools.is_empty() {
            page.text(&app.words.get("ui-pick-none"), app.styles.dim);
        }
        let on = selected >= tools.len();
        let style = if on { app.styles.selected } else { app.styles.text };
        let mark = if on { "›" } else { " " };
        page.focused(on, |page| {
            let text = format!("{} ({})", app.words.get("ui-pick-other"), app.words.get("ui-pick-other-hint"));
            page.indented(&format!("{mark} "), "  ", &text, style);
        });
    }
}

/// The header form of the interview.
pub fn header(app: &App<'_>, page: &mut Page, field: usize) {
    let Some(sitting) = &app.sitting else { return };
    let subject = &sitting.session().subject;
    page.text(&app.words.get("ui-header-title"), app.styles.heading);
    page.gap();
    let fields = [
        ("ui-header-controller", subject.controller.clone()),
        ("ui-header-organisation", app.words.get(&format!("ui-org-{}", subject.organisation.id()))),
        ("ui-header-country", app.words.get(&format!("ui-jur-{}", subject.jurisdiction.id()))),
        ("ui-header-team", subject.team.clone()),
        ("ui-header-purpose", subject.purpose.clone()),
    ];
    for (n, (label, text)) in fields.into_iter().enumerate() {
        let on = n == field;
        let style = if on { app.styles.selected } else { app.styles.text };
        let turns = matches!(n, 1 | 2);
        page.focused(on, |page| {
            page.text(&app.words.get(label), app.styles.dim);
            let end = if on && turns {
                "  ⏎"
            } else if on {
                "_"
            } else {
                ""
            };
            page.indented(if on { "› " } else { "  " }, "  ", &format!("{}{end}", sanitise(&text)), style);
        });
    }
    page.gap();
    let on = field >= 5;
    let style = if on { app.styles.selected } else { app.styles.text };
    page.focused(on, |page| {
        page.indented(if on { "› " } else { "  " }, "  ", &app.words.get("ui-header-go"), style);
    });
}

/// All questions with where they stand.
pub fn overview(app: &App<'_>, page: &mut Page, selected: usize) {
    page.text(&app.words.get("ui-overview"), app.styles.heading);
    for (n, line) in describe::overview_lines(app).iter().enumerate() {
        let on = n == selected;
        page.focused(on, |page| match &line.question {
            None if line.standing.is_empty() => {
                page.gap();
                page.text(&format!("{}{}", if on { "› " } else { "" }, line.text), app.styles.key);
            }
            _ => {
                let style = if on { app.styles.selected } else { app.styles.text };
                page.indented(if on { "› " } else { "  " }, "    ", &line.text, style);
                let value = if line.value.is_empty() {
                    line.standing.clone()
                } else {
                    format!("{} ({})", line.value, line.standing)
                };
                page.indented("    ", "    ", &value, app.styles.dim);
            }
        });
    }
}

/// The keys of a context.
pub fn help(app: &App<'_>, page: &mut Page, context: Context, scroll: usize) {
    page.text(&app.words.get("ui-help-title"), app.styles.heading);
    page.gap();
    for (n, binding) in keymap::of(context).enumerate() {
        page.focused(n == scroll, |page| {
            page.push(Line::from(vec![
                Span::styled(format!("  {:<14}", binding.keys.join("  ")), app.styles.key),
                Span::raw(app.words.get(binding.label)),
            ]));
        });
    }
    page.gap();
    page.push(Line::from(vec![
        Span::styled("  1…9           ".to_owned(), app.styles.key),
        Span::raw(app.words.get("ui-key-digit")),
    ]));
}

/// Purely private use: nothing to check, no file.
pub fn private(app: &App<'_>, page: &mut Page) {
    page.gap();
    for (id, style) in
        [("ui-private", app.styles.heading), ("ui-private-why", app.styles.text), ("ui-private-not", app.styles.dim)]
    {
        page.text(&app.words.get(id), style);
        page.gap();
    }
}
