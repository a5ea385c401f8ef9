//! Pasted text: between its marks, without its end, and from a terminal that sets no marks.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Stands at the end of a paste.
const END: &[u8] = b"\x1b[201~";
/// Most of a paste that is kept, in bytes.
pub const LARGEST: usize = 1 << 16;
/// Nobody types that many keys at once: it is a paste from a terminal that does not say so.
pub const BURST: usize = 256;
/// So long nothing may come before a paste counts as one that has no end.
const SILENCE: Duration = Duration::from_secs(1);
/// So long a paste may take in all; the keyboard is wanted back within two seconds.
const LONGEST: Duration = Duration::from_millis(1750);
/// Nobody types two keys sooner after each other.
const TYPED: Duration = Duration::from_millis(30);
/// So long after a paste without an end its rest may still come.
const AFTER: Duration = Duration::from_secs(2);
/// The byte of Ctrl-C.
pub const CTRL_C: u8 = 3;

/// What has come of a paste.
#[derive(Debug)]
pub struct Paste {
    text: Vec<u8>,
    begun: Duration,
    heard: Duration,
}

impl Paste {
    /// Nothing has come yet.
    pub const fn new(now: Duration) -> Self {
        Self { text: Vec::new(), begun: now, heard: now }
    }

    /// Takes what belongs to it: how many bytes that are, and whether its end is among them.
    pub fn take(&mut self, bytes: &[u8], now: Duration) -> (usize, bool) {
        let end = bytes.windows(END.len()).position(|window| window == END);
        // The end may arrive in pieces.
        let text = end.unwrap_or((bytes.len() + 1).saturating_sub(END.len()));
        self.keep(bytes.get(..text).unwrap_or_default());
        self.heard = now;
        end.map_or((text, false), |end| (end + END.len(), true))
    }

    /// Keeps text as far as there is room.
    pub fn keep(&mut self, bytes: &[u8]) {
        let room = LARGEST.saturating_sub(self.text.len());
        self.text.extend_from_slice(bytes.get(..room.min(bytes.len())).unwrap_or_default());
    }

    /// How long to wait for its end.
    pub fn patience(&self, now: Duration) -> Duration {
        (self.heard + SILENCE).min(self.begun + LONGEST).saturating_sub(now)
    }

    /// Whether its end is not coming, however much else does.
    pub fn is_overdue(&self, now: Duration) -> bool {
        now >= self.begun + LONGEST
    }

    /// Somebody has tried to get away meanwhile.
    pub fn holds_ctrl_c(&self) -> bool {
        self.text.contains(&CTRL_C)
    }

    /// What came is the text.
    pub fn event(self) -> Event {
        Event::Paste(String::from_utf8_lossy(&self.text).into_owned())
    }
}

/// After a paste that was given up: the keyboard is back, and yet what still comes of the paste presses no key.
#[derive(Debug)]
pub struct Late {
    until: Duration,
    heard: Duration,
}

impl Late {
    /// A paste was given up just now.
    pub const fn new(now: Duration) -> Self {
        Self { until: now.saturating_add(AFTER), heard: now }
    }

    /// Whether the rest is not coming any more.
    pub fn is_over(&self, now: Duration) -> bool {
        now >= self.until
    }

    /// How many characters in a row are pasted text, not keys. What comes faster than fingers is text, and nothing else.
    pub fn burst(&mut self, found: &mut Vec<Event>, now: Duration) -> usize {
        if found.is_empty() {
            return BURST;
        }
        let soon = now < self.heard + TYPED;
        self.heard = now;
        if !soon && found.len() == 1 {
            return BURST;
        }
        self.until = now + AFTER;
        found.retain(|event| matches!(event, Event::Paste(_)) || is_ctrl_c(event) || character(event).is_some());
        1
    }
}

/// The same events, with runs of at least `burst` characters made a paste: so they confirm nothing and cost one step.
pub fn gathered(events: Vec<Event>, burst: usize) -> impl Iterator<Item = Event> {
    let mut runs: Vec<(String, Vec<Event>)> = Vec::new();
    for event in events {
        let c = character(&event);
        match (c, runs.last_mut()) {
            (Some(c), Some((text, run))) if !text.is_empty() => {
                text.push(c);
                run.push(event);
            }
            _ => runs.push((c.map(String::from).unwrap_or_default(), vec![event])),
        }
    }
    runs.into_iter().flat_map(
        move |(text, run)| {
            if text.is_empty() || run.len() < burst { run } else { vec![Event::Paste(text)] }
        },
    )
}

/// The character that a key writes.
fn character(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code, modifiers: KeyModifiers::NONE, .. }) => match code {
            KeyCode::Char(c) => Some(*c),
            KeyCode::Enter => Some('\n'),
            KeyCode::Tab => Some('\t'),
            _ => None,
        },
        _ => None,
    }
}

fn is_ctrl_c(event: &Event) -> bool {
    matches!(event, Event::Key(KeyEvent { code: KeyCode::Char('c'), modifiers: KeyModifiers::CONTROL, .. }))
}
