//! One fault in the data: what, where, and what may have been meant.

use std::fmt;
use std::ops::Range;

use crate::sanitise::{clip, sanitise};

/// Longest message and longest hint, in characters.
const LONGEST: usize = 300;
/// Widest part of a line that an excerpt shows, in characters.
const WIDEST: usize = 96;

/// A fault in a data file, with its place.
///
/// Its texts hold no control or direction characters: what came from a file is shown as `⟨U+202E⟩` instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, as a person finds it.
    pub file: String,
    /// Line, from 1; 0 where the fault is that of the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 where the fault is that of the whole file.
    pub column: usize,
    /// What is wrong: lower case, no full stop, names in back-ticks.
    pub message: String,
    /// What may have been meant.
    pub hint: Option<String>,
    /// The line, with the part that is meant.
    pub excerpt: Option<Excerpt>,
}

/// A line of the file (or the part of it that fits) and the part that is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// Characters before the caret.
    pub indent: usize,
    /// Length of the caret in characters, at least 1.
    pub length: usize,
}

impl Diagnostic {
    /// A fault of a whole file.
    #[must_use]
    pub fn of_file(file: &str, message: &str) -> Self {
        Self {
            file: sanitise(file).into_owned(),
            line: 0,
            column: 0,
            message: shorten(message),
            hint: None,
            excerpt: None,
        }
    }

    /// A fault at a place of a text.
    #[must_use]
    pub fn at(file: &str, text: &str, span: &Range<usize>, message: &str) -> Self {
        let (line, column) = position(text, span.start);
        Self { line, column, excerpt: Some(excerpt(text, span)), ..Self::of_file(file, message) }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.map(|hint| shorten(&hint));
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  {}", self.message, self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if let Some(Excerpt { text, indent, length }) = &self.excerpt {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            write!(f, "\n{gutter} |\n{number} | {text}\n{gutter} | {}{}", " ".repeat(*indent), "^".repeat(*length))?;
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Line and column (in characters) of a byte, both from 1.
#[must_use]
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// The byte at a line and column, both from 1; the end of the line where the column lies behind it.
#[must_use]
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(byte, _)| byte)
}

fn excerpt(text: &str, span: &Range<usize>) -> Excerpt {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).unwrap_or("").split('\n').next().unwrap_or("").trim_end_matches('\r');
    let (head, rest) = line.split_at_checked(span.start.saturating_sub(start)).unwrap_or((line, ""));
    let (marked, tail) = rest.split_at_checked(span.len()).unwrap_or((rest, ""));
    // Cut first: a hostile line may be as long as its file.
    let (head, marked, tail) = (sanitise(ends_of(head)), sanitise(begins_of(marked)), sanitise(begins_of(tail)));

    let marked = clip_end(&marked, WIDEST - 16);
    let length = marked.chars().count();
    let free = WIDEST.saturating_sub(length);
    let head = clip_start(&head, free.saturating_sub(tail.chars().count().min(free / 3)));
    let tail = clip_end(&tail, free.saturating_sub(head.chars().count()));
    Excerpt { indent: head.chars().count(), length: length.max(1), text: format!("{head}{marked}{tail}") }
}

/// A little more of the beginning than fits.
fn begins_of(text: &str) -> &str {
    text.char_indices().nth(WIDEST + 1).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A little more of the end than fits.
fn ends_of(text: &str) -> &str {
    text.char_indices().rev().nth(WIDEST).and_then(|(start, _)| text.get(start..)).unwrap_or(text)
}

fn clip_end(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn clip_start(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count <= width {
        return text.to_owned();
    }
    let kept = text.chars().skip(count - width.saturating_sub(1));
    std::iter::once('…').chain(kept).collect()
}

fn shorten(text: &str) -> String {
    clip(text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_like_this() {
        let text = "(\n    when: Is(\"dpa_signed\", [\"nien\"]),\n)";
        let start = text.find("\"nien\"").expect("is there");
        let message = "choice `nien` is not defined for question `dpa_signed`";
        let diagnostic = Diagnostic::at("questions/30-contract.ron", text, &(start..start + 6), message)
            .with_hint(Some("did you mean `no`?".to_owned()));
        let expected = "\
error: choice `nien` is not defined for question `dpa_signed`
  questions/30-contract.ron:2:29
  |
2 |     when: Is(\"dpa_signed\", [\"nien\"]),
  |                             ^^^^^^
hint: did you mean `no`?";
        assert_eq!(diagnostic.to_string(), expected);
    }

    #[test]
    fn foreign_characters_are_named() {
        let diagnostic = Diagnostic::of_file("x\u{7}.ron", &"ä\u{202e}".repeat(5000));
        assert_eq!(diagnostic.file, "x⟨U+0007⟩.ron");
        assert!(diagnostic.message.chars().count() <= LONGEST);
    }

    #[test]
    fn long_lines_are_clipped_around_the_caret() {
        let text = format!("{}\"here\"{}", "x".repeat(500), "y".repeat(500));
        let Excerpt { text, indent, length } = excerpt(&text, &(500..506));
        assert_eq!(length, 6);
        assert!(text.chars().count() <= WIDEST);
        assert_eq!(text.chars().skip(indent).take(length).collect::<String>(), "\"here\"");
        assert!(text.starts_with('…') && text.ends_with('…'));
    }

    #[test]
    fn positions_and_offsets_are_inverse() {
        let text = "äö\nü„x“\r\n\nz";
        for (byte, _) in text.char_indices() {
            let (line, column) = position(text, byte);
            assert_eq!(offset(text, line, column), byte);
        }
        assert_eq!(position(text, text.len()), (4, 2));
        assert_eq!(offset(text, 99, 99), text.len());
    }
}
