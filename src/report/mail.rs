//! A text to copy into a mail: the answers that still decide, asked of somebody who can find them out.

use super::view::Viewed;
use crate::domain::answer::Mode;
use crate::sanitise::sanitise;

impl Viewed<'_> {
    /// The mail; none where nothing decides any more.
    #[must_use]
    pub fn mail(&self) -> Option<String> {
        let deciding = &self.assessment.deciding;
        if deciding.is_empty() {
            return None;
        }
        let language = self.words.language();
        let tool = self.tool();
        let count = deciding.len().to_string();
        let mut lines = vec![
            self.words.with("ui-mail-subject", &[("tool", &tool), ("n", &count)]),
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
