//! The record of an assessment for the file ("Prüfvermerk"): who and what, result, facts with their origin, assessment
//! point by point, departures, conditions, who was heard, opinion, decision, seal, what is open and what was not checked,
//! annexes, state of law, signatures.
//!
//! The same session on the same day gives the same bytes: nothing in it depends on when or where it is written.

mod fact;
mod signed;

use super::document::{Document, Part};
use super::view::{FindingView, VerdictView, Viewed};
use crate::domain::answer::Mode;
use crate::domain::finding::Level;
use crate::session::{ConditionId, State};

impl Viewed<'_> {
    /// The record.
    #[must_use]
    pub fn review(&self) -> Document {
        let view = self.view();
        let title = match self.session.mode {
            Mode::SelfAssessment => "ui-review-title-self",
            Mode::Interview => "ui-review-title",
        };
        let day = self.words.with("ui-as-of", &[("day", &self.words.day(self.inquiry.day))]);
        let mut parts = Vec::new();
        self.section(&mut parts, "ui-review-head", vec![Part::Pairs(self.head())]);
        self.section(&mut parts, "ui-review-result", self.result(&view));
        self.section(&mut parts, "ui-review-facts", self.facts());
        self.section(&mut parts, "ui-review-points", self.points(&view));
        let departed =
            view.findings.iter().filter_map(|found| Some((found.title.clone(), vec![found.departure.clone()?])));
        self.section(&mut parts, "ui-review-departures", pairs(departed));
        self.section(&mut parts, "ui-review-conditions", self.conditions(&view));
        if self.session.mode == Mode::Interview {
            self.section(&mut parts, "ui-review-heard", self.heard());
            self.section(&mut parts, "ui-sign-off-opinion", self.opinion());
        }
        self.section(&mut parts, "ui-sign-off-decision", self.decision());
        if self.session.mode == Mode::Interview {
            self.section(&mut parts, "ui-review-seal", self.sealed());
        }
        self.section(&mut parts, "ui-review-open", self.open(&view));
        let unchecked: Vec<String> = view.left_to_dpo.iter().chain(&view.not_checked).cloned().collect();
        let unchecked = Some(unchecked.join("; ")).filter(|text| !text.is_empty()).map(Part::Paragraph);
        self.section(&mut parts, "ui-review-not-checked", unchecked.into_iter().collect());
        let changed = self.changed();
        if !changed.is_empty() {
            self.section(&mut parts, "ui-changed-questions", list(changed));
        }
        if !view.not_understood.is_empty() {
            self.section(&mut parts, "ui-foreign", list(view.not_understood.clone()));
        }
        self.section(&mut parts, "ui-review-annexes", list(self.annexes()));
        self.section(&mut parts, "ui-review-state", self.state(&view));
        if self.session.mode == Mode::Interview {
            parts.extend(self.signatures());
        }
        Document {
            language: self.words.language(),
            title: self.words.with(title, &[("tool", &self.tool())]),
            subtitle: format!("{day} · {}", self.session.id),
            parts,
        }
    }

    /// A heading with what stands below it; nothing: that is said.
    fn section(&self, parts: &mut Vec<Part>, heading: &str, content: Vec<Part>) {
        parts.push(Part::Heading(self.words.get(heading)));
        if content.is_empty() {
            parts.push(Part::Paragraph(self.words.get("ui-review-none")));
        }
        parts.extend(content);
    }

    fn head(&self) -> Vec<(String, Vec<String>)> {
        let subject = &self.session.subject;
        let created = self.session.created.map(|day| self.words.day(day)).unwrap_or_default();
        let fields = [
            ("ui-header-controller", subject.controller.clone()),
            ("ui-header-organisation", self.words.get(&format!("ui-org-{}", subject.organisation.id()))),
            ("ui-header-country", self.words.get(&format!("ui-jur-{}", subject.jurisdiction.id()))),
            ("ui-header-team", subject.team.clone()),
            ("ui-review-subject", subject.title.clone()),
            ("ui-purpose", subject.purpose.clone()),
            ("ui-review-tool", self.tool()),
            ("ui-review-mode", self.words.get(&format!("ui-mode-{}", self.session.mode.id()))),
            ("ui-review-interviewer", subject.interviewer.clone()),
            ("ui-review-respondents", subject.respondents.join("; ")),
            ("ui-header-file-number", subject.file_number.clone()),
            ("ui-documents", subject.documents.iter().map(|one| self.evidence(one)).collect::<Vec<_>>().join("\n")),
            ("ui-review-created", created),
            ("ui-review-handed-over", self.handed_over()),
        ];
        let filled = fields.into_iter().filter(|(_, text)| !text.trim().is_empty());
        filled.map(|(label, text)| (self.words.get(label), lines(&text))).collect()
    }

    /// When and by whom the session was given to the officer.
    fn handed_over(&self) -> String {
        let Some(handed) = &self.session.handed_over else { return String::new() };
        let day = handed.on.map(|day| self.words.day(day)).unwrap_or_default();
        [handed.by.clone(), day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn result(&self, view: &VerdictView) -> Vec<Part> {
        let mut parts = vec![Part::Result(view.headline.clone())];
        parts.extend(Some(view.sub.clone()).filter(|line| !line.is_empty()).map(Part::Paragraph));
        parts.extend(list(view.first.clone()));
        parts.extend(view.departed.clone().map(Part::Paragraph));
        if self.session.mode == Mode::SelfAssessment {
            parts.push(Part::Paragraph(self.words.get("ui-review-provisional")));
        }
        parts
    }

    /// What is certain and has a colour in full; what has none, and what may still come, as a list.
    fn points(&self, view: &VerdictView) -> Vec<Part> {
        let certain = || view.findings.iter().filter(|found| !found.possible);
        let mut parts: Vec<Part> =
            certain().filter(|found| found.level.colours()).flat_map(|found| self.point(found)).collect();
        parts.extend(list(certain().filter(|found| !found.level.colours()).map(|found| self.short(found)).collect()));
        let possible = view.findings.iter().filter(|found| found.possible);
        let possible: Vec<String> = possible.map(|found| self.possible(found)).collect();
        if !possible.is_empty() {
            parts.push(Part::Point(self.words.get("ui-review-possible")));
            parts.push(Part::List(possible));
        }
        parts
    }

    /// What may still come, and the questions on which that depends.
    fn possible(&self, found: &FindingView) -> String {
        let level = self.words.get(&format!("ui-level-{}", found.level.id()));
        let waits = self.waiting_for(&found.id).map(|id| self.labels.variable(id)).collect::<Vec<_>>().join("; ");
        let waits =
            if waits.is_empty() { waits } else { format!(" – {}: {waits}", self.words.get("ui-review-waits")) };
        format!("{level}: {}{waits}", found.title)
    }

    /// A finding without a colour: title, what to do, law.
    fn short(&self, found: &FindingView) -> String {
        let law = self.words.get("ui-references");
        let cited = found.parts.iter().find(|(label, _)| *label == law).map(|(_, lines)| lines.join(" · "));
        let cited = cited.filter(|cited| !cited.is_empty()).map(|cited| format!(" ({cited})")).unwrap_or_default();
        let level = self.words.get(&format!("ui-level-{}", found.level.id()));
        format!("{level}: {} – {}{cited}", found.title, found.step)
    }

    fn point(&self, found: &FindingView) -> Vec<Part> {
        let level = self.words.get(&format!("ui-level-{}", found.level.id()));
        let proof = self.words.get("ui-because");
        // The proof is a list of facts; one after the other they take a line or two.
        let told = |(label, lines): &(String, Vec<String>)| {
            let joined = *label == proof;
            (label.clone(), if joined { vec![lines.join("; ")] } else { lines.clone() })
        };
        let mut pairs: Vec<(String, Vec<String>)> = found.parts.iter().map(told).collect();
        let agreed = found.condition.as_ref().map(|(text, _)| (self.words.get("ui-condition"), vec![text.clone()]));
        let departed = found.departure.clone().map(|text| (self.words.get("ui-departure"), vec![text]));
        pairs.extend(agreed.into_iter().chain(departed));
        vec![Part::Point(format!("{} {level}: {} ({})", sign(found.level), found.title, found.tag)), Part::Pairs(pairs)]
    }

    /// What is asked for by a yellow or red finding, and what was agreed besides.
    fn conditions(&self, view: &VerdictView) -> Vec<Part> {
        let mut rows = Vec::new();
        for found in view.findings.iter().filter(|found| found.level.colours() && !found.possible) {
            let agreed = self.session.conditions.get(&ConditionId::Finding(found.id.clone()));
            let action = agreed.map(|condition| condition.action.as_str()).filter(|action| !action.is_empty());
            let state = agreed.map_or_else(|| self.words.get("ui-condition-open"), |one| self.condition_text(one));
            rows.push(vec![lines(action.unwrap_or(&found.step)), vec![found.tag.clone()], vec![state]]);
        }
        for (id, condition) in &self.session.conditions {
            let (name, tag) = match id {
                ConditionId::Question(id) => (self.labels.variable(id), String::new()),
                // What no longer fires was agreed all the same; what it was is told where it is not met.
                ConditionId::Finding(id) => {
                    let shown =
                        view.findings.iter().any(|found| found.id == *id && found.level.colours() && !found.possible);
                    if shown || condition.state == State::Open {
                        continue;
                    }
                    let name = self.labels.finding(id).map_or_else(|| id.to_string(), |one| self.fill(&one.title, &[]));
                    (name, self.words.get("ui-review-settled"))
                }
            };
            let action = if condition.action.is_empty() { lines(&name) } else { lines(&condition.action) };
            rows.push(vec![action, vec![tag], vec![self.condition_text(condition)]]);
        }
        let head = ["ui-review-what", "ui-review-kind", "ui-review-standing"];
        table(head.iter().map(|id| self.words.get(id)).collect(), rows)
    }

    /// What is still to be found out: what was asked back, then all other questions without an answer.
    fn open(&self, view: &VerdictView) -> Vec<Part> {
        let (mut rows, mut others) = (Vec::new(), Vec::new());
        for id in &self.assessment.asked {
            let answer = self.session.answers.get(id);
            let follow_up = answer.and_then(|answer| answer.follow_up.as_ref()).filter(|one| one.is_open());
            let decides = view.deciding.contains(id);
            let Some(follow_up) = follow_up else {
                if self.assessment.unanswered.contains(id) {
                    let mark =
                        if decides { format!(" ({})", self.words.get("ui-review-decides")) } else { String::new() };
                    others.push(format!("{}{mark}", self.labels.variable(id)));
                }
                continue;
            };
            let why = if decides { "ui-review-decides" } else { "ui-review-asked" };
            let owner = Some(follow_up.owner.as_str()).filter(|owner| !owner.is_empty()).unwrap_or("–");
            let due = follow_up.due.map_or_else(|| "–".to_owned(), |day| self.words.day(day));
            let mut what = vec![self.labels.variable(id)];
            what.extend(lines(&follow_up.question));
            rows.push(vec![what, vec![self.words.get(why)], lines(owner), vec![due]]);
        }
        let head = ["ui-review-question", "ui-review-why", "ui-review-owner", "ui-review-due"];
        let mut parts = table(head.iter().map(|id| self.words.get(id)).collect(), rows);
        if !others.is_empty() {
            let others = others.join("; ");
            parts.push(Part::Paragraph(self.words.with("ui-review-unanswered", &[("questions", &others)])));
        }
        if !view.from_catalogue.is_empty() {
            parts.push(Part::Paragraph(self.words.get("ui-from-catalogue")));
            parts.push(Part::List(view.from_catalogue.clone()));
        }
        parts
    }

    /// The documents that prove answers.
    fn annexes(&self) -> Vec<String> {
        let of = |(id, answer): (&crate::domain::id::VariableId, &crate::session::Answer)| {
            let name = self.labels.variable(id);
            answer.evidence.iter().map(|one| format!("{} – {name}", self.evidence(one))).collect::<Vec<_>>()
        };
        self.session.answers.iter().flat_map(of).collect()
    }

    /// State of law and facts, the sources, and with what it was judged.
    fn state(&self, view: &VerdictView) -> Vec<Part> {
        let mut parts: Vec<Part> = view.scope.iter().cloned().map(Part::Paragraph).collect();
        let program = [("version", env!("CARGO_PKG_VERSION"))];
        parts.push(Part::Paragraph(self.words.with("ui-review-program", &program)));
        let mut links: Vec<(String, String)> = Vec::new();
        for fired in &self.assessment.findings {
            let ids = self.labels.finding(&fired.id).map(|finding| finding.references.as_slice()).unwrap_or_default();
            for reference in self.labels.references(ids, self.session.subject.jurisdiction, self.inquiry.day) {
                let citation = self.labels.citation(reference, self.inquiry.day);
                let text = format!("{citation}: {}", reference.title.get(self.words.language()));
                let link = (text, reference.url.to_string());
                if !links.contains(&link) {
                    links.push(link);
                }
            }
        }
        if !links.is_empty() {
            parts.push(Part::Point(self.words.get("ui-sources-law")));
            parts.push(Part::Links(links));
        }
        let sources = self.vendor_sources();
        if !sources.is_empty() {
            parts.push(Part::Point(self.words.get("ui-sources-facts")));
            parts.push(Part::Links(sources));
        }
        parts
    }
}

const fn sign(level: Level) -> &'static str {
    match level {
        Level::Red => "✗",
        Level::Yellow => "!",
        Level::Advice => "•",
        Level::Good => "✓",
    }
}

/// A text of several lines, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn list(items: Vec<String>) -> Vec<Part> {
    if items.is_empty() { Vec::new() } else { vec![Part::List(items)] }
}

fn pairs(items: impl Iterator<Item = (String, Vec<String>)>) -> Vec<Part> {
    let items: Vec<_> = items.collect();
    if items.is_empty() { Vec::new() } else { vec![Part::Pairs(items)] }
}

fn table(head: Vec<String>, rows: Vec<Vec<Vec<String>>>) -> Vec<Part> {
    if rows.is_empty() { Vec::new() } else { vec![Part::Table { head, rows }] }
}
