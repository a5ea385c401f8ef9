use super::*;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::VariableId;
use crate::session::history::{Kind, Stamp};
use crate::session::{Session, SessionId};

fn at(second: i64) -> Stamp {
    Stamp::of_seconds(1_790_000_000 + second).unwrap()
}

fn begun() -> Session {
    let id = SessionId::parse("x").unwrap();
    let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), "2026-11-23".parse().unwrap());
    answer(&mut session, 0, "content", "ordinary");
    session
}

fn answer(session: &mut Session, second: i64, question: &str, choice: &str) {
    session.change(at(second), &id(question), |answer| {
        (answer.value, answer.pending) = (Value::Choice(choice.try_into().unwrap()), false);
    });
}

fn id(text: &str) -> VariableId {
    text.try_into().unwrap()
}

fn told(history: &History) -> Vec<(u64, Kind, String)> {
    let question = |id: &Option<VariableId>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    history.entries().map(|(_, one)| (one.number, one.kind, question(&one.question))).collect()
}

/// Both count on from where they parted: an answer, a reason for it, and one that is taken back.
fn parted() -> [Session; 2] {
    let [mut ours, mut theirs] = [begun(), begun()];
    for (copy, from, question) in [(&mut ours, 10, "dpa_signed"), (&mut theirs, 11, "tia_done")] {
        answer(copy, from, question, "yes");
        copy.explain(at(from + 2), 1, "because");
        answer(copy, from + 4, "edition", question);
        copy.undo(at(from + 6));
    }
    [ours, theirs]
}

#[test]
fn numbers_stand_once_and_name_the_same_as_before() {
    let [ours, theirs] = parted();
    let both = united(&ours.history, &theirs.history);
    let name = str::to_owned;
    let expected = [
        (1, Kind::Change, name("content")),
        (2, Kind::Change, name("dpa_signed")),
        (3, Kind::Change, name("tia_done")),
        (4, Kind::Reason(2), name("dpa_signed")),
        (5, Kind::Reason(3), name("tia_done")),
        (6, Kind::Change, name("edition")),
        (7, Kind::Change, name("edition")),
        (8, Kind::TakenBack(6), name("edition")),
        (9, Kind::TakenBack(7), name("edition")),
    ];
    assert_eq!(told(&both), expected);
    assert_eq!(both.reason(2), Some("because"));
    assert_eq!(both.steps().done, [0, 1, 2]);
    // It does not matter who merges, and once more there is nothing to do.
    assert_eq!(united(&theirs.history, &ours.history), both);
    assert_eq!(united(&both, &theirs.history), both);
    assert_eq!(united(&ours.history, &both), both);
}

#[test]
fn a_copy_that_goes_on_under_its_own_numbers_is_known_again() {
    let [ours, mut theirs] = parted();
    let both = united(&ours.history, &theirs.history);
    answer(&mut theirs, 60, "external_use", "no");
    let again = united(&both, &theirs.history);
    assert_eq!(again.len(), both.len() + 1);
    assert_eq!(told(&again).last().unwrap(), &(10, Kind::Change, "external_use".to_owned()));
    assert_eq!(told(&again)[..9], told(&both));
    assert_eq!(adds(&again, &theirs.history), [true, false]);
}

#[test]
fn what_names_a_dropped_entry_does_not_come_to_name_another_one() {
    let [mut ours, theirs] = parted();
    ours.history.forget(4);
    let both = united(&ours.history, &theirs.history);
    let back: Vec<Kind> = both.entries().map(|(_, one)| one.kind).filter(|kind| *kind != Kind::Change).collect();
    assert_eq!(back.iter().filter(|kind| matches!(kind, Kind::TakenBack(_))).count(), 2);
    let numbers: BTreeSet<u64> = both.entries().map(|(_, one)| one.number).collect();
    assert_eq!(numbers.len(), both.len());
    let edition: BTreeSet<u64> = both
        .entries()
        .filter(|(_, one)| one.kind == Kind::Change && one.question == Some(id("edition")))
        .map(|(_, one)| one.number)
        .collect();
    for kind in back {
        if let Kind::TakenBack(number) = kind {
            assert!(edition.contains(&number) || !numbers.contains(&number), "{number}");
        }
    }
}
