//! A text field: the library keeps text, cursor and undo; drawing is ours, so that foreign characters are shown harmless.

use ratatui_textarea::{CursorMove, TextArea};
use unicode_width::UnicodeWidthChar;

use super::keymap::Key;
use super::widgets::wrapped;
use crate::report::text::fitting;
use crate::sanitise::{is_hidden, sanitise};
use crate::session::limits;

/// Characters before the cursor of a paragraph that are laid out; no window shows more.
const BEFORE: usize = 4000;
/// Characters on each side of the cursor that are looked at for each column of the field: most marks have no width.
const NEAR: usize = 8;
/// Lines above and below the cursor that are laid out; no window shows more.
const LINES: usize = 60;

/// A field with one or several lines.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    several: bool,
    /// Longest text, in characters.
    most: usize,
    /// Characters that did not fit since somebody last asked.
    cut: usize,
}

impl Editor {
    /// A field of one line, the cursor at its end.
    pub fn line(text: &str) -> Self {
        Self::new(text, false)
    }

    /// A field of several lines, the cursor at its end.
    pub fn lines(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, several: bool) -> Self {
        let lines = if several { text.lines().map(str::to_owned).collect() } else { vec![text.to_owned()] };
        let mut area = TextArea::new(lines);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, several, most: if several { limits::NOTE } else { limits::LINE }, cut: 0 }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// The cursor stands behind the last character of the last line.
    pub fn is_at_end(&self) -> bool {
        let (row, column) = (self.area.cursor().0, self.column());
        let lines = self.area.lines();
        row + 1 == lines.len() && lines.last().is_none_or(|line| column == line.chars().count())
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.area.clear();
    }

    /// Takes a key that writes, deletes or moves the cursor; false: the key is none.
    pub fn key(&mut self, key: &Key) -> bool {
        match key {
            Key::Char(c) => self.insert(&c.to_string()),
            Key::Backspace => drop(self.area.delete_char()),
            Key::Named("Del") => drop(self.area.delete_next_char()),
            Key::Named("←") => self.area.move_cursor(CursorMove::Back),
            Key::Named("→") => self.area.move_cursor(CursorMove::Forward),
            Key::Named("Home") => self.area.move_cursor(CursorMove::Head),
            Key::Named("End") => self.area.move_cursor(CursorMove::End),
            Key::Named("Alt-Enter") if self.several => self.insert("\n"),
            Key::Named(_) => return false,
        }
        true
    }

    /// Inserts text at the cursor: without hidden characters, on one line where there is one line, and no more than fits;
    /// [`Self::take_cut`] says what did not.
    pub fn insert(&mut self, text: &str) {
        let lines = self.area.lines();
        let length = lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1);
        let mut room = self.most.saturating_sub(length);
        let mut clean = String::new();
        for c in text.chars() {
            let c = match c {
                '\n' if self.several => '\n',
                '\n' | '\t' => ' ',
                c if is_hidden(c) => continue,
                c => c,
            };
            if room == 0 {
                self.cut += 1;
                continue;
            }
            room -= 1;
            clean.push(c);
        }
        self.area.insert_str(clean);
    }

    /// How many characters did not fit since the last call, and how many fit in all; none: all did.
    pub fn take_cut(&mut self) -> Option<(usize, usize)> {
        let cut = std::mem::take(&mut self.cut);
        (cut > 0).then_some((cut, self.most))
    }

    /// The part of a one-line field that fits into `width` columns around the cursor, the cursor shown as `_` at the end
    /// and as `▏` inside.
    pub fn shown(&self, width: usize) -> String {
        let line = self.area.lines().first().map_or("", String::as_str);
        let (before, after) = split(line, self.column());
        let mark = if after.is_empty() { "_" } else { "▏" };
        let room = width.saturating_sub(1).max(2);
        let head = sanitise(last(before, room * NEAR));
        let (tail, used) = ending(&head, room - 1);
        let after = sanitise(
            after.get(..after.char_indices().nth(room * NEAR).map_or(after.len(), |(at, _)| at)).unwrap_or_default(),
        );
        let (after, _) = fitting(&after, room - used);
        format!("{tail}{mark}{after}")
    }

    /// The lines near the cursor, wrapped to `width` columns, with the cursor in them, and which of them it is in.
    pub fn shown_lines(&self, width: usize) -> (Vec<String>, usize) {
        let row = self.row();
        let (mut lines, mut at) = (Vec::new(), 0);
        let near = self.area.lines().iter().enumerate().skip(row.saturating_sub(LINES)).take(2 * LINES);
        for (n, line) in near {
            if n == row {
                let (before, after) = split(line, self.column());
                let mark = if after.is_empty() { "_" } else { "▏" };
                let head = sanitise(last(before, BEFORE));
                // Written out, hidden characters are longer; the cursor must not fall behind what a paragraph shows.
                let text = format!("{}{mark}{}", last(&head, 7000), sanitise(after));
                let wrapped = wrapped(&text, width, width);
                let end = wrapped.len().saturating_sub(1);
                let inside = wrapped.iter().position(|line| !after.is_empty() && line.contains(mark));
                at = lines.len() + inside.unwrap_or(end);
                lines.extend(wrapped);
            } else {
                lines.extend(wrapped(&sanitise(line), width, width));
            }
        }
        (lines, at)
    }

    /// The text as shown without a cursor.
    pub fn plain(&self) -> String {
        sanitise(&self.text()).into_owned()
    }

    fn row(&self) -> usize {
        self.area.cursor().0
    }

    fn column(&self) -> usize {
        self.area.cursor().1
    }
}

/// The last `count` characters of a text.
fn last(text: &str, count: usize) -> &str {
    let from = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    text.get(from..).unwrap_or_default()
}

/// The longest ending of a text that takes at most `room` columns, and how many it takes.
fn ending(text: &str, room: usize) -> (&str, usize) {
    let (mut from, mut used) = (text.len(), 0);
    for (at, c) in text.char_indices().rev() {
        let width = c.width().unwrap_or(0);
        if used + width > room {
            break;
        }
        used += width;
        from = at;
    }
    (text.get(from..).unwrap_or_default(), used)
}

/// The text before and after the n-th character.
fn split(line: &str, n: usize) -> (&str, &str) {
    let at = line.char_indices().nth(n).map_or(line.len(), |(at, _)| at);
    line.split_at(at)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    /// Files may hold longer texts than fields take. Where the work for a key grew with the square of the text, this test
    /// would take hours.
    #[test]
    fn a_text_without_end_is_edited_as_any_other() {
        for letter in ["x", "漢", "\u{301}", "\u{200b}", "x ", "x\n"] {
            let text = letter.repeat(1_000_000 / letter.len());
            for mut editor in [Editor::line(&text), Editor::lines(&text)] {
                for key in ["End", "←", "Home", "→"] {
                    editor.key(&Key::Named(key));
                    assert!(editor.shown(40).width() <= 40, "{letter:?}");
                    let (lines, at) = editor.shown_lines(40);
                    assert!(lines.iter().all(|line| line.width() <= 40), "{letter:?}");
                    assert!(lines[at].contains(['_', '▏']), "{letter:?} {key}");
                }
            }
        }
    }

    #[test]
    fn the_cursor_moves_and_text_is_cleaned() {
        let mut editor = Editor::line("Zoom");
        for key in [Key::Named("Home"), Key::Char('>'), Key::Named("End"), Key::Backspace] {
            assert!(editor.key(&key));
        }
        assert_eq!(editor.text(), ">Zoo");
        editor.insert("a\nb\u{202e}\u{1b}");
        assert_eq!(editor.text(), ">Zooa b");
        assert!(!editor.key(&Key::Named("F1")));
    }

    #[test]
    fn what_is_shown_fits_and_holds_the_cursor() {
        let mut editor = Editor::line(&"abc ".repeat(100));
        for width in 3..60 {
            assert!(editor.shown(width).width() <= width, "{width}");
        }
        editor.key(&Key::Named("Home"));
        assert!(editor.shown(20).starts_with('▏'), "{}", editor.shown(20));
        let mut lines = Editor::lines("eins\nzwei");
        lines.key(&Key::Named("Alt-Enter"));
        lines.insert("drei");
        assert_eq!(lines.shown_lines(20), (vec!["eins".into(), "zwei".into(), "drei_".into()], 2));
    }

    #[test]
    fn nothing_grows_without_end_and_what_is_cut_is_counted() {
        for (mut editor, most) in [(Editor::lines(""), limits::NOTE), (Editor::line(""), limits::LINE)] {
            editor.insert(&"x\u{1b}".repeat(most));
            assert_eq!(editor.take_cut(), None, "hidden characters take no room");
            assert_eq!(editor.text().chars().count(), most);
            editor.insert("yz");
            editor.key(&Key::Char('y'));
            editor.key(&Key::Named("Alt-Enter"));
            assert_eq!(editor.take_cut().map(|(_, most)| most), Some(most));
            assert_eq!(editor.take_cut(), None);
            assert_eq!(editor.text().chars().count(), most);
        }
    }
}
