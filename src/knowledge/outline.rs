//! The outline of a RON text: which field, which item, which string stands where.
//!
//! serde hands out values without their places. The check of the data finds its faults in values, so it walks this
//! outline beside them to say line and column. It reads any well-formed RON and gives no meaning to it.

use std::ops::Range;

/// Deeper than any file of ours; a text that nests further has no outline.
const DEEPEST: usize = 96;

/// A value and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// From its first to behind its last byte, name of the struct or variant included.
    pub span: Range<usize>,
    /// What it consists of.
    pub shape: Shape,
}

/// What a value consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `(name: value, …)`: name, place of the name, value.
    Fields(Vec<(String, Range<usize>, Node)>),
    /// `[…]`, `(a, b)` and `Variant(a, b)`.
    Items(Vec<Node>),
    /// A string, a number, a bare name.
    Leaf,
}

impl Node {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Fields(fields) => fields.iter().find(|(own, _, _)| own == name).map(|(_, _, node)| node),
            _ => None,
        }
    }

    /// The `n`-th item.
    #[must_use]
    pub fn item(&self, n: usize) -> Option<&Self> {
        match &self.shape {
            Shape::Items(items) => items.get(n),
            _ => None,
        }
    }

    /// The values inside, in order of writing.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        let (fields, items): (&[_], &[_]) = match &self.shape {
            Shape::Fields(fields) => (fields, &[]),
            Shape::Items(items) => (&[], items),
            Shape::Leaf => (&[], &[]),
        };
        fields.iter().map(|(_, _, node)| node).chain(items)
    }

    /// The innermost value that fits and lies, like all values around it, where `within` says.
    #[must_use]
    pub fn innermost(&self, within: &impl Fn(&Range<usize>) -> bool, fits: &impl Fn(&Self) -> bool) -> Option<&Self> {
        if !within(&self.span) {
            return None;
        }
        let inner = self.children().find_map(|child| child.innermost(within, fits));
        inner.or_else(|| fits(self).then_some(self))
    }
}

/// The outline of a text; none where the text is no RON or nests too deep.
#[must_use]
pub fn outline(text: &str) -> Option<Node> {
    let mut reader = Reader { text, at: 0 };
    reader.attributes();
    reader.value(0)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    /// Skips `#![enable(…)]`.
    fn attributes(&mut self) {
        self.blank();
        while self.rest().starts_with("#!") {
            match self.rest().find(")]") {
                Some(end) => self.at += end + 2,
                None => return,
            }
            self.blank();
        }
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            if bare.starts_with("//") {
                self.at += bare.find('\n').unwrap_or(bare.len());
            } else if bare.starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
        }
    }

    /// Skips one block comment; they nest.
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while !self.rest().is_empty() {
            if self.rest().starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += self.peek().map_or(1, char::len_utf8);
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        self.blank();
        let start = self.at;
        let shape = match self.peek()? {
            '"' => self.string()?,
            'r' if self.rest().starts_with("r\"")
                || self.rest().starts_with("r#\"")
                || self.rest().starts_with("r##") =>
            {
                self.raw_string()?
            }
            '[' => self.list(depth)?,
            '(' => self.parenthesis(depth)?,
            _ => {
                let name = self.word()?;
                let end = self.at;
                self.blank();
                if self.peek() == Some('(') {
                    let inner = self.parenthesis(depth)?;
                    match (name, inner) {
                        ("Some", Shape::Items(mut items)) if items.len() == 1 => return items.pop(),
                        (_, inner) => inner,
                    }
                } else {
                    self.at = end;
                    Shape::Leaf
                }
            }
        };
        Some(Node { span: start..self.at, shape })
    }

    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | '#')))
            .unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).filter(|word| !word.is_empty())
    }

    fn string(&mut self) -> Option<Shape> {
        self.at += 1;
        loop {
            let stop = self.rest().find(['"', '\\'])?;
            self.at += stop;
            if self.eat('"') {
                return Some(Shape::Leaf);
            }
            self.at += 1;
            self.at += self.peek()?.len_utf8();
        }
    }

    fn raw_string(&mut self) -> Option<Shape> {
        self.at += 1;
        let mut hashes = 0;
        while self.eat('#') {
            hashes += 1;
        }
        if !self.eat('"') {
            return None;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        self.at += self.rest().find(&close)? + close.len();
        Some(Shape::Leaf)
    }

    fn list(&mut self, depth: usize) -> Option<Shape> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.eat(']') {
                return Some(Shape::Items(items));
            }
            items.push(self.value(depth + 1)?);
            self.blank();
            self.eat(',');
        }
    }

    fn parenthesis(&mut self, depth: usize) -> Option<Shape> {
        self.at += 1;
        let (mut fields, mut items) = (Vec::new(), Vec::new());
        loop {
            self.blank();
            if self.eat(')') {
                return Some(if fields.is_empty() { Shape::Items(items) } else { Shape::Fields(fields) });
            }
            match self.field_name() {
                Some((name, place)) => fields.push((name, place, self.value(depth + 1)?)),
                None => items.push(self.value(depth + 1)?),
            }
            self.blank();
            self.eat(',');
        }
    }

    /// A name with its colon, or nothing eaten at all.
    fn field_name(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        if self.peek()?.is_alphabetic() {
            let name = self.word().map(str::to_owned);
            let place = start..self.at;
            self.blank();
            if let Some(name) = name.filter(|_| self.eat(':')) {
                return Some((name, place));
            }
        }
        self.at = start;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice<'t>(text: &'t str, node: Option<&Node>) -> &'t str {
        node.and_then(|node| text.get(node.span.clone())).unwrap_or("nothing")
    }

    #[test]
    fn finds_fields_items_and_variants() {
        let text = "// head\n#![enable(implicit_some)]\n( id: \"a\", when: All([Is(\"x\", [\"1\", r#\"2\"#])]), n: Some(-3) /* ( */ )";
        let root = outline(text).expect("well-formed");
        assert_eq!(slice(text, root.field("id")), "\"a\"");
        let atom = root.field("when").and_then(|all| all.item(0)).and_then(|list| list.item(0));
        assert_eq!(slice(text, atom), "Is(\"x\", [\"1\", r#\"2\"#])");
        assert_eq!(slice(text, atom.and_then(|is| is.item(1)).and_then(|list| list.item(1))), "r#\"2\"#");
        assert_eq!(slice(text, root.field("n")), "-3");
    }

    #[test]
    fn strings_may_hold_anything() {
        let text = r#"[ "a \" ] )", "ä„“\\", Kind, (1, 2) ]"#;
        let root = outline(text).expect("well-formed");
        assert_eq!(root.children().count(), 4);
        assert_eq!(slice(text, root.item(1)), r#""ä„“\\""#);
    }

    #[test]
    fn no_outline_of_garbage() {
        for text in ["", "(", "\"open", "[1, ", "r#\"open", "/* open", &"[".repeat(100_000), "(a: }", "{}"] {
            assert_eq!(outline(text), None, "{}", text.get(..8).unwrap_or(text));
        }
    }
}
