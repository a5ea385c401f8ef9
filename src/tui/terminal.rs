//! The terminal: set up, fed, and always given back.
//!
//! Keys come from a thread that reads the terminal, signals from another one; both post to one channel on which the
//! main loop blocks. So nothing wakes up while nobody does anything.

use std::io::{Stdout, Write, stdout};
use std::sync::mpsc::{Receiver, Sender, channel};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event, MouseButton, MouseEventKind};
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};

use super::app::{App, Start};
use super::keymap::{Action, Key, normalise};
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
    /// The window has another size: columns and rows.
    Resize(u16, u16),
    /// A button was pressed at a column and row.
    Click(u16, u16),
    /// The wheel was turned, down or up.
    Wheel(bool),
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
    app.desk.finish_saving();
    restore();
    result.map_err(failed)
}

fn feed(
    app: &mut App<'_>,
    terminal: &mut Terminal<CrosstermBackend<Stdout>>,
    inputs: &Receiver<Input>,
    sender: &Sender<Input>,
) -> std::io::Result<()> {
    let size = terminal.size()?;
    app.desk.size = (size.width, size.height);
    let mut mouse = Mouse(false);
    terminal.draw(|frame| draw::draw(app, frame))?;
    mouse.follow(app.desk.settings.mouse)?;
    while !app.quit {
        let Ok(first) = inputs.recv() else { break };
        // Everything that waits is taken before the next frame.
        let waiting = std::iter::once(first).chain(std::iter::from_fn(|| inputs.try_recv().ok()));
        step(app, waiting.collect::<Vec<_>>());
        if app.quit {
            break;
        }
        terminal.draw(|frame| draw::draw(app, frame))?;
        mouse.follow(app.desk.settings.mouse)?;
        let sender = sender.clone();
        app.desk.effects(move |outcome| {
            // The loop may have ended meanwhile; then nobody needs the mark.
            let _ = sender.send(Input::Saved(outcome));
        });
    }
    // A save that was asked for by the last key is carried out before leaving.
    app.desk.effects(|_| {});
    Ok(())
}

/// Applies inputs in order, without drawing.
pub fn step(app: &mut App<'_>, inputs: impl IntoIterator<Item = Input>) {
    for input in inputs {
        match input {
            Input::Key(key) => app.key(&key),
            Input::Paste(text) => app.paste(&text),
            Input::Saved(outcome) => app.desk.saved(outcome),
            Input::Resize(columns, rows) => app.desk.size = (columns, rows),
            Input::Click(column, row) => app.click(column, row),
            Input::Wheel(down) => app.perform(if down { Action::Down } else { Action::Up }),
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

/// Whether the terminal reports buttons and the wheel. Movement is never asked for: it would wake the program for nothing.
struct Mouse(bool);

impl Mouse {
    fn follow(&mut self, wanted: bool) -> std::io::Result<()> {
        if wanted != self.0 {
            let modes = if wanted { "\x1b[?1000h\x1b[?1006h" } else { MOUSE_OFF };
            execute!(stdout(), Print(modes))?;
            self.0 = wanted;
        }
        Ok(())
    }
}

/// Ends all mouse reports.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

fn setup() -> std::io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back. Each step is tried even if one before it failed.
fn restore() {
    let mut out = stdout();
    let _ = execute!(out, Print(MOUSE_OFF));
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
                Ok(Event::Resize(columns, rows)) => Some(Input::Resize(columns, rows)),
                Ok(Event::Mouse(event)) => match event.kind {
                    MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(event.column, event.row)),
                    MouseEventKind::ScrollDown => Some(Input::Wheel(true)),
                    MouseEventKind::ScrollUp => Some(Input::Wheel(false)),
                    _ => None,
                },
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
