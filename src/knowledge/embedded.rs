//! The data inside the program: parsed and checked when it was built, decoded when it is needed.

use super::entry::Index;
use crate::domain::bank::Bank;
use crate::domain::vendor::Vendor;
use crate::domain::{later, string};

static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));
static BANK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bank.bin"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));
static LATER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/later.bin"));
static VENDORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vendors.bin"));

pub(super) fn index() -> Index {
    decode(INDEX)
}

pub(super) fn bank() -> Bank {
    decode(BANK)
}

/// All of it, as it lies in the program.
pub(super) const fn bytes() -> [&'static [u8]; 5] {
    [INDEX, BANK, TEXTS.as_bytes(), LATER, VENDORS]
}

/// The vendor whose bytes lie there.
pub(super) fn vendor(from: u32, to: u32) -> Vendor {
    decode(VENDORS.get(from as usize..to as usize).unwrap_or_default())
}

#[expect(clippy::expect_used, reason = "the build script has decoded these very bytes and compared the result")]
fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> T {
    string::carry(TEXTS);
    later::carry(LATER);
    postcard::from_bytes(bytes).expect("embedded data")
}
