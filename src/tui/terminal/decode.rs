//! From the bytes that a terminal sends to events.
//!
//! Keys may arrive in pieces. A lone escape is the escape key only when nothing follows it soon; that is for the caller
//! to say with [`Decoder::settle`]. So is that the end of a paste is not coming.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// Ends what [`PASTE`] begins.
const PASTED: &[u8] = b"\x1b[201~";
/// The number in the sequence that begins a paste.
const PASTE: u16 = 200;
/// Most of a paste that is kept, in bytes.
const LARGEST: usize = 1 << 16;
/// Longest sequence that means something, in bytes.
const LONGEST: usize = 256;
/// Nobody types that many keys at once: it is a paste from a terminal that does not say so.
const BURST: usize = 256;
/// The byte of Ctrl-C.
const CTRL_C: u8 = 3;

/// Bytes that do not make an event yet.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    /// What has come of a paste.
    paste: Option<Vec<u8>>,
}

/// What the first bytes are.
enum Head {
    /// An event, or nothing of interest, and how many bytes it takes.
    Whole(Option<Event>, usize),
    /// Text follows that was pasted.
    Paste(usize),
    /// The beginning of something.
    Part,
}

impl Decoder {
    /// Takes bytes in and gives out the events that are complete.
    pub fn feed(&mut self, bytes: &[u8], event: impl FnMut(Event)) {
        let mut found = Vec::new();
        if bytes == [CTRL_C] && self.paste.is_some() {
            // A paste arrives in large pieces; this was a finger, and the end of the paste is not coming.
            found.push(self.give_up());
        }
        self.bytes.extend_from_slice(bytes);
        let mut used = 0;
        loop {
            let rest = self.bytes.get(used..).unwrap_or_default();
            if let Some(paste) = &mut self.paste {
                let end = rest.windows(PASTED.len()).position(|window| window == PASTED);
                // The end may arrive in pieces.
                let text = end.unwrap_or((rest.len() + 1).saturating_sub(PASTED.len()));
                keep(paste, rest.get(..text).unwrap_or_default());
                used += text;
                if end.is_none() {
                    break;
                }
                found.push(pasted(paste));
                self.paste = None;
                used += PASTED.len();
                continue;
            }
            match head(rest) {
                Head::Whole(one, length) => {
                    found.extend(one);
                    used += length;
                }
                Head::Paste(length) => {
                    self.paste = Some(Vec::new());
                    used += length;
                }
                Head::Part => break,
            }
        }
        self.bytes.drain(..used);
        if self.paste.is_none() && self.bytes.len() > LONGEST {
            // Whatever ends it, it means nothing.
            self.bytes = b"\x1b[?".to_vec();
        }
        gathered(found).for_each(event);
    }

    /// How long to wait for more before [`Decoder::settle`] decides what has come in; none: nothing is unfinished.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.bytes.as_slice()) {
            (Some(_), _) => Some(Duration::from_secs(1)),
            (None, []) => None,
            // The rest of a key follows at once.
            (None, _) => Some(Duration::from_millis(25)),
        }
    }

    /// Nothing has followed: an escape was the escape key, any other beginning was noise, and a paste has no end.
    pub fn settle(&mut self) -> Option<Event> {
        if self.paste.is_some() {
            return Some(self.give_up());
        }
        let escape = self.bytes.first() == Some(&b'\x1b');
        self.bytes.clear();
        escape.then(|| key(KeyCode::Esc, KeyModifiers::NONE))
    }

    /// Ends a paste that has no end: what came is its text, unless somebody tried to get away meanwhile.
    fn give_up(&mut self) -> Event {
        let mut paste = self.paste.take().unwrap_or_default();
        keep(&mut paste, &std::mem::take(&mut self.bytes));
        if paste.contains(&CTRL_C) { key(KeyCode::Char('c'), KeyModifiers::CONTROL) } else { pasted(&paste) }
    }
}

fn keep(paste: &mut Vec<u8>, bytes: &[u8]) {
    let room = LARGEST.saturating_sub(paste.len());
    paste.extend_from_slice(bytes.get(..room.min(bytes.len())).unwrap_or_default());
}

fn pasted(paste: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(paste).into_owned())
}

/// The same events, with long runs of characters made a paste: so they confirm nothing and cost one step.
fn gathered(events: Vec<Event>) -> impl Iterator<Item = Event> {
    let mut runs: Vec<(String, Vec<Event>)> = Vec::new();
    for event in events {
        let c = match &event {
            Event::Key(KeyEvent { code, modifiers: KeyModifiers::NONE, .. }) => match code {
                KeyCode::Char(c) => Some(*c),
                KeyCode::Enter => Some('\n'),
                KeyCode::Tab => Some('\t'),
                _ => None,
            },
            _ => None,
        };
        match (c, runs.last_mut()) {
            (Some(c), Some((text, run))) if !text.is_empty() => {
                text.push(c);
                run.push(event);
            }
            _ => runs.push((c.map(String::from).unwrap_or_default(), vec![event])),
        }
    }
    runs.into_iter().flat_map(|(text, run)| if run.len() < BURST { run } else { vec![Event::Paste(text)] })
}

const fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn head(bytes: &[u8]) -> Head {
    match bytes {
        [] | [b'\x1b'] | [b'\x1b', b'[' | b'O'] => Head::Part,
        [b'\x1b', b'\x1b', ..] => Head::Whole(Some(key(KeyCode::Esc, KeyModifiers::NONE)), 1),
        [b'\x1b', b'[', rest @ ..] => control_sequence(rest, 2),
        [b'\x1b', b'O', b'M', ..] => Head::Whole(Some(key(KeyCode::Enter, KeyModifiers::NONE)), 3),
        [b'\x1b', b'O', last, ..] => Head::Whole(lettered(*last).map(|code| key(code, KeyModifiers::NONE)), 3),
        [b'\x1b', rest @ ..] => match character(rest) {
            Head::Whole(Some(Event::Key(event)), length) => {
                Head::Whole(Some(key(event.code, event.modifiers | KeyModifiers::ALT)), length + 1)
            }
            Head::Whole(other, length) => Head::Whole(other, length + 1),
            other => other,
        },
        _ => character(bytes),
    }
}

/// A key that sends one character, by itself or with Ctrl.
fn character(bytes: &[u8]) -> Head {
    let Some(&first) = bytes.first() else { return Head::Part };
    let one = |code| Head::Whole(Some(key(code, KeyModifiers::NONE)), 1);
    match first {
        b'\r' => one(KeyCode::Enter),
        b'\t' => one(KeyCode::Tab),
        b'\x7f' => one(KeyCode::Backspace),
        1..=26 => Head::Whole(Some(key(KeyCode::Char(char::from(first - 1 + b'a')), KeyModifiers::CONTROL)), 1),
        0..=31 => Head::Whole(None, 1),
        32..=126 => one(KeyCode::Char(char::from(first))),
        _ => beyond_ascii(bytes),
    }
}

fn beyond_ascii(bytes: &[u8]) -> Head {
    let start = bytes.get(..bytes.len().min(4)).unwrap_or_default();
    let valid = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(fault) if fault.valid_up_to() > 0 => {
            std::str::from_utf8(start.get(..fault.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(fault) => return fault.error_len().map_or(Head::Part, |length| Head::Whole(None, length)),
    };
    match valid.chars().next() {
        Some(c) => Head::Whole(Some(key(KeyCode::Char(c), KeyModifiers::NONE)), c.len_utf8()),
        None => Head::Part,
    }
}

/// `ESC [`, numbers, a last letter; `before` bytes came before the numbers.
fn control_sequence(bytes: &[u8], before: usize) -> Head {
    // The Linux console sends its first function keys with a second bracket.
    if let [b'[', rest @ ..] = bytes {
        let Some(&last) = rest.first() else { return Head::Part };
        let number = last.checked_sub(b'A').filter(|number| *number < 5).map(|number| number + 1);
        return Head::Whole(number.map(|number| key(KeyCode::F(number), KeyModifiers::NONE)), before + 2);
    }
    let Some(end) = bytes.iter().position(|byte| !matches!(byte, b' '..=b'?')) else { return Head::Part };
    let (numbers, last) = (bytes.get(..end).unwrap_or_default(), bytes.get(end).copied().unwrap_or_default());
    if !matches!(last, b'@'..=b'~') {
        // Broken off; what breaks it off stands for itself.
        return Head::Whole(None, before + end);
    }
    let length = before + end + 1;
    match (numbers, last) {
        ([b'<', numbers @ ..], b'M') => return Head::Whole(mouse(numbers), length),
        // A mouse on a terminal that counts in bytes.
        ([], b'M') if bytes.len() < end + 4 => return Head::Part,
        ([], b'M') => return Head::Whole(None, length + 3),
        // A button that is let go, or an answer to a question that nobody has asked.
        ([b'<'..=b'?', ..], _) => return Head::Whole(None, length),
        _ => {}
    }
    let mut numbers = numbers_in(numbers);
    let first = numbers.next().flatten();
    let modifiers = modifiers(numbers.next().flatten().unwrap_or(1));
    let code = match (last, first) {
        (b'~', Some(PASTE)) => return Head::Paste(length),
        (b'~', Some(number)) => numbered(number),
        (b'Z', _) => return Head::Whole(Some(key(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)), length),
        (letter, None | Some(1)) => lettered(letter),
        _ => None,
    };
    Head::Whole(code.map(|code| key(code, modifiers)), length)
}

/// Numbers between semicolons; parts behind a colon say nothing that is needed.
fn numbers_in(text: &[u8]) -> impl Iterator<Item = Option<u16>> {
    text.split(|byte| *byte == b';').map(|digits| {
        let digits = digits.split(|byte| *byte == b':').next().unwrap_or_default();
        std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok())
    })
}

/// A button that was pressed, or the wheel: kind, column and row, counted from one.
fn mouse(numbers: &[u8]) -> Option<Event> {
    let mut numbers = numbers_in(numbers).map(Option::unwrap_or_default);
    let (kind, column, row) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let kind = match kind {
        0 => MouseEventKind::Down(MouseButton::Left),
        1 => MouseEventKind::Down(MouseButton::Middle),
        2 => MouseEventKind::Down(MouseButton::Right),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

/// Modifiers as xterm counts them.
fn modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

const fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    let function = |less: u16| u8::try_from(number - less).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23 | 24 => function(12),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
