//! The timeline against single days; the whole is `cargo run --release --example timeline`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for other tests")]
mod common;
#[path = "common/sessions.rs"]
mod sessions;

#[test]
fn every_day_lies_in_the_segment_that_looks_like_it() {
    let report = sessions::run(3, 29);
    assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    assert!(report.sessions >= 50 && report.segments > 200 && report.begun > 20 && report.ended > 10, "{report:?}");
}
