//! The register as columns of text.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::cells::{Cell, FIELDS};
use crate::i18n::Words;
use crate::report::text::fitting;

/// The fields that a table shows, and the most columns that each takes.
const SHOWN: [(&str, usize); 10] = [
    ("tool", 20),
    ("team", 20),
    ("title", 26),
    ("state", 20),
    ("verdict_then", 12),
    ("then_day", 10),
    ("verdict_now", 12),
    ("follow_ups", 8),
    ("conditions_open", 8),
    ("due_next", 10),
];

/// The lines as a table; what cannot be read stands below it with its reason.
#[must_use]
pub fn table(lines: &[Vec<Cell>], words: &Words) -> String {
    let place = |name: &str| FIELDS.iter().position(|field| *field == name);
    let head = |name: &str| words.get(&format!("register-head-{}", name.replace('_', "-")));
    let fault = |line: &[Cell]| line.last().filter(|cell| **cell != Cell::Missing).cloned();
    let mut columns: Vec<Vec<String>> = Vec::new();
    for (name, most) in SHOWN {
        let texts = lines.iter().filter(|line| fault(line).is_none()).map(|line| {
            let text = place(name).and_then(|place| line.get(place)).map(|cell| cell.read(words)).unwrap_or_default();
            cut(&text, most)
        });
        columns.push(std::iter::once(cut(&head(name), most)).chain(texts).collect());
    }
    let mut out = String::new();
    for n in 0..columns.first().map_or(0, Vec::len) {
        let mut line = String::new();
        for column in &columns {
            let width = column.iter().map(|text| text.width()).max().unwrap_or_default();
            let text = column.get(n).map(String::as_str).unwrap_or_default();
            let _ = write!(line, "{text}{}  ", " ".repeat(width.saturating_sub(text.width())));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for line in lines {
        if let (Some(fault), Some(name)) = (fault(line), line.first()) {
            let _ = writeln!(out, "✗ {}: {}", name.plain(), fault.plain());
        }
    }
    out
}

fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (short, _) = fitting(text, width - 1);
    format!("{short}…")
}
