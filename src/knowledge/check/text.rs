//! Texts: both languages there, no hidden characters, only places that something fills.

use super::place::Report;
use crate::knowledge::diagnostic::Diagnostic;
use crate::knowledge::document::{Content, Document, Origin, SourceText};
use crate::knowledge::outline::{Node, Shape};
use crate::knowledge::suggest::suggest;
use crate::sanitise::is_hidden;

/// What may stand in braces in the texts of questions and findings.
const PLACES: [&str; 8] = ["vendor", "edition", "countries", "successor", "scheme", "date", "facts", "authorities"];

/// Checks every string of a file.
pub(super) fn check(document: &Document, report: &mut Report) {
    let Origin::File { source, outline: Some(root) } = &document.origin else { return };
    match &document.content {
        Content::Section(_) => walk(source, root, true, report),
        Content::Vendor(_) => {
            let Shape::Fields(fields) = &root.shape else { return };
            for (name, _, node) in fields {
                if node.shape == Shape::Leaf {
                    string(source, node, Some(name), false, report);
                }
                walk(source, node, matches!(name.as_str(), "questions" | "findings" | "variables"), report);
            }
        }
        _ => walk(source, root, false, report),
    }
}

fn walk(source: &SourceText, node: &Node, filled: bool, report: &mut Report) {
    if let Shape::Fields(fields) = &node.shape {
        for (name, _, value) in fields.iter().filter(|(_, _, value)| value.shape == Shape::Leaf) {
            string(source, value, Some(name), filled, report);
        }
    }
    if let (true, Some(de), Some(en)) = (filled, node.field("de"), node.field("en")) {
        same_places(source, de, en, report);
    }
    for child in node.children() {
        match (&child.shape, &node.shape) {
            (Shape::Leaf, Shape::Items(_)) => string(source, child, None, filled, report),
            (Shape::Leaf, _) => {}
            _ => walk(source, child, filled, report),
        }
    }
}

fn string(source: &SourceText, node: &Node, field: Option<&str>, filled: bool, report: &mut Report) {
    let Some(text) = decoded(source, node) else { return };
    let mut add = |message: &str, hint| add(source, node, message, hint, report);
    if text.trim().is_empty() {
        match field {
            Some("de") => add("the German text is empty", None),
            Some("en") => add("the English text is empty", None),
            Some(field) => add(&format!("`{field}` is empty"), None),
            None => add("an empty text", None),
        }
    }
    if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
        add(&format!("the text holds the hidden character {c}"), Some("write it without that character".to_owned()));
    }
    if filled && matches!(field, Some("de" | "en")) {
        for place in places(&text) {
            if !PLACES.contains(&place) {
                add(&format!("nothing fills `{{{place}}}`"), suggest(place, PLACES));
            }
        }
    }
}

/// Both languages speak of the same things.
fn same_places(source: &SourceText, de: &Node, en: &Node, report: &mut Report) {
    let (Some(german), Some(english)) = (decoded(source, de), decoded(source, en)) else { return };
    for place in places(&german).filter(|place| !places(&english).any(|other| other == *place)) {
        add(source, en, &format!("the English text lacks `{{{place}}}`, which the German one has"), None, report);
    }
    for place in places(&english).filter(|place| !places(&german).any(|other| other == *place)) {
        add(source, de, &format!("the German text lacks `{{{place}}}`, which the English one has"), None, report);
    }
}

/// The text of a string; none for anything else.
fn decoded(source: &SourceText, node: &Node) -> Option<String> {
    let raw = source.text.get(node.span.clone()).filter(|raw| raw.starts_with(['"', 'r']))?;
    ron::from_str(raw).ok()
}

fn add(source: &SourceText, node: &Node, message: &str, hint: Option<String>, report: &mut Report) {
    if !report.is_full() {
        report.faults.push(Diagnostic::at(&source.name, &source.text, &node.span, message).with_hint(hint));
    }
}

/// What stands in braces.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(place, _)| place))
}
