//! Asks before something is done to a session of the register: a box that says what will happen.
//!
//! ```text
//!  ┌ Ins Archiv legen ─────────────────────────────┐
//!  │ Zoom · Vertrieb 3                             │
//!  │ Sie steht dann nur noch im Archiv.            │
//!  │                                               │
//!  │ › Ja                                          │
//!  │   Abbrechen                                   │
//!  └───────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Screen, Unsaved};
use crate::sanitise::{clip, sanitise};
use crate::session::away::Retired;
use crate::session::limits::LINE;
use crate::session::register::{Entry, Row};
use crate::session::state::in_force;

/// Characters of a name.
const NAME: usize = 60;
/// Places that are listed before they are removed.
const PLACES: usize = 6;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Put away.
    Archive,
    /// Take out again.
    TakeOut,
    /// The tool is not used any more.
    Retire,
    /// Removed for good.
    Forget,
    /// Once more, for the next review.
    Duplicate,
    /// Looked at again, and nothing has changed.
    Reviewed,
}

impl Deed {
    const fn id(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::TakeOut => "take-out",
            Self::Retire => "retire",
            Self::Forget => "forget",
            Self::Duplicate => "duplicate",
            Self::Reviewed => "reviewed",
        }
    }
}

/// The box.
#[derive(Debug)]
pub struct PutAway {
    deed: Deed,
    /// The folder of the session.
    name: String,
    /// What it is about.
    about: String,
    /// A clearance is in force.
    in_force: bool,
    /// What will be removed.
    places: Vec<String>,
    /// The proof that is typed when a tool is given up.
    note: Option<Editor>,
    selected: usize,
}

impl PutAway {
    /// Asks about a session.
    #[must_use]
    pub fn new(desk: &Desk<'_>, deed: Deed, entry: &Entry, row: &Row) -> Self {
        let names = [&*row.tool, &entry.team, &entry.title].into_iter().filter(|text| !text.is_empty());
        let about = names.map(|text| clip(text, NAME)).collect::<Vec<_>>().join(" · ");
        let places = if deed == Deed::Forget {
            let found = desk.store.belongings(&desk.store.place(&entry.name), &desk.folders.temporary);
            let all = found.map(|found| found.places).unwrap_or_default();
            all.iter().map(|place| sanitise(&place.to_string_lossy()).into_owned()).collect()
        } else {
            Vec::new()
        };
        let note = (deed == Deed::Retire).then(|| Editor::line(&entry.retired_note));
        let asks = matches!(deed, Deed::Archive | Deed::Forget);
        let session = asks.then(|| desk.store.load(&desk.store.place(&entry.name).to_string_lossy()).ok()).flatten();
        let in_force = session.is_some_and(|saved| in_force(&saved.session, desk.today));
        // What cannot be taken back is not what Enter does at once, nor what puts a clearance out of sight.
        let selected = usize::from(deed == Deed::Forget || in_force);
        Self { deed, name: entry.name.clone(), about, in_force, places, note, selected }
    }

    fn carry_out(&self, desk: &mut Desk<'_>) -> Turn {
        let today = desk.today;
        let done = match self.deed {
            Deed::Archive => desk.amend(&self.name, |session| session.archived = Some(today)),
            Deed::TakeOut => desk.amend(&self.name, |session| session.archived = None),
            Deed::Retire => {
                let note: String =
                    self.note.as_ref().map(Editor::text).unwrap_or_default().chars().take(LINE).collect();
                desk.amend(&self.name, |session| {
                    session.retired = Some(Retired { on: Some(today), note, ..Retired::default() });
                })
            }
            Deed::Forget => desk.forget(&self.name),
            Deed::Duplicate => match desk.duplicate(&self.name) {
                Ok(screen) => {
                    desk.notice = Some(desk.words.get("ui-register-duplicate-done"));
                    return Turn::show(screen);
                }
                Err(told) => Err(told),
            },
            Deed::Reviewed => match desk.note_review(&self.name) {
                Ok(false) => {
                    desk.notice = Some(desk.words.get("ui-register-reviewed-not"));
                    return Turn::Pop;
                }
                other => other.map(|_| ()),
            },
        };
        match done {
            Ok(()) => {
                desk.notice = Some(desk.words.get(&format!("ui-register-{}-done", self.deed.id())));
                desk.ask_for_book();
                Turn::Pop
            }
            Err(told) => Turn::Push(Screen::Unsaved(Unsaved::unread(told))),
        }
    }

    fn confirm(&self, desk: &mut Desk<'_>) -> Turn {
        if self.selected == 0 { self.carry_out(desk) } else { Turn::Pop }
    }
}

impl View for PutAway {
    fn context(&self) -> Context {
        if self.note.is_some() { Context::Dialog } else { Context::Asked }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.note.is_none()
            && let Some(at) = moved(self.selected, 2, action)
        {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    /// A digit only moves: nobody removes anything by accident.
    fn digit(&mut self, _: &mut Desk<'_>, n: usize) -> Option<Turn> {
        self.note.is_none().then(|| {
            self.selected = n.min(1);
            Turn::Stay
        })
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.confirm(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.note.as_mut()
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get(&format!("ui-register-{}", self.deed.id())))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&self.about, desk.styles.heading);
        page.text(&desk.words.get(&format!("ui-register-{}-says", self.deed.id())), desk.styles.text);
        if self.in_force {
            page.text(&desk.words.get("forget-in-force"), desk.styles.red);
        }
        for place in self.places.iter().take(PLACES) {
            page.indented("– ", "  ", place, desk.styles.dim);
        }
        if self.places.len() > PLACES {
            let more = (self.places.len() - PLACES).to_string();
            page.text(&desk.words.with("ui-more", &[("n", &more)]), desk.styles.dim);
        }
        page.gap();
        if let Some(note) = &self.note {
            page.text(&format!("› {}", note.shown(page.columns().saturating_sub(3))), desk.styles.selected);
            return;
        }
        for (n, id) in ["ui-register-do", "ui-take-back-not"].into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(id), style));
        }
    }
}
