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
                let plain: Vec<&str> = self.lines.iter().map(|line| line.trim_start_matches("# ")).collect();
                desk.copy = Some(plain.join("\n"));
                desk.notice = Some(desk.words.get("ui-copied"));
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
