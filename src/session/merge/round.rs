//! Several copies brought into one session, one after the other.

use std::collections::VecDeque;

use super::{Basis, Fate, Merge, Point, Refused, Side};
use crate::session::history::Stamp;
use crate::session::model::Session;

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
        let mut round = Self { session, present: None, waiting: incoming.into(), done: Vec::new(), foreign };
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
        self.session = merge.finish(at, reason)?;
        self.done.push((name.clone(), merge.points().to_vec()));
        self.step();
        Ok(())
    }

    /// The session, once all is in.
    #[must_use]
    pub fn outcome(&self) -> Option<&Session> {
        self.present.is_none().then_some(&self.session)
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
    }
}
