//! A verdict as plain text: no colours, no control characters.

use unicode_width::UnicodeWidthStr;

use super::view::VerdictView;
use crate::domain::finding::Level;

/// Breaks text at spaces into lines of at most `width` columns; a longer word is cut.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(4);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut rest = word.to_owned();
        loop {
            let space = usize::from(!line.is_empty());
            if line.width() + space + rest.width() <= width {
                if space == 1 {
                    line.push(' ');
                }
                line.push_str(&rest);
                break;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                continue;
            }
            let mut head = String::new();
            for c in rest.chars() {
                let mut next = head.clone();
                next.push(c);
                if next.width() > width {
                    break;
                }
                head = next;
            }
            rest = rest.split_off(head.len());
            lines.push(head);
            if rest.is_empty() {
                break;
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The verdict as text of at most 90 columns.
#[must_use]
pub fn text(view: &VerdictView, words: &crate::i18n::Words) -> String {
    let mut out = String::new();
    let mut paragraph = |indent: usize, text: &str| {
        for line in wrap(text, 90 - indent) {
            out.push_str(&" ".repeat(indent));
            out.push_str(&line);
            out.push('\n');
        }
    };
    paragraph(0, &view.headline);
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
        for (label, lines) in &found.parts {
            for line in lines {
                paragraph(4, &format!("{label}: {line}"));
            }
        }
    }
    for (label, lines) in
        [(words.get("ui-left-to-dpo"), &view.left_to_dpo), (words.get("ui-not-checked"), &view.not_checked)]
    {
        if !lines.is_empty() {
            paragraph(0, "");
            paragraph(0, &format!("{label}:"));
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
    use super::wrap;

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
