//! A question pack: the questions of a session, to be answered elsewhere. As a paper to be filled in by hand, or as a session
//! file that says in it how it is filled in.
//!
//! The same session on the same day gives the same bytes. Nothing that was answered stands in it unless that is asked for.

use std::fmt::Write as _;

use super::asked::asked;
use super::document::{Document, Part};
use super::label::Labels;
use crate::domain::answer::{Mode, Value};
use crate::domain::id::SectionId;
use crate::domain::question::{Kind, Question};
use crate::domain::text::Text;
use crate::engine::{Inquiry, Model, Standing, flow};
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::Session;
use crate::session::file;

/// What the pack is made of.
#[derive(Debug)]
pub struct Blank<'a> {
    /// Words of bank and catalogue.
    pub labels: Labels<'a>,
    /// The program's own words.
    pub words: &'a Words,
    /// Whose questions.
    pub session: &'a Session,
    /// The model of its tool.
    pub model: &'a Model,
    /// What was answered so far.
    pub inquiry: &'a Inquiry,
    /// Only what nobody has answered yet.
    pub open_only: bool,
}

/// A question, its section and its number.
struct Numbered<'a> {
    section: SectionId,
    number: usize,
    question: &'a Question,
}

impl<'a> Blank<'a> {
    /// The paper.
    #[must_use]
    pub fn document(&self) -> Document {
        let words = self.words;
        let day = words.with("ui-as-of", &[("day", &words.day(self.inquiry.day))]);
        let mut parts = vec![Part::Paragraph(words.get(self.what()))];
        let subject = &self.session.subject;
        let head = [
            ("ui-header-controller", &subject.controller),
            ("ui-header-team", &subject.team),
            ("ui-purpose", &subject.purpose),
        ];
        let (known, asked): (Vec<_>, Vec<_>) = head.into_iter().partition(|(_, text)| !text.trim().is_empty());
        let pair = |(label, text): (&str, &String)| (words.get(label), vec![text.clone()]);
        if !known.is_empty() {
            parts.push(Part::Pairs(known.into_iter().map(pair).collect()));
        }
        let lines = asked.into_iter().map(|(label, _)| label).chain(["pack-by", "pack-on"]);
        parts.push(Part::Blanks(lines.map(|label| words.get(label)).collect()));
        let mut section = None;
        for one in self.questions() {
            if section.as_ref() != Some(&one.section) {
                parts.push(Part::Heading(self.section(&one.section)));
                section = Some(one.section.clone());
            }
            self.question(&one, &mut parts);
        }
        Document {
            language: words.language(),
            title: words.with("pack-title", &[("tool", &self.tool())]),
            subtitle: format!("{day} · {}", self.session.id),
            parts,
        }
    }

    /// The session file: every question stands in it as a comment, with what may be written as an answer.
    #[must_use]
    pub fn template(&self) -> String {
        let (words, text) = (self.words, file::write(self.session));
        let mut notes = String::new();
        let mut section = None;
        for one in self.questions() {
            if section.as_ref() != Some(&one.section) {
                let _ = writeln!(notes, "\n        // == {} ==", comment(&self.section(&one.section)));
                section = Some(one.section.clone());
            }
            self.noted(&one, &mut notes);
        }
        let mut out = format!("// {}\n", comment(&words.with("pack-title", &[("tool", &self.tool())])));
        for id in [self.what(), "pack-by-hand"] {
            for line in super::text::wrap(&comment(&words.get(id)), 96) {
                let _ = writeln!(out, "// {line}");
            }
        }
        // The answers are the one map that this program begins so.
        let at = text.find("\n    answers: {\n").map_or(text.len(), |at| at + "\n    answers: {\n".len());
        let (begin, end) = text.split_at(at);
        let _ = write!(out, "{begin}{notes}{end}");
        out
    }

    const fn what(&self) -> &'static str {
        match (self.open_only, self.session.mode) {
            (true, _) => "pack-what-open",
            (false, Mode::SelfAssessment) => "pack-what-self",
            (false, Mode::Interview) => "pack-what",
        }
    }

    fn questions(&self) -> Vec<Numbered<'a>> {
        let steps = flow(self.model, self.inquiry).steps.into_iter();
        let open = |standing: Standing| matches!(standing, Standing::Open | Standing::DontKnow | Standing::Default);
        let wanted = steps.filter(|step| step.put && (!self.open_only || open(step.standing)));
        let found = wanted.filter_map(|step| Some((step.section, self.labels.question(&step.question)?)));
        found.enumerate().map(|(n, (section, question))| Numbered { section, number: n + 1, question }).collect()
    }

    fn section(&self, id: &SectionId) -> String {
        let found = self.labels.bank.sections.iter().find(|section| section.id == *id);
        found.map_or_else(
            || self.words.get("pack-further"),
            |section| section.title.get(self.labels.language).to_owned(),
        )
    }

    fn wording(&self, question: &Question) -> String {
        self.filled(question.wording(self.session.mode))
    }

    fn filled(&self, text: &Text) -> String {
        asked(&self.labels, text, self.inquiry.day, self.words)
    }

    /// The answers that are offered: what is written in a file, and what a person reads.
    fn choices(&self, question: &Question) -> Vec<(String, String)> {
        let (language, mode) = (self.labels.language, self.session.mode);
        if question.id == *"edition" {
            let editions = self.labels.vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
            return editions.iter().map(|one| (one.id.to_string(), one.name.get(language).to_owned())).collect();
        }
        let offered = question.kind.choices().iter().filter(|choice| choice.offered(self.inquiry.day, mode));
        let words = offered.map(|choice| match (mode, &choice.plain) {
            (Mode::SelfAssessment, Some(plain)) => (choice.id.to_string(), self.filled(plain)),
            _ => (choice.id.to_string(), self.filled(&choice.text)),
        });
        words.collect()
    }

    fn question(&self, one: &Numbered<'_>, parts: &mut Vec<Part>) {
        let words = self.words;
        parts.push(Part::Point(format!("{}. {}", one.number, self.wording(one.question))));
        if let Some(help) = &one.question.help {
            parts.push(Part::Paragraph(self.filled(help)));
        }
        let mut boxes: Vec<String> = self.choices(one.question).into_iter().map(|(_, text)| text).collect();
        match one.question.kind {
            Kind::Choices(_) => parts.push(Part::Paragraph(words.get("pack-several"))),
            Kind::Countries => parts.push(Part::Blanks(vec![words.get("pack-countries")])),
            Kind::Text => parts.push(Part::Blanks(vec![words.get("pack-answer")])),
            Kind::Choice(_) => {}
        }
        boxes.push(words.get("ui-dont-know"));
        parts.push(Part::Boxes(boxes));
        parts.push(Part::Blanks(vec![words.get("pack-note")]));
    }

    fn noted(&self, one: &Numbered<'_>, out: &mut String) {
        let _ = writeln!(out);
        for line in super::text::wrap(&comment(&format!("{}. {}", one.number, self.wording(one.question))), 90) {
            let _ = writeln!(out, "        // {line}");
        }
        let choices = self.choices(one.question);
        for (id, text) in &choices {
            let _ = writeln!(out, "        //    \"{}\"  {}", comment(id), comment(text));
        }
        let first = choices.first().map_or("yes", |(id, _)| id.as_str());
        let value = match one.question.kind {
            Kind::Choice(_) => format!("Choice(\"{first}\")"),
            Kind::Choices(_) => format!("Choices([\"{first}\"])"),
            Kind::Countries => "Countries([\"DE\"])".to_owned(),
            Kind::Text => "Text(\"\")".to_owned(),
        };
        let _ = writeln!(out, "        // \"{}\": (value: {value}, by: \"\", note: \"\"),", one.question.id);
    }

    /// What the tool is called.
    fn tool(&self) -> String {
        match (self.labels.vendor, self.session.answers.get("tool_name").map(|answer| &answer.value)) {
            (Some(vendor), _) => vendor.name.to_string(),
            (None, Some(Value::Text(name))) if !name.trim().is_empty() => sanitise(name.trim()).into_owned(),
            (None, _) => self.words.get("ui-other-tool"),
        }
    }
}

/// A text that stays on its line.
fn comment(text: &str) -> String {
    sanitise(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
