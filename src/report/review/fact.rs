//! What is known, question by question, and from where: stated by whom, proven by what, or taken from the catalogue.

use super::{lines, table};
use crate::domain::answer::Value;
use crate::domain::id::{SourceId, VariableId};
use crate::domain::vendor::Fact;
use crate::engine::law::Law;
use crate::engine::resolve::usable_fact;
use crate::engine::{Flow, Origin, Standing, Step, flow};
use crate::report::document::Part;
use crate::report::follow_up::follow_up as told;
use crate::report::view::{Viewed, foreign_value};
use crate::session::history::values_differ;
use crate::session::{Answer, Evidence};

impl Viewed<'_> {
    /// All questions that were asked, by section, with answer and origin; and how much of it is proven.
    pub(super) fn facts(&self) -> Vec<Part> {
        let flow = flow(self.model, self.inquiry);
        let mut parts = vec![Part::Paragraph(self.weight(&flow.steps))];
        let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
        let mut last = None;
        // What goes beyond the verdict and nobody answered stands under "not checked".
        for step in flow.steps.iter().filter(|step| !step.follow_up || step.standing != Standing::Open) {
            if last != Some(&step.section) {
                last = Some(&step.section);
                let section = self.labels.bank.sections.iter().find(|section| section.id == step.section);
                rows.push(vec![vec![section.map_or_else(
                    || self.words.get("ui-follow-up-section"),
                    |section| section.title.get(self.words.language()).to_owned(),
                )]]);
            }
            rows.push(vec![vec![self.labels.variable(&step.question)], self.answer(step), self.origin_of(step)]);
        }
        rows.extend(self.parked(&flow));
        let head = ["ui-review-question", "ui-review-answer", "ui-review-origin"];
        parts.extend(table(head.iter().map(|id| self.words.get(id)).collect(), rows));
        parts
    }

    /// What somebody answered that is not asked any more: it has no influence, and it was said.
    fn parked(&self, flow: &Flow) -> Vec<Vec<Vec<String>>> {
        let mut rows = Vec::new();
        for id in &flow.parked {
            let Some(said) = self.session.answers.get(id).filter(|answer| !answer.pending) else { continue };
            if rows.is_empty() {
                rows.push(vec![vec![self.words.get("ui-parked-section")]]);
            }
            let value = match &said.value {
                _ if said.foreign_value.is_some() => {
                    self.words.with("ui-foreign-answer", &[("value", &foreign_value(said))])
                }
                Value::Unknown => self.words.get("ui-standing-dont-know"),
                value => self.labels.value(id, value),
            };
            let answer = std::iter::once(value).chain(self.beside(said)).collect();
            rows.push(vec![vec![self.labels.variable(id)], answer, vec![self.said_by(id, said)]]);
        }
        rows
    }

    /// How much rests on documents, on statements, on the catalogue, and on nothing yet.
    fn weight(&self, steps: &[Step]) -> String {
        let proven =
            |step: &&Step| self.session.answers.get(&step.question).is_some_and(|one| !one.evidence.is_empty());
        let confirmed =
            |step: &&Step| self.session.answers.get(&step.question).is_some_and(|one| one.catalogue_confirmed);
        let count = |of: &dyn Fn(&&Step) -> bool| steps.iter().filter(of).count().to_string();
        let answered = |step: &&Step| step.standing == Standing::Answered;
        self.words.with(
            "ui-review-weight",
            &[
                ("proven", &count(&|step| answered(step) && proven(step))),
                ("stated", &count(&|step| answered(step) && !proven(step) && !confirmed(step))),
                (
                    "catalogue",
                    &count(&|step| {
                        step.standing == Standing::Fact || answered(step) && !proven(step) && confirmed(step)
                    }),
                ),
                (
                    "open",
                    &count(&|step| !step.follow_up && matches!(step.standing, Standing::Open | Standing::DontKnow)),
                ),
            ],
        )
    }

    /// The answer with note, documents and what was asked back.
    fn answer(&self, step: &Step) -> Vec<String> {
        let id = &step.question;
        let said = self.session.answers.get(id);
        let value = match step.standing {
            Standing::Answered => said.map(|answer| self.labels.value(id, &answer.value)),
            Standing::Fact => self.catalogue(id).map(|fact| self.labels.value(id, &fact.value)),
            Standing::Default => self
                .labels
                .question(id)
                .and_then(|question| question.default.clone())
                .map(|choice| self.labels.value(id, &Value::Choice(choice))),
            // Nobody said that they do not know.
            Standing::DontKnow if said.is_some_and(is_foreign) => {
                said.map(|answer| self.words.with("ui-foreign-answer", &[("value", &foreign_value(answer))]))
            }
            Standing::DontKnow => Some(self.words.get("ui-standing-dont-know")),
            Standing::Open => None,
        };
        let mut out = vec![value.unwrap_or_else(|| self.words.get("ui-standing-open"))];
        out.extend(said.into_iter().flat_map(|answer| self.beside(answer)));
        out
    }

    fn beside(&self, answer: &Answer) -> Vec<String> {
        let mut out = Vec::new();
        let mut note = lines(&answer.note);
        if let Some(first) = note.first_mut() {
            *first = format!("{}: {first}", self.words.get("ui-note"));
        }
        out.append(&mut note);
        out.extend(
            answer.evidence.iter().map(|one| format!("{}: {}", self.words.get("ui-evidence"), self.evidence(one))),
        );
        if let Some(follow_up) = &answer.follow_up {
            out.push(format!("{}: {}", self.words.get("ui-follow-up"), told(self.words, follow_up)));
        }
        out
    }

    /// A document: what it is, its date, where it lies.
    pub(super) fn evidence(&self, evidence: &Evidence) -> String {
        let date = evidence.date.map(|day| self.words.day(day)).unwrap_or_default();
        let parts = [evidence.title.clone(), date, evidence.place.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn origin_of(&self, step: &Step) -> Vec<String> {
        let said = self.session.answers.get(&step.question);
        let text = match step.standing {
            Standing::Answered => said.map(|answer| self.said_by(&step.question, answer)).unwrap_or_default(),
            Standing::Fact => {
                let fact = self.catalogue(&step.question).map(|fact| self.of_fact(fact)).unwrap_or_default();
                match said.filter(|answer| answer.value == Value::Unknown && !answer.pending && !is_foreign(answer)) {
                    Some(_) => self.words.with("ui-fact-after-dont-know", &[("fact", &fact)]),
                    None => fact,
                }
            }
            Standing::Default => self.words.get("ui-standing-default"),
            Standing::DontKnow | Standing::Open => "–".to_owned(),
        };
        vec![text]
    }

    /// How an answer came about: who said it, else who wrote it down.
    fn said_by(&self, id: &VariableId, said: &Answer) -> String {
        let how = self.words.get(if said.catalogue_confirmed { "ui-from-confirmed" } else { "ui-from-answer" });
        let by = if said.by.is_empty() { self.recorded_by(id) } else { Some(said.by.clone()) };
        let on = said.on.map(|day| self.words.day(day));
        [Some(how), by, on, self.checked(said)].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Who gave the present value, as the history tells it.
    fn recorded_by(&self, id: &VariableId) -> Option<String> {
        let mut entries = self.session.history.entries().map(|(_, entry)| entry);
        let last = entries.rfind(|entry| {
            entry.question.as_ref() == Some(id) && values_differ(entry.old.as_deref(), entry.new.as_deref())
        })?;
        (!last.by.is_empty()).then(|| self.words.with("ui-recorded-by", &[("by", &last.by)]))
    }

    /// Whether the officer has confirmed what somebody said alone; none: nobody said it alone.
    fn checked(&self, answer: &Answer) -> Option<String> {
        match &answer.confirmed {
            Some(confirmed) => {
                let day = confirmed.on.map(|day| self.words.day(day)).unwrap_or_default();
                Some(self.words.with("ui-confirmed-by", &[("by", &confirmed.by), ("day", &day)]))
            }
            None => answer.is_only_said().then(|| self.words.get("ui-only-said")),
        }
    }

    fn of_fact(&self, fact: &Fact) -> String {
        let source = self.labels.vendor.and_then(|vendor| vendor.source(&fact.source));
        let day = fact.as_of.map(|day| self.words.day(day)).unwrap_or_default();
        self.words.with("ui-from-fact", &[("day", &day), ("source", source.map_or("", |source| &*source.title))])
    }

    /// What the catalogue says on the day, for the edition and the scheme in force.
    fn catalogue(&self, id: &VariableId) -> Option<&Fact> {
        let vendor = self.labels.vendor?;
        let scheme = Law::from(self.labels.bank).scheme(self.inquiry.day, &[]).map(|scheme| scheme.id.clone());
        let edition = self.session.edition(Some(vendor));
        usable_fact(vendor, id, edition.as_ref(), self.inquiry.day, scheme.as_ref())
    }

    /// The documents of the catalogue that facts in the record stem from, each once, with their addresses.
    pub(super) fn vendor_sources(&self) -> Vec<(String, String)> {
        let Some(vendor) = self.labels.vendor else { return Vec::new() };
        let steps = flow(self.model, self.inquiry).steps;
        let taken = steps.iter().filter(|step| step.standing == Standing::Fact);
        let in_facts = taken.filter_map(|step| Some(self.catalogue(&step.question)?.source.clone()));
        let in_proofs = self.assessment.findings.iter().flat_map(|fired| &fired.because).filter_map(|entry| {
            let Origin::Fact { source, .. } = &entry.origin else { return None };
            Some(source.clone())
        });
        let ids: std::collections::BTreeSet<SourceId> = in_facts.chain(in_proofs).collect();
        let source = |id: &SourceId| {
            let found = vendor.source(id)?;
            let day = found.date.map(|day| format!(", {}", self.words.day(day))).unwrap_or_default();
            Some((format!("{}{day}", found.title), found.url.as_ref().map(ToString::to_string).unwrap_or_default()))
        };
        ids.iter().filter_map(source).collect()
    }
}

/// An answer that this version does not understand.
fn is_foreign(answer: &Answer) -> bool {
    answer.foreign_value.is_some() || answer.value != Value::Unknown
}
