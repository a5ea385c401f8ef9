//! One `kill -9` at every call of each of ten saves.

use super::attach::{Found, Said, Saver, look};

const SAVES: usize = 10;

/// Kills, looks, and says how it went.
pub fn run() -> bool {
    let mut kills = 0;
    let mut lost = 0;
    let mut all = Found::default();
    for save in 1..=SAVES {
        for when in 1.. {
            let Some((found, confirmed)) = kill(save, when) else { break };
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
    kills > 5 * SAVES && lost + all.unreadable + all.leftovers == 0
}

/// What is found after a kill at a call of a save, and how many answers were said to be saved before; none: the save has
/// fewer calls.
fn kill(save: usize, when: usize) -> Option<(Found, usize)> {
    let folder = tempfile::tempdir().unwrap();
    let mut saver = Saver::start(folder.path(), SAVES);
    let (mut begun, mut confirmed) = (0, 0);
    let mut said = saver.next();
    loop {
        said = match said {
            Some(Said::Save(thread)) => {
                begun += 1;
                if begun < save {
                    saver.go()
                } else {
                    let (said, _) = saver.go_hit(&thread, "signal=KILL", when);
                    if said.is_some() {
                        return None;
                    }
                    None
                }
            }
            Some(Said::Answers(answers, mark)) => {
                assert_eq!(mark, "saved");
                confirmed = answers;
                saver.next()
            }
            None => break,
        };
    }
    assert_eq!(begun, save, "killed elsewhere");
    Some((look(folder.path()), confirmed))
}
