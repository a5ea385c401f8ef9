//! Lists of two copies made one: what both have in the order of ours, then what only one has, sorted, so that it does not
//! matter who merges. An item that a side has taken away since they parted is gone.

use std::cmp::Ordering;

/// Both lists in one.
pub fn united<T: PartialEq + Clone>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let count = |all: &[T], item: &T| all.iter().filter(|one| *one == item).count();
    let mut left = theirs.to_vec();
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for item in ours {
        if let Some(at) = left.iter().position(|one| one == item) {
            left.remove(at);
            both.push(item.clone());
        } else if count(base, item) <= count(theirs, item) {
            added.push(item.clone());
        }
    }
    added.extend(left.into_iter().filter(|item| count(base, item) <= count(ours, item)));
    added.sort_by(order);
    both.append(&mut added);
    both
}

#[cfg(test)]
mod tests {
    use super::united;

    #[test]
    fn what_was_added_comes_and_what_was_taken_away_goes() {
        let unite = |base: &str, ours: &str, theirs: &str| {
            let [base, ours, theirs] = [base, ours, theirs].map(|text| text.chars().collect::<Vec<char>>());
            united(&base, &ours, &theirs, char::cmp).into_iter().collect::<String>()
        };
        for (base, ours, theirs, out) in [
            ("", "ab", "ac", "abc"),
            ("abc", "bc", "abcd", "bcd"),
            ("a", "aa", "a", "aa"),
            ("aa", "a", "aab", "ab"),
            ("", "ba", "", "ab"),
            ("ab", "", "ab", ""),
        ] {
            assert_eq!(unite(base, ours, theirs), out, "{base} {ours} {theirs}");
            let mut other: Vec<char> = unite(base, theirs, ours).chars().collect();
            other.sort_unstable();
            let mut out: Vec<char> = out.chars().collect();
            out.sort_unstable();
            assert_eq!(other, out);
        }
    }
}
