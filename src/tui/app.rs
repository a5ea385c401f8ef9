//! The program: a stack of screens on a desk. Inputs go to the topmost screen; its answer moves the stack.

use super::desk::{Desk, Owed};
use super::editor::Editor;
use super::keymap::{Action, Context, Key, lookup};
use super::screens::{Damaged, Goal, Help, Menu, Merging, Screen, Unsaved};
use super::turn::{Turn, View};
use crate::cli;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;
use crate::error::{Error, Kind};
use crate::knowledge::Knowledge;
use crate::session::store::{Damage, Gathered, Saved, Told};

/// Where the program begins.
#[derive(Debug)]
pub enum Start {
    /// The start screen.
    Menu,
    /// A new assessment.
    New {
        /// The tool, if it is known already.
        vendor: Option<VendorId>,
        /// The mode, if it is known already.
        mode: Option<Mode>,
    },
    /// All saved assessments.
    Register,
    /// A saved assessment.
    Open(Box<Saved>),
    /// One whose file is damaged.
    Damaged(Box<Damage>),
    /// One into which copies are brought.
    Merge(Box<Gathered>),
}

/// The whole program.
#[derive(Debug)]
pub struct App<'k> {
    /// What all screens share.
    pub desk: Desk<'k>,
    /// Screens, the start screen first; the last one is on top.
    pub screens: Vec<Screen>,
    /// The program ends.
    pub quit: bool,
    /// The person has given up what could not be saved.
    abandoned: bool,
}

impl<'k> App<'k> {
    /// The program before its first frame.
    #[must_use]
    pub fn new(context: &cli::Context, knowledge: &'k Knowledge, start: Start) -> Self {
        let mut desk = Desk::new(context, knowledge);
        let first = match start {
            Start::Menu => {
                desk.sessions = desk.store.list();
                None
            }
            Start::New { vendor, mode } => {
                let mode = mode.unwrap_or(Mode::SelfAssessment);
                match vendor {
                    Some(vendor) => desk.begin(mode, &vendor),
                    None => Some(desk.picker(Some(mode))),
                }
            }
            Start::Register => Some(desk.register()),
            Start::Open(saved) => desk.resume(*saved),
            Start::Merge(gathered) => {
                desk.owed = Some(Owed::Merge);
                Some(Screen::Merge(Merging::new(gathered)))
            }
            Start::Damaged(damage) => Some(Screen::Damaged(Damaged::new(damage))),
        };
        let screens = std::iter::once(Screen::Menu(Menu::default())).chain(first).collect();
        let mut app = Self { desk, screens, quit: false, abandoned: false };
        app.announce();
        app
    }

    /// The screen on top.
    #[must_use]
    pub fn top(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// The context whose keys hold now.
    #[must_use]
    pub fn context(&self) -> Context {
        self.top().map_or(Context::Start, |screen| screen.view().context())
    }

    /// A key was pressed.
    pub fn key(&mut self, key: &Key) {
        self.desk.notice = None;
        match lookup(self.context(), key) {
            Some(action) => self.perform(action),
            None => self.typed(key),
        }
    }

    /// Carries out an action.
    pub fn perform(&mut self, action: Action) {
        if let Some(turn) = self.instead(action) {
            return self.follow(turn);
        }
        let turn = match action {
            // Whoever asks to leave the box that warns gets out; `end` keeps what is not saved.
            Action::Quit if matches!(self.top(), Some(Screen::Unsaved(_))) => {
                self.quit = true;
                Turn::Stay
            }
            Action::Quit => {
                self.leave();
                Turn::Quit
            }
            Action::Save => {
                self.save_now();
                Turn::Stay
            }
            Action::Home => {
                self.leave();
                self.desk.left.returns = false;
                Turn::Home
            }
            Action::Language => {
                self.desk.switch_language();
                self.refresh();
                Turn::Stay
            }
            Action::Theme => {
                self.desk.switch_theme();
                Turn::Stay
            }
            Action::Present => {
                self.desk.switch_presenting();
                self.refresh();
                Turn::Stay
            }
            Action::Mouse => {
                self.desk.switch_mouse();
                Turn::Stay
            }
            Action::Help => match self.context() {
                Context::Help => Turn::Stay,
                context => Turn::Push(Screen::Help(Help::new(context))),
            },
            action => self.on_top(|screen, desk| screen.view_mut().act(desk, action)),
        };
        self.follow(turn);
    }

    /// The program is about to end, or the person goes elsewhere: nothing that was chosen is lost.
    pub fn leave(&mut self) {
        for screen in self.screens.iter_mut().rev() {
            screen.view_mut().leave(&mut self.desk);
        }
    }

    fn on_top(&mut self, turn: impl FnOnce(&mut Screen, &mut Desk<'k>) -> Turn) -> Turn {
        match self.screens.last_mut() {
            Some(screen) => turn(screen, &mut self.desk),
            None => Turn::Ignored,
        }
    }

    fn typed(&mut self, key: &Key) {
        if self.refuses_typing() {
            return;
        }
        let number = match key {
            Key::Char(c) => c.to_digit(10),
            _ => None,
        };
        let turn = self.on_top(|screen, desk| {
            let view = screen.view_mut();
            // Zero stands behind nine, so it is the tenth line; a question takes it for "I don't know".
            let picked = number.and_then(|n| view.digit(desk, (n as usize + 9) % 10));
            let turn = picked.unwrap_or_else(|| view.typed(desk, key));
            say_cut(desk, screen.view_mut());
            turn
        });
        self.follow(turn);
    }

    /// Text was pasted: cleaned, cut where it does not fit, and it never confirms anything.
    pub fn paste(&mut self, text: &str) {
        if self.refuses_typing() {
            return;
        }
        // Terminals send line ends as a keyboard does.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let turn = self.on_top(|screen, desk| {
            let view = screen.view_mut();
            if let Some(editor) = view.editor() {
                editor.insert(&text);
                view.edited(desk);
            }
            say_cut(desk, view);
            Turn::Stay
        });
        self.follow(turn);
    }

    /// A place on the screen was clicked.
    pub fn click(&mut self, column: u16, row: u16) {
        self.desk.notice = None;
        match super::layout::hit(self, column, row) {
            Some(super::layout::Hit::Item(_)) if self.refuses_typing() => {}
            Some(super::layout::Hit::Item(n)) => {
                let turn = self.on_top(|screen, desk| screen.view_mut().pick(desk, n));
                self.follow(turn);
            }
            Some(super::layout::Hit::Offer(action)) => self.perform(action),
            None => {}
        }
    }

    /// Saves at once and says so; what stands in the way is shown in full.
    fn save_now(&mut self) {
        if self.desk.sitting.is_none() || matches!(self.top(), Some(Screen::Unsaved(_))) {
            self.desk.settle();
            return;
        }
        if self.desk.settle() && self.desk.on_copy().is_none() {
            self.desk.notice = Some(self.desk.words.get("ui-saved"));
        } else {
            self.screens.push(Screen::Unsaved(Unsaved::new(Goal::Stay)));
        }
    }

    /// Whether the assessment may be left: everything is on disk. Else a box asks what to do.
    fn secured(&mut self, goal: Goal) -> bool {
        if self.desk.settle() {
            return true;
        }
        if matches!(self.top(), Some(Screen::Unsaved(_))) {
            self.screens.pop();
        }
        self.screens.push(Screen::Unsaved(Unsaved::new(goal)));
        false
    }

    /// The end of the program: saves once more; what cannot be saved where it should goes to any other place.
    ///
    /// # Errors
    /// What the person reads once the terminal is given back.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.desk.settle() {
            // Whoever waits for the outcome of a merge has to know that there is none.
            return match self.desk.owed {
                Some(Owed::Merge) => {
                    let error = Error::new(Kind::Failure, self.desk.words.get("ui-merge-nothing-taken"));
                    Err(error.hint(self.desk.words.get("ui-merge-nothing-taken-remedy")))
                }
                None => Ok(()),
            };
        }
        let Told { message, remedy } = self
            .desk
            .fault()
            .unwrap_or_else(|| Told { message: self.desk.words.get("ui-unsaved-title"), remedy: String::new() });
        if self.abandoned {
            let text = self.desk.words.with("ui-end-abandoned", &[("why", &message)]);
            return Err(Error::new(Kind::Save, text));
        }
        Err(match self.desk.rescue() {
            Ok(path) => {
                let path = crate::sanitise::sanitise(&path.to_string_lossy()).into_owned();
                let text = self.desk.words.with("ui-end-rescued", &[("why", &message), ("path", &path)]);
                Error::new(Kind::Save, text).hint(format!("freigabe open {path}"))
            }
            Err(_) => Error::new(Kind::Save, self.desk.words.with("ui-end-lost", &[("why", &message)])).hint(remedy),
        })
    }

    /// Whoever came from the register goes back to it, not to the start screen.
    fn return_to_register(&mut self) {
        if std::mem::take(&mut self.desk.left.returns) {
            let register = self.desk.register();
            self.screens.push(register);
        }
    }

    /// The register has arrived, or more of it is read.
    pub fn woken(&mut self) {
        if self.desk.take_book() {
            self.refresh();
        }
    }

    /// Reads the register that was asked for and waits for it; what no loop drives needs it.
    pub fn load_now(&mut self) {
        if self.desk.load_now() {
            self.refresh();
        }
    }

    fn home(&mut self) {
        self.screens.clear();
        self.screens.push(Screen::Menu(self.desk.close()));
    }

    fn follow(&mut self, turn: Turn) {
        match turn {
            Turn::Ignored | Turn::Stay => {}
            Turn::Push(screen) => self.screens.push(screen),
            Turn::Show(screen) => {
                self.screens.truncate(1);
                self.screens.push(screen);
            }
            Turn::Pop => {
                if self.screens.len() > 1 {
                    self.screens.pop();
                }
                self.refresh();
                // On the start screen nothing stays open.
                if self.screens.len() == 1 && self.desk.sitting.is_some() && self.secured(Goal::Home) {
                    self.home();
                    self.return_to_register();
                }
            }
            Turn::Home => {
                if self.secured(Goal::Home) {
                    self.home();
                    self.return_to_register();
                }
            }
            Turn::Abandon(Goal::Quit) => (self.abandoned, self.quit) = (true, true),
            Turn::Abandon(_) => {
                self.home();
                self.return_to_register();
            }
            Turn::Perform(action) => self.perform(action),
            Turn::Below(action) => {
                self.screens.pop();
                self.perform(action);
            }
            Turn::Quit => self.quit = self.secured(Goal::Quit),
        }
        self.announce();
        self.ask_about_questions();
    }

    fn refresh(&mut self) {
        for screen in &mut self.screens {
            screen.view_mut().refresh(&self.desk);
        }
    }
}

/// Says what did not fit into the field that was typed into.
fn say_cut(desk: &mut Desk<'_>, view: &mut dyn View) {
    if let Some((cut, most)) = view.editor().and_then(Editor::take_cut) {
        let arguments = [("most", most.to_string()), ("cut", cut.to_string())];
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, text)| (*name, text.as_str())).collect();
        desk.notice = Some(desk.words.with("ui-cut", &arguments));
    }
}
