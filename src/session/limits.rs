//! How long texts may become.
//!
//! A file that could not be loaded again must never be written, so what a person can type is capped here, and the field
//! says so. With every note and every line of every question at its cap, a session in German stays below the limit of
//! its file; what comes into a session another way is refused when it is saved.

/// Longest note, in characters.
pub const NOTE: usize = 10_000;
/// Longest text on one line (a name, a title, an answer in words), in characters.
pub const LINE: usize = 500;
