//! Why a session could not be read or written, and how a person is told.

use std::io;
use std::path::{Path, PathBuf};

use super::sealing::is_named_record;
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::file::{Broken, FileError};

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a folder without a session.
    Folder,
    /// It is a device, a pipe, a socket, or has become a link.
    Special,
    /// It is larger than a session can be.
    Large,
    /// It is larger than the record of a seal can be.
    LargeRecord,
    /// It holds bytes that are no UTF-8 text.
    NotText {
        /// The line of the first one.
        line: usize,
        /// Its column in that line, in characters, from 1.
        column: usize,
    },
    /// It is a link to a link.
    Links,
    /// Its session may only be looked at.
    ReadOnly,
    /// It is the folder of a session and leads elsewhere.
    LinkedFolder {
        /// Where it leads.
        to: PathBuf,
    },
}

/// Why a session could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// The path is nothing that this program reads or writes.
    #[error("{path}: {why:?}")]
    Refused {
        /// The path.
        path: PathBuf,
        /// Why.
        why: Why,
    },
    /// The session has grown so large that it could not be read again; nothing was written.
    #[error("{path}: larger than 1 MiB, most of all by `{place}`; nothing was written")]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Where its longest text stands.
        place: String,
        /// How long that is, in characters.
        characters: usize,
    },
    /// The text is no session that this version reads.
    #[error("{path}:{line}:{column}: {message}", line = .error.line, column = .error.column, message = .error.message)]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The fault.
        error: FileError,
        /// The line in which it stands.
        excerpt: String,
    },
    /// The file is not the one that was written: it was cut off, or has changed on the disk.
    #[error("{path}: {broken:?}")]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        broken: Broken,
    },
    /// Git has left two versions in the file.
    #[error("{path}: two versions")]
    Versions {
        /// The file.
        path: PathBuf,
        /// The line of the first mark; none: their lines stand one after the other, and cannot be told apart.
        line: Option<usize>,
    },
    /// Nothing has that id, or several have.
    #[error("{0}")]
    NotFound(String),
}

/// What a person is told: what happened where, and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened where.
    pub message: String,
    /// What helps.
    pub remedy: String,
}

impl StoreError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }

    /// The fault in words; foreign text in it is made harmless.
    #[must_use]
    pub fn told(&self, words: &Words) -> Told {
        let shown = |path: &Path| sanitise(&path.to_string_lossy()).into_owned();
        match self {
            Self::Io { path, error } => {
                let id = io_id(error.kind());
                told(words, id, &[("path", &shown(path)), ("why", &sanitise(&error.to_string()))])
            }
            Self::Refused { path, why } => refused(words, &shown(path), why),
            Self::TooLong { place, characters, .. } => {
                told(words, "fault-long", &[("place", &sanitise(place)), ("n", &characters.to_string())])
            }
            Self::Unreadable { path, error, .. } => {
                let place = format!("{}:{}:{}", shown(path), error.line, error.column);
                let id = match (error.newer, error.deep) {
                    (true, _) => "fault-newer",
                    (_, true) => "fault-deep",
                    _ => "fault-damaged",
                };
                told(words, id, &[("place", &place), ("why", &sanitise(&error.message))])
            }
            Self::Broken { path, broken } => {
                // Who repairs a record by hand has none any more.
                let record = is_named_record(path);
                let remedy = if record { "fault-broken-record-remedy" } else { "fault-broken-remedy" };
                Told { message: is_broken(words, &shown(path), *broken), remedy: words.get(remedy) }
            }
            Self::Versions { path, line } => {
                let path = shown(path);
                let place = line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
                let id = if line.is_some() { "fault-marked" } else { "fault-joined" };
                let remedy = words.with(&format!("{id}-remedy"), &[("path", &path)]);
                Told { message: words.with(id, &[("place", &place)]), remedy }
            }
            Self::NotFound(what) => {
                Told { message: sanitise(what).into_owned(), remedy: words.get("fault-unknown-remedy") }
            }
        }
    }
}

fn told(words: &Words, id: &str, arguments: &[(&str, &str)]) -> Told {
    Told { message: words.with(id, arguments), remedy: words.get(&format!("{id}-remedy")) }
}

const fn io_id(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "fault-full",
        io::ErrorKind::PermissionDenied => "fault-denied",
        io::ErrorKind::ReadOnlyFilesystem => "fault-read-only",
        io::ErrorKind::NotFound => "fault-missing",
        io::ErrorKind::AlreadyExists => "fault-exists",
        _ => "fault-other",
    }
}

fn is_broken(words: &Words, path: &str, broken: Broken) -> String {
    let (id, lengths) = match broken {
        Broken::Short { written, found } => ("fault-broken-short", Some((written, found))),
        Broken::Long { written, found } => ("fault-broken-long", Some((written, found))),
        Broken::Changed => ("fault-broken-changed", None),
        Broken::Line => ("fault-broken-line", None),
    };
    match lengths.map(|(written, found)| (written.to_string(), found.to_string())) {
        Some((written, found)) => words.with(id, &[("path", path), ("written", &written), ("found", &found)]),
        None => words.with(id, &[("path", path)]),
    }
}

fn refused(words: &Words, path: &str, why: &Why) -> Told {
    match why {
        Why::Folder => told(words, "fault-folder", &[("path", path)]),
        Why::Special => told(words, "fault-special", &[("path", path)]),
        Why::Large => told(words, "fault-large", &[("path", path)]),
        Why::LargeRecord => told(words, "fault-large-record", &[("path", path)]),
        Why::NotText { line, column } => {
            told(words, "fault-not-text", &[("place", &format!("{path}:{line}:{column}"))])
        }
        Why::ReadOnly => told(words, "fault-look-only", &[("path", path)]),
        Why::Links => told(words, "fault-links", &[("path", path)]),
        Why::LinkedFolder { to } => {
            told(words, "fault-linked-folder", &[("path", path), ("to", &sanitise(&to.to_string_lossy()))])
        }
    }
}
