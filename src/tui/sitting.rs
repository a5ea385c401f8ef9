//! One assessment on the screen: the session, the rules compiled for its tool, and where the questions stand.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::bank::Bank;
use crate::domain::id::{EditionId, VariableId};
use crate::domain::question::Question;
use crate::domain::vendor::{Fact, Vendor};
use crate::domain::verdict::Light;
use crate::engine::law::Law;
use crate::engine::resolve::{suggestions, usable_fact};
use crate::engine::{Assessment, Flow, Inquiry, Model, Standing, Step, assess, flow, judge};
use crate::session::store::Saved;
use crate::session::{Answer, Session};

/// An open assessment.
#[derive(Debug)]
pub struct Sitting<'k> {
    /// The file as it was found or will be made.
    pub saved: Saved,
    /// The tool; none: outside the catalogue.
    pub vendor: Option<&'k Vendor>,
    /// The questions as they stand.
    pub flow: Flow,
    /// Best and worst light so far, once somebody has asked.
    lights: OnceCell<Option<(Light, Light)>>,
    bank: &'k Bank,
    /// Enough to ask the questions; the first one is on the screen before the rules are compiled.
    questions: Model,
    /// Once somebody has asked for a verdict.
    model: OnceCell<Model>,
    day: Option<Day>,
    today: Day,
}

impl<'k> Sitting<'k> {
    /// Opens a session for its tool.
    pub fn new(bank: &'k Bank, vendor: Option<&'k Vendor>, saved: Saved, day: Option<Day>, today: Day) -> Self {
        let questions = Model::compile_questions(bank, vendor);
        let flow = Flow::default();
        let (lights, model) = (OnceCell::new(), OnceCell::new());
        let mut sitting = Self { saved, vendor, flow, lights, bank, questions, model, day, today };
        sitting.refresh();
        sitting
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.saved.session
    }

    /// What the engine judges.
    pub fn inquiry(&self) -> Inquiry {
        self.session().inquiry(self.day, self.today)
    }

    /// The rules for the tool.
    pub fn model(&self) -> &Model {
        self.model.get_or_init(|| Model::compile(self.bank, self.vendor))
    }

    /// Best and worst light so far; none where nothing is to be assessed.
    pub fn lights(&self) -> Option<(Light, Light)> {
        *self.lights.get_or_init(|| judge(self.model(), &self.inquiry()))
    }

    /// The day judged.
    pub fn judged_day(&self) -> Day {
        self.inquiry().day
    }

    /// Computes everything anew after a change.
    pub fn refresh(&mut self) {
        self.flow = flow(&self.questions, &self.inquiry());
        self.lights = OnceCell::new();
    }

    /// The verdict with its proofs.
    pub fn assessment(&self) -> Assessment {
        assess(self.model(), &self.inquiry())
    }

    /// A question of the bank or of the tool.
    pub fn question(&self, id: &VariableId) -> Option<&'k Question> {
        let own = self.vendor.and_then(|vendor| vendor.questions.iter().find(|question| question.id == *id));
        self.bank.question(id).or(own)
    }

    /// The questions at which the walk stops.
    pub fn walk(&self) -> Vec<VariableId> {
        self.flow.steps.iter().filter(|step| step.put).map(|step| step.question.clone()).collect()
    }

    /// Answered, asked in all, and how many of the answers are "I don't know" with nothing to take their place.
    pub fn progress(&self) -> (usize, usize, usize) {
        let put = || self.flow.steps.iter().filter(|step| step.put && !step.follow_up);
        let total = put().count();
        let answered = |step: &&Step| self.session().answered(&step.question).is_some();
        // Somebody who does not know the countries has answered: another question stands for them.
        let hosting = |step: &&Step| step.question == *"hosting_country";
        let open = put().filter(|step| step.standing == Standing::DontKnow && !hosting(step)).count();
        let seen = put().filter(|step| answered(step) || step.standing == Standing::Default).count();
        (seen, total, open)
    }

    fn edition(&self) -> Option<EditionId> {
        self.session().edition(self.vendor)
    }

    /// The catalogue's fact about a question, else a suggestion.
    pub fn fact(&self, id: &VariableId) -> Option<&'k Fact> {
        let vendor = self.vendor?;
        let edition = self.edition();
        let day = self.judged_day();
        let scheme = Law::from(self.bank).scheme(day, &[]).map(|scheme| scheme.id.clone());
        let usable = usable_fact(vendor, id, edition.as_ref(), day, scheme.as_ref());
        let suggested = || {
            vendor.facts.iter().find(|fact| {
                fact.suggestion && fact.variable == *id && edition.as_ref().is_none_or(|edition| fact.covers(edition))
            })
        };
        usable.filter(|fact| fact.value != Value::Unknown).or_else(suggested)
    }

    /// All suggestions about a question.
    pub fn has_suggestion(&self, id: &VariableId) -> bool {
        self.vendor.is_some_and(|vendor| suggestions(vendor, id, self.edition().as_ref()).next().is_some())
    }

    /// Answered questions that an answer would put aside.
    pub fn retires(&self, id: &VariableId, value: &Value) -> Vec<VariableId> {
        let mut inquiry = self.inquiry();
        let evidence = inquiry.answers.get(id).is_some_and(|given| given.evidence);
        inquiry.answers.insert(id.clone(), crate::engine::Given { value: value.clone(), evidence });
        let before: BTreeSet<&VariableId> = self.flow.parked.iter().collect();
        let after = flow(&self.questions, &inquiry);
        after.parked.into_iter().filter(|parked| !before.contains(parked) && parked != id).collect()
    }

    /// Records an answer; note, evidence and follow-up stay.
    pub fn answer(&mut self, id: &VariableId, value: Value, confirmed: bool) {
        let answers = &mut self.saved.session.answers;
        let answer = answers.entry(id.clone()).or_insert_with(|| Answer::new(Value::Unknown));
        answer.value = value;
        answer.foreign_value = None;
        answer.pending = false;
        answer.on = Some(self.today);
        answer.catalogue_confirmed = confirmed;
        self.refresh();
    }

    /// The answer to a question, made if there is none, so that a note can be attached.
    pub fn answer_mut(&mut self, id: &VariableId) -> &mut Answer {
        let pending = || Answer { pending: true, ..Answer::new(Value::Unknown) };
        self.saved.session.answers.entry(id.clone()).or_insert_with(pending)
    }

    /// Puts back what was changed since the session was loaded.
    pub fn put_back(&mut self) {
        if let Some(session) = self.saved.as_loaded() {
            self.saved.session = session;
            self.refresh();
        }
    }

    /// The role is `private`: no light, no file.
    pub fn is_private(&self) -> bool {
        let role = self.session().answers.get("role").map(|answer| &answer.value);
        matches!(role, Some(Value::Choice(choice)) if *choice == "private")
    }
}
