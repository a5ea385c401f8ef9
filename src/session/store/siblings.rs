//! Sessions that took answers from each other: each names in its history whom it took them from.

use std::collections::BTreeSet;

use super::{Copy, FILE, Store};
use crate::session::register::{PART, on_all_cores};

/// How an entry of the history names the session that an answer comes from. Inside a text its quotes would be escaped.
const FROM: &str = "from: \"";

impl Store {
    /// The ids of all sessions that belong together with one: those it names (`from`), those that name it, and so on.
    #[must_use]
    pub fn taken_from(&self, id: &str, from: BTreeSet<String>) -> BTreeSet<String> {
        let mut names: Vec<String> = self.entries().map(|entry| super::names::name(&entry.path())).collect();
        names.retain(|name| Copy::of_folder(name.as_ref()).is_none());
        let pairs = on_all_cores(&mut names, PART, |some| {
            let pair = |name: &String| {
                let text = self.text(&self.root.join(name).join(FILE)).filter(|text| text.contains(FROM))?;
                Some((name.clone(), named(&text).map(str::to_owned).collect::<BTreeSet<String>>()))
            };
            some.iter().filter_map(pair).collect::<Vec<_>>()
        });
        let mut pairs: Vec<(String, BTreeSet<String>)> = pairs.into_iter().flatten().collect();
        pairs.push((id.to_owned(), from));
        let mut found = BTreeSet::from([id.to_owned()]);
        loop {
            let before = found.len();
            for (name, from) in &pairs {
                if found.contains(name) {
                    found.extend(from.iter().cloned());
                } else if !from.is_disjoint(&found) {
                    found.insert(name.clone());
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }
}

/// The ids that a file names.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split(FROM).skip(1).filter_map(|rest| rest.split_once('"').map(|(id, _)| id)).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_team_is_found_from_each_of_its_sessions() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        let put = |name: &str, history: &str| {
            let folder = store.root.join(name);
            std::fs::create_dir_all(&folder).unwrap();
            let text = format!("(format: 1, vendor: \"zoom\", answers: {{}}, history: [{history}])");
            std::fs::File::create(folder.join(FILE)).unwrap().write_all(text.as_bytes()).unwrap();
        };
        put("a", "");
        put("b", "(n: 1, from: \"a\")");
        put("c", "(n: 1, from: \"b\")");
        put("d", "(n: 1, reason: \"from: \\\"a\\\"\")");
        put("b.conflict-1", "(n: 1, from: \"d\")");
        let team = BTreeSet::from(["a", "b", "c"].map(str::to_owned));
        let own = |id: &str| match id {
            "b" => BTreeSet::from(["a".to_owned()]),
            "c" => BTreeSet::from(["b".to_owned()]),
            _ => BTreeSet::new(),
        };
        for id in ["a", "b", "c"] {
            assert_eq!(store.taken_from(id, own(id)), team, "{id}");
        }
        assert_eq!(store.taken_from("d", BTreeSet::new()).len(), 1);
    }
}
