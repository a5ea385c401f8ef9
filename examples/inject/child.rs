//! The program without a terminal: it gives answer after answer, and waits for leave before each save.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::ThreadId;

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::Mode;
use freigabe::domain::text::Language;
use freigabe::session::disk::{Disk, Files, Handle};
use freigabe::session::store::Store;
use freigabe::settings::Settings;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::{Input, step};
use freigabe::tui::{App, Mark, Start};

/// The real disk; the first thing a save does there is to say its thread and to wait for leave.
#[derive(Debug)]
struct Waiting(Mutex<(Option<ThreadId>, Receiver<()>)>);

impl Waiting {
    /// Leave is a line on standard input. Another thread reads it, so that it is no call of the save.
    fn new() -> Self {
        let (leave, waits) = channel();
        std::thread::spawn(move || {
            while io::stdin().read_line(&mut String::new()).is_ok_and(|length| length > 0) && leave.send(()).is_ok() {}
        });
        Self(Mutex::new((None, waits)))
    }
}

impl Disk for Waiting {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let present = std::thread::current().id();
        let mut last = self.0.lock().map_err(|_| io::ErrorKind::Other)?;
        if last.0.replace(present) != Some(present) {
            let thread = std::fs::read_link("/proc/thread-self")?;
            say(&format!("save {}", thread.file_name().unwrap_or_default().to_string_lossy()));
            last.1.recv().map_err(|_| io::ErrorKind::Other)?;
        }
        Files.create_folder(folder)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        Files.read(path, limit)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Files.create(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Files.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        Files.sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Files.remove(path)
    }
    fn keep(&self, path: &Path, name: &Path) -> io::Result<()> {
        Files.keep(path, name)
    }
    fn hold(&self, folder: &Path) -> Option<std::fs::File> {
        Files.hold(folder)
    }
}

fn say(text: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("{text}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

/// Answers so many questions, each followed by a save, and says each time what the program holds and what its mark says.
pub fn run(folder: &Path, saves: usize) -> ExitCode {
    let context = Context {
        language: Language::De,
        today: "2026-11-23".parse().unwrap(),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: freigabe::cli::Clock::default(),
        data_dir: folder.to_owned(),
        config_dir: None,
        folders: Folders { home: None, temporary: folder.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    };
    let knowledge = context.knowledge().unwrap();
    let start = Start::New { vendor: Some("jitsi".try_into().unwrap()), mode: Some(Mode::SelfAssessment) };
    let mut app = App::new(&context, &knowledge, start);
    app.desk.store = Store::on(folder, Arc::new(Waiting::new()));
    for _ in 0..saves {
        step(&mut app, [Input::Key(Key::Char('1')), Input::Key(Key::Named("Enter"))]);
        app.desk.effects(|_| {});
        app.desk.finish_saving();
        let answers = app.desk.sitting.as_ref().map_or(0, |sitting| sitting.saved.session.answers.len());
        let mark = match &app.desk.mark {
            Mark::Saved => "saved",
            Mark::Failed(_) => "failed",
            Mark::NoFile | Mark::Saving => "neither",
        };
        say(&format!("answers {answers} {mark}"));
    }
    ExitCode::SUCCESS
}
