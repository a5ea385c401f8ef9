//! The session file: what scripts, tests and other people write.
//!
//! Reading keeps whatever this version does not know (fields, answers, variants) as raw text; writing puts it back byte
//! for byte. The order is stable and every answer stands on a line group of its own, so that files merge line by line.

mod fields;
mod read;
mod write;

use std::fmt;

use super::model::Session;

pub use read::read;
pub use write::write;

/// The format that this version writes.
pub const FORMAT: u32 = 1;
/// Larger files are refused unread.
pub const MAX_BYTES: u64 = 1 << 20;

/// Why a text is no session that this version can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The file was written by a newer version.
    pub newer: bool,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FileError {}

/// Something in a file that this version kept without understanding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUnderstood {
    /// Where: `answers.dpa_signed.value`, `x_future`.
    pub path: String,
    /// The text as it stood there.
    pub raw: String,
}

/// A session as read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The session.
    pub session: Session,
    /// Unknown parts, to be written back unchanged.
    pub kept: Vec<NotUnderstood>,
}

/// Between the parts of a path of something not understood; no id and no field name holds it.
const PATH_SEPARATOR: char = '/';

#[cfg(test)]
mod tests {
    use super::super::model::SessionId;
    use super::*;

    fn id() -> SessionId {
        SessionId::parse("x").unwrap()
    }

    const DESIGN: &str = r#"(
    format: 1,
    id: "01J", mode: Interview, vendor: "zoom", as_of: Some("2026-11-23"),
    subject: (title: "Vertrieb: Kundentermine", team: "Vertrieb", interviewer: "", respondents: [], file_number: "7/3"),
    answers: {
        "edition": (value: Choice("paid")),
        "hosting_country": (value: Countries(["US"]), note: "laut AV-Vertrag Anlage 2"),
        "dpa_signed": (value: Choice("yes"), evidence: [(title: "DPA v7", date: Some("2026-03-01"))], by: "IT-Leitung"),
        "content": (value: Choices(["ordinary", "employee_data"])),
        "recording_used": (value: Unknown, follow_up: Some((owner: "IT", due: Some("2026-12-01")))),
        "future": (value: Scale(3), weight: [1, 2], ),
    },
    x_future: { "a": (1, 2) },
)"#;

    #[test]
    fn reads_what_people_write_and_writes_it_back() {
        let first = read(DESIGN, &id()).unwrap();
        assert_eq!(first.session.answers.len(), 6);
        assert_eq!(first.kept.len(), 4, "{:?}", first.kept);
        let text = write(&first);
        assert!(text.contains("x_future: { \"a\": (1, 2) },"), "{text}");
        assert!(
            text.contains("value: Scale(3)")
                && text.contains("weight: [1, 2]")
                && text.contains("file_number: \"7/3\"")
        );
        let second = read(&text, &id()).unwrap();
        assert_eq!(first.session, second.session);
        assert_eq!(write(&second), text);
    }

    #[test]
    fn faults_have_a_place() {
        let cases = [
            ("", 1, 1, "Expected opening"),
            ("(\n  format: 1,\n  vendor: \"zoom\",\n  answers: {\n    \"a\": (value: Choice(\"x\"\n", 5, 28, "comma"),
            ("(\n format: 1,\n vendor: \"Zoom!\",\n answers: {})", 3, 11, "may not stand"),
            ("(format: 1, vendor: \"zoom\")", 1, 1, "`answers` is missing"),
            (
                "(format: 1, vendor: \"zoom\", answers: {\"a\": (value: Unknown), \"a\": (value: Unknown)})",
                1,
                0,
                "twice",
            ),
            ("(format: 1, vendor: \"zoom\", answers: {}, as_of: \"2026-13-01\")", 1, 0, ""),
        ];
        for (text, line, column, message) in cases {
            let error = read(text, &id()).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error:?}");
            assert!(column == 0 || error.column == column, "{text}: {error:?}");
            assert!(error.message.contains(message), "{text}: {error:?}");
            assert!(!error.newer);
        }
    }

    #[test]
    fn a_newer_format_is_told_apart() {
        let error = read("(format: 2, vendor: \"zoom\", answers: Whatever({}))", &id()).unwrap_err();
        assert!(error.newer);
    }

    #[test]
    fn nothing_is_too_deep() {
        let deep =
            format!("(format: 1, vendor: \"zoom\", answers: {{}}, x: {}1{})", "[".repeat(5000), "]".repeat(5000));
        assert!(read(&deep, &id()).is_err());
    }
}
