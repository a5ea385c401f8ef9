//! The index: what was read of all sessions, in one file beside their folder. It can be deleted at any time.
//!
//! Several instances may write it; each puts a whole file into its place, and whichever is last is as good as any other,
//! for every entry is compared with its session before it is believed.

use std::fs;
use std::path::PathBuf;

use super::Store;
use super::bulk::nanoseconds;
use super::names::temporary_name;
use crate::session::register::{Entry, on_all_cores};

/// The name of the file in the data directory.
const INDEX: &str = "register.index";
/// How the file begins. Another form of the entries, or another way to judge, takes another number.
const BEGIN: &[u8] = b"freigabe register 2\n";
/// Larger files are left unread.
const LARGEST: u64 = 1 << 30;
/// A file may change without its time changing, for so many nanoseconds: two seconds on the coarsest file systems.
const GRAIN: i64 = 2_000_000_000;

/// Entries that are packed together, so that several cores pack and unpack.
const TOGETHER: usize = 256;

impl Store {
    fn index_file(&self) -> PathBuf {
        self.root.with_file_name(INDEX)
    }

    /// What the index holds. Without one, or where it is damaged or of another version, nothing.
    pub(super) fn index(&self) -> Vec<Entry> {
        let path = self.index_file();
        let Ok(data) = fs::metadata(&path) else { return Vec::new() };
        if !data.is_file() || data.len() > LARGEST {
            return Vec::new();
        }
        let Ok(bytes) = self.disk.read(&path, LARGEST) else { return Vec::new() };
        // What was written just before the index may have been written once more at the same time by the clock.
        let written = data.modified().map(nanoseconds).unwrap_or_default();
        let settled = |entry: &Entry| entry.stamp.written.saturating_add(GRAIN) < written;
        decoded(&bytes, settled).unwrap_or_default()
    }

    /// Writes the index. Should that fail, the next one reads more files than it would have to.
    pub fn write_index(&self, entries: &[Entry]) {
        self.put_index(&packed(entries));
    }

    /// Puts an index in its place that was [`packed`] before.
    pub fn put_index(&self, bytes: &[u8]) {
        // Without sessions there is nothing to be kept, and nothing is created before the first save.
        if !self.root.is_dir() || bytes.is_empty() {
            return;
        }
        let path = self.index_file();
        let temporary = path.with_file_name(temporary_name());
        let written = self.disk.create(&temporary).and_then(|mut file| file.write(bytes));
        if written.and_then(|()| self.disk.rename(&temporary, &path)).is_err() {
            // It may not even be there.
            let _ = self.disk.remove(&temporary);
        }
    }

    /// Removes the index, so that nothing is left of a session that was forgotten. The next register makes a new one.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn discard_index(&self) -> Result<(), super::StoreError> {
        let path = self.index_file();
        match self.disk.remove(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(super::StoreError::Io { path, error }),
            _ => Ok(()),
        }
    }
}

/// The index of some sessions as it stands in its file. Empty: it could not be made.
#[must_use]
pub fn packed(entries: &[Entry]) -> Vec<u8> {
    let mut parts: Vec<&[Entry]> = entries.chunks(TOGETHER).collect();
    let parts = on_all_cores(&mut parts, 1, |some| some.first().and_then(|part| postcard::to_allocvec(part).ok()));
    let mut body = Vec::new();
    for part in parts {
        let Some((part, length)) = part.and_then(|part| u32::try_from(part.len()).ok().map(|length| (part, length)))
        else {
            return Vec::new();
        };
        body.extend(length.to_le_bytes());
        body.extend(part);
    }
    [BEGIN, &sum(&body).to_le_bytes(), &body].concat()
}

fn decoded(bytes: &[u8], wanted: impl Fn(&Entry) -> bool + Sync) -> Option<Vec<Entry>> {
    let (begin, mut body) = bytes.strip_prefix(BEGIN)?.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*begin) != sum(body) {
        return None;
    }
    let mut parts = Vec::new();
    while let Some((length, rest)) = body.split_first_chunk::<4>() {
        let (part, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        parts.push(part);
        body = rest;
    }
    let parts = on_all_cores(&mut parts, 1, |some| {
        let mut entries: Vec<Entry> = some.first().and_then(|part| postcard::from_bytes(part).ok())?;
        entries.retain(&wanted);
        Some(entries)
    });
    let parts: Option<Vec<Vec<Entry>>> = parts.into_iter().collect();
    parts.filter(|_| body.is_empty()).map(|parts| parts.into_iter().flatten().collect())
}

/// A sum that shows accidents. What somebody changes on purpose it does not show, no more than the sessions would.
fn sum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    let words = words.iter().chain([&last]).map(|word| u64::from_le_bytes(*word));
    let mix = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    words.fold(bytes.len() as u64, mix)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::path::Path;

    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::register::Register;
    use crate::session::store::{Progress, Saved};

    fn store(dir: &Path) -> Store {
        Store::new(dir)
    }

    fn saved(store: &Store, team: &str, milliseconds: u64) -> Saved {
        let day = jiff::civil::date(2026, 11, 23);
        let mut saved = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, milliseconds);
        saved.session.subject.team = team.into();
        store.save(&mut saved).unwrap();
        saved
    }

    fn read(store: &Store) -> Register {
        store.register(&Progress::default()).unwrap()
    }

    fn teams(register: &Register) -> Vec<&str> {
        register.entries.iter().map(|entry| entry.team.as_str()).collect()
    }

    /// Makes all files older than any doubt about their time.
    fn age(store: &Store) {
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        for folder in store.folders() {
            fs::File::options().write(true).open(folder.join("session.ron")).unwrap().set_modified(old).unwrap();
        }
    }

    #[test]
    fn what_stands_in_the_index_is_not_read_again_and_what_changed_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let mut one = saved(&store, "eins", 1);
        saved(&store, "zwei", 2);
        age(&store);
        let first = read(&store);
        assert_eq!((teams(&first), first.fresh), (vec!["eins", "zwei"], 2));
        store.write_index(&first.entries);
        let second = read(&store);
        assert_eq!((&second.entries, second.fresh), (&first.entries, 0));
        one.session.subject.team = "drei".into();
        store.save(&mut one).unwrap();
        let third = read(&store);
        assert_eq!((teams(&third), third.fresh), (vec!["drei", "zwei"], 1));
        // The same length and the same time: the file system still knows that something changed.
        let old = fs::metadata(&one.path).unwrap().modified().unwrap();
        store.write_index(&third.entries);
        let text = fs::read_to_string(&one.path).unwrap();
        let text = crate::session::file::sealed(crate::session::file::without(&text.replace("drei", "vier")));
        let mut file = fs::File::create(&one.path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.set_modified(old).unwrap();
        assert_eq!(teams(&read(&store)), ["vier", "zwei"]);
    }

    #[test]
    fn a_missing_damaged_or_foreign_index_costs_nothing_but_time() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        saved(&store, "eins", 1);
        age(&store);
        let before = read(&store).entries;
        store.write_index(&before);
        let path = dir.path().join(INDEX);
        let whole = fs::read(&path).unwrap();
        let put = |bytes: &[u8]| fs::File::create(&path).unwrap().write_all(bytes).unwrap();
        assert_eq!(read(&store).fresh, 0);
        for at in (0..whole.len()).step_by(7) {
            let mut other = whole.clone();
            other[at] ^= 0x20;
            put(&other);
            let register = read(&store);
            assert_eq!((&register.entries, register.fresh), (&before, 1), "byte {at}");
            put(&whole[..at]);
            assert_eq!(read(&store).entries, before, "cut at {at}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(read(&store).entries, before);
        fs::create_dir(&path).unwrap();
        assert_eq!(read(&store).entries, before);
        store.write_index(&before);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing temporary stays");
    }

    #[test]
    fn what_cannot_be_read_is_listed_with_its_reason_and_a_copy_as_one() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let mut one = saved(&store, "eins", 1);
        store.save_beside(&mut one, crate::session::store::Copy::Conflict).unwrap();
        for (name, text) in [("damaged", "(format: 1,"), ("newer", "(format: 9, vendor: \"zoom\", answers: {})")] {
            fs::create_dir(store.root.join(name)).unwrap();
            fs::File::create(store.root.join(name).join("session.ron")).unwrap().write_all(text.as_bytes()).unwrap();
        }
        fs::create_dir(store.root.join("empty")).unwrap();
        let register = read(&store);
        let unread: Vec<&str> = register.unread.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(unread, ["damaged", "newer"]);
        let copies: Vec<bool> = register.entries.iter().map(|entry| entry.copy().is_some()).collect();
        assert_eq!(copies, [false, true]);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it_and_it_goes_when_it_is_told_to() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let store = store(&dir.path().join("data"));
        store.write_index(&[]);
        assert!(!dir.path().join("data").exists(), "nothing is created before the first save");
        saved(&store, "geheim", 1);
        store.write_index(&read(&store).entries);
        let path = dir.path().join("data").join(INDEX);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        store.discard_index().unwrap();
        store.discard_index().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn whoever_no_longer_waits_gets_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        saved(&store, "eins", 1);
        let progress = Progress::default();
        progress.give_up();
        assert!(store.register(&progress).is_none());
        let progress = Progress::default();
        assert_eq!(progress.share(), None);
        assert!(store.register(&progress).is_some());
        assert_eq!(progress.share(), Some((1, 1)));
    }
}
