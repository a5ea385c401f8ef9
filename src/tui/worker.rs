//! Saving on a thread of its own, so that a slow disk never freezes typing.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::error::crash::guarded;
use crate::session::Session;
use crate::session::store::{Saved, Store};

/// What the worker is asked to do.
enum Job {
    Save(Box<Session>),
}

/// What came of it: the number of the save, and the fault if it failed.
pub type Outcome = (u64, Option<String>);

/// The thread that writes one session.
#[derive(Debug)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    asked: u64,
}

impl Worker {
    /// Starts a thread that owns the file; `done` is called after each save.
    pub fn start(store: Store, mut saved: Saved, done: impl Fn(Outcome) + Send + 'static) -> Self {
        let (jobs, inbox): (Sender<Job>, Receiver<Job>) = channel();
        let thread = std::thread::spawn(move || {
            let mut number = 0;
            while let Ok(Job::Save(session)) = inbox.recv() {
                number += 1;
                saved.session = *session;
                let result = guarded(|| store.save(&mut saved).map_err(|error| error.to_string()));
                done((number, result.map_err(|error| error.message).and_then(|saved| saved).err()));
            }
        });
        Self { jobs: Some(jobs), thread: Some(thread), asked: 0 }
    }

    /// Asks for a save and returns its number.
    pub fn save(&mut self, session: &Session) -> u64 {
        self.asked += 1;
        if let Some(jobs) = &self.jobs {
            // The thread lives as long as the sender; should it be gone, the mark stays at "saving".
            let _ = jobs.send(Job::Save(Box::new(session.clone())));
        }
        self.asked
    }

    /// Waits until everything asked for is on disk.
    pub fn finish(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.finish();
    }
}
