//! Two copies of one session that parted: what comes of them when they are brought together.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "common/arbitrary.rs"]
#[expect(dead_code, reason = "the round trip is proved elsewhere")]
mod arbitrary;
#[path = "common/parted.rs"]
mod parted;

use std::collections::BTreeSet;

use freigabe::domain::id::VariableId;
use freigabe::domain::moment::Moment;
use freigabe::session::file::{read, write};
use freigabe::session::history::{Entry, Kind};
use freigabe::session::merge::{Basis, Fate, Merge, Place, Said, Side};
use freigabe::session::{Answer, Session};
use parted::{Parted, value};

fn later() -> Moment {
    Moment::parse("2026-12-24T18:00:00Z").unwrap()
}

/// What both copies make of a question: whether a person has to decide, and the value that comes out for each choice.
fn expected(parted: &Parted, id: &VariableId) -> (bool, [parted::Valued; 2]) {
    let [base, ours, theirs] = [&parted.base, &parted.ours, &parted.theirs].map(|one| value(one.answers.get(id)));
    let said =
        |session: &Session| session.answers.get(id).map(|answer| (answer.by.clone(), answer.on)).unwrap_or_default();
    let [told, here, there] = [&parted.base, &parted.ours, &parted.theirs].map(said);
    // Whoever has said the same once more stands by it.
    let again = |own: &(String, Option<freigabe::domain::Day>), other: &(String, Option<freigabe::domain::Day>)| {
        (own.0 != told.0 && own.0 != other.0) || (own.1 != told.1 && own.1 != other.1)
    };
    match (ours == base, theirs == base) {
        _ if ours == theirs => (false, [ours, theirs]),
        (true, false) if again(&here, &there) => (true, [ours, theirs]),
        (false, true) if again(&there, &here) => (true, [ours, theirs]),
        (true, _) => (false, [theirs.clone(), theirs]),
        (_, true) => (false, [ours.clone(), ours]),
        _ => (true, [ours, theirs]),
    }
}

fn conflicts(merge: &Merge) -> BTreeSet<VariableId> {
    let answer = |place: &Place| match place {
        Place::Answer(id) => Some(id.clone()),
        Place::Part(_) => None,
    };
    let valued = |point: &&freigabe::session::merge::Point| point.parts.iter().any(|part| part == "value");
    merge.conflicts().filter(valued).filter_map(|point| answer(&point.place)).collect()
}

/// 500 pairs: no answer is lost, a person decides exactly where both have changed the same answer to something different,
/// and what was not chosen can be had back.
#[test]
fn copies_that_parted_come_together() {
    let (mut decided, mut united) = (0, 0);
    for round in 0..500 {
        let parted = Parted::of_round(round);
        let all: BTreeSet<&VariableId> = parted.ours.answers.keys().chain(parted.theirs.answers.keys()).collect();
        let wanted: BTreeSet<VariableId> =
            all.iter().filter(|id| expected(&parted, id).0).map(|id| (*id).clone()).collect();
        decided += wanted.len();
        for basis in [Basis::State(Box::new(parted.base.clone())), Basis::Histories] {
            let merge = Merge::of(basis.clone(), parted.ours.clone(), parted.theirs.clone(), false).unwrap();
            assert_eq!(conflicts(&merge), wanted, "round {round}");
            united += merge.points().iter().filter(|point| point.fate == Fate::United).count();
            for side in [Side::Ours, Side::Theirs] {
                let mut merge = merge.clone();
                assert!(merge.undecided() == 0 || merge.finish(later(), "").is_err());
                merge.take(side);
                let merged = merge.finish(later(), "geprüft").unwrap();
                whole(&parted, &merged, side, round);
                counted(&merged, round);
                had_back(&merge, &merged, round);
                // Once more there is nothing to do, whoever is heard.
                for known in [Basis::Histories, Basis::State(Box::new(parted.base.clone()))] {
                    let alike = std::mem::discriminant(&known) == std::mem::discriminant(&basis);
                    let mut again = Merge::of(known, merged.clone(), parted.theirs.clone(), false).unwrap();
                    assert_eq!(conflicts(&again), BTreeSet::new(), "round {round}");
                    // What is no answer is known from a base only; without one it was decided, and else it never was.
                    if !alike {
                        continue;
                    }
                    assert_eq!(again.undecided(), 0, "round {round}: {:?}", again.conflicts().collect::<Vec<_>>());
                    again.take(side);
                    same(&again.finish(later(), "").unwrap(), &merged, round);
                }
            }
        }
    }
    assert!(decided > 250 && united > 300, "{decided}, {united}");
}

/// What the lines of a history tell, without their numbers: those are counted anew where both copies have gone on.
fn bare(session: &Session) -> Vec<String> {
    let kind = |kind: Kind| match kind {
        Kind::TakenBack(_) => Kind::TakenBack(0),
        Kind::BroughtBack(_) => Kind::BroughtBack(0),
        Kind::Reason(_) => Kind::Reason(0),
        other => other,
    };
    let line = |(place, text): (usize, &str)| match session.history.entry(place) {
        Some(entry) => format!("{:?}", Entry { number: 0, kind: kind(entry.kind), ..entry.clone() }),
        None => text.to_owned(),
    };
    session.history.lines().enumerate().map(line).collect()
}

/// Two sessions are the same; the first line that differs is told.
fn same(one: &Session, other: &Session, round: u64) {
    let (one, other) = (write(one), write(other));
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert!(one == other, "round {round}: {differs:#?}");
}

/// Each number stands once, and they rise.
fn counted(merged: &Session, round: u64) {
    let numbers: Vec<u64> = merged.history.entries().map(|(_, entry)| entry.number).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "round {round}: {numbers:?}");
}

/// Nothing of either side is missing.
fn whole(parted: &Parted, merged: &Session, side: Side, round: u64) {
    assert_eq!(&read(&write(merged), &merged.id).unwrap(), merged, "round {round}");
    let told = bare(merged);
    for copy in [&parted.ours, &parted.theirs] {
        let lost: Vec<String> = bare(copy).into_iter().filter(|line| !told.contains(line)).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        // Each side's own order stays.
        let lines = bare(copy);
        let mut places = lines.iter().scan(0, |from, line| {
            let at = told[*from..].iter().position(|own| own == line).map(|at| at + *from);
            *from = at.map_or(*from, |at| at + 1);
            Some(at)
        });
        assert!(places.all(|at| at.is_some()), "round {round}");
        for (id, answer) in &copy.answers {
            let out = merged.answers.get(id);
            assert_eq!(value(out), expected(parted, id).1[side as usize].clone(), "round {round}: {id}");
            let base = parted.base.answers.get(id);
            if base.is_none_or(|base| base.note != answer.note) {
                let note = out.map(|out| out.note.as_str()).unwrap_or_default();
                let said = |line: &str| note.lines().any(|own| own.ends_with(line));
                assert!(answer.note.lines().all(said), "round {round}: {id}: {:?} in {note:?}", answer.note);
            }
            let new = answer.evidence.iter().filter(|one| base.is_none_or(|base| !base.evidence.contains(one)));
            for one in new {
                assert!(out.is_some_and(|out| out.evidence.contains(one)), "round {round}: {id}");
            }
        }
    }
}

/// What was not chosen is told, and comes back when the decision is taken back.
fn had_back(merge: &Merge, merged: &Session, round: u64) {
    let mut session = merged.clone();
    for point in merge.conflicts().rev() {
        let Place::Answer(id) = &point.place else { continue };
        let other: Option<&Answer> = match if point.choice == Some(Side::Ours) { &point.theirs } else { &point.ours } {
            Said::Answer(answer) => Some(answer),
            _ => None,
        };
        let told = |kind: Kind| kind == Kind::Merged;
        assert!(
            merged.history.entries().any(|(_, entry)| told(entry.kind) && entry.question.as_ref() == Some(id)),
            "round {round}: {id}"
        );
        while value(session.answers.get(id)) != value(other) {
            assert!(session.undo(later()).is_some(), "round {round}: {id} never comes back");
        }
    }
}

#[test]
fn a_copy_of_itself_changes_nothing() {
    for round in 0..500 {
        let parted = Parted::of_round(round);
        for basis in [Basis::State(Box::new(parted.base.clone())), Basis::Histories, Basis::Nothing] {
            let merge = Merge::of(basis, parted.ours.clone(), parted.ours.clone(), false).unwrap();
            assert_eq!(merge.undecided(), 0);
            assert_eq!(merge.finish(later(), "nichts").unwrap(), parted.ours, "round {round}");
        }
        // Who has not changed anything gets what the other has.
        let merge =
            Merge::of(Basis::State(Box::new(parted.base.clone())), parted.base.clone(), parted.theirs.clone(), false)
                .unwrap();
        let merged = merge.finish(later(), "").unwrap();
        assert_eq!(merged.answers, parted.theirs.answers, "round {round}");
    }
}

/// Who has confirmed an answer has not confirmed another one.
#[test]
fn a_confirmation_does_not_go_along_with_another_value() {
    use freigabe::domain::answer::{Mode, Value};
    use freigabe::session::{Confirmed, SessionId};

    let id = VariableId::try_from("role").unwrap();
    let choice = |name: &str| Answer::new(Value::Choice(name.try_into().unwrap()));
    let day = jiff::civil::date(2026, 11, 28);
    let mut base = Session::new(SessionId::parse("x").unwrap(), Mode::Interview, "zoom".try_into().unwrap(), day);
    base.answers.insert(id.clone(), choice("host"));
    let (mut confirmed, mut changed) = (base.clone(), base.clone());
    confirmed.answers.get_mut(&id).unwrap().confirmed = Some(Confirmed { by: "DSB".into(), ..Confirmed::default() });
    changed.answers.insert(id.clone(), choice("guest"));
    for (ours, theirs) in [(&confirmed, &changed), (&changed, &confirmed)] {
        let basis = Basis::State(Box::new(base.clone()));
        let merge = Merge::of(basis, ours.clone(), theirs.clone(), false).unwrap();
        assert_eq!(conflicts(&merge), BTreeSet::from([id.clone()]));
        for (side, taken) in [(Side::Ours, ours), (Side::Theirs, theirs)] {
            let mut merge = merge.clone();
            merge.take(side);
            assert_eq!(merge.finish(later(), "").unwrap().answers[&id], taken.answers[&id]);
        }
    }
}

/// Who says the same once more, later or by another mouth, is not passed over for somebody who says something else.
#[test]
fn who_says_the_same_once_more_is_heard() {
    use freigabe::domain::answer::{Mode, Value};
    use freigabe::session::SessionId;

    let id = VariableId::try_from("dpa_signed").unwrap();
    let day = jiff::civil::date(2026, 11, 28);
    let mut base = Session::new(SessionId::parse("x").unwrap(), Mode::Interview, "zoom".try_into().unwrap(), day);
    let say = |session: &mut Session, second: u8, choice: &str, by: &str, on: i8| {
        let at = Moment::parse(&format!("2026-11-28T10:00:{second:02}Z")).unwrap();
        session.change(at, &id, |answer| {
            (answer.value, answer.pending) = (Value::Choice(choice.try_into().unwrap()), false);
            (answer.by, answer.on) = (by.into(), Some(jiff::civil::date(2026, 11, on)));
        });
    };
    say(&mut base, 0, "yes", "IT", 20);
    let (mut again, mut other) = (base.clone(), base.clone());
    say(&mut again, 1, "yes", "DSB", 27);
    say(&mut other, 2, "no", "Einkauf", 28);
    for basis in [Basis::State(Box::new(base.clone())), Basis::Histories] {
        for (ours, theirs) in [(&again, &other), (&other, &again)] {
            let mut merge = Merge::of(basis.clone(), ours.clone(), theirs.clone(), false).unwrap();
            assert_eq!(conflicts(&merge), BTreeSet::from([id.clone()]));
            merge.take(Side::Theirs);
            assert_eq!(merge.finish(later(), "").unwrap().answers[&id], theirs.answers[&id]);
        }
        // Who says nothing new is not asked.
        let merge = Merge::of(basis, base.clone(), other.clone(), false).unwrap();
        assert_eq!(merge.undecided(), 0);
    }
}

#[test]
fn it_does_not_matter_who_merges() {
    for round in 0..500 {
        let Parted { base, ours, theirs } = Parted::of_round(round);
        for basis in [Basis::State(Box::new(base.clone())), Basis::Histories, Basis::Nothing] {
            let one = Merge::of(basis.clone(), ours.clone(), theirs.clone(), false).unwrap();
            let other = Merge::of(basis, theirs.clone(), ours.clone(), false).unwrap();
            assert_eq!(one.undecided(), other.undecided(), "round {round}");
            let (left, right) = (one.as_if(Side::Ours).unwrap(), other.as_if(Side::Theirs).unwrap());
            assert_eq!(write(&left), write(&right), "round {round}");
        }
    }
}

/// Files of strangers hold very many parts; comparing each with each would take minutes.
#[test]
fn very_many_parts_come_together() {
    let many =
        |from: usize, what: &str| (from..from + 4_000).map(|n| what.replace('#', &n.to_string())).collect::<String>();
    let session = |inside: &str| {
        let text = format!("(format: 1, id: \"x\", vendor: \"zoom\", {inside})");
        read(&text, &freigabe::session::SessionId::parse("x").unwrap()).unwrap()
    };
    for (begin, what, end) in [
        ("answers: {}, ", "f#:1,", ""),
        ("answers: {", "\"q#\":(value:Unknown),", "}"),
        ("answers: {", "\"Q #\":(),", "}"),
        ("answers: {\"a\": (value: Unknown, evidence: [", "(title:\"#\"),", "])}"),
        ("answers: {\"a\": (value: Unknown, note: \"", "#\\n", "\")}"),
        ("answers: {\"a\": (value: Unknown, by: \"", "#, ", "\")}"),
        ("answers: {\"a\": (value: Unknown, ", "f#:1,", ")}"),
        ("answers: {}, conditions: {", "\"c#\":(),", "}"),
        ("answers: {}, x: [", "#,", "]"),
    ] {
        let [ours, theirs] = [0, 2_000].map(|from| session(&format!("{begin}{}{end}", many(from, what))));
        let merge = Merge::of(Basis::Histories, ours, theirs, false).unwrap();
        assert_eq!(merge.undecided(), 0, "{begin}{what}");
        let text = write(&merge.finish(later(), "").unwrap());
        assert!(text.contains("5999") && text.contains("3000"), "{begin}{what}");
    }
}

/// What was decided before is found again in very many places, and each of them is asked about once.
#[test]
fn very_many_decisions_are_remembered() {
    use freigabe::session::merge::{Incoming, Round};
    let session = |value: &str| {
        let answers: Vec<String> = (0..5_000).map(|n| format!("\"q{n}\": (value: Choice(\"{value}\"))")).collect();
        let answers = answers.join(",");
        let text = format!("(format: 1, id: \"x\", vendor: \"zoom\", answers: {{{answers}}})");
        read(&text, &freigabe::session::SessionId::parse("x").unwrap()).unwrap()
    };
    let begun = || {
        let incoming = Incoming { name: "b.ron".into(), session: session("no"), basis: Basis::Histories };
        Round::new(session("yes"), vec![incoming], false).unwrap()
    };
    let mut first = begun();
    first.take(Side::Theirs);
    let mut again = begun();
    again.recall(first.decisions());
    assert_eq!(again.present().unwrap().1.undecided(), 0);
    let mut asked = 0;
    let mut merge = Merge::of(Basis::Histories, session("yes"), session("no"), false).unwrap();
    merge.decide(|_| {
        asked += 1;
        None
    });
    assert_eq!((asked, merge.undecided()), (5_000, 5_000));
}
