//! From the bytes that a terminal sends to events.
//!
//! Keys may arrive in pieces. A lone escape is the escape key only when nothing follows it soon; that is for the caller
//! to say with [`Decoder::settle`]. What a paste is, also one without an end, stands in `paste`.

mod paste;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use paste::{BURST, CTRL_C, Late, Paste, gathered};

/// The number in the sequence that begins a paste.
const PASTE: u16 = 200;
/// The number in the sequence that ends it.
const PASTED: u16 = 201;
/// Longest sequence that means something, in bytes.
const LONGEST: usize = 256;

/// Bytes that do not make an event yet.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    paste: Option<Paste>,
    late: Option<Late>,
}

/// What the first bytes are.
enum Head {
    /// An event, or nothing of interest, and how many bytes it takes.
    Whole(Option<Event>, usize),
    /// Text follows that was pasted.
    Paste(usize),
    /// The end of a paste that was given up.
    Pasted(usize),
    /// The beginning of something.
    Part,
}

impl Decoder {
    /// Takes in the bytes that have come by now, and gives out the events that are complete. Time is counted from any
    /// moment and never goes back.
    pub fn feed(&mut self, bytes: &[u8], now: Duration, event: impl FnMut(Event)) {
        let mut found = Vec::new();
        if bytes == [CTRL_C] {
            // A paste arrives in large pieces; this was a finger, and the end of the paste is not coming.
            found.extend(self.give_up(now));
        }
        self.bytes.extend_from_slice(bytes);
        self.late = self.late.take().filter(|late| !late.is_over(now));
        let ended = self.take(&mut found, now);
        if self.paste.as_ref().is_some_and(|paste| paste.is_overdue(now)) {
            found.extend(self.give_up(now));
        }
        if self.paste.is_none() && self.bytes.len() > LONGEST {
            // Whatever ends it, it means nothing.
            self.bytes = b"\x1b[?".to_vec();
        }
        let burst = self.late.as_mut().map_or(BURST, |late| late.burst(&mut found, now));
        if ended {
            self.late = None;
        }
        gathered(found, burst).for_each(event);
    }

    /// Takes what is complete from the bytes, and says whether the end of a paste came that was given up.
    fn take(&mut self, found: &mut Vec<Event>, now: Duration) -> bool {
        let (mut used, mut ended) = (0, false);
        loop {
            let rest = self.bytes.get(used..).unwrap_or_default();
            if let Some(paste) = &mut self.paste {
                let (length, whole) = paste.take(rest, now);
                used += length;
                if !whole {
                    break;
                }
                found.extend(self.paste.take().map(Paste::event));
                continue;
            }
            used += match head(rest) {
                Head::Whole(one, length) => {
                    found.extend(one);
                    length
                }
                Head::Paste(length) => {
                    self.paste = Some(Paste::new(now));
                    length
                }
                Head::Pasted(length) => {
                    ended = true;
                    length
                }
                Head::Part => break,
            };
        }
        self.bytes.drain(..used);
        ended
    }

    /// How long to wait for more before [`Decoder::settle`] decides what has come in; none: nothing is unfinished.
    #[must_use]
    pub fn patience(&self, now: Duration) -> Option<Duration> {
        match (&self.paste, self.bytes.as_slice()) {
            (Some(paste), _) => Some(paste.patience(now)),
            (None, []) => None,
            // The rest of a key follows at once.
            (None, _) => Some(Duration::from_millis(25)),
        }
    }

    /// Nothing has followed: an escape was the escape key, any other beginning was noise, and a paste has no end.
    pub fn settle(&mut self, now: Duration) -> Option<Event> {
        if self.paste.is_some() {
            return self.give_up(now);
        }
        let escape = self.bytes.first() == Some(&b'\x1b');
        self.bytes.clear();
        escape.then(|| key(KeyCode::Esc, KeyModifiers::NONE))
    }

    /// Ends a paste that has no end: what came is its text, unless somebody tried to get away meanwhile.
    fn give_up(&mut self, now: Duration) -> Option<Event> {
        let mut paste = self.paste.take()?;
        paste.keep(&std::mem::take(&mut self.bytes));
        self.late = Some(Late::new(now));
        let away = paste.holds_ctrl_c();
        Some(if away { key(KeyCode::Char('c'), KeyModifiers::CONTROL) } else { paste.event() })
    }
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
        (b'~', Some(PASTED)) => return Head::Pasted(length),
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
