//! read(write(x)) = x for any session; 100,000 of them in `cargo run --release --example sessions`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "common/arbitrary.rs"]
mod arbitrary;

#[test]
fn what_is_written_is_read_and_written_the_same() {
    let bytes: usize = (0..2000).map(arbitrary::round_trip).sum();
    assert!(bytes > 1_000_000, "{bytes} bytes say little");
}

#[test]
fn a_seal_covers_the_same_whether_the_session_is_copied_for_it_or_not() {
    use freigabe::session::file::{write_sealed, write_sorted};
    for round in 0..2000 {
        let session = arbitrary::session(round);
        let copied = freigabe::session::signoff::of_content(&session);
        assert_eq!(write_sealed(&session), write_sorted(&copied), "round {round}");
    }
}
