//! What belongs to a session, and how all of it is removed.

use std::fs;
use std::path::{Path, PathBuf};

use super::damage::damaged;
use super::decisions::decisions_of;
use super::generations::beside;
use super::lock::{holder_of, is_ours, lock_of};
use super::names::{Copy, name};
use super::{FILE, Store, StoreError, is_link};
use crate::session::file;
use crate::session::model::SessionId;

/// Numbers of copies that are looked for.
const MOST_COPIES: u32 = 1000;
/// Characters of an id that this program has made; others may be anybody's.
const ID: usize = 26;

/// What belongs to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongings {
    /// Files and folders, the session's own last.
    pub places: Vec<PathBuf>,
    /// What the lock file says, if another instance holds it or one of its copies.
    pub held: Option<String>,
}

impl Store {
    /// What belongs to the session in a file: its folder with generations, damaged copies and lock, or the file with its
    /// lock; conflict and rescue copies beside it; rescue copies in the data directory and in `temporary`.
    ///
    /// # Errors
    /// When the file is none of this program's: that is left to its owner.
    pub fn belongings(&self, named: &Path, temporary: &Path) -> Result<Belongings, StoreError> {
        let link = self.target(named)?;
        let path = link.as_deref().unwrap_or(named);
        let folder = path.parent().filter(|folder| folder.parent() == Some(&self.root) && name(path) == FILE);
        let own = |id: &SessionId| id.as_str().len() == ID;
        let mut id = folder.and_then(|folder| SessionId::parse(&name(folder))).filter(own);
        if let Some(folder) = folder {
            self.refuse_linked(folder)?;
        } else {
            match self.open(&path.to_string_lossy()) {
                Ok(saved) => id = Some(saved.session.id).filter(own),
                Err(fault) if !self.begins_like_ours(path) => return Err(fault),
                // Its first line says whose it was.
                Err(_) => {}
            }
        }
        let copies = [Copy::Conflict, Copy::Rescue].into_iter().filter(|_| Copy::of(path).is_none());
        let copies = copies.flat_map(|copy| (1..=MOST_COPIES).map(move |n| copy.beside(path, n)));
        // Outside the store a name says nothing about whose a file is.
        let copies = copies.filter(|copy| folder.is_some() || self.is_session(copy));
        let sessions: Vec<PathBuf> = copies.chain([path.to_owned()]).collect();
        let held = sessions.iter().find_map(|session| holder_of(session));
        let mut places = id.map(|id| self.rescued(&id, temporary)).unwrap_or_default();
        for session in &sessions {
            if folder.is_some() {
                places.extend(session.parent().map(Path::to_owned));
            } else {
                places.extend(self.records(session));
                places.extend(self.generations_elsewhere(session));
                places.extend(damaged(session).into_iter().filter(|aside| self.begins_like_ours(aside)));
                places.extend(Some(lock_of(session)).filter(|lock| is_ours(lock)));
                places.extend(Some(decisions_of(session)).filter(|kept| self.begins_like_ours(kept)));
                places.push(session.clone());
            }
        }
        places.extend(link.is_some().then(|| named.to_owned()));
        places.retain(|place| is_link(place) || place.exists());
        Ok(Belongings { places, held })
    }

    /// The generations that came along with a session when its folder was copied; the folder too if nothing else is in it.
    fn generations_elsewhere(&self, session: &Path) -> Vec<PathBuf> {
        let files: Vec<PathBuf> = self.generations(session).into_iter().map(|one| one.path).collect();
        let folder = beside(session).filter(|_| !files.is_empty());
        let all = folder.as_ref().and_then(|folder| fs::read_dir(folder).ok()).map_or(0, Iterator::count);
        let folder = folder.filter(|_| all == files.len());
        files.into_iter().chain(folder).collect()
    }

    /// Whether a file, no link and no folder, begins like one of this program.
    fn begins_like_ours(&self, path: &Path) -> bool {
        self.read(path).is_ok_and(|bytes| file::is_ours(&bytes))
    }

    /// Whether a file, no link and no folder, is a session or was one.
    fn is_session(&self, path: &Path) -> bool {
        !is_link(path) && (self.load_file(path).is_ok() || self.begins_like_ours(path))
    }

    /// Rescue copies that lie where those of any session may lie.
    fn rescued(&self, id: &SessionId, temporary: &Path) -> Vec<PathBuf> {
        let mark = format!("-{id}.rescue-");
        let data = self.root.parent().unwrap_or(&self.root);
        let mut found = Vec::new();
        for entry in [data, temporary].into_iter().flat_map(fs::read_dir).flatten().flatten() {
            let path = entry.path();
            if Copy::of(&path) == Some(Copy::Rescue) && name(&path).contains(&mark) && self.is_session(&path) {
                found.push(path);
            }
        }
        found.sort();
        found
    }
}

/// Removes files and folders.
///
/// # Errors
/// At the first one that cannot be removed.
pub fn remove_all(places: &[PathBuf]) -> Result<(), StoreError> {
    for place in places {
        let folder = place.is_dir() && !is_link(place);
        let removed = if folder { fs::remove_dir_all(place) } else { fs::remove_file(place) };
        removed.map_err(StoreError::io(place))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::store::Saved;

    fn zoom(store: &Store, milliseconds: u64) -> Saved {
        let day = "2026-11-23".parse().unwrap();
        let mut saved = store.create(Mode::SelfAssessment, "zoom".try_into().unwrap(), day, milliseconds);
        for team in ["eins", "zwei", "drei"] {
            saved.session.subject.team = team.into();
            store.save(&mut saved).unwrap();
        }
        saved
    }

    fn put(path: &Path, text: &str) {
        fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// All files below a folder.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
        }
        found.sort();
        found
    }

    #[test]
    fn nothing_of_a_session_stays_and_all_of_the_others_does() {
        let dir = tempfile::tempdir().unwrap();
        let temporary = dir.path().join("temporary");
        fs::create_dir(&temporary).unwrap();
        let store = Store::new(&dir.path().join("data"));
        let other = zoom(&store, 1_700_000_000_000);
        let before = files(dir.path());
        let saved = zoom(&store, 1_800_000_000_000);
        let folder = saved.path.parent().unwrap();
        for name in ["lock", "session.damaged-1.ron", ".session-1-0-abc", "generations/mine.txt"] {
            put(&folder.join(name), "x");
        }
        for copy in [Copy::Conflict, Copy::Rescue] {
            store.save_beside(&mut saved.clone(), copy).unwrap();
        }
        let id = &saved.session.id;
        let rescue = format!("zoom-2026-11-23-{id}.rescue-2.freigabe.ron");
        let of_another = format!("zoom-2026-11-23-{}.rescue-2.freigabe.ron", other.session.id);
        put(&temporary.join(&of_another), "// freigabe: 7 bytes follow");
        put(&temporary.join(format!("zoom-2026-11-23-{id}.txt")), "// freigabe: 7 bytes follow");
        let before = [before, files(&temporary)].concat().into_iter().collect::<std::collections::BTreeSet<_>>();
        put(&temporary.join(&rescue), "// freigabe: 7 bytes follow");
        put(&dir.path().join("data").join(&rescue), "(format: 1, vendor: \"zoom\", answers: {})");
        let all = store.belongings(&saved.path, &temporary).unwrap();
        assert_eq!((all.places.len(), all.held.as_ref()), (5, None), "{all:?}");
        assert_eq!(all.places.last().map(PathBuf::as_path), Some(folder));
        remove_all(&all.places).unwrap();
        assert_eq!(files(dir.path()), before.into_iter().collect::<Vec<_>>());
        assert!(store.load(other.session.id.as_str()).is_ok() && store.load(id.as_str()).is_err());
    }

    #[test]
    fn a_file_elsewhere_goes_with_its_copies_and_only_if_it_is_ours() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(&dir.path().join("data"));
        let text = "(format: 1, vendor: \"zoom\", answers: {})";
        let names = ["zoom.ron", ".zoom.ron.lock", "zoom.conflict-7.ron", "zoom.rescue-1.ron"];
        let others = ["zoom-2.ron", "zoom.conflict-x.ron", "notes.txt", "session.conflict-1.ron"];
        for name in names.iter().chain(&others) {
            let text = match *name {
                "notes.txt" => "mine",
                ".zoom.ron.lock" => "pc-17 4242 1790000000000",
                _ => text,
            };
            put(&dir.path().join(name), text);
        }
        let all = store.belongings(&dir.path().join("zoom.ron"), dir.path()).unwrap();
        remove_all(&all.places).unwrap();
        assert!(names.iter().all(|name| !dir.path().join(name).exists()), "{all:?}");
        assert!(others.iter().all(|name| dir.path().join(name).exists()));
        assert!(store.belongings(&dir.path().join("notes.txt"), dir.path()).is_err());
        assert!(store.belongings(&dir.path().join("none.ron"), dir.path()).is_err());
        // One that is damaged was ours if it begins like ours.
        put(&dir.path().join("cut.ron"), "// freigabe: 7 bytes follow");
        assert_eq!(store.belongings(&dir.path().join("cut.ron"), dir.path()).unwrap().places.len(), 1);
        // A checksum of somebody else's is none of ours, nor is what only bears the name of a copy.
        put(&dir.path().join("k.sha256"), &format!("SHA256 (a.iso) = {}\nx\n", "0".repeat(64)));
        assert!(store.belongings(&dir.path().join("k.sha256"), dir.path()).is_err());
        put(&dir.path().join("a.ron"), text);
        put(&dir.path().join("a.conflict-1.ron"), "notes");
        put(&dir.path().join(".a.ron.lock"), "mine");
        fs::create_dir(dir.path().join("a.rescue-2.ron")).unwrap();
        assert_eq!(store.belongings(&dir.path().join("a.ron"), dir.path()).unwrap().places, [dir.path().join("a.ron")]);
        assert!(store.find("").is_err());
    }

    #[test]
    fn a_copied_folder_goes_with_its_older_states_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(&dir.path().join("data"));
        let saved = zoom(&store, 1_700_000_000_000);
        let there = dir.path().join("usb");
        let older = there.join("generations");
        fs::create_dir_all(&older).unwrap();
        fs::copy(&saved.path, there.join(FILE)).unwrap();
        for one in store.generations(&saved.path) {
            fs::copy(&one.path, older.join(name(&one.path))).unwrap();
        }
        for ours in ["session.damaged-1.ron", "session.damaged-2.ron"] {
            put(&there.join(ours), "// freigabe: 7 bytes follow");
        }
        put(&there.join("lock"), "pc-17 4242 1790000000000");
        put(&there.join("notes.txt"), "mine");
        put(&older.join("notes.txt"), "mine");
        let all = store.belongings(&there.join(FILE), dir.path()).unwrap();
        remove_all(&all.places).unwrap();
        assert_eq!(files(&there), [older.join("notes.txt"), there.join("notes.txt")], "{all:?}");
        assert_eq!(store.generations(&saved.path).len(), 2);
        // Where nothing else is in the folder of the states, it goes too; one that holds none is somebody's.
        fs::copy(&saved.path, there.join(FILE)).unwrap();
        fs::remove_file(older.join("notes.txt")).unwrap();
        let all = store.belongings(&there.join(FILE), dir.path()).unwrap();
        assert_eq!(all.places, [there.join(FILE)]);
        for one in store.generations(&saved.path) {
            fs::copy(&one.path, older.join(name(&one.path))).unwrap();
        }
        remove_all(&store.belongings(&there.join(FILE), dir.path()).unwrap().places).unwrap();
        assert!(!older.exists());
    }

    /// However the way to a session of the store is written, all of it goes.
    #[cfg(unix)]
    #[test]
    fn a_winding_way_leads_to_the_same_session() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(&dir.path().join("data"));
        let saved = zoom(&store, 1_700_000_000_000);
        let folder = saved.path.parent().unwrap();
        let (id, link) = (name(folder), dir.path().join("link"));
        std::os::unix::fs::symlink(dir.path().join("data"), &link).unwrap();
        let ways = [
            dir.path().join("data/../data/sessions").join(&id),
            folder.join("generations/.."),
            link.join("sessions").join(&id),
        ];
        for way in ways {
            let found = store.find(way.to_str().unwrap()).unwrap();
            assert_eq!(found, saved.path, "{}", way.display());
            assert_eq!(store.belongings(&found, dir.path()).unwrap().places, [folder.to_owned()]);
        }
        let linked = Store::new(&link);
        let found = linked.find(folder.to_str().unwrap()).unwrap();
        assert_eq!(linked.belongings(&found, dir.path()).unwrap().places.len(), 1);
        assert_eq!(linked.generations(&found).len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn who_holds_it_or_a_copy_is_said() {
        use crate::session::store::{Claim, Holder, claim};
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let saved = zoom(&store, 1_700_000_000_000);
        let mut copy = saved.clone();
        store.save_beside(&mut copy, Copy::Conflict).unwrap();
        for path in [&saved.path, &copy.path] {
            let Claim::Ours(lock) = claim(path, &Holder::this(7)) else { panic!("free") };
            assert_eq!(store.belongings(&saved.path, dir.path()).unwrap().held, Some(Holder::this(7).to_string()));
            drop(lock);
        }
        assert_eq!(store.belongings(&saved.path, dir.path()).unwrap().held, None);
    }
}
