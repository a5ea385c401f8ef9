//! What is done to the program with any bytes, and what must hold then. One module a target; a target stops at what may
//! not be by a panic.
//!
//! `tests/corpus.rs` and `examples/replay.rs` of the program include these modules too, so that what was once found stays
//! found without a fuzzer.

pub mod data;
pub mod disk;
pub mod keys;
pub mod large;
pub mod paste;
pub mod question;
pub mod session;
pub mod settings;
pub mod vendor;

/// One target.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes any bytes, and stops by a panic at what may not be.
    pub run: fn(&[u8]),
    /// What the program itself does with the bytes, without what a target asks beside it: for measuring.
    pub decide: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 6] = [
    Target { name: "session", run: session::run, decide: session::decide },
    Target { name: "vendor", run: vendor::run, decide: vendor::decide },
    Target { name: "question", run: question::run, decide: question::decide },
    Target { name: "settings", run: settings::run, decide: settings::decide },
    Target { name: "paste", run: paste::run, decide: paste::run },
    Target { name: "keys", run: keys::run, decide: keys::run },
];
