//! The store as a state machine: whatever two writers, a crash, damage and reopening do in whatever order, what was saved is
//! where it was said to be, and what is damaged is found out and replaced by the state before it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use super::{Saved, Store, Written};
use crate::domain::answer::{Mode, Value};
use crate::session::Answer;

/// What can happen; the number says to which writer.
#[derive(Clone, Debug)]
enum Step {
    /// A question is answered, and nothing saved.
    Answer(usize, u8),
    Save(usize),
    /// A save was cut off: its temporary file is left.
    Crash(usize),
    /// The file is cut off, or a bit of it flips.
    Corrupt(usize, bool, prop::sample::Index),
    /// The file is opened again; a damaged one goes on with the state before.
    Reopen(usize),
    Tidy,
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..2_usize;
    prop_oneof![
        4 => (who.clone(), any::<u8>()).prop_map(|(who, value)| Step::Answer(who, value)),
        5 => who.clone().prop_map(Step::Save),
        1 => who.clone().prop_map(Step::Crash),
        1 => (who.clone(), any::<bool>(), any::<prop::sample::Index>())
            .prop_map(|(who, cut, at)| Step::Corrupt(who, cut, at)),
        3 => who.prop_map(Step::Reopen),
        1 => Just(Step::Tidy),
    ]
}

/// What should lie in one file.
#[derive(Debug, Default)]
struct Expected {
    /// Notes as they were saved; the last one lies in the file.
    saved: Vec<String>,
    damaged: bool,
    /// Contents of the damaged files that were put aside.
    aside: Vec<Vec<u8>>,
}

struct World {
    store: Store,
    writers: [Saved; 2],
    files: BTreeMap<PathBuf, Expected>,
    crashes: u32,
}

fn note(saved: &Saved) -> String {
    saved.session.answers.get("dpa_signed").map(|answer| answer.note.clone()).unwrap_or_default()
}

impl World {
    fn new(folder: &std::path::Path) -> Self {
        let store = Store::new(folder);
        let day = "2026-11-23".parse().unwrap();
        let mut first = store.create(Mode::Interview, "zoom".try_into().unwrap(), day, 1_700_000_000_000);
        store.save(&mut first).unwrap();
        let second = store.load(first.session.id.as_str()).unwrap();
        let files = [(first.path.clone(), Expected { saved: vec![String::new()], ..Expected::default() })];
        Self { store, writers: [first, second], files: files.into(), crashes: 0 }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Answer(who, value) => {
                let mut answer = Answer::new(Value::Choice("yes".try_into().unwrap()));
                answer.note = format!("{who}: {value}");
                self.writers[*who].session.answers.insert("dpa_signed".try_into().unwrap(), answer);
            }
            Step::Save(who) => self.save(*who),
            Step::Crash(who) => {
                self.crashes += 1;
                let name = format!(".session-0-{}-abc", self.crashes);
                let file = File::create(self.writers[*who].path.with_file_name(name)).unwrap();
                file.set_modified(std::time::UNIX_EPOCH).unwrap();
            }
            Step::Corrupt(who, cut, at) => self.corrupt(*who, *cut, *at),
            Step::Reopen(who) => self.reopen(*who),
            Step::Tidy => {
                self.store.tidy(None);
                for path in self.files.keys() {
                    let names = fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
                    assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with(".session-")));
                }
            }
        }
    }

    fn save(&mut self, who: usize) {
        let writer = &mut self.writers[who];
        let path = writer.path.clone();
        let now = note(writer);
        let known = writer.loaded.clone();
        let on_disk = fs::read(&path).ok();
        match self.store.save(writer).unwrap() {
            Written::Plainly => {
                let expected = self.files.get_mut(&path).unwrap();
                assert_eq!(writer.path, path);
                // Nobody else's words were there, or the very same ones.
                assert!(on_disk == known || on_disk == writer.loaded, "overwritten");
                if expected.saved.last() != Some(&now) {
                    expected.saved.push(now);
                }
                expected.damaged = false;
            }
            Written::Beside => {
                assert_ne!(on_disk, known, "there was no need");
                assert_eq!(fs::read(&path).ok(), on_disk, "what somebody else wrote stays");
                let fresh = Expected { saved: vec![now], ..Expected::default() };
                assert!(self.files.insert(writer.path.clone(), fresh).is_none(), "a copy is new");
            }
            Written::Again => panic!("nobody removes files here"),
        }
    }

    fn corrupt(&mut self, who: usize, cut: bool, at: prop::sample::Index) {
        let path = &self.writers[who].path;
        let mut bytes = fs::read(path).unwrap();
        if bytes.is_empty() {
            return;
        }
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 4;
        }
        File::create(path).unwrap().write_all(&bytes).unwrap();
        // Flipping the same bit twice makes it whole again.
        let whole = self.store.load(path.to_str().unwrap()).is_ok();
        let expected = self.files.get_mut(path).unwrap();
        assert!(!whole || expected.damaged, "not found out");
        expected.damaged = !whole;
    }

    fn reopen(&mut self, who: usize) {
        let path = self.writers[who].path.clone();
        let expected = self.files.get_mut(&path).unwrap();
        match self.store.load(path.to_str().unwrap()) {
            Ok(saved) => {
                assert!(!expected.damaged);
                self.writers[who] = saved;
            }
            Err(fault) => {
                assert!(expected.damaged && fault.is_damage(), "{fault}");
                let damaged = fs::read(&path).unwrap();
                match self.store.damage(fault) {
                    Ok(damage) => {
                        let saved = self.store.restore(&damage).unwrap();
                        let before = expected.saved.iter().rev().nth(1).unwrap();
                        assert_eq!(&note(&saved), before, "the state before it");
                        expected.aside.push(damaged);
                        // The state that is gone is none to come back to.
                        expected.saved.pop();
                        expected.damaged = false;
                        // It is still a generation of itself.
                        expected.saved.push(expected.saved.last().cloned().unwrap());
                        self.writers[who] = saved;
                    }
                    Err(_) => assert_eq!(expected.saved.len(), 1, "there is a state before it"),
                }
            }
        }
    }

    /// What was saved is where it was said to be.
    fn check(&self) {
        for (path, expected) in &self.files {
            match self.store.load(path.to_str().unwrap()) {
                Ok(saved) => assert_eq!(Some(&note(&saved)), expected.saved.last()),
                Err(fault) => assert!(expected.damaged, "{fault}"),
            }
            for (n, damaged) in expected.aside.iter().enumerate() {
                let aside = path.with_file_name(format!("session.damaged-{}.ron", n + 1));
                assert_eq!(&fs::read(aside).unwrap(), damaged);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_saved_is_lost(steps in prop::collection::vec(step(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let mut world = World::new(dir.path());
        for step in &steps {
            world.take(step);
            world.check();
        }
    }
}
