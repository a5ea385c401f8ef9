//! All questions by section, with where each stands; jump anywhere, search.
//!
//! ```text
//!  Übersicht
//!  Suche: vertr_
//!
//!  Vertrag
//!  › Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!      Nein (beantwortet +Notiz)
//! ```

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::keymap::{Action, Context};
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::{Card, Dialog, HeaderForm, History, Screen};
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::engine::{Standing, Step};
use crate::report::label::Labels;
use crate::session::Answer;

/// The list of all questions.
#[derive(Debug)]
pub struct Overview {
    selected: usize,
    filter: Option<Editor>,
}

/// A line: a section's heading, a question, or an answer put aside.
#[derive(Clone, Debug)]
struct Line {
    /// The question to jump to; none: nothing to jump to.
    question: Option<VariableId>,
    heading: bool,
    text: String,
    standing: String,
    value: String,
}

impl Line {
    fn heading(text: String) -> Self {
        Self { question: None, heading: true, text, standing: String::new(), value: String::new() }
    }

    fn contains(&self, typed: &str) -> bool {
        [&self.text, &self.standing, &self.value].into_iter().any(|text| text.to_lowercase().contains(typed))
    }
}

impl Overview {
    /// The list, with the cursor on a question.
    #[must_use]
    pub fn new(desk: &Desk<'_>, current: Option<&VariableId>) -> Self {
        let mut overview = Self { selected: 0, filter: None };
        let lines = overview.questions(desk);
        overview.selected = lines.iter().position(|line| line.question.as_ref() == current).unwrap_or(0);
        overview
    }

    /// All lines that fit what was typed; headings of empty sections are left out.
    fn lines(&self, desk: &Desk<'_>) -> Vec<Line> {
        let typed = self.filter.as_ref().map(|filter| filter.text().trim().to_lowercase()).unwrap_or_default();
        let mut shown: Vec<Line> = Vec::new();
        for line in all(desk) {
            if line.heading {
                if shown.last().is_some_and(|last| last.heading) {
                    shown.pop();
                }
                shown.push(line);
            } else if line.contains(&typed) {
                shown.push(line);
            }
        }
        if shown.last().is_some_and(|last| last.heading) {
            shown.pop();
        }
        shown
    }

    /// The lines that the cursor can stand on.
    fn questions(&self, desk: &Desk<'_>) -> Vec<Line> {
        self.lines(desk).into_iter().filter(|line| line.question.is_some()).collect()
    }

    fn current(&self, desk: &Desk<'_>) -> Option<VariableId> {
        self.questions(desk).get(self.selected)?.question.clone()
    }

    fn edit(&self, desk: &Desk<'_>, edits: fn(VariableId) -> Edits) -> Turn {
        let dialog = self.current(desk).and_then(|question| Dialog::new(desk, edits(question)));
        dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
    }
}

impl View for Overview {
    fn context(&self) -> Context {
        if self.filter.is_some() { Context::Search } else { Context::Overview }
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.questions(desk).len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.current(desk).map_or(Turn::Stay, |id| Turn::show(desk.question(&id))),
            Action::Search => {
                self.filter = Some(Editor::line(""));
                Turn::Stay
            }
            Action::Back if self.filter.is_some() => {
                self.filter = None;
                self.selected = 0;
                Turn::Stay
            }
            Action::Back => Turn::Pop,
            Action::Verdict => Turn::show(desk.verdict()),
            Action::Card => Card::of(desk).map_or(Turn::Stay, |card| Turn::Push(Screen::Card(card))),
            Action::Header => HeaderForm::push(desk),
            Action::Note => self.edit(desk, Edits::Note),
            Action::Evidence => self.edit(desk, Edits::Evidence),
            Action::FollowUp => self.edit(desk, Edits::FollowUp),
            Action::Undo | Action::Redo => {
                if let Some(id) = desk.step(action) {
                    self.selected = Self::new(desk, Some(&id)).selected;
                }
                Turn::Stay
            }
            Action::Clear => {
                if let Some(id) = self.current(desk) {
                    desk.clear(&id);
                    self.selected = Self::new(desk, Some(&id)).selected;
                }
                Turn::Stay
            }
            Action::History => History::push(desk),
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        self.selected = n;
        self.act(desk, Action::Confirm)
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.filter.as_mut()
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.selected = 0;
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.text(&desk.words.get("ui-overview"), desk.styles.heading);
        if let Some(filter) = &self.filter {
            let shown = filter.shown(page.columns().saturating_sub(10));
            page.text(&format!("{}: {shown}", desk.words.get("ui-pick-filter")), desk.styles.text);
        }
        let mut n = 0;
        for line in self.lines(desk) {
            if line.heading {
                page.gap();
                page.text(&line.text, desk.styles.key);
                continue;
            }
            let on = line.question.is_some() && n == self.selected;
            let fill = |page: &mut Page| {
                let style = if on { desk.styles.selected } else { desk.styles.text };
                page.indented(if on { "› " } else { "  " }, "    ", &line.text, style);
                let below = if line.value.is_empty() {
                    line.standing.clone()
                } else {
                    format!("{} ({})", line.value, line.standing)
                };
                page.indented("    ", "    ", &below, desk.styles.dim);
            };
            if line.question.is_some() {
                page.item(n, on, fill);
                n += 1;
            } else {
                fill(page);
            }
        }
        if n == 0 {
            page.gap();
            page.text(&desk.words.get("ui-help-none"), desk.styles.dim);
        }
    }
}

/// All questions by section, then the answers put aside.
fn all(desk: &Desk<'_>) -> Vec<Line> {
    let (Some(sitting), Some(labels)) = (&desk.sitting, desk.labels()) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut section = None;
    for step in &sitting.flow.steps {
        if section.as_ref() != Some(&step.section) {
            section = Some(step.section.clone());
            let title = labels.bank.sections.iter().find(|one| one.id == step.section);
            let text = title.map_or_else(
                || desk.words.get("ui-follow-up-section"),
                |one| one.title.get(labels.language).to_owned(),
            );
            lines.push(Line::heading(text));
        }
        lines.push(line(desk, sitting, &labels, step));
    }
    if !sitting.flow.parked.is_empty() {
        lines.push(Line::heading(desk.words.get("ui-parked-section")));
    }
    for id in &sitting.flow.parked {
        let value = sitting.session().answers.get(id).map(|answer| labels.value(id, &answer.value));
        lines.push(Line {
            question: None,
            heading: false,
            text: labels.variable(id),
            standing: desk.words.get("ui-standing-parked"),
            value: value.unwrap_or_default(),
        });
    }
    let gone = desk.gone();
    if !gone.is_empty() {
        lines.push(Line::heading(desk.words.get("ui-gone-section")));
    }
    let standing = desk.words.get("ui-standing-gone");
    lines.extend(gone.into_iter().map(|(text, value)| Line {
        question: None,
        heading: false,
        text,
        standing: standing.clone(),
        value,
    }));
    lines
}

fn line(desk: &Desk<'_>, sitting: &Sitting<'_>, labels: &Labels<'_>, step: &Step) -> Line {
    let answer = sitting.session().answers.get(&step.question);
    let fact = sitting.fact(&step.question).filter(|_| step.standing == Standing::Fact).map(|fact| &fact.value);
    let value = match step.standing {
        Standing::Answered => answer.map(|answer| answer.value.clone()),
        Standing::Default => sitting.question(&step.question).and_then(|one| one.default.clone()).map(Value::Choice),
        _ => fact.cloned(),
    };
    Line {
        question: Some(step.question.clone()),
        heading: false,
        text: labels.variable(&step.question),
        standing: standing(desk, step, answer),
        value: value.map(|value| labels.value(&step.question, &value)).unwrap_or_default(),
    }
}

/// Where a question stands, in words, with marks for what hangs on the answer.
fn standing(desk: &Desk<'_>, step: &Step, answer: Option<&Answer>) -> String {
    let get = |id: &str| desk.words.get(id);
    let mut standing = match step.standing {
        _ if desk.copied_standing(step).is_some() => desk.copied_standing(step).unwrap_or_default(),
        Standing::Answered if answer.is_some_and(|answer| answer.catalogue_confirmed) => get("ui-standing-confirmed"),
        Standing::Answered => get("ui-standing-answered"),
        Standing::DontKnow => get("ui-standing-dont-know"),
        Standing::Fact => get("ui-standing-fact"),
        Standing::Default => get("ui-standing-default"),
        Standing::Open if step.follow_up => get("ui-standing-not-checked"),
        Standing::Open => get("ui-standing-open"),
    };
    if !step.certain {
        standing = format!("{standing}, {}", get("ui-standing-perhaps"));
    }
    let Some(answer) = answer else { return standing };
    let marks = [
        (!answer.note.is_empty(), "ui-note"),
        (!answer.evidence.is_empty(), "ui-evidence"),
        (answer.follow_up.is_some(), "ui-follow-up"),
    ];
    for (_, mark) in marks.iter().filter(|(set, _)| *set) {
        standing = format!("{standing} +{}", get(mark));
    }
    standing
}
