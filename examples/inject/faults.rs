//! The system refuses: each error at each call of a save.

use std::collections::BTreeMap;

use super::attach::{Call, Said, Saver, TRIES, look};

const ERRORS: [&str; 7] = ["ENOSPC", "EDQUOT", "EIO", "EACCES", "EROFS", "EMFILE", "EINTR"];

/// Lets each call fail, looks, and says how it went.
pub fn run() -> bool {
    let mut faults = Vec::new();
    let mut by_mark: BTreeMap<String, usize> = BTreeMap::new();
    let mut leftovers = 0;
    let Some((_, calls)) = save(None, &mut faults) else { panic!("no calls") };
    for error in ERRORS {
        for call in &calls {
            let tried = refused(call, error, &mut faults);
            *by_mark.entry(tried.mark).or_default() += 1;
            leftovers += tried.left_over;
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

/// What came of a save.
struct Tried {
    /// What the mark said.
    mark: String,
    /// Temporary files after one start.
    left_over: usize,
}

/// A save meets an error.
fn refused(call: &Call, error: &str, faults: &mut Vec<String>) -> Tried {
    for _ in 0..TRIES {
        if let Some((tried, _)) = save(Some((call, error)), faults) {
            return tried;
        }
    }
    panic!("{error} does not come at {}", call.text);
}

/// The second of three saves meets an error at a call, if there is one. Also returns the calls of that save; none: the
/// error did not come.
fn save(at: Option<(&Call, &str)>, faults: &mut Vec<String>) -> Option<(Tried, Vec<Call>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut saver = Saver::start(folder.path(), 3);
    let Some(Said::Save(_)) = saver.next() else { panic!("no first save") };
    let Some(Said::Answers(old, first)) = saver.go() else { panic!("the first save ends the program") };
    assert_eq!(first, "saved");
    let Some(Said::Save(thread)) = saver.next() else { panic!("no second save") };
    let injected = at.map(|(call, error)| (call, format!("error={error}")));
    let injected = injected.as_ref().map(|(call, what)| (*call, what.as_str()));
    let (said, calls) = saver.go_watched(&thread, injected);
    let Some(Said::Answers(new, mark)) = said else { panic!("the second save ends the program") };
    let hit = calls.iter().filter(|call| call.text.contains("(INJECTED)")).count();
    if calls.is_empty() || hit != usize::from(at.is_some()) {
        return None;
    }
    let mut fault = |what: String| {
        let place = at.map(|(call, error)| format!("{error} at {}: ", call.text)).unwrap_or_default();
        faults.push(format!("{place}{what}"));
    };
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
    drop(saver);
    let after = look(folder.path());
    if third != "saved" || after.answers != Some(last) || last != new + 1 {
        fault(format!("then {last} answers, on disk {:?}, and the mark says {third}", after.answers));
    }
    if after.leftovers > 0 {
        fault("something is left over".to_owned());
    }
    Some((Tried { mark, left_over: after.leftovers }, calls))
}
