//! A slice of the laws of the verdict; the whole is `cargo run --release --example laws`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for other tests")]
mod common;
#[path = "common/laws.rs"]
mod laws;

#[test]
fn the_laws_hold_on_a_slice() {
    let report = laws::run(211);
    println!(
        "{} vendor-days in {} walks, {} classes for {} combinations",
        report.vendor_days, report.merged, report.classes, report.stands_for
    );
    assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    assert!(report.classes > 10_000, "only {} classes", report.classes);
}
