//! Names that nobody else uses: ids of sessions, and files that a save needs for a moment.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::session::model::{Session, SessionId};

/// How the names of temporary files begin.
pub const TEMPORARY: &str = ".session-";

/// The last part of a path.
pub fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A name that no other save uses, here or in another process.
pub fn temporary_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{TEMPORARY}{}-{}-{:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed), random())
}

/// Whether a name is one of these and nobody else's that only begins like it.
pub fn is_temporary(name: &str) -> bool {
    let parts: Option<Vec<&str>> = name.strip_prefix(TEMPORARY).map(|rest| rest.split('-').collect());
    let all = |part: &str, digit: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|byte| digit(&byte));
    match parts.as_deref() {
        Some([process, count, random]) => {
            all(process, u8::is_ascii_digit) && all(count, u8::is_ascii_digit) && all(random, u8::is_ascii_hexdigit)
        }
        _ => false,
    }
}

/// The standard library seeds this from the operating system; names need to be unique, not secret.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// A ULID: 48 bits of time, 80 random bits, in Crockford's base 32.
pub fn fresh_id(milliseconds: u64) -> SessionId {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = (u128::from(milliseconds) << 80) | (u128::from(random()) << 16) | u128::from(random() & 0xffff);
    let mut text = [b'0'; 26];
    for place in text.iter_mut().rev() {
        *place = DIGITS[usize::try_from(bits & 31).unwrap_or_default()];
        bits >>= 5;
    }
    SessionId::of_digits(&text)
}

/// A copy that stands beside a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// Somebody else had changed the file.
    Conflict,
    /// The program had to end and could not save where it should.
    Rescue,
}

impl Copy {
    /// The word in the name.
    const fn word(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Rescue => "rescue",
        }
    }

    /// The file of the n-th copy beside a session: `sessions/<id>.conflict-1/session.ron` in the store, else
    /// `zoom.conflict-1.freigabe.ron`. A copy of a copy counts on.
    #[must_use]
    pub fn beside(self, path: &Path, n: u32) -> PathBuf {
        let whole = name(path);
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        if whole == super::FILE {
            let id = name(folder);
            return folder.with_file_name(format!("{}.{}-{n}", stem(&id), self.word())).join(whole);
        }
        let (begin, ending) = ENDINGS
            .iter()
            .find_map(|ending| whole.strip_suffix(ending).map(|begin| (begin, *ending)))
            .unwrap_or((&whole, ".ron"));
        folder.join(format!("{}.{}-{n}{ending}", stem(begin), self.word()))
    }

    /// The file of which a path is a copy; none: it is no copy.
    #[must_use]
    pub fn original(path: &Path) -> Option<PathBuf> {
        Self::of(path)?;
        let whole = name(path);
        if whole == super::FILE {
            let folder = path.parent()?;
            return Some(folder.with_file_name(stem(&name(folder))).join(whole));
        }
        let ending = ENDINGS.iter().find(|ending| whole.ends_with(**ending))?;
        Some(path.with_file_name(format!("{}{ending}", stem(whole.strip_suffix(ending)?))))
    }

    /// What the path of a session says: a copy, or none.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let whole = name(path);
        if whole == super::FILE {
            return path.parent().and_then(Self::of_folder);
        }
        ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending)).and_then(Self::in_name)
    }

    /// What the name of a session's folder says.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Self> {
        Self::in_name(&name(folder))
    }

    fn in_name(text: &str) -> Option<Self> {
        let (_, last) = text.rsplit_once('.')?;
        let (word, number) = last.rsplit_once('-')?;
        let all = [Self::Conflict, Self::Rescue];
        let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        all.into_iter().find(|copy| numbered && copy.word() == word)
    }
}

/// The word in the name of a record.
const RECORD: &str = "sealed";

/// The file of a record that belongs to the session in a file: `sealed-1.ron` in a folder of its own, else
/// `zoom.sealed-1.ron`.
pub fn record_beside(path: &Path, revision: u32) -> PathBuf {
    let whole = name(path);
    if whole == super::FILE {
        return path.with_file_name(format!("{RECORD}-{revision}.ron"));
    }
    let begin = ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending)).unwrap_or(&whole);
    path.with_file_name(format!("{begin}.{RECORD}-{revision}.ron"))
}

/// The revision in the name of a record; none: the name is that of something else.
pub fn record_number(path: &Path) -> Option<u32> {
    let whole = name(path);
    let begin = whole.strip_suffix(".ron")?;
    let last = begin.rsplit_once('.').map_or(begin, |(_, last)| last);
    let number = last.strip_prefix(RECORD)?.strip_prefix('-')?;
    number.parse().ok().filter(|revision: &u32| *revision > 0 && revision.to_string() == number)
}

/// Endings of the files of sessions, the longer one first.
const ENDINGS: [&str; 2] = [".freigabe.ron", ".ron"];

/// A name without the marks of a copy.
fn stem(text: &str) -> &str {
    match text.rsplit_once('.') {
        Some((begin, _)) if Copy::in_name(text).is_some() => begin,
        _ => text,
    }
}

/// A name for the file of a session that stands by itself: `zoom-2026-11-25`.
#[must_use]
pub fn plain(session: &Session) -> String {
    let day = session.as_of.or(session.created).map(|day| format!("-{day}")).unwrap_or_default();
    format!("{}{day}", session.vendor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_beside_their_sessions_and_nothing_else_bears_their_name() {
        for (session, record) in [
            ("/d/sessions/01J/session.ron", "/d/sessions/01J/sealed-2.ron"),
            ("/d/zoom.ron", "/d/zoom.sealed-2.ron"),
            ("/d/zoom.freigabe.ron", "/d/zoom.sealed-2.ron"),
            ("/d/zoom.conflict-1.freigabe.ron", "/d/zoom.conflict-1.sealed-2.ron"),
        ] {
            let place = record_beside(Path::new(session), 2);
            assert_eq!(place, Path::new(record));
            assert_eq!((record_number(&place), Copy::of(&place)), (Some(2), None));
        }
        for other in ["sealed-0.ron", "sealed-01.ron", "sealed-x.ron", "sealed.ron", "unsealed-1.ron", "sealed-1.txt"] {
            assert_eq!(record_number(Path::new(other)), None, "{other}");
        }
    }

    #[test]
    fn temporary_names_are_told_from_those_that_only_begin_like_them() {
        assert!(is_temporary(&temporary_name()));
        for other in
            [".session-notes", ".session-99999999-z", ".session-1-2", ".session-1-2-xyz", ".session-1-2-a-b", "x"]
        {
            assert!(!is_temporary(other), "{other}");
        }
    }

    #[test]
    fn an_id_begins_with_its_time_and_the_rest_is_chance() {
        const DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = |time: u64| {
            let id = fresh_id(time);
            let digit = |c: char| DIGITS.find(c).unwrap() as u128;
            id.as_str().chars().fold(0_u128, |bits, c| (bits << 5) | digit(c))
        };
        for time in [0, 1, 1_700_000_000_000, (1 << 48) - 1] {
            assert_eq!(bits(time) >> 80, u128::from(time));
        }
        let all: Vec<u128> = (0..400).map(|_| bits(0)).collect();
        let share = |part: u128| {
            let ones: u32 = all.iter().map(|bits| (bits & part).count_ones()).sum();
            f64::from(ones) / f64::from(part.count_ones() * 400)
        };
        for part in [0xffff_u128, 0xffff << 16, 0xffff << 32, 0xffff << 48, 0xffff << 64] {
            assert!((0.45..0.55).contains(&share(part)), "{part:x}: {}", share(part));
        }
    }

    #[test]
    fn a_copy_names_what_it_is_a_copy_of() {
        for session in ["data/sessions/01J/session.ron", "zoom.ron", "usb/zoom-2026.freigabe.ron"] {
            let session = Path::new(session);
            assert_eq!(Copy::original(session), None);
            for copy in [Copy::Conflict, Copy::Rescue] {
                assert_eq!(Copy::original(&copy.beside(session, 3)).as_deref(), Some(session));
            }
        }
    }
}
