//! Names that nobody else uses: ids of sessions, and files that a save needs for a moment.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::session::model::SessionId;

/// How the names of temporary files begin.
pub const TEMPORARY: &str = ".session-";

/// The last part of a path.
pub fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A name that no other save uses, here or in another process.
pub fn temporary_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{TEMPORARY}{}-{}-{:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed), random())
}

/// The standard library seeds this from the operating system; names need to be unique, not secret.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// A ULID: 48 bits of time, 80 random bits, in Crockford's base 32.
pub fn fresh_id(milliseconds: u64) -> SessionId {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = (u128::from(milliseconds) << 80) | (u128::from(random()) << 16) | u128::from(random() & 0xffff);
    let mut text = [b'0'; 26];
    for place in text.iter_mut().rev() {
        *place = DIGITS[usize::try_from(bits & 31).unwrap_or_default()];
        bits >>= 5;
    }
    SessionId::of_digits(&text)
}
