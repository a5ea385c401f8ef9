//! The program on a disk that makes it break: in the thread that saves, or in the midst of the screens.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use freigabe::cli::{Context, Folders};
use freigabe::domain::answer::Mode;
use freigabe::domain::text::Language;
use freigabe::error::Error;
use freigabe::session::disk::{Disk, Files, Handle};
use freigabe::session::store::Store;
use freigabe::settings::Settings;
use freigabe::tui::{App, Start, terminal};

/// Breaks once; before that nothing can be written, after that everything can.
#[derive(Debug)]
struct Faulty {
    /// The thread of the screens breaks, not the one that saves.
    screens: bool,
    present: ThreadId,
    broken: AtomicBool,
}

impl Faulty {
    fn step(&self) -> io::Result<()> {
        if self.broken.load(Ordering::Relaxed) {
            return Ok(());
        }
        if (std::thread::current().id() == self.present) == self.screens {
            self.broken.store(true, Ordering::Relaxed);
            panic!("a fault that quotes an answer: geheim");
        }
        Err(io::ErrorKind::StorageFull.into())
    }
}

impl Disk for Faulty {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| Files.create_folder(folder))
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
}

/// Runs the screens in this thread until they end.
pub fn run(data_dir: &Path, screens: bool) -> Result<(), Error> {
    let context = Context {
        language: Language::De,
        today: "2026-11-23".parse().unwrap(),
        day: None,
        milliseconds: 1_790_000_000_000,
        clock: freigabe::cli::Clock::default(),
        data_dir: data_dir.to_owned(),
        config_dir: None,
        folders: Folders { home: None, temporary: data_dir.join("temporary") },
        colour: true,
        settings: Settings::default(),
        notice: None,
    };
    let knowledge = context.knowledge()?;
    let start = Start::New { vendor: Some("zoom".try_into().unwrap()), mode: Some(Mode::SelfAssessment) };
    let mut app = App::new(&context, &knowledge, start);
    let present = std::thread::current().id();
    app.desk.store = Store::on(data_dir, Arc::new(Faulty { screens, present, broken: AtomicBool::new(false) }));
    terminal::work(&mut app)
}
