//! Imports point downwards only; the clock and the environment are read in one place; no terminal below floor 3.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

/// Rooms and their floors. `error` carries what leaves the program and so stands beside `cli`.
const FLOORS: [(&str, u8); 11] = [
    ("domain", 0),
    ("engine", 1),
    ("i18n", 1),
    ("sanitise", 1),
    ("knowledge", 2),
    ("session", 2),
    ("report", 2),
    ("settings", 2),
    ("error", 3),
    ("tui", 3),
    ("cli", 3),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_point_downwards() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&base, &mut files);
    assert!(files.len() > 40);
    let mut faults = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&base).unwrap();
        let room = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(own) = floor(&room) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        // Tests beside the code may look anywhere.
        let text = text.split("#[cfg(test)]").next().unwrap();
        for part in text.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if floor(&name).is_some_and(|other| other > own) {
                faults.push(format!("{}: floor {own} imports `{name}`", inside.display()));
            }
        }
        for (word, least) in [("ratatui", 3), ("crossterm", 3)] {
            if own < least && text.contains(&format!("{word}::")) {
                faults.push(format!("{}: `{word}` below floor {least}", inside.display()));
            }
        }
        let reads_files = matches!(
            inside.to_str(),
            Some("report/export.rs" | "session/store.rs" | "session/disk.rs" | "session/folder.rs" | "settings.rs")
        ) || inside.starts_with("session/store")
            || room == "knowledge";
        // The time zone belongs to the clock.
        let text = text.replace("std::fs::read(\"/etc/localtime\")", "");
        if text.contains("std::fs") && !reads_files {
            faults.push(format!("{}: `std::fs` outside knowledge and session::store", inside.display()));
        }
        let clock = ["SystemTime::now", "ZonedDateTime::now", "Instant::now", "env::var"];
        for word in clock.iter().filter(|word| text.contains(**word) && room != "cli") {
            faults.push(format!("{}: `{word}` outside cli", inside.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn main_is_small() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs")).unwrap();
    assert!(text.lines().count() <= 30);
}
