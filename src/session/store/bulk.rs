//! All sessions at once, for the register: names, sizes and times of the files decide which of them have to be read.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::folder::{Folder, Seen};
use super::names::name;
use super::{FILE, Store, StoreError, parse_with};
use crate::domain::Day;
use crate::domain::id::VendorId;
use crate::session::file;
use crate::session::register::{Entry, Register, Unread, on_all_cores};

/// Files between two looks at whether anybody still waits.
const STEP: usize = 16;

/// How far reading is, for whoever waits, and whether anybody still does.
#[derive(Debug, Default)]
pub struct Progress {
    /// Sessions that were looked at.
    done: AtomicUsize,
    /// Sessions that there are.
    all: AtomicUsize,
    /// Nobody waits any more.
    given_up: AtomicBool,
}

impl Progress {
    /// Sessions looked at so far, and how many there are; none before they are counted.
    #[must_use]
    pub fn share(&self) -> Option<(usize, usize)> {
        let all = self.all.load(Ordering::Relaxed);
        (all > 0).then(|| (self.done.load(Ordering::Relaxed).min(all), all))
    }

    /// Ends reading as soon as possible.
    pub fn give_up(&self) {
        self.given_up.store(true, Ordering::Relaxed);
    }

    fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::Relaxed)
    }
}

/// A session on its way into the register.
struct Place {
    name: String,
    /// What the index holds.
    known: Option<Entry>,
    found: Found,
}

/// What became of it.
enum Found {
    /// There is no such file.
    Nothing,
    /// It is as the index says.
    Known,
    Read(Box<Entry>),
    Unread(StoreError),
}

impl Store {
    /// All sessions. A file that is as it was when the index was written is not read. None: nobody waited for it.
    #[must_use]
    pub fn register(&self, progress: &Progress) -> Option<Register> {
        let (mut known, names) = std::thread::scope(|scope| {
            let names = scope.spawn(|| self.names());
            let known = self.index();
            (known, names.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let count = known.len();
        known.sort_by(|a, b| a.name.cmp(&b.name));
        let mut known = known.into_iter().peekable();
        let place = |name: String| {
            while known.next_if(|entry| entry.name < name).is_some() {}
            let known = known.next_if(|entry| entry.name == name);
            Place { name, known, found: Found::Nothing }
        };
        let mut places: Vec<Place> = names.into_iter().map(place).collect();
        progress.all.store(places.len(), Ordering::Relaxed);
        let root = Folder::open(&self.root);
        let work = |some: &mut [Place]| {
            if progress.is_given_up() {
                return;
            }
            for place in &mut *some {
                self.look_at(&root, place);
            }
            progress.done.fetch_add(some.len(), Ordering::Relaxed);
        };
        on_all_cores(&mut places, STEP, work);
        if progress.is_given_up() {
            return None;
        }
        let mut register = Register::default();
        // Whoever may not look into the folder must not take it for an empty one.
        if let Err(error) = fs::read_dir(&self.root)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            let fault = StoreError::Io { path: self.root.clone(), error };
            register.unread.push(Unread { name: name(&self.root), fault });
        }
        let kept =
            places.iter().filter(|place| place.known.is_some() && !matches!(place.found, Found::Nothing)).count();
        register.gone = kept < count;
        for place in places {
            match (place.found, place.known) {
                (Found::Known, Some(entry)) => register.entries.push(entry),
                (Found::Read(entry), _) => {
                    register.fresh += 1;
                    register.entries.push(*entry);
                }
                (Found::Unread(fault), _) => register.unread.push(Unread { name: place.name, fault }),
                (Found::Nothing | Found::Known, _) => {}
            }
        }
        Some(register)
    }

    /// Signed clearances of a tool that hold on a day, as far as the index knows them and their files are as it says.
    #[must_use]
    pub fn cleared(&self, vendor: &VendorId, day: Day) -> Vec<Entry> {
        let mut known = self.index();
        known.retain(|entry| *entry.vendor == *vendor.as_str() && entry.clears(day));
        let root = Folder::open(&self.root);
        known.retain(|entry| {
            root.look(&entry.name).is_ok_and(|seen| seen.is_some_and(|seen| seen.stamp == entry.stamp))
        });
        known
    }

    /// The file of the session in a folder of the store.
    #[must_use]
    pub fn place(&self, name: &str) -> std::path::PathBuf {
        self.root.join(name).join(FILE)
    }

    /// The name of the data directory. One directory is one client's.
    #[must_use]
    pub fn client(&self) -> String {
        self.root.parent().map(name).unwrap_or_default()
    }

    /// The names of all folders, in order.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.entries().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        names
    }

    fn look_at(&self, root: &Folder, place: &mut Place) {
        place.found = match root.look(&place.name) {
            Err(error) => Found::Unread(StoreError::Io { path: self.place(&place.name), error }),
            Ok(None) => Found::Nothing,
            Ok(Some(seen)) if place.known.as_ref().is_some_and(|entry| entry.stamp == seen.stamp) => Found::Known,
            Ok(Some(seen)) => match self.read_whole(&self.place(&place.name), seen) {
                Ok(session) => Found::Read(Box::new(Entry::of(&place.name, seen.stamp, &session))),
                Err(fault) => Found::Unread(fault),
            },
        };
    }

    fn read_whole(&self, named: &Path, seen: Seen) -> Result<crate::session::Session, StoreError> {
        if seen.is_plain && seen.stamp.size <= file::MAX_BYTES {
            let bytes = self.disk.read(named, file::MAX_BYTES + 1).map_err(StoreError::io(named))?;
            if bytes.len() as u64 <= file::MAX_BYTES {
                return parse_with(named, &bytes, file::brief);
            }
        }
        let target = self.target(named)?;
        let path = target.as_deref().unwrap_or(named);
        parse_with(path, &self.read(path)?, file::brief)
    }
}

/// Nanoseconds since 1970.
pub(super) fn nanoseconds(time: SystemTime) -> i64 {
    let signed = |nanoseconds: u128| i64::try_from(nanoseconds).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after.as_nanos()),
        Err(before) => -signed(before.duration().as_nanos()),
    }
}
