//! The words of the field as types: ids, texts, conditions, questions, findings, facts, law.
//!
//! Floor 0. Nothing here reads a file, a clock or the environment; nothing here knows a terminal.

pub mod answer;
pub mod bank;
pub mod condition;
pub mod country;
pub mod day;
pub mod finding;
pub mod id;
pub mod instrument;
pub mod later;
pub mod moment;
pub mod question;
pub mod reference;
pub mod string;
pub mod text;
pub mod vendor;
pub mod verdict;

/// A calendar day. All law and all facts are dated to the day; times of day do not exist in the engine.
pub type Day = jiff::civil::Date;
