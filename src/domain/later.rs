//! A part of the data that is decoded when somebody first looks at it.
//!
//! The first question is on the screen before anybody needs a finding, so findings wait. Data from files does not.

use std::cell::RefCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// All parts that wait, one after the other.
static PIECE: OnceLock<&'static [u8]> = OnceLock::new();

thread_local! {
    /// What is being packed in this thread.
    static PACKING: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// A part of the data, decoded when it is first looked at.
#[derive(Clone)]
pub struct Later<T> {
    value: OnceLock<T>,
    /// Packed, while `value` is empty.
    bytes: &'static [u8],
}

/// Names the piece that waiting parts stand in; the first one stays.
pub fn carry(piece: &'static [u8]) {
    let _ = PIECE.set(piece);
}

/// Packs what `work` serialises in a format that people do not read, and returns its result with the piece.
pub fn packed<T>(work: impl FnOnce() -> T) -> (T, Vec<u8>) {
    PACKING.with(|packing| packing.replace(Some(Vec::new())));
    let result = work();
    (result, PACKING.with(RefCell::take).unwrap_or_default())
}

impl<T: DeserializeOwned> Later<T> {
    #[expect(clippy::expect_used, reason = "the build script has decoded these very bytes and compared the result")]
    fn value(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(self.bytes).expect("embedded data"))
    }
}

impl<T: DeserializeOwned> Later<T> {
    /// The part itself.
    #[must_use]
    pub fn into_inner(mut self) -> T
    where
        T: Default,
    {
        std::mem::take(&mut *self)
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.value().serialize(serializer);
        }
        let bytes = postcard::to_stdvec(self.value()).map_err(S::Error::custom)?;
        let place = PACKING.with_borrow_mut(|packing| {
            let piece = packing.as_mut()?;
            let at = u32::try_from(piece.len()).ok()?;
            piece.extend_from_slice(&bytes);
            Some((at, u32::try_from(bytes.len()).ok()?))
        });
        place.ok_or_else(|| S::Error::custom("parts are packed inside `packed`"))?.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return T::deserialize(deserializer).map(Self::from);
        }
        let (at, length) = <(u32, u32)>::deserialize(deserializer)?;
        let (at, length) = (at as usize, length as usize);
        let bytes = PIECE.get().and_then(|piece| piece.get(at..at.checked_add(length)?));
        let bytes = bytes.ok_or_else(|| D::Error::custom("a packed part is not there"))?;
        Ok(Self { value: OnceLock::new(), bytes })
    }
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self { value: value.into(), bytes: &[] }
    }
}

impl<T: Default> Default for Later<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

impl<T: DeserializeOwned> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value()
    }
}

impl<T: DeserializeOwned> DerefMut for Later<T> {
    #[expect(clippy::expect_used, reason = "filled the line before")]
    fn deref_mut(&mut self) -> &mut T {
        self.value();
        self.value.get_mut().expect("decoded")
    }
}

impl<T: DeserializeOwned + PartialEq> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<T: DeserializeOwned + Eq> Eq for Later<T> {}

impl<T: DeserializeOwned + fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}
