//! The tool is cleared in this house already: half of all requests end here.
//!
//! ```text
//!  ┌ Schon freigegeben ────────────────────────────┐
//!  │ • Vertrieb 3: nur Besprechungen · bis 2029    │
//!  │                                               │
//!  │ › Trotzdem selbst prüfen                      │
//!  │   Zurück                                      │
//!  └───────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::Screen;
use crate::domain::answer::Mode;
use crate::domain::id::VendorId;
use crate::sanitise::clip;
use crate::session::register::Entry;

/// Clearances that are named.
const NAMED: usize = 5;
/// Characters of a team's name, and of a scope.
const TEAM: usize = 40;
const SCOPE: usize = 200;

/// The box.
#[derive(Debug)]
pub struct Cleared {
    vendor: VendorId,
    /// Team, scope and last day of each.
    lines: Vec<String>,
    selected: usize,
}

impl Cleared {
    /// The clearances of a tool, as the index knows them; none: nobody has cleared it, or nobody has looked yet.
    #[must_use]
    pub fn new(desk: &Desk<'_>, vendor: &VendorId) -> Option<Self> {
        let entries = desk.store.cleared(vendor, desk.today);
        let lines: Vec<String> = entries.iter().map(|entry| line(desk, entry)).collect();
        (!lines.is_empty()).then(|| Self { vendor: vendor.clone(), lines, selected: 0 })
    }

    fn confirm(&self, desk: &mut Desk<'_>) -> Turn {
        if self.selected == 0 { Turn::show(desk.begin(Mode::SelfAssessment, &self.vendor)) } else { Turn::Pop }
    }
}

fn line(desk: &Desk<'_>, entry: &Entry) -> String {
    let scope = entry.signed.decision.as_ref().map(|decision| clip(&decision.scope, SCOPE)).unwrap_or_default();
    let until = entry.valid_until().map(|day| desk.words.with("ui-until", &[("day", &desk.words.day(day))]));
    let parts = [clip(&entry.team, TEAM), scope, until.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

impl View for Cleared {
    fn context(&self) -> Context {
        Context::Asked
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, 2, action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.confirm(desk)
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get("ui-cleared-title"))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-cleared-says"), desk.styles.text);
        for line in self.lines.iter().take(NAMED) {
            page.indented("• ", "  ", line, desk.styles.heading);
        }
        if self.lines.len() > NAMED {
            let more = (self.lines.len() - NAMED).to_string();
            page.text(&desk.words.with("ui-more", &[("n", &more)]), desk.styles.dim);
        }
        page.gap();
        for (n, id) in ["ui-cleared-go", "ui-unsaved-back"].into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(id), style));
        }
    }
}

/// Before a self-assessment begins, what is cleared already is shown.
pub fn or_begin(desk: &mut Desk<'_>, mode: Mode, vendor: &VendorId) -> Turn {
    let cleared = if mode == Mode::SelfAssessment { Cleared::new(desk, vendor) } else { None };
    match cleared {
        Some(cleared) => Turn::Push(Screen::Cleared(cleared)),
        None => Turn::show(desk.begin(mode, vendor)),
    }
}
