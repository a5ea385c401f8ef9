//! A verdict in words, for screen and paper alike.

use jiff::ToSpan;

use super::label::Labels;
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::condition::Truth;
use crate::domain::finding::{Finding, FindingKind, Level, Timing};
use crate::domain::id::{FindingId, VariableId};
use crate::domain::text::Text;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::law::Law;
use crate::engine::{Assessment, Because, Fired, Origin};
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::Session;

/// A finding in words.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// Its id.
    pub id: FindingId,
    /// Its level.
    pub level: Level,
    /// It may fire only.
    pub possible: bool,
    /// Headline.
    pub title: String,
    /// Field of law and time, in a few words.
    pub tag: String,
    /// Label and text of each part: reason, action, consequence, law, proof.
    pub parts: Vec<(String, Vec<String>)>,
    /// Has to be met before the tool is used.
    pub before_use: bool,
}

/// A verdict in words.
#[derive(Clone, Debug)]
pub struct VerdictView {
    /// The lights that are still possible; best and worst.
    pub lights: Option<(Light, Light)>,
    /// The headline.
    pub headline: String,
    /// The line below it.
    pub sub: String,
    /// What to do first, or what still decides.
    pub first: Vec<String>,
    /// The findings, gravest first.
    pub findings: Vec<FindingView>,
    /// The questions that decide.
    pub deciding: Vec<VariableId>,
    /// What the officer still checks.
    pub left_to_dpo: Vec<String>,
    /// Follow-ups that nobody answered.
    pub not_checked: Vec<String>,
    /// What the verdict covers, and the state of law and facts.
    pub scope: Vec<String>,
    /// Facts and references that it rests on.
    pub sources: Vec<(String, Vec<String>)>,
}

/// What a view is made from.
#[derive(Debug)]
pub struct Viewed<'a> {
    /// Words of bank and catalogue.
    pub labels: Labels<'a>,
    /// Words of the program.
    pub words: &'a Words,
    /// The session.
    pub session: &'a Session,
    /// The day judged.
    pub day: Day,
    /// What came out.
    pub assessment: &'a Assessment,
}

impl Viewed<'_> {
    /// The verdict in words.
    #[must_use]
    pub fn view(&self) -> VerdictView {
        let mut findings: Vec<FindingView> =
            self.assessment.findings.iter().filter_map(|fired| self.finding(fired)).collect();
        findings.sort_by_key(|found| (std::cmp::Reverse(found.level), found.possible, !found.before_use));
        let (headline, sub) = self.headline(&findings);
        VerdictView {
            lights: (!self.assessment.out_of_scope).then_some((self.assessment.best, self.assessment.worst)),
            headline,
            sub,
            first: self.first(&findings),
            deciding: self.assessment.deciding.clone(),
            left_to_dpo: self.assessment.left_to_dpo.iter().filter_map(|id| self.title(id)).collect(),
            not_checked: self.assessment.not_checked.iter().map(|id| self.labels.variable(id)).collect(),
            scope: self.scope(),
            sources: self.sources(),
            findings,
        }
    }

    fn bank_finding(&self, id: &FindingId) -> Option<&Finding> {
        let own = self.labels.vendor.and_then(|vendor| vendor.findings.iter().find(|finding| finding.id == *id));
        self.labels.bank.finding(id).or(own)
    }

    fn title(&self, id: &FindingId) -> Option<String> {
        self.bank_finding(id).map(|finding| self.fill(&finding.title, &[]))
    }

    fn is_guest(&self) -> bool {
        let role = self.session.answers.get("role").map(|answer| &answer.value);
        matches!(role, Some(Value::Choice(choice)) if *choice == "guest")
    }

    fn due(&self, weeks: u8) -> String {
        self.words.day(self.day.saturating_add(i32::from(weeks).weeks()))
    }

    fn last_deadline(&self) -> Option<String> {
        let weeks =
            self.assessment.findings.iter().filter(|fired| fired.level == Level::Yellow).filter_map(|fired| match self
                .bank_finding(&fired.id)?
                .timing?
            {
                Timing::Deadline { weeks } => Some(weeks),
                Timing::BeforeUse => None,
            });
        weeks.min().map(|weeks| self.due(weeks))
    }

    fn headline(&self, findings: &[FindingView]) -> (String, String) {
        let get = |id: &str| self.words.get(id);
        let assessment = self.assessment;
        if assessment.out_of_scope {
            return (self.words.get("ui-private"), self.words.get("ui-private-why"));
        }
        let before = findings.iter().any(|found| found.level == Level::Yellow && found.before_use);
        let day = self.last_deadline().unwrap_or_else(|| self.due(4));
        let range = || {
            let word = |light: Light| get(&format!("ui-light-{}", light.id()));
            self.words.with("ui-sub-range", &[("best", &word(assessment.best)), ("worst", &word(assessment.worst))])
        };
        if self.session.mode == Mode::Interview {
            let headline = get(&format!("ui-headline-{}", assessment.verdict.id()));
            let sub = match assessment.verdict {
                Verdict::Green => String::new(),
                Verdict::Yellow if before => self.words.get("ui-sub-yellow-first"),
                Verdict::Yellow => self.words.with("ui-sub-yellow-later", &[("day", &day)]),
                Verdict::Red => self.words.get("ui-sub-red"),
                Verdict::Open => range(),
            };
            return (headline, sub);
        }
        if self.is_guest() && assessment.worst != Light::Red {
            return (self.words.get("ui-self-guest"), String::new());
        }
        match assessment.verdict {
            Verdict::Green => (self.words.get("ui-self-green"), self.words.get("ui-self-green-sub")),
            Verdict::Yellow if before => (self.words.get("ui-self-yellow-first"), String::new()),
            Verdict::Yellow => (self.words.with("ui-self-yellow-later", &[("day", &day)]), String::new()),
            Verdict::Red => (self.words.get("ui-self-red"), self.words.get("ui-sub-red")),
            Verdict::Open => {
                let n = assessment.deciding.len().to_string();
                (self.words.with("ui-self-open", &[("n", &n)]), range())
            }
        }
    }

    fn first(&self, findings: &[FindingView]) -> Vec<String> {
        if self.assessment.verdict == Verdict::Open {
            return self.assessment.deciding.iter().map(|id| self.labels.variable(id)).collect();
        }
        let worst =
            findings.iter().filter(|found| found.level.colours() && !found.possible).map(|found| found.level).max();
        let gravest = findings.iter().filter(|found| Some(found.level) == worst && !found.possible);
        gravest.map(|found| found.title.clone()).collect()
    }

    fn finding(&self, fired: &Fired) -> Option<FindingView> {
        let finding = self.bank_finding(&fired.id)?;
        let country = self.session.subject.jurisdiction;
        let fill = |text: &Text| vec![self.fill(text, &fired.because)];
        let mut parts = vec![
            (self.words.get("ui-reason"), fill(finding.reason_in(country))),
            (self.words.get("ui-action"), fill(finding.action_in(country))),
        ];
        if let Some(consequence) = finding.consequence_in(country).filter(|_| fired.level == Level::Red) {
            parts.push((self.words.get("ui-consequence"), fill(consequence)));
        }
        let cited = finding.references.iter().map(|id| self.labels.citation(id, country, self.day));
        parts.push((self.words.get("ui-references"), vec![cited.collect::<Vec<_>>().join(" · ")]));
        let proof: Vec<String> = fired.because.iter().map(|entry| self.proof(entry)).collect();
        if !proof.is_empty() {
            parts.push((self.words.get("ui-proof"), proof));
        }
        let before_use = matches!(finding.timing, Some(Timing::BeforeUse));
        Some(FindingView {
            id: fired.id.clone(),
            level: fired.level,
            possible: fired.truth == Truth::Unknown,
            title: self.fill(&finding.title, &fired.because),
            tag: self.tag(finding, fired),
            parts,
            before_use,
        })
    }

    fn tag(&self, finding: &Finding, fired: &Fired) -> String {
        let kind = match finding.kind {
            FindingKind::Gdpr => self.words.get("ui-kind-gdpr"),
            FindingKind::Criminal => self.words.get("ui-kind-criminal"),
            FindingKind::CoDetermination => self.words.get("ui-kind-codetermination"),
            FindingKind::Contract => self.words.get("ui-kind-contract"),
            FindingKind::Recommendation => self.words.get("ui-kind-recommendation"),
        };
        let when = match finding.timing.filter(|_| fired.level.colours()) {
            Some(Timing::BeforeUse) => Some(self.words.get("ui-before-use")),
            Some(Timing::Deadline { weeks }) => Some(self.words.with("ui-until", &[("day", &self.due(weeks))])),
            None => None,
        };
        let maybe = (fired.truth == Truth::Unknown).then(|| self.words.get("ui-maybe"));
        [Some(kind), when, maybe].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// One line of a proof.
    fn proof(&self, entry: &Because) -> String {
        let name = self.labels.variable(&entry.variable);
        let value =
            entry.value.as_ref().map_or_else(|| "?".to_owned(), |value| self.labels.value(&entry.variable, value));
        let origin = match &entry.origin {
            Origin::Answer => self.words.get("ui-from-answer"),
            Origin::Default => self.words.get("ui-from-default"),
            Origin::Header => self.words.get("ui-from-header"),
            Origin::Open => self.words.get("ui-from-open"),
            Origin::Law { .. } => self.words.get("ui-from-law"),
            Origin::Fact { as_of, source, .. } => {
                let title =
                    self.labels.vendor.and_then(|vendor| vendor.source(source)).map_or("", |found| &*found.title);
                let day = as_of.map(|day| self.words.day(day)).unwrap_or_default();
                let mut origin = self.words.with("ui-from-fact", &[("day", &day), ("source", title)]);
                let years = as_of.map_or(0, |as_of| (self.day.year() - as_of.year()).max(0));
                if years > 1 {
                    origin = format!("{origin}, {}", self.words.with("ui-age-years", &[("n", &years.to_string())]));
                }
                origin
            }
        };
        format!("{name} {value} ({origin})")
    }

    fn fill(&self, text: &Text, because: &[Because]) -> String {
        let mut filled = text.get(self.words.language()).to_owned();
        if !filled.contains('{') {
            return filled;
        }
        let vendor =
            self.labels.vendor.map_or_else(|| self.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
        let names = |wanted: &dyn Fn(&Because) -> bool| {
            let lines: Vec<String> =
                because.iter().filter(|entry| wanted(entry)).map(|entry| self.proof(entry)).collect();
            if lines.is_empty() { "–".to_owned() } else { lines.join("; ") }
        };
        let countries = because
            .iter()
            .filter_map(|entry| {
                entry
                    .value
                    .as_ref()
                    .filter(|value| value.countries().is_some())
                    .map(|value| self.labels.value(&entry.variable, value))
            })
            .collect::<Vec<_>>()
            .join(", ");
        let law = Law::from(self.labels.bank);
        let scheme = law.scheme(self.day, &[]).map_or("–", |scheme| scheme.title.get(self.words.language()));
        let authorities = self.labels.vendor.map(|vendor| {
            let known = vendor.authority_findings.iter().filter(|found| found.date <= self.day);
            known
                .map(|found| format!("{} ({})", found.authority, self.words.day(found.date)))
                .collect::<Vec<_>>()
                .join(", ")
        });
        let successor = self.labels.vendor.and_then(|vendor| vendor.successor.as_ref()).map(ToString::to_string);
        let edition = self.session.answers.get("edition").map(|answer| {
            VariableId::try_from("edition").map_or_else(|_| String::new(), |id| self.labels.value(&id, &answer.value))
        });
        for (mark, value) in [
            ("{vendor}", vendor),
            ("{countries}", if countries.is_empty() { "–".to_owned() } else { countries }),
            ("{scheme}", scheme.to_owned()),
            ("{authorities}", authorities.unwrap_or_default()),
            ("{successor}", successor.unwrap_or_default()),
            ("{edition}", edition.unwrap_or_default()),
            ("{date}", self.words.day(self.day)),
            ("{facts}", names(&|entry| matches!(entry.origin, Origin::Fact { .. } | Origin::Law { .. }))),
        ] {
            filled = filled.replace(mark, &value);
        }
        sanitise(&filled).into_owned()
    }

    fn scope(&self) -> Vec<String> {
        let mut lines = vec![self.words.get("ui-scope")];
        let volatile =
            self.labels.bank.instruments.iter().filter(|one| one.volatile.is_some()).map(|one| one.last_verified).min();
        lines.extend(volatile.map(|day| self.words.with("ui-law-state", &[("day", &self.words.day(day))])));
        let facts =
            self.assessment.findings.iter().flat_map(|fired| &fired.because).filter_map(|entry| match &entry.origin {
                Origin::Fact { as_of, .. } => *as_of,
                _ => None,
            });
        lines.extend(facts.min().map(|day| self.words.with("ui-oldest", &[("day", &self.words.day(day))])));
        lines
    }

    fn sources(&self) -> Vec<(String, Vec<String>)> {
        let mut facts: Vec<String> = Vec::new();
        let mut law: Vec<String> = Vec::new();
        let country = self.session.subject.jurisdiction;
        for fired in &self.assessment.findings {
            for entry in &fired.because {
                let line = self.proof(entry);
                if matches!(entry.origin, Origin::Fact { .. }) && !facts.contains(&line) {
                    facts.push(line);
                }
            }
            let references =
                self.bank_finding(&fired.id).map(|finding| finding.references.as_slice()).unwrap_or_default();
            for id in references {
                let Some(reference) = self.labels.reference(id, country) else { continue };
                let language = self.words.language();
                let citation = self.labels.citation(id, country, self.day);
                let line = format!("{citation}: {} {}", reference.explanation.get(language), reference.url);
                if !law.contains(&line) {
                    law.push(line);
                }
            }
        }
        vec![(self.words.get("ui-sources-facts"), facts), (self.words.get("ui-sources-law"), law)]
    }
}
