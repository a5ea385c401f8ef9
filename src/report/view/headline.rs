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
                Verdict::Red => self.words.get("ui-sub-red"),
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
            Verdict::Red => (self.words.get("ui-self-red"), self.words.get("ui-sub-red")),
            Verdict::Open => {
                let n = assessment.deciding.len().to_string();
                (self.words.with("ui-self-open", &[("n", &n)]), range())
            }
        }
    }

    pub(super) fn first(&self, findings: &[FindingView]) -> Vec<String> {
        if self.assessment.verdict == Verdict::Open {
            return self.assessment.deciding.iter().map(|id| self.labels.variable(id)).collect();
        }
        let worst =
            findings.iter().filter(|found| found.level.colours() && !found.possible).map(|found| found.level).max();
        let gravest = findings
            .iter()
            .filter(|found| Some(found.level) == worst && !found.possible)
            .filter(|found| found.level == Level::Red || self.is_pending(&found.id));
        // Where something has to happen first, what can follow later waits below.
        let before = gravest.clone().any(|found| found.before_use);
        let gravest = gravest.filter(|found| !before || found.before_use);
        // An employee reads what to do; who leads an interview reads what is wrong.
        let steps = self.session.mode == Mode::SelfAssessment && self.assessment.verdict == Verdict::Yellow;
        gravest.map(|found| if steps { found.step.clone() } else { found.title.clone() }).collect()
    }
}
