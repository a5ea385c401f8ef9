//! From cells to bytes: a frame is gathered, said in as few bytes as possible, and written at once.

use std::io::{Error, Write, stdout};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::sanitise::is_hidden;

/// What the terminal's pen writes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// Numbers that switch a modifier on.
const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// The screen of the terminal on standard output.
#[derive(Debug)]
pub struct Screen {
    bytes: Vec<u8>,
    size: Size,
    pen: Pen,
    /// Where the terminal writes next, if that is known.
    at: Option<Position>,
    cursor: bool,
}

impl Screen {
    /// A screen of a size, with the cursor hidden and nothing on it. What was there is wiped with the first frame if
    /// `dirty`.
    #[must_use]
    pub fn new(size: Size, dirty: bool) -> Self {
        let bytes = if dirty { b"\x1b[m\x1b[2J".to_vec() } else { Vec::new() };
        Self { bytes, size, pen: Pen::PLAIN, at: None, cursor: false }
    }

    fn say(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// What stands in a cell. Everything foreign was made harmless long before; this is the last line of defence.
    fn show(&mut self, symbol: &str) {
        let plain = |byte: &u8| matches!(byte, b' '..=b'~');
        if symbol.as_bytes().iter().all(plain) || !symbol.contains(is_hidden) {
            return self.say(symbol);
        }
        let before = self.bytes.len();
        for c in symbol.chars().filter(|c| !is_hidden(*c)) {
            self.say(c.encode_utf8(&mut [0; 4]));
        }
        if self.bytes.len() == before {
            self.say("\u{fffd}");
        }
    }

    fn number(&mut self, number: u16) {
        // Writing to memory cannot fail.
        let _ = write!(self.bytes, "{number}");
    }

    fn go(&mut self, to: Position) {
        match self.at {
            Some(at) if at == to => {}
            Some(at) if at.y == to.y && at.x < to.x => {
                self.say("\x1b[");
                if to.x - at.x > 1 {
                    self.number(to.x - at.x);
                }
                self.say("C");
            }
            _ => {
                self.say("\x1b[");
                self.number(to.y + 1);
                if to.x > 0 {
                    self.say(";");
                    self.number(to.x + 1);
                }
                self.say("H");
            }
        }
        self.at = Some(to);
    }

    fn take(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        self.say("\x1b[");
        if pen != Pen::PLAIN {
            let mut old = self.pen;
            let mut parts = 0;
            if !pen.modifier.contains(old.modifier) {
                self.part("0", &mut parts);
                old = Pen::PLAIN;
            }
            for (modifier, number) in MODIFIERS {
                if pen.modifier.difference(old.modifier).contains(modifier) {
                    self.part(number, &mut parts);
                }
            }
            if pen.fg != old.fg {
                self.colour(pen.fg, Ground::Front, &mut parts);
            }
            if pen.bg != old.bg {
                self.colour(pen.bg, Ground::Back, &mut parts);
            }
        }
        self.say("m");
        self.pen = pen;
    }

    fn part(&mut self, text: &str, parts: &mut usize) {
        if *parts > 0 {
            self.say(";");
        }
        *parts += 1;
        self.say(text);
    }

    fn colour(&mut self, colour: Color, ground: Ground, parts: &mut usize) {
        let base = ground as u16;
        self.part("", parts);
        match colour {
            Color::Reset => self.number(base + 9),
            Color::Rgb(red, green, blue) => {
                self.number(base + 8);
                for value in [2, red, green, blue] {
                    self.say(";");
                    self.number(value.into());
                }
            }
            Color::Indexed(index) => {
                self.number(base + 8);
                self.say(";5;");
                self.number(index.into());
            }
            named => self.number(base + named_number(named)),
        }
    }
}

/// Numbers of the default colours of letters and of what lies behind them, less nine.
#[derive(Clone, Copy)]
enum Ground {
    Front = 30,
    Back = 40,
}

/// One of the terminal's own sixteen colours, counted from black.
const fn named_number(colour: Color) -> u16 {
    match colour {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Black | Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 0,
    }
}

impl Backend for Screen {
    type Error = Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(Position { x, y });
            self.take(Pen::of(cell));
            let symbol = cell.symbol();
            self.show(symbol);
            // After a wide character and after the last column terminals stand in different places.
            let sure = x + 1 < self.size.width && (symbol.len() == 1 || symbol.width() == 1);
            self.at = sure.then_some(Position { x: x + 1, y });
        }
        self.take(Pen::PLAIN);
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.cursor) {
            self.say("\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Error> {
        if !std::mem::replace(&mut self.cursor, true) {
            self.say("\x1b[?25h");
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Error> {
        // Never asked of the terminal: one that does not answer must not stop the program.
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Error> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Error> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Error> {
        self.take(Pen::PLAIN);
        self.say(match region {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> Result<Size, Error> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Error> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> Result<(), Error> {
        let mut out = stdout().lock();
        out.write_all(&self.bytes)?;
        self.bytes.clear();
        out.flush()
    }
}

#[cfg(test)]
mod tests;
