//! What the screen says, read back by a small terminal.

use super::*;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

const SIZE: Size = Size { width: 12, height: 3 };
const AREA: Rect = Rect { x: 0, y: 0, width: SIZE.width, height: SIZE.height };

/// A terminal that understands what a screen says, and stops at everything else.
struct Emulator {
    cells: Buffer,
    at: (u16, u16),
    style: Style,
}

impl Emulator {
    fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                self.sequence(&sequence[..end], &sequence[end..=end]);
                rest = &sequence[end + 1..];
            } else {
                let text = c.to_string();
                self.cells.set_string(self.at.0, self.at.1, &text, self.style);
                self.at.0 += u16::try_from(text.width()).unwrap();
                rest = &rest[text.len()..];
            }
        }
    }

    fn sequence(&mut self, numbers: &str, last: &str) {
        let numbers: Vec<u16> = numbers.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        match (last, numbers.as_slice()) {
            ("H", [row]) => self.at = (0, row - 1),
            ("H", [row, column]) => self.at = (column - 1, row - 1),
            ("C", [count]) => self.at.0 += (*count).max(1),
            ("J", [2]) => self.cells.reset(),
            ("m", numbers) => self.style(numbers),
            other => panic!("{other:?}"),
        }
    }

    fn style(&mut self, numbers: &[u16]) {
        const NAMED: [Color; 16] = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        let byte = |number: u16| u8::try_from(number).unwrap();
        let style = self.style;
        let (style, rest) = match numbers {
            [] => return,
            [0, rest @ ..] => (Style::reset(), rest),
            [n @ 1..=9, rest @ ..] => (style.add_modifier(MODIFIERS[usize::from(n - 1)].0), rest),
            [n @ 30..=37, rest @ ..] => (style.fg(NAMED[usize::from(n - 30)]), rest),
            [n @ 90..=97, rest @ ..] => (style.fg(NAMED[usize::from(n - 82)]), rest),
            [n @ 40..=47, rest @ ..] => (style.bg(NAMED[usize::from(n - 40)]), rest),
            [n @ 100..=107, rest @ ..] => (style.bg(NAMED[usize::from(n - 92)]), rest),
            [39, rest @ ..] => (style.fg(Color::Reset), rest),
            [49, rest @ ..] => (style.bg(Color::Reset), rest),
            [38, 5, n, rest @ ..] => (style.fg(Color::Indexed(byte(*n))), rest),
            [48, 5, n, rest @ ..] => (style.bg(Color::Indexed(byte(*n))), rest),
            [38, 2, r, g, b, rest @ ..] => (style.fg(Color::Rgb(byte(*r), byte(*g), byte(*b))), rest),
            [48, 2, r, g, b, rest @ ..] => (style.bg(Color::Rgb(byte(*r), byte(*g), byte(*b))), rest),
            other => panic!("{other:?}"),
        };
        self.style = style;
        self.style(rest);
    }
}

fn colour() -> impl Strategy<Value = Color> {
    let named = [Color::Reset, Color::Black, Color::Red, Color::Gray, Color::DarkGray, Color::LightBlue, Color::White];
    prop_oneof![
        proptest::sample::select(named.to_vec()),
        any::<u8>().prop_map(Color::Indexed),
        any::<[u8; 3]>().prop_map(Color::from),
    ]
}

/// Where a row begins, what stands there, and how.
fn row() -> impl Strategy<Value = (u16, String, Style)> {
    let modifier = (0_u16..512).prop_map(Modifier::from_bits_truncate);
    let style = (colour(), colour(), modifier).prop_map(|(fg, bg, add)| Style::new().fg(fg).bg(bg).add_modifier(add));
    (0..SIZE.width, "[a-zü ─✓世😀]{0,9}", prop_oneof![Just(Style::new()), style])
}

proptest! {
    #[test]
    fn a_terminal_shows_what_was_drawn(frames in proptest::collection::vec(proptest::array::uniform3(row()), 1..4)) {
        let mut emulator = Emulator { cells: Buffer::empty(AREA), at: (5, 1), style: Style::reset() };
        emulator.cells.set_string(0, 0, "left over", Style::new());
        let mut screen = Screen::new(SIZE, true);
        let mut shown = Buffer::empty(AREA);
        for frame in frames {
            let mut next = Buffer::empty(AREA);
            for (y, (x, text, style)) in (0..).zip(frame) {
                next.set_string(x, y, text, style);
            }
            screen.draw(shown.diff(&next).into_iter()).unwrap();
            emulator.read(&String::from_utf8(std::mem::take(&mut screen.bytes)).unwrap());
            prop_assert_eq!(&emulator.cells, &next);
            prop_assert_eq!(emulator.style, Style::reset());
            shown = next;
        }
    }
}

#[test]
fn no_cell_steers_the_terminal() {
    let mut screen = Screen::new(SIZE, false);
    for c in '\0'..=char::MAX {
        for symbol in [c.to_string(), format!("a{c}"), format!("{c}\u{301}")] {
            screen.bytes.clear();
            screen.show(&symbol);
            let said = std::str::from_utf8(&screen.bytes).unwrap();
            assert!(!said.is_empty() && !said.contains(is_hidden), "{symbol:?}: {said:?}");
            assert!(is_hidden(c) || said == symbol, "{symbol:?}: {said:?}");
        }
    }
    let mut cell = Cell::default();
    cell.set_symbol("\u{1b}");
    screen.bytes.clear();
    screen.draw([(0, 0, &cell)].into_iter()).unwrap();
    assert_eq!(screen.bytes, "\u{1b}[1H\u{fffd}".as_bytes());
}

#[test]
fn few_bytes() {
    let mut screen = Screen::new(SIZE, false);
    let mut next = Buffer::empty(AREA);
    next.set_string(0, 0, "ab", Style::new().add_modifier(Modifier::BOLD));
    next.set_string(4, 0, "cd", Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
    next.set_string(0, 1, "ef", Style::new().fg(Color::Cyan));
    screen.draw(Buffer::empty(AREA).diff(&next).into_iter()).unwrap();
    screen.hide_cursor().unwrap();
    let said = String::from_utf8(screen.bytes).unwrap();
    assert_eq!(said, "\x1b[1H\x1b[1mab\x1b[2C\x1b[36mcd\x1b[2H\x1b[0;36mef\x1b[m");
}
