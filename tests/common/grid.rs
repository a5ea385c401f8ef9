//! What a terminal shows: as much of one as the program needs.

/// Rows of characters.
pub struct Grid {
    rows: Vec<Vec<char>>,
    at: (usize, usize),
    /// Bytes of a sequence or character that has not ended yet.
    rest: Vec<u8>,
}

impl Grid {
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { rows: vec![vec![' '; columns]; rows], at: (0, 0), rest: Vec::new() }
    }

    /// Takes what a program writes; `changed` is called after each character.
    pub fn feed(&mut self, bytes: &[u8], mut changed: impl FnMut(&Self)) {
        self.rest.extend_from_slice(bytes);
        let bytes = std::mem::take(&mut self.rest);
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(fault) => std::str::from_utf8(&bytes[..fault.valid_up_to()]).unwrap(),
        };
        let mut left = text;
        while let Some(c) = left.chars().next() {
            if c == '\x1b' {
                let Some(end) = left.get(2..).and_then(|inside| inside.find(|c: char| c.is_ascii_alphabetic())) else {
                    break;
                };
                self.sequence(&left[2..2 + end], &left[2 + end..=2 + end]);
                left = &left[3 + end..];
            } else {
                self.put(c);
                left = &left[c.len_utf8()..];
                changed(self);
            }
        }
        self.rest = bytes[text.len() - left.len()..].to_vec();
    }

    fn put(&mut self, c: char) {
        match c {
            '\r' => self.at.1 = 0,
            '\n' => self.at.0 += 1,
            c => {
                if let Some(cell) = self.rows.get_mut(self.at.0).and_then(|row| row.get_mut(self.at.1)) {
                    *cell = c;
                }
                self.at.1 += 1;
            }
        }
    }

    fn sequence(&mut self, numbers: &str, last: &str) {
        let numbers: Vec<usize> = numbers.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let number = |n: usize| numbers.get(n).copied().unwrap_or(0).max(1);
        match last {
            "H" => self.at = (number(0) - 1, number(1) - 1),
            "C" => self.at.1 += number(0),
            "J" => self.rows.iter_mut().for_each(|row| row.fill(' ')),
            _ => {}
        }
    }

    /// A row, the last one for example.
    pub fn row(&self, n: usize) -> String {
        self.rows.get(n).map(|row| row.iter().collect()).unwrap_or_default()
    }

    /// All rows.
    pub fn text(&self) -> String {
        (0..self.rows.len()).map(|n| self.row(n).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }
}
