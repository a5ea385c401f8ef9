//! A verdict as plain text: no colours, no control characters.

use unicode_width::UnicodeWidthChar;

use super::view::{Viewed, proof_lines};
use crate::domain::finding::Level;

/// Breaks text at spaces into lines of at most `width` columns; a longer word is cut.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_hanging(text, width, width)
}

/// The same with a first line of another width, for text behind a label. Every character is looked at once, however long
/// a word is.
#[must_use]
pub fn wrap_hanging(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let (first, rest) = (first.max(4), rest.max(4));
    for word in text.split_whitespace() {
        let mut word = word;
        loop {
            let width = if lines.is_empty() { first } else { rest };
            let room = width.saturating_sub(used + usize::from(!line.is_empty()));
            let (head, columns) = fitting(word, room);
            if head.len() < word.len() && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
                continue;
            }
            if !line.is_empty() {
                line.push(' ');
                used += 1;
            }
            line.push_str(head);
            used += columns;
            word = word.get(head.len()..).unwrap_or_default();
            if word.is_empty() {
                break;
            }
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The longest beginning of a text that takes at most `room` columns, and how many it takes. Nothing behind it is looked
/// at. Marks without a width stay with the character before them.
#[must_use]
pub fn fitting(text: &str, room: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        let width = c.width().unwrap_or(0);
        if used + width > room {
            return (text.get(..at).unwrap_or_default(), used);
        }
        used += width;
    }
    (text, used)
}

/// The verdict as text of at most 90 columns.
#[must_use]
pub fn text(viewed: &Viewed<'_>, words: &crate::i18n::Words) -> String {
    let view = viewed.view();
    let mut out = String::new();
    let mut paragraph = |indent: usize, text: &str| {
        for line in wrap(text, 90 - indent) {
            out.push_str(&" ".repeat(indent));
            out.push_str(&line);
            out.push('\n');
        }
    };
    viewed.heading().iter().for_each(|line| paragraph(0, line));
    paragraph(0, "");
    paragraph(0, &view.headline);
    view.departed.iter().for_each(|line| paragraph(0, line));
    view.sealed.iter().for_each(|(line, _)| paragraph(0, line));
    if !view.sub.is_empty() {
        paragraph(0, &view.sub);
    }
    for line in &view.first {
        paragraph(2, &format!("- {line}"));
    }
    for found in &view.findings {
        let (sign, level) = match found.level {
            Level::Red => ("✗", words.get("ui-level-red")),
            Level::Yellow => ("!", words.get("ui-level-yellow")),
            Level::Advice => ("•", words.get("ui-level-advice")),
            Level::Good => ("✓", words.get("ui-level-good")),
        };
        paragraph(0, "");
        paragraph(0, &format!("{sign} {level}: {} [{}]", found.title, found.tag));
        for (label, line) in [
            (words.get("ui-departure"), found.departure.as_ref()),
            (words.get("ui-condition"), found.condition.as_ref().map(|(text, _)| text)),
        ] {
            if let Some(line) = line {
                paragraph(4, &format!("{label}: {line}"));
            }
        }
        for (label, lines) in &found.parts {
            for line in lines {
                paragraph(4, &format!("{label}: {line}"));
            }
        }
        paragraph(4, &format!("{}:", words.get("ui-proof")));
        for line in proof_lines(&viewed.proof_tree(&found.id)) {
            let deep = line.len() - line.trim_start().len();
            paragraph(6 + deep, line.trim_start());
        }
    }
    for (label, lines) in [
        (words.get("ui-from-catalogue"), &view.from_catalogue),
        (words.get("ui-left-to-dpo"), &view.left_to_dpo),
        (words.get("ui-not-checked"), &view.not_checked),
        (words.get("ui-foreign"), &view.not_understood),
        (words.get("ui-changed-questions"), &viewed.changed()),
    ] {
        if !lines.is_empty() {
            paragraph(0, "");
            paragraph(0, &format!("{}:", label.trim_end_matches(':')));
            for line in lines {
                paragraph(2, &format!("- {line}"));
            }
        }
    }
    paragraph(0, "");
    view.scope.iter().for_each(|line| paragraph(0, line));
    out
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::wrap;

    /// A megabyte took minutes when every line looked at all that followed it.
    #[test]
    fn a_word_without_end_is_cut_at_once() {
        for letter in ["x", "漢", "\u{301}"] {
            let word = letter.repeat(1_000_000 / letter.len());
            let begin = Instant::now();
            let lines = wrap(&word, 40);
            assert!(begin.elapsed() < Duration::from_secs(2), "{letter:?} took {:?}", begin.elapsed());
            assert_eq!(lines.concat(), word);
        }
    }

    #[test]
    fn lines_never_exceed_the_width() {
        let text = "Das Datenschutzfolgenabschätzungsverfahren ist nötig, 漢字も";
        for width in 4..40 {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|line| unicode_width::UnicodeWidthStr::width(line.as_str()) <= width.max(4)));
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(wrap("", 10), vec![String::new()]);
    }
}
