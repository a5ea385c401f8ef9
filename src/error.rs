//! The error that leaves the program, and its exit code.

pub mod crash;

use crate::i18n::Words;
use crate::knowledge::Diagnostic;
use crate::sanitise::{clip, lines};
use crate::session::store::{Damage, StoreError};

/// More faults than these are counted, not printed.
const MOST: usize = 50;
/// Longest message about a session, in characters. A path may be longer than it would be of use.
const LONGEST: usize = 600;

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
    /// Another instance of the program has it open.
    InUse,
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
            Self::InUse => 5,
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
        f.write_str(&lines(&self.message))?;
        for hint in &self.hints {
            write!(f, "\nhint: {}", lines(hint))?;
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
        let message = clip(&told.message, LONGEST);
        let (kind, message) = match error {
            StoreError::Unreadable { error, excerpt, .. } => {
                let kind = if error.newer { Kind::Newer } else { Kind::Damaged };
                (kind, format!("{message}\n   | {}", clip(excerpt, LONGEST)))
            }
            StoreError::Refused { .. } | StoreError::Broken { .. } | StoreError::Versions { .. } => {
                (Kind::Damaged, message)
            }
            StoreError::TooLong { .. } => (Kind::Save, message),
            StoreError::NotFound(_) | StoreError::Io { .. } => (Kind::Failure, message),
        };
        Self::new(kind, message).hint(told.remedy)
    }
}

impl Error {
    /// A damaged session of which there is a state that is whole: where that lies, and what offers it.
    #[must_use]
    pub fn of_damage(damage: &Damage, words: &Words) -> Self {
        let clean = |path: &std::path::Path| crate::sanitise::sanitise(&path.to_string_lossy()).into_owned();
        let (last, file) = (clean(&damage.last.path), clean(&damage.path));
        let time = words.utc(damage.last.written);
        let hint = words.with("fault-damage-hint", &[("time", &time), ("path", &last), ("file", &file)]);
        Self::of_store(&damage.fault, words).hint(hint)
    }
}

impl From<Vec<Diagnostic>> for Error {
    fn from(faults: Vec<Diagnostic>) -> Self {
        let all: Vec<String> = faults.iter().take(MOST).map(ToString::to_string).collect();
        let more = match faults.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("\n\nand {more} more"),
        };
        let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
        Self::new(Kind::Damaged, format!("{}{more}\n{count} in the data", all.join("\n\n"))).hint(
            "correct the places named, or take the files out of the folder for own data (`freigabe paths` shows it); \
             `freigabe check FOLDER` says whether all is well",
        )
    }
}
