//! The forms of a sign-off, in a box: hearing, opinion, decision, review, revocation. Only Enter on the last field takes
//! what was typed; leaving takes nothing.

use super::super::desk::Desk;
use super::super::editor::Editor;
use super::super::form::{Field, Filled, Form};
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;
use crate::domain::Day;
use crate::domain::verdict::Verdict;
use crate::session::Session;
use crate::session::signoff::rules::{
    Fault, against, faults_of_decision, faults_of_opinion, faults_of_revocation, months_after, review_after,
};
use crate::session::signoff::{Decision, DecisionKind, Heard, Opinion, OpinionKind, Review, Revocation, Trigger};

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The n-th one who was heard; one beyond the last: somebody else.
    Heard(usize),
    /// The opinion of the data protection officer.
    Opinion,
    /// The decision of the controller.
    Decision,
    /// When it is looked at again.
    Review,
    /// The decision is taken back.
    Revocation,
}

impl Act {
    const fn title(self) -> &'static str {
        match self {
            Self::Heard(_) => "ui-sign-off-heard",
            Self::Opinion => "ui-sign-off-opinion",
            Self::Decision => "ui-sign-off-decision",
            Self::Review => "ui-sign-off-review",
            Self::Revocation => "ui-sign-off-revoke",
        }
    }

    /// A line that says what the act is and what it is not.
    const fn note(self) -> Option<&'static str> {
        match self {
            Self::Opinion => Some("ui-opinion-note"),
            Self::Decision => Some("ui-decision-note"),
            Self::Revocation => Some("ui-revocation-note"),
            Self::Heard(_) | Self::Review => None,
        }
    }
}

/// Months after which a review comes again; 0: it does not.
const EVERY: [u16; 5] = [0, 3, 6, 12, 24];

/// The form.
#[derive(Debug)]
pub struct Signing {
    act: Act,
    form: Form,
}

impl Signing {
    /// The form, filled with what is known.
    #[must_use]
    pub fn new(desk: &Desk<'_>, act: Act) -> Option<Self> {
        let session = desk.sitting.as_ref()?.session();
        let fields = match act {
            Act::Heard(n) => heard(&session.heard.get(n).cloned().unwrap_or_default(), desk.today),
            Act::Opinion => opinion(&session.opinion.clone().unwrap_or_default(), session, desk.today),
            Act::Decision => decision(&session.decision.clone().unwrap_or_default(), desk.today),
            Act::Review => {
                let proposed = || review_after(verdict(desk), session.decided_on().unwrap_or(desk.today));
                review(&session.review.clone().unwrap_or_else(proposed))
            }
            Act::Revocation => revocation(&session.revocation.clone().unwrap_or_default(), desk.today),
        };
        Some(Self { act, form: Form::ending(fields, "ui-sign-off-take") })
    }

    fn accept(&mut self, desk: &mut Desk<'_>) -> Turn {
        if !desk.writable() {
            return Turn::Pop;
        }
        let taken = match self.act {
            Act::Heard(n) => self.accept_heard(desk, n),
            Act::Opinion => self.accept_opinion(desk),
            Act::Decision => self.accept_decision(desk),
            Act::Review => self.accept_review(desk),
            Act::Revocation => self.accept_revocation(desk),
        };
        if taken.is_err() {
            return Turn::Stay;
        }
        if let Some(sitting) = &mut desk.sitting {
            sitting.refresh();
        }
        desk.save();
        Turn::Pop
    }

    fn accept_heard(&mut self, desk: &mut Desk<'_>, n: usize) -> Result<(), ()> {
        let on = self.form.day(1, desk)?;
        let at = (desk.clock.now)();
        let session = session(desk)?;
        let mut all = session.heard.clone();
        let known = all.get(n).cloned().unwrap_or_default();
        let one = Heard { who: self.form.text(0), on, note: self.form.text(2), ..known };
        // Without a name nobody was heard.
        let kept = (!one.who.is_empty()).then_some(one);
        let n = n.min(all.len());
        all.splice(n..(n + 1).min(all.len()), kept);
        session.hear(at, all);
        Ok(())
    }

    fn accept_opinion(&mut self, desk: &mut Desk<'_>) -> Result<(), ()> {
        let on = self.form.day(2, desk)?;
        let kind = self.form.chosen(0).checked_sub(1).and_then(|n| OpinionKind::ALL.get(n).copied());
        let at = (desk.clock.now)();
        let mut one = session(desk)?.opinion.clone().unwrap_or_default();
        known_kind(&mut one.rest, kind.is_some());
        (one.kind, one.by, one.on, one.text) = (kind, self.form.text(1), on, self.form.text(3));
        let given = kind.is_some().then_some(one);
        if let Some(fault) = given.as_ref().and_then(|one| faults_of_opinion(one).first().copied()) {
            let field = if fault == Fault::Reason { 3 } else { 1 };
            return self.refuse(desk, field, &format!("ui-sign-off-fault-{}", fault.id()));
        }
        session(desk)?.advise(at, given);
        Ok(())
    }

    fn accept_decision(&mut self, desk: &mut Desk<'_>) -> Result<(), ()> {
        let (on, valid_until) = (self.form.day(3, desk)?, self.form.day(6, desk)?);
        let kind = self.form.chosen(0).checked_sub(1).and_then(|n| DecisionKind::ALL.get(n).copied());
        let at = (desk.clock.now)();
        let verdict = verdict(desk);
        let session = session(desk)?;
        let mut one = session.decision.clone().unwrap_or_default();
        known_kind(&mut one.rest, kind.is_some());
        (one.kind, one.by, one.authority) = (kind, self.form.text(1), self.form.text(2));
        (one.on, one.reason, one.scope) = (on, self.form.text(4), self.form.text(5));
        one.valid_until = valid_until;
        let given = kind.is_some().then_some(one);
        let opinion = session.opinion.clone();
        let fault = given.as_ref().and_then(|one| faults_of_decision(one, opinion.as_ref(), verdict).first().copied());
        if let Some(fault) = fault {
            let advised = opinion.and_then(|opinion| opinion.kind);
            let why = kind.and_then(|kind| against(advised, kind, verdict).first().copied());
            let (field, id) = match (fault, why) {
                (Fault::Reason, Some(why)) => (4, format!("ui-against-{}", why.id())),
                (Fault::Days, _) => (6, format!("ui-sign-off-fault-{}", fault.id())),
                _ => (1, format!("ui-sign-off-fault-{}", fault.id())),
            };
            return self.refuse(desk, field, &id);
        }
        let first = session.decision.is_none() && given.is_some();
        session.decide(at, given);
        if first && session.review.is_none() {
            let review = review_after(verdict, on.unwrap_or(desk.today));
            self::session(desk)?.plan_review(at, Some(review));
        }
        Ok(())
    }

    fn accept_review(&mut self, desk: &mut Desk<'_>) -> Result<(), ()> {
        let due = self.form.day(0, desk)?;
        let every = EVERY.get(self.form.chosen(1)).copied().filter(|months| *months > 0);
        let (at, today) = ((desk.clock.now)(), desk.today);
        let session = session(desk)?;
        let mut one = session.review.clone().unwrap_or_default();
        let ticked = |n: usize| self.form.chosen(2 + n) == 0;
        // Triggers that this version does not know stay.
        one.triggers.retain(|name| Trigger::ALL.iter().all(|trigger| trigger.id() != name));
        let known = Trigger::ALL.iter().enumerate().filter(|(n, _)| ticked(*n));
        one.triggers.splice(0..0, known.map(|(_, trigger)| trigger.id().to_owned()));
        one.due = due.or_else(|| every.and_then(|months| months_after(today, months)));
        one.every = every;
        session.plan_review(at, Some(one).filter(|one| *one != Review::default()));
        Ok(())
    }

    fn accept_revocation(&mut self, desk: &mut Desk<'_>) -> Result<(), ()> {
        let on = self.form.day(1, desk)?;
        let known = session(desk)?.revocation.clone().unwrap_or_default();
        let one = Revocation { by: self.form.text(0), on, reason: self.form.text(2), ..known };
        if let Some(fault) = faults_of_revocation(&one).first() {
            let field = if *fault == Fault::Reason { 2 } else { 0 };
            return self.refuse(desk, field, &format!("ui-sign-off-fault-{}", fault.id()));
        }
        let at = (desk.clock.now)();
        session(desk)?.revoke(at, one);
        Ok(())
    }

    fn refuse(&mut self, desk: &Desk<'_>, field: usize, id: &str) -> Result<(), ()> {
        self.form.refuse(field, desk.words.get(id));
        Err(())
    }
}

/// What a kind that this version does not know was kept as gives way once somebody has said a kind.
fn known_kind(rest: &mut crate::session::Rest, said: bool) {
    rest.0.retain(|(name, _)| !(said && name == "kind"));
}

fn session<'d>(desk: &'d mut Desk<'_>) -> Result<&'d mut Session, ()> {
    desk.sitting.as_mut().map(|sitting| &mut sitting.saved.session).ok_or(())
}

fn verdict(desk: &Desk<'_>) -> Verdict {
    desk.sitting.as_ref().map_or(Verdict::Open, |sitting| sitting.assessment().verdict)
}

fn heard(known: &Heard, today: Day) -> Vec<Field> {
    let on = known.on.or_else(|| known.who.is_empty().then_some(today));
    vec![
        Field::line("ui-heard-who", &known.who),
        Field::day("ui-heard-on", on),
        Field::lines("ui-heard-note", &known.note),
    ]
}

/// The kinds, and one before them for "none yet".
fn kinds<T: PartialEq>(all: &[T], name: impl Fn(&T) -> String, known: Option<&T>) -> (Vec<String>, usize) {
    let values = std::iter::once("ui-sign-off-none".to_owned()).chain(all.iter().map(name)).collect();
    (values, all.iter().position(|one| Some(one) == known).map_or(0, |at| at + 1))
}

fn opinion(known: &Opinion, session: &Session, today: Day) -> Vec<Field> {
    let (values, at) = kinds(&OpinionKind::ALL, |kind| format!("ui-opinion-{}", kind.id()), known.kind.as_ref());
    let by = if known.by.is_empty() { &session.subject.interviewer } else { &known.by };
    vec![
        Field::choice("ui-opinion-kind", values, at),
        Field::line("ui-opinion-by", by),
        Field::day("ui-sign-off-on", known.on.or(Some(today))),
        Field::lines("ui-opinion-text", &known.text),
    ]
}

fn decision(known: &Decision, today: Day) -> Vec<Field> {
    let (values, at) = kinds(&DecisionKind::ALL, |kind| format!("ui-decision-{}", kind.id()), known.kind.as_ref());
    vec![
        Field::choice("ui-decision-kind", values, at),
        Field::line("ui-decision-by", &known.by),
        Field::line("ui-decision-authority", &known.authority),
        Field::day("ui-sign-off-on", known.on.or(Some(today))),
        Field::line("ui-decision-reason", &known.reason),
        Field::line("ui-decision-scope", &known.scope),
        Field::day("ui-decision-until", known.valid_until),
    ]
}

fn review(known: &Review) -> Vec<Field> {
    let months = EVERY.iter().map(|months| format!("ui-review-every-{months}")).collect();
    let at = EVERY.iter().position(|months| Some(*months) == known.every).unwrap_or(0);
    let tick = |trigger: &Trigger| {
        let values = vec!["ui-tick-on".to_owned(), "ui-tick-off".to_owned()];
        Field::choice(trigger_label(*trigger), values, usize::from(!known.has(*trigger)))
    };
    let fields = [Field::day("ui-review-due-on", known.due), Field::choice("ui-review-every", months, at)];
    fields.into_iter().chain(Trigger::ALL.iter().map(tick)).collect()
}

const fn trigger_label(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::NewTerms => "ui-trigger-new_terms",
        Trigger::NewFunction => "ui-trigger-new_function",
        Trigger::NewGroup => "ui-trigger-new_group",
        Trigger::Incident => "ui-trigger-incident",
        Trigger::ChangeOfLaw => "ui-trigger-change_of_law",
    }
}

fn revocation(known: &Revocation, today: Day) -> Vec<Field> {
    vec![
        Field::line("ui-decision-by", &known.by),
        Field::day("ui-revocation-on", known.on.or(Some(today))),
        Field::line("ui-revocation-reason", &known.reason),
    ]
}

impl View for Signing {
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

    fn edited(&mut self, _: &mut Desk<'_>) {
        self.form.edited();
    }

    fn title(&self, desk: &Desk<'_>) -> Option<String> {
        Some(desk.words.get(self.act.title()))
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        if let Some(note) = self.act.note() {
            page.text(&desk.words.get(note), desk.styles.dim);
            page.gap();
        }
        self.form.page(desk, page);
    }
}
