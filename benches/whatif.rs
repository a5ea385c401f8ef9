//! The way to clearance, on the slowest sessions that a random search over all vendors and days has found
//! (`cargo run --release --example whatif` names them). Budget 20 ms each.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for tests")]
#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/random.rs"]
mod random;

use common::{knowledge, model, vendors};
use divan::{Bencher, black_box};
use freigabe::engine::whatif;
use random::session;

fn main() {
    divan::main();
}

/// The session of that round of the example.
#[divan::bench(args = [7487, 34024, 22991, 2608, 25439])]
fn slowest(bencher: Bencher, round: usize) {
    let mut names = vendors();
    names.push("other".into());
    let name = &names[round % names.len()];
    let model = model(name);
    let inquiry = session(round, name, &model);
    let vendor = knowledge().vendor(&name.as_str().try_into().unwrap());
    bencher.bench(|| whatif(black_box(&model), knowledge().bank(), vendor, black_box(&inquiry)));
}
