//! The laws of the verdict over all self-assessment answers, all vendors and editions, five days.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a report for whoever runs it by hand")]

#[path = "../tests/common/basis.rs"]
mod basis;
#[path = "../tests/common/classes.rs"]
mod classes;
#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/laws.rs"]
mod laws;
#[path = "../tests/common/walk.rs"]
mod walk;

fn main() -> std::process::ExitCode {
    let begun = std::time::Instant::now();
    let report = laws::run(None);
    println!("vendor-days                      {:>12}", report.vendor_days);
    println!("  with different facts           {:>12}", report.walks);
    println!("classes of answers               {:>12}", report.classes);
    println!("  stand for combinations         {:>12}", report.stands_for);
    println!("lines that differ in one answer  {:>12}", report.lines);
    println!("  worse neighbours compared      {:>12}", report.neighbours);
    println!("  unknowns compared              {:>12}", report.unknowns);
    println!("    exactly the range of answers {:>12}", report.exact);
    println!("judged from scratch as well      {:>12}", report.from_scratch);
    println!("violations                       {:>12}", report.faults.len());
    println!("seconds                          {:>12.1}", begun.elapsed().as_secs_f64());
    for fault in &report.faults {
        println!("{fault}");
    }
    if report.faults.is_empty() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
