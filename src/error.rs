//! The error that leaves the program, and its exit code.

pub mod crash;

use crate::i18n::Words;
use crate::knowledge::Diagnostic;
use crate::session::store::StoreError;

/// What kind of failure it is; each has an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something failed.
    Failure,
    /// Wrong use, or no terminal.
    Usage,
    /// A file is unreadable or damaged.
    Damaged,
    /// A file was written by a newer version.
    Newer,
    /// Could not save.
    Save,
}

impl Kind {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Damaged => 3,
            Self::Newer => 4,
            Self::Save => 6,
        }
    }
}

/// A failure with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of failure.
    pub kind: Kind,
    /// What happened: lower case, names in back-ticks, paths where files are meant.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

impl Error {
    /// A failure without hints.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message)?;
        for hint in &self.hints {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl Error {
    /// A fault of the store in the language of the program.
    #[must_use]
    pub fn of_store(error: &StoreError, words: &Words) -> Self {
        let told = error.told(words);
        let (kind, message) = match error {
            StoreError::Unreadable { error, excerpt, .. } => {
                let kind = if error.newer { Kind::Newer } else { Kind::Damaged };
                (kind, format!("{}\n   | {}", told.message, crate::sanitise::sanitise(excerpt)))
            }
            StoreError::Refused { .. } => (Kind::Damaged, told.message),
            StoreError::TooLong { .. } => (Kind::Save, told.message),
            StoreError::NotFound(_) | StoreError::Io { .. } => (Kind::Failure, told.message),
        };
        Self::new(kind, message).hint(told.remedy)
    }
}

impl From<Vec<Diagnostic>> for Error {
    fn from(faults: Vec<Diagnostic>) -> Self {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Self::new(Kind::Damaged, format!("{}\n{} faults in the data", all.join("\n\n"), faults.len()))
    }
}
