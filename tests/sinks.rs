//! Foreign text shows nothing that steers or hides, wherever it goes. Each character by itself here; all of them through
//! all screens in `cargo run --release --example sinks`.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/odd.rs"]
mod odd;
#[path = "common/scalars.rs"]
mod scalars;
#[path = "common/tour.rs"]
mod tour;

use freigabe::knowledge::Knowledge;
use freigabe::tui::App;

#[test]
fn every_character_is_shown_as_itself_or_written_out() {
    let mut shown = Vec::new();
    let mut count = 0;
    for c in scalars::all() {
        scalars::cleaned(c, &mut shown);
        count += 1;
    }
    assert_eq!((count, shown), (1_112_064, Vec::new()));
}

#[test]
fn every_screen_fits_any_window() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = tour::program(&knowledge, dir.path());
    let mut seen = std::collections::BTreeMap::new();
    let mut look = |app: &mut App<'_>, screen: &str| {
        for width in [0, 1, 5, 20, 39, 40, 41, 60, 80, 109, 110, 130, 200] {
            for height in [0, 1, 3, 11, 12, 16, 24, 40, 60] {
                tour::drawn(app, width, height);
            }
        }
        let shown: String = tour::drawn(app, 80, 24).content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let other = seen.insert(shown.clone(), screen.to_owned());
        assert_eq!(other, None, "{screen} shows the same: {shown}");
    };
    tour::each(&mut app, &mut look);
    odd::each(&knowledge, &mut look);
}

#[test]
fn foreign_characters_in_a_session_reach_no_sink() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = tour::program(&knowledge, dir.path());
    tour::press(&mut app, "<↓><↓><↓><↓><↓><↓><↓><↓><↓><Enter>1<Enter><Esc>");
    let some: Vec<char> =
        scalars::all().filter(|c| scalars::foreign(*c) || u32::from(*c).is_multiple_of(211)).collect();
    let mut shown = Vec::new();
    for some in some.chunks(400) {
        scalars::through_a_session(&knowledge, &mut app, &some.iter().collect::<String>(), &mut shown);
    }
    assert_eq!(shown, Vec::new());
}
