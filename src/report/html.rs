//! A paper as one HTML page that needs nothing else and prints on A4.

use std::fmt::Write as _;

use super::document::{Document, Part, is_page};
use crate::sanitise::sanitise;

static STYLE: &str = include_str!("../../assets/templates/paper.css");

/// The paper as a page. There is nothing active in it: no script, no image, no address that is followed unasked; a policy
/// in the page forbids all of that besides.
#[must_use]
pub fn html(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main>\n<h1>{title}</h1>\n<p class=\"subtitle\">{}</p>\n",
        document.language.code(),
        escaped(&document.subtitle)
    );
    for part in &document.parts {
        match part {
            Part::Heading(text) => wrapped(&mut out, "h2", text),
            Part::Point(text) => wrapped(&mut out, "h3", text),
            Part::Result(text) => {
                let _ = writeln!(out, "<p class=\"result\">{}</p>", escaped(text));
            }
            Part::Paragraph(text) => wrapped(&mut out, "p", text),
            Part::List(items) => list(&mut out, items.iter().map(|item| escaped(item))),
            Part::Pairs(pairs) => {
                out.push_str("<dl>\n");
                for (label, lines) in pairs {
                    let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(label), cell(lines));
                }
                out.push_str("</dl>\n");
            }
            Part::Table { head, rows } => table(&mut out, head, rows),
            Part::Boxes(items) => {
                out.push_str("<ul class=\"boxes\">\n");
                for item in items {
                    let _ = writeln!(out, "<li>{}</li>", escaped(item));
                }
                out.push_str("</ul>\n");
            }
            Part::Links(links) => {
                out.push_str("<div class=\"links\">\n");
                list(&mut out, links.iter().map(|(text, address)| link(text, address)));
                out.push_str("</div>\n");
            }
            Part::Signatures(lines) => {
                out.push_str("<div class=\"signatures\">\n");
                for (label, name) in lines {
                    let _ = writeln!(out, "<p class=\"signature\"><b>{}</b><br>{}</p>", escaped(name), escaped(label));
                }
                out.push_str("</div>\n");
            }
            Part::Blanks(labels) => {
                for label in labels {
                    let _ = writeln!(out, "<p class=\"blank\">{}<span></span></p>", escaped(label));
                }
            }
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn wrapped(out: &mut String, tag: &str, text: &str) {
    let _ = writeln!(out, "<{tag}>{}</{tag}>", escaped(text));
}

fn list(out: &mut String, items: impl Iterator<Item = String>) {
    out.push_str("<ul>\n");
    for item in items {
        let _ = writeln!(out, "<li>{item}</li>");
    }
    out.push_str("</ul>\n");
}

fn table(out: &mut String, head: &[String], rows: &[Vec<Vec<String>>]) {
    out.push_str("<table>\n<thead><tr>");
    for name in head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for cells in rows {
        out.push_str("<tr>");
        if let [heading] = cells.as_slice()
            && head.len() > 1
        {
            let _ = writeln!(out, "<th colspan=\"{}\" scope=\"rowgroup\">{}</th></tr>", head.len(), cell(heading));
            continue;
        }
        for lines in cells {
            let _ = write!(out, "<td>{}</td>", cell(lines));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn link(text: &str, address: &str) -> String {
    if is_page(address) {
        let address = escaped(address);
        format!("{} <a href=\"{address}\" rel=\"noreferrer\">{address}</a>", escaped(text))
    } else {
        escaped(text)
    }
}

fn cell(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>")
}

/// A text without markup, fit for an attribute too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in sanitise(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn nothing_in_a_text_is_active() {
        let hostile = "</title><script>alert('x')</script>\" onload=\"y\u{202e}";
        let document = Document {
            language: Language::De,
            title: hostile.into(),
            subtitle: hostile.into(),
            parts: vec![
                Part::Heading(hostile.into()),
                Part::Pairs(vec![(hostile.into(), vec![hostile.into()])]),
                Part::Table { head: vec![hostile.into()], rows: vec![vec![vec![hostile.into()]]] },
                Part::Links(vec![
                    (hostile.into(), "javascript:alert(1)".into()),
                    ("a".into(), "https://a.example".into()),
                ]),
                Part::Blanks(vec![hostile.into()]),
                Part::List(vec![hostile.into()]),
            ],
        };
        let page = html(&document);
        assert!(!page.contains("<script") && !page.contains("alert(1)") && !page.contains('\u{202e}'), "{page}");
        assert_eq!(page.matches("&lt;script&gt;").count(), 11, "{page}");
        assert_eq!(page.matches("<a ").count(), 1);
        assert_eq!(page.matches("</title>").count(), 1);
    }
}
