//! The interactive program: screens, keys, drawing, the terminal.
//!
//! Floor 3. State changes only in `app`; drawing changes nothing; what has to be done outside (saving) is data that one
//! function carries out after the frame is drawn.

mod amending;
pub mod app;
mod bars;
mod book;
mod changing;
mod choose;
mod copied;
pub mod desk;
pub mod draw;
mod editor;
mod form;
mod handing;
mod interview;
pub mod keymap;
mod layout;
mod questions;
mod reading;
mod saving;
pub mod screens;
mod sitting;
mod team;
pub mod terminal;
pub mod theme;
mod turn;
mod widgets;
mod worker;

pub use app::{App, Start};
pub use saving::Mark;
pub use terminal::run;
