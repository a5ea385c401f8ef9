//! The laws of the verdict over all self-assessment answers, all vendors and editions, five days.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/laws.rs"]
mod laws;

fn main() -> std::process::ExitCode {
    let begun = std::time::Instant::now();
    let report = laws::run(1);
    println!("vendor-days              {:>12}", report.vendor_days);
    println!("  with different facts   {:>12}", report.merged);
    println!("classes of answers       {:>12}", report.classes);
    println!("  stand for combinations {:>12}", report.stands_for);
    println!("worse neighbours judged  {:>12}", report.neighbours);
    println!("unknowns compared        {:>12}", report.unknowns);
    println!("violations               {:>12}", report.faults.len());
    println!("seconds                  {:>12.1}", begun.elapsed().as_secs_f64());
    for fault in &report.faults {
        println!("{fault}");
    }
    if report.faults.is_empty() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
