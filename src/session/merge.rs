//! Two copies of one session brought together: what each side has changed stays, and where both have changed the same
//! thing to something different, a person decides.
//!
//! Who has changed what is known from a common base, where there is one, else from the histories: lines that both have are
//! from before the copies parted. Nothing is overwritten unseen: the histories of both are united, and what was not chosen is
//! told in an entry that can be taken back.
//!
//! Here: the two sides, the points at which they differ, and what comes out. Answers are compared in `answers`, everything
//! else in `fields`, the histories in `histories`. Pure.

mod answers;
mod fields;
mod histories;
mod joined;
mod lists;
pub mod marked;
mod notes;
mod passed;
mod round;

use std::collections::BTreeMap;

use fields::Word;
pub use round::{Decision, Incoming, Round};

use super::file::FileError;
use super::history::Stamp;
use super::model::{Answer, Session};
use crate::domain::id::VariableId;

/// One of the two copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The one that is merged into.
    Ours,
    /// The one that came back.
    Theirs,
}

/// What is known of the time before the copies parted.
#[derive(Clone, Debug)]
pub enum Basis {
    /// The state in which they parted.
    State(Box<Session>),
    /// What the histories tell.
    Histories,
    /// Nothing: whatever differs is a matter for a person, unless one side says nothing at all.
    Nothing,
}

/// What was found at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Both say the same, and said so before.
    Same,
    /// Only ours has changed.
    Ours,
    /// Only theirs has changed.
    Theirs,
    /// Both have changed to the same.
    Alike,
    /// Both have changed, and there is room for both.
    United,
    /// Both have changed to something different.
    Conflict,
}

/// Where a point stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The answer to a question.
    Answer(VariableId),
    /// Another part of the file, by the way to it: `subject.purpose`, `conditions.no-dpa`.
    Part(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Answer(id) => write!(f, "answers.{id}"),
            Self::Part(path) => f.write_str(path),
        }
    }
}

/// What one side says at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// An answer.
    Answer(Box<Answer>),
    /// A text as it stands in the file.
    Text(String),
}

/// Something that one of the sides, or both, say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Where.
    pub place: Place,
    /// What was found.
    pub fate: Fate,
    /// In what they cannot be united, by the names of the fields.
    pub parts: Vec<String>,
    /// What ours says.
    pub ours: Said,
    /// What theirs says.
    pub theirs: Said,
    /// What comes of both, where only one of them has changed or there is room for both. In a conflict: without a decision.
    pub both: Said,
    /// Whose word holds; none: nobody has decided.
    pub choice: Option<Side>,
}

impl Point {
    /// Whether something else stands there afterwards than stood in ours, without anybody having been asked.
    #[must_use]
    pub fn came_in(&self) -> bool {
        matches!(self.fate, Fate::Theirs | Fate::United) && self.both != self.ours
    }
}

/// Why two sessions cannot be brought together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They are about different tools.
    #[error("`{ours}` is not `{theirs}`")]
    OtherTool {
        /// The tool of ours.
        ours: String,
        /// The tool of theirs.
        theirs: String,
    },
    /// They are two different sessions, and nobody has said that they belong together.
    #[error("`{ours}` is not `{theirs}`")]
    OtherSession {
        /// The id of ours.
        ours: String,
        /// The id of theirs.
        theirs: String,
    },
    /// What came out cannot be read.
    #[error("{0}")]
    Unreadable(FileError),
    /// Somebody has to decide first.
    #[error("undecided")]
    Undecided,
}

/// Two copies, and the points at which they differ.
#[derive(Clone, Debug)]
pub struct Merge {
    basis: Basis,
    ours: Session,
    theirs: Session,
    points: Vec<Point>,
}

impl Merge {
    /// Compares two copies. `foreign`: theirs may have another id.
    ///
    /// # Errors
    /// When they cannot be copies of one session.
    pub fn of(basis: Basis, ours: Session, theirs: Session, foreign: bool) -> Result<Self, Refused> {
        if ours.vendor != theirs.vendor {
            let (ours, theirs) = (ours.vendor.to_string(), theirs.vendor.to_string());
            return Err(Refused::OtherTool { ours, theirs });
        }
        if ours.id != theirs.id && !foreign {
            return Err(Refused::OtherSession { ours: ours.id.to_string(), theirs: theirs.id.to_string() });
        }
        let mut merge = Self { basis, ours, theirs, points: Vec::new() };
        let mut points = merge.answers().points();
        points.extend(merge.fields(&BTreeMap::new()).points);
        passed::heard(&mut points, [&merge.ours.history, &merge.theirs.history]);
        merge.points = points;
        Ok(merge)
    }

    /// All points at which somebody says something, answers first.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The points that a person has to decide, in order.
    #[must_use]
    pub fn conflicts(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.points.iter().filter(|point| point.fate == Fate::Conflict)
    }

    /// How many of them nobody has decided yet.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.conflicts().filter(|point| point.choice.is_none()).count()
    }

    /// Decides the `n`-th conflict, or takes the decision back.
    pub fn choose(&mut self, n: usize, choice: Option<Side>) {
        let mut conflicts = self.points.iter_mut().filter(|point| point.fate == Fate::Conflict);
        if let Some(point) = conflicts.nth(n) {
            point.choice = choice;
        }
    }

    /// Decides what somebody knows an answer to; each conflict is asked about once.
    pub fn decide(&mut self, mut known: impl FnMut(&Point) -> Option<Side>) {
        for point in self.points.iter_mut().filter(|point| point.fate == Fate::Conflict) {
            if let Some(side) = known(point) {
                point.choice = Some(side);
            }
        }
    }

    /// Decides all that is undecided for one side.
    pub fn take(&mut self, side: Side) {
        for point in self.points.iter_mut().filter(|point| point.fate == Fate::Conflict) {
            point.choice.get_or_insert(side);
        }
    }

    /// The copy that is merged into.
    #[must_use]
    pub const fn ours(&self) -> &Session {
        &self.ours
    }

    /// The copy that came back.
    #[must_use]
    pub const fn theirs(&self) -> &Session {
        &self.theirs
    }

    /// What comes out. `reason` is told in the history, if there is anything to tell.
    ///
    /// # Errors
    /// While something is undecided, or when what comes out cannot be read.
    pub fn finish(&self, at: Stamp, reason: &str) -> Result<Session, Refused> {
        if self.undecided() > 0 {
            return Err(Refused::Undecided);
        }
        let mut merged = self.put_together()?;
        let answers = self.answers();
        let decided: Vec<(&VariableId, Option<&Answer>)> =
            self.points.iter().filter_map(|point| self.untold(&answers, point, &merged)).collect();
        let passed_over: Vec<String> = self.points.iter().filter_map(passed::over).collect();
        let parted = histories::adds(&self.ours.history, &self.theirs.history) == [true, true];
        if parted || !decided.is_empty() || !passed_over.is_empty() {
            merged.tell_merged(at, reason);
        }
        for (question, before) in decided {
            merged.tell_decided(at, question, before);
        }
        for text in passed_over {
            merged.tell_passed_over(at, &text);
        }
        Ok(merged)
    }

    /// What comes out where one side prevails, without anything told of it.
    ///
    /// # Errors
    /// When what comes out cannot be read.
    pub fn as_if(&self, side: Side) -> Result<Session, Refused> {
        let mut all = self.clone();
        all.take(side);
        all.put_together()
    }

    /// The revision of the seal that covers one of the copies and does not cover what came of them; none: no seal is lost.
    #[must_use]
    pub fn voids(&self, outcome: &Session) -> Option<u32> {
        let held = [&self.ours, &self.theirs].into_iter().filter_map(Session::intact_seal);
        let newest = held.map(|seal| seal.revision).max()?;
        outcome.intact_seal().is_none().then_some(newest)
    }

    /// What comes out where nobody has decided, with what stood there before both changed it; none: nobody knows.
    ///
    /// # Errors
    /// When what comes out cannot be read.
    pub fn before(&self) -> Result<Option<Session>, Refused> {
        let Basis::State(base) = &self.basis else { return Ok(None) };
        let undecided = |point: &&Point| point.fate == Fate::Conflict && point.choice.is_none();
        let mut session = self.put_together_as(Word::Before)?;
        for point in self.points.iter().filter(undecided) {
            let Place::Answer(id) = &point.place else { continue };
            match base.answers.get(id) {
                Some(answer) => drop(session.answers.insert(id.clone(), answer.clone())),
                None => drop(session.answers.remove(id)),
            }
        }
        Ok(Some(session))
    }

    fn put_together(&self) -> Result<Session, Refused> {
        self.put_together_as(Word::Of(Side::Ours))
    }

    /// `undecided`: whose word holds where nobody has decided about what is no answer.
    fn put_together_as(&self, undecided: Word) -> Result<Session, Refused> {
        let chosen = self.points.iter().filter_map(|point| match &point.place {
            Place::Part(path) if point.choice.is_some() || point.fate == Fate::Conflict => {
                Some((path.as_str(), point.choice.map_or(undecided, Word::Of)))
            }
            _ => None,
        });
        let choices = chosen.collect();
        let mut merged = self.fields(&choices).session(&self.ours).map_err(Refused::Unreadable)?;
        let chosen: BTreeMap<&VariableId, Side> = self
            .points
            .iter()
            .filter_map(|point| match &point.place {
                Place::Answer(id) => Some((id, point.choice?)),
                Place::Part(_) => None,
            })
            .collect();
        merged.answers.extend(self.answers().united(|id| chosen.get(id).copied()));
        merged.history = histories::united(&self.ours.history, &self.theirs.history);
        Ok(merged)
    }

    fn answers(&self) -> answers::Answers<'_> {
        answers::Answers::new(&self.basis, &self.ours, &self.theirs)
    }

    fn fields(&self, choices: &BTreeMap<&str, Word>) -> fields::Merged {
        let base = match &self.basis {
            Basis::State(base) => Some(&**base),
            Basis::Histories | Basis::Nothing => None,
        };
        fields::merged(base, &self.ours, &self.theirs, choices)
    }

    /// An answer about which the histories would not tell what came out, with what stood there before.
    fn untold<'p>(
        &'p self,
        answers: &answers::Answers<'_>,
        point: &'p Point,
        merged: &Session,
    ) -> Option<(&'p VariableId, Option<&'p Answer>)> {
        let Place::Answer(id) = &point.place else { return None };
        let (ours, theirs) = (self.ours.answers.get(id), self.theirs.answers.get(id));
        let out = merged.answers.get(id);
        match point.fate {
            Fate::Same | Fate::Alike => None,
            // Whoever was not heard can be.
            Fate::Conflict if point.choice == Some(Side::Ours) && out != theirs => Some((id, theirs)),
            Fate::Theirs if out == theirs && answers.tells(id, Side::Theirs) => None,
            _ if out != ours => Some((id, ours)),
            _ => None,
        }
    }
}
