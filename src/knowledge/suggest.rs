//! "Did you mean …?"

/// What to offer for a word that is none of the known ones.
#[must_use]
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    // Enough for every honest file; a hostile one must not keep the program busy.
    let known: Vec<&str> = known.into_iter().take(500).collect();
    if let Some(near) = nearest(word, &known) {
        return Some(format!("did you mean `{near}`?"));
    }
    if known.is_empty() || known.len() > 8 {
        return None;
    }
    let list: Vec<String> = known.iter().map(|one| format!("`{one}`")).collect();
    Some(format!("possible here: {}", list.join(", ")))
}

/// The known word that is closest: one typing error for every three letters. Among two or three words the same first
/// letter is enough (`nien` for `no` where only `yes` and `no` exist).
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word: String = word.chars().take(64).collect::<String>().to_lowercase();
    let length = word.chars().count();
    let close = known.iter().copied().filter_map(|other| {
        let allowed = length.max(other.chars().count()).div_ceil(3);
        if length.abs_diff(other.chars().count()) > allowed {
            return None;
        }
        let distance = strsim::osa_distance(&word, &other.to_lowercase());
        (distance <= allowed).then_some((distance, other))
    });
    if let Some((_, best)) = close.min_by_key(|(distance, _)| *distance) {
        return Some(best);
    }
    let mut same_letter = known.iter().copied().filter(|other| other.chars().next() == word.chars().next());
    match (known.len(), same_letter.next(), same_letter.next()) {
        (2..=3, Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn table() {
        let table: [(&str, &[&str], Option<&str>); 7] = [
            ("nien", &["yes", "no"], Some("did you mean `no`?")),
            ("dpa_singed", &["dpa_signed", "dpa_offered"], Some("did you mean `dpa_signed`?")),
            ("DPA_signed", &["dpa_signed", "dpa_offered"], Some("did you mean `dpa_signed`?")),
            ("wild", &["yes", "no"], Some("possible here: `yes`, `no`")),
            ("ron", &["gdpr-28-3"], Some("possible here: `gdpr-28-3`")),
            ("x", &[], None),
            ("wild", &["a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1"], None),
        ];
        for (word, known, hint) in table {
            assert_eq!(suggest(word, known.iter().copied()).as_deref(), hint, "{word}");
        }
    }
}
