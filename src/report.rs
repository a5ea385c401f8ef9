//! What leaves the engine for people and programs: the view that screen and text share, and the JSON output.
//!
//! Floor 2. No terminal; only `export` writes files.

pub mod asked;
pub mod authority;
pub mod blank;
pub mod cause;
pub mod comparison;
pub mod document;
pub mod export;
pub mod follow_up;
pub mod html;
pub mod json;
pub mod label;
mod mail;
pub mod markdown;
pub mod merged;
pub mod picture;
pub mod register;
mod review;
mod rules;
pub mod stress;
pub mod text;
pub mod timeline;
pub mod typed;
pub mod verification;
pub mod view;
pub mod whatif;
