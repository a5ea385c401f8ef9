//! What leaves the engine for people and programs: the view that screen and text share, and the JSON output.
//!
//! Floor 2. No terminal, no file.

pub mod authority;
pub mod json;
pub mod label;
mod mail;
mod rules;
pub mod text;
pub mod view;
