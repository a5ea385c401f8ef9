//! The session file: what scripts, tests and other people write.
//!
//! Reading keeps whatever this version does not know (fields, answers, variants) as raw text; writing puts it back byte
//! for byte. The order is stable and every answer stands on a line group of its own, so that files merge line by line.

mod away;
mod fields;
mod handover;
mod harmless;
mod history;
mod longest;
pub mod parts;
mod pinned;
mod read;
mod records;
mod salvage;
mod seal;
mod signoff;
mod split;
mod understood;
mod write;

use std::fmt;

pub use history::{entry_line, entry_of, shortened};
pub use longest::longest;
pub(super) use read::Reader;
pub use read::{brief, head, look, read};
pub use salvage::salvage;
pub use seal::{Broken, check, check_length, is_ours, sealed, without};
pub use understood::not_understood;
pub use write::{write, write_as_found, write_sealed, write_sorted};

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
    /// It is nested deeper than anything that this program writes.
    pub deep: bool,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FileError {}

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
        assert_eq!(first.answers.len(), 6);
        let text = write(&first);
        assert!(text.contains("x_future: { \"a\": (1, 2) },"), "{text}");
        assert!(
            text.contains("value: Scale(3)")
                && text.contains("weight: [1, 2]")
                && text.contains("file_number: \"7/3\"")
        );
        let second = read(&text, &id()).unwrap();
        assert_eq!(first, second);
        assert_eq!(write(&second), text);
        // As some editors write it.
        assert_eq!(read(&format!("\u{feff}{DESIGN}"), &id()).unwrap(), first);
    }

    #[test]
    fn what_is_not_known_stays_where_it_stands() {
        let text = r#"(
    format: 1,
    id: "x",
    mode: Interview,
    vendor: "zoom",
    answers: {
        "dpa_signed": (
            value: Choice("yes"),
            evidence: [(title: "DPA v7", date: Some("2026-03-01"), page: 12), (title: "Anlage")],
            follow_up: Some((owner: "IT", urgency: High)),
        ),
        "Not an id": (x: 1),
    },
    conditions: {
        "no-dpa": (
            state: Accepted,
            change: Some(("dpa_signed", Choice("yes"))),
            owner: "Einkauf",
            due: Some("2026-12-01"),
            reason: "befristet",
            until: Some("2027-01-31"),
            budget: 300,
        ),
        "question:recording_consent": (state: Open),
        "no such id!": (state: Open),
    },
    departures: {
        "own-purposes-limited": (
            level: Some(Advice),
            reason: "vertraglich ausgeschlossen",
            by: "DSB",
            on: Some("2026-11-24"),
            weight: 2,
        ),
    },
    x_future: { "a": (1, 2) },
)
"#;
        let session = read(text, &id()).unwrap();
        assert_eq!(write(&session), text);
        let condition = &session.conditions[&crate::session::ConditionId::parse("no-dpa").unwrap()];
        assert!(!condition.is_open("2027-01-31".parse().unwrap()));
        assert!(condition.is_open("2027-02-01".parse().unwrap()), "the acceptance has run out");
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
    fn a_newer_format_is_told_apart_even_where_it_looks_damaged() {
        let nested = format!("(format: 2, vendor: {}{})", "[".repeat(300), "]".repeat(300));
        for text in ["(format: 4294967296)", "( format : 2, vendor: \"zo", "(format: 2.0)", &nested] {
            assert!(read(text, &id()).unwrap_err().newer, "{text}");
        }
        for text in ["(format: 1, vendor: \"zo", "(x: 1, format: \"2", "format: 2", "(formatted: 2"] {
            assert!(!read(text, &id()).unwrap_err().newer, "{text}");
        }
        let error = read("(format: 2, vendor: \"zoom\", answers: Whatever({}))", &id()).unwrap_err();
        assert!(error.newer);
        let needs = |least: &str| format!("(format: 1, min_reader: {least}, vendor: \"zoom\", answers: {{}})");
        assert!(read(&needs("2"), &id()).unwrap_err().newer);
        let kept = read(&needs("1"), &id()).unwrap();
        assert!(write(&kept).contains("min_reader: 1"), "kept like everything that is not understood");
    }

    #[test]
    fn a_newer_file_can_be_looked_at_as_far_as_it_is_understood() {
        let text = "(format: 2, vendor: \"zoom\", answers: {\"a\": (value: Choice(\"x\"), b: 1)}, c: Some(New))";
        let session = look(text, &id()).unwrap();
        assert_eq!((session.answers.len(), session.rest.0.len()), (1, 1));
        assert!(look(&text.replace("{\"a\"", "New({\"a\"").replace(")}", ")})"), &id()).is_err());
        assert!(look("(format: 0, vendor: \"zoom\", answers: {})", &id()).is_err());
    }

    #[test]
    fn nothing_is_too_deep() {
        let deep =
            format!("(format: 1, vendor: \"zoom\", answers: {{}}, x: {}1{})", "[".repeat(5000), "]".repeat(5000));
        assert!(read(&deep, &id()).unwrap_err().deep);
    }

    #[test]
    fn many_small_parts_are_read_and_written() {
        use std::fmt::Write as _;
        // A search through all names for each name would take minutes here.
        let many = |name: &str, what: &str| {
            let mut text = String::new();
            for n in 0..100_000 {
                let _ = write!(text, "{}", what.replace('#', &n.to_string()));
            }
            format!("(format: 1, vendor: \"zoom\", {name})").replace("...", &text)
        };
        for (name, what) in [
            ("answers: {}, ...", "f#:1,"),
            ("answers: {...}", "\"q#\":(value:Unknown),"),
            ("answers: {...}", "\"Q #\":(),"),
            ("answers: {...}", "\"q#\":(value:Scale(#)),"),
            ("answers: {\"a\": (value: Unknown, evidence: [...])}", "(title:\"#\"),"),
            ("answers: {}, conditions: {...}", "\"c#\":(),"),
        ] {
            let session = read(&many(name, what), &id()).unwrap();
            assert!(write(&session).len() > 400_000, "{name}");
        }
        let twice = many("answers: {}, ...", "f#:1,").replace("f99999:", "f0:");
        assert!(read(&twice, &id()).unwrap_err().message.contains("twice"));
    }

    #[test]
    fn what_is_written_hides_nothing() {
        let text = "(format: 1, vendor: \"zoom\", x_future: r#\"a\u{1b}[2J\"#, r#with-dash: 'c', answers: { \
                    \"a\": (value: Scale(\"\u{202e}\"), more: [\"\u{9b}\"]), \"No id\": \"\u{7}\" })";
        let session = read(text, &id()).unwrap();
        let written = write(&session);
        assert!(!written.chars().any(|c| crate::sanitise::is_hidden(c) && c != '\n'), "{written:?}");
        let again = read(&written, &id()).unwrap();
        assert_eq!(write(&again), written);
        assert!(written.contains("r#with-dash: 'c'"), "{written}");
    }
}
