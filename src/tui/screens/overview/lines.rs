//! The lines of the overview: each question with its answer, where it stands, and what hangs on it.
//!
//! ```text
//!  2 offene Rückfragen
//!
//!  Vertrag
//!  › AV-Vertrag
//!      Nein (beantwortet, nur im Selbst-Check +Notiz +Rückfrage)
//! ```

use super::super::super::desk::Desk;
use super::super::super::sitting::Sitting;
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::engine::{Standing, Step};
use crate::report::label::Labels;
use crate::session::{Answer, FollowUp};

/// A line: a section's heading, a question, or an answer put aside.
#[derive(Clone, Debug)]
pub struct Line {
    /// The question to jump to; none: nothing to jump to.
    pub question: Option<VariableId>,
    /// It is a section's heading.
    pub heading: bool,
    /// The question in short, or the heading.
    pub text: String,
    /// Where it stands.
    pub standing: String,
    /// The answer.
    pub value: String,
}

impl Line {
    fn heading(text: String) -> Self {
        Self { question: None, heading: true, text, standing: String::new(), value: String::new() }
    }

    /// Whether what was typed stands in it.
    pub fn contains(&self, typed: &str) -> bool {
        [&self.text, &self.standing, &self.value].into_iter().any(|text| text.to_lowercase().contains(typed))
    }
}

/// All questions by section, then the answers put aside.
pub fn all(desk: &Desk<'_>) -> Vec<Line> {
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
    if answer.is_only_said() {
        standing = format!("{standing}, {}", get("ui-only-said"));
    }
    let follow_up = answer.follow_up.as_ref().map(FollowUp::is_open);
    let marks = [
        (answer.confirmed.is_some(), "ui-confirmed"),
        (!answer.note.is_empty(), "ui-note"),
        (!answer.evidence.is_empty(), "ui-evidence"),
        (follow_up == Some(true), "ui-follow-up"),
        (follow_up == Some(false), "ui-follow-up-done"),
        (!answer.remark.is_empty() && !desk.presenting, "ui-remark"),
    ];
    for (_, mark) in marks.iter().filter(|(set, _)| *set) {
        standing = format!("{standing} +{}", get(mark));
    }
    standing
}

/// What waits for somebody: open follow-ups, and answers that only who checked alone has given.
pub fn waiting(desk: &Desk<'_>) -> Vec<String> {
    let Some(sitting) = &desk.sitting else { return Vec::new() };
    let count = |waits: fn(&Answer) -> bool| sitting.session().answers.values().filter(|answer| waits(answer)).count();
    let open = count(|answer| answer.follow_up.as_ref().is_some_and(FollowUp::is_open));
    let told = [("ui-open-follow-ups", open), ("ui-only-said-count", count(Answer::is_only_said))];
    told.into_iter().filter(|(_, n)| *n > 0).map(|(id, n)| desk.words.with(id, &[("n", &n.to_string())])).collect()
}
