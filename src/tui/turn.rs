//! How screens and the program talk: a screen gets an input and answers with a [`Turn`].

use super::desk::Desk;
use super::editor::Editor;
use super::keymap::{Action, Context, Key};
use super::screens::{Goal, Screen};
use super::widgets::Page;

/// What follows from an input.
#[derive(Debug)]
pub enum Turn {
    /// It means nothing on this screen.
    Ignored,
    /// The screen has dealt with it.
    Stay,
    /// Another screen above this one.
    Push(Screen),
    /// Another screen in place of everything above the start screen.
    Show(Screen),
    /// Back to the screen below.
    Pop,
    /// Back to the start screen.
    Home,
    /// This is carried out as if its key had been pressed.
    Perform(Action),
    /// Back to the screen below, which carries this out.
    Below(Action),
    /// The program ends.
    Quit,
    /// The person gives up what could not be saved, and goes on to the start screen or out.
    Abandon(Goal),
}

impl Turn {
    /// Another screen in place of the present one, if there is one to show.
    pub fn show(screen: Option<Screen>) -> Self {
        screen.map_or(Self::Stay, Self::Show)
    }
}

/// A screen. Its state is its own; what all screens share lies on the [`Desk`].
pub trait View {
    /// Whose keys hold.
    fn context(&self) -> Context;

    /// Carries out an action.
    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn;

    /// A digit was pressed where lines are numbered (`n` counts from 0); none: digits are text here.
    fn digit(&mut self, _: &mut Desk<'_>, _: usize) -> Option<Turn> {
        None
    }

    /// Line `n` was clicked.
    fn pick(&mut self, _: &mut Desk<'_>, _: usize) -> Turn {
        Turn::Ignored
    }

    /// The field that characters go to.
    fn editor(&mut self) -> Option<&mut Editor> {
        None
    }

    /// The text in the field has changed.
    fn edited(&mut self, _: &mut Desk<'_>) {}

    /// A key without a meaning of its own.
    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        if self.editor().is_some_and(|editor| editor.key(key)) {
            self.edited(desk);
            return Turn::Stay;
        }
        Turn::Ignored
    }

    /// The person goes elsewhere: what was chosen and not confirmed yet is kept.
    fn leave(&mut self, _: &mut Desk<'_>) {}

    /// Something that the screen shows has changed: the language, an answer, the day.
    fn refresh(&mut self, _: &Desk<'_>) {}

    /// Lays the screen out. `aside`: what belongs beside it is shown there.
    fn page(&self, desk: &Desk<'_>, page: &mut Page, aside: bool);

    /// Something stands beside the screen in wide windows.
    fn has_aside(&self) -> bool {
        false
    }

    /// Lays out what stands beside it.
    fn aside(&self, _: &Desk<'_>, _: &mut Page) {}

    /// Whose assessments it lists; the header says so.
    fn client(&self, _: &Desk<'_>) -> Option<String> {
        None
    }

    /// Actions that the footer leaves out now.
    fn offers(&self, _: &Desk<'_>, _: Action) -> bool {
        true
    }

    /// It stands in a box above the screen below it.
    fn title(&self, _: &Desk<'_>) -> Option<String> {
        None
    }
}

/// Moves a cursor by one line or page inside `lines` lines; none: the action moves nothing.
pub fn moved(at: usize, lines: usize, action: Action) -> Option<usize> {
    const PAGE: usize = 10;
    let last = lines.saturating_sub(1);
    Some(match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (at + 1).min(last),
        Action::PageUp => at.saturating_sub(PAGE),
        Action::PageDown => (at + PAGE).min(last),
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    })
}
