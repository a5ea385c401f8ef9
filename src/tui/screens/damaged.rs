//! A damaged file: what is wrong, the last state that is whole, in what they differ, and what can be done.
//!
//! ```text
//!  Diese Prüfung ist beschädigt
//!  /…/session.ron: Das Ende der Datei fehlt (812 von 1340 Byte).
//!
//!  Der letzte ganze Stand ist vom 27.11.2026, 14:03 Uhr (UTC), mit 11 Antworten.
//!  Diesem Stand fehlt eine Antwort, die in der beschädigten Datei noch lesbar ist.
//!
//!  › Mit diesem Stand weiterarbeiten
//!    Alles so lassen, wie es ist
//!
//!  • Ist ein AV-Vertrag geschlossen? Ja
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::overflow;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Screen, Unsaved};
use crate::domain::answer::Value;
use crate::report::label::Labels;
use crate::sanitise::{clip, sanitise};
use crate::session::store::{Damage, Told};

/// Answers that are named; the others are counted.
const NAMED: usize = 6;
/// Longest answer that is shown, in characters.
const LONGEST: usize = 120;

/// The screen.
#[derive(Debug)]
pub struct Damaged {
    damage: Box<Damage>,
    selected: usize,
    /// Lines that the page is moved up.
    scroll: usize,
    /// Why going on with the last state failed.
    told: Option<Told>,
}

/// What can be done, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Restore,
    Leave,
}

const CHOICES: [(Choice, &str); 2] = [(Choice::Restore, "ui-damaged-restore"), (Choice::Leave, "ui-damaged-leave")];

impl Damaged {
    /// The screen about a damaged file.
    #[must_use]
    pub const fn new(damage: Box<Damage>) -> Self {
        Self { damage, selected: 0, scroll: 0, told: None }
    }

    fn choose(&mut self, desk: &mut Desk<'_>) -> Turn {
        match CHOICES.get(self.selected) {
            Some((Choice::Restore, _)) => self.restore(desk),
            _ => Turn::Pop,
        }
    }

    fn restore(&mut self, desk: &mut Desk<'_>) -> Turn {
        match desk.store.restore(&self.damage) {
            // By the questions for another tool the light would be wrong.
            Ok(saved) if desk.lacks(&saved.session.vendor) => {
                let told = desk.lacking(&saved.session.vendor);
                Turn::Show(Screen::Unsaved(Unsaved::unread(told)))
            }
            Ok(saved) => {
                // Whoever has repaired the file meanwhile finds it used as it is.
                let restored = saved.session == self.damage.session;
                let screen = desk.resume(saved);
                if restored {
                    desk.tell_restored();
                }
                Turn::show(screen)
            }
            Err(fault) => {
                self.told = Some(fault.told(&desk.words));
                Turn::Stay
            }
        }
    }

    /// Beyond the last choice the page moves, for what the state lacks may be a long list.
    fn scrolled(&mut self, desk: &Desk<'_>, action: Action) -> bool {
        let page = usize::from(desk.size.1).saturating_sub(7).max(1);
        let last = self.selected + 1 == CHOICES.len();
        self.scroll = match action {
            Action::PageDown => (self.scroll + page).min(overflow(self, desk)),
            Action::Down if last => (self.scroll + 3).min(overflow(self, desk)),
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::Up if self.scroll > 0 => self.scroll.saturating_sub(3),
            _ => return false,
        };
        true
    }

    /// How many answers of the damaged file the last state does not have.
    fn lost(&self, desk: &Desk<'_>, page: &mut Page) {
        let (lost, words) = (&self.damage.lost, &desk.words);
        if lost.is_empty() {
            let id = if self.damage.read == 0 { "ui-damaged-unreadable" } else { "ui-damaged-same" };
            return page.text(&words.get(id), desk.styles.text);
        }
        page.text(&words.with("ui-damaged-lost", &[("n", &lost.len().to_string())]), desk.styles.yellow);
    }

    /// Which they are.
    fn named(&self, desk: &Desk<'_>, page: &mut Page) {
        let (lost, words) = (&self.damage.lost, &desk.words);
        if lost.is_empty() {
            return;
        }
        page.gap();
        page.text(&words.get("ui-damaged-named"), desk.styles.text);
        let labels = Labels {
            bank: desk.knowledge.bank(),
            catalogue: desk.knowledge.entries(),
            vendor: desk.knowledge.vendor(&self.damage.session.vendor),
            language: words.language(),
        };
        for (id, answer) in lost.iter().take(NAMED) {
            let unknown = answer.value == Value::Unknown;
            let value = if unknown {
                words.get("ui-standing-dont-know")
            } else {
                clip(&labels.value(id, &answer.value), LONGEST)
            };
            page.indented("• ", "  ", &format!("{}: {value}", labels.variable(id)), desk.styles.text);
        }
        if lost.len() > NAMED {
            page.text(&words.with("ui-more", &[("n", &(lost.len() - NAMED).to_string())]), desk.styles.dim);
        }
    }
}

impl View for Damaged {
    fn context(&self) -> Context {
        Context::Unsaved
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.scrolled(desk, action) {
            return Turn::Stay;
        }
        if let Some(at) = moved(self.selected, CHOICES.len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.choose(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    /// A digit only moves: Enter says so.
    fn digit(&mut self, _: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if n < CHOICES.len() {
            self.selected = n;
        }
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.choose(desk);
        }
        self.selected = n.min(CHOICES.len() - 1);
        Turn::Stay
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let words = &desk.words;
        page.text(&words.get("ui-damaged-title"), desk.styles.heading);
        page.text(&self.damage.fault.told(words).message, desk.styles.red);
        let answers = self.damage.session.answers.len().to_string();
        let written = words.utc(self.damage.last.written);
        page.text(&words.with("ui-damaged-last", &[("time", &written), ("n", &answers)]), desk.styles.text);
        self.lost(desk, page);
        if let Some(told) = &self.told {
            page.text(&told.message, desk.styles.red);
            page.text(&told.remedy, desk.styles.text);
        }
        page.gap();
        for (n, (_, label)) in CHOICES.into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &words.get(label), style));
        }
        page.gap();
        page.text(&words.get("ui-damaged-restore-hint"), desk.styles.dim);
        self.named(desk, page);
        page.text(
            &words.with("ui-damaged-file", &[("path", &sanitise(&self.damage.last.path.to_string_lossy()))]),
            desk.styles.dim,
        );
        page.scrolled(self.scroll);
    }
}
