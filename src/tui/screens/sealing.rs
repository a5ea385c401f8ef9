//! Asks before an assessment is sealed: what that means, and what is still missing.
//!
//! ```text
//!  ┌ Versiegeln ────────────────────────────────────┐
//!  │ Danach ist jede Änderung zu sehen ...          │
//!  │ Noch offen: 3 Fragen ohne Antwort              │
//!  │                                                │
//!  │ › Jetzt versiegeln                             │
//!  │   Abbrechen                                    │
//!  └────────────────────────────────────────────────┘
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::sitting::Sitting;
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use crate::domain::Day;
use crate::engine::Assessment;
use crate::sanitise::clip;
use crate::session::signoff::Act;
use crate::session::signoff::rules::{Fault, before_use, faults_of_sealing};
use crate::session::store::{Sealing as What, Written};
use crate::session::{ConditionId, Session};

/// Longest name that is shown, in characters.
const NAME: usize = 60;

/// The box.
#[derive(Debug)]
pub struct Sealing {
    /// What is still missing, in words.
    missing: Vec<String>,
    /// Why it cannot be sealed, in words.
    faults: Vec<String>,
    /// What speaks against sealing now, in words.
    doubts: Vec<String>,
    selected: usize,
}

impl Sealing {
    /// What there is to be said before the open assessment is sealed.
    #[must_use]
    pub fn new(desk: &Desk<'_>) -> Self {
        let mut asked = Self { missing: Vec::new(), faults: Vec::new(), doubts: Vec::new(), selected: 0 };
        asked.look(desk);
        // Against a doubt nobody seals with Enter alone.
        asked.selected = usize::from(!asked.doubts.is_empty() && asked.faults.is_empty());
        asked
    }

    fn look(&mut self, desk: &Desk<'_>) {
        let Some(sitting) = &desk.sitting else { return };
        let assessment = sitting.assessment();
        let faults = faults_of_sealing(sitting.session(), assessment.verdict);
        self.faults =
            faults.iter().map(|fault| desk.words.get(&format!("ui-seal-fault-{}", fault_id(*fault)))).collect();
        self.missing = missing(desk, sitting, &assessment);
        self.doubts = doubts(desk, sitting);
        self.selected = self.selected.min(self.lines().len() - 1);
    }

    fn confirm(&self, desk: &mut Desk<'_>) -> Turn {
        if self.selected == 0 && self.faults.is_empty() {
            desk.seal();
        }
        Turn::Pop
    }

    fn lines(&self) -> &'static [&'static str] {
        match (self.faults.is_empty(), self.doubts.is_empty()) {
            (true, true) => &["ui-seal-do", "ui-seal-not"],
            (true, false) => &["ui-seal-anyway", "ui-seal-not"],
            (false, _) => &["ui-seal-back"],
        }
    }
}

/// In a self-assessment the screen is not reached, so its fault needs no words here.
const fn fault_id(fault: Fault) -> &'static str {
    match fault {
        Fault::Kind | Fault::Name | Fault::Days | Fault::Mode => "incomplete",
        Fault::Reason => "reason",
        Fault::SamePerson => "same-person",
    }
}

/// What is still missing, in words.
fn missing(desk: &Desk<'_>, sitting: &Sitting<'_>, assessment: &Assessment) -> Vec<String> {
    let (words, session) = (&desk.words, sitting.session());
    let count = |id: &str, n: usize| (n > 0).then(|| words.with(id, &[("n", &n.to_string())]));
    let follow_ups = session.answers.values().filter_map(|answer| answer.follow_up.as_ref());
    let asked = follow_ups.filter(|follow_up| follow_up.is_open()).count();
    let said = |there: bool, id: &str| (!there).then(|| words.get(id));
    let all = [
        said(session.opinion.is_some(), "ui-seal-no-opinion"),
        said(session.decision.is_some(), "ui-seal-no-decision"),
        said(session.review.is_some(), "ui-seal-no-review"),
        count("ui-seal-unanswered", assessment.unanswered.len()),
        count("ui-seal-follow-ups", asked),
        count("ui-seal-before-use", waiting(desk, session, assessment)),
    ];
    all.into_iter().flatten().collect()
}

/// What speaks against sealing now: nothing has changed since the last seal, or an opinion or a decision was given before
/// the answers became what they are.
fn doubts(desk: &Desk<'_>, sitting: &Sitting<'_>) -> Vec<String> {
    let (words, session) = (&desk.words, sitting.session());
    let same = session.intact_seal().map(|seal| {
        let day = seal.on.map(|day| words.day(day)).unwrap_or_default();
        words.with("ui-seal-same", &[("revision", &seal.revision.to_string()), ("day", &day)])
    });
    let outdated = session.outdated().into_iter().map(|one| {
        let question = desk.labels().map_or_else(|| one.question.to_string(), |labels| labels.variable(&one.question));
        let when = one.at.map(|at| words.day(at.local(&desk.clock.zone).date())).unwrap_or_default();
        let given = |by: &str, on: Option<Day>| {
            let parts = [clip(by, NAME), on.map(|day| words.day(day)).unwrap_or_default()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let (id, who) = match (one.act, &session.opinion, &session.decision) {
            (Act::Opinion, Some(opinion), _) => ("ui-seal-old-opinion", given(&opinion.by, opinion.on)),
            (_, _, Some(decision)) => ("ui-seal-old-decision", given(&decision.by, decision.on)),
            _ => ("ui-seal-old-decision", String::new()),
        };
        let told = words.with(id, &[("who", &who), ("question", &question), ("day", &when)]);
        let more = (one.others > 0).then(|| words.with("ui-more", &[("n", &one.others.to_string())]));
        std::iter::once(told).chain(more).collect::<Vec<_>>().join(" ")
    });
    same.into_iter().chain(outdated).collect()
}

/// How much of what comes before the use is neither met nor borne.
fn waiting(desk: &Desk<'_>, session: &Session, assessment: &Assessment) -> usize {
    let labels = desk.labels();
    let find = |id: &crate::domain::id::FindingId| labels.as_ref().and_then(|labels| labels.finding(id));
    let open = |id: &crate::domain::id::FindingId| {
        let condition = session.conditions.get(&ConditionId::Finding(id.clone()));
        condition.is_none_or(|condition| condition.is_open(desk.today))
    };
    before_use(assessment, session, find).iter().filter(|id| open(id)).count()
}

impl Desk<'_> {
    /// Seals the open assessment. It is on disk when this returns, or a line says why not.
    pub fn seal(&mut self) {
        if !self.writable() || !self.settle() {
            return;
        }
        let (today, at, bank) = (self.today, (self.clock.now)(), self.knowledge.bank());
        let Some(sitting) = &mut self.sitting else { return };
        sitting.pin();
        let (inquiry, assessment) = (sitting.inquiry(), sitting.assessment());
        let opinion = sitting.session().opinion.as_ref().map(|opinion| opinion.by.clone());
        let by = opinion.filter(|by| !by.is_empty()).unwrap_or_else(|| sitting.session().subject.interviewer.clone());
        let vendor = sitting.vendor;
        let what = What { at, today, by: &by, bank, vendor, inquiry: &inquiry, assessment: &assessment };
        let sealed = self.store.seal(&mut sitting.saved, &what);
        let revision = sitting.session().seal().map_or(0, |seal| seal.revision).to_string();
        let path = sitting.saved.path.clone();
        sitting.refresh();
        match sealed {
            // Where it lies in another place now, that matters more.
            Ok(written) if written != Written::Plainly => self.placed(written, &path),
            Ok(_) => self.notice = Some(self.words.with("ui-seal-done", &[("revision", &revision)])),
            Err(fault) => {
                let why = fault.told(&self.words).message;
                self.notice = Some(self.words.with("ui-seal-failed", &[("why", &why)]));
            }
        }
    }
}

impl View for Sealing {
    fn context(&self) -> Context {
        Context::Asked
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, self.lines().len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Confirm => self.confirm(desk),
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    /// A click moves at first: nobody seals by accident.
    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.confirm(desk);
        }
        self.selected = n;
        Turn::Stay
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        self.look(desk);
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get("ui-sign-off-seal"))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        for (list, id, style) in [
            (&self.faults, "ui-seal-cannot", desk.styles.red),
            (&self.doubts, "ui-seal-doubts", desk.styles.red),
            (&self.missing, "ui-seal-missing", desk.styles.yellow),
        ] {
            if !list.is_empty() {
                page.text(&desk.words.get(id), style);
                for one in list {
                    page.indented("  – ", "    ", one, desk.styles.text);
                }
                page.gap();
            }
        }
        for (n, id) in self.lines().iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(id), style));
        }
    }
}
