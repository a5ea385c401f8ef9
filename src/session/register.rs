//! The register: all sessions of a data directory, as lists, filters and verdicts need them.
//!
//! Pure. `store::bulk` reads the files and `store::index` keeps what was read in one file beside them, so that a register
//! of thousands opens by looking at names, sizes and times alone. The index is a copy of what the sessions say: whoever
//! deletes it loses nothing, and a part that does not fit its session any more is read anew.

mod entry;
mod judge;
mod packed;

pub use entry::{Agreed, Entry, Pending, Stamp, Unread};
pub use judge::{Judge, Kept, Lights, on_all_cores};

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
