//! A paper as plain text of at most 80 columns: for a mail, or to be printed as it is.

use super::document::{Document, Part, is_page};
use super::text::wrap;
use crate::sanitise::sanitise;

const WIDTH: usize = 80;
/// Where the line for handwriting begins at the latest.
const LABEL: usize = 40;

/// The paper as text.
#[must_use]
pub fn typed(document: &Document) -> String {
    let mut page = Page { out: String::new() };
    page.line("", "", &document.title);
    page.out.push_str(&"=".repeat(document.title.chars().count().min(WIDTH)));
    page.out.push('\n');
    page.line("", "", &document.subtitle);
    for part in &document.parts {
        page.part(part);
    }
    page.out
}

struct Page {
    out: String,
}

impl Page {
    /// A paragraph whose lines begin the same way.
    fn line(&mut self, first: &str, rest: &str, text: &str) {
        let text = sanitise(text);
        for (n, line) in wrap(&text, WIDTH - rest.chars().count()).into_iter().enumerate() {
            let whole = format!("{}{line}", if n == 0 { first } else { rest });
            self.out.push_str(whole.trim_end());
            self.out.push('\n');
        }
    }

    fn part(&mut self, part: &Part) {
        // Boxes belong to the question above them.
        if !matches!(part, Part::Boxes(_)) {
            self.out.push('\n');
        }
        match part {
            Part::Heading(text) => {
                self.line("", "", text);
                self.out.push_str(&"-".repeat(text.chars().count().min(WIDTH)));
                self.out.push('\n');
            }
            Part::Point(text) | Part::Result(text) | Part::Paragraph(text) => self.line("", "", text),
            Part::List(items) => items.iter().for_each(|item| self.line("- ", "  ", item)),
            Part::Boxes(items) => items.iter().for_each(|item| self.line("[ ] ", "    ", item)),
            Part::Pairs(pairs) => {
                for (label, lines) in pairs {
                    self.line("", "  ", &format!("{label}: {}", lines.join("; ")));
                }
            }
            Part::Table { head, rows } => {
                for cells in rows {
                    let cells: Vec<String> = cells.iter().map(|lines| lines.join("; ")).collect();
                    let named = head.iter().zip(&cells).map(|(name, cell)| format!("{name}: {cell}"));
                    let text =
                        if cells.len() < head.len() { cells.join(" ") } else { named.collect::<Vec<_>>().join(" · ") };
                    self.line("- ", "  ", &text);
                }
            }
            Part::Links(links) => {
                for (text, address) in links {
                    let address = if is_page(address) { format!(" {address}") } else { String::new() };
                    self.line("- ", "  ", &format!("{text}{address}"));
                }
            }
            Part::Signatures(lines) => {
                for (label, name) in lines {
                    self.out.push_str(&"_".repeat(WIDTH / 2));
                    self.out.push('\n');
                    self.line("", "", name);
                    self.line("", "", label);
                }
            }
            Part::Blanks(labels) => {
                for label in labels {
                    let label = format!("{}: ", sanitise(label));
                    let used = label.chars().count();
                    if used > LABEL {
                        self.line("", "", &label);
                    }
                    let room = WIDTH - if used > LABEL { 0 } else { used };
                    let before = if used > LABEL { "" } else { label.as_str() };
                    self.out.push_str(before);
                    self.out.push_str(&"_".repeat(room));
                    self.out.push('\n');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn no_line_is_too_long_and_nothing_is_hidden() {
        let text = "Wort \u{202e}und\u{1b}[2J ".repeat(20);
        let one = || vec![text.clone()];
        let document = Document {
            language: Language::De,
            title: "T".into(),
            subtitle: text.clone(),
            parts: vec![
                Part::Heading("H".into()),
                Part::Boxes(one()),
                Part::List(one()),
                Part::Blanks(vec!["Datum".into(), "x".repeat(60)]),
                Part::Signatures(vec![(text.clone(), text.clone())]),
                Part::Pairs(vec![("a".into(), one())]),
                Part::Table { head: vec!["A".into(), "B".into()], rows: vec![vec![one(), one()], vec![one()]] },
                Part::Links(vec![("b".into(), "javascript:1".into())]),
            ],
        };
        let page = typed(&document);
        assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
        assert!(!page.contains(['\u{202e}', '\u{1b}']) && !page.contains("javascript"), "{page}");
        assert!(page.contains("[ ] Wort") && page.contains(&format!("Datum: {}\n", "_".repeat(73))), "{page}");
    }
}
