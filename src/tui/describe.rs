//! What stands in the lists: the start menu, the tools, the overview.

use super::app::{App, Screen};
use super::keymap;
use crate::domain::id::VariableId;
use crate::engine::Standing;
use crate::knowledge::Entry;
use crate::sanitise::sanitise;

/// A line of the start menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// Go on with the n-th session.
    Continue(usize),
    /// New self-assessment.
    SelfAssessment,
    /// New interview.
    Interview,
    /// Look at the catalogue.
    Catalogue,
    /// The other language.
    Language,
    /// Keys.
    Help,
    /// Leave.
    Quit,
}

/// Sessions that the start screen offers.
const RECENT: usize = 5;

/// The start menu: going on comes first.
pub fn menu_items(app: &App<'_>) -> Vec<MenuItem> {
    let recent = (0..app.sessions.len().min(RECENT)).map(MenuItem::Continue);
    recent
        .chain([
            MenuItem::SelfAssessment,
            MenuItem::Interview,
            MenuItem::Catalogue,
            MenuItem::Language,
            MenuItem::Help,
            MenuItem::Quit,
        ])
        .collect()
}

/// The words of a menu item: what it does, and a hint.
pub fn menu_text(app: &App<'_>, item: &MenuItem) -> (String, String) {
    let words = &app.words;
    match item {
        MenuItem::Continue(n) => session_text(app, *n),
        MenuItem::SelfAssessment => (words.get("ui-start-self"), words.get("ui-start-self-hint")),
        MenuItem::Interview => (words.get("ui-start-interview"), words.get("ui-start-interview-hint")),
        MenuItem::Catalogue => (words.get("ui-start-catalogue"), String::new()),
        MenuItem::Language => (words.get("ui-start-language"), String::new()),
        MenuItem::Help => (words.get("ui-start-help"), String::new()),
        MenuItem::Quit => (words.get("ui-start-quit"), String::new()),
    }
}

fn session_text(app: &App<'_>, n: usize) -> (String, String) {
    let Some(listed) = app.sessions.get(n) else { return (String::new(), String::new()) };
    match &listed.session {
        Ok(session) => {
            let entry = app.knowledge.entries().iter().find(|entry| entry.id == session.vendor);
            let tool = entry.map_or_else(|| app.words.get("ui-other-tool"), |entry| entry.name.to_string());
            let team = sanitise(&session.subject.team).into_owned();
            let title = if team.is_empty() { tool } else { format!("{tool} · {team}") };
            let mode = app.words.get(&format!("ui-mode-{}", session.mode.id()));
            let day = session.as_of.map(|day| app.words.day(day)).unwrap_or_default();
            (app.words.with("ui-start-continue", &[("title", &title)]), format!("{mode}, {day}"))
        }
        Err(fault) => {
            let file = sanitise(&listed.id).into_owned();
            (app.words.with("ui-start-damaged", &[("file", &file)]), sanitise(fault).chars().take(120).collect())
        }
    }
}

/// The tools that fit what was typed: names first, then other names.
pub fn tools<'a>(app: &'a App<'_>, filter: &str) -> Vec<&'a Entry> {
    let typed = filter.trim().to_lowercase();
    let rank = |entry: &Entry| {
        let name = entry.name.to_lowercase();
        if name.starts_with(&typed) {
            Some(0)
        } else if name.contains(&typed) || entry.id.as_str().contains(&typed) {
            Some(1)
        } else {
            entry.aliases.iter().any(|alias| alias.to_lowercase().contains(&typed)).then_some(2)
        }
    };
    let mut found: Vec<(u8, &Entry)> =
        app.knowledge.entries().iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// A line of the overview: a section's heading or a question.
#[derive(Clone, Debug)]
pub struct OverviewLine {
    /// The question; none: a heading.
    pub question: Option<VariableId>,
    /// Heading, or the question's words.
    pub text: String,
    /// Where it stands.
    pub standing: String,
    /// The answer in words.
    pub value: String,
}

/// All questions by section, then those put aside.
pub fn overview_lines(app: &App<'_>) -> Vec<OverviewLine> {
    let Some(sitting) = &app.sitting else { return Vec::new() };
    let language = app.words.language();
    let heading = |text: String| OverviewLine { question: None, text, standing: String::new(), value: String::new() };
    let labels = crate::report::label::Labels { bank: app.knowledge.bank(), vendor: sitting.vendor, language };
    let mut lines = Vec::new();
    let mut section = None;
    for step in &sitting.flow.steps {
        if section.as_ref() != Some(&step.section) {
            section = Some(step.section.clone());
            let title = app.knowledge.bank().sections.iter().find(|one| one.id == step.section);
            let text =
                title.map_or_else(|| app.words.get("ui-follow-up-section"), |one| one.title.get(language).to_owned());
            lines.push(heading(text));
        }
        let answer = sitting.session().answers.get(&step.question);
        let mut standing = match step.standing {
            Standing::Answered if answer.is_some_and(|answer| answer.catalogue_confirmed) => {
                app.words.get("ui-standing-confirmed")
            }
            Standing::Answered => app.words.get("ui-standing-answered"),
            Standing::DontKnow => app.words.get("ui-standing-dont-know"),
            Standing::Fact => app.words.get("ui-standing-fact"),
            Standing::Default => app.words.get("ui-standing-default"),
            Standing::Open => app.words.get("ui-standing-open"),
        };
        if !step.certain {
            standing = format!("{standing}, {}", app.words.get("ui-standing-perhaps"));
        }
        if let Some(answer) = answer {
            let marks = [
                (!answer.note.is_empty(), "ui-note"),
                (!answer.evidence.is_empty(), "ui-evidence"),
                (answer.follow_up.is_some(), "ui-follow-up"),
            ];
            for (_, mark) in marks.iter().filter(|(set, _)| *set) {
                standing = format!("{standing} +{}", app.words.get(mark));
            }
        }
        let fact = sitting.fact(&step.question).filter(|_| step.standing == Standing::Fact).map(|fact| &fact.value);
        let value = match step.standing {
            Standing::Answered => answer.map(|answer| &answer.value),
            _ => fact,
        };
        lines.push(OverviewLine {
            question: Some(step.question.clone()),
            text: labels.variable(&step.question),
            standing,
            value: value.map(|value| labels.value(&step.question, value)).unwrap_or_default(),
        });
    }
    if !sitting.flow.parked.is_empty() {
        lines.push(heading(app.words.get("ui-parked-section")));
        for id in &sitting.flow.parked {
            let value = sitting.session().answers.get(id).map(|answer| labels.value(id, &answer.value));
            lines.push(OverviewLine {
                question: None,
                text: format!("  {}", labels.variable(id)),
                standing: app.words.get("ui-standing-parked"),
                value: value.unwrap_or_default(),
            });
        }
    }
    lines
}

/// How many lines the cursor of the screen can stand on.
pub fn lines_of(app: &App<'_>) -> usize {
    match app.screens.last() {
        Some(Screen::Menu { .. }) => menu_items(app).len(),
        Some(Screen::Picker { mode, filter, .. }) => tools(app, filter).len() + usize::from(mode.is_some()),
        Some(Screen::Header { .. }) => 6,
        Some(Screen::Question(choosing)) => choosing.offers(app.knowledge.bank()).len(),
        Some(Screen::Overview { .. }) => overview_lines(app).len(),
        Some(Screen::Verdict { view, tab: 0, .. }) => view.findings.len(),
        Some(Screen::Verdict { view, .. }) => view.sources.iter().map(|(_, lines)| lines.len() + 2).sum(),
        Some(Screen::Card { .. }) => 400,
        Some(Screen::Help { context, .. }) => keymap::of(*context).count(),
        Some(Screen::Private) | None => 1,
    }
}
