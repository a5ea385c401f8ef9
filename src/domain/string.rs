//! A text of the data.
//!
//! The program carries all its texts in one piece. What is packed into it says where in that piece a text stands, so to
//! decode thousands of texts takes no memory and next to no time. Texts from files are their own.

use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// All packed texts in one piece.
static PIECE: OnceLock<&'static str> = OnceLock::new();

thread_local! {
    /// What is being packed in this thread.
    static PACKING: RefCell<Option<Packing>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Packing {
    piece: String,
    places: HashMap<String, u32>,
}

/// A text of the data: a part of what the program carries, or one from a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str(Cow<'static, str>);

/// Names the piece that packed texts stand in; the first one stays.
pub fn carry(piece: &'static str) {
    let _ = PIECE.set(piece);
}

/// Packs what `work` serialises in a format that people do not read, and returns its result with the piece.
pub fn packed<T>(work: impl FnOnce() -> T) -> (T, String) {
    PACKING.with(|packing| packing.replace(Some(Packing::default())));
    let result = work();
    let packing = PACKING.with(RefCell::take).unwrap_or_default();
    (result, packing.piece)
}

impl Packing {
    /// Where the text stands; it is added if it stands nowhere yet.
    fn place(&mut self, text: &str) -> Result<u32, std::num::TryFromIntError> {
        if let Some(at) = self.places.get(text) {
            return Ok(*at);
        }
        let at = u32::try_from(self.piece.len())?;
        self.piece.push_str(text);
        self.places.insert(text.to_owned(), at);
        Ok(at)
    }
}

impl Serialize for Str {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(self);
        }
        let place = PACKING.with_borrow_mut(|packing| packing.as_mut().map(|packing| packing.place(self)));
        match (place, u32::try_from(self.len())) {
            (Some(Ok(at)), Ok(length)) => (at, length).serialize(serializer),
            _ => Err(S::Error::custom("texts are packed inside `packed`, up to four gigabytes")),
        }
    }
}

impl<'de> Deserialize<'de> for Str {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return String::deserialize(deserializer).map(Self::from);
        }
        let (at, length) = <(u32, u32)>::deserialize(deserializer)?;
        let (at, length) = (at as usize, length as usize);
        let text = PIECE.get().and_then(|piece| piece.get(at..at.checked_add(length)?));
        text.map(|text| Self(Cow::Borrowed(text))).ok_or_else(|| D::Error::custom("a packed text is not there"))
    }
}

impl Deref for Str {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl From<Str> for String {
    fn from(text: Str) -> Self {
        text.0.into_owned()
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_packed_once_and_only_inside() {
        let texts: Vec<Str> = ["Art. 28 DSGVO", "", "Art. 28 DSGVO", "Art. 6"].into_iter().map(Str::from).collect();
        let (bytes, piece) = packed(|| postcard::to_stdvec(&texts).unwrap());
        assert_eq!(piece, "Art. 28 DSGVOArt. 6");
        assert!(bytes.len() < 12);
        assert!(postcard::to_stdvec(&texts).is_err());
        // Whatever the program carries, a place outside of it is refused.
        assert!(postcard::from_bytes::<Str>(&postcard::to_stdvec(&(u32::MAX, 7_u32)).unwrap()).is_err());
    }

    #[test]
    fn people_read_the_text_itself() {
        let text = Str::from("Zoom");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"Zoom\"");
        assert_eq!(serde_json::from_str::<Str>("\"Zoom\"").unwrap(), text);
    }
}
