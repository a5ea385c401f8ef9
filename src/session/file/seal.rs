//! The first line of every session file that this program writes: how long the rest is, and its SHA-256. So a file that was
//! cut off or that has changed on the disk is told apart from one that somebody wrote wrongly.
//!
//! It stands first and not last, so that a file cut off anywhere says so, and whoever edits a file by hand deletes one line.
//! A file without it is read unchecked.

use crate::session::signoff::hash_of;

/// How the line begins.
const BEGIN: &str = "// freigabe:";
/// So many hexadecimal digits at the end of a first line are no accident.
const DIGITS: usize = 60;

/// What is wrong with a file that begins with such a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The end is missing.
    Short {
        /// Bytes that should follow the line.
        written: u64,
        /// Bytes that do.
        found: u64,
    },
    /// Something was added.
    Long {
        /// Bytes that should follow the line.
        written: u64,
        /// Bytes that do.
        found: u64,
    },
    /// As long as it was, but another text.
    Changed,
    /// The line itself.
    Line,
}

/// A text with the line before it.
#[must_use]
pub fn sealed(text: &str) -> String {
    let mut out = line(text.as_bytes());
    out.push('\n');
    out.push_str(text);
    out
}

/// Checks a file against its first line, if it has such a line.
///
/// # Errors
/// What is wrong with it.
pub fn check(bytes: &[u8]) -> Result<(), Broken> {
    let (first, rest) = split(bytes);
    if !is_line(first) {
        return Ok(());
    }
    check_length(bytes, bytes.len() as u64)?;
    if first == line(rest).as_bytes() { Ok(()) } else { Err(Broken::Changed) }
}

/// Checks the length alone, of which the beginning of a file and its size are enough.
///
/// # Errors
/// What is wrong with it.
pub fn check_length(begin: &[u8], size: u64) -> Result<(), Broken> {
    let (first, _) = split(begin);
    if !is_line(first) {
        return Ok(());
    }
    let written = length(first).ok_or(Broken::Line)?;
    let found = size.saturating_sub(first.len() as u64 + 1);
    match written.cmp(&found) {
        std::cmp::Ordering::Greater => Err(Broken::Short { written, found }),
        std::cmp::Ordering::Less => Err(Broken::Long { written, found }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

/// Whether a file begins like one of this program, whatever has become of it since.
#[must_use]
pub fn is_ours(bytes: &[u8]) -> bool {
    bytes.starts_with(BEGIN.as_bytes())
}

/// What follows the line; the whole text if it has none.
#[must_use]
pub fn without(text: &str) -> &str {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if is_line(first.as_bytes()) { rest } else { text }
}

fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(at) => (bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default()),
        None => (bytes, &[]),
    }
}

/// Whether a first line is meant to be one of these, even if something in it has changed.
fn is_line(first: &[u8]) -> bool {
    let digits = first.trim_ascii_end().iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
    first.starts_with(BEGIN.as_bytes()) || digits >= DIGITS
}

fn line(rest: &[u8]) -> String {
    format!("{BEGIN} {} bytes follow, sha256 {}", rest.len(), hash_of(rest))
}

/// The length that an exact line names.
fn length(first: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(first).ok()?;
    let (number, hash) = text.strip_prefix(BEGIN)?.strip_prefix(' ')?.split_once(" bytes follow, sha256 ")?;
    let exact = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let length: u64 = number.parse().ok()?;
    (exact && length.to_string() == number).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Mode, Value};
    use crate::session::file::{read, write};
    use crate::session::{Answer, Session, SessionId};

    /// A session as an interview leaves it.
    fn real() -> String {
        let id = SessionId::parse("01J").unwrap();
        let mut session =
            Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), jiff::civil::date(2026, 11, 23));
        session.subject.team = "Vertrieb & Übersee".into();
        for n in 0..40 {
            let value = if n % 3 == 0 { Value::Unknown } else { Value::Choice("yes".try_into().unwrap()) };
            let mut answer = Answer::new(value);
            answer.note = "laut AV-Vertrag, Anlage 2".repeat(n % 4);
            session.answers.insert(format!("question_{n}").as_str().try_into().unwrap(), answer);
        }
        sealed(&write(&session))
    }

    fn fault(bytes: &[u8]) -> bool {
        let id = SessionId::parse("x").unwrap();
        check(bytes).is_err() || std::str::from_utf8(bytes).map_or(true, |text| read(text, &id).is_err())
    }

    #[test]
    fn a_file_that_is_whole_is_read_with_and_without_the_line() {
        let text = real();
        assert!(!fault(text.as_bytes()));
        let plain = without(&text);
        assert!(plain.starts_with("(\n") && !fault(plain.as_bytes()));
        let id = SessionId::parse("x").unwrap();
        assert_eq!(sealed(&write(&read(&text, &id).unwrap())), text);
    }

    #[test]
    fn a_file_cut_off_at_any_byte_is_found_out() {
        let text = real();
        let missed: Vec<usize> = (0..text.len()).filter(|at| !fault(&text.as_bytes()[..*at])).collect();
        assert_eq!(missed, Vec::<usize>::new());
        let at = text.len() - 1;
        let written = (without(&text).len()) as u64;
        assert_eq!(check(&text.as_bytes()[..at]), Err(Broken::Short { written, found: written - 1 }));
        assert_eq!(check(format!("{text} ").as_bytes()), Err(Broken::Long { written, found: written + 1 }));
    }

    #[test]
    fn each_flipped_bit_is_found_out() {
        let text = real().into_bytes();
        // All of the line, and others all over the text: more than 10,000 in all.
        let bits = text.len() * 8;
        let step = (bits / 10_000).max(1);
        let line_bits = 120 * 8;
        let mut tried = 0;
        for bit in (0..line_bits).chain((line_bits..bits).step_by(step)) {
            let mut flipped = text.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(fault(&flipped), "bit {} of byte {}", bit % 8, bit / 8);
            tried += 1;
        }
        assert!(tried >= 10_000, "{tried} of {bits}");
    }

    #[test]
    fn each_kind_of_damage_has_its_name() {
        let text = real();
        let changed = text.replacen("Choice(\"yes\")", "Choice(\"yEs\")", 1);
        assert_eq!(check(changed.as_bytes()), Err(Broken::Changed));
        for line in [
            text.replacen("bytes follow", "bytes  follow", 1),
            text.replacen("// freigabe:", "/* freigabe:", 1),
            text.replacen("// freigabe: ", "// freigabe: 0", 1),
            text.replacen('\n', "\r\n", 1),
            format!("\u{feff}{text}"),
            "// freigabe: 12".into(),
        ] {
            assert_eq!(check(line.as_bytes()), Err(Broken::Line), "{line}");
        }
        // Somebody else's first lines.
        for other in ["// freigabe session\n(", "(format: 1, vendor: \"zoom\")", "", "// 0123456789abcdef\n("] {
            assert_eq!(check(other.as_bytes()), Ok(()), "{other}");
        }
    }
}
