//! A paper as Markdown (`CommonMark` with tables).

use std::fmt::Write as _;

use super::document::{Document, Part, is_page};
use crate::sanitise::sanitise;

/// The paper as Markdown. What would be markup in a text is escaped, so a text shows as it is and does nothing.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(&document.title), escaped(&document.subtitle));
    for part in &document.parts {
        out.push('\n');
        match part {
            Part::Heading(text) => line(&mut out, "## ", text),
            Part::Point(text) => line(&mut out, "### ", text),
            Part::Result(text) => {
                let _ = writeln!(out, "**{}**", escaped(text));
            }
            Part::Paragraph(text) => line(&mut out, "", text),
            Part::List(items) => items.iter().for_each(|item| line(&mut out, "- ", item)),
            Part::Pairs(pairs) => {
                for (label, lines) in pairs {
                    let _ = writeln!(out, "- **{}:** {}", escaped(label), cell(lines));
                }
            }
            Part::Table { head, rows } => {
                let names: Vec<String> = head.iter().map(|name| escaped(name)).collect();
                row(&mut out, &names);
                row(&mut out, &vec!["---".to_owned(); names.len()]);
                for cells in rows {
                    let mut texts: Vec<String> = cells.iter().map(|lines| cell(lines)).collect();
                    if let [heading] = texts.as_mut_slice()
                        && names.len() > 1
                    {
                        *heading = format!("**{heading}**");
                    }
                    texts.resize(names.len(), String::new());
                    row(&mut out, &texts);
                }
            }
            Part::Links(links) => links.iter().for_each(|(text, address)| {
                let address = if is_page(address) { format!(" <{address}>") } else { String::new() };
                let _ = writeln!(out, "- {}{address}", escaped(text));
            }),
            Part::Boxes(items) => items.iter().for_each(|item| line(&mut out, "- [ ] ", item)),
            Part::Signatures(lines) => lines.iter().for_each(|(label, name)| {
                let _ = writeln!(out, "- {}<br>{}<br>{}", "\\_".repeat(30), escaped(name), escaped(label));
            }),
            Part::Blanks(labels) => labels.iter().for_each(|label| {
                let _ = writeln!(out, "- {}: {}", escaped(label), "\\_".repeat(30));
            }),
        }
    }
    out
}

fn line(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    out.push_str(&opening(text));
    out.push('\n');
}

fn row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// Lines of a cell; the one line break that a table allows.
fn cell(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>")
}

/// A text that begins a line: there `-`, `+`, `=` and `1.` would make a list or a heading of it.
fn opening(text: &str) -> String {
    let text = escaped(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let at = if text.starts_with(['+', '-', '=']) {
        Some(0)
    } else {
        Some(digits).filter(|at| *at > 0 && text[*at..].starts_with(['.', ')']))
    };
    match at {
        Some(at) => format!("{}\\{}", &text[..at], &text[at..]),
        None => text,
    }
}

/// A text without markup: everything that Markdown may read as such has a backslash before it.
fn escaped(text: &str) -> String {
    let text = sanitise(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        // An address by itself becomes a link in some readers.
        let linked = c == '@' || text[at..].starts_with("://");
        if linked || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out.replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let hostile = "[x](javascript:alert(1)) <script> # * _ | `a` ![i](u) & https://a.example www.a.example";
        assert_eq!(
            escaped(hostile),
            "\\[x\\](javascript:alert(1)) \\<script\\> \\# \\* \\_ \\| \\`a\\` !\\[i\\](u) \\& https\\://a.example \
             www\\.a.example"
        );
        assert_eq!(opening("1. Januar"), "1\\. Januar");
        assert_eq!(opening("- Strich"), "\\- Strich");
        assert_eq!(opening("am 1.1. - so"), "am 1.1. - so");
        assert_eq!(escaped("1. Januar"), "1. Januar");
        assert_eq!(escaped("a\u{202e}b\nc"), "a⟨U+202E⟩b c");
    }

    #[test]
    fn a_line_of_a_cell_stays_in_its_cell() {
        let document = Document {
            language: Language::En,
            title: "T".into(),
            subtitle: String::new(),
            parts: vec![
                Part::Table {
                    head: vec!["A".into(), "B".into()],
                    rows: vec![vec![vec!["a|b".into(), "c".into()], vec![]]],
                },
                Part::Links(vec![("Art. 28".into(), "https://x.example".into()), ("b".into(), "javascript:1".into())]),
            ],
        };
        let text = markdown(&document);
        assert!(text.contains("| a\\|b<br>c |  |"), "{text}");
        assert!(text.contains("- Art. 28 <https://x.example>\n- b\n"), "{text}");
    }
}
