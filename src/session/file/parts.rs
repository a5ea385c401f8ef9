//! The parts of a file as they stand in its text, for whoever puts two files together: what is not understood goes along.

use super::read::{Named, Reader};
use super::write::named;

/// The named fields of a record, in order; none: it is no such record.
#[must_use]
pub fn fields(text: &str) -> Option<Vec<(String, &str)>> {
    Reader::of(text).fields(text).ok().map(owned)
}

/// The entries of a map, in order; none: it is no map.
#[must_use]
pub fn entries(text: &str) -> Option<Vec<(String, &str)>> {
    Reader::of(text).entries(text).ok().map(owned)
}

/// The items of a list; none: it is no list.
#[must_use]
pub fn items(text: &str) -> Option<Vec<&str>> {
    text.starts_with('[').then(|| Reader::of(text).list(text).ok()).flatten()
}

fn owned(named: Vec<Named<'_>>) -> Vec<(String, &str)> {
    named.into_iter().map(|(name, raw)| (name.into_owned(), raw)).collect()
}

/// A record of fields that stand as they are.
#[must_use]
pub fn record<'t>(fields: impl IntoIterator<Item = (&'t str, String)>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|(name, raw)| format!("{}: {raw}", named(name))).collect();
    format!("({})", fields.join(",\n"))
}

/// A map of entries that stand as they are.
#[must_use]
pub fn map<'t>(entries: impl IntoIterator<Item = (&'t str, String)>) -> String {
    let entries: Vec<String> =
        entries.into_iter().map(|(key, raw)| format!("{}: {raw}", super::write::quoted(key))).collect();
    format!("{{{}}}", entries.join(",\n"))
}

/// An answer as it stands in a file.
#[must_use]
pub fn answer(answer: &crate::session::Answer) -> String {
    super::write::short(answer, super::write::Form::default())
}

/// What a text of the file says; none: it is no text.
#[must_use]
pub fn said(raw: &str) -> Option<String> {
    Reader::value_if(raw)
}
