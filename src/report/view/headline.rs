//! May it be used tomorrow? The headline, the line below it, and what comes first.

use jiff::ToSpan;

use super::{FindingView, Viewed};
use crate::domain::answer::{Mode, Value};
use crate::domain::finding::{Level, Timing};
use crate::domain::verdict::{Light, Verdict};

impl Viewed<'_> {
    pub(super) fn is_guest(&self) -> bool {
        let role = self.session.answers.get("role").map(|answer| &answer.value);
        matches!(role, Some(Value::Choice(choice)) if *choice == "guest")
    }

    pub(super) fn due(&self, weeks: u8) -> String {
        self.words.day(self.day().saturating_add(i32::from(weeks).weeks()))
    }

    pub(super) fn last_deadline(&self) -> Option<String> {
        let weeks =
            self.assessment.findings.iter().filter(|fired| fired.level == Level::Yellow).filter_map(|fired| match self
                .labels
                .finding(&fired.id)?
                .timing?
            {
                Timing::Deadline { weeks } => Some(weeks),
                Timing::BeforeUse => None,
            });
        weeks.min().map(|weeks| self.due(weeks))
    }

    pub(super) fn headline(&self, findings: &[FindingView]) -> (String, String) {
        let get = |id: &str| self.words.get(id);
        let assessment = self.assessment;
        if assessment.out_of_scope {
            return (self.words.get("ui-private"), self.words.get("ui-private-why"));
        }
        let pending = |found: &&FindingView| found.level == Level::Yellow && self.is_pending(&found.id);
        let before = findings.iter().filter(pending).any(|found| found.before_use);
        let met = assessment.verdict == Verdict::Yellow && !findings.iter().any(|found| pending(&found));
        let day = self.last_deadline().unwrap_or_else(|| self.due(4));
        let range = || {
            let word = |light: Light| get(&format!("ui-light-{}", light.id()));
            self.words.with("ui-sub-range", &[("best", &word(assessment.best)), ("worst", &word(assessment.worst))])
        };
        if self.session.mode == Mode::Interview {
            let headline = get(&format!("ui-headline-{}", assessment.verdict.id()));
            let sub = match assessment.verdict {
                Verdict::Green => String::new(),
                Verdict::Yellow if met => self.words.get("ui-sub-yellow-met"),
                Verdict::Yellow if before => self.words.get("ui-sub-yellow-first"),
                Verdict::Yellow => self.words.with("ui-sub-yellow-later", &[("day", &day)]),
                Verdict::Red => self.main_reason(findings),
                Verdict::Open => range(),
            };
            return (headline, sub);
        }
        if self.is_guest() && assessment.worst != Light::Red {
            return (self.words.get("ui-self-guest"), self.words.get("ui-guest-sub"));
        }
        match assessment.verdict {
            Verdict::Green => (self.words.get("ui-self-green"), self.words.get("ui-self-green-sub")),
            Verdict::Yellow if before => (self.words.get("ui-self-yellow-first"), String::new()),
            Verdict::Yellow => (self.words.with("ui-self-yellow-later", &[("day", &day)]), String::new()),
            Verdict::Red => (self.words.get("ui-self-red"), self.main_reason(findings)),
            Verdict::Open => {
                let n = assessment.deciding.len().to_string();
                (self.words.with("ui-self-open", &[("n", &n)]), range())
            }
        }
    }

    fn main_reason(&self, findings: &[FindingView]) -> String {
        if nothing_certain(findings) {
            return self.words.get("ui-sub-red-any");
        }
        let red = findings.iter().filter(|found| found.level == Level::Red && !found.possible).count();
        self.words.with("ui-sub-red", &[("n", &red.max(1).to_string())])
    }

    pub(super) fn first(&self, findings: &[FindingView]) -> Vec<String> {
        if self.assessment.verdict == Verdict::Open {
            return self.assessment.deciding.iter().map(|id| self.labels.variable(id)).collect();
        }
        // Whatever the answers that are missing: one of these holds, and nothing of a lower level is the reason.
        if self.assessment.verdict == Verdict::Red && nothing_certain(findings) {
            let mut red: Vec<&FindingView> = findings.iter().filter(|found| found.level == Level::Red).collect();
            // Those first that wait for no answer of their own: between them it is settled already.
            red.sort_by_key(|found| self.waiting_for(&found.id).next().is_some());
            return red.into_iter().map(|found| found.title.clone()).collect();
        }
        // Where the officer departs, her level counts for what comes first; the light stays the engine's.
        let level = |found: &FindingView| match self.session.departures.get(&found.id) {
            Some(departure) => departure.level.unwrap_or(Level::Good),
            None => found.level,
        };
        let worst = findings.iter().filter(|found| !found.possible).map(level).filter(|one| one.colours()).max();
        let gravest = findings
            .iter()
            .filter(|found| Some(level(found)) == worst && !found.possible)
            .filter(|found| level(found) == Level::Red || self.is_pending(&found.id));
        // Where something has to happen first, what can follow later waits below.
        let before = gravest.clone().any(|found| found.before_use);
        let gravest = gravest.filter(|found| !before || found.before_use);
        // An employee reads what to do; who leads an interview reads what is wrong.
        if self.session.mode == Mode::Interview || self.assessment.verdict != Verdict::Yellow {
            return gravest.map(|found| found.title.clone()).collect();
        }
        // Not to know whether something is done is no better than not to have done it.
        let perhaps = findings.iter().filter(|found| found.possible && found.level.colours() && found.before_use);
        let perhaps = perhaps.map(|found| self.words.with("ui-step-perhaps", &[("step", &found.step)]));
        gravest.map(|found| found.step.clone()).chain(perhaps).collect()
    }
}

/// No red finding is certain by itself.
fn nothing_certain(findings: &[FindingView]) -> bool {
    !findings.iter().any(|found| found.level == Level::Red && !found.possible)
}
