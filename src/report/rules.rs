//! One page for the team: what the verdict covers and what ends it, who does what, and sentences to copy for the
//! invitation and before a recording.

use super::view::{FindingView, Viewed};
use crate::domain::answer::Value;
use crate::domain::id::VariableId;
use crate::domain::question::Kind;
use crate::domain::verdict::Light;
use crate::engine::{Given, Standing, flow, judge};
use crate::sanitise::sanitise;

impl Viewed<'_> {
    /// The page as lines of text; a line that begins with `# ` is a heading.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        let view = self.view();
        let mut lines = vec![format!("# {}", self.words.with("ui-rules-title", &[("tool", &self.tool())]))];
        lines.push(format!("{} · {}", view.headline, self.words.day(self.inquiry.day)));
        // Whoever hangs this page up must not take it for a clearance that does not hold yet, or any more.
        match self.seal_line() {
            Some((line, true)) => lines.push(line),
            Some((line, false)) => lines.push(format!("! {line}")),
            None => lines.push(format!("! {}", self.words.get("ui-rules-draft"))),
        }
        self.part(&mut lines, "ui-rules-covers", self.covers());
        self.part(&mut lines, "ui-rules-voids", self.voids());
        self.part(&mut lines, "ui-rules-who", tasks(&view.findings));
        self.part(&mut lines, "ui-rules-invitation", vec![self.invitation()]);
        if self.says("recording_used", "yes") {
            self.part(&mut lines, "ui-rules-recording", vec![self.words.get("ui-rules-recording-text")]);
        }
        if self.says("ai_assistant", "yes") || self.says("ai_assistant", "third_party") {
            self.part(&mut lines, "ui-rules-ai", vec![self.words.get("ui-rules-ai-text")]);
        }
        lines
    }

    fn part(&self, lines: &mut Vec<String>, heading: &str, content: Vec<String>) {
        if !content.is_empty() {
            lines.push(String::new());
            lines.push(format!("# {}", self.words.get(heading)));
            lines.extend(content);
        }
    }

    /// Tool, team, purpose, and every answer about the use.
    fn covers(&self) -> Vec<String> {
        let subject = &self.session.subject;
        let mut lines = vec![format!("– {}", self.tool())];
        for (label, text) in [("ui-header-team", &subject.team), ("ui-purpose", &subject.purpose)] {
            if !text.is_empty() {
                lines.push(format!("– {}: {}", self.words.get(label), sanitise(text)));
            }
        }
        for id in self.uses() {
            if let Some(answer) = self.session.answers.get(&id) {
                lines.push(format!("– {}: {}", self.labels.variable(&id), self.labels.value(&id, &answer.value)));
            }
        }
        lines
    }

    /// The answered questions about how the team uses the tool.
    fn uses(&self) -> Vec<VariableId> {
        const USES: [&str; 6] =
            ["content", "external_use", "recording_used", "ai_assistant", "attention_tracking", "end_to_end"];
        let steps = flow(self.model, self.inquiry).steps;
        let answered = steps.into_iter().filter(|step| step.standing == Standing::Answered);
        answered.map(|step| step.question).filter(|id| USES.iter().any(|name| *id == **name)).collect()
    }

    /// Changes after which another verdict holds: each was tried.
    fn voids(&self) -> Vec<String> {
        let Some(here) = judge(self.model, self.inquiry) else { return Vec::new() };
        let mut lines = Vec::new();
        for id in self.uses() {
            for (value, text) in self.alternatives(&id) {
                let mut other = self.inquiry.clone();
                other.answers.insert(id.clone(), Given::stated(value));
                let worse = |there: (Light, Light)| there.0 > here.0 || there.1 > here.1;
                if judge(self.model, &other).is_some_and(worse) {
                    let label = self.labels.variable(&id);
                    lines.push(self.words.with("ui-rules-as-soon", &[("what", &label), ("value", &text)]));
                }
            }
        }
        lines.push(format!("– {}", self.words.get("ui-rules-changes")));
        lines
    }

    /// What else could be answered: another choice, or one kind of content more.
    fn alternatives(&self, id: &VariableId) -> Vec<(Value, String)> {
        let (Some(question), Some(answer)) = (self.labels.question(id), self.session.answers.get(id)) else {
            return Vec::new();
        };
        let now = answer.value.choices().unwrap_or_default();
        let offered = question
            .kind
            .choices()
            .iter()
            .filter(|choice| choice.offered(self.inquiry.day, self.inquiry.mode) && !now.contains(&choice.id));
        offered
            .map(|choice| {
                let value = match &question.kind {
                    Kind::Choices(_) => Value::Choices(now.iter().cloned().chain([choice.id.clone()]).collect()),
                    _ => Value::Choice(choice.id.clone()),
                };
                (value, choice.text.get(self.words.language()).to_owned())
            })
            .collect()
    }

    /// The sentence for the invitation (Art. 13): tool, processor, countries and what carries the transfer.
    fn invitation(&self) -> String {
        let countries = ["hosting_country", "access_countries"]
            .into_iter()
            .filter_map(|id| VariableId::try_from(id).ok())
            .filter_map(|id| {
                let value = self.known(&id)?;
                value.countries().is_some_and(|codes| !codes.is_empty()).then(|| self.labels.value(&id, &value))
            })
            .collect::<Vec<_>>()
            .join(", ");
        let tool = self.tool();
        let where_to = if countries.is_empty() {
            self.words.get("ui-rules-countries-unknown")
        } else {
            self.words.with("ui-rules-countries", &[("countries", &countries)])
        };
        format!(
            "{} {where_to} {}",
            self.words.with("ui-rules-invite", &[("tool", &tool)]),
            self.words.get("ui-rules-link")
        )
    }

    /// The answer to a question, else what the catalogue says.
    fn known(&self, id: &VariableId) -> Option<Value> {
        if let Some(answer) = self.session.answers.get(id).filter(|answer| answer.value != Value::Unknown) {
            return Some(answer.value.clone());
        }
        let vendor = self.labels.vendor?;
        let edition = self.session.edition(Some(vendor));
        let fact = crate::engine::resolve::usable_fact(vendor, id, edition.as_ref(), self.inquiry.day, None)?;
        Some(fact.value.clone())
    }

    fn says(&self, question: &str, value: &str) -> bool {
        let answer = self.session.answers.get(question).map(|answer| &answer.value);
        matches!(answer, Some(Value::Choice(choice)) if *choice == *value)
    }
}

/// What has to be done, by whom and when.
fn tasks(findings: &[FindingView]) -> Vec<String> {
    let certain = findings.iter().filter(|found| found.level.colours() && !found.possible);
    certain
        .flat_map(|found| {
            let agreed = found.condition.as_ref().map(|(text, _)| format!("   {text}"));
            std::iter::once(format!("– {} [{}]", found.step, found.tag)).chain(agreed)
        })
        .collect()
}
