//! How much time passes, for whoever has to give something up in time.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The time since this was first asked. It never goes back, whatever becomes of the day and hour.
#[must_use]
pub fn passed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
