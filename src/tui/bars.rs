//! Header and footer, the same on every screen.
//!
//! ```text
//!  freigabe   Zoom · Vertrieb                                   Stand 23.11.2026
//!  ██████████░░░░░░░░░░  6 von 12 · 1 offen          bisher: ! Auflagen … ✗ keine
//! ──────────────────────────────────────────────────────────────────────────────
//!  (the screen)
//! ──────────────────────────────────────────────────────────────────────────────
//!  ↑↓ wählen  Enter weiter  ? Hilfe                                   ✓ gesichert
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::app::App;
use super::desk::Desk;
use super::keymap::{self, Action};
use super::layout::{self, cut};
use super::saving::Mark;
use super::screens::Screen;
use super::sitting::Sitting;
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;
use crate::session::state::Stage;
use crate::session::store::Copy;

/// The assessment, where the screen belongs to one.
fn sitting<'a, 'k>(app: &'a App<'k>) -> Option<&'a Sitting<'k>> {
    let inside = !matches!(app.top(), Some(Screen::Menu(_) | Screen::Picker(_) | Screen::Sessions(_)) | None);
    app.desk.sitting.as_ref().filter(|_| inside && client(app).is_none())
}

/// Whose assessments are listed on the screen or below the box above it.
fn client(app: &App<'_>) -> Option<String> {
    let (below, _) = layout::layers(app);
    below.and_then(|screen| screen.view().client(&app.desk))
}

fn rule(width: u16) -> String {
    "─".repeat(usize::from(width))
}

/// Two texts at the ends of a line; the left one gives way.
fn ends(left: Vec<Span<'static>>, right: Vec<Span<'static>>, width: u16) -> Line<'static> {
    let width = usize::from(width);
    let taken: usize = right.iter().map(|span| span.content.width()).sum();
    let room = width.saturating_sub(taken + 2);
    let mut used = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for span in left {
        let text = cut(&span.content, room.saturating_sub(used));
        used += text.width();
        spans.push(Span::styled(text, span.style));
    }
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used + taken + 1))));
    spans.extend(right);
    Line::from(spans)
}

/// The three lines of the header.
pub fn header(app: &App<'_>, width: u16) -> Vec<Line<'static>> {
    let desk = &app.desk;
    let mut left = vec![Span::styled(format!(" {}   ", desk.words.get("ui-name")), desk.styles.heading)];
    let mut day = desk.day.unwrap_or(desk.today);
    let tagline = || cut(&desk.words.get("ui-tagline"), usize::from(width).saturating_sub(2));
    let second = if let Some(sitting) = sitting(app) {
        day = sitting.judged_day();
        left.push(Span::raw(title(desk, sitting)));
        progress(desk, sitting, width)
    } else {
        left.extend(client(app).map(Span::raw));
        Line::styled(format!(" {}", tagline()), desk.styles.dim)
    };
    let right = Span::styled(desk.words.with("ui-as-of", &[("day", &desk.words.day(day))]), desk.styles.dim);
    // What is not saved is said where nothing else ever hides it.
    let unsaved = matches!(desk.mark, Mark::Failed(_))
        .then(|| Span::styled(format!("{}  ", desk.words.get("ui-not-saved-mark")), desk.styles.red));
    let reading = desk
        .read_only()
        .filter(|_| sitting(app).is_some())
        .map(|_| Span::styled(format!("{}  ", desk.words.get("ui-read-only-mark")), desk.styles.yellow));
    let presenting = desk
        .presenting
        .then(|| Span::styled(format!("{}  ", desk.words.get("ui-presenting-mark")), desk.styles.selected));
    let marks = unsaved.into_iter().chain(reading).chain(presenting).chain(seal(app));
    let right = marks.chain([right]).collect();
    vec![ends(left, right, width), second, Line::styled(rule(width), desk.styles.dim)]
}

/// What a seal over the assessment says today.
fn seal(app: &App<'_>) -> Option<Span<'static>> {
    let (desk, (revision, stage)) = (&app.desk, sitting(app)?.stage()?);
    let style = match stage {
        Stage::Expired | Stage::Void => desk.styles.red,
        Stage::NotYetEffective | Stage::Due => desk.styles.yellow,
        Stage::Draft | Stage::WithDpo | Stage::Signed => desk.styles.dim,
    };
    let text = desk.words.with(&format!("ui-seal-mark-{}", stage.id()), &[("revision", &revision.to_string())]);
    Some(Span::styled(format!("{text}  "), style))
}

/// Tool, team and controller.
fn title(desk: &Desk<'_>, sitting: &Sitting<'_>) -> String {
    let session = sitting.session();
    let mut title = match (sitting.vendor, session.tool_name()) {
        (Some(vendor), _) => vendor.name.to_string(),
        (None, Some(name)) => sanitise(name).into_owned(),
        (None, None) => desk.words.get("ui-other-tool"),
    };
    for part in [&session.subject.team, &session.subject.controller] {
        if !part.is_empty() {
            title = format!("{title} · {}", sanitise(part));
        }
    }
    title
}

fn progress(desk: &Desk<'_>, sitting: &Sitting<'_>, width: u16) -> Line<'static> {
    let (answered, total, open) = sitting.progress();
    let length: usize = if width < 80 { 12 } else { 24 };
    let filled = (answered * length).checked_div(total).unwrap_or(0).min(length);
    let counts = [("answered", answered.to_string()), ("total", total.to_string()), ("open", open.to_string())];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let left = vec![
        Span::styled(format!(" {}", "█".repeat(filled)), desk.styles.bar),
        Span::styled("░".repeat(length - filled), desk.styles.dim),
        Span::raw(format!(
            "  {}",
            desk.words.with(if width < 70 { "ui-progress-short" } else { "ui-progress" }, &counts)
        )),
    ];
    let shown = sitting.session().mode == Mode::Interview && !desk.hide_light && !desk.presenting;
    let right = match shown.then(|| sitting.lights()).flatten() {
        Some((best, worst)) => {
            let word = |light: crate::domain::verdict::Light| desk.words.get(&format!("ui-light-{}", light.id()));
            if best == worst {
                Span::styled(desk.words.with("ui-so-far-one", &[("best", &word(best))]), desk.styles.light(best))
            } else {
                let both = [("best", word(best)), ("worst", word(worst))];
                let both: Vec<(&str, &str)> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
                Span::styled(desk.words.with("ui-so-far", &both), desk.styles.text)
            }
        }
        None => Span::raw(String::new()),
    };
    ends(left, vec![right], width)
}

/// A key in the footer.
struct Offer {
    action: Action,
    key: String,
    label: String,
}

impl Offer {
    fn width(&self) -> usize {
        self.key.width() + self.label.width() + 3
    }

    /// Help and the way out are never left out; what does not fit stands in the help.
    const fn stays(&self) -> bool {
        matches!(self.action, Action::Help | Action::Quit | Action::Save)
    }
}

/// The keys that fit beside the mark, in order.
fn offers(app: &App<'_>, room: usize) -> Vec<Offer> {
    let Some(top) = app.top() else { return Vec::new() };
    let hidden = |action: Action| {
        matches!(
            action,
            Action::PageUp
                | Action::PageDown
                | Action::Down
                | Action::First
                | Action::Last
                | Action::Theme
                | Action::Mouse
                | Action::TabBack
                | Action::ChangeBack
                | Action::Present
        ) || (action == Action::Save && !matches!(app.desk.mark, Mark::Failed(_)))
    };
    let all: Vec<Offer> = keymap::of(app.context())
        .filter(|binding| !hidden(binding.action) && top.view().offers(&app.desk, binding.action))
        .map(|binding| {
            let (key, label) = match binding.action {
                Action::Up => ("↑↓", "ui-key-choose"),
                Action::Change => ("←→", binding.label),
                _ => (binding.keys[0], binding.label),
            };
            Offer { action: binding.action, key: keymap::name(key, &app.desk.words), label: app.desk.words.get(label) }
        })
        .collect();
    let kept: usize = all.iter().filter(|offer| offer.stays()).map(Offer::width).sum();
    let mut used = 1 + kept;
    let mut shown = Vec::new();
    let (last, mut others): (Vec<Offer>, Vec<Offer>) = all.into_iter().partition(Offer::stays);
    // While answers are missing, the way to them matters more than anything but moving about.
    others.sort_by_key(|offer| match offer.action {
        Action::Up => 0,
        Action::Decide | Action::TakeBack | Action::HandOver => 1,
        Action::Confirm | Action::Back | Action::Rules | Action::Mail | Action::Attest | Action::Documents => 2,
        _ => 3,
    });
    for offer in others {
        if used + offer.width() <= room {
            used += offer.width();
            shown.push(offer);
        }
    }
    shown.extend(last.into_iter().filter(|_| kept + 10 < room));
    shown
}

/// What is said at the right end of the footer.
fn mark(app: &App<'_>, width: u16) -> (String, Style) {
    let desk = &app.desk;
    if let Some(notice) = &desk.notice {
        return (cut(notice, usize::from(width).saturating_sub(4)), desk.styles.yellow);
    }
    if sitting(app).is_none() {
        return (String::new(), desk.styles.dim);
    }
    let (text, style) = match &desk.mark {
        _ if desk.read_only().is_some() => (desk.words.get("ui-read-only-mark"), desk.styles.yellow),
        Mark::NoFile => (String::new(), desk.styles.dim),
        Mark::Saving => (desk.words.get("ui-saving"), desk.styles.dim),
        Mark::Saved => match desk.on_copy() {
            Some((Copy::Conflict, _)) => (desk.words.get("ui-saved-conflict"), desk.styles.yellow),
            Some((Copy::Rescue, _)) => (desk.words.get("ui-saved-rescue"), desk.styles.yellow),
            None => (desk.words.get("ui-saved"), desk.styles.green),
        },
        Mark::Failed(_) => (desk.words.get("ui-not-saved"), desk.styles.red),
    };
    (cut(&text, usize::from(width) / 2), style)
}

/// The two lines of the footer.
pub fn footer(app: &App<'_>, width: u16) -> Vec<Line<'static>> {
    let styles = &app.desk.styles;
    let (mark, style) = mark(app, width);
    let mut spans: Vec<Span<'static>> = vec![Span::raw(" ")];
    let mut used = 1;
    for offer in offers(app, room(&mark, width)) {
        used += offer.width();
        spans.push(Span::styled(offer.key, styles.key));
        spans.push(Span::raw(format!(" {}  ", offer.label)));
    }
    let gap = usize::from(width).saturating_sub(used + mark.width() + 1);
    spans.push(Span::raw(" ".repeat(gap)));
    spans.push(Span::styled(mark, style));
    vec![Line::styled(rule(width), styles.dim), Line::from(spans)]
}

fn room(mark: &str, width: u16) -> usize {
    usize::from(width).saturating_sub(mark.width() + 3)
}

/// The key that stands in a column of the footer.
pub fn offer_at(app: &App<'_>, area: Rect, column: u16) -> Option<Action> {
    let (mark, _) = mark(app, area.width);
    let column = usize::from(column.checked_sub(area.x)?);
    let mut from = 1;
    for offer in offers(app, room(&mark, area.width)) {
        let to = from + offer.width();
        if (from..to).contains(&column) {
            return Some(offer.action);
        }
        from = to;
    }
    None
}
