//! Windows refuses for a moment what a virus scanner or an index has open just then. So a step is tried again, a few times.

use std::io;
use std::time::Duration;

/// Milliseconds between the tries: 630 in all.
const WAITS: [u64; 6] = [10, 20, 40, 80, 160, 320];

/// Whether an error of Windows may pass: access denied, sharing violation, lock violation.
#[must_use]
pub const fn may_pass(code: Option<i32>) -> bool {
    matches!(code, Some(5 | 32 | 33))
}

/// Does something until it succeeds, or fails for good, or has failed too often.
///
/// # Errors
/// The fault of the last try.
pub fn patiently<T>(mut step: impl FnMut() -> io::Result<T>, mut wait: impl FnMut(Duration)) -> io::Result<T> {
    for milliseconds in WAITS {
        match step() {
            Err(error) if may_pass(error.raw_os_error()) => wait(Duration::from_millis(milliseconds)),
            result => return result,
        }
    }
    step()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails so often with a code, then succeeds; returns how often it was tried and how long one waited.
    fn tried(code: i32, fails: usize) -> (io::Result<()>, usize, u64) {
        let (mut tries, mut waited) = (0, 0);
        let step = || {
            tries += 1;
            if tries <= fails { Err(io::Error::from_raw_os_error(code)) } else { Ok(()) }
        };
        let result = patiently(step, |time| waited += u64::try_from(time.as_millis()).unwrap());
        (result, tries, waited)
    }

    #[test]
    fn what_may_pass_is_tried_again_and_nothing_else_is() {
        for code in [5, 32, 33] {
            let (result, tries, waited) = tried(code, 3);
            assert!(result.is_ok());
            assert_eq!((tries, waited), (4, 70));
            let (result, tries, waited) = tried(code, 99);
            assert_eq!(result.unwrap_err().raw_os_error(), Some(code));
            assert_eq!((tries, waited), (7, 630));
        }
        for code in (0..200).filter(|code| !matches!(code, 5 | 32 | 33)) {
            assert!(!may_pass(Some(code)));
            assert_eq!(tried(code, 1).1, 1);
        }
        assert!(!may_pass(None));
    }
}
