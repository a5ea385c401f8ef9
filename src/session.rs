//! Saved assessments: what they hold, how they look as a file, where they lie.
//!
//! Floor 2. `model` and `file` are pure; only `store`, `disk` and `folder` touch the file system.

pub mod away;
pub mod condition;
pub mod disk;
pub mod file;
pub mod folder;
pub mod handover;
pub mod history;
pub mod limits;
pub mod merge;
pub mod model;
mod patience;
pub mod pinned;
mod private;
pub mod record;
pub mod register;
pub mod signoff;
pub mod state;
pub mod store;

pub use condition::{Condition, ConditionId, Departure, State};
pub use handover::{Confirmed, HandedOver};
pub use model::{Answer, Evidence, FollowUp, Rest, Session, SessionId, Subject};
