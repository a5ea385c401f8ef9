//! A text field: the library keeps text, cursor and undo; drawing is ours, so that foreign characters are shown harmless.

use ratatui_textarea::{CursorMove, TextArea};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::keymap::Key;
use crate::report::text::wrap;
use crate::sanitise::{is_hidden, sanitise};
use crate::session::limits;

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
        // Taken from the cursor outwards: a line from a file may be very long.
        let head: Vec<char> = fitting(before.chars().rev(), room - 1);
        let mut shown: String = sanitise(&head.into_iter().rev().collect::<String>()).into_owned();
        while shown.width() + 1 > room {
            shown.remove(0);
        }
        shown.push_str(mark);
        let tail: String = fitting(after.chars(), room + 1).into_iter().collect();
        shown.push_str(&sanitise(&tail));
        while shown.width() > room + 1 {
            shown.pop();
        }
        shown
    }

    /// All lines, wrapped to `width` columns, with the cursor in them.
    pub fn shown_lines(&self, width: usize) -> Vec<String> {
        let row = self.row();
        let mut lines = Vec::new();
        for (n, line) in self.area.lines().iter().enumerate() {
            if n == row {
                let (before, after) = split(line, self.column());
                let mark = if after.is_empty() { "_" } else { "▏" };
                lines.extend(wrap(&format!("{}{mark}{}", sanitise(before), sanitise(after)), width));
            } else {
                lines.extend(wrap(&sanitise(line), width));
            }
        }
        lines
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

/// Characters from the first on that take at most `width` columns.
fn fitting(chars: impl Iterator<Item = char>, width: usize) -> Vec<char> {
    let mut used = 0;
    chars
        .take_while(|c| {
            used += c.width().unwrap_or(1);
            used <= width
        })
        .take(4 * width)
        .collect()
}

/// The text before and after the n-th character.
fn split(line: &str, n: usize) -> (&str, &str) {
    let at = line.char_indices().nth(n).map_or(line.len(), |(at, _)| at);
    line.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut long = Editor::line(&"漢\u{301}\u{1b}".repeat(300_000));
        for keys in [&[][..], &["Home"], &["→", "→", "→"]] {
            for key in keys {
                assert!(long.key(&Key::Named(key)));
            }
            assert!((3..60).all(|width| long.shown(width).width() <= width));
        }
        editor.key(&Key::Named("Home"));
        assert!(editor.shown(20).starts_with('▏'), "{}", editor.shown(20));
        let mut lines = Editor::lines("eins\nzwei");
        lines.key(&Key::Named("Alt-Enter"));
        lines.insert("drei");
        assert_eq!(lines.shown_lines(20), ["eins", "zwei", "drei_"]);
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
