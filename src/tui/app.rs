//! The state of the program. What a key does to it stands in `update`, how it looks in `draw`.

use std::collections::BTreeSet;

use super::choose::Choosing;
use super::keymap::Context;
use super::sitting::Sitting;
use super::theme::Styles;
use super::worker::Worker;
use crate::cli;
use crate::domain::answer::Mode;
use crate::domain::id::{VariableId, VendorId};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::report::view::VerdictView;
use crate::session::store::{Listed, Saved, Store};

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
    /// A saved assessment.
    Open(Box<Saved>),
}

/// What the saved mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing has been written yet.
    NoFile,
    /// A save is under way.
    Saving,
    /// Everything is on disk.
    Saved,
    /// The last save failed.
    Failed(String),
}

/// One screen; its variants own their state.
#[derive(Debug)]
pub enum Screen {
    /// Start.
    Menu {
        /// Line under the cursor.
        selected: usize,
    },
    /// Tool picker. With a mode it begins an assessment, without one it shows the card.
    Picker {
        /// Mode of the assessment to begin.
        mode: Option<Mode>,
        /// What was typed.
        filter: String,
        /// Line under the cursor.
        selected: usize,
    },
    /// Header of the interview.
    Header {
        /// Field under the cursor.
        field: usize,
    },
    /// A question.
    Question(Box<Choosing>),
    /// All questions.
    Overview {
        /// Line under the cursor.
        selected: usize,
    },
    /// The result.
    Verdict {
        /// In words, in the language of the moment.
        view: Box<VerdictView>,
        /// 0 result, 1 sources.
        tab: usize,
        /// Finding under the cursor.
        selected: usize,
        /// Findings that are opened.
        open: BTreeSet<usize>,
    },
    /// Card of a catalogue entry.
    Card {
        /// The entry.
        vendor: VendorId,
        /// First line shown.
        scroll: usize,
    },
    /// Keys of a context.
    Help {
        /// The context it was opened in.
        context: Context,
        /// First line shown.
        scroll: usize,
    },
    /// Purely private use.
    Private,
}

/// A field dialog above the screen.
#[derive(Debug)]
pub struct Dialog {
    /// What it edits.
    pub kind: DialogKind,
    /// The question it belongs to.
    pub question: VariableId,
    /// Message ids of the labels, and the texts.
    pub fields: Vec<(&'static str, String)>,
    /// Field under the cursor.
    pub at: usize,
    /// What is wrong.
    pub fault: Option<String>,
}

/// What a dialog edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogKind {
    /// The note.
    Note,
    /// A piece of evidence.
    Evidence,
    /// A follow-up.
    FollowUp,
}

/// The whole program.
#[derive(Debug)]
pub struct App<'k> {
    /// What is known.
    pub knowledge: &'k Knowledge,
    /// Where sessions lie.
    pub store: Store,
    /// Words of the language.
    pub words: Words,
    /// Colours.
    pub styles: Styles,
    /// Screens, the last one is shown.
    pub screens: Vec<Screen>,
    /// The dialog above it.
    pub dialog: Option<Dialog>,
    /// The assessment.
    pub sitting: Option<Sitting<'k>>,
    /// Saved sessions, newest first.
    pub sessions: Vec<Listed>,
    /// What the saved mark says.
    pub mark: Mark,
    /// The light in the header is hidden.
    pub hide_light: bool,
    /// The program ends.
    pub quit: bool,
    /// A save is wanted once the frame is drawn.
    pub wants_save: bool,
    /// Number of the last save asked for.
    pub last_save: u64,
    /// The thread that saves.
    pub worker: Option<Worker>,
    /// Today.
    pub today: crate::domain::Day,
    /// Day of `--as-of`.
    pub day: Option<crate::domain::Day>,
    /// Milliseconds since 1970 at the start.
    pub milliseconds: u64,
}

impl<'k> App<'k> {
    /// The program before its first frame.
    #[must_use]
    pub fn new(context: &cli::Context, knowledge: &'k Knowledge, start: Start) -> Self {
        let store = context.store();
        let sessions = match &start {
            Start::Menu => store.list(),
            _ => Vec::new(),
        };
        let mut app = Self {
            knowledge,
            store,
            words: Words::new(context.language),
            styles: if context.colour { Styles::colour() } else { Styles::plain() },
            screens: vec![Screen::Menu { selected: 0 }],
            dialog: None,
            sitting: None,
            sessions,
            mark: Mark::NoFile,
            hide_light: false,
            quit: false,
            wants_save: false,
            last_save: 0,
            worker: None,
            today: context.today,
            day: context.day,
            milliseconds: context.milliseconds,
        };
        match start {
            Start::Menu => {}
            Start::New { vendor, mode } => {
                let mode = mode.unwrap_or(Mode::SelfAssessment);
                match vendor {
                    Some(vendor) => app.begin(mode, &vendor),
                    None => app.screens.push(Screen::Picker { mode: Some(mode), filter: String::new(), selected: 0 }),
                }
            }
            Start::Open(saved) => app.resume(*saved),
        }
        app
    }

    /// The context whose keys hold now.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.dialog.is_some() {
            return Context::Dialog;
        }
        match self.screens.last() {
            Some(Screen::Menu { .. }) | None => Context::Start,
            Some(Screen::Picker { .. }) => Context::Search,
            Some(Screen::Header { .. }) => Context::Form,
            Some(Screen::Question(choosing)) if choosing.types() => Context::Typing,
            Some(Screen::Question(_)) => Context::Question,
            Some(Screen::Overview { .. }) => Context::Overview,
            Some(Screen::Verdict { .. }) => Context::Verdict,
            Some(Screen::Card { .. } | Screen::Help { .. } | Screen::Private) => Context::Page,
        }
    }

    /// Begins a new assessment of a tool.
    pub fn begin(&mut self, mode: Mode, vendor: &VendorId) {
        // Ids of sessions begun within the same second still differ by their random part.
        let saved = self.store.create(mode, vendor.clone(), self.day.unwrap_or(self.today), self.milliseconds);
        self.mark = Mark::NoFile;
        self.open(saved);
        if mode == Mode::Interview {
            self.screens.push(Screen::Header { field: 0 });
        } else {
            self.first_question();
        }
    }

    /// Goes on with a saved assessment: at the first open question, else at the verdict.
    pub fn resume(&mut self, saved: Saved) {
        self.mark = Mark::Saved;
        self.open(saved);
        let next = self.sitting.as_ref().and_then(|sitting| {
            let unseen = |id: &VariableId| !sitting.session().answers.contains_key(id);
            sitting.walk().into_iter().find(unseen)
        });
        match next {
            Some(id) => self.go_to(&id),
            None => self.show_verdict(),
        }
    }

    fn open(&mut self, saved: Saved) {
        self.worker = None;
        self.last_save = 0;
        let vendor = self.knowledge.vendor(&saved.session.vendor);
        self.sitting = Some(Sitting::new(self.knowledge.bank(), vendor, saved, self.day, self.today));
        self.screens.truncate(1);
    }

    /// Shows the first question.
    pub fn first_question(&mut self) {
        let first = self.sitting.as_ref().and_then(|sitting| sitting.walk().first().cloned());
        if let Some(id) = first {
            self.go_to(&id);
        }
    }

    /// Shows a question.
    pub fn go_to(&mut self, id: &VariableId) {
        let Some(sitting) = &self.sitting else { return };
        if let Some(choosing) = Choosing::new(sitting, id) {
            self.screens.truncate(1);
            self.screens.push(Screen::Question(Box::new(choosing)));
        }
    }

    /// Shows the result.
    pub fn show_verdict(&mut self) {
        let Some(view) = self.view() else { return };
        self.screens.truncate(1);
        self.screens.push(Screen::Verdict { view: Box::new(view), tab: 0, selected: 0, open: BTreeSet::new() });
    }

    /// The result in words.
    #[must_use]
    pub fn view(&self) -> Option<VerdictView> {
        let sitting = self.sitting.as_ref()?;
        let assessment = sitting.assessment();
        let labels = crate::report::label::Labels {
            bank: self.knowledge.bank(),
            vendor: sitting.vendor,
            language: self.words.language(),
        };
        let viewed = crate::report::view::Viewed {
            labels,
            words: &self.words,
            session: sitting.session(),
            day: sitting.judged_day(),
            assessment: &assessment,
        };
        Some(viewed.view())
    }

    /// Carries out what the last input asked for; called once the frame is drawn.
    pub fn effects(&mut self, done: impl Fn(super::worker::Outcome) + Send + 'static) {
        if !std::mem::take(&mut self.wants_save) {
            return;
        }
        let Some(sitting) = &self.sitting else { return };
        if sitting.is_private() {
            return;
        }
        let worker = self.worker.get_or_insert_with(|| Worker::start(self.store.clone(), sitting.saved.clone(), done));
        self.last_save = worker.save(sitting.session());
    }

    /// What came of a save.
    pub fn saved(&mut self, (number, fault): super::worker::Outcome) {
        match fault {
            Some(why) => self.mark = Mark::Failed(crate::sanitise::sanitise(&why).into_owned()),
            None if number >= self.last_save => self.mark = Mark::Saved,
            None => {}
        }
    }
}
