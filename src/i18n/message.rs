//! A message in the form in which it is shipped. The build script shares this file.

use serde::{Deserialize, Serialize};

/// A piece of a message.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// The place of an argument.
    Argument(&'a str),
    /// Words that depend on a number. German and English have the same two forms.
    Count {
        /// The number.
        argument: &'a str,
        /// For exactly one.
        #[serde(borrow)]
        one: Vec<Part<'a>>,
        /// For anything else.
        #[serde(borrow)]
        other: Vec<Part<'a>>,
    },
}

/// Messages by id, in the order of the ids, each packed by itself.
pub type Index<'a> = Vec<(&'a str, &'a [u8])>;

/// Puts arguments into the pieces of a message. An argument that is not given stays visible.
pub fn fill(parts: &[Part<'_>], arguments: &[(&str, &str)], out: &mut String) {
    let value = |name: &str| arguments.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Argument(name) => match value(name) {
                Some(value) => out.push_str(value),
                None => out.extend(["{$", name, "}"]),
            },
            Part::Count { argument, one, other } => {
                fill(if value(argument) == Some("1") { one } else { other }, arguments, out);
            }
        }
    }
}
