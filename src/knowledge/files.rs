//! Data files on disk: which belong to a directory, and their text.
//!
//! The only place of this room that touches the file system. Whatever lies there (a pipe, a folder, a giant, binary
//! data) becomes a fault, never a hang or a panic.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::document::{Expected, SourceText};

/// Larger files are refused unread.
const LARGEST: u64 = 1024 * 1024;
/// No more than this is read from one directory.
const TOTAL: usize = 4 * 1024 * 1024;
/// More files of one kind are refused unread.
const MOST: usize = 500;

const READABLE: &str = "check that you may read it";

const LAW: [(&str, Expected); 5] = [
    ("countries.ron", Expected::Countries),
    ("memberships.ron", Expected::Memberships),
    ("instruments.ron", Expected::Instruments),
    ("references.ron", Expected::References),
    ("dsk.ron", Expected::Dsk),
];

/// The data files of a directory, with the faults of those that cannot be read.
#[derive(Debug, Default)]
pub struct Found {
    /// Files in the order of the interview: law first, then sections and vendors by file name.
    pub sources: Vec<SourceText>,
    /// What could not be read.
    pub faults: Vec<Diagnostic>,
    /// Whether the directory brings its own law, so that it is checked by itself.
    pub complete: bool,
}

/// Reads the data files of a directory that is laid out like the repository (`questions`, `assets/vendors`,
/// `assets/law`) or like an overlay (`questions`, `vendors`).
#[must_use]
pub fn find(dir: &Path) -> Found {
    let mut found = Found::default();
    let law = dir.join("assets").join("law");
    if law.is_dir() {
        found.complete = true;
        for (name, expected) in LAW {
            let path = law.join(name);
            if expected != Expected::Dsk || path.exists() {
                found.read(&path, format!("assets/law/{name}"), expected);
            }
        }
    }
    found.read_folder(&dir.join("questions"), "questions", Expected::Section);
    found.read_folder(&dir.join("assets").join("vendors"), "assets/vendors", Expected::Vendor);
    found.read_folder(&dir.join("vendors"), "vendors", Expected::Vendor);
    found
}

/// Reads the data files that a user has laid over the built-in data. Their faults carry the whole path.
#[must_use]
pub fn find_overlay(dir: &Path) -> Found {
    let mut found = Found::default();
    for (folder, expected) in [("questions", Expected::Section), ("vendors", Expected::Vendor)] {
        let folder = dir.join(folder);
        found.read_folder(&folder, &folder.to_string_lossy(), expected);
    }
    found
}

impl Found {
    /// Whether there is nothing at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.faults.is_empty()
    }

    fn read_folder(&mut self, folder: &Path, shown: &str, expected: Expected) {
        let files = match list(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                self.fault(shown, "not a folder", "put the data files into a folder of this name");
                return;
            }
            Err(error) => {
                self.fault(shown, &format!("cannot be listed: {error}"), READABLE);
                return;
            }
        };
        if files.len() > MOST {
            self.fault(shown, &format!("more than {MOST} files in one folder"), "move what is not needed elsewhere");
            return;
        }
        for path in files {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.read(&path, format!("{shown}/{name}"), expected);
        }
    }

    fn read(&mut self, path: &Path, name: String, expected: Expected) {
        if self.sources.iter().map(|source| source.text.len()).sum::<usize>() > TOTAL {
            self.fault(&name, "the files before it already hold 4 MiB", "move what is not needed elsewhere");
            return;
        }
        match text(path) {
            Ok(text) => self.sources.push(SourceText { name, expected, text }),
            Err(Refusal::NotText(text, valid)) => {
                let message = "the file is not UTF-8 text";
                let hint = Some("save the file as UTF-8".to_owned());
                self.faults.push(Diagnostic::at(&name, &text, &(valid..valid), message).with_hint(hint));
            }
            Err(Refusal::Other(message, remedy)) => self.fault(&name, &message, remedy),
        }
    }

    fn fault(&mut self, name: &str, message: &str, remedy: &str) {
        self.faults.push(Diagnostic::of_file(name, message).with_hint(Some(remedy.to_owned())));
    }
}

/// The RON files of a folder, by name.
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)?.take(10 * MOST) {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|extension| extension == "ron") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

enum Refusal {
    /// The text as far as it can be read, and where the first foreign byte stands.
    NotText(String, usize),
    /// What is wrong, and what to do.
    Other(String, &'static str),
}

fn text(path: &Path) -> Result<String, Refusal> {
    let unreadable = |error: io::Error| Refusal::Other(format!("cannot be read: {error}"), READABLE);
    // Asked before opening: opening a pipe would wait for a writer for ever.
    let about = fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(Refusal::Other("not a regular file".to_owned(), "put a RON file there, or give it another ending"));
    }
    let too_large = || Refusal::Other("larger than 1 MiB".to_owned(), "split it over several files");
    if about.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    // The file may have grown meanwhile, or lie about its length.
    if u64::try_from(bytes.len()).map_or(true, |length| length > LARGEST) {
        return Err(too_large());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            Err(Refusal::NotText(String::from_utf8_lossy(error.as_bytes()).into_owned(), valid))
        }
    }
}
