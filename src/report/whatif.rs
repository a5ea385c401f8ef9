//! The way to clearance in words and as JSON. It names what to do, never what to answer.

use serde_json::{Value as Json, json};

use super::json::value;
use super::label::Labels;
use super::text::wrap;
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::finding::Level;
use crate::domain::id::{ChoiceId, EditionId, FindingId, VariableId};
use crate::domain::verdict::Light;
use crate::engine::whatif::{Alternative, Change, Way, Ways, Why};
use crate::i18n::Words;
use crate::session::Session;

/// The columns that the text fills at most.
const WIDTH: usize = 90;
/// So many ways are spelled out; the JSON output holds more.
const SHOWN: usize = 4;

/// The ways of a session on a day as one JSON object. Fields are only ever added.
#[must_use]
pub fn json(labels: &Labels<'_>, words: &Words, session: &Session, day: Day, ways: &Ways) -> Json {
    let paths = ways.paths.iter().map(|way| path(labels, words, session, way));
    let blocked = ways.blocked_by.iter().map(|blocked| {
        json!({
            "id": blocked.id.as_str(),
            "level": blocked.level.id(),
            "title": title(labels, &blocked.id),
            "why": blocked.why.id(),
        })
    });
    let alternatives = ways.alternatives.iter().map(|other| {
        json!({
            "kind": "edition",
            "edition": other.edition.as_str(),
            "name": edition(labels, &other.edition),
            "best": other.best.id(),
            "worst": other.worst.id(),
            "to": other.to.id(),
            "changes": other.changes,
        })
    });
    json!({
        "format": 1,
        "vendor": session.vendor.as_str(),
        "mode": session.mode.id(),
        "as_of": day.to_string(),
        "from": ways.from.map(Light::id),
        "paths": paths.collect::<Vec<_>>(),
        "more": ways.more,
        "blocked_by": blocked.collect::<Vec<_>>(),
        "alternatives": alternatives.collect::<Vec<_>>(),
    })
}

fn path(labels: &Labels<'_>, words: &Words, session: &Session, way: &Way) -> Json {
    let changes = way.changes.iter().map(|change| {
        json!({
            "variable": change.variable.as_str(),
            "from": change.from.as_ref().map_or(Json::Null, value),
            "to": value(&change.to),
            "action": action(labels, words, session, change),
            "effort": change.effort,
            "findings": change.findings.iter().map(FindingId::as_str).collect::<Vec<_>>(),
        })
    });
    let then = way.then.iter().map(|then| json!({ "variable": then.variable.as_str(), "to": value(&then.to) }));
    json!({
        "to": way.to.id(),
        "effort": way.effort(),
        "changes": changes.collect::<Vec<_>>(),
        "then": then.collect::<Vec<_>>(),
    })
}

fn title(labels: &Labels<'_>, finding: &FindingId) -> String {
    labels.finding(finding).map_or_else(|| finding.to_string(), |found| found.title.get(labels.language).to_owned())
}

/// What to do for a change: the action of the finding that asks for it. An edition is simply taken.
fn action(labels: &Labels<'_>, words: &Words, session: &Session, change: &Change) -> String {
    if change.variable == "edition" {
        let name = labels.value(&change.variable, &change.to);
        return words.with("ui-way-edition", &[("name", &name)]);
    }
    let found = labels.finding(&change.action_of).map(|found| found.action_in(session.subject.jurisdiction));
    found.map_or_else(String::new, |text| text.get(labels.language).to_owned())
}

fn edition(labels: &Labels<'_>, id: &EditionId) -> String {
    match (VariableId::try_from("edition"), ChoiceId::try_from(id.as_str())) {
        (Ok(variable), Ok(choice)) => labels.value(&variable, &Value::Choice(choice)),
        _ => id.to_string(),
    }
}

/// The ways as text of at most 90 columns.
#[must_use]
pub fn text(labels: &Labels<'_>, words: &Words, session: &Session, ways: &Ways) -> String {
    let mut page = Page { labels, words, session, out: String::new() };
    page.all(ways);
    page.out
}

struct Page<'a> {
    labels: &'a Labels<'a>,
    words: &'a Words,
    session: &'a Session,
    out: String,
}

impl Page<'_> {
    /// A paragraph. Its first line begins with `mark`, the others below the text after it.
    fn put(&mut self, indent: usize, mark: &str, text: &str) {
        let hang = indent + mark.chars().count();
        for (n, line) in wrap(text, WIDTH.saturating_sub(hang)).iter().enumerate() {
            let before = if n == 0 { format!("{}{mark}", " ".repeat(indent)) } else { " ".repeat(hang) };
            self.out.push_str(format!("{before}{line}").trim_end());
            self.out.push('\n');
        }
    }

    fn light(&self, light: Light) -> String {
        self.words.get(&format!("ui-light-{}", light.id()))
    }

    fn all(&mut self, ways: &Ways) {
        let Some(from) = ways.from else {
            return self.put(0, "", &self.words.get("ui-private"));
        };
        let title = if self.session.mode == Mode::Interview { "ui-way-title" } else { "ui-way-title-self" };
        self.put(0, "", &self.words.get(title));
        self.put(0, "", &self.summary(from, ways));
        self.ways(ways);
        self.blocked(ways);
        if !ways.alternatives.is_empty() {
            self.put(0, "", "");
            self.put(0, "", &self.words.get("ui-way-alternatives"));
            for other in &ways.alternatives {
                self.alternative(other);
            }
        }
        if self.session.mode == Mode::SelfAssessment {
            self.put(0, "", "");
            self.put(0, "", &self.words.get("ui-self-green-sub"));
        }
    }

    fn summary(&self, from: Light, ways: &Ways) -> String {
        let here = self.light(from);
        match ways.paths.first() {
            Some(way) => {
                let (there, n) = (self.light(way.to), way.changes.len().to_string());
                self.words.with("ui-way-count", &[("n", &n), ("from", &here), ("to", &there)])
            }
            None if from == Light::Green => self.words.get("ui-way-none-needed"),
            None => self.words.with("ui-way-none", &[("from", &here)]),
        }
    }

    /// The first ways. What all of them have in common is said once.
    fn ways(&mut self, ways: &Ways) {
        let shown = &ways.paths[..ways.paths.len().min(SHOWN)];
        let Some((first, others)) = shown.split_first() else { return };
        let (mut shared, mut own) = (first.clone(), first.clone());
        shared.changes.retain(|change| others.iter().all(|way| way.changes.contains(change)));
        shared.then.retain(|then| others.iter().all(|way| way.then.contains(then)));
        self.put(0, "", "");
        if !others.is_empty() && (!shared.changes.is_empty() || !shared.then.is_empty()) {
            self.put(0, "", &self.words.get("ui-way-shared"));
        }
        self.steps(1, &shared);
        let of = ways.paths.len() + ways.more;
        for (n, way) in shown.iter().enumerate().filter(|_| !others.is_empty()) {
            own.clone_from(way);
            own.changes.retain(|change| !shared.changes.contains(change));
            own.then.retain(|then| !shared.then.contains(then));
            self.put(0, "", "");
            self.put(0, "", &self.words.with("ui-way-number", &[("n", &(n + 1).to_string()), ("of", &of.to_string())]));
            self.steps(shared.changes.len() + 1, &own);
        }
        if of > shown.len() {
            self.put(0, "", "");
            self.put(0, "", &self.words.with("ui-way-more", &[("n", &(of - shown.len()).to_string())]));
        }
    }

    /// What is to be done, numbered from `from`, and what has to hold as well.
    fn steps(&mut self, from: usize, way: &Way) {
        for (n, change) in (from..).zip(&way.changes) {
            self.change(n, change);
        }
        if !way.then.is_empty() {
            self.put(2, "", &self.words.get("ui-way-then"));
        }
        for then in &way.then {
            self.put(4, "- ", &self.state(&then.variable, &then.to));
        }
    }

    fn change(&mut self, n: usize, change: &Change) {
        let mark = format!("{n}. ");
        self.put(2, &mark, &action(self.labels, self.words, self.session, change));
        let inner = 2 + mark.len();
        if change.variable != "edition" {
            let state = self.state(&change.variable, &change.to);
            self.put(inner, "", &self.words.with("ui-way-after", &[("state", &state)]));
        }
        let titles: Vec<String> = change.findings.iter().map(|finding| title(self.labels, finding)).collect();
        self.put(inner, "", &self.words.with("ui-way-against", &[("findings", &titles.join("; "))]));
        let effort = self.words.get(&format!("ui-way-effort-{}", change.effort.clamp(1, 5)));
        self.put(inner, "", &self.words.with("ui-way-effort", &[("effort", &effort)]));
    }

    /// A question and how it then stands.
    fn state(&self, variable: &VariableId, to: &Value) -> String {
        format!("{} {}", self.labels.variable(variable), self.labels.value(variable, to))
    }

    fn blocked(&mut self, ways: &Ways) {
        for (heading, conflict) in [("ui-way-blocked", false), ("ui-way-conflict", true)] {
            let mut entries = ways.blocked_by.iter().filter(|one| (one.why == Why::Conflict) == conflict).peekable();
            if entries.peek().is_none() {
                continue;
            }
            self.put(0, "", "");
            self.put(0, "", &self.words.get(heading));
            for entry in entries {
                let mark = if entry.level == Level::Red { "✗ " } else { "! " };
                let mut line = title(self.labels, &entry.id);
                if entry.why == Why::NotEnough {
                    line = format!("{line} ({})", self.words.get("ui-way-not-enough"));
                }
                self.put(2, mark, &line);
            }
        }
    }

    fn alternative(&mut self, other: &Alternative) {
        let name = edition(self.labels, &other.edition);
        let (best, worst) = (self.light(other.best), self.light(other.worst));
        let mut line = if other.best == other.worst {
            format!("{name}: {best}")
        } else {
            let range = self.words.with("ui-sub-range", &[("best", &best), ("worst", &worst)]);
            format!("{name}: {range}")
        };
        if other.changes > 0 {
            let (n, to) = (other.changes.to_string(), self.light(other.to));
            line = format!("{line}, {}", self.words.with("ui-way-from-there", &[("n", &n), ("to", &to)]));
        }
        self.put(2, "- ", &line);
    }
}
