//! Comma-separated values: as a German spreadsheet opens them by a double click, and as RFC 4180 has them.
//!
//! No cell is ever a formula, in whichever of the two ways a program takes the file apart.

use super::cells::{Cell, FIELDS};
use crate::i18n::Words;

/// Characters with which a cell begins to calculate, the full-width ones of East Asian keyboards included.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// As RFC 4180 has it: commas, names of fields, ids, ISO days.
#[must_use]
pub fn standard(lines: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    line(&mut out, ',', FIELDS.iter().map(|name| (*name).to_owned()));
    for cells in lines {
        line(&mut out, ',', cells.iter().map(|cell| cell_text(cell, cell.plain())));
    }
    out
}

/// As a spreadsheet in the language of the words expects it: a byte order mark, semicolons, words for people.
#[must_use]
pub fn german(lines: &[Vec<Cell>], words: &Words) -> String {
    let mut out = String::from('\u{feff}');
    line(&mut out, ';', FIELDS.iter().map(|name| words.get(&format!("register-field-{}", name.replace('_', "-")))));
    for cells in lines {
        line(&mut out, ';', cells.iter().map(|cell| cell_text(cell, cell.read(words))));
    }
    out
}

fn cell_text(cell: &Cell, text: String) -> String {
    match cell {
        Cell::Text(_) | Cell::Texts(_) => tame(&text),
        _ => text,
    }
}

/// A text that no spreadsheet calculates, not even one that takes the file apart at the other separator.
fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for c in text.chars() {
        if begins && FORMULA.contains(&c) {
            out.push('\'');
        }
        out.push(c);
        begins = matches!(c, ',' | ';' | '\t' | '\r' | '\n' | '"') || (begins && c.is_whitespace());
    }
    out
}

fn line(out: &mut String, separator: char, cells: impl Iterator<Item = String>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.push(separator);
        }
        if cell.contains(['"', ',', ';', '\t', '\r', '\n']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn no_cell_calculates() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "  =1", "a;=1", "a,+1", "a;  @x", "\"=1", "x\n=1", "\t=1"]
        {
            let tame = tame(text);
            let cells = tame.split([',', ';', '\t', '\r', '\n', '"']).map(str::trim_start);
            for cell in cells {
                assert!(!cell.starts_with(FORMULA), "{text:?} gives {tame:?}");
            }
        }
        assert_eq!(tame("E-Mail a=b (x+y)"), "E-Mail a=b (x+y)");
        assert_eq!(tame("=1"), "'=1");
    }

    #[test]
    fn both_forms_quote_what_separates() {
        let mut cells = vec![Cell::Missing; FIELDS.len()];
        cells[0] = Cell::text("a;b");
        cells[1] = Cell::text("sagt \"ja\", dann");
        cells[2] = Cell::Day(jiff::civil::date(2026, 11, 23));
        cells[3] = Cell::Number(7);
        let begin = |text: &str| text.lines().nth(1).unwrap().to_owned();
        let lines = [cells];
        assert!(begin(&standard(&lines)).starts_with("\"a;b\",\"sagt \"\"ja\"\", dann\",2026-11-23,7,"));
        let words = Words::new(Language::De);
        let german = german(&lines, &words);
        assert!(begin(&german).starts_with("\"a;b\";\"sagt \"\"ja\"\", dann\";23.11.2026;7;"));
        assert!(german.starts_with('\u{feff}') && german.ends_with("\r\n"));
        assert_eq!(german.lines().next().unwrap().split(';').count(), FIELDS.len());
    }
}
