//! The quick way through the outer levels of a file: what this program writes is cut at its commas without reading what
//! stands between them.
//!
//! The library looks at every character of a value to find its end, and again on each level below. Here only quotes and
//! brackets count. Whatever looks unusual (comments, raw texts, characters, names of structs, faults) is left to the
//! library, which then says what is wrong; so the quick way takes less than the library does, and never anything else.
//! Nothing says that a value is one: who keeps it without reading it has to ask the library.

/// Deeper values are left to the library, which knows when it is too deep.
const DEEPEST: usize = 32;

/// A name and a value as they stand.
pub type Named<'a> = (&'a str, &'a str);

/// The fields of a record: names and values as they stand.
pub fn fields(text: &str) -> Option<Vec<Named<'_>>> {
    Scan { text, at: 0 }.all(b'(', b')', Scan::name)
}

/// The entries of a map: keys and values as they stand.
pub fn entries(text: &str) -> Option<Vec<Named<'_>>> {
    Scan { text, at: 0 }.all(b'{', b'}', Scan::key)
}

/// The items of a list as they stand.
pub fn items(text: &str) -> Option<Vec<&str>> {
    let mut scan = Scan { text, at: 0 };
    let mut found = Vec::new();
    scan.list(b'[', b']', |scan| {
        found.push(scan.value()?);
        Some(())
    })?;
    Some(found)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn all(&mut self, open: u8, close: u8, name: fn(&mut Self) -> Option<&'a str>) -> Option<Vec<Named<'a>>> {
        let mut found = Vec::new();
        self.list(open, close, |scan| {
            let name = name(scan)?;
            scan.blank();
            scan.take(b':')?;
            scan.blank();
            found.push((name, scan.value()?));
            Some(())
        })?;
        Some(found)
    }

    /// What stands between two brackets, and nothing may follow upon it.
    fn list(&mut self, open: u8, close: u8, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.blank();
        self.take(open)?;
        loop {
            self.blank();
            if self.take(close).is_some() {
                break;
            }
            each(self)?;
            if self.take(b',').is_none() {
                self.take(close)?;
                break;
            }
        }
        self.blank();
        (self.at == self.text.len()).then_some(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    fn name(&mut self) -> Option<&'a str> {
        let start = self.at;
        while self.peek().is_some_and(is_word) {
            self.at += 1;
        }
        let name = self.text.get(start..self.at)?;
        name.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic()).then_some(name)
    }

    fn key(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        self.string()?;
        let key = self.text.get(start..self.at - 1)?;
        (!key.contains('\\')).then_some(key)
    }

    /// Goes behind the quotes that end a text.
    fn string(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        loop {
            let rest = bytes.get(self.at..)?;
            let here = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            let escape = rest.get(here) == Some(&b'\\');
            self.at += here + 1 + usize::from(escape);
            if !escape {
                return Some(());
            }
        }
    }

    /// A value up to the comma or bracket after it.
    fn value(&mut self) -> Option<&'a str> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut open = [0; DEEPEST];
        let mut depth = 0;
        loop {
            self.at += bytes.get(self.at..)?.iter().position(|byte| !PLAIN[usize::from(*byte)])?;
            let byte = self.peek()?;
            match byte {
                b'"' if self.may_begin(start) => {
                    self.at += 1;
                    self.string()?;
                    continue;
                }
                b'(' | b'[' | b'{' => {
                    *open.get_mut(depth)? = closing(byte);
                    depth += 1;
                }
                b',' | b')' | b']' | b'}' if depth == 0 => break,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if open[depth] != byte {
                        return None;
                    }
                }
                b',' => {}
                _ => return None,
            }
            self.at += 1;
        }
        let value = self.text.get(start..self.at)?.trim_end_matches([' ', '\t', '\n', '\r']);
        (!value.is_empty()).then_some(value)
    }

    /// Whether a text may stand here: none follows upon a word (a raw one does) or upon another value.
    fn may_begin(&self, start: usize) -> bool {
        let before = self.text.as_bytes().get(start..self.at).unwrap_or_default();
        let last = before.iter().rev().find(|byte| !is_blank(**byte));
        last.is_none_or(|last| matches!(last, b'(' | b'[' | b'{' | b',' | b':'))
    }
}

/// Bytes between which nothing ends: words, numbers, blanks, colons.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = is_word(byte) || is_blank(byte) || matches!(byte, b'-' | b'+' | b'.' | b':');
        byte += 1;
    }
    plain
};

const fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

const fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::super::fields::{Entries, Fields};
    use super::*;

    /// What the library says.
    fn slow(text: &str) -> Option<Vec<(String, String)>> {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let fields: Option<Fields<'_>> = if text.trim_start().starts_with('{') {
            options.from_str::<Entries<'_>>(text).ok().map(|entries| entries.0)
        } else {
            options.from_str(text).ok()
        };
        Some(fields?.bare().into_iter().map(|(name, value)| (name, value.to_owned())).collect())
    }

    fn quick(text: &str) -> Option<Vec<(String, String)>> {
        let found = if text.trim_start().starts_with('{') { entries(text) } else { fields(text) };
        Some(found?.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn ordinary_files_are_cut_as_the_library_cuts_them() {
        for text in [
            "()",
            "{ }",
            "( a : 1 , )",
            "(a: \"x, ) \\\" \\\\\", b: [1, (2, \"]\")], c: Some({\"k\": 'x'}), d: -1.5,\n)",
            "(a: \"x, ) \\\" \\\\\", b: [1, (2, \"]\")], c: Some({\"k\": \"ü漢\"}), d: -1.5,\n)",
            "{\"a b\": (value: Choice(\"yes\")),\n\t\"ü\": [],}",
            "(vendor: \"zoom\", answers: {\"a\": (value: Unknown)}) \n",
        ] {
            let cut = quick(text);
            assert!(cut.is_none() || cut == slow(text), "{text}: {cut:?}");
            assert_eq!(cut.is_some(), !text.contains('\''), "{text}");
        }
    }

    #[test]
    fn what_looks_unusual_is_left_to_the_library() {
        for text in [
            "",
            "(",
            "(a)",
            "(a: 1",
            "(a: )",
            "(a: 1,, b: 2)",
            "(a: (1])",
            "(a: 1) x",
            "(a: 1 /* c */)",
            "(a: 1, // c\n b: 2)",
            "(a: r\"x\")",
            "(a: r#\"x\"#)",
            "(a: b\"x\")",
            "(a: \"x\" \"y\")",
            "(a: 'x')",
            "(r#a: 1)",
            "(1: 1)",
            "(ü: 1)",
            "(a: ü)",
            "Name(a: 1)",
            "{\"a\\n\": 1}",
            "{a: 1}",
            "{\"a\": 1)",
            "(a: \"x)",
            "(a: \"x\\",
            "\u{feff}(a: 1)",
        ] {
            assert_eq!(quick(text), None, "{text}");
        }
        let deep = |n: usize| format!("(a: {}1{})", "[".repeat(n), "]".repeat(n));
        assert!(quick(&deep(DEEPEST)).is_some() && quick(&deep(DEEPEST + 1)).is_none());
    }

    #[test]
    fn what_is_cut_is_what_the_library_cuts() {
        use proptest::prelude::*;
        let piece = prop::sample::select(vec![
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "\\",
            " ",
            "\n",
            "a",
            "b: ",
            "\"k\": ",
            "1",
            "-",
            ".",
            "Some(",
            "Choice(\"x\")",
            "\"t\"",
            "/",
            "*",
            "//",
            "'",
            "r",
            "#",
            "ü",
            "_",
            "true",
            "(a: 1)",
            "[1, 2]",
            "()",
        ]);
        let inner = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
        let text = (inner, any::<bool>(), any::<bool>()).prop_map(|(inner, map, named)| match (map, named) {
            (true, true) => format!("{{\"k\": {inner}}}"),
            (true, false) => format!("{{{inner}}}"),
            (false, true) => format!("(a: {inner})"),
            (false, false) => format!("({inner})"),
        });
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(20_000));
        let outcome = runner.run(&text, |text| {
            // Where the library finds fault with a value, reading it will.
            if let (Some(quick), Some(slow)) = (quick(&text), slow(&text)) {
                prop_assert_eq!(quick, slow);
            }
            Ok(())
        });
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}
