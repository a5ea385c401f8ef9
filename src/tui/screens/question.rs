//! A question.
//!
//! ```text
//!  Vertrag
//!  Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!
//!    1  ( ) Ja
//!  › 2  (•) Nein
//!    3  ( ) Weiß ich nicht
//!
//!  Warum wird das gefragt?   Art. 28 Abs. 3 DSGVO
//! ```

use super::super::choose::{Choosing, Offer};
use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context, Key};
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::{Card, Dialog, HeaderForm, History, Overview, Private, Screen, Why};
use crate::domain::answer::{Mode, Value};
use crate::domain::id::VariableId;
use crate::domain::question::Question as Asked;
use crate::domain::vendor::Fact;
use crate::report::label::Labels;
use crate::sanitise::sanitise;

/// The screen of a question.
#[derive(Debug)]
pub struct Question {
    /// What is offered, marked and typed.
    pub choosing: Choosing,
}

impl Question {
    /// The screen, preset with the answer or with what the catalogue knows.
    #[must_use]
    pub fn new(sitting: &Sitting<'_>, id: &VariableId) -> Option<Self> {
        Choosing::new(sitting, id).map(|choosing| Self { choosing })
    }

    fn confirm(&mut self, desk: &mut Desk<'_>) -> Turn {
        let bank = desk.knowledge.bank();
        let choosing = &mut self.choosing;
        // Enter on a suggested country takes it and stays, so that several can be named.
        if choosing.asks_countries() && !choosing.input.is_blank() {
            choosing.pick(choosing.cursor.unwrap_or(0), bank);
            return Turn::Stay;
        }
        let open = choosing.value(bank).is_none();
        self.keep(desk);
        if open {
            self.skip(desk);
            desk.notice.get_or_insert_with(|| desk.words.get("ui-left-open"));
        }
        self.next(desk)
    }

    /// Records what is chosen, if it is something new.
    fn keep(&mut self, desk: &mut Desk<'_>) {
        let choosing = &mut self.choosing;
        let touched = std::mem::take(&mut choosing.touched);
        let confirmed = choosing.from_catalogue;
        let value = choosing.value(desk.knowledge.bank());
        if value.is_none() && touched && choosing.input.is_blank() {
            // The person has taken away what was chosen.
            desk.clear(&choosing.id);
        }
        let (Some(sitting), Some(value)) = (&desk.sitting, value) else { return };
        let answer = sitting.session().answered(&choosing.id);
        let same = answer.is_some_and(|answer| answer.value == value && answer.catalogue_confirmed >= confirmed);
        if same || !desk.writable() {
            return;
        }
        let words =
            desk.sitting.as_ref().and_then(|sitting| Some(wording(desk, sitting, sitting.question(&choosing.id)?)));
        if let Some(sitting) = &mut desk.sitting {
            sitting.answer(&choosing.id, value, confirmed, words.as_deref());
            desk.save();
        }
    }

    /// Goes on without an answer, which is told in the history; it is written with the next answer.
    fn skip(&self, desk: &mut Desk<'_>) {
        if desk.is_read_only() {
            return;
        }
        if let Some(sitting) = &mut desk.sitting {
            sitting.skip(&self.choosing.id);
        }
    }

    /// What was taken back or brought back is shown at its question, if that is asked now.
    fn stepped(&self, desk: &mut Desk<'_>, action: Action) -> Turn {
        let Some(id) = desk.step(action) else { return Turn::Stay };
        let walk = desk.sitting.as_ref().map(Sitting::walk).unwrap_or_default();
        let shown = [&id, &self.choosing.id].into_iter().find(|id| walk.contains(id)).or(walk.first());
        Turn::show(shown.and_then(|id| desk.question(id)))
    }

    /// The question after this one; after the last one the result.
    fn next(&self, desk: &Desk<'_>) -> Turn {
        let Some(sitting) = &desk.sitting else { return Turn::Stay };
        if sitting.is_private() {
            return Turn::Push(Screen::Private(Private));
        }
        let walk = sitting.walk();
        let at = walk.iter().position(|id| *id == self.choosing.id);
        match at.and_then(|at| walk.get(at + 1)) {
            Some(next) => Turn::show(desk.question(next)),
            None => Turn::show(desk.verdict()),
        }
    }

    /// The question before this one; before the first one the start screen.
    fn back(&self, desk: &Desk<'_>) -> Turn {
        let walk = desk.sitting.as_ref().map(Sitting::walk).unwrap_or_default();
        let at = walk.iter().position(|id| *id == self.choosing.id).unwrap_or(0);
        match at.checked_sub(1).and_then(|before| walk.get(before)) {
            Some(before) => Turn::show(desk.question(before)),
            None => Turn::Home,
        }
    }

    fn step(&mut self, desk: &Desk<'_>, action: Action) -> bool {
        let lines = self.choosing.offers(desk.knowledge.bank()).len();
        let at = match self.choosing.cursor {
            Some(at) => moved(at, lines, action),
            // The first step enters the list from above or below.
            None => match action {
                Action::Up | Action::Last | Action::PageDown => Some(lines.saturating_sub(1)),
                Action::Down | Action::First | Action::PageUp => Some(0),
                _ => None,
            },
        };
        let Some(at) = at else { return false };
        let choosing = &mut self.choosing;
        choosing.cursor = Some(at);
        choosing.touched = true;
        choosing.from_catalogue &= choosing.several() || choosing.asks_countries();
        true
    }

    fn edit(&self, desk: &Desk<'_>, edits: fn(VariableId) -> Edits) -> Turn {
        let dialog = Dialog::new(desk, edits(self.choosing.id.clone()));
        dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }
}

impl View for Question {
    fn context(&self) -> Context {
        if self.choosing.types() { Context::Typing } else { Context::Question }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if self.step(desk, action) {
            return Turn::Stay;
        }
        if !matches!(action, Action::Confirm | Action::Toggle | Action::HideLight | Action::Clear) {
            self.leave(desk);
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Toggle => {
                self.choosing.pick(self.choosing.cursor.unwrap_or(0), desk.knowledge.bank());
                Turn::Stay
            }
            Action::Back => self.back(desk),
            Action::Skip => {
                self.skip(desk);
                self.next(desk)
            }
            Action::Undo | Action::Redo => self.stepped(desk, action),
            Action::Clear => {
                desk.clear(&self.choosing.id);
                Turn::show(desk.question(&self.choosing.id))
            }
            Action::History => History::push(desk),
            Action::Overview => Turn::Push(Screen::Overview(Overview::new(desk, Some(&self.choosing.id)))),
            Action::Verdict => Turn::show(desk.verdict()),
            Action::HideLight => {
                desk.hide_light = !desk.hide_light;
                Turn::Stay
            }
            Action::Card => Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Header => HeaderForm::push(desk),
            Action::Why => Turn::Push(Screen::Why(Why::new(self.choosing.id.clone()))),
            Action::Note => self.edit(desk, Edits::Note),
            Action::Evidence => self.edit(desk, Edits::Evidence),
            Action::FollowUp => self.edit(desk, Edits::FollowUp),
            _ => Turn::Ignored,
        }
    }

    fn digit(&mut self, desk: &mut Desk<'_>, n: usize) -> Option<Turn> {
        if self.choosing.types() && !self.choosing.asks_countries() {
            return None;
        }
        let bank = desk.knowledge.bank();
        let last = self.choosing.offers(bank).len().saturating_sub(1);
        self.choosing.pick(if n == 9 { last } else { n }, bank);
        Some(Turn::Stay)
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.choosing.pick(n, desk.knowledge.bank());
        Turn::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.choosing.types().then_some(&mut self.choosing.input)
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        let choosing = &mut self.choosing;
        choosing.touched = true;
        choosing.cursor = (choosing.asks_countries() && !choosing.input.is_blank()).then_some(0);
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        let choosing = &mut self.choosing;
        let deletes = matches!(key, Key::Backspace | Key::Named("Del"));
        if choosing.asks_countries() && choosing.input.is_blank() && deletes {
            choosing.countries.pop();
            choosing.touched = true;
            choosing.from_catalogue = false;
            return Turn::Stay;
        }
        if self.editor().is_some_and(|editor| editor.key(key)) {
            self.edited(desk);
            return Turn::Stay;
        }
        Turn::Ignored
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        if self.choosing.touched {
            self.keep(desk);
        }
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        action != Action::Toggle || self.choosing.several()
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, aside: bool) {
        question(desk, page, &self.choosing, !aside);
    }

    fn has_aside(&self) -> bool {
        true
    }

    fn aside(&self, desk: &Desk<'_>, page: &mut Page) {
        background(desk, page, &self.choosing);
    }
}

fn labels<'a>(desk: &'a Desk<'_>, sitting: &Sitting<'a>) -> Labels<'a> {
    Labels {
        bank: desk.knowledge.bank(),
        catalogue: desk.knowledge.entries(),
        vendor: sitting.vendor,
        language: desk.words.language(),
    }
}

/// The question with its answers, and why it is asked where there is no pane for it.
fn question(desk: &Desk<'_>, page: &mut Page, choosing: &Choosing, with_background: bool) {
    let Some(sitting) = &desk.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let section = desk.knowledge.bank().questions().find(|(_, one)| one.id == question.id);
    let title = section.map_or_else(
        || desk.words.get("ui-follow-up-section"),
        |(section, _)| section.title.get(desk.words.language()).to_owned(),
    );
    let further = if question.further { format!(" · {}", desk.words.get("ui-further")) } else { String::new() };
    page.text(&format!("{title}{further}"), desk.styles.dim);
    page.text(&wording(desk, sitting, question), desk.styles.heading);
    page.gap();
    desk.last_time(&choosing.id, page);
    if choosing.types() {
        typed(desk, sitting, page, choosing);
    }
    for (n, offer) in choosing.offers(desk.knowledge.bank()).iter().enumerate() {
        let on = choosing.cursor == Some(n);
        page.item(n, on, |page| offered(desk, sitting, page, choosing, n, offer));
    }
    if choosing.several() {
        page.gap();
        page.text(&desk.words.get("ui-several"), desk.styles.dim);
    }
    retired(desk, sitting, page, choosing);
    page.gap();
    if with_background {
        background(desk, page, choosing);
    }
}

/// The question's words with the marks filled in.
pub fn wording(desk: &Desk<'_>, sitting: &Sitting<'_>, question: &Asked) -> String {
    let vendor = sitting.vendor.map_or_else(|| desk.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
    let law = crate::engine::law::Law::from(desk.knowledge.bank());
    let scheme = law.scheme(sitting.judged_day(), &[]).map_or("–", |scheme| scheme.title.get(desk.words.language()));
    let text = question.wording(sitting.session().mode).get(desk.words.language());
    text.replace("{vendor}", &vendor)
        .replace("{scheme}", scheme)
        .replace("{date}", &desk.words.day(sitting.judged_day()))
}

fn typed(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    if choosing.asks_countries() {
        if !choosing.countries.is_empty() {
            let value = Value::Countries(choosing.countries.clone());
            let names = labels(desk, sitting).value(&choosing.id, &value);
            page.indented(
                "",
                "   ",
                &format!("{}: {names}", desk.words.get("ui-countries-chosen")),
                desk.styles.selected,
            );
        }
        page.text(&format!("› {}", choosing.input.shown(page.columns() - 2)), desk.styles.text);
        page.text(&desk.words.get("ui-countries-hint"), desk.styles.dim);
        if choosing.names_a_region() {
            page.text(&desk.words.get("ui-countries-region"), desk.styles.yellow);
        } else if !choosing.input.is_blank() && choosing.offers(desk.knowledge.bank()).is_empty() {
            page.text(&desk.words.get("ui-countries-no-match"), desk.styles.yellow);
        }
    } else {
        page.text(&format!("› {}", choosing.input.shown(page.columns() - 2)), desk.styles.text);
        page.text(&desk.words.get("ui-text-hint"), desk.styles.dim);
    }
    page.gap();
}

fn offered(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing, n: usize, offer: &Offer) {
    let on = choosing.cursor == Some(n);
    let language = desk.words.language();
    let (text, hint, marked) = match offer {
        Offer::Choice(id, text, hint) => {
            let marked = if choosing.several() { choosing.marked.contains(id) } else { on };
            (text.get(language).to_owned(), hint.as_ref().map(|hint| hint.get(language).to_owned()), marked)
        }
        Offer::Country(code) => {
            let name = labels(desk, sitting).value(&choosing.id, &Value::Country(*code));
            (format!("{name} ({code})"), None, on)
        }
        Offer::NoCountry => (desk.words.get("ui-countries-none"), None, on),
        Offer::DontKnow => {
            let id = if sitting.session().mode == Mode::SelfAssessment { "ui-dont-know-self" } else { "ui-dont-know" };
            (desk.words.get(id), None, if choosing.several() { choosing.dont_know } else { on })
        }
    };
    let boxed = match (choosing.several(), marked) {
        (true, true) => "[x]",
        (true, false) => "[ ]",
        (false, true) => "(•)",
        (false, false) => "( )",
    };
    let first = format!("{} {}  {boxed} ", if on { "›" } else { " " }, n + 1);
    let style = if on { desk.styles.selected } else { desk.styles.text };
    page.indented(&first, "         ", &text, style);
    if let Some(hint) = hint {
        page.indented("         ", "         ", &hint, desk.styles.dim);
    }
}

/// Says which answers a change would put aside, before it does.
fn retired(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(value) = choosing.value(desk.knowledge.bank()).filter(|_| choosing.touched) else { return };
    let retired = sitting.retires(&choosing.id, &value);
    if retired.is_empty() {
        return;
    }
    let labels = labels(desk, sitting);
    let names: Vec<String> = retired.iter().map(|id| labels.variable(id)).collect();
    page.gap();
    page.text(&desk.words.with("ui-retires", &[("questions", &names.join(" · "))]), desk.styles.yellow);
}

/// Why it is asked, what helps, and what the catalogue says.
fn background(desk: &Desk<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(sitting) = &desk.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let language = desk.words.language();
    catalogue(desk, sitting, page, choosing);
    if let Some(help) = &question.help {
        page.labelled(&desk.words.get("ui-help-label"), help.get(language), desk.styles.dim, desk.styles.text);
    }
    let labels = labels(desk, sitting);
    let country = sitting.session().subject.jurisdiction;
    let cited = labels.citations(&question.references, country, sitting.judged_day());
    let why = desk.words.get("ui-why");
    page.labelled(&why, question.why.get(language), desk.styles.dim, desk.styles.text);
    page.indented("  ", "  ", &cited.join(" · "), desk.styles.dim);
    if sitting.session().mode == Mode::Interview {
        for note in &question.notes {
            page.indented("• ", "  ", note.get(language), desk.styles.dim);
        }
    }
    if let Some(answer) = sitting.session().answers.get(&choosing.id) {
        let said = [("ui-note", &answer.note), ("ui-by", &answer.by)];
        for (label, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            page.indented("", "  ", &format!("{}: {}", desk.words.get(label), sanitise(text)), desk.styles.reference);
        }
        for evidence in &answer.evidence {
            let date = evidence.date.map(|day| format!(", {}", desk.words.day(day))).unwrap_or_default();
            let place =
                if evidence.place.is_empty() { String::new() } else { format!(", {}", sanitise(&evidence.place)) };
            let line = format!("{}: {}{date}{place}", desk.words.get("ui-evidence"), sanitise(&evidence.title));
            page.indented("", "  ", &line, desk.styles.reference);
        }
        if let Some(follow_up) = &answer.follow_up {
            let due = follow_up.due.map(|day| desk.words.day(day)).unwrap_or_default();
            let line = format!("{}: {} {due}", desk.words.get("ui-follow-up"), sanitise(&follow_up.owner));
            page.indented("", "  ", &line, desk.styles.reference);
        }
    }
}

fn catalogue(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(fact) = sitting.fact(&choosing.id) else { return };
    page.indented("", "  ", &fact_line(desk, sitting, fact), desk.styles.reference);
    if let Some(note) = &fact.note {
        page.indented("  ", "  ", note.get(desk.words.language()), desk.styles.dim);
    }
    if choosing.from_catalogue {
        page.text(&desk.words.get("ui-catalogue-confirm"), desk.styles.dim);
    }
    page.gap();
}

fn fact_line(desk: &Desk<'_>, sitting: &Sitting<'_>, fact: &Fact) -> String {
    let value = labels(desk, sitting).value(&fact.variable, &fact.value);
    let source = sitting.vendor.and_then(|vendor| vendor.source(&fact.source)).map_or("", |source| &*source.title);
    match fact.as_of.filter(|_| !fact.suggestion) {
        Some(day) => {
            desk.words.with("ui-catalogue", &[("value", &value), ("day", &desk.words.day(day)), ("source", source)])
        }
        None => desk.words.with("ui-catalogue-undated", &[("value", &value), ("source", source)]),
    }
}
