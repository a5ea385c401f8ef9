//! The questions that decide against blind search, on random sessions of all vendors with up to eight open questions.
//!
//! `cargo run --release --example deciding [SESSIONS]`

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a report for whoever runs it by hand")]

#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/deciding.rs"]
mod deciding;
#[expect(dead_code, reason = "a part of it is for other tests")]
#[path = "../tests/common/random.rs"]
mod random;

use common::{model, vendors};
use freigabe::engine::Model;

/// No session with more open questions is looked at.
const UNKNOWNS: usize = 8;

fn main() -> std::process::ExitCode {
    let enough: usize = std::env::args().nth(1).map_or(600, |text| text.parse().unwrap());
    let begun = std::time::Instant::now();
    let names = vendors().into_iter().chain(["other".to_owned()]);
    let models: Vec<(String, Model)> = names.map(|name| (name.clone(), model(&name))).collect();
    let report = deciding::run(&models, 0x0dd_ba11_0000_0001, UNKNOWNS, enough);
    println!("open sessions                 {:>12}", report.open);
    println!("  their open questions        {:>12}", report.unknowns);
    println!("  the most in one session     {:>12}", report.most);
    println!("  questions that decide       {:>12}", report.deciding);
    println!("decided sessions              {:>12}", report.decided);
    println!("sessions where age has a say  {:>12}", report.aged);
    println!("combinations judged           {:>12}", report.judged);
    println!("differences                   {:>12}", report.faults.len());
    println!("seconds                       {:>12.1}", begun.elapsed().as_secs_f64());
    for fault in report.faults.iter().take(20) {
        println!("{fault}");
    }
    if report.faults.is_empty() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
