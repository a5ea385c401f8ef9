//! x
pub mod domain;
pub mod engine;
pub mod session;
