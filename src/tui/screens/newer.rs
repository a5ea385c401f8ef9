//! The session was answered with other questions: what has changed since, and the step to go on with the present ones.
//!
//! ```text
//!  Die Fragen haben sich geändert
//!  Diese Prüfung wurde mit den Fragen der Version 0.1.0 beantwortet. …
//!
//!  › Nur ansehen
//!    Mit den jetzigen Fragen fortfahren; die Antworten gelten weiter
//!
//!  AV-Vertrag
//!    bisher  Hat Ihre Organisation einen AV-Vertrag?
//!    jetzt   Hat Ihre Organisation einen AV-Vertrag mit dem Anbieter?
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::layout::overflow;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::question::wording;
use crate::report::label::Labels;
use crate::sanitise::{clip, sanitise};
use crate::session::pinned::Changed;

/// New questions that are named; of more it says how many.
const NAMED: usize = 20;

/// The choice to go on. It is not the first: whoever was answering with digits and Enter when the screen came has agreed to
/// nothing.
const GO_ON: usize = 1;

/// The screen.
#[derive(Debug, Default)]
pub struct Newer {
    selected: usize,
    /// Lines that the page is moved up.
    scroll: usize,
}

impl Newer {
    fn confirm(&self, desk: &mut Desk<'_>) -> Turn {
        if self.selected == GO_ON {
            desk.go_on_with_newer();
        }
        Turn::Pop
    }

    fn scrolled(&mut self, desk: &Desk<'_>, action: Action) -> bool {
        let page = usize::from(desk.size.1).saturating_sub(7).max(1);
        let by = match action {
            Action::PageDown => page,
            Action::Down if self.selected == GO_ON => 3,
            Action::PageUp | Action::Up if self.scroll > 0 => {
                self.scroll = self.scroll.saturating_sub(if action == Action::Up { 3 } else { page });
                return true;
            }
            _ => return false,
        };
        self.scroll = (self.scroll + by).min(overflow(self, desk));
        true
    }
}

impl View for Newer {
    fn context(&self) -> Context {
        Context::Asked
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.scrolled(desk, action) {
            return Turn::Stay;
        }
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

    /// A digit means nothing, for the same reason.
    fn digit(&mut self, _: &mut Desk<'_>, _: usize) -> Option<Turn> {
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.confirm(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let (Some(sitting), Some(labels)) = (&desk.sitting, desk.labels()) else { return };
        let version = sitting.session().questions.as_ref().map(|set| clip(&set.version, 20)).unwrap_or_default();
        page.text(&desk.words.get("ui-newer-title"), desk.styles.heading);
        page.text(&desk.words.with("ui-newer-what", &[("version", &version)]), desk.styles.text);
        page.gap();
        for (n, id) in ["ui-newer-look", "ui-newer-go-on"].into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(id), style));
        }
        let differences = sitting.differences();
        for changed in &differences.answered {
            page.gap();
            change(desk, page, &labels, changed);
        }
        if !differences.new.is_empty() {
            page.gap();
            let names = differences.new.iter().take(NAMED).map(|id| labels.variable(id));
            let more = differences.new.len().saturating_sub(NAMED);
            let more = (more > 0).then(|| desk.words.with("ui-more", &[("n", &more.to_string())]));
            let names: Vec<String> = names.chain(more).collect();
            page.labelled(&desk.words.get("ui-newer-new"), &names.join(" · "), desk.styles.key, desk.styles.text);
        }
        page.scrolled(self.scroll);
    }
}

/// An answered question that has become another one.
fn change(desk: &Desk<'_>, page: &mut Page, labels: &Labels<'_>, changed: &Changed) {
    let Some(sitting) = &desk.sitting else { return };
    let now = sitting.question(&changed.question).map(|question| wording(desk, sitting, question));
    page.text(&labels.variable(&changed.question), desk.styles.key);
    let before = changed.before.as_deref().map(sanitise);
    let same = before.as_deref() == now.as_deref();
    let said = [("ui-newer-before", before.as_deref()), ("ui-newer-now", now.as_deref())];
    for (id, text) in said.into_iter().filter(|_| !same) {
        if let Some(text) = text {
            page.indented("  ", "    ", &format!("{}: {text}", desk.words.get(id)), desk.styles.text);
        }
    }
    if changed.is_gone() {
        page.indented("  ", "    ", &desk.words.get("ui-newer-gone"), desk.styles.yellow);
    } else if !changed.lost.is_empty() {
        let lost: Vec<&str> = changed.lost.iter().map(crate::domain::id::ChoiceId::as_str).collect();
        let text = desk.words.with("ui-newer-lost", &[("choices", &clip(&lost.join(", "), 200))]);
        page.indented("  ", "    ", &text, desk.styles.yellow);
    } else if same {
        page.indented("  ", "    ", &desk.words.get("ui-newer-choices"), desk.styles.text);
    }
    let given = sitting.session().answers.get(&changed.question);
    let given = given.map(|answer| labels.value(&changed.question, &answer.value)).unwrap_or_default();
    page.indented("  ", "    ", &desk.words.with("ui-newer-given", &[("value", &clip(&given, 300))]), desk.styles.dim);
}
