//! Foreign text at the edge of every sink: no control, bidi or invisible character reaches a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is never shown as itself: it steers, or it shows nothing. That is every control character, every
/// character that Unicode calls ignorable by default, and the invisible ones among its format characters.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{13440}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text with hidden characters written out as `⟨U+202E⟩`; line breaks become spaces.
#[must_use]
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            c if is_hidden(c) => {
                let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The same for text of several lines; a tab becomes a blank. What a command prints goes through this, whatever it is.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let clean: Vec<Cow<'_, str>> = text.split('\n').map(|line| sanitise(line.trim_end_matches('\r'))).collect();
    Cow::Owned(clean.join("\n"))
}

/// At most so many characters of a text, made harmless; `…` stands for the rest.
#[must_use]
pub fn clip(text: &str, longest: usize) -> String {
    // Cut first: what is a megabyte long is not worth reading to its end.
    let head: String = text.chars().take(longest + 1).collect();
    let clean = sanitise(&head);
    if clean.chars().count() <= longest {
        return clean.into_owned();
    }
    clean.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(sanitise("Vertrieb"), "Vertrieb");
        assert_eq!(sanitise("a\u{202e}b\u{1b}[2J"), "a⟨U+202E⟩b⟨U+001B⟩[2J");
        assert_eq!(sanitise("zwei\nZeilen"), "zwei Zeilen");
        assert_eq!(lines("zwei\nZei\u{200b}len\r\n"), "zwei\nZei⟨U+200B⟩len\n");
        assert_eq!(lines("a\u{200b}"), "a⟨U+200B⟩", "one line is enough");
        assert!(matches!(lines("zwei\nZeilen"), Cow::Borrowed(_)), "a text without any is not copied");
        assert_eq!(clip("abcdef", 4), "abc…");
        assert_eq!(clip("abcd", 4), "abcd");
        for c in '\0'..=char::MAX {
            assert!(!sanitise(c.encode_utf8(&mut [0; 4])).chars().any(is_hidden), "{c:?}");
        }
    }
}
