//! Where the check stands in a file, and the faults it has found.

use crate::knowledge::diagnostic::Diagnostic;
use crate::knowledge::document::{Content, Document, Origin};
use crate::knowledge::outline::Node;

/// A value of a document. Where a field is left out, the place is that of the value around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    document: &'a Document,
    node: Option<&'a Node>,
}

impl<'a> Place<'a> {
    pub(super) fn root(document: &'a Document) -> Self {
        let node = match &document.origin {
            Origin::BuiltIn => None,
            Origin::File { outline, .. } => outline.as_ref(),
        };
        Self { document, node }
    }

    pub(super) fn field(self, name: &str) -> Self {
        Self { node: self.node.and_then(|node| node.field(name)).or(self.node), ..self }
    }

    pub(super) fn item(self, n: usize) -> Self {
        Self { node: self.node.and_then(|node| node.item(n)).or(self.node), ..self }
    }

    /// The item of a list in a field.
    pub(super) fn entry(self, list: &str, n: usize) -> Self {
        self.field(list).item(n)
    }

    pub(super) const fn document(self) -> &'a Document {
        self.document
    }

    /// File and line, for hints.
    pub(super) fn name(self) -> String {
        let fault = self.fault("");
        if fault.line == 0 { fault.file } else { format!("{}:{}", fault.file, fault.line) }
    }

    /// File and byte, for sorting.
    pub(super) fn order(self) -> (&'a str, usize) {
        match (&self.document.origin, self.node) {
            (Origin::File { source, .. }, Some(node)) => (&source.name, node.span.start),
            _ => ("", 0),
        }
    }

    fn fault(self, message: &str) -> Diagnostic {
        match (&self.document.origin, self.node) {
            (Origin::File { source, .. }, Some(node)) => {
                Diagnostic::at(&source.name, &source.text, &node.span, message)
            }
            (Origin::File { source, .. }, None) => Diagnostic::of_file(&source.name, message),
            (Origin::BuiltIn, _) => Diagnostic::of_file(&built_in_name(&self.document.content), message),
        }
    }
}

fn built_in_name(content: &Content) -> String {
    match content {
        Content::Section(section) => format!("built-in section `{}`", section.id),
        Content::Vendor(vendor) => format!("built-in vendor `{}`", vendor.id),
        _ => "built-in law".to_owned(),
    }
}

/// More faults than these are not collected: a hostile file must not keep the program busy.
const MOST: usize = 500;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) faults: Vec<Diagnostic>,
}

impl Report {
    /// Whether there are so many faults that more would help nobody.
    pub(super) fn is_full(&self) -> bool {
        self.faults.len() >= MOST
    }

    pub(super) fn add(&mut self, place: Place<'_>, message: &str) {
        self.hinted(place, message, None);
    }

    pub(super) fn hinted(&mut self, place: Place<'_>, message: &str, hint: Option<String>) {
        if !self.is_full() {
            self.faults.push(place.fault(message).with_hint(hint));
        }
    }
}
