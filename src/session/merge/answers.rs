//! Answers of two copies: who has changed which part, and what comes out.
//!
//! The value decides: whoever gave it, when and to which question goes with it. Notes and documents of both sides stay.

use std::collections::{BTreeMap, BTreeSet};

use super::histories::shared;
use super::joined::joined;
use super::notes;
use super::{Basis, Fate, Place, Point, Said, Side};
use crate::domain::id::VariableId;
use crate::session::history::{Entry, Kind, PARTS, Part, nothing};
use crate::session::model::{Answer, Session};

/// Who has changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Neither,
    Ours,
    Theirs,
    Both,
}

/// What a history tells of each question: entries, and whether the other history has them too.
type Told<'s> = BTreeMap<&'s VariableId, Vec<(bool, &'s Entry)>>;

/// The answers of both copies.
pub struct Answers<'s> {
    basis: &'s Basis,
    ours: &'s Session,
    theirs: &'s Session,
    told: [Told<'s>; 2],
}

/// What comes out of an answer.
struct United {
    answer: Answer,
    /// Parts in which both sides say something different.
    clash: Vec<&'static str>,
    /// Which sides have changed anything.
    changed: [bool; 2],
}

impl<'s> Answers<'s> {
    /// The answers of two copies.
    pub fn new(basis: &'s Basis, ours: &'s Session, theirs: &'s Session) -> Self {
        let [left, right] = shared(&ours.history, &theirs.history);
        let told = [told(ours, &left), told(theirs, &right)];
        Self { basis, ours, theirs, told }
    }

    fn ids(&self) -> BTreeSet<&'s VariableId> {
        self.ours.answers.keys().chain(self.theirs.answers.keys()).collect()
    }

    /// All answers, each with what was found.
    pub fn points(&self) -> Vec<Point> {
        self.ids().into_iter().map(|id| self.point(id)).collect()
    }

    /// What comes out, with the side that was chosen where one was.
    pub fn united(&self, chosen: impl Fn(&VariableId) -> Option<Side>) -> BTreeMap<VariableId, Answer> {
        let each = |id: &'s VariableId| {
            let sides = [self.ours.answers.get(id), self.theirs.answers.get(id)];
            let answer = self.unite(id, chosen(id)).answer;
            // A record that says nothing was there before, or there is none.
            let stays = answer != nothing() || sides.into_iter().flatten().any(|answer| *answer == nothing());
            stays.then(|| (id.clone(), answer))
        };
        self.ids().into_iter().filter_map(each).collect()
    }

    /// Whether the history of a side tells of a change to the answer that the other one does not know.
    pub fn tells(&self, id: &VariableId, side: Side) -> bool {
        self.entries(id, side).iter().any(|(shared, _)| !shared)
    }

    fn entries(&self, id: &VariableId, side: Side) -> &[(bool, &'s Entry)] {
        let [ours, theirs] = &self.told;
        let told = if side == Side::Ours { ours } else { theirs };
        told.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn point(&self, id: &VariableId) -> Point {
        let (ours, theirs) = (self.ours.answers.get(id), self.theirs.answers.get(id));
        let united = self.unite(id, None);
        let fate = match united.changed {
            _ if !united.clash.is_empty() => Fate::Conflict,
            _ if ours == theirs => self.alike(id, ours),
            // What theirs has added stands in ours already.
            [true, true] if united.answer == *ours.unwrap_or(&nothing()) => Fate::Ours,
            [true, true] => Fate::United,
            [false, true] => Fate::Theirs,
            _ => Fate::Ours,
        };
        let said =
            |answer: Option<&Answer>| answer.map_or(Said::Nothing, |answer| Said::Answer(Box::new(answer.clone())));
        let parts = united.clash.iter().map(|name| (*name).to_owned()).collect();
        let both = said(Some(&united.answer).filter(|answer| **answer != nothing()));
        let (ours, theirs, place) = (said(ours), said(theirs), Place::Answer(id.clone()));
        Point { place, fate, parts, ours, theirs, both, choice: None }
    }

    /// Both say the same: since when?
    fn alike(&self, id: &VariableId, both: Option<&Answer>) -> Fate {
        let changed = match self.basis {
            Basis::State(base) => base.answers.get(id) != both,
            Basis::Histories => self.tells(id, Side::Ours) && self.tells(id, Side::Theirs),
            Basis::Nothing => false,
        };
        if changed { Fate::Alike } else { Fate::Same }
    }

    fn unite(&self, id: &VariableId, chosen: Option<Side>) -> United {
        let blank = nothing();
        let get = |session: &'s Session| session.answers.get(id);
        let (ours, theirs) = (get(self.ours).unwrap_or(&blank), get(self.theirs).unwrap_or(&blank));
        let mut united = United { answer: ours.clone(), clash: Vec::new(), changed: [false, false] };
        let value = self.value(id, ours, theirs);
        let mut noted = Who::Neither;
        for part in &PARTS {
            let who = self.who(part, id, ours, theirs);
            united.changed[0] |= matches!(who, Who::Ours | Who::Both);
            united.changed[1] |= matches!(who, Who::Theirs | Who::Both);
            let goes_with = matches!(part.name, "value" | "by" | "on" | "asked" | "self_assessed" | "confirmed");
            let lead = if goes_with && value != Who::Neither { value } else { who };
            match (lead, chosen) {
                // It depends on whose answer it is in the end.
                (who, _) if part.name == "note" => noted = who,
                (Who::Theirs, _) => part.copy(theirs, &mut united.answer),
                (Who::Both, side) if goes_with && value == Who::Both => {
                    if part.name == "value" {
                        united.clash.push(part.name);
                    }
                    if side == Some(Side::Theirs) {
                        part.copy(theirs, &mut united.answer);
                    }
                }
                (Who::Both, side) => {
                    let base = self.base(id);
                    if !joined(part.name, base, [ours, theirs], &mut united.answer) {
                        united.clash.push(part.name);
                        if side == Some(Side::Theirs) {
                            part.copy(theirs, &mut united.answer);
                        }
                    }
                }
                (Who::Ours | Who::Neither, _) => {}
            }
        }
        if noted != Who::Neither {
            united.answer.note = self.note(id, noted, [ours, theirs], &united.answer.by);
        }
        united
    }

    /// Who has given another value. Whoever confirms an answer or says the same once more stands by its value, so another
    /// one on the other side is a matter for a person.
    fn value(&self, id: &VariableId, ours: &Answer, theirs: &Answer) -> Who {
        let who = |name: &str| {
            PARTS.iter().find(|part| part.name == name).map_or(Who::Neither, |part| self.who(part, id, ours, theirs))
        };
        let stands_by = |side: Who| {
            let has = |name: &str| [side, Who::Both].contains(&who(name));
            // Who takes a self-assessment over notes who has said it, and says nothing.
            has("confirmed") || has("on") || (has("by") && !has("self_assessed"))
        };
        match who("value") {
            Who::Ours if stands_by(Who::Theirs) => Who::Both,
            Who::Theirs if stands_by(Who::Ours) => Who::Both,
            value => value,
        }
    }

    /// What becomes of the notes of both, under an answer that is `by`'s.
    fn note(&self, id: &VariableId, who: Who, [ours, theirs]: [&Answer; 2], by: &str) -> String {
        let sides = [Side::Ours, Side::Theirs].into_iter().flat_map(|side| self.entries(id, side));
        let told = sides.flat_map(|(_, entry)| {
            let given = [&entry.old, &entry.new].into_iter().flatten().map(|answer| answer.by.as_str());
            given.chain([entry.by.as_str()])
        });
        let present = self.base(id).into_iter().chain([ours, theirs]).map(|answer| answer.by.as_str());
        let names = told.chain(present).flat_map(|by| std::iter::once(by).chain(by.split(", ")));
        let names = names.map(notes::called).filter(|name| !name.is_empty()).collect();
        match who {
            Who::Theirs => notes::kept(theirs, ours, by, &names),
            Who::Both => notes::united(ours, theirs, by, &names),
            Who::Ours | Who::Neither => notes::kept(ours, theirs, by, &names),
        }
    }

    fn base(&self, id: &VariableId) -> Option<&'s Answer> {
        match self.basis {
            Basis::State(base) => base.answers.get(id),
            Basis::Histories | Basis::Nothing => None,
        }
    }

    /// Who has changed a part of an answer.
    fn who(&self, part: &Part, id: &VariableId, ours: &Answer, theirs: &Answer) -> Who {
        let blank = nothing();
        if !part.differs(ours, theirs) {
            return Who::Neither;
        }
        if let Some(who) = self.heard(part, id, [ours, theirs]) {
            return who;
        }
        match self.basis {
            Basis::State(base) => {
                let base = base.answers.get(id).unwrap_or(&blank);
                who(part.differs(base, ours), part.differs(base, theirs))
            }
            Basis::Histories => {
                let sides = [self.trace(part, id, Side::Ours), self.trace(part, id, Side::Theirs)];
                by_history(part, sides, ours, theirs)
            }
            Basis::Nothing => who(part.differs(&blank, ours), part.differs(&blank, theirs)),
        }
    }

    /// What one side has decided on already, when the same was brought in before, is no news there. None: nobody has.
    fn heard(&self, part: &Part, id: &VariableId, [ours, theirs]: [&Answer; 2]) -> Option<Who> {
        let decided = |side: Side, own: &Answer, other: &Answer| {
            let merged = self.entries(id, side).iter().filter(|(shared, entry)| !shared && entry.kind == Kind::Merged);
            merged.into_iter().any(|(_, entry)| {
                let blank = nothing();
                let (old, new) = (entry.old.as_deref().unwrap_or(&blank), entry.new.as_deref().unwrap_or(&blank));
                let said = |then: &Answer| {
                    // Another person who says the same has not been heard.
                    let whose = PARTS.iter().filter(|part| matches!(part.name, "by" | "on"));
                    !part.differs(then, other)
                        && whose.into_iter().all(|whose| {
                            let then = if whose.differs(old, new) { then } else { own };
                            !whose.differs(then, other)
                        })
                };
                part.differs(old, new) && (said(old) || said(new))
            })
        };
        match [decided(Side::Ours, ours, theirs), decided(Side::Theirs, theirs, ours)] {
            [true, false] => Some(Who::Ours),
            [false, true] => Some(Who::Theirs),
            _ => None,
        }
    }

    /// What a history tells of a part: how it stood when the copies parted, and how it stood last.
    fn trace(&self, part: &Part, id: &VariableId, side: Side) -> Trace {
        let or_nothing = |answer: &Option<Box<Answer>>| answer.as_deref().cloned().unwrap_or_else(nothing);
        let mut trace = Trace::default();
        for (shared, entry) in self.entries(id, side) {
            let (old, new) = (or_nothing(&entry.old), or_nothing(&entry.new));
            if !part.differs(&old, &new) {
                continue;
            }
            if !shared && trace.before.is_none() {
                trace.before = Some(old);
            }
            trace.last = Some(new);
        }
        trace
    }
}

/// What a history tells of a part of an answer.
#[derive(Default)]
struct Trace {
    /// What stood there before the first change that the other side does not know; none: there is no such change.
    before: Option<Answer>,
    /// What the last change led to; none: nothing is told.
    last: Option<Answer>,
}

const fn who(ours: bool, theirs: bool) -> Who {
    match (ours, theirs) {
        (true, false) => Who::Ours,
        (false, true) => Who::Theirs,
        // They differ, and yet neither has changed: each is a matter for a person.
        _ => Who::Both,
    }
}

/// Who has changed a part that differs, by what both histories tell.
fn by_history(part: &Part, [left, right]: [Trace; 2], ours: &Answer, theirs: &Answer) -> Who {
    let stands = |last: Option<&Answer>, now: &Answer| last.is_some_and(|last| !part.differs(last, now));
    match (&left.before, &right.before) {
        (Some(one), Some(other)) if part.differs(one, other) => Who::Both,
        (Some(before), Some(_)) => who(part.differs(before, ours), part.differs(before, theirs)),
        // The other side still stands where the copies parted, or where this side has seen it stand since.
        (Some(before), None) => who(true, part.differs(before, theirs) && !stands(right.last.as_ref(), theirs)),
        (None, Some(before)) => who(part.differs(before, ours) && !stands(left.last.as_ref(), ours), true),
        // Somebody has written the file by hand: whoever stands as it is told has not.
        (None, None) => match (stands(left.last.as_ref(), ours), stands(right.last.as_ref(), theirs)) {
            (true, false) => Who::Theirs,
            (false, true) => Who::Ours,
            _ => {
                let blank = nothing();
                who(part.differs(&blank, ours), part.differs(&blank, theirs))
            }
        },
    }
}

fn told<'s>(session: &'s Session, shared: &[bool]) -> Told<'s> {
    let mut told: Told<'s> = BTreeMap::new();
    for (place, entry) in session.history.entries() {
        if let Some(question) = &entry.question {
            let shared = shared.get(place).copied().unwrap_or(false);
            told.entry(question).or_default().push((shared, entry));
        }
    }
    told
}
