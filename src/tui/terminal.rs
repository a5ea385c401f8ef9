//! The terminal: set up, fed, and always given back.
//!
//! Keys come from a thread that reads the terminal, signals from another one; both post to one channel on which the
//! main loop blocks. So nothing wakes up while nobody does anything.

use std::io::{Stdout, Write, stdout};
use std::sync::mpsc::{Receiver, Sender, channel};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};

use super::app::{App, Start};
use super::keymap::{Key, normalise};
use super::{draw, worker};
use crate::cli;
use crate::error::{Error, Kind};

/// What reaches the loop.
#[derive(Debug)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// The window has another size.
    Resize,
    /// A save is done.
    Saved(worker::Outcome),
    /// A signal asks to end, or the terminal is gone.
    End,
}

/// Runs the interactive program.
///
/// # Errors
/// When the data or the terminal cannot be used.
pub fn run(context: &cli::Context, start: Start) -> Result<(), Error> {
    let knowledge = context.knowledge()?;
    let mut app = App::new(context, &knowledge, start);
    let failed = |error: std::io::Error| Error::new(Kind::Failure, format!("terminal: {error}"));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        hook(info);
    }));
    setup().map_err(failed)?;
    let (sender, inputs) = channel();
    signals(sender.clone());
    read_keys(sender.clone());
    let result = Terminal::new(CrosstermBackend::new(stdout()))
        .and_then(|mut terminal| feed(&mut app, &mut terminal, &inputs, &sender));
    app.worker = None;
    restore();
    result.map_err(failed)
}

fn feed(
    app: &mut App<'_>,
    terminal: &mut Terminal<CrosstermBackend<Stdout>>,
    inputs: &Receiver<Input>,
    sender: &Sender<Input>,
) -> std::io::Result<()> {
    terminal.draw(|frame| draw::draw(app, frame))?;
    while !app.quit {
        let Ok(first) = inputs.recv() else { break };
        // Everything that waits is taken before the next frame.
        let waiting = std::iter::once(first).chain(std::iter::from_fn(|| inputs.try_recv().ok()));
        step(app, waiting.collect::<Vec<_>>());
        if app.quit {
            break;
        }
        terminal.draw(|frame| draw::draw(app, frame))?;
        let sender = sender.clone();
        app.effects(move |outcome| {
            // The loop may have ended meanwhile; then nobody needs the mark.
            let _ = sender.send(Input::Saved(outcome));
        });
    }
    // A save that was asked for by the last key is carried out before leaving.
    app.effects(|_| {});
    Ok(())
}

/// Applies inputs in order, without drawing.
pub fn step(app: &mut App<'_>, inputs: impl IntoIterator<Item = Input>) {
    for input in inputs {
        match input {
            Input::Key(key) => app.key(&key),
            Input::Paste(text) => app.paste(&text),
            Input::Saved(outcome) => app.saved(outcome),
            Input::Resize => {}
            Input::End => app.quit = true,
        }
    }
}

/// Draws one frame on any backend; for tests and benchmarks.
///
/// # Errors
/// When the backend fails.
pub fn frame<B: Backend>(app: &App<'_>, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    terminal.draw(|frame| draw::draw(app, frame)).map(|_| ())
}

fn setup() -> std::io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back. Each step is tried even if one before it failed.
fn restore() {
    let mut out = stdout();
    let _ = execute!(out, DisableBracketedPaste);
    let _ = execute!(out, LeaveAlternateScreen);
    let _ = execute!(out, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

fn read_keys(sender: Sender<Input>) {
    std::thread::spawn(move || {
        loop {
            let input = match crossterm::event::read() {
                Ok(Event::Key(event)) => normalise(&event).map(Input::Key),
                Ok(Event::Paste(text)) => Some(Input::Paste(text)),
                Ok(Event::Resize(..)) => Some(Input::Resize),
                Ok(_) => None,
                Err(_) => Some(Input::End),
            };
            let ended = matches!(input, Some(Input::End));
            if input.is_some_and(|input| sender.send(input).is_err()) || ended {
                break;
            }
        }
    });
}

#[cfg(unix)]
fn signals(sender: Sender<Input>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT]) else { return };
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _ = sender.send(Input::End);
        }
    });
}

#[cfg(not(unix))]
fn signals(_: Sender<Input>) {}
