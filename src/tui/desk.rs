//! What all screens share: the data, the store, the assessment that is open, words and colours.

use super::book::{Book, Left, Loading};
use super::saving::{Mark, Saving};
use super::screens::{HeaderForm, Menu, Picker, Question, Screen, Verdict};
use super::sitting::{Sitting, Time};
use super::theme::Styles;
use crate::cli;
use crate::domain::answer::Mode;
use crate::domain::id::{FindingId, VariableId, VendorId};
use crate::domain::vendor::Vendor;
use crate::engine::{Entrant, Model, Ways, carriers, comparison, horizon, stress, timeline, whatif};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::report::comparison::{ComparisonView, view as comparison_view};
use crate::report::label::Labels;
use crate::report::picture::Wording;
use crate::report::stress::{StressView, view as stress_view};
use crate::report::timeline::{TimelineView, view as timeline_view};
use crate::report::view::{ProofLine, VerdictView, Viewed};
use crate::session::store::{Listed, Lock, Saved, Store, Told};
use crate::settings::Settings;

/// The first day of a timeline.
const FIRST: crate::domain::Day = jiff::civil::date(2015, 1, 1);

/// What has to be told or asked when an assessment is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It may only be looked at.
    Closed,
    /// It is a self-assessment that was given to the officer: what becomes of it?
    Arrived,
}

/// What the program was begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// Bringing copies together; nothing has been taken over yet.
    Merge,
}

/// What all screens share.
#[derive(Debug)]
pub struct Desk<'k> {
    /// What is known.
    pub knowledge: &'k Knowledge,
    /// Where sessions lie.
    pub store: Store,
    /// Words of the language.
    pub words: Words,
    /// Colours.
    pub styles: Styles,
    /// What the person has chosen for good.
    pub settings: Settings,
    /// Where that is kept; none: nowhere.
    pub settings_folder: Option<std::path::PathBuf>,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// Text for the clipboard, handed over once the frame is drawn.
    pub copy: Option<String>,
    /// Something to be told once, in the footer.
    pub notice: Option<String>,
    /// The assessment.
    pub sitting: Option<Sitting<'k>>,
    /// Saved sessions, newest first.
    pub sessions: Vec<Listed>,
    /// All sessions, while somebody looks at them.
    pub book: Option<Book>,
    /// What is being read for it.
    pub(super) loading: Option<Loading>,
    /// How the register was left.
    pub left: Left,
    /// What the program was begun for, as long as it is not done.
    pub owed: Option<Owed>,
    /// What the saved mark says.
    pub mark: Mark,
    /// How the saves went.
    pub(super) saving: Saving,
    /// The light in the header is hidden.
    pub hide_light: bool,
    /// Others look at the screen: no private remarks, no other assessments, no light on the way. Never kept.
    pub presenting: bool,
    /// Files of the tools that are looked at with one team, in the order in which they came up.
    pub team: Vec<std::path::PathBuf>,
    /// Today.
    pub today: crate::domain::Day,
    /// Day of `--as-of`.
    pub day: Option<crate::domain::Day>,
    /// The clock.
    pub clock: cli::Clock,
    /// Milliseconds since 1970 at the start.
    pub(super) milliseconds: u64,
    colour: bool,
    /// Settings that are not written yet.
    unwritten: Option<Settings>,
    /// Others learn by it who has the assessment open.
    pub(super) lock: Option<Lock>,
    /// What has to be told or asked about the assessment that was opened; none: nothing any more.
    pub(super) news: Option<News>,
    /// Where a person's own files lie, and where anybody's may.
    pub(super) folders: cli::Folders,
}

impl<'k> Desk<'k> {
    /// A desk without an assessment.
    pub fn new(context: &cli::Context, knowledge: &'k Knowledge) -> Self {
        Self {
            knowledge,
            store: context.store(),
            words: Words::new(context.language),
            styles: Styles::of(context.settings.theme, context.colour),
            settings: context.settings,
            settings_folder: context.config_dir.clone(),
            size: (80, 24),
            copy: None,
            notice: context.notice.clone(),
            sitting: None,
            sessions: Vec::new(),
            book: None,
            loading: None,
            left: Left::default(),
            owed: None,
            mark: Mark::NoFile,
            hide_light: false,
            presenting: false,
            team: Vec::new(),
            today: context.today,
            day: context.day,
            clock: context.clock.clone(),
            milliseconds: context.milliseconds,
            colour: context.colour,
            unwritten: None,
            saving: Saving::default(),
            lock: None,
            news: None,
            folders: context.folders.clone(),
        }
    }

    /// Begins a new assessment of a tool and returns its first screen.
    pub fn begin(&mut self, mode: Mode, vendor: &VendorId) -> Option<Screen> {
        let saved = self.store.create(mode, vendor.clone(), self.day.unwrap_or(self.today), self.milliseconds);
        self.open(saved);
        self.mark = Mark::NoFile;
        if mode == Mode::Interview { HeaderForm::new(self).map(Screen::Header) } else { self.first_question() }
    }

    /// Goes on with a saved assessment: at the first question not yet seen, else at the verdict.
    pub fn resume(&mut self, saved: Saved) -> Option<Screen> {
        self.open(saved);
        self.mark = Mark::Saved;
        self.go_on()
    }

    /// The first question not yet seen, else the verdict.
    pub(super) fn go_on(&self) -> Option<Screen> {
        let next = self.sitting.as_ref().and_then(|sitting| {
            let unseen = |id: &VariableId| sitting.session().answered(id).is_none();
            sitting.walk().into_iter().find(unseen)
        });
        match next {
            Some(id) => self.question(&id),
            None => self.verdict(),
        }
    }

    /// Whether a session is about a tool that the catalogue on this machine does not have.
    #[must_use]
    pub fn lacks(&self, vendor: &VendorId) -> bool {
        *vendor != "other" && !self.knowledge.entries().iter().any(|entry| entry.id == *vendor)
    }

    /// That it does not have it, and what helps.
    #[must_use]
    pub fn lacking(&self, vendor: &VendorId) -> Told {
        let message = self.words.with("fault-vendor", &[("id", vendor.as_str())]);
        Told { message, remedy: self.words.get("fault-vendor-remedy") }
    }

    pub(super) fn open(&mut self, saved: Saved) {
        self.finish_saving();
        self.saving = self.saving.afresh();
        if let Some(link) = &saved.link {
            let shown = |path: &std::path::Path| crate::sanitise::sanitise(&path.to_string_lossy()).into_owned();
            let arguments = [("link", shown(link)), ("to", shown(&saved.path))];
            let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, text)| (*name, text.as_str())).collect();
            self.notice = Some(self.words.with("ui-linked", &arguments));
        }
        let vendor = self.knowledge.vendor(&saved.session.vendor);
        let time = Time { day: self.day, today: self.today, clock: self.clock.now };
        let written = saved.is_written();
        self.sitting = Some(Sitting::new(self.knowledge.bank(), vendor, saved, time));
        if written {
            self.hold(true);
        } else {
            self.lock = None;
        }
        let closed = self.read_only().map(|_| News::Closed);
        self.news = closed.or_else(|| (written && self.has_arrived()).then_some(News::Arrived));
    }

    /// Leaves the assessment. What could not be saved is gone then, so whoever calls this asks `settle` or a person first.
    pub fn close(&mut self) -> Menu {
        self.finish_saving();
        self.saving = self.saving.afresh();
        self.sitting = None;
        self.lock = None;
        self.mark = Mark::NoFile;
        self.sessions = self.store.list();
        Menu::default()
    }

    /// The first question.
    #[must_use]
    pub fn first_question(&self) -> Option<Screen> {
        let first = self.sitting.as_ref()?.walk().first().cloned()?;
        self.question(&first)
    }

    /// A question.
    #[must_use]
    pub fn question(&self, id: &VariableId) -> Option<Screen> {
        let question = Question::new(self.sitting.as_ref()?, id)?;
        Some(Screen::Question(Box::new(question)))
    }

    /// The tool picker; with a mode it begins an assessment, without one it shows the card.
    #[must_use]
    pub fn picker(&self, mode: Option<Mode>) -> Screen {
        Screen::Picker(Picker::new(mode))
    }

    /// The result.
    #[must_use]
    pub fn verdict(&self) -> Option<Screen> {
        Verdict::new(self).map(|verdict| Screen::Verdict(Box::new(verdict)))
    }

    /// The result in words.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method's path is not general enough in its lifetime"
    )]
    #[must_use]
    pub fn view(&self) -> Option<VerdictView> {
        self.with_viewed(|viewed| viewed.view())
    }

    /// Puts the open assessment into words.
    pub fn with_viewed<T>(&self, words: impl FnOnce(&Viewed<'_>) -> T) -> Option<T> {
        let sitting = self.sitting.as_ref()?;
        let (inquiry, assessment) = (sitting.inquiry(), sitting.assessment());
        let viewed = Viewed {
            labels: self.labels()?,
            words: &self.words,
            session: sitting.session(),
            model: sitting.model(),
            inquiry: &inquiry,
            assessment: &assessment,
        };
        Some(words(&viewed))
    }

    /// The whole proof of a finding.
    #[must_use]
    pub fn proof(&self, id: &FindingId) -> Vec<ProofLine> {
        self.with_viewed(|viewed| viewed.proof_tree(id)).unwrap_or_default()
    }

    /// The ways to a better light.
    #[must_use]
    pub fn ways(&self) -> Option<Ways> {
        let sitting = self.sitting.as_ref()?;
        Some(whatif(sitting.model(), self.knowledge.bank(), sitting.vendor, &sitting.inquiry()))
    }

    /// The verdict of the same answers over the years, in words.
    #[must_use]
    pub fn timeline(&self) -> Option<TimelineView> {
        let sitting = self.sitting.as_ref()?;
        let inquiry = sitting.inquiry();
        let segments =
            timeline(sitting.model(), &inquiry, FIRST.min(inquiry.day), horizon(sitting.model()).max(inquiry.day));
        Some(timeline_view(self.wording()?, sitting.session(), inquiry.day, &segments))
    }

    /// The same team with every tool of the catalogue, in words.
    #[must_use]
    pub fn comparison(&self) -> Option<ComparisonView> {
        let sitting = self.sitting.as_ref()?;
        let bank = self.knowledge.bank();
        let vendors: Vec<&Vendor> = self.knowledge.vendors().collect();
        let models: Vec<Model> = vendors.iter().map(|vendor| Model::compile(bank, Some(vendor))).collect();
        let asked = self.asked_about();
        let entrants = vendors.iter().zip(&models).map(|(vendor, model)| Entrant {
            vendor: &vendor.id,
            name: &vendor.name,
            model,
            own: asked.get(&vendor.id),
        });
        let inquiry = sitting.inquiry();
        let rows = comparison(entrants, &inquiry);
        let find = |id: &VendorId| self.knowledge.vendor(id);
        Some(comparison_view(self.wording()?, sitting.session(), inquiry.day, &rows, find))
    }

    /// Each instrument that carries something here, switched off one by one.
    #[must_use]
    pub fn stress(&self) -> Vec<StressView> {
        let (Some(sitting), Some(wording)) = (&self.sitting, self.wording()) else { return Vec::new() };
        let inquiry = sitting.inquiry();
        let tests = carriers(sitting.model(), &inquiry).into_iter().filter_map(|id| {
            let without = [id];
            let stressed = stress(sitting.model(), &inquiry, &without)?;
            Some(stress_view(wording, &without, &stressed))
        });
        tests.collect()
    }

    fn wording(&self) -> Option<Wording<'_>> {
        Some(Wording { labels: self.labels()?, words: &self.words })
    }

    /// Words of bank and catalogue for the tool of the assessment.
    #[must_use]
    pub fn labels(&self) -> Option<Labels<'k>> {
        let vendor = self.sitting.as_ref()?.vendor;
        Some(Labels {
            bank: self.knowledge.bank(),
            catalogue: self.knowledge.entries(),
            vendor,
            language: self.words.language(),
        })
    }

    /// Takes the other language, for good.
    pub fn switch_language(&mut self) {
        let language = self.words.language().other();
        self.words = Words::new(language);
        self.settings.language = Some(language);
        self.keep_settings();
    }

    /// Takes the next set of colours, for good.
    pub fn switch_theme(&mut self) {
        self.settings.theme = self.settings.theme.next();
        self.styles = Styles::of(self.settings.theme, self.colour);
        self.notice = Some(self.words.get(&format!("ui-theme-{}", self.settings.theme.id())));
        self.keep_settings();
    }

    /// Mouse on or off, for good.
    pub fn switch_mouse(&mut self) {
        self.settings.mouse = !self.settings.mouse;
        let id = if self.settings.mouse { "ui-mouse-on" } else { "ui-mouse-off" };
        self.notice = Some(self.words.get(id));
        self.keep_settings();
    }

    /// Asks for the settings to be written once the frame is drawn: a held key must not write them each time.
    const fn keep_settings(&mut self) {
        self.unwritten = Some(self.settings);
    }

    /// Writes the settings that are not written yet.
    pub fn write_settings(&mut self) {
        let Some(settings) = self.unwritten.take() else { return };
        let Some(folder) = &self.settings_folder else { return };
        if let Err(error) = settings.save(folder) {
            self.notice = Some(crate::sanitise::sanitise(&error.to_string()).into_owned());
        }
    }
}
