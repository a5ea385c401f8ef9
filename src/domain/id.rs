//! Newtypes for every identifier of the data, and the grammar they obey.

use std::borrow::Borrow;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::string::Str;

/// What is wrong with a text that was meant to be an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is empty or longer than 64 bytes.
    #[error("an id has 1 to 64 characters, this one has {0}")]
    Length(usize),
    /// The text holds a character that the grammar of this kind of id forbids.
    #[error("`{0}` may not stand in a {1}")]
    Character(char, &'static str),
}

fn check(text: &str, what: &'static str, allowed: fn(char) -> bool) -> Result<(), IdError> {
    if text.is_empty() || text.len() > 64 {
        return Err(IdError::Length(text.chars().count()));
    }
    match text.chars().find(|c| !allowed(*c)) {
        Some(c) => Err(IdError::Character(c, what)),
        None => Ok(()),
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Str);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // What is packed was checked when it was packed.
                let checked = deserializer.is_human_readable();
                let text = Str::deserialize(deserializer)?;
                if checked {
                    check(&text, $what, $allowed).map_err(D::Error::custom)?;
                }
                Ok(Self(text))
            }
        }

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                check(&text, $what, $allowed)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = IdError;
            fn try_from(text: &str) -> Result<Self, IdError> {
                check(text, $what, $allowed)?;
                Ok(Self(text.into()))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }
    };
}

const fn snake(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '_')
}

const fn kebab(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '-')
}

const fn dotted(c: char) -> bool {
    snake(c) || c == '.' || c == '-'
}

id!(
    /// A variable of the rules: a question, a catalogue fact or a derived value (`dpa_signed`, `law.tia_duty`).
    VariableId, "variable id (a-z, 0-9, `_`, `.`, `-`)", dotted
);
id!(
    /// One value of a variable (`scc_2021`).
    ChoiceId, "choice id (a-z, 0-9, `_`)", snake
);
id!(
    /// A section of the question bank (`contract`).
    SectionId, "section id (a-z, 0-9, `-`)", kebab
);
id!(
    /// A finding (`no-dpa`).
    FindingId, "finding id (a-z, 0-9, `-`)", kebab
);
id!(
    /// A catalogue entry (`zoom`). `other` is reserved for a tool that the catalogue does not know.
    VendorId, "vendor id (a-z, 0-9, `-`)", kebab
);
id!(
    /// The plan in which a catalogue entry is used (`free`, `self_hosted`).
    EditionId, "edition id (a-z, 0-9, `_`)", snake
);
id!(
    /// A dated legal basis (`adq_us_dpf`).
    InstrumentId, "instrument id (a-z, 0-9, `_`)", snake
);
id!(
    /// A citation that findings and questions point to (`gdpr-28-3`).
    ReferenceId, "reference id (a-z, 0-9, `-`)", kebab
);
id!(
    /// A source inside one catalogue entry (`article`).
    SourceId, "source id (a-z, 0-9, `-`)", kebab
);

impl VariableId {
    /// The variable "is this instrument in force on the day?".
    #[must_use]
    pub fn of_law(instrument: &InstrumentId) -> Self {
        Self(format!("law.{instrument}").into())
    }
}

/// An ISO 3166-1 alpha-2 country code, or `XK` (Kosovo, user-assigned), in capitals.
///
/// Whether a country of that code exists is checked against the country table, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.as_str())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return String::deserialize(deserializer)?.try_into().map_err(D::Error::custom);
        }
        // What is packed was checked when it was packed.
        <[u8; 2]>::deserialize(deserializer).map(Self)
    }
}

impl CountryCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl TryFrom<&str> for CountryCode {
    type Error = IdError;
    fn try_from(text: &str) -> Result<Self, IdError> {
        match *text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Self([a, b])),
            _ => match text.chars().find(|c| !c.is_ascii_uppercase()) {
                Some(c) => Err(IdError::Character(c, "country code (two capital letters, ISO 3166-1)")),
                None => Err(IdError::Length(text.chars().count())),
            },
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::try_from(text.as_str())
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// ```compile_fail
/// // Ids of different kinds never turn into each other.
/// use freigabe::domain::id::{ChoiceId, FindingId};
/// let choice = ChoiceId::try_from("yes").unwrap();
/// let finding: FindingId = choice.into();
/// ```
#[cfg(doctest)]
struct IdsDoNotMix;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar() {
        assert!(VariableId::try_from("law.adq_us_dpf").is_ok());
        assert!(ChoiceId::try_from("no-dash").is_err());
        assert!(FindingId::try_from("no-dpa").is_ok());
        assert!(FindingId::try_from("").is_err());
        assert!(CountryCode::try_from("DE").is_ok());
        assert!(CountryCode::try_from("de").is_err());
        assert!(CountryCode::try_from("DEU").is_err());
        assert!(VendorId::try_from("x".repeat(65)).is_err());
    }
}
