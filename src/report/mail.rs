//! A text to copy into a mail: the answers that still decide, asked of somebody who can find them out.

use super::view::Viewed;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::VariableId;
use crate::sanitise::sanitise;

impl Viewed<'_> {
    /// The mail: who checks alone asks the officer for a decision and names the file; who leads an interview asks for
    /// the answers that still decide, or for those that nobody knew. None where an interview has nothing left to ask.
    #[must_use]
    pub fn mail(&self, file: Option<&str>) -> Option<String> {
        if self.inquiry.mode == Mode::SelfAssessment { Some(self.request(file)) } else { self.questions() }
    }

    /// "May we use it?", with the provisional result and what is open.
    fn request(&self, file: Option<&str>) -> String {
        let view = self.view();
        let tool = self.tool();
        let purpose = sanitise(&self.session.subject.purpose).into_owned();
        let mut lines = vec![
            self.words.with("ui-request-subject", &[("tool", &tool)]),
            String::new(),
            self.words.get("ui-mail-greeting"),
            String::new(),
            self.words.with("ui-request-ask", &[("tool", &tool), ("day", &self.words.day(self.inquiry.day))]),
            format!("  {}", view.headline),
        ];
        if !purpose.is_empty() {
            lines.push(format!("  {}: {purpose}", self.words.get("ui-purpose")));
        }
        lines.extend(view.first.iter().map(|step| format!("  – {step}")));
        let unknown = self.unknown();
        if !unknown.is_empty() {
            let names: Vec<String> = unknown.iter().map(|id| self.labels.variable(id)).collect();
            lines.push(String::new());
            lines.push(format!("{} {}", self.words.get("ui-request-unknown"), names.join("; ")));
        }
        if let Some(file) = file {
            lines.push(String::new());
            lines.push(format!("{} {}", self.words.get("ui-request-file"), sanitise(file)));
        }
        lines.push(String::new());
        lines.push(self.words.get("ui-request-end"));
        lines.join("\n")
    }

    /// Questions to which the answer was "I don't know".
    fn unknown(&self) -> Vec<VariableId> {
        let asked = &self.assessment.asked;
        let unknown = |id: &&VariableId| self.session.answers.get(*id).is_some_and(|one| one.value == Value::Unknown);
        asked.iter().filter(unknown).cloned().collect()
    }

    fn questions(&self) -> Option<String> {
        let decisive = !self.assessment.deciding.is_empty();
        let deciding = if decisive { self.assessment.deciding.clone() } else { self.unknown() };
        if deciding.is_empty() {
            return None;
        }
        let language = self.words.language();
        let tool = self.tool();
        let count = deciding.len().to_string();
        let mut lines = vec![
            self.words.with("ui-mail-subject", &[("tool", &tool)]),
            String::new(),
            self.words.get("ui-mail-greeting"),
            String::new(),
            self.words.with("ui-mail-ask", &[("tool", &tool), ("n", &count)]),
            String::new(),
        ];
        for (n, id) in deciding.iter().enumerate() {
            let Some(question) = self.labels.question(id) else { continue };
            // Whoever gets the mail knows as little law as somebody who checks alone.
            let wording = self.fill(question.wording(Mode::SelfAssessment), &[]);
            lines.push(format!("{}. {wording}", n + 1));
            if let Some(help) = &question.help {
                lines.push(format!("   {}", self.fill(help, &[])));
            }
            let choices =
                question.kind.choices().iter().filter(|choice| choice.offered(self.inquiry.day, self.inquiry.mode));
            for choice in choices {
                let text = choice.plain.as_ref().unwrap_or(&choice.text);
                lines.push(format!("   [ ] {}", text.get(language)));
            }
            lines.push(String::new());
        }
        lines.push(self.words.get("ui-mail-end"));
        Some(lines.join("\n"))
    }

    /// Name and edition of the tool.
    pub(super) fn tool(&self) -> String {
        let name = match (self.labels.vendor, self.session.tool_name()) {
            (Some(vendor), _) => vendor.name.to_string(),
            (None, Some(name)) => sanitise(name).into_owned(),
            (None, None) => self.words.get("ui-other-tool"),
        };
        let edition = self.labels.vendor.filter(|vendor| vendor.editions.len() > 1).and_then(|vendor| {
            let id = self.session.edition(Some(vendor))?;
            vendor.editions.iter().find(|edition| edition.id == id)
        });
        match edition {
            Some(edition) => format!("{name} ({})", edition.name.get(self.words.language())),
            None => name,
        }
    }
}
