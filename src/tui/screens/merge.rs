//! Copies that came back: what each side says where both say something different, and who is heard. Nothing is chosen
//! beforehand, and nothing is written before a person says so.
//!
//! ```text
//!  Zusammenführen: zoom-antwort.ron
//!  Zoom · Vertrieb · 2 von 5 entschieden
//!
//!  3/5  Haben Sie mit dem Anbieter einen AV-Vertrag geschlossen?
//!
//!  › 1 ( ) Hier: Ja · IT-Leitung, 23.11.2026
//!          Notiz: laut Anlage 2
//!
//!    2 ( ) Dort: Nein · Einkauf, 24.11.2026
//!
//!  Notizen und Belege beider Seiten bleiben. …
//! ```

mod drawn;

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Screen, Unsaved};
use crate::sanitise::{clip, sanitise};
use crate::session::merge::{Point, Side};
use crate::session::store::{Gathered, Told, Written};

/// Longest name of a file that is shown, in characters.
const LONGEST: usize = 80;

/// Lines of a window from which on there is room for empty ones.
const ROOMY: u16 = 20;

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// At a conflict.
    Decide,
    /// All of the copy is decided.
    Confirm,
    /// All is in and would void a seal: a person says whether it may.
    Sealed,
    /// Saved.
    Done,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Save,
    Void,
    Review,
    Leave,
    Open,
    Remove,
    Home,
}

/// The screen.
#[derive(Debug)]
pub struct Merging {
    gathered: Box<Gathered>,
    step: Step,
    /// The conflict that is shown.
    at: usize,
    /// The line that the cursor is on; at a conflict none, until the person moves it.
    selected: Option<usize>,
    /// Lines that the page is moved up.
    scroll: usize,
    /// What came of the last step.
    told: Vec<Told>,
    /// The seal that would not hold any more.
    voids: Option<u32>,
}

impl Merging {
    /// The screen about what was gathered.
    #[must_use]
    pub fn new(gathered: Box<Gathered>) -> Self {
        let (step, told) = (Step::Decide, Vec::new());
        let mut screen = Self { gathered, step, at: 0, selected: None, scroll: 0, told, voids: None };
        match screen.conflicts().iter().position(|point| point.choice.is_none()) {
            Some(at) => screen.at = at,
            None => screen.go(Step::Confirm, None),
        }
        screen
    }

    fn conflicts(&self) -> Vec<&Point> {
        self.gathered.round.present().map(|(_, merge)| merge.conflicts().collect()).unwrap_or_default()
    }

    fn go(&mut self, step: Step, selected: Option<usize>) {
        (self.step, self.selected, self.scroll) = (step, selected, 0);
        // Found out here, for drawing happens often.
        self.voids = if step == Step::Confirm { self.voided() } else { self.voids };
    }

    /// The seal that does not hold any more with what is decided so far.
    fn voided(&self) -> Option<u32> {
        let round = &self.gathered.round;
        let Some((_, merge)) = round.present() else { return round.voids() };
        // All is decided, so it does not matter for whom the rest would be.
        merge.as_if(Side::Ours).ok().and_then(|outcome| merge.voids(&outcome)).or_else(|| round.voids())
    }

    /// Somebody is heard; then comes the next one that is undecided.
    fn decide(&mut self, side: Side) {
        self.gathered.round.choose(self.at, Some(side));
        let undecided: Vec<usize> =
            self.conflicts().iter().enumerate().filter(|(_, point)| point.choice.is_none()).map(|(n, _)| n).collect();
        match undecided.iter().find(|n| **n > self.at).or_else(|| undecided.first()) {
            Some(next) => {
                self.at = *next;
                self.go(Step::Decide, None);
            }
            None => self.go(Step::Confirm, Some(0)),
        }
    }

    /// Brings the present copy in and goes on with the next one; after the last one all is saved.
    fn bring_in(&mut self, desk: &mut Desk<'_>) {
        self.told.clear();
        while let Some((name, merge)) = self.gathered.round.present() {
            if merge.undecided() > 0 {
                self.at = 0;
                return self.go(Step::Decide, None);
            }
            let reason = desk.words.with("merge-told", &[("file", &clip(name, LONGEST))]);
            if self.gathered.round.bring_in((desk.clock.now)(), &reason).is_err() {
                let (message, remedy) = (desk.words.get("ui-merge-failed"), desk.words.get("merge-unreadable-remedy"));
                self.told.push(Told { message, remedy });
                return;
            }
        }
        self.voids = self.gathered.round.voids();
        match self.voids {
            // What voids a seal is not what Enter does at once.
            Some(_) => self.go(Step::Sealed, Some(1)),
            None => self.save(desk),
        }
    }

    fn save(&mut self, desk: &mut Desk<'_>) {
        let Gathered { saved, round, .. } = &mut *self.gathered;
        let Some(outcome) = round.outcome() else { return };
        saved.session = outcome.clone();
        let place = saved.path.clone();
        match desk.store.save(saved) {
            Ok(written) => {
                desk.owed = None;
                // Should it stay, it does no harm.
                let _ = desk.store.keep_decisions(&place, &[]);
                let id = if written == Written::Beside { "merge-beside" } else { "merge-written" };
                let path = sanitise(&saved.path.to_string_lossy()).into_owned();
                if written == Written::Beside {
                    // What lies in the copies is not in the session that everybody opens.
                    self.gathered.copies.clear();
                }
                let remedy =
                    self.voids.map(|revision| desk.words.with("merge-voided", &[("revision", &revision.to_string())]));
                let message = desk.words.with(id, &[("path", &path)]);
                self.told.push(Told { message, remedy: remedy.unwrap_or_default() });
                self.go(Step::Done, Some(0));
            }
            Err(fault) => self.told.push(fault.told(&desk.words)),
        }
    }

    /// Removes the copies that are not needed any more.
    fn remove(&mut self, desk: &Desk<'_>) {
        self.told.clear();
        for (copy, session) in std::mem::take(&mut self.gathered.copies) {
            let path = sanitise(&copy.to_string_lossy()).into_owned();
            let told = match desk.store.remove_copy(&copy, &session) {
                Ok(gone) => {
                    let id = if gone { "merge-copy-gone" } else { "merge-copy-changed" };
                    Told { message: desk.words.with(id, &[("path", &path)]), remedy: String::new() }
                }
                Err(fault) => fault.told(&desk.words),
            };
            self.told.push(told);
        }
        self.selected = Some(0);
    }

    fn open(&mut self, desk: &mut Desk<'_>) -> Turn {
        self.gathered.lock = None;
        let saved = self.gathered.saved.clone();
        // By the questions for another tool the light would be wrong.
        if desk.lacks(&saved.session.vendor) {
            return Turn::Show(Screen::Unsaved(Unsaved::unread(desk.lacking(&saved.session.vendor))));
        }
        Turn::show(desk.resume(saved))
    }

    fn choices(&self) -> Vec<(Choice, &'static str)> {
        let next = if self.gathered.round.waiting() > 0 { "ui-merge-next-file" } else { "ui-merge-save" };
        match self.step {
            Step::Decide => Vec::new(),
            Step::Confirm => {
                vec![(Choice::Save, next), (Choice::Review, "ui-merge-review"), (Choice::Leave, "ui-merge-leave")]
            }
            Step::Sealed => vec![(Choice::Void, "ui-merge-sealed-do"), (Choice::Leave, "ui-merge-sealed-not")],
            Step::Done => {
                let remove = (!self.gathered.copies.is_empty()).then_some((Choice::Remove, "ui-merge-remove"));
                let begin = [(Choice::Open, "ui-merge-open")].into_iter();
                begin.chain(remove).chain([(Choice::Home, "ui-merge-home")]).collect()
            }
        }
    }

    fn confirm(&mut self, desk: &mut Desk<'_>) -> Turn {
        let Some(selected) = self.selected else {
            desk.notice = Some(desk.words.get("ui-merge-choose"));
            return Turn::Stay;
        };
        if self.step == Step::Decide {
            self.decide(if selected == 0 { Side::Ours } else { Side::Theirs });
            return Turn::Stay;
        }
        let choices = self.choices();
        match choices.get(selected).map(|(choice, _)| *choice) {
            Some(Choice::Save) => self.bring_in(desk),
            Some(Choice::Void) => self.save(desk),
            Some(Choice::Review) => {
                self.at = 0;
                // Once all is in there is nothing left to look at.
                let step = if self.conflicts().is_empty() { Step::Confirm } else { Step::Decide };
                self.go(step, None);
            }
            Some(Choice::Open) => return self.open(desk),
            Some(Choice::Remove) => self.remove(desk),
            Some(Choice::Leave | Choice::Home) => {
                self.keep(desk);
                return Turn::Home;
            }
            None => {}
        }
        Turn::Stay
    }

    fn back(&mut self, desk: &mut Desk<'_>) -> Turn {
        if self.step == Step::Confirm && !self.conflicts().is_empty() {
            self.go(Step::Decide, None);
            return Turn::Stay;
        }
        self.keep(desk);
        Turn::Home
    }

    /// What was decided and is not saved yet is kept, so that one can go on later.
    fn keep(&self, desk: &mut Desk<'_>) {
        if self.step == Step::Done {
            return;
        }
        let decisions = self.gathered.round.decisions();
        if let Err(fault) = desk.store.keep_decisions(&self.gathered.saved.path, &decisions) {
            desk.notice = Some(fault.told(&desk.words).message);
        } else if !decisions.is_empty() {
            desk.notice = Some(desk.words.with("ui-merge-remembered", &[("n", &decisions.len().to_string())]));
        }
    }
}

impl View for Merging {
    fn context(&self) -> Context {
        Context::Merge
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let lines = if self.step == Step::Decide { 2 } else { self.choices().len() };
        match action {
            Action::PageDown => self.scroll += 3,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(3),
            Action::Confirm => return self.confirm(desk),
            Action::Back => return self.back(desk),
            Action::Tab | Action::TabBack if self.step == Step::Decide => {
                let last = self.conflicts().len().saturating_sub(1);
                self.at = if action == Action::Tab { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
                self.go(Step::Decide, None);
            }
            _ => {
                let from = self.selected.unwrap_or(if action == Action::Down { lines } else { 0 });
                // The first key shows the cursor: downwards at the first line, upwards at the last.
                let at = match (self.selected, action) {
                    (None, Action::Down) => Some(0),
                    (None, Action::Up) => Some(lines.saturating_sub(1)),
                    _ => moved(from, lines, action),
                };
                let Some(at) = at else { return Turn::Ignored };
                self.selected = Some(at);
            }
        }
        Turn::Stay
    }

    /// A digit decides; everywhere else it means nothing.
    fn digit(&mut self, _: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if self.step == Step::Decide && n < 2 {
            self.decide(if n == 0 { Side::Ours } else { Side::Theirs });
        }
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == Some(n) {
            return self.confirm(desk);
        }
        self.selected = Some(n);
        Turn::Stay
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        self.keep(desk);
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        !matches!(action, Action::Tab | Action::TabBack) || (self.step == Step::Decide && self.conflicts().len() > 1)
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        self.heading(desk, page);
        for told in &self.told {
            page.gap();
            page.text(&told.message, desk.styles.text);
            if !told.remedy.is_empty() {
                page.text(&told.remedy, desk.styles.dim);
            }
        }
        if self.step == Step::Decide {
            self.conflict(desk, page);
        } else {
            page.gap();
            if self.step == Step::Confirm {
                page.text(&desk.words.get("ui-merge-all-decided"), desk.styles.text);
            }
            self.warning(desk, page);
            self.summary(desk, page);
            page.gap();
            let revision = self.voids.unwrap_or_default().to_string();
            for (n, (_, id)) in self.choices().into_iter().enumerate() {
                let on = self.selected == Some(n);
                let style = if on { desk.styles.selected } else { desk.styles.text };
                let text = desk.words.with(id, &[("revision", &revision)]);
                page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &text, style));
            }
        }
        page.scrolled(self.scroll);
    }
}
