//! Foreign text at the edge of every sink: no control, bidi or invisible character reaches a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is never shown as itself.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(sanitise("Vertrieb"), "Vertrieb");
        assert_eq!(sanitise("a\u{202e}b\u{1b}[2J"), "a⟨U+202E⟩b⟨U+001B⟩[2J");
        assert_eq!(sanitise("zwei\nZeilen"), "zwei Zeilen");
        for c in '\0'..=char::MAX {
            assert!(!sanitise(c.encode_utf8(&mut [0; 4])).chars().any(is_hidden), "{c:?}");
        }
    }
}
