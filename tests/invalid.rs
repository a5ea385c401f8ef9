//! Faulty data: each folder of `tests/data/invalid` is laid over the sound set in `tests/data/base`, and the check has
//! to say what `expected.txt` says. A new folder is a new case; `expected.txt` is written by hand or copied from the
//! file that a failing run names.
#![expect(clippy::expect_used, reason = "a helper of a test may fail the test")]

use std::fs;
use std::path::{Path, PathBuf};

use freigabe::knowledge::{Diagnostic, check_dir};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("listing") {
        let path = entry.expect("entry").path();
        let target = to.join(path.file_name().expect("name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copy");
        }
    }
}

fn faults(case: &Path) -> Vec<Diagnostic> {
    let dir = tempfile::tempdir().expect("folder");
    copy(&data("base"), dir.path());
    copy(case, dir.path());
    check_dir(dir.path()).err().unwrap_or_default()
}

#[test]
fn the_base_is_sound() {
    let counts = check_dir(&data("base")).expect("no faults");
    assert_eq!((counts.questions, counts.findings, counts.vendors, counts.facts), (11, 3, 1, 4));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a scratch file of the test needs no atomic write")]
fn every_case_says_what_is_wrong() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for entry in fs::read_dir(data("invalid")).expect("listing") {
        let case = entry.expect("entry").path();
        let name = case.file_name().expect("name").to_string_lossy().into_owned();
        let said: Vec<String> = faults(&case).iter().map(|fault| format!("{fault}\n")).collect();
        let said = said.join("\n");
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        cases += 1;
        if said.is_empty() || said != expected {
            let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.txt"));
            fs::write(&scratch, &said).expect("scratch file");
            wrong.push(format!("{name}: see {}\n{said}", scratch.display()));
        }
    }
    assert!(cases > 30);
    assert!(wrong.is_empty(), "{} of {cases} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ten_faults_of_ten_kinds_in_one_run() {
    let found = faults(&data("invalid/ten-faults"));
    let places: Vec<(&str, usize, usize, &str)> =
        found.iter().map(|fault| (fault.file.as_str(), fault.line, fault.column, fault.message.as_str())).collect();
    let expected = [
        ("assets/vendors/case.ron", 7, 85, "vendor `case` has no source `pgae`"),
        ("assets/vendors/case.ron", 8, 20, "the fact about `certified` does not say of which `scheme`"),
        ("assets/vendors/case.ron", 9, 57, "there is no country `AX`"),
        ("questions/30-case.ron", 5, 13, "the conditions of questions form a circle: `loop` → `loop`"),
        ("questions/30-case.ron", 13, 59, "choice `nein` is not defined for `dpa_signed`"),
        ("questions/30-case.ron", 19, 49, "there is no variable `proccessor`"),
        ("questions/30-case.ron", 29, 22, "there is no reference `gdpr-28-4`"),
        ("questions/30-case.ron", 31, 13, "finding `four` can be red but says no `consequence`"),
        ("questions/30-case.ron", 38, 34, "the English text is empty"),
        ("questions/40-broken.ron", 3, 19, "there is no field `titel` in a section"),
    ];
    assert_eq!(places, expected);
}
