//! A slice of the laws of the verdict; the whole is `cargo run --release --example laws`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/basis.rs"]
mod basis;
#[path = "common/classes.rs"]
mod classes;
#[expect(dead_code, reason = "a part of it is for other tests")]
mod common;
#[path = "common/laws.rs"]
mod laws;
#[path = "common/walk.rs"]
mod walk;

#[test]
fn the_laws_hold_on_a_slice() {
    let report = laws::run(Some(60));
    println!(
        "{} vendor-days in {} walks, {} ends, {} lines of answers",
        report.vendor_days, report.walks, report.classes, report.lines
    );
    assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    assert!(report.classes > 10_000, "only {} ends", report.classes);
    assert!(report.exact > 10_000, "only {} unknowns compared exactly", report.exact);
}
