//! What the loop waits for where there is no `poll` over the terminal: keys come from a thread that reads them.
#![expect(clippy::unnecessary_wraps, reason = "on Unix the system may refuse")]

use std::io::Result;
use std::sync::mpsc::{Receiver, Sender, channel};

use ratatui::layout::Size;

use super::Input;
use crate::tui::worker::Outcome;

/// The end at which inputs come out.
#[derive(Debug)]
pub struct Inputs {
    inputs: Receiver<Input>,
    post: Post,
}

/// The end at which the saving thread puts its marks in.
#[derive(Clone, Debug)]
pub struct Post(Sender<Input>);

impl Post {
    /// Tells the loop what came of a save.
    pub fn saved(&self, outcome: Outcome) {
        // The loop may have ended meanwhile; then nobody needs the mark.
        let _ = self.0.send(Input::Saved(outcome));
    }

    /// Tells the loop that there is something new to be seen.
    pub fn wake(&self) {
        // The loop may have ended meanwhile; then nobody needs it.
        let _ = self.0.send(Input::Woken);
    }
}

impl Inputs {
    /// Listens. Nothing here needs to know how much time passes.
    ///
    /// # Errors
    /// None here; elsewhere the system may refuse.
    pub fn open(_clock: fn() -> std::time::Duration) -> Result<Self> {
        let (sender, inputs) = channel();
        let post = Post(sender.clone());
        std::thread::spawn(move || {
            while let Ok(event) = crossterm::event::read() {
                if Input::of(event).is_some_and(|input| sender.send(input).is_err()) {
                    return;
                }
            }
            let _ = sender.send(Input::End);
        });
        Ok(Self { inputs, post })
    }

    /// Where the saving thread reports to.
    #[must_use]
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// Waits until there is something, and takes everything that is there.
    ///
    /// # Errors
    /// None here; elsewhere waiting may fail.
    pub fn wait(&mut self, inputs: &mut Vec<Input>) -> Result<()> {
        inputs.push(self.inputs.recv().unwrap_or(Input::End));
        inputs.extend(self.inputs.try_iter());
        Ok(())
    }
}

/// Nothing stops a program here.
///
/// # Errors
/// None here; elsewhere the system may refuse.
pub fn stop() -> Result<()> {
    Ok(())
}

/// The size of the window.
#[must_use]
pub fn size() -> Size {
    let (width, height) = crossterm::terminal::size().unwrap_or((80, 24));
    Size { width, height }
}
