//! A session that may only be looked at: who holds it, what is refused, and how it is taken over once it is free.
//!
//! Nothing that any screen does to such a session lasts: what it changes is put back where it asks for a save.

use super::app::App;
use super::desk::{Desk, News};
use super::keymap::{Action, Context};
use super::screens::{Reading, Screen, TakeOver};
use super::turn::Turn;
use crate::sanitise::clip;
use crate::session::store::{Claim, Holder, ReadOnly, Told, claim, holder_of};

/// Longest name of a machine that is shown, in characters.
const LONGEST: usize = 60;

impl Desk<'_> {
    /// Why the open session may only be looked at.
    #[must_use]
    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.sitting.as_ref()?.saved.read_only.as_ref()
    }

    /// Whether nothing that a person says on the screen opens it, but for taking it over.
    fn is_closed(&self) -> bool {
        self.read_only().is_some_and(|why| *why != ReadOnly::OtherQuestions)
    }

    /// The reason in words, and what helps; none where other questions are the reason: that is told by what has changed.
    #[must_use]
    pub fn told_read_only(&self) -> Option<Told> {
        let words = &self.words;
        let (message, id) = match self.read_only()? {
            ReadOnly::Held(who) => (self.held_by(who), "held"),
            ReadOnly::Newer => (words.get("ui-read-only-newer"), "newer"),
            ReadOnly::Generation => (words.get("ui-read-only-generation"), "generation"),
            ReadOnly::OtherQuestions => return None,
        };
        Some(Told { message, remedy: words.get(&format!("ui-read-only-{id}-remedy")) })
    }

    fn held_by(&self, who: &str) -> String {
        let words = &self.words;
        let Some(holder) = Holder::parse(who) else { return words.get("ui-read-only-held-unknown") };
        let since = i64::try_from(holder.since).ok().and_then(|since| jiff::Timestamp::from_millisecond(since).ok());
        let since = since.map(|since| words.utc(jiff::tz::Offset::UTC.to_datetime(since))).unwrap_or_default();
        let (host, process) = (clip(&holder.host, LONGEST), holder.process.to_string());
        words.with("ui-read-only-held", &[("host", &host), ("process", &process), ("since", &since)])
    }

    /// Holds the session of the open assessment, so that others learn who has it. Whoever is late only looks at it.
    pub(super) fn hold(&mut self, opening: bool) {
        let Some(sitting) = &mut self.sitting else { return };
        let ours = self.lock.as_ref().is_some_and(|lock| lock.holds(&sitting.saved.path));
        if ours || sitting.saved.read_only.is_some() || sitting.is_private() {
            return;
        }
        self.lock = None;
        // Nobody waits for it while answering.
        if !opening && holder_of(&sitting.saved.path).is_some() {
            return;
        }
        match claim(&sitting.saved.path, &Holder::this(self.milliseconds)) {
            Claim::Ours(lock) => self.lock = Some(lock),
            // Whoever has written already goes on: a save compares before it replaces.
            Claim::Held(who) if opening => sitting.saved.read_only = Some(ReadOnly::Held(who)),
            Claim::Held(_) | Claim::Unknown => {}
        }
    }

    /// Puts back what a screen has changed in a session that may only be looked at. True: it may be changed.
    pub(super) fn may_change(&mut self) -> bool {
        if self.read_only().is_none() {
            return true;
        }
        if let Some(sitting) = &mut self.sitting {
            sitting.put_back();
        }
        self.notice = Some(self.words.get("ui-read-only-refused"));
        false
    }
}

impl App<'_> {
    /// Says above the screen that was just opened why its session may only be looked at, or asks what becomes of one that
    /// somebody else has given away.
    pub(super) fn announce(&mut self) {
        let screen = match self.desk.news.take() {
            Some(News::Closed) if self.desk.is_closed() => Some(Screen::Reading(Reading::default())),
            Some(News::Arrived) => TakeOver::new(&self.desk).map(Screen::TakeOver),
            _ => None,
        };
        self.screens.extend(screen);
    }

    /// What becomes of an action that would change a session that may only be looked at; none: it changes nothing.
    pub(super) fn instead(&mut self, action: Action) -> Option<Turn> {
        self.desk.look_at_questions();
        self.desk.read_only()?;
        let asking = matches!(self.context(), Context::Question | Context::Typing)
            && matches!(self.top(), Some(Screen::Question(_)));
        match action {
            Action::Save if self.desk.answers_differ() => Some(self.refuse_change()),
            Action::Save => Some(self.take_over()),
            Action::Confirm if asking => Some(Turn::Perform(Action::Skip)),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last if asking => {
                Some(self.refuse())
            }
            Action::Toggle
            | Action::Note
            | Action::Evidence
            | Action::FollowUp
            | Action::Condition
            | Action::Depart
            | Action::Header
            | Action::Undo
            | Action::Redo
            | Action::Clear
            | Action::TakeBack
            | Action::Reason
            | Action::Remark
            | Action::Attest
            | Action::HandOver
            | Action::TakeOver
            | Action::Remove => Some(self.refuse_change()),
            _ => None,
        }
    }

    /// Whether what is typed, pasted or clicked would go to a question that may only be looked at; that is said then.
    pub(super) fn refuses_typing(&mut self) -> bool {
        self.desk.look_at_questions();
        let refused = self.desk.read_only().is_some() && matches!(self.top(), Some(Screen::Question(_)));
        if refused {
            self.refuse_change();
            self.ask_about_questions();
        }
        refused
    }

    /// Refuses what would change something. Where that is for other questions, they are shown.
    fn refuse_change(&mut self) -> Turn {
        self.desk.refuse_change();
        Turn::Stay
    }

    fn refuse(&mut self) -> Turn {
        self.desk.notice = Some(self.desk.words.get("ui-read-only-refused"));
        Turn::Stay
    }

    /// Takes a session over that has become free: as it lies on the disk now.
    pub(super) fn take_over(&mut self) -> Turn {
        let told = match self.desk.take_over() {
            Some(Ok(screen)) => {
                self.desk.notice = Some(self.desk.words.get("ui-read-only-taken"));
                return Turn::show(screen);
            }
            Some(Err(told)) => Some(told),
            None => None,
        };
        if matches!(self.top(), Some(Screen::Reading(_))) {
            self.screens.pop();
        }
        Turn::Push(Screen::Reading(Reading::after(told)))
    }
}

impl Desk<'_> {
    /// Takes the session over and returns where one goes on; none: it may still only be looked at.
    fn take_over(&mut self) -> Option<Result<Option<Screen>, Told>> {
        let sitting = self.sitting.as_mut()?;
        if !matches!(sitting.saved.read_only, Some(ReadOnly::Held(_))) {
            return None;
        }
        let path = sitting.saved.path.clone();
        match claim(&path, &Holder::this(self.milliseconds)) {
            Claim::Held(who) => {
                sitting.saved.read_only = Some(ReadOnly::Held(who));
                return None;
            }
            Claim::Ours(lock) => self.lock = Some(lock),
            Claim::Unknown => {}
        }
        // Its holder has most likely changed it.
        let loaded = self.store.load(&path.to_string_lossy()).map_err(|fault| fault.told(&self.words));
        Some(loaded.map(|saved| self.resume(saved)))
    }
}
