//! Lists of two copies made one: what both have in the order of ours, then what only one has, sorted, so that it does not
//! matter who merges; a side that has all of it already keeps its order. An item that a side has taken away since they parted is gone.

use std::cmp::Ordering;

/// Both lists in one. `order` tells items apart; a list may be very long.
pub fn united<T: Clone>(base: &[T], ours: &[T], theirs: &[T], order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let [base, mine, other] = [base, ours, theirs].map(|all| counted(all, &order));
    let count = |all: &[(T, usize)], item: &T| place(all, item, &order).map_or(0, |at| all[at].1);
    let mut left = other.clone();
    let mut take = |item: &T| match place(&left, item, &order).map(|at| &mut left[at].1) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for item in ours {
        if take(item) {
            both.push(item.clone());
        } else if count(&base, item) <= count(&other, item) {
            added.push(item.clone());
        }
    }
    let more = theirs.iter().filter(|item| take(item) && count(&base, item) <= count(&mine, item));
    added.extend(more.cloned());
    added.sort_by(&order);
    both.append(&mut added);
    // Who has all of it already has it in an order of their own.
    let all = counted(&both, &order);
    let has = |side: &[(T, usize)]| {
        let same = |((one, n), (other, m)): (&(T, usize), &(T, usize))| n == m && order(one, other) == Ordering::Equal;
        side.len() == all.len() && side.iter().zip(&all).all(same)
    };
    match (has(&mine), has(&other)) {
        (true, _) => ours.to_vec(),
        (false, true) => theirs.to_vec(),
        (false, false) => both,
    }
}

/// Each item once, sorted, with how often it is there.
fn counted<T: Clone>(all: &[T], order: impl Fn(&T, &T) -> Ordering) -> Vec<(T, usize)> {
    let mut sorted = all.to_vec();
    sorted.sort_by(&order);
    let mut counts: Vec<(T, usize)> = Vec::new();
    for item in sorted {
        match counts.last_mut() {
            Some((last, count)) if order(last, &item) == Ordering::Equal => *count += 1,
            _ => counts.push((item, 1)),
        }
    }
    counts
}

fn place<T>(all: &[(T, usize)], item: &T, order: impl Fn(&T, &T) -> Ordering) -> Option<usize> {
    all.binary_search_by(|(one, _)| order(one, item)).ok()
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
            ("", "ba", "", "ba"),
            ("", "ba", "a", "ba"),
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
