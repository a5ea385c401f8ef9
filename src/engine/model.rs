//! Bank and catalogue entry in a form made for speed.

use crate::domain::bank::Bank;
use crate::domain::vendor::Vendor;

/// The bank and one catalogue entry, compiled.
#[derive(Debug)]
pub struct Model {}

impl Model {
    /// Compiles; no vendor means a tool that the catalogue does not know.
    #[must_use]
    pub fn compile(_bank: &Bank, _vendor: Option<&Vendor>) -> Self {
        Self {}
    }
}
