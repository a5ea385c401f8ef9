//! Fields in a box above a screen: what hangs on an answer, a condition, a departure.
//!
//! ```text
//!  ┌ Beleg ─────────────────────────┐
//!  │ Was belegt die Antwort?        │
//!  │ › AV-Vertrag v7_               │
//!  │ Datum (JJJJ-MM-TT)             │
//!  └────────────────────────────────┘
//! ```

mod said;

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::form::{Field, Filled, Form};
use super::super::keymap::{Action, Context, Key};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, VariableId};
use crate::session::{Condition, ConditionId, Departure, State};

/// What a dialog edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edits {
    /// The note on an answer, and who said so.
    Note(VariableId),
    /// A document that proves an answer.
    Evidence(VariableId),
    /// Who finds out what until when, what came back, and whether that is all.
    FollowUp(VariableId),
    /// What the officer notes privately.
    Remark(VariableId),
    /// A document that was seen, by its place in the list; behind the last one: another one.
    Document(usize),
    /// A condition: who, until when, and where it stands.
    Condition(ConditionId),
    /// The officer's own level for a finding.
    Departure(FindingId),
    /// Why the entry of the history at a place was made.
    Reason(usize),
}

/// The levels that an officer can give; none: the finding does not count.
const LEVELS: [Option<Level>; 4] = [Some(Level::Red), Some(Level::Yellow), Some(Level::Advice), None];
const STATES: [State; 3] = [State::Open, State::Fulfilled, State::Accepted];

/// The dialog.
#[derive(Debug)]
pub struct Dialog {
    edits: Edits,
    form: Form,
    touched: bool,
}

impl Dialog {
    /// The dialog, filled with what is known.
    #[must_use]
    pub fn new(desk: &Desk<'_>, edits: Edits) -> Option<Self> {
        let session = desk.sitting.as_ref()?.session();
        let fields = match &edits {
            Edits::Note(id) => said::note(session, id),
            Edits::Evidence(id) => said::evidence(session.answers.get(id).and_then(|answer| answer.evidence.first())),
            Edits::FollowUp(id) => said::follow_up(session, id),
            Edits::Remark(id) => said::remark(session, id),
            Edits::Document(n) => said::evidence(session.subject.documents.get(*n)),
            Edits::Condition(id) => condition(&session.conditions.get(id).cloned().unwrap_or_default()),
            Edits::Departure(id) => departure(&session.departures.get(id).cloned().unwrap_or_default()),
            Edits::Reason(place) => {
                vec![Field::line("ui-history-reason", session.history.reason(*place).unwrap_or_default())]
            }
        };
        Some(Self { edits, form: Form::new(fields), touched: false })
    }

    /// Takes the fields over; a field that cannot be understood is said and nothing is taken.
    fn accept(&mut self, desk: &mut Desk<'_>) -> Turn {
        if !desk.writable() {
            return Turn::Pop;
        }
        let done = match self.edits.clone() {
            Edits::Note(id) => self.accept_note(desk, &id),
            Edits::Evidence(id) => self.accept_evidence(desk, &id),
            Edits::FollowUp(id) => self.accept_follow_up(desk, &id),
            Edits::Remark(id) => self.accept_remark(desk, &id),
            Edits::Document(n) => self.accept_document(desk, n),
            Edits::Condition(id) => self.accept_condition(desk, id),
            Edits::Departure(id) => self.accept_departure(desk, id),
            Edits::Reason(place) => self.accept_reason(desk, place),
        };
        if done.is_err() {
            return Turn::Stay;
        }
        if let Some(sitting) = &mut desk.sitting {
            sitting.refresh();
        }
        desk.save();
        Turn::Pop
    }

    fn accept_reason(&self, desk: &mut Desk<'_>, place: usize) -> Result<(), ()> {
        let (sitting, reason) = (desk.sitting.as_mut().ok_or(())?, self.form.text(0));
        if sitting.session().history.reason(place).unwrap_or_default() != reason {
            sitting.explain(place, &reason);
        }
        Ok(())
    }

    fn accept_condition(&mut self, desk: &mut Desk<'_>, id: ConditionId) -> Result<(), ()> {
        let (due, until) = (self.form.day(1, desk)?, self.form.day(5, desk)?);
        let state = STATES.get(self.form.chosen(2)).cloned().unwrap_or_default();
        if state == State::Accepted && !bearable(desk, &id) {
            self.form.refuse(2, desk.words.get("ui-condition-not-bearable"));
            return Err(());
        }
        // Bearing a risk is a decision: it has a reason and a name.
        for (n, message) in [(3, "ui-condition-needs-reason"), (4, "ui-condition-needs-name")] {
            if state != State::Open && self.form.text(n).is_empty() {
                self.form.refuse(n, desk.words.get(message));
                return Err(());
            }
        }
        let today = desk.today;
        let session = &mut desk.sitting.as_mut().ok_or(())?.saved.session;
        let condition = session.conditions.entry(id).or_default();
        if condition.state != state {
            condition.on = (state != State::Open).then_some(today);
        }
        (condition.owner, condition.due, condition.state) = (self.form.text(0), due, state);
        (condition.reason, condition.by, condition.until) = (self.form.text(3), self.form.text(4), until);
        Ok(())
    }

    fn accept_departure(&mut self, desk: &mut Desk<'_>, id: FindingId) -> Result<(), ()> {
        let today = desk.today;
        // The first value takes a departure back.
        let level = self.form.chosen(0).checked_sub(1).map(|n| LEVELS.get(n).copied().flatten());
        let Some(level) = level else {
            desk.sitting.as_mut().ok_or(())?.saved.session.departures.remove(&id);
            return Ok(());
        };
        for (n, message) in [(1, "ui-departure-needs-reason"), (2, "ui-departure-needs-name")] {
            if self.form.text(n).is_empty() {
                self.form.refuse(n, desk.words.get(message));
                return Err(());
            }
        }
        let session = &mut desk.sitting.as_mut().ok_or(())?.saved.session;
        let departure = session.departures.entry(id).or_default();
        (departure.level, departure.on) = (level, Some(today));
        (departure.reason, departure.by) = (self.form.text(1), self.form.text(2));
        Ok(())
    }
}

/// Whether what a condition asks for may be borne as a residual risk: its finding allows it and is no stop now.
fn bearable(desk: &Desk<'_>, id: &ConditionId) -> bool {
    let ConditionId::Finding(id) = id else { return false };
    let stops = desk.with_viewed(|viewed| {
        viewed.assessment.findings.iter().any(|fired| fired.id == *id && fired.level == Level::Red)
    });
    let allowed = desk.labels().and_then(|labels| labels.finding(id)).is_some_and(|finding| finding.bearable);
    allowed && stops != Some(true)
}

fn condition(known: &Condition) -> Vec<Field> {
    let states = STATES.iter().map(|state| format!("ui-condition-{state:?}").to_lowercase()).collect();
    let at = STATES.iter().position(|state| *state == known.state).unwrap_or(0);
    vec![
        Field::line("ui-condition-owner", &known.owner),
        Field::day("ui-condition-due", known.due),
        Field::choice("ui-condition-state", states, at),
        Field::line("ui-condition-reason", &known.reason),
        Field::line("ui-condition-by", &known.by),
        Field::day("ui-condition-until", known.until),
    ]
}

fn departure(known: &Departure) -> Vec<Field> {
    let name =
        |level: &Option<Level>| level.map_or("ui-departure-off".into(), |level| format!("ui-level-{}", level.id()));
    let levels = std::iter::once("ui-departure-none".to_owned()).chain(LEVELS.iter().map(name)).collect();
    let made = !known.reason.is_empty();
    let at = LEVELS.iter().position(|level| *level == known.level).filter(|_| made).map_or(0, |at| at + 1);
    vec![
        Field::choice("ui-departure-level", levels, at),
        Field::line("ui-departure-reason", &known.reason),
        Field::line("ui-departure-by", &known.by),
    ]
}

impl View for Dialog {
    fn context(&self) -> Context {
        self.form.context(Context::Dialog, Context::DialogChoice)
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if action == Action::Back {
            return Turn::Pop;
        }
        match self.form.act(action) {
            Filled::Done => self.accept(desk),
            Filled::Stay => Turn::Stay,
            Filled::Ignored => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        match self.form.pick(n) {
            Filled::Done => self.accept(desk),
            _ => Turn::Stay,
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.form.editor()
    }

    fn typed(&mut self, desk: &mut Desk<'_>, key: &Key) -> Turn {
        if !self.form.key(key) {
            return Turn::Ignored;
        }
        self.edited(desk);
        Turn::Stay
    }

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.form.edited();
        self.touched = true;
    }

    fn leave(&mut self, desk: &mut Desk<'_>) {
        // A condition or a departure is a decision: only Enter takes it.
        let decides = matches!(self.edits, Edits::Condition(_) | Edits::Departure(_) | Edits::Reason(_));
        if self.touched && !decides {
            self.accept(desk);
        }
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        let labels = desk.labels()?;
        let finding = |id: &FindingId| labels.finding(id).map(|one| one.title.get(labels.language).to_owned());
        let (id, about) = match &self.edits {
            Edits::Note(id) => ("ui-note", Some(labels.variable(id))),
            Edits::Evidence(id) => ("ui-evidence", Some(labels.variable(id))),
            Edits::FollowUp(id) => ("ui-follow-up", Some(labels.variable(id))),
            Edits::Remark(id) => ("ui-remark", Some(labels.variable(id))),
            Edits::Document(_) => ("ui-document", None),
            Edits::Condition(ConditionId::Finding(id)) => ("ui-condition", finding(id)),
            Edits::Condition(ConditionId::Question(id)) => ("ui-condition", Some(labels.variable(id))),
            Edits::Departure(id) => ("ui-departure-short", finding(id)),
            Edits::Reason(_) => ("ui-history-reason", None),
        };
        let name = desk.words.get(id);
        Some(about.map_or(name.clone(), |about| format!("{name}: {about}")))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        self.form.page(desk, page);
    }
}
