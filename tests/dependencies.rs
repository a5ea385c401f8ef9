//! What the program is built of: few crates, and one terminal library.

use std::collections::BTreeSet;
use std::process::Command;

/// Crates that end up in the program; weigh each new one.
const MOST: usize = 120;

#[test]
fn few_crates_and_one_terminal_library() {
    // What only the compiler runs is not counted. Crates for other systems need not lie on this machine.
    let tree = ["tree", "--locked", "--offline", "--edges", "normal,no-proc-macro", "--prefix", "none"];
    let output = Command::new(env!("CARGO"))
        .args(tree)
        .args(["--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let crates: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    assert!((20..=MOST).contains(&crates.len()), "{} crates: {crates:#?}", crates.len());
    let terminals = crates.iter().filter(|name| name.starts_with("crossterm v")).count();
    assert_eq!(terminals, 1, "{crates:#?}");
    // No network and no asynchronous run time.
    for name in ["tokio", "async-std", "reqwest", "hyper", "openssl", "rustls", "curl"] {
        assert!(!crates.iter().any(|one| one.starts_with(&format!("{name} v"))), "{name}");
    }
}
