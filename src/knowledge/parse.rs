//! RON text → document.

use std::ops::Range;

use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::diagnostic::{Diagnostic, offset};
use super::document::{Content, Document, Expected, SourceText};
use super::outline::{Node, Shape, outline};
use super::suggest::suggest;

/// Deep enough for every condition a person would write, shallow enough for every stack.
const RECURSION: usize = 64;

/// Reads one file.
///
/// # Errors
/// The first fault of the file, with its place.
pub fn parse(source: SourceText) -> Result<Document, Box<(Diagnostic, SourceText)>> {
    let content = match source.expected {
        Expected::Section => read(&source.text).map(Content::Section),
        Expected::Vendor => read(&source.text).map(|vendor| Content::Vendor(Box::new(vendor))),
        Expected::Countries => read(&source.text).map(Content::Countries),
        Expected::Memberships => read(&source.text).map(Content::Memberships),
        Expected::Instruments => read(&source.text).map(Content::Instruments),
        Expected::References => read(&source.text).map(Content::References),
        Expected::Dsk => read(&source.text).map(Content::Dsk),
    };
    match content {
        Ok(content) => Ok(Document::from_file(source, content)),
        Err(error) => Err(Box::new((diagnose(&source, &error), source))),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, SpannedError> {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(RECURSION)
        .from_str(text)
}

fn diagnose(source: &SourceText, error: &SpannedError) -> Diagnostic {
    let text = source.text.as_str();
    let start = offset(text, error.span.start.line, error.span.start.col);
    let end = offset(text, error.span.end.line, error.span.end.col).max(start);
    let lacks_field = matches!(error.code, Error::MissingStructField { .. });
    let cursor = if lacks_field { start } else { end };
    let span = outline(text).and_then(|root| narrow(&root, cursor, lacks_field)).unwrap_or(start..end);
    let (message, hint) = explain(&error.code);
    Diagnostic::at(&source.name, text, &span, &message).with_hint(hint)
}

/// ron says how far its cursor had come. Where the text is well-formed, the value there says more: the id of the entry
/// that lacks a field, else the string or number that does not fit.
fn narrow(root: &Node, cursor: usize, lacks_field: bool) -> Option<Range<usize>> {
    if lacks_field {
        let within = |span: &Range<usize>| span.start <= cursor && cursor < span.end;
        let around = root.innermost(&within, &|node| matches!(node.shape, Shape::Fields(_)))?;
        let named = ["id", "variable", "code", "item"].iter().find_map(|name| around.field(name));
        return Some(named.unwrap_or(around).span.clone());
    }
    let found = root.innermost(&|span| span.start < cursor && cursor <= span.end, &|_| true)?;
    // Between two values the cursor stands before the one that does not fit.
    match &found.shape {
        Shape::Leaf => Some(found.span.clone()),
        Shape::Fields(fields) => {
            let next = fields.iter().find(|(_, name, node)| name.end <= cursor && cursor <= node.span.start)?;
            (cursor > next.1.end).then(|| next.2.span.clone())
        }
        Shape::Items(_) => None,
    }
}

/// The error in our words; ron's own where they are clear enough.
fn explain(error: &Error) -> (String, Option<String>) {
    let inside = |outer: &Option<String>| {
        outer.as_ref().map_or(String::new(), |outer| format!(" in a {}", outer.to_lowercase()))
    };
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            (format!("there is no field `{found}`{}", inside(outer)), suggest(found, expected.iter().copied()))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            (format!("`{found}` is not possible{}", inside(outer)), suggest(found, expected.iter().copied()))
        }
        Error::MissingStructField { field, outer } => {
            (format!("the field `{field}` is missing{}", inside(outer)), None)
        }
        Error::DuplicateStructField { field, outer } => {
            (format!("the field `{field}` stands twice{}", inside(outer)), None)
        }
        Error::ExceededRecursionLimit => (format!("nested deeper than {RECURSION} levels"), None),
        Error::Eof => ("the file ends too early".to_owned(), Some("a closing bracket or quote is missing".to_owned())),
        Error::ExpectedIdentifier => {
            ("expected a name".to_owned(), Some("names like `Red` or `DE` stand without quotes".to_owned()))
        }
        Error::ExpectedNamedStructLike(name) => {
            (format!("expected `(`, the beginning of a {}", name.to_lowercase()), None)
        }
        Error::ExpectedStringEnd => ("the text has no closing quote".to_owned(), None),
        Error::IntegerOutOfBounds => ("the number is too large, or negative".to_owned(), None),
        Error::TrailingCharacters => ("something follows the end of the data".to_owned(), None),
        Error::Message(message) => (message.clone(), None),
        other => {
            let words = other.to_string();
            let mut chars = words.chars();
            let first = chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
            (first + chars.as_str(), None)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::collect::collect;
    use crate::knowledge::files::Found;

    const SECTION: &str = include_str!("../../tests/data/base/questions/20-contract.ron");
    const VENDOR: &str = include_str!("../../tests/data/base/assets/vendors/acme.ron");

    fn source(text: &str, expected: Expected) -> SourceText {
        SourceText { name: "x.ron".to_owned(), expected, text: text.to_owned() }
    }

    /// Parses and checks; every fault has to render, whatever the text was.
    fn survive(text: &str, expected: Expected) {
        let found = Found { sources: vec![source(text, expected)], ..Found::default() };
        for fault in collect(found, Vec::new).err().into_iter().flatten() {
            assert!(fault.message.chars().count() <= 300 && !fault.to_string().is_empty());
        }
    }

    #[test]
    fn what_parses_has_an_outline() {
        for (text, expected) in [(SECTION, Expected::Section), (VENDOR, Expected::Vendor)] {
            assert!(parse(source(text, expected)).is_ok());
            assert!(outline(text).is_some());
        }
    }

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in "\\PC{0,200}", vendor in any::<bool>()) {
            survive(&text, if vendor { Expected::Vendor } else { Expected::Section });
        }

        #[test]
        fn no_change_to_a_good_text_brings_it_down(at in any::<prop::sample::Index>(), length in 0..40_usize, put in "[\\PC\n]{0,12}", vendor in any::<bool>()) {
            let (good, expected) = if vendor { (VENDOR, Expected::Vendor) } else { (SECTION, Expected::Section) };
            let chars: Vec<char> = good.chars().collect();
            let at = at.index(chars.len());
            let text: String = chars.iter().take(at).copied().chain(put.chars()).chain(chars.iter().skip(at + length).copied()).collect();
            survive(&text, expected);
        }
    }
}
