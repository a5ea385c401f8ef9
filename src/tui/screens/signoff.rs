//! The sign-off of an interview: who was heard, opinion, decision, review, seal. Each line opens its form.
//!
//! ```text
//!  ┌ Freigabe ──────────────────────────────────────┐
//!  │ › Angehört                                     │
//!  │     Betriebsrat, 20.11.2026                    │
//!  │   Stellungnahme des Datenschutzes              │
//!  │     mit Auflagen – DSB, 27.11.2026             │
//!  │   Entscheidung der Verantwortlichen            │
//!  │     noch keine                                 │
//!  │   Versiegeln                                   │
//!  └────────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::{Act, Screen, Sealing, Signing};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;
use crate::session::Session;
use crate::session::state::voided;

/// A line of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Form(Act),
    Seal,
}

/// The screen.
#[derive(Debug, Default)]
pub struct SignOff {
    selected: usize,
}

impl SignOff {
    /// The sign-off of the open assessment; none: nobody signs a self-assessment, or what is purely private.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Option<Self> {
        let sitting = desk.sitting.as_ref()?;
        let signed = sitting.session().mode == Mode::Interview && !sitting.is_private();
        signed.then(Self::default)
    }

    fn lines(session: &Session) -> Vec<Line> {
        let heard = (0..=session.heard.len()).map(|n| Line::Form(Act::Heard(n)));
        let revocable = session.seal().is_some() && session.decision.is_some();
        let revocation = revocable.then_some(Line::Form(Act::Revocation));
        let rest = [Act::Opinion, Act::Decision, Act::Review].map(Line::Form);
        heard.chain(rest).chain([Line::Seal]).chain(revocation).collect()
    }

    fn open(&self, desk: &Desk<'_>) -> Turn {
        let Some(sitting) = &desk.sitting else { return Turn::Pop };
        let screen = match Self::lines(sitting.session()).get(self.selected) {
            Some(Line::Form(act)) => Signing::new(desk, *act).map(Screen::Signing),
            Some(Line::Seal) => Some(Screen::Sealing(Sealing::new(desk))),
            None => None,
        };
        screen.map_or(Turn::Stay, Turn::Push)
    }
}

impl View for SignOff {
    fn context(&self) -> Context {
        Context::Asked
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let count = desk.sitting.as_ref().map_or(0, |sitting| Self::lines(sitting.session()).len());
        if let Some(at) = moved(self.selected, count, action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.open(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.open(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        let count = desk.sitting.as_ref().map_or(0, |sitting| Self::lines(sitting.session()).len());
        self.selected = self.selected.min(count.saturating_sub(1));
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get("ui-sign-off"))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let Some(sitting) = &desk.sitting else { return };
        let session = sitting.session();
        for (n, line) in Self::lines(session).into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let (name, value) = told(desk, session, line);
            page.item(n, on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &name, style);
                if let Some(value) = value {
                    page.indented("    ", "    ", &value, desk.styles.dim);
                }
            });
        }
    }
}

/// The parts that there are, one after the other.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What a line is called, and what stands there.
fn told(desk: &Desk<'_>, session: &Session, line: Line) -> (String, Option<String>) {
    let words = &desk.words;
    let day = |day: Option<Day>| day.map(|day| words.day(day));
    let text = |text: &str| Some(sanitise(text).into_owned());
    let none = || words.get("ui-sign-off-none");
    match line {
        Line::Form(Act::Heard(n)) => match session.heard.get(n) {
            Some(heard) => (words.get("ui-sign-off-heard"), Some(joined([text(&heard.who), day(heard.on)]))),
            None => (words.get("ui-sign-off-hear"), None),
        },
        Line::Form(Act::Opinion) => {
            let opinion = session.opinion.as_ref();
            let kind = opinion.and_then(|one| one.kind).map(|kind| words.get(&format!("ui-opinion-{}", kind.id())));
            let told = opinion.map(|one| joined([kind.clone(), text(&one.by), day(one.on)]));
            (words.get("ui-sign-off-opinion"), Some(told.unwrap_or_else(none)))
        }
        Line::Form(Act::Decision) => {
            let decision = session.decision.as_ref();
            let kind = decision.and_then(|one| one.kind).map(|kind| words.get(&format!("ui-decision-{}", kind.id())));
            let told = decision.map(|one| joined([kind.clone(), text(&one.by), day(one.on)]));
            (words.get("ui-sign-off-decision"), Some(told.unwrap_or_else(none)))
        }
        Line::Form(Act::Review) => {
            let due = session.review.as_ref().and_then(|review| day(review.due));
            (words.get("ui-sign-off-review"), Some(due.unwrap_or_else(none)))
        }
        Line::Form(Act::Revocation) => {
            let revoked = session.revocation.as_ref();
            let told = revoked.map(|one| joined([text(&one.by), day(one.on), text(&one.reason)]));
            (words.get("ui-sign-off-revoke"), told)
        }
        Line::Seal => (words.get("ui-sign-off-seal"), Some(sealed(desk, session))),
    }
}

/// What there is to say of the seal.
fn sealed(desk: &Desk<'_>, session: &Session) -> String {
    let Some(seal) = session.seal() else { return desk.words.get("ui-seal-none") };
    let on = seal.on.map(|day| desk.words.day(day)).unwrap_or_default();
    let told = desk.words.with("ui-seal-there", &[("revision", &seal.revision.to_string()), ("day", &on)]);
    let content = crate::session::signoff::content(session);
    let void = voided(session, &content, desk.today).map(|void| desk.words.get(&format!("ui-void-{}", void.id())));
    joined([Some(told), void])
}
