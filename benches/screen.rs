//! How long a frame and a key press take, without the terminal's own time.

use divan::Bencher;
use freigabe::cli::Context;
use freigabe::domain::answer::Mode;
use freigabe::domain::id::VendorId;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::{Input, frame, step};
use freigabe::tui::{App, Start};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

fn question(knowledge: &Knowledge) -> App<'_> {
    let context = Context {
        language: Language::De,
        today: jiff::civil::date(2026, 11, 23),
        day: None,
        milliseconds: 0,
        clock: freigabe::cli::Clock::default(),
        data_dir: std::env::temp_dir().join("freigabe-bench-never-written"),
        config_dir: None,
        folders: freigabe::cli::Folders::default(),
        colour: true,
        settings: freigabe::settings::Settings::default(),
        notice: None,
    };
    let start = Start::New { vendor: VendorId::try_from("zoom").ok(), mode: Some(Mode::Interview) };
    let mut app = App::new(&context, knowledge, start);
    app.screens.extend(app.desk.first_question());
    app
}

/// One frame of a question. Budget 1 ms.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn one_frame(bencher: Bencher<'_, '_>, (width, height): (u16, u16)) {
    let knowledge = Knowledge::embedded();
    let app = question(&knowledge);
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    bencher.bench_local(|| frame(&app, &mut terminal).is_ok());
}

/// A key press and the frame after it.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn key_to_frame(bencher: Bencher<'_, '_>, (width, height): (u16, u16)) {
    let knowledge = Knowledge::embedded();
    let mut app = question(&knowledge);
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    bencher.bench_local(|| {
        step(&mut app, [Input::Key(Key::Named("↓"))]);
        frame(&app, &mut terminal).is_ok()
    });
}
