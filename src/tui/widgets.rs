//! Text laid out for a width: lines, what can be clicked, and what must stay in view.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::layout::tame;
use crate::report::text::wrap_hanging;

/// Longest text of one paragraph on the screen, in bytes; what fields take is shorter. Files may hold more: it is left
/// out here and nowhere else.
const LONGEST: usize = 1 << 15;

/// Text laid out for a width.
#[derive(Debug, Default)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// First and last line of what the cursor is on.
    focus: Option<(usize, usize)>,
    /// The line with the cursor of a field of several lines.
    pointed: Option<usize>,
    /// First and last line of each item that can be clicked.
    items: Vec<(usize, usize, usize)>,
    /// First line of a page that is only read; lines below what the cursor asks for otherwise.
    scroll: usize,
    width: usize,
    /// An empty line stands behind each item.
    spacious: bool,
}

impl Page {
    /// An empty page of a width.
    pub fn new(width: u16) -> Self {
        Self { width: usize::from(width).max(10), ..Self::default() }
    }

    /// The same with room between its items, for eyes farther away.
    pub fn spacious(width: u16) -> Self {
        Self { spacious: true, ..Self::new(width) }
    }

    /// Its width in columns.
    pub const fn columns(&self) -> usize {
        self.width
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// Wrapped text.
    pub fn text(&mut self, text: &str, style: Style) {
        self.indented("", "", text, style);
    }

    /// Wrapped text with a first prefix and one for the lines that follow.
    pub fn indented(&mut self, first: &str, rest: &str, text: &str, style: Style) {
        let room = |prefix: &str| self.width.saturating_sub(prefix.width());
        for (n, line) in wrapped(text, room(first), room(rest)).into_iter().enumerate() {
            let prefix = if n == 0 { first } else { rest };
            self.lines.push(Line::from(Span::styled(format!("{prefix}{line}"), style)));
        }
    }

    /// The line that was added last is the one the cursor is in.
    pub const fn point(&mut self) {
        self.pointed = Some(self.lines.len().saturating_sub(1));
    }

    /// A label and wrapped text below it, both indented.
    pub fn labelled(&mut self, label: &str, text: &str, label_style: Style, style: Style) {
        self.text(label, label_style);
        self.indented("  ", "  ", text, style);
    }

    /// A finished line.
    pub fn push(&mut self, line: Line<'static>) {
        self.lines.push(line);
    }

    /// Marks everything that `fill` adds as item `n`, which can be clicked; `on`: the cursor is on it.
    pub fn item(&mut self, n: usize, on: bool, fill: impl FnOnce(&mut Self)) {
        let from = self.lines.len();
        fill(self);
        let to = self.lines.len().saturating_sub(1);
        self.items.push((from, to, n));
        if on {
            self.focus = Some((from, to));
        }
        if self.spacious {
            self.gap();
        }
    }

    /// The page begins at line `scroll`, as far as there are lines.
    pub const fn scrolled(&mut self, scroll: usize) {
        self.scroll = scroll;
    }

    /// What the cursor is on need not stay in view: it is the first, and what stands above it matters more.
    pub const fn unfocus(&mut self) {
        self.focus = None;
    }

    /// The item in a line of the page.
    pub fn item_at(&self, line: usize) -> Option<usize> {
        self.items.iter().find(|(from, to, _)| (*from..=*to).contains(&line)).map(|(_, _, n)| *n)
    }

    /// The first line to show in a window of `height` lines.
    pub fn offset(&self, height: usize) -> usize {
        let most = self.lines.len().saturating_sub(height);
        match self.pointed.map(|line| (line, line)).or(self.focus) {
            // The whole of it in view, its beginning first, with a line of what follows where there is room.
            Some((from, to)) if to + 2 > height => ((to + 2 - height).min(from) + self.scroll).min(most),
            Some(_) | None => self.scroll.min(most),
        }
    }
}

/// Text wrapped for the screen: no longer than anybody reads there.
pub fn wrapped(text: &str, first: usize, rest: usize) -> Vec<String> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let shown = text.get(..end.unwrap_or_default()).unwrap_or(text);
    let mut lines = wrap_hanging(&tame(shown), first, rest);
    if shown.len() < text.len() {
        lines.push("…".to_owned());
    }
    lines
}
