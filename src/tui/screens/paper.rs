//! A text to take along: the mail that asks for missing answers, the rules for the team. One key copies it.
//!
//! ```text
//!  Regeln für Zoom (bezahlt)
//!  Freigabe mit Auflagen · 24.11.2026
//!
//!  Was abgedeckt ist
//!  – Aufzeichnung: Nein
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::scrolled;
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::sanitise::sanitise;

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The answers that still decide.
    Mail,
    /// The page for the team.
    Rules,
}

/// The page.
#[derive(Debug)]
pub struct Paper {
    kind: Kind,
    lines: Vec<String>,
    scroll: usize,
}

impl Paper {
    /// The text for the open assessment; none where there is nothing to say.
    #[must_use]
    pub fn new(desk: &Desk<'_>, kind: Kind) -> Option<Self> {
        let lines = text(desk, kind)?;
        Some(Self { kind, lines, scroll: 0 })
    }
}

fn text(desk: &Desk<'_>, kind: Kind) -> Option<Vec<String>> {
    let file = desk.sitting.as_ref().map(|sitting| sitting.saved.path.display().to_string());
    desk.with_viewed(|viewed| match kind {
        Kind::Mail => viewed.mail(file.as_deref()).map(|mail| mail.lines().map(str::to_owned).collect()),
        Kind::Rules => Some(viewed.rules()),
    })?
}

/// The text for the clipboard, harmless wherever it is put in, and whether it is the whole: terminals take no more than
/// a hundred thousand bytes, and a third is added on the way.
pub fn plain(lines: &[String]) -> (String, bool) {
    const LONGEST: usize = 70_000;
    let lines = lines.iter().map(|line| sanitise(line.trim_start_matches("# ")));
    let mut text = lines.collect::<Vec<_>>().join("\n");
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let whole = end == text.len();
    text.truncate(end);
    (text, whole)
}

impl View for Paper {
    fn context(&self) -> Context {
        Context::Paper
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(scroll) = scrolled(self, desk, self.scroll, action) {
            self.scroll = scroll;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Copy => {
                let (text, whole) = plain(&self.lines);
                desk.copy = Some(text);
                desk.notice = Some(desk.words.get(if whole { "ui-copied" } else { "ui-copied-part" }));
                Turn::Stay
            }
            _ => Turn::Ignored,
        }
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        if let Some(lines) = text(desk, self.kind) {
            self.lines = lines;
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        for line in &self.lines {
            if let Some(heading) = line.strip_prefix("# ") {
                page.text(heading, desk.styles.key);
                continue;
            }
            let text = line.trim_start();
            let first = " ".repeat(line.len() - text.len());
            // Only the points of a list hang; the text of a mail does not.
            let point = text.starts_with(['–', '•']) || text.starts_with(|start: char| start.is_ascii_digit());
            let rest = if point { format!("{first}  ") } else { first.clone() };
            page.indented(&first, &rest, text, desk.styles.text);
        }
        page.scrolled(self.scroll);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_harmless_and_has_an_end() {
        let lines = ["# Regeln", "– Team: \u{1b}]52;c;eA==\u{7}\u{202e}"].map(String::from);
        let copied = "Regeln\n– Team: ⟨U+001B⟩]52;c;eA==⟨U+0007⟩⟨U+202E⟩";
        assert_eq!(plain(&lines), (copied.to_owned(), true));
        let (text, whole) = plain(&["ü".repeat(100_000)]);
        assert_eq!((text, whole), ("ü".repeat(35_000), false));
    }
}
