//! Proofs in words: the short one, entry by entry, and the whole tree of a condition.

use super::Viewed;
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::id::FindingId;
use crate::domain::vendor::Confidence;
use crate::engine::{Because, Found, Node, Origin, explain};
use crate::sanitise::sanitise;
use crate::session::Answer;

impl Viewed<'_> {
    /// One line of a proof.
    pub(super) fn proof(&self, entry: &Because) -> String {
        let name = self.labels.variable(&entry.variable);
        let value =
            entry.value.as_ref().map_or_else(|| "…".to_owned(), |value| self.labels.value(&entry.variable, value));
        format!("{name}: {value} ({})", self.origin(entry))
    }

    /// Where an entry comes from: date, source, confidence, age.
    fn origin(&self, entry: &Because) -> String {
        match &entry.origin {
            Origin::Answer => {
                let answer = self.session.answers.get(&entry.variable);
                let confirmed = answer.is_some_and(|answer| answer.catalogue_confirmed);
                self.words.get(if confirmed { "ui-from-confirmed" } else { "ui-from-answer" })
            }
            Origin::Default => self.words.get("ui-from-default"),
            Origin::Header => self.words.get("ui-from-header"),
            Origin::Open => {
                let said = self.session.answers.contains_key(&entry.variable);
                self.words.get(if said { "ui-standing-dont-know" } else { "ui-from-open" })
            }
            Origin::Law { instrument } => self.law_origin(instrument, entry),
            Origin::Fact { as_of, source, after_unknown } => {
                let vendor = self.labels.vendor;
                let title = vendor.and_then(|vendor| vendor.source(source)).map_or("", |found| &*found.title);
                let day = as_of.map(|day| self.words.day(day)).unwrap_or_default();
                let mut origin = self.words.with("ui-from-fact", &[("day", &day), ("source", title)]);
                let fact = vendor.and_then(|vendor| {
                    let same = |fact: &&crate::domain::vendor::Fact| {
                        fact.variable == entry.variable && fact.as_of == *as_of && fact.source == *source
                    };
                    vendor.facts.iter().find(same)
                });
                if let Some(fact) = fact {
                    let id = match fact.confidence {
                        Confidence::High => "ui-confidence-high",
                        Confidence::Medium => "ui-confidence-medium",
                        Confidence::Low => "ui-confidence-low",
                    };
                    origin = format!("{origin}, {}", self.words.with("ui-sure", &[("how", &self.words.get(id))]));
                }
                let years = as_of.map_or(0, |as_of| full_years(as_of, self.day()));
                if years > 0 {
                    origin = format!("{origin}, {}", self.words.with("ui-age-years", &[("n", &years.to_string())]));
                }
                if *after_unknown {
                    origin = format!("{origin}, {}", self.words.get("ui-after-unknown"));
                }
                origin
            }
        }
    }

    /// Whether an instrument was in force, since and until when.
    fn law_origin(&self, id: &crate::domain::id::InstrumentId, entry: &Because) -> String {
        let held = matches!(&entry.value, Some(Value::Choice(choice)) if *choice == "yes");
        let state = self.words.get(if held { "ui-from-law" } else { "ui-from-law-not" });
        let Some(instrument) = self.labels.bank.instrument(id) else { return state };
        let from = instrument.from.map(|day| self.words.with("ui-since", &[("day", &self.words.day(day))]));
        let until = instrument.until.map(|day| self.words.with("ui-until", &[("day", &self.words.day(day))]));
        [Some(state), from, until].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// One line of a proof tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofLine {
    /// How deep it stands.
    pub depth: usize,
    /// Whether the part holds; none: the line says where a value comes from.
    pub truth: Option<Truth>,
    /// What it says.
    pub text: String,
}

/// Whole years from one day to another; 0 where the first is later.
fn full_years(from: crate::domain::Day, to: crate::domain::Day) -> i16 {
    let years = to.year() - from.year();
    let complete = (to.month(), to.day()) >= (from.month(), from.day());
    (if complete { years } else { years - 1 }).max(0)
}

/// The sign of a truth.
#[must_use]
pub const fn sign(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "✓",
        Truth::No => "–",
        Truth::Unknown => "?",
    }
}

/// Proof lines as text, indented.
#[must_use]
pub fn lines(proof: &[ProofLine]) -> Vec<String> {
    proof
        .iter()
        .map(|line| {
            let mark = line.truth.map_or("·", sign);
            format!("{}{mark} {}", "  ".repeat(line.depth), line.text)
        })
        .collect()
}

impl Viewed<'_> {
    /// The whole proof of a finding as a tree: for each level its condition, part by part, down to answers, facts with
    /// date, source, confidence and age, and instruments.
    #[must_use]
    pub fn proof_tree(&self, id: &FindingId) -> Vec<ProofLine> {
        let Some(finding) = self.labels.finding(id) else { return Vec::new() };
        let rungs = explain(self.model, self.inquiry, self.assessment, finding);
        let several = rungs.len() > 1;
        let mut out = Vec::new();
        for (level, node) in rungs {
            let mut depth = 0;
            if several {
                let text = self.words.get(&format!("ui-level-{}", level.id()));
                out.push(ProofLine { depth, truth: Some(node.truth()), text });
                depth = 1;
            }
            self.node(&node, depth, &mut out);
        }
        out
    }

    fn node(&self, node: &Node, depth: usize, out: &mut Vec<ProofLine>) {
        let heading = |id: &str, truth: Truth| ProofLine { depth, truth: Some(truth), text: self.words.get(id) };
        match node {
            // A list of one part is that part.
            Node::All(_, parts) | Node::Any(_, parts) if parts.len() == 1 => self.node(&parts[0], depth, out),
            Node::All(_, parts) if depth == 0 => {
                for part in parts {
                    self.node(part, 0, out);
                }
            }
            Node::All(truth, parts) | Node::Any(truth, parts) => {
                let id = if matches!(node, Node::All(..)) { "ui-proof-all" } else { "ui-proof-any" };
                out.push(heading(id, *truth));
                for part in parts {
                    self.node(part, depth + 1, out);
                }
            }
            Node::Not(truth, part) => {
                out.push(heading("ui-proof-not", *truth));
                self.node(part, depth + 1, out);
            }
            Node::Is { truth, asked, found } => {
                let name = self.labels.variable(&found.variable);
                let wanted = self.labels.value(&found.variable, &Value::Choices(asked.clone()));
                let actual = self.actual(found);
                // What was asked for is said where it is not what was found.
                let text = if wanted == actual {
                    format!("{name}: {actual}")
                } else {
                    self.words.with("ui-proof-is", &[("name", &name), ("value", &actual), ("asked", &wanted)])
                };
                out.push(ProofLine { depth, truth: Some(*truth), text });
                self.origin_lines(found, depth + 1, out);
            }
        }
    }

    /// What a variable is, in words.
    fn actual(&self, found: &Found) -> String {
        if found.not_applicable {
            return self.words.get("ui-proof-off");
        }
        match found.entry.as_ref().and_then(|entry| entry.value.as_ref()) {
            Some(value) => self.labels.value(&found.variable, value),
            None if found.can.len() == 1 => self.labels.value(&found.variable, &Value::Choices(found.can.clone())),
            None => self.words.get("ui-proof-open"),
        }
    }

    /// Where the value comes from: the answer with who said it, when and what proves it; the fact with its source; or
    /// what it was computed from.
    fn origin_lines(&self, found: &Found, depth: usize, out: &mut Vec<ProofLine>) {
        let mut line = |text: String| out.push(ProofLine { depth, truth: None, text });
        if let Some(entry) = &found.entry {
            line(self.origin(entry));
            if matches!(entry.origin, Origin::Answer)
                && let Some(answer) = self.session.answers.get(&found.variable)
            {
                self.answer_lines(answer).into_iter().for_each(&mut line);
            }
        }
        for input in &found.inputs {
            let name = self.labels.variable(&input.variable);
            out.push(ProofLine { depth, truth: None, text: format!("{name}: {}", self.actual(input)) });
            self.origin_lines(input, depth + 1, out);
        }
    }

    fn answer_lines(&self, answer: &Answer) -> Vec<String> {
        let mut lines = Vec::new();
        let mut said = Vec::new();
        if !answer.by.is_empty() {
            said.push(format!("{}: {}", self.words.get("ui-said-by"), sanitise(&answer.by)));
        }
        said.extend(answer.on.map(|day| self.words.day(day)));
        if !said.is_empty() {
            lines.push(said.join(", "));
        }
        if !answer.note.is_empty() {
            lines.push(format!("{}: {}", self.words.get("ui-note"), sanitise(&answer.note)));
        }
        for evidence in &answer.evidence {
            let parts = [
                Some(sanitise(&evidence.title).into_owned()),
                evidence.date.map(|day| self.words.day(day)),
                (!evidence.place.is_empty()).then(|| sanitise(&evidence.place).into_owned()),
            ];
            let text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            lines.push(format!("{}: {text}", self.words.get("ui-evidence")));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::full_years;

    #[test]
    fn a_year_is_full_on_its_day() {
        let age = |from: &str, to: &str| full_years(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(age("2024-11-24", "2026-11-23"), 1);
        assert_eq!(age("2024-11-24", "2026-11-24"), 2);
        assert_eq!(age("2026-11-24", "2024-11-24"), 0);
    }
}
