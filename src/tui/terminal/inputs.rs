//! What the loop waits for on Unix: the terminal, signals, and the thread that saves.
//!
//! All of it is waited for in one place, by one thread. Signals and the saving thread ring a bell, which is a pipe.

use std::io::{Error, ErrorKind, Read, Result, Write, stdin, stdout};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::flag;
use signal_hook::low_level::{pipe, raise};

use super::Input;
use super::decode::Decoder;
use crate::tui::worker::Outcome;

/// The end at which inputs come out.
#[derive(Debug)]
pub struct Inputs {
    decoder: Decoder,
    posted: Receiver<Input>,
    bell: UnixStream,
    ended: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    post: Post,
    clock: fn() -> Duration,
}

/// The end at which other threads put in what they have to tell.
#[derive(Clone, Debug)]
pub struct Post {
    posted: Sender<Input>,
    bell: Arc<UnixStream>,
}

impl Post {
    /// Tells the loop what came of a save.
    pub fn saved(&self, outcome: Outcome) {
        self.put(Input::Saved(outcome));
    }

    /// Tells the loop that there is something new to be seen.
    pub fn wake(&self) {
        self.put(Input::Woken);
    }

    fn put(&self, input: Input) {
        // The loop may have ended meanwhile; then nobody needs it. A full pipe rings already.
        if self.posted.send(input).is_ok() {
            let _ = (&*self.bell).write(&[0]);
        }
    }
}

impl Inputs {
    /// Listens. From here on signals no longer end the program by themselves. `clock` tells how much time has passed
    /// since any moment.
    ///
    /// # Errors
    /// When the system refuses a pipe or a signal.
    pub fn open(clock: fn() -> Duration) -> Result<Self> {
        let (bell, ring) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ring.set_nonblocking(true)?;
        let (ended, resized, continued) = (Arc::default(), Arc::default(), Arc::default());
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT] {
            // In this order: whoever hears the bell finds the flag raised.
            let raised = match signal {
                SIGWINCH => &resized,
                SIGCONT => &continued,
                _ => &ended,
            };
            flag::register(signal, Arc::clone(raised))?;
            pipe::register(signal, ring.try_clone()?)?;
        }
        let (posted, waiting) = channel();
        let post = Post { posted, bell: Arc::new(ring) };
        Ok(Self { decoder: Decoder::default(), posted: waiting, bell, ended, resized, continued, post, clock })
    }

    /// Where the saving thread reports to.
    #[must_use]
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// Waits until there is something, and takes everything that is there.
    ///
    /// # Errors
    /// When waiting fails.
    pub fn wait(&mut self, inputs: &mut Vec<Input>) -> Result<()> {
        while inputs.is_empty() {
            let terminal = stdin();
            let mut fds = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&self.bell, PollFlags::IN)];
            let patience = self.decoder.patience((self.clock)()).and_then(|patience| Timespec::try_from(patience).ok());
            let rings = match poll(&mut fds, patience.as_ref()) {
                Err(error) if Error::from(error).kind() == ErrorKind::Interrupted => continue,
                result => result?,
            };
            let [keys, bell] = fds.map(|fd| !fd.revents().is_empty());
            // Keys first: they were pressed before a signal asked to end.
            if keys {
                self.read(inputs);
            } else if rings == 0 {
                inputs.extend(self.decoder.settle((self.clock)()).and_then(Input::of));
            }
            if bell {
                self.answer(inputs);
            }
        }
        Ok(())
    }

    fn read(&mut self, inputs: &mut Vec<Input>) {
        let mut bytes = [0; 4096];
        match rustix::io::read(stdin(), &mut bytes) {
            Ok(count) if count > 0 => {
                let bytes = bytes.get(..count).unwrap_or_default();
                self.decoder.feed(bytes, (self.clock)(), |event| inputs.extend(Input::of(event)));
            }
            Err(error) if Error::from(error).kind() == ErrorKind::Interrupted => {}
            // The terminal is gone.
            _ => inputs.push(Input::End),
        }
    }

    fn answer(&mut self, inputs: &mut Vec<Input>) {
        let mut rings = [0; 64];
        while matches!((&self.bell).read(&mut rings), Ok(count) if count == rings.len()) {}
        if self.ended.load(Ordering::Relaxed) {
            inputs.push(Input::End);
        }
        if self.resized.swap(false, Ordering::Relaxed) {
            let Size { width, height } = size();
            inputs.push(Input::Resize(width, height));
        }
        if self.continued.swap(false, Ordering::Relaxed) {
            inputs.push(Input::Continue);
        }
        inputs.extend(self.posted.try_iter());
    }
}

/// Stops the program until somebody has it go on. Where there is no shell to do so the system does not stop it.
///
/// # Errors
/// When the system refuses.
pub fn stop() -> Result<()> {
    raise(SIGTSTP)
}

/// The size of the window.
#[must_use]
pub fn size() -> Size {
    match rustix::termios::tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size { width: size.ws_col, height: size.ws_row },
        _ => Size { width: 80, height: 24 },
    }
}
