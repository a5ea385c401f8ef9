//! The terminal: set up, fed, and always given back.
//!
//! The loop sleeps until a key, a signal or a finished save wakes it. So nothing happens while nobody does anything.

#[cfg(unix)]
pub mod decode;
#[cfg(not(unix))]
#[path = "terminal/elsewhere.rs"]
mod inputs;
#[cfg(unix)]
mod inputs;
mod screen;

use std::io::stdout;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::style::Print;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::Backend;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::app::{App, Start};
use super::keymap::{Action, Key, normalise};
use super::{draw, worker};
use crate::cli;
use crate::error::{Error, Kind, crash};
use inputs::{Inputs, size};
use screen::Screen;

/// The largest part of a window that is drawn on; it stands in the middle of the upper edge.
pub const LARGEST: Size = Size { width: 130, height: 40 };

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
    /// There is something new to be seen: the register is read, or further on.
    Woken,
    /// Ctrl-Z: the shell is wanted for a while.
    Stop,
    /// The program goes on after it was stopped, and others had the terminal.
    Continue,
    /// A signal asks to end, or the terminal is gone.
    End,
}

impl Input {
    /// What the terminal's event is, if it is one of ours.
    #[must_use]
    pub fn of(event: Event) -> Option<Self> {
        match event {
            Event::Key(event) if event.code == KeyCode::Char('z') && event.modifiers == KeyModifiers::CONTROL => {
                Some(Self::Stop)
            }
            Event::Key(event) => normalise(&event).map(Self::Key),
            Event::Paste(text) => Some(Self::Paste(text)),
            Event::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            Event::Mouse(event) => match event.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Self::Click(event.column, event.row)),
                MouseEventKind::ScrollDown => Some(Self::Wheel(true)),
                MouseEventKind::ScrollUp => Some(Self::Wheel(false)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Runs the interactive program.
///
/// # Errors
/// When the data or the terminal cannot be used.
pub fn run(context: &cli::Context, start: Start) -> Result<(), Error> {
    let knowledge = context.knowledge()?;
    work(&mut App::new(context, &knowledge, start))
}

/// Runs a program that was put together already, until it ends; the terminal is given back then.
///
/// # Errors
/// When the terminal cannot be used, something cannot be saved, or the program itself is at fault.
pub fn work(app: &mut App<'_>) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new(Kind::Failure, format!("terminal: {error}"));
    crash::watch(restore);
    let result = crash::guarded(|| {
        Inputs::open(cli::clock::passed).and_then(|mut inputs| {
            setup()?;
            feed(app, &mut inputs)
        })
    });
    let ended = crash::guarded(|| end(app));
    restore();
    // That something is not saved matters more than why the program ended.
    ended.and_then(|ended| ended)?;
    result?.map_err(failed)
}

/// Whatever ended the program: what was chosen is kept, and what is not on disk yet is saved, wherever that can be.
fn end(app: &mut App<'_>) -> Result<(), Error> {
    if !app.quit {
        app.leave();
    }
    app.desk.write_settings();
    app.end()
}

/// Removes what saves that were cut off have left behind, without anybody waiting for it.
fn tidy(app: &App<'_>) {
    let store = app.desk.store.clone();
    let file = app.desk.sitting.as_ref().map(|sitting| sitting.saved.path.clone());
    std::thread::spawn(move || store.tidy(file.as_deref().and_then(std::path::Path::parent)));
}

fn feed(app: &mut App<'_>, inputs: &mut Inputs) -> std::io::Result<()> {
    let window = size();
    app.desk.size = (window.width, window.height);
    let mut terminal = open(window, false)?;
    let mut mouse = Mouse(false);
    let mut waiting = Vec::new();
    let mut tidied = false;
    loop {
        terminal.draw(|frame| draw::draw(app, frame))?;
        if !std::mem::replace(&mut tidied, true) {
            tidy(app);
        }
        if app.after_frame() {
            continue;
        }
        mouse.follow(app.desk.settings.mouse)?;
        if let Some(text) = app.desk.copy.take() {
            execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?;
        }
        let post = inputs.post();
        let bell = post.clone();
        app.desk.effects(move |outcome| post.saved(outcome));
        app.desk.start_loading(move || bell.wake());
        // Everything that waits is taken before the next frame.
        inputs.wait(&mut waiting)?;
        let resized = waiting.iter().rev().find_map(|input| match input {
            Input::Resize(width, height) => Some(Size { width: *width, height: *height }),
            _ => None,
        });
        if let Some(window) = resized {
            terminal = open(window, true)?;
        }
        let stops = waiting.iter().any(|input| matches!(input, Input::Stop));
        let lost = stops || waiting.iter().any(|input| matches!(input, Input::Continue));
        step(app, waiting.drain(..));
        if app.quit {
            return Ok(());
        }
        if lost {
            restore();
            if stops {
                inputs::stop()?;
            }
            setup()?;
            mouse = Mouse(false);
            let window = size();
            app.desk.size = (window.width, window.height);
            terminal = open(window, true)?;
        }
    }
}

/// A window of a size. What it shows is wiped if it is `dirty`.
fn open(window: Size, dirty: bool) -> std::io::Result<Terminal<Screen>> {
    let width = window.width.min(LARGEST.width);
    let area = Rect { x: (window.width - width) / 2, y: 0, width, height: window.height.min(LARGEST.height) };
    Terminal::with_options(Screen::new(window, dirty), TerminalOptions { viewport: Viewport::Fixed(area) })
}

/// Applies inputs in order, without drawing.
pub fn step(app: &mut App<'_>, inputs: impl IntoIterator<Item = Input>) {
    for input in inputs {
        match input {
            Input::Key(key) => app.key(&key),
            Input::Paste(text) => app.paste(&text),
            Input::Saved(outcome) => app.desk.saved(outcome),
            Input::Woken => app.woken(),
            Input::Resize(columns, rows) => app.desk.size = (columns, rows),
            Input::Click(column, row) => app.click(column, row),
            Input::Stop | Input::Continue => {}
            Input::Wheel(down) => app.perform(if down { Action::Down } else { Action::Up }),
            Input::End => {
                app.leave();
                app.quit = true;
            }
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
    // A terminal without an alternate screen still shows what was there; a frame only draws what is not blank.
    execute!(stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back, as far as it can be reached.
fn restore() {
    let _ = execute!(stdout(), Print(MOUSE_OFF), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}
