//! The timeline of random sessions over all vendors against every single day from 2015 to 2027.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a report for whoever runs it by hand")]

#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/sessions.rs"]
mod sessions;

fn main() -> std::process::ExitCode {
    let begun = std::time::Instant::now();
    let report = sessions::run(12, 1);
    println!("sessions                 {:>12}", report.sessions);
    println!("days judged one by one   {:>12}", report.days);
    println!("segments                 {:>12}", report.segments);
    println!("causes                   {:>12}", report.causes);
    println!("  law that began alone   {:>12}", report.begun);
    println!("  law that ended alone   {:>12}", report.ended);
    println!("differences              {:>12}", report.faults.len());
    println!("seconds                  {:>12.1}", begun.elapsed().as_secs_f64());
    for fault in &report.faults {
        println!("{fault}");
    }
    if report.faults.is_empty() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
