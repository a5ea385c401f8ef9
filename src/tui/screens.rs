//! The screens. Each file holds one: its state, what keys do to it, and how it looks.

mod card;
mod cleared;
mod damaged;
mod dialog;
mod documents;
mod flips;
mod followups;
mod handover;
mod header;
mod help;
mod history;
mod inside;
mod menu;
mod merge;
mod newer;
mod overview;
mod paper;
mod picker;
mod private;
mod putaway;
mod question;
mod reading;
mod register;
mod sealing;
mod sessions;
mod signing;
mod signoff;
mod takeback;
mod takeover;
mod unsaved;
mod verdict;
mod why;

pub use card::Card;
pub use cleared::Cleared;
pub use damaged::Damaged;
pub use dialog::Dialog;
pub use documents::Documents;
pub use flips::Flips;
pub use followups::FollowUps;
pub use handover::HandOver;
pub use header::HeaderForm;
pub use help::Help;
pub use history::History;
pub use menu::Menu;
pub use merge::Merging;
pub use newer::Newer;
pub use overview::Overview;
pub use paper::{Kind as PaperKind, Paper};
pub use picker::Picker;
pub use private::Private;
pub use putaway::PutAway;
pub use question::Question;
pub use reading::Reading;
pub use register::{Register, Shown};
pub use sealing::Sealing;
pub use sessions::Sessions;
pub use signing::{Act, Signing};
pub use signoff::SignOff;
pub use takeback::TakeBack;
pub use takeover::TakeOver;
pub use unsaved::{Goal, Unsaved};
pub use verdict::Verdict;
pub use why::Why;

use super::turn::View;

/// One screen; its variants own their state.
#[derive(Debug)]
pub enum Screen {
    /// Start.
    Menu(Menu),
    /// All saved assessments.
    Sessions(Sessions),
    /// Tool picker.
    Picker(Picker),
    /// Header of the interview.
    Header(HeaderForm),
    /// A question.
    Question(Box<Question>),
    /// All questions.
    Overview(Overview),
    /// The result.
    Verdict(Box<Verdict>),
    /// Card of a catalogue entry.
    Card(Card),
    /// Keys of a context.
    Help(Help),
    /// Purely private use.
    Private(Private),
    /// A text to take along.
    Paper(Paper),
    /// Why a question is asked.
    Why(Why),
    /// Fields in a box above the screen below.
    Dialog(Dialog),
    /// What is not saved, and what can be done about it.
    Unsaved(Unsaved),
    /// What was changed.
    History(History),
    /// What is about to be taken back.
    TakeBack(TakeBack),
    /// The questions have changed since the session was answered.
    Newer(Newer),
    /// A damaged file, and the last state that is whole.
    Damaged(Damaged),
    /// Copies that came back.
    Merge(Merging),
    /// Why an assessment may only be looked at.
    Reading(Reading),
    /// All assessments of a client.
    Register(Box<Register>),
    /// Clearances that have flipped, or would.
    Flips(Flips),
    /// What is about to be done to one of the register.
    PutAway(PutAway),
    /// What is cleared already.
    Cleared(Cleared),
    /// All follow-ups.
    FollowUps(FollowUps),
    /// Documents that were seen.
    Documents(Documents),
    /// A self-assessment is given to the officer.
    HandOver(HandOver),
    /// It goes on as an interview.
    TakeOver(TakeOver),
    /// Opinion, decision and what belongs to them.
    SignOff(SignOff),
    /// One of its forms.
    Signing(Signing),
    /// What is about to be sealed.
    Sealing(Sealing),
}

impl Screen {
    /// What it does.
    #[must_use]
    pub fn view(&self) -> &dyn View {
        match self {
            Self::Menu(view) => view,
            Self::Sessions(view) => view,
            Self::Picker(view) => view,
            Self::Header(view) => view,
            Self::Question(view) => &**view,
            Self::Overview(view) => view,
            Self::Verdict(view) => &**view,
            Self::Card(view) => view,
            Self::Help(view) => view,
            Self::Private(view) => view,
            Self::Paper(view) => view,
            Self::Why(view) => view,
            Self::Dialog(view) => view,
            Self::Unsaved(view) => view,
            Self::History(view) => view,
            Self::TakeBack(view) => view,
            Self::Newer(view) => view,
            Self::Damaged(view) => view,
            Self::Merge(view) => view,
            Self::Reading(view) => view,
            Self::Register(view) => &**view,
            Self::Flips(view) => view,
            Self::PutAway(view) => view,
            Self::Cleared(view) => view,
            Self::FollowUps(view) => view,
            Self::Documents(view) => view,
            Self::HandOver(view) => view,
            Self::TakeOver(view) => view,
            Self::SignOff(view) => view,
            Self::Signing(view) => view,
            Self::Sealing(view) => view,
        }
    }

    /// What it does, to be changed.
    pub fn view_mut(&mut self) -> &mut dyn View {
        match self {
            Self::Menu(view) => view,
            Self::Sessions(view) => view,
            Self::Picker(view) => view,
            Self::Header(view) => view,
            Self::Question(view) => &mut **view,
            Self::Overview(view) => view,
            Self::Verdict(view) => &mut **view,
            Self::Card(view) => view,
            Self::Help(view) => view,
            Self::Private(view) => view,
            Self::Paper(view) => view,
            Self::Why(view) => view,
            Self::Dialog(view) => view,
            Self::Unsaved(view) => view,
            Self::History(view) => view,
            Self::TakeBack(view) => view,
            Self::Newer(view) => view,
            Self::Damaged(view) => view,
            Self::Merge(view) => view,
            Self::Reading(view) => view,
            Self::Register(view) => &mut **view,
            Self::Flips(view) => view,
            Self::PutAway(view) => view,
            Self::Cleared(view) => view,
            Self::FollowUps(view) => view,
            Self::Documents(view) => view,
            Self::HandOver(view) => view,
            Self::TakeOver(view) => view,
            Self::SignOff(view) => view,
            Self::Signing(view) => view,
            Self::Sealing(view) => view,
        }
    }
}
