//! The system refuses: each error at each call of a save.

use std::collections::BTreeMap;

use super::attach::{Said, Saver, look};

const ERRORS: [&str; 7] = ["ENOSPC", "EDQUOT", "EIO", "EACCES", "EROFS", "EMFILE", "EINTR"];

/// Lets each call fail, looks, and says how it went.
pub fn run() -> bool {
    let mut faults = Vec::new();
    let mut by_mark: BTreeMap<String, usize> = BTreeMap::new();
    let mut leftovers = 0;
    for error in ERRORS {
        for when in 1.. {
            let Some((call, mark, left)) = refuse(error, when, &mut faults) else { break };
            *by_mark.entry(mark).or_default() += 1;
            leftovers += left;
            if left > 0 {
                println!("left over after {error} at {call}");
            }
        }
    }
    let combinations: usize = by_mark.values().sum();
    println!("{combinations} combinations of error and call; the mark afterwards: {by_mark:?}");
    println!("{} faults, {leftovers} temporary files left over after one start", faults.len());
    for fault in &faults {
        println!("    {fault}");
    }
    combinations >= 100 && faults.is_empty() && leftovers == 0
}

/// The second of three saves meets an error. Returns the call, what the mark said, and what was left over; none: the save
/// has fewer calls.
fn refuse(error: &str, when: usize, faults: &mut Vec<String>) -> Option<(String, String, usize)> {
    let folder = tempfile::tempdir().unwrap();
    let mut saver = Saver::start(folder.path(), 3);
    let Some(Said::Save(_)) = saver.next() else { panic!("no first save") };
    let Some(Said::Answers(old, first)) = saver.go() else { panic!("the first save ends the program") };
    assert_eq!(first, "saved");
    let Some(Said::Save(thread)) = saver.next() else { panic!("no second save") };
    let (said, call) = saver.go_hit(&thread, &format!("error={error}"), when);
    let Some(Said::Answers(new, mark)) = said else { panic!("the second save ends the program") };
    let call = call?;
    let mut fault = |what: String| faults.push(format!("{error} at {call}: {what}"));
    let on_disk = look(folder.path());
    match (on_disk.answers, mark.as_str()) {
        (Some(answers), "saved") if answers == new => {}
        (Some(answers), "failed") if answers == old || answers == new => {}
        (answers, mark) => fault(format!("{old}, then {new} answers; on disk {answers:?}, and the mark says {mark}")),
    }
    if on_disk.unreadable > 0 {
        fault("a file cannot be read".to_owned());
    }
    if new != old + 1 {
        fault(format!("{old} answers, then {new}"));
    }
    let Some(Said::Save(_)) = saver.next() else { panic!("no third save") };
    let Some(Said::Answers(last, third)) = saver.go() else { panic!("the third save ends the program") };
    let after = look(folder.path());
    if third != "saved" || after.answers != Some(last) || last != new + 1 {
        fault(format!("then {last} answers, on disk {:?}, and the mark says {third}", after.answers));
    }
    Some((call, mark, after.leftovers))
}
