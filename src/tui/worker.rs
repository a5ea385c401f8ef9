//! Saving on a thread of its own, so that a slow disk never freezes typing.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::error::crash::guarded;
use crate::session::Session;
use crate::session::store::{Saved, Store, StoreError, Written};

/// What the worker is asked to do: a save and its number.
struct Job(u64, Box<Session>);

/// What came of a save.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its number.
    pub number: u64,
    /// How and where it was written, or the fault.
    pub result: Result<(Written, PathBuf), Arc<StoreError>>,
}

/// The file as the thread left it, and the outcome of its last save.
pub type Finished = (Saved, Option<Outcome>);

/// The thread that writes one session.
#[derive(Debug)]
pub struct Worker {
    jobs: Sender<Job>,
    thread: JoinHandle<Finished>,
}

impl Worker {
    /// Starts a thread that owns the file; `done` is called after each save.
    pub fn start(store: Store, mut saved: Saved, done: impl Fn(Outcome) + Send + 'static) -> Self {
        let (jobs, inbox): (Sender<Job>, Receiver<Job>) = channel();
        let thread = std::thread::spawn(move || {
            let mut last = None;
            while let Ok(job) = inbox.recv() {
                // Where the disk is slow several wait; the newest holds all that the others do.
                let Job(number, session) = inbox.try_iter().last().unwrap_or(job);
                saved.session = *session;
                let result = guarded(|| store.save(&mut saved)).unwrap_or_else(|error| {
                    Err(StoreError::Io { path: saved.path.clone(), error: std::io::Error::other(error.message) })
                });
                let result = result.map(|written| (written, saved.path.clone())).map_err(Arc::new);
                let outcome = Outcome { number, result };
                last = Some(outcome.clone());
                done(outcome);
            }
            (saved, last)
        });
        Self { jobs, thread }
    }

    /// Asks for a save.
    pub fn save(&self, number: u64, session: &Session) {
        // The thread lives as long as the sender; should it be gone, `finish` says so.
        let _ = self.jobs.send(Job(number, Box::new(session.clone())));
    }

    /// Waits until everything asked for is done; none: the thread has died.
    pub fn finish(self) -> Option<Finished> {
        drop(self.jobs);
        self.thread.join().ok()
    }
}

#[cfg(test)]
mod tests;
