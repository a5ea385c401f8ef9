//! The register on the screen: read by a thread of its own once somebody asks for it, so that nobody waits unasked.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::desk::Desk;
use super::screens::{Register as ScreenOfAll, Screen, Shown};
use crate::domain::Day;
use crate::error::crash::guarded;
use crate::knowledge::Knowledge;
use crate::sanitise::clip;
use crate::session::register::{Judge, Register, Row, Summary, controllers, rows};
use crate::session::store::{Progress, Store, packed};

/// How often the screen is told how far reading is.
const TICK: Duration = Duration::from_millis(100);
/// Characters of a client's name in the header.
const NAME: usize = 60;

/// The register of a day.
#[derive(Debug)]
pub struct Book {
    /// What the sessions say.
    pub register: Register,
    /// What that comes to on the day.
    pub rows: Vec<Row>,
    /// Judges them on other days.
    pub judge: Judge,
    /// The day looked at.
    pub day: Day,
    /// All of it at a glance.
    pub summary: Summary,
    /// Whose register it is.
    pub client: String,
    /// Several bodies are responsible for what lies here.
    pub mixed: usize,
}

/// What the thread has to know.
#[derive(Debug)]
struct Order {
    store: Store,
    config: Option<PathBuf>,
    today: Day,
    day: Day,
}

impl Order {
    /// Reads, and judges what nobody has judged yet. None: nobody waits any more. With it comes the index, if there is
    /// anything new to be kept in it; it is written once the book is shown.
    fn carry_out(&self, progress: &Progress) -> Option<(Book, Vec<u8>)> {
        let mut register = self.store.register(progress)?;
        // The very files with which the program has started.
        let knowledge = Knowledge::load(self.config.as_deref()).unwrap_or_else(|_| Knowledge::embedded());
        let judge = Judge::of(&knowledge, &register.entries, self.today);
        let is_new = judge.keep(&mut register.entries) || register.fresh > 0 || register.gone;
        let index = if is_new { packed(&register.entries) } else { Vec::new() };
        let rows = rows(&register.entries, knowledge.entries(), self.day, &judge);
        let summary = Summary::of(&register.entries, &rows, self.day);
        let names = controllers(&register.entries);
        let mixed = names.len();
        let client = match names.as_slice() {
            [only] => clip(only, NAME),
            _ => clip(&self.store.client(), NAME),
        };
        Some((Book { rows, judge, day: self.day, summary, client, mixed, register }, index))
    }
}

/// How the register was left.
#[derive(Debug, Default)]
pub struct Left {
    /// What was shown; none: as at the beginning.
    pub shown: Option<Shown>,
    /// The assessment was opened from the register, and one returns to it.
    pub returns: bool,
}

/// Reading that somebody waits for.
#[derive(Debug)]
pub struct Loading {
    progress: Arc<Progress>,
    /// Where the book arrives; none: the thread is not started yet.
    book: Option<Receiver<Option<Book>>>,
}

impl Drop for Loading {
    fn drop(&mut self) {
        self.progress.give_up();
    }
}

impl Desk<'_> {
    /// The register, as it was left last.
    pub fn register(&mut self) -> Screen {
        Screen::Register(Box::new(ScreenOfAll::new(self)))
    }

    /// Asks for the register. What is on the screen stays until the new one is there.
    pub fn ask_for_book(&mut self) {
        self.loading = Some(Loading { progress: Arc::default(), book: None });
    }

    /// Nobody waits for the register any more, and nobody looks at it.
    pub fn close_book(&mut self) {
        self.loading = None;
        self.book = None;
    }

    /// How many sessions were looked at, and how many there are, while they are read.
    #[must_use]
    pub fn loading(&self) -> Option<(usize, usize)> {
        self.loading.as_ref().map(|loading| loading.progress.share().unwrap_or_default())
    }

    fn order(&self) -> Order {
        let day = self.day.unwrap_or(self.today);
        Order { store: self.store.clone(), config: self.settings_folder.clone(), today: self.today, day }
    }

    /// Starts what was asked for; `wake` is called whenever there is something new to be seen.
    pub fn start_loading(&mut self, wake: impl Fn() + Send + 'static) {
        let order = self.order();
        let Some(loading) = self.loading.as_mut().filter(|loading| loading.book.is_none()) else { return };
        let (tell, book) = channel();
        loading.book = Some(book);
        let progress = Arc::clone(&loading.progress);
        std::thread::spawn(move || {
            let (done, read) = channel();
            std::thread::spawn(move || {
                let (book, index) = guarded(|| order.carry_out(&progress)).ok().flatten().unzip();
                // Nobody may wait for it any more.
                let _ = done.send(book);
                order.store.put_index(&index.unwrap_or_default());
            });
            loop {
                match read.recv_timeout(TICK) {
                    Err(RecvTimeoutError::Timeout) => wake(),
                    result => {
                        let _ = tell.send(result.ok().flatten());
                        return wake();
                    }
                }
            }
        });
    }

    /// Takes the register that has arrived. True: there is another one now.
    pub fn take_book(&mut self) -> bool {
        let arrived = self.loading.as_ref().and_then(|loading| loading.book.as_ref()?.try_recv().ok());
        arrived.is_some_and(|book| self.put_book(book))
    }

    /// Reads what was asked for and waits for it.
    pub fn load_now(&mut self) -> bool {
        let Some(loading) = self.loading.take() else { return false };
        let order = self.order();
        let (book, index) = order.carry_out(&loading.progress).unzip();
        order.store.put_index(&index.unwrap_or_default());
        self.put_book(book)
    }

    fn put_book(&mut self, book: Option<Book>) -> bool {
        self.loading = None;
        if book.is_none() {
            self.notice = Some(self.words.get("ui-register-failed"));
        }
        self.book = book;
        true
    }
}
