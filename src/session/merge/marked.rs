//! A file in which git has left two versions with marks between them, as it does where both have changed the same lines.

use std::collections::BTreeMap;

/// Lines that are compared with each other at most; of more the whole is marked.
const MOST: usize = 4_000_000;
/// How the marks begin.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The versions in a marked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The line of the first mark, from 1.
    pub line: usize,
    /// The version in which both began, where git has left it too.
    pub base: Option<String>,
    /// The version above.
    pub ours: String,
    /// The version below.
    pub theirs: String,
}

/// Which mark a line is.
fn mark(line: &str) -> Option<usize> {
    MARKS.iter().position(|mark| {
        line.strip_prefix(mark)
            .is_some_and(|rest| rest.trim_end_matches(['\n', '\r']).is_empty() || rest.starts_with(' '))
    })
}

/// The versions in a text; none: there are no marks in it, or they do not belong together.
#[must_use]
pub fn versions(text: &str) -> Option<Versions> {
    if !text.contains(MARKS[0]) {
        return None;
    }
    let (mut ours, mut base, mut theirs) = (String::new(), String::new(), String::new());
    let (mut first, mut based) = (None, true);
    // Outside of marks, or the last mark that was passed.
    let mut inside = None;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        match (mark(line), inside) {
            (Some(0), None) => {
                first.get_or_insert(n + 1);
                inside = Some(0);
            }
            (Some(1), Some(0)) => inside = Some(1),
            (Some(2), Some(0)) => (based, inside) = (false, Some(2)),
            (Some(2), Some(1)) => inside = Some(2),
            (Some(3), Some(2)) => inside = None,
            (Some(_), _) => return None,
            (None, None) => [&mut ours, &mut base, &mut theirs].into_iter().for_each(|text| text.push_str(line)),
            (None, Some(0)) => ours.push_str(line),
            (None, Some(1)) => base.push_str(line),
            (None, Some(_)) => theirs.push_str(line),
        }
    }
    let line = first.filter(|_| inside.is_none())?;
    Some(Versions { line, base: based.then_some(base), ours, theirs })
}

/// Two versions of a text with marks around what differs, as git writes it. With the version in which both began it stands
/// between them, as git does it with `merge.conflictStyle = diff3`.
#[must_use]
pub fn marked(ours: &str, base: Option<&str>, theirs: &str) -> String {
    let [left, right] = [ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let middle = base.map(|base| base.split_inclusive('\n').collect::<Vec<&str>>());
    let mut pairs: Vec<[usize; 3]> = common(&left, &right).into_iter().map(|(a, b)| [a, 0, b]).collect();
    if let Some(middle) = &middle {
        // Only what all three have in common stands outside of marks.
        let of: BTreeMap<usize, usize> = common(&left, middle).into_iter().collect();
        pairs = pairs.into_iter().filter_map(|[a, _, b]| Some([a, *of.get(&a)?, b])).collect();
    }
    let ends = [left.len(), middle.as_ref().map_or(0, Vec::len), right.len()];
    let mut out = String::new();
    let [mut i, mut m, mut j] = [0, 0, 0];
    for [a, c, b] in pairs.into_iter().chain([ends]) {
        let between = middle.as_ref().map(|middle| middle.get(m..c).unwrap_or_default());
        if i < a || j < b || between.is_some_and(|between| !between.is_empty()) {
            side(&mut out, "<<<<<<< ours", left.get(i..a).unwrap_or_default());
            if let Some(between) = between {
                side(&mut out, "||||||| base", between);
            }
            side(&mut out, "=======", right.get(j..b).unwrap_or_default());
            out.push_str(">>>>>>> theirs\n");
        }
        out.push_str(left.get(a).copied().unwrap_or_default());
        [i, m, j] = [a + 1, c + 1, b + 1];
    }
    out
}

fn side(out: &mut String, mark: &str, lines: &[&str]) {
    out.push_str(mark);
    out.push('\n');
    for line in lines {
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push('\n');
        }
    }
}

/// Places of the lines that both have in common, as many as can be.
fn common(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
    let begin = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let room = left.len().min(right.len()) - begin;
    let end = left.iter().rev().zip(right.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let (inner, other) = (&left[begin..left.len() - end], &right[begin..right.len() - end]);
    let mut pairs: Vec<(usize, usize)> = (0..begin).map(|n| (n, n)).collect();
    let width = other.len() + 1;
    if (inner.len() + 1).saturating_mul(width) <= MOST {
        // How long the rest of both can be made to agree, from each pair of places on.
        let mut longest = vec![0_u32; (inner.len() + 1) * width];
        for i in (0..inner.len()).rev() {
            for j in (0..other.len()).rev() {
                longest[i * width + j] = if inner[i] == other[j] {
                    longest[(i + 1) * width + j + 1] + 1
                } else {
                    longest[(i + 1) * width + j].max(longest[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < inner.len() && j < other.len() {
            if inner[i] == other[j] {
                pairs.push((begin + i, begin + j));
                (i, j) = (i + 1, j + 1);
            } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    pairs.extend((0..end).map(|n| (left.len() - end + n, right.len() - end + n)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_told_apart_again() {
        let cases = [("a\nb\nc\n", "a\nx\nc\n"), ("", "a\n"), ("a\n", ""), ("a\nb\n", "b\nc\n"), ("x\n", "y\n")];
        for (ours, theirs) in cases {
            let text = marked(ours, None, theirs);
            let found = versions(&text).unwrap();
            assert_eq!((found.ours.as_str(), found.theirs.as_str(), found.base), (ours, theirs, None), "{text}");
        }
        assert_eq!(marked("a\nb\n", None, "a\nb\n"), "a\nb\n");
        assert_eq!(marked("a\nb\nc\n", None, "a\nx\nc\n"), "a\n<<<<<<< ours\nb\n=======\nx\n>>>>>>> theirs\nc\n");
    }

    #[test]
    fn three_versions_are_told_apart_again() {
        let cases = [
            ("a\nb\nc\n", "a\nz\nc\n", "a\nx\nc\n"),
            ("", "b\n", "a\n"),
            ("a\n", "", ""),
            ("a\nb\n", "a\n", "b\nc\n"),
            ("a\nc\n", "a\nb\nc\n", "a\nc\n"),
            ("a\nb\n", "c\n", "a\nb\n"),
        ];
        for (ours, base, theirs) in cases {
            let text = marked(ours, Some(base), theirs);
            let found = versions(&text).unwrap();
            let all = (found.ours.as_str(), found.base.as_deref(), found.theirs.as_str());
            assert_eq!(all, (ours, Some(base), theirs), "{text}");
        }
        assert_eq!(marked("a\n", Some("a\n"), "a\n"), "a\n");
    }

    #[test]
    fn the_base_is_found_and_what_does_not_belong_together_is_not() {
        let text = "0\n<<<<<<< HEAD\na\n||||||| 1234\nb\n=======\nc\n>>>>>>> other\n1\n";
        let found = versions(text).unwrap();
        assert_eq!((found.line, found.base.as_deref()), (2, Some("0\nb\n1\n")));
        assert_eq!((found.ours.as_str(), found.theirs.as_str()), ("0\na\n1\n", "0\nc\n1\n"));
        for other in ["a\n", "<<<<<<< a\nb\n", "<<<<<<< a\n>>>>>>> b\n", "=======\n", "<<<<<<<x\n=======\n>>>>>>>y\n"] {
            assert_eq!(versions(other), None, "{other}");
        }
    }

    #[test]
    fn very_long_texts_are_marked_as_a_whole() {
        let long = |c: char| format!("a\n{}", format!("{c}\n").repeat(3000));
        let text = marked(&long('x'), None, &long('y'));
        assert_eq!(text.matches("<<<<<<<").count(), 1);
        assert_eq!(versions(&text).unwrap().ours, long('x'));
    }
}
