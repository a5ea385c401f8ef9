//! Files → documents that passed the check.

use std::collections::BTreeSet;

use super::check::check;
use super::diagnostic::Diagnostic;
use super::document::Document;
use super::files::Found;
use super::parse::parse;

/// Parses and checks files. A set with law of its own is checked by itself, any other on top of `base`.
///
/// # Errors
/// All faults of all files, by file and place.
pub fn collect(found: Found, base: impl FnOnce() -> Vec<Document>) -> Result<Vec<Document>, Vec<Diagnostic>> {
    let Found { sources, mut faults, complete } = found;
    let mut documents = if complete { Vec::new() } else { base() };
    let mut unread = BTreeSet::new();
    for source in sources {
        match parse(source) {
            Ok(document) => documents.push(document),
            Err(refused) => {
                let (fault, source) = *refused;
                unread.extend(source.text.split('"').map(str::to_owned));
                faults.push(fault);
            }
        }
    }
    faults.extend(check(&documents, &unread));
    if faults.is_empty() {
        return Ok(documents);
    }
    faults.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    Err(faults)
}
