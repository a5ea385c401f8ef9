//! x
pub mod domain;
pub mod engine;
pub mod knowledge;
pub mod session;
