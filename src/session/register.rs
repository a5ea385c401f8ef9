//! The register: all sessions of a data directory, as lists, filters and verdicts need them.
//!
//! Pure. `store::bulk` reads the files and `store::index` keeps what was read in one file beside them, so that a register
//! of thousands opens by looking at names, sizes and times alone. The index is a copy of what the sessions say: whoever
//! deletes it loses nothing, and a part that does not fit its session any more is read anew.

mod entry;
mod filter;
mod flips;
mod judge;
mod packed;
mod row;
mod signed;
mod summary;

pub use entry::{Agreed, Entry, Pending, Stamp, Unread};
pub use filter::{Column, Filter, Shelf, sort};
pub use flips::{Fallen, Reasons, Turned, fallen, reasons};
pub use judge::{Judge, Kept, Lights, PART, on_all_cores};
pub use row::{Row, rows};
pub use signed::{Decided, Opined, Sealed, Signed};
pub use summary::{Summary, VERDICTS, controllers};

/// All sessions of a data directory.
#[derive(Debug, Default)]
pub struct Register {
    /// Those that can be read, by the names of their folders.
    pub entries: Vec<Entry>,
    /// Those that cannot.
    pub unread: Vec<Unread>,
    /// How many of them were read just now; the others stood in the index.
    pub fresh: usize,
    /// The index holds something that is gone.
    pub gone: bool,
}

#[cfg(test)]
mod tests;
