//! What leaves the engine for people and programs: the view that screen and text share, and the JSON output.
//!
//! Floor 2. No terminal, no file.

pub mod authority;
pub mod cause;
pub mod comparison;
pub mod json;
pub mod label;
mod mail;
pub mod picture;
mod rules;
pub mod stress;
pub mod text;
pub mod timeline;
pub mod view;
pub mod whatif;
