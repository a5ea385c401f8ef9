//! Pairs of copies of one session that were changed apart from each other.

use freigabe::domain::answer::Value;
use freigabe::domain::id::VariableId;
use freigabe::domain::moment::Moment;
use freigabe::session::{Answer, Evidence, Session};

use crate::arbitrary::Dice;

/// A value and how it was given.
pub type Valued = (Value, Option<String>, bool, bool);

/// The value of an answer; where there is none it is the same as where nobody has answered.
pub fn value(answer: Option<&Answer>) -> Valued {
    answer.map_or((Value::Unknown, None, true, false), |answer| {
        (answer.value.clone(), answer.foreign_value.clone(), answer.pending, answer.catalogue_confirmed)
    })
}

/// Two copies, and the state in which they parted.
pub struct Parted {
    pub base: Session,
    pub ours: Session,
    pub theirs: Session,
}

impl Parted {
    /// One of many pairs.
    pub fn of_round(round: u64) -> Self {
        let mut dice = Steps(round.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(77) | 1);
        let base = Dice::of_round(round).session();
        let mut ids: Vec<VariableId> = base.answers.keys().take(3).cloned().collect();
        ids.extend(["dpa_signed", "content", "tia_done"].map(|id| VariableId::try_from(id).unwrap()));
        let [mut ours, mut theirs] = [base.clone(), base.clone()];
        for (copy, odd) in [(&mut ours, 0), (&mut theirs, 1)] {
            let donor: Vec<Answer> = Dice::of_round(round * 2 + odd + 10_000).session().answers.into_values().collect();
            for n in 0..dice.below(20) {
                dice.change(copy, &ids, &donor, 2 * n + odd);
            }
        }
        Self { base, ours, theirs }
    }
}

struct Steps(u64);

impl Steps {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n.max(1)
    }

    /// Changes something, at a second of its own.
    fn change(&mut self, copy: &mut Session, ids: &[VariableId], donor: &[Answer], second: u64) {
        let at = Moment::parse(&format!("2026-11-24T10:00:{:02}Z", second % 60)).unwrap();
        let id = ids[usize::try_from(self.below(ids.len() as u64)).unwrap()].clone();
        let text = format!("Notiz {}", self.below(4));
        let pick = self.below(donor.len() as u64);
        let given = usize::try_from(pick).ok().and_then(|at| donor.get(at)).cloned();
        match self.below(10) {
            0 => drop(copy.undo(at)),
            1 => drop(copy.redo(at)),
            2 => copy.skip(at, &id),
            3 => drop(copy.clear(at, &id)),
            4 => drop(copy.change(at, &id, |answer| answer.note = text)),
            5 => drop(copy.change(at, &id, |answer| {
                answer.evidence.push(Evidence { title: text, ..Evidence::default() });
            })),
            6 => copy.subject.purpose = text,
            _ => drop(copy.change(at, &id, |answer| {
                let same = given.unwrap_or_else(|| Answer::new(Value::Unknown));
                (answer.value, answer.foreign_value) = (same.value, same.foreign_value);
                (answer.pending, answer.by, answer.on) = (false, same.by, same.on);
            })),
        }
    }
}
