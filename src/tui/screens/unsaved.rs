//! What is not saved, why, and what can be done: a box above the screen. Nothing is given up unless a person says so.
//!
//! ```text
//!  ┌ Nicht gesichert ───────────────────────────────┐
//!  │ /share/zoom.ron: Der Datenträger ist voll.     │
//!  │ Schaffen Sie Platz und versuchen Sie es erneut │
//!  │                                                │
//!  │ › Noch einmal versuchen                        │
//!  │   An einem anderen Ort sichern                 │
//!  │   Als Kopie daneben sichern                    │
//!  │   Ohne Sichern verlassen                       │
//!  └────────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::sanitise::sanitise;
use crate::session::store::{Copy, Told};

/// Where the person was going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Nowhere: back to the screen below.
    Stay,
    /// To the start screen.
    Home,
    /// Out of the program.
    Quit,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Again,
    Elsewhere,
    Beside,
    Back,
    Abandon,
}

impl Choice {
    const fn label(self) -> &'static str {
        match self {
            Self::Again => "ui-unsaved-again",
            Self::Elsewhere => "ui-unsaved-elsewhere",
            Self::Beside => "ui-unsaved-beside",
            Self::Back => "ui-unsaved-back",
            Self::Abandon => "ui-unsaved-abandon",
        }
    }
}

/// The box.
#[derive(Debug)]
pub struct Unsaved {
    goal: Goal,
    selected: usize,
    /// The place that is being typed.
    place: Option<Editor>,
    /// What came of the last choice, or what this box is about when nothing is unsaved.
    told: Option<Told>,
}

impl Unsaved {
    /// The box on the way somewhere.
    #[must_use]
    pub const fn new(goal: Goal) -> Self {
        Self { goal, selected: 0, place: None, told: None }
    }

    /// A file that could not be opened: the reason in full.
    #[must_use]
    pub const fn unread(told: Told) -> Self {
        Self { goal: Goal::Stay, selected: 0, place: None, told: Some(told) }
    }

    fn choices(&self, desk: &Desk<'_>) -> Vec<Choice> {
        if desk.sitting.is_none() {
            return vec![Choice::Back];
        }
        let mut choices = vec![Choice::Again, Choice::Elsewhere, Choice::Beside, Choice::Back];
        if desk.fault().is_none() {
            // All is on disk; the box only says where.
            choices.retain(|choice| matches!(choice, Choice::Elsewhere | Choice::Back));
        } else if self.goal != Goal::Stay {
            choices.push(Choice::Abandon);
        }
        choices
    }

    /// Everything is on disk: on to where the person was going.
    const fn reached(&self) -> Turn {
        match self.goal {
            Goal::Stay => Turn::Pop,
            Goal::Home => Turn::Home,
            Goal::Quit => Turn::Quit,
        }
    }

    fn choose(&mut self, desk: &mut Desk<'_>, choice: Choice) -> Turn {
        self.told = None;
        match choice {
            Choice::Again if desk.settle() => self.reached(),
            Choice::Again => Turn::Stay,
            Choice::Elsewhere => {
                self.place = Some(Editor::line(""));
                Turn::Stay
            }
            Choice::Beside => {
                let done = desk.save_beside();
                self.done(done)
            }
            Choice::Back => Turn::Pop,
            Choice::Abandon => Turn::Abandon(self.goal),
        }
    }

    fn done(&mut self, done: Result<(), Told>) -> Turn {
        match done {
            Ok(()) => self.reached(),
            Err(told) => {
                self.told = Some(told);
                Turn::Stay
            }
        }
    }

    fn placed(&mut self, desk: &mut Desk<'_>) -> Turn {
        let typed = self.place.as_ref().map(|place| place.text().trim().to_owned()).unwrap_or_default();
        if typed.is_empty() {
            return Turn::Stay;
        }
        let done = desk.save_as(&typed);
        self.done(done)
    }

    /// What has happened, and what helps.
    fn reasons(&self, desk: &Desk<'_>) -> Vec<Told> {
        let copy = desk.on_copy().map(|(copy, path)| {
            let id = if copy == Copy::Conflict { "ui-on-conflict" } else { "ui-on-rescue" };
            let path = sanitise(&path.to_string_lossy()).into_owned();
            Told { message: desk.words.with(id, &[("path", &path)]), remedy: desk.words.get("ui-on-copy-remedy") }
        });
        let main = desk.fault().or_else(|| copy.filter(|_| self.told.is_none()));
        main.into_iter().chain(self.told.clone()).collect()
    }
}

impl View for Unsaved {
    fn context(&self) -> Context {
        if self.place.is_some() { Context::Dialog } else { Context::Unsaved }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.place.is_some() {
            return match action {
                Action::Confirm => self.placed(desk),
                Action::Back => {
                    (self.place, self.told) = (None, None);
                    Turn::Stay
                }
                _ => Turn::Ignored,
            };
        }
        let choices = self.choices(desk);
        if let Some(at) = moved(self.selected, choices.len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match (action, choices.get(self.selected)) {
            (Action::Confirm, Some(choice)) => self.choose(desk, *choice),
            (Action::Back, _) => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    /// A digit only moves: whoever was choosing answers by digits when the box came must not give anything up.
    fn digit(&mut self, desk: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if self.place.is_some() {
            return None;
        }
        if n < self.choices(desk).len() {
            self.selected = n;
        }
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        match self.choices(desk).get(n) {
            Some(choice) if self.selected == n => self.choose(desk, *choice),
            Some(_) => {
                self.selected = n;
                Turn::Stay
            }
            None => Turn::Ignored,
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.place.as_mut()
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        let id = match (desk.fault(), &self.told) {
            (Some(_), _) => "ui-unsaved-title",
            (None, Some(_)) => "ui-unread-title",
            (None, None) => "ui-copy-title",
        };
        Some(desk.words.get(id))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        for told in self.reasons(desk) {
            page.text(&told.message, desk.styles.red);
            page.text(&told.remedy, desk.styles.text);
        }
        page.gap();
        if let Some(place) = &self.place {
            page.text(&desk.words.get("ui-unsaved-place"), desk.styles.dim);
            let shown = place.shown(page.columns().saturating_sub(2));
            page.item(0, true, |page| page.indented("› ", "  ", &shown, desk.styles.selected));
            return;
        }
        for (n, choice) in self.choices(desk).into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(choice.label()), style);
            });
        }
    }
}
