//! One data file after parsing, and the layers in which files lie over each other.

use crate::domain::bank::DskItem;
use crate::domain::country::{Country, Membership};
use crate::domain::instrument::Instrument;
use crate::domain::question::Section;
use crate::domain::reference::Reference;
use crate::domain::vendor::Vendor;

use super::outline::{Node, outline};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// `questions/*.ron`
    Section(Section),
    /// `vendors/*.ron`
    Vendor(Box<Vendor>),
    /// `law/countries.ron`
    Countries(Vec<Country>),
    /// `law/memberships.ron`
    Memberships(Vec<Membership>),
    /// `law/instruments.ron`
    Instruments(Vec<Instrument>),
    /// `law/references.ron`
    References(Vec<Reference>),
    /// `law/dsk.ron`
    Dsk(Vec<DskItem>),
}

/// Which kind of content a file is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// All countries.
    Countries,
    /// Membership of EU and EEA.
    Memberships,
    /// Dated law.
    Instruments,
    /// Citations.
    References,
    /// The DSK checklist.
    Dsk,
    /// One section of the questionnaire.
    Section,
    /// One catalogue entry.
    Vendor,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The name under which faults are reported.
    pub name: String,
    /// What it is expected to hold.
    pub expected: Expected,
    /// Its text.
    pub text: String,
}

/// Where a document comes from. A later layer replaces entries of an earlier one by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Shipped inside the program: checked before, without a text to point into.
    BuiltIn,
    /// Read from a file.
    File {
        /// The text.
        source: SourceText,
        /// Its outline.
        outline: Option<Node>,
    },
}

/// A parsed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it comes from.
    pub origin: Origin,
    /// What it holds.
    pub content: Content,
}

impl Document {
    /// A document of the program itself.
    #[must_use]
    pub const fn built_in(content: Content) -> Self {
        Self { origin: Origin::BuiltIn, content }
    }

    /// A document read from a file.
    #[must_use]
    pub fn from_file(source: SourceText, content: Content) -> Self {
        let outline = outline(&source.text);
        Self { origin: Origin::File { source, outline }, content }
    }

    /// Whether it was read from a file, so that it lies over what is built in.
    #[must_use]
    pub const fn is_file(&self) -> bool {
        matches!(self.origin, Origin::File { .. })
    }
}
