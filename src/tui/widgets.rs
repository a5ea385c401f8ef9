//! Small parts that several screens are made of.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::report::text::wrap;

/// Text laid out for a width, and the lines that must stay in view.
#[derive(Debug, Default)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// First and last line of what the cursor is on.
    pub focus: Option<(usize, usize)>,
    width: usize,
}

impl Page {
    /// An empty page of a width.
    pub fn new(width: u16) -> Self {
        Self { lines: Vec::new(), focus: None, width: usize::from(width).max(10) }
    }

    /// Its width in columns.
    pub fn columns(&self) -> u16 {
        u16::try_from(self.width).unwrap_or(u16::MAX)
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
        use unicode_width::UnicodeWidthStr;
        let room = self.width.saturating_sub(first.width().max(rest.width()));
        for (n, line) in wrap(text, room).into_iter().enumerate() {
            let prefix = if n == 0 { first } else { rest };
            self.lines.push(Line::from(Span::styled(format!("{prefix}{line}"), style)));
        }
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

    /// Marks everything that `fill` adds as what the cursor is on.
    pub fn focused(&mut self, on: bool, fill: impl FnOnce(&mut Self)) {
        let from = self.lines.len();
        fill(self);
        if on {
            self.focus = Some((from, self.lines.len().saturating_sub(1)));
        }
    }

    /// The first line to show in a window of `height` lines.
    pub fn offset(&self, height: usize) -> usize {
        let most = self.lines.len().saturating_sub(height);
        match self.focus {
            // A screen of context above the cursor where there is room for it.
            Some((_, to)) if to + 2 > height => (to + 2 - height).min(most),
            _ => 0,
        }
    }
}
