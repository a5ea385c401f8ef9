//! Named fields and map entries whose values stay as they stand in the text.

use std::collections::BTreeSet;
use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

/// A value as it stands in the text.
///
/// `ron::value::RawValue` reads every value a second time to prove what the reader of the text around it has just proven,
/// which doubles the work on each level of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw<'a>(pub &'a str);

/// What the library's reader takes for "as it stands". Not public there; a test notices when it changes.
const AS_IT_STANDS: &str = "$ron::private::RawValue";

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_IT_STANDS, RawVisitor)
    }
}

impl<'a> Raw<'a> {
    /// The value without white space and comments around it. The library reads it once more for that, which is needed
    /// only where a comment may stand.
    pub fn bare(self) -> &'a str {
        let text = self.0.trim_matches([' ', '\t', '\n', '\r']);
        let plain = |c: char| c.is_ascii_graphic();
        let simple = text.starts_with(|c| plain(c) && c != '/') && text.ends_with(plain);
        if simple && !text.ends_with("*/") && !text.contains("//") {
            return text;
        }
        RawValue::from_ron(self.0).map_or(text, |raw| raw.trim().get_ron())
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw(text))
    }
}

/// Fields of a struct or entries of a map, in order, values as they stand in the text.
pub struct Fields<'a>(pub Vec<(String, Raw<'a>)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("", &[], FieldsVisitor)
    }
}

impl<'a> Fields<'a> {
    /// The fields, without white space and comments around their values.
    pub fn bare(self) -> Vec<(String, &'a str)> {
        self.0.into_iter().map(|(name, raw)| (name, raw.bare())).collect()
    }
}

/// Entries of a map.
pub struct Entries<'a>(pub Fields<'a>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor).map(Self)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("named fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields: Vec<(String, Raw<'de>)> = Vec::new();
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(de::Error::custom(format!("`{}` stands here twice", clip(&name))));
            }
            fields.push((name, map.next_value()?));
        }
        Ok(Fields(fields))
    }
}

/// Shortens foreign text for a message.
fn clip(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_arrive_as_they_stand() {
        let text = "(a: Some( [1, 2.5, \"x)\"] ), b: /* c */ {\"k\": Deep(New(x: 'y'))} // end\n, c: r#\"z\"#)";
        let fields: Fields<'_> = ron::from_str(text).unwrap();
        let values: Vec<(&str, &str)> = fields.0.iter().map(|(name, raw)| (name.as_str(), raw.0.trim())).collect();
        assert_eq!(values[0], ("a", "Some( [1, 2.5, \"x)\"] )"));
        assert!(values[1].1.contains("{\"k\": Deep(New(x: 'y'))}"), "{values:?}");
        assert_eq!(values[2], ("c", "r#\"z\"#"));
        for broken in ["(a: [1, 2)", "(a: )", "(a: \"x)", "(a: 1", "(a: #![enable(implicit_some)] 1)"] {
            assert!(ron::from_str::<Fields<'_>>(broken).is_err(), "{broken}");
        }
    }
}
