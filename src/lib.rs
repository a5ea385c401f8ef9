//! freigabe: may this video-conference or messaging tool be used under the GDPR?
//!
//! The house has four floors, and imports point downwards only: `domain` (words as types), `engine` and `i18n` (rules at
//! work), `knowledge`, `session` and `report` (data, files, papers), `tui` and `cli` (people).

pub mod cli;
pub mod domain;
pub mod engine;
pub mod error;
pub mod i18n;
pub mod knowledge;
pub mod report;
pub mod sanitise;
pub mod session;
pub mod settings;
pub mod tui;

pub use cli::run;
