//! A person's own data files, laid over the shipped ones.

use std::path::Path;

use freigabe::domain::Day;
use freigabe::domain::answer::Mode;
use freigabe::engine::{Inquiry, Model, assess};
use freigabe::knowledge::Knowledge;
use freigabe::sanitise::is_hidden;

const DAY: Day = jiff::civil::date(2026, 11, 23);

/// Puts the bytes into a file of a folder and lays them over the shipped data. What is accepted can be judged with; what
/// is refused is told shortly and without anything hidden.
pub fn overlaid(folder: &str, data: &[u8]) {
    let dir = tempfile::tempdir().expect("a folder");
    put(&dir.path().join(folder).join("own.ron"), data);
    match Knowledge::load(Some(dir.path())) {
        Ok(knowledge) => {
            let text = String::from_utf8_lossy(data);
            let own = knowledge.entries().iter().find(|entry| text.contains(entry.id.as_str()));
            let own = own.and_then(|entry| knowledge.vendor(&entry.id));
            for vendor in [None, own] {
                let model = Model::compile(knowledge.bank(), vendor);
                for mode in [Mode::SelfAssessment, Mode::Interview] {
                    let _ = assess(&model, &Inquiry::new(mode, DAY));
                }
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            for fault in faults.iter().take(50) {
                let said = fault.to_string();
                assert!(said.chars().count() <= 4000, "a long message: {said}");
                assert!(!said.chars().any(|c| c != '\n' && is_hidden(c)), "a hidden character: {said:?}");
            }
        }
    }
}

/// Lays the bytes over the shipped data, and no more.
pub fn decided(folder: &str, data: &[u8]) {
    let dir = tempfile::tempdir().expect("a folder");
    put(&dir.path().join(folder).join("own.ron"), data);
    let _ = Knowledge::load(Some(dir.path()));
}

/// Writes a file, and its folder if there is none.
pub fn put(path: &Path, data: &[u8]) {
    let folder = path.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    let mut file = std::fs::File::create(path).expect("a file");
    std::io::Write::write_all(&mut file, data).expect("a file");
}
