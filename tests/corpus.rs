//! What a fuzzer once found stays found: every input of the corpus, without a fuzzer.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "measuring is for `examples/replay.rs`")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::path::Path;

#[test]
fn every_input_of_the_corpus_passes() {
    for fuzz::Target { name, run, .. } in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut inputs = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let passed = std::panic::catch_unwind(|| run(&bytes)).is_ok();
            assert!(passed, "{}", path.display());
            inputs += 1;
        }
        assert!(inputs > 3, "{name} has {inputs} inputs");
    }
}
