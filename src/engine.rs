//! The rules at work: which questions are asked, what follows from the answers, and why.
//!
//! Floor 1, pure: everything comes in as arguments, the day included. A [`Model`] is the bank and one catalogue entry
//! in a form made for speed; an [`Inquiry`] is what a team said; [`assess()`] joins the two.

mod age;
pub mod assess;
mod because;
mod bits;
mod bounds;
pub mod comparison;
mod compile;
mod deciding;
pub(crate) mod derive;
pub mod events;
pub mod explain;
mod expr;
pub mod flow;
mod frame;
pub mod inquiry;
pub mod law;
mod lookup;
pub mod model;
mod narrow;
pub mod outcome;
pub mod picture;
mod propagate;
pub mod resolve;
mod satisfy;
mod search;
mod settle;
mod situation;
pub mod stress;
pub mod timeline;
pub mod traits;
pub mod variations;
pub mod whatif;
mod world;

pub use assess::{assess, judge};
pub use bits::CAPACITY;
pub use comparison::{Assumed, Entrant, Row, comparison};
pub use events::{Cause, Subject, Turn, horizon, turning_days};
pub use explain::{Found, Hinge, Node, explain, hinges};
pub use flow::{Flow, Standing, Step, Stop, flow};
pub use inquiry::{Given, Inquiry};
pub use model::Model;
pub use outcome::{Assessment, Because, Fired, Origin};
pub use picture::{Basis, Coloured, Picture, picture};
pub use stress::{Changed, Stressed, carriers, stress};
pub use timeline::{Segment, timeline};
pub use traits::{Filter, Traits};
pub use variations::{Slot, Variations};
pub use whatif::{Ways, whatif};
