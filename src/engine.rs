//! The rules at work: which questions are asked, what follows from the answers, and why.
//!
//! Floor 1, pure: everything comes in as arguments, the day included. A [`Model`] is the bank and one catalogue entry
//! in a form made for speed; an [`Inquiry`] is what a team said; [`assess()`] joins the two.

mod age;
pub mod assess;
mod because;
mod bits;
mod bounds;
mod compile;
mod deciding;
pub(crate) mod derive;
pub mod explain;
mod expr;
pub mod flow;
mod frame;
pub mod inquiry;
pub mod law;
mod lookup;
pub mod model;
pub mod outcome;
mod propagate;
pub mod resolve;
mod satisfy;
mod search;
mod situation;
pub mod variations;
mod world;

pub use assess::{assess, judge};
pub use explain::{Found, Hinge, Node, explain, hinges};
pub use flow::{Flow, Standing, Step, Stop, flow};
pub use inquiry::{Given, Inquiry};
pub use model::Model;
pub use outcome::{Assessment, Because, Fired, Origin};
pub use variations::{Slot, Variations};
