//! One `kill -9` at every call of each of ten saves.

use super::attach::{Call, Found, Said, Saver, TRIES, look};

const SAVES: usize = 10;

/// Kills, looks, and says how it went.
pub fn run() -> bool {
    let mut kills = 0;
    let mut lost = 0;
    let mut all = Found::default();
    for save in 1..=SAVES {
        let Reached::End(calls) = reach(save, None) else { panic!("the save ends the program") };
        for call in calls {
            let (found, confirmed) = kill(save, &call);
            kills += 1;
            lost += usize::from(found.answers.unwrap_or(0) < confirmed);
            all.unreadable += found.unreadable;
            all.before += found.before;
            all.leftovers += found.leftovers;
        }
    }
    println!(
        "{kills} kills at the calls of {SAVES} saves: {lost} confirmed answers lost, {} unreadable files, {} temporary \
         files, {} of them left over after one start",
        all.unreadable, all.before, all.leftovers
    );
    kills > 10 * SAVES && lost + all.unreadable + all.leftovers == 0
}

/// What is found after a save was killed at a call, and how many answers were said to be saved before.
fn kill(save: usize, call: &Call) -> (Found, usize) {
    for _ in 0..TRIES {
        if let Reached::Kill(found, confirmed) = reach(save, Some(call)) {
            return (found, confirmed);
        }
    }
    panic!("not killed at {}", call.text);
}

/// How a save ended.
enum Reached {
    /// It was killed: what is found then, and how many answers were said to be saved before.
    Kill(Found, usize),
    /// It was not: its calls.
    End(Vec<Call>),
}

/// Saves until one of the saves, and kills it at a call, if there is one.
fn reach(save: usize, at: Option<&Call>) -> Reached {
    let folder = tempfile::tempdir().unwrap();
    let mut saver = Saver::start(folder.path(), save);
    let mut confirmed = 0;
    for _ in 1..save {
        let Some(Said::Save(_)) = saver.next() else { panic!("no save") };
        let Some(Said::Answers(answers, mark)) = saver.go() else { panic!("a save ends the program") };
        assert_eq!(mark, "saved");
        confirmed = answers;
    }
    let Some(Said::Save(thread)) = saver.next() else { panic!("no save") };
    let (said, calls) = saver.go_watched(&thread, at.map(|call| (call, "signal=KILL")));
    if said.is_some() {
        return Reached::End(calls);
    }
    // Its number has to be free, else its files belong to somebody.
    drop(saver);
    Reached::Kill(look(folder.path()), confirmed)
}
