//! A paper before it has a form: what stands in it, in order. [`super::markdown`] and [`super::html`] give it one.
//!
//! Texts are plain: the form that writes them makes them harmless and escapes what would be active there.

use crate::domain::text::Language;

/// One part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The heading of a section.
    Heading(String),
    /// The heading of a point inside a section.
    Point(String),
    /// What must not be overlooked.
    Result(String),
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// Label and text, one below the other.
    Pairs(Vec<(String, Vec<String>)>),
    /// A table; a cell is some lines.
    Table {
        /// Headings of the columns.
        head: Vec<String>,
        /// Rows; each has a cell for every column, or a single one: the heading of those that follow.
        rows: Vec<Vec<Vec<String>>>,
    },
    /// Texts with an address each (empty: none).
    Links(Vec<(String, String)>),
    /// Boxes to be ticked by hand, each with its text.
    Boxes(Vec<String>),
    /// Something to be filled in by hand, each with its label.
    Blanks(Vec<String>),
    /// Lines to sign on: what is signed there, and the name below it.
    Signatures(Vec<(String, String)>),
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The language of its texts.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// The line below the title.
    pub subtitle: String,
    /// Everything else.
    pub parts: Vec<Part>,
}

/// Whether an address may be followed: only where it leads to a page and is nothing but an address.
#[must_use]
pub fn is_page(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"'`\\{}|^".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn only_pages_are_followed() {
        assert!(is_page("https://eur-lex.europa.eu/eli/reg/2016/679/oj?a=1#art_28"));
        for other in ["", "https://", "javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a\">", "-"] {
            assert!(!is_page(other), "{other}");
        }
    }
}
