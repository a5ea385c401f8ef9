//! What can be done from every screen of an open assessment.

use super::super::desk::Desk;
use super::super::keymap::Action;
use super::super::turn::Turn;
use super::{FollowUps, Goal, HandOver, HeaderForm, Picker, Screen, TakeOver, Unsaved};
use crate::domain::answer::Mode;

/// Carries out an action that is no screen's own.
pub fn inside(desk: &mut Desk<'_>, action: Action) -> Turn {
    match action {
        Action::Header => HeaderForm::push(desk),
        Action::FollowUps => FollowUps::push(desk),
        Action::HandOver => HandOver::push(desk),
        Action::TakeOver => TakeOver::push(desk),
        Action::AnotherTool => another(desk),
        Action::NextTool => next(desk),
        _ => Turn::Ignored,
    }
}

/// Asks which other tool the same team looks at.
fn another(desk: &mut Desk<'_>) -> Turn {
    if desk.mode() != Some(Mode::Interview) {
        desk.notice = Some(desk.words.get("ui-another-tool-interview-only"));
        return Turn::Stay;
    }
    Turn::Push(Screen::Picker(Picker::beside()))
}

/// Goes to the next tool of the team.
fn next(desk: &mut Desk<'_>) -> Turn {
    if !desk.settle() {
        return Turn::Push(Screen::Unsaved(Unsaved::new(Goal::Stay)));
    }
    match desk.next_tool() {
        Some(Ok(screen)) => Turn::show(screen),
        Some(Err(told)) => Turn::Push(Screen::Unsaved(Unsaved::unread(told))),
        None => {
            desk.notice = Some(desk.words.get("ui-next-tool-none"));
            Turn::Stay
        }
    }
}
