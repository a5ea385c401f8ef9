//! Several copies brought into one session, one after the other.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Basis, Fate, Merge, Point, Refused, Said, Side};
use crate::session::file::parts;
use crate::session::history::Stamp;
use crate::session::model::Session;

/// Hexadecimal digits of a hash of what both sides say.
const DIGITS: usize = 32;

/// A copy that came back.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What it is called: the name of its file.
    pub name: String,
    /// What it holds.
    pub session: Session,
    /// What is known of the time before it parted.
    pub basis: Basis,
}

/// What a person has decided about one place in one copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The name of the copy.
    pub file: String,
    /// The place.
    pub place: String,
    /// Who is heard.
    pub side: Side,
    /// A hash of what both sides say there: it holds for nothing else.
    pub of: String,
}

/// A session, and the copies that still have to be brought into it.
#[derive(Clone, Debug)]
pub struct Round {
    /// The session with all that was brought in so far.
    session: Session,
    /// The copy that is looked at; none: all are in.
    present: Option<(String, Merge)>,
    waiting: VecDeque<Incoming>,
    /// What was found in those that are in.
    done: Vec<(String, Vec<Point>)>,
    /// Copies may have another id.
    foreign: bool,
    /// What was decided before.
    before: Vec<Decision>,
    /// The seal that covered the session or a copy, and does not cover what came of both.
    voided: Option<u32>,
}

impl Round {
    /// A session and what is to be brought into it. `foreign`: copies may have another id.
    ///
    /// # Errors
    /// The name of a copy that does not belong to it, and why.
    pub fn new(session: Session, incoming: Vec<Incoming>, foreign: bool) -> Result<Self, (String, Refused)> {
        for one in &incoming {
            let fits = Merge::of(one.basis.clone(), session.clone(), one.session.clone(), foreign);
            fits.map_err(|refused| (one.name.clone(), refused))?;
        }
        let mut round = Self {
            session,
            present: None,
            waiting: incoming.into(),
            done: Vec::new(),
            foreign,
            before: Vec::new(),
            voided: None,
        };
        round.step();
        Ok(round)
    }

    /// The copy that is looked at, and its name.
    #[must_use]
    pub fn present(&self) -> Option<(&str, &Merge)> {
        self.present.as_ref().map(|(name, merge)| (name.as_str(), merge))
    }

    /// What was found in each copy so far, the present one last.
    pub fn found(&self) -> impl Iterator<Item = (&str, &[Point])> {
        let done = self.done.iter().map(|(name, points)| (name.as_str(), points.as_slice()));
        done.chain(self.present().map(|(name, merge)| (name, merge.points())))
    }

    /// Decides the `n`-th conflict of the present copy, or takes the decision back.
    pub fn choose(&mut self, n: usize, choice: Option<Side>) {
        if let Some((_, merge)) = &mut self.present {
            merge.choose(n, choice);
        }
    }

    /// Decides all that is undecided in the present copy.
    pub fn take(&mut self, side: Side) {
        if let Some((_, merge)) = &mut self.present {
            merge.take(side);
        }
    }

    /// All that a person has decided so far.
    #[must_use]
    pub fn decisions(&self) -> Vec<Decision> {
        let each = |(name, points): (&str, &[Point])| {
            let name = name.to_owned();
            let decided = points.iter().filter_map(move |point| {
                let (place, of, side) = (point.place.to_string(), hash(point), point.choice?);
                Some(Decision { file: name.clone(), place, side, of })
            });
            decided.collect::<Vec<Decision>>()
        };
        self.found().flat_map(each).collect()
    }

    /// What was decided before holds again, wherever both sides still say the same as then.
    pub fn recall(&mut self, decisions: Vec<Decision>) {
        self.before = decisions;
        self.remember();
    }

    fn remember(&mut self) {
        let Some((name, merge)) = &mut self.present else { return };
        // There may be very many: each is looked up once, and each conflict is touched once.
        let own = self.before.iter().filter(|one| one.file == *name);
        let known: BTreeMap<(&str, &str), Side> = own.map(|one| ((&*one.place, &*one.of), one.side)).collect();
        if known.is_empty() {
            return;
        }
        merge.decide(|point| known.get(&(&*point.place.to_string(), &*hash(point))).copied());
    }

    /// How many copies come after the present one.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Brings the present copy in and goes on to the next one. `reason` is told of it.
    ///
    /// # Errors
    /// While something in it is undecided, or when what comes out cannot be read.
    pub fn bring_in(&mut self, at: Stamp, reason: &str) -> Result<(), Refused> {
        let Some((name, merge)) = &self.present else { return Ok(()) };
        let session = merge.finish(at, reason)?;
        // Once there is an intact seal it covers what is in by then; a newer one may come with a copy.
        self.voided = match merge.voids(&session) {
            None if session.intact_seal().is_some() => None,
            voided => voided.or(self.voided),
        };
        self.session = session;
        self.done.push((name.clone(), merge.points().to_vec()));
        self.step();
        Ok(())
    }

    /// The session, once all is in.
    #[must_use]
    pub fn outcome(&self) -> Option<&Session> {
        self.present.is_none().then_some(&self.session)
    }

    /// The seal that does not hold any more once all that is in so far is saved; none: no seal is lost.
    #[must_use]
    pub const fn voids(&self) -> Option<u32> {
        self.voided
    }

    /// How many points have a fate, over all copies so far.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.found().flat_map(|(_, points)| points).filter(|point| point.fate == fate).count()
    }

    fn step(&mut self) {
        self.present = self.waiting.pop_front().and_then(|next| {
            // Whether it belongs here was asked at the beginning.
            let merge = Merge::of(next.basis, self.session.clone(), next.session, self.foreign).ok()?;
            Some((next.name, merge))
        });
        self.remember();
    }
}

/// A hash of what both sides say.
fn hash(point: &Point) -> String {
    let mut hash = Sha256::new();
    for side in [&point.ours, &point.theirs] {
        let text = match side {
            Said::Nothing => String::new(),
            Said::Answer(answer) => parts::answer(answer),
            Said::Text(text) => text.clone(),
        };
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    let mut text = String::new();
    for byte in hash.finalize().iter().take(DIGITS / 2) {
        // Writing to memory cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
