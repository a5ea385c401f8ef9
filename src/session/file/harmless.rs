//! Text that is kept without being understood, as it is written: hidden characters are escaped where that means the same,
//! so that the file itself shows nothing that is not there. Without such characters nothing changes, byte for byte.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::write::quoted;
use crate::sanitise::is_hidden;

/// The raw text of a value without hidden characters.
pub fn harmless(raw: &str) -> Cow<'_, str> {
    let hidden = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
    if !raw.chars().any(hidden) {
        return Cow::Borrowed(raw);
    }
    let mut scan = Scan { rest: raw, out: String::with_capacity(raw.len() + 16), word: false };
    while !scan.rest.is_empty() {
        scan.next();
    }
    Cow::Owned(scan.out)
}

struct Scan<'a> {
    rest: &'a str,
    out: String,
    /// A letter or digit stands before.
    word: bool,
}

impl<'a> Scan<'a> {
    fn next(&mut self) {
        let rest = self.rest;
        let begins = !std::mem::replace(&mut self.word, false);
        if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            let comment = self.take(end);
            self.shown(comment, escape);
        } else if rest.starts_with("/*") {
            let comment = self.take(block(rest));
            self.shown(comment, escape);
        } else if let Some((length, open)) = raw_string(rest).filter(|_| begins) {
            self.raw_string(length, open);
        } else if rest.starts_with("b\"") && begins {
            let text = self.take(1 + string(rest.get(1..).unwrap_or_default()));
            self.shown(text, escape_byte);
        } else if rest.starts_with('"') {
            let text = self.take(string(rest));
            self.shown(text, escape);
        } else if rest.starts_with('\'') {
            let text = self.take(character(rest));
            self.shown(text, escape);
        } else {
            self.between();
        }
    }

    /// A character between values: hidden ones are white space there.
    fn between(&mut self) {
        let Some(c) = self.rest.chars().next() else { return };
        let line_end = c == '\n' || self.rest.starts_with("\r\n");
        self.take(c.len_utf8());
        self.word = c.is_alphanumeric() || c == '_';
        self.out.push(if is_hidden(c) && c != '\t' && !line_end { ' ' } else { c });
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        text
    }

    fn shown(&mut self, text: &str, escape: fn(char, &mut String)) {
        for c in text.chars() {
            if is_hidden(c) && !matches!(c, '\n' | '\t') { escape(c, &mut self.out) } else { self.out.push(c) }
        }
    }

    /// A raw string knows no escapes, so one with hidden characters becomes an ordinary one.
    fn raw_string(&mut self, length: usize, open: usize) {
        let text = self.take(length);
        let bytes = text.starts_with('b');
        let close = open - usize::from(bytes) - 1;
        let inner = text.get(open..length.saturating_sub(close)).unwrap_or_default();
        if !inner.chars().any(is_hidden) {
            self.out.push_str(text);
        } else if bytes {
            self.out.push_str("b\"");
            let plain = inner.replace('\\', "\\\\").replace('"', "\\\"");
            self.shown(&plain, escape_byte);
            self.out.push('"');
        } else {
            self.out.push_str(&quoted(inner));
        }
    }
}

fn escape(c: char, out: &mut String) {
    // Writing to memory cannot fail.
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

fn escape_byte(c: char, out: &mut String) {
    let mut buffer = [0; 4];
    for byte in c.encode_utf8(&mut buffer).bytes() {
        let _ = write!(out, "\\x{byte:02x}");
    }
}

/// The length of a string with its quotes.
fn string(text: &str) -> usize {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The length of a character with its quotes.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    if chars.next().is_some_and(|(_, c)| c == '\\') {
        chars.next();
    }
    chars.find(|(_, c)| *c == '\'').map_or(text.len(), |(at, _)| at + 1)
}

/// The length of a comment that may hold others.
fn block(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if rest.starts_with("*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                break;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a raw string and that of its beginning; none: something else stands here.
fn raw_string(text: &str) -> Option<(usize, usize)> {
    let prefix = if text.starts_with("br") { 2 } else { usize::from(text.starts_with('r')) };
    let after = text.get(prefix..).filter(|_| prefix > 0)?;
    let marks = after.len() - after.trim_start_matches('#').len();
    after.get(marks..)?.starts_with('"').then_some(())?;
    let open = prefix + marks + 1;
    let close = format!("\"{}", "#".repeat(marks));
    let end = text.get(open..)?.find(&close).map_or(text.len(), |at| open + at + close.len());
    Some((end, open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let cases = [
            "(a: \"\u{1b}[2J\", b: 'x')",
            "[\"a\\\"\u{202e}\", '\u{1b}', '\\'', '\"', \"\u{7}\"]",
            "(a: r#\"\u{1b} \"quoted\" \\ end\"#, b: 1)",
            "(a: 1, // note \u{1b}[31m\n b: /* \u{1b} /* deep */ \" */ 2)",
            "[b\"\u{1b}\", br#\"\u{1b}\"\\\"#]",
            "[1,\u{b}2,\r3]",
            "{\"\u{9b}\": Some(\"\u{feff}\")}",
        ];
        for raw in cases {
            let shown = harmless(raw);
            assert!(!shown.chars().any(|c| is_hidden(c) && c != '\n'), "{raw:?}: {shown:?}");
            let value =
                |text: &str| ron::from_str::<ron::Value>(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(value(&shown), value(raw), "{raw:?}: {shown:?}");
        }
    }

    #[test]
    fn what_hides_nothing_stays_byte_for_byte() {
        for raw in ["( a : r#\"x\"#,\n\tb: 'c' /* d */ )", "Scale(3)", "\"ü漢\"", ""] {
            assert!(matches!(harmless(raw), Cow::Borrowed(same) if same == raw));
        }
    }
}
