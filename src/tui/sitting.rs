//! One assessment on the screen: the session, the rules compiled for its tool, and where the questions stand.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::bank::Bank;
use crate::domain::id::{EditionId, VariableId};
use crate::domain::moment::Moment;
use crate::domain::question::Question;
use crate::domain::vendor::{Fact, Vendor};
use crate::domain::verdict::Light;
use crate::engine::law::Law;
use crate::engine::resolve::{suggestions, usable_fact};
use crate::engine::{Assessment, Flow, Inquiry, Model, Standing, Step, assess, flow, judge};
use crate::session::history::Step as Change;
use crate::session::pinned::{Differences, Present};
use crate::session::state::{Stage, stage_of};
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
    clock: fn() -> Moment,
    /// A change was refused, and nobody has been told about other questions since.
    pub refused: bool,
    /// Where a sealed assessment stands, once somebody has asked.
    stage: OnceCell<Option<(u32, Stage)>>,
    /// The questions that are asked now, once somebody has asked.
    present: OnceCell<Present>,
    /// How those of the session differ from them, once somebody has asked.
    differences: OnceCell<Differences>,
}

/// The days and the clock by which an assessment goes.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// Day of `--as-of`.
    pub day: Option<Day>,
    /// Today.
    pub today: Day,
    /// The clock.
    pub clock: fn() -> Moment,
}

impl<'k> Sitting<'k> {
    /// Opens a session for its tool.
    pub fn new(bank: &'k Bank, vendor: Option<&'k Vendor>, saved: Saved, time: Time) -> Self {
        let questions = Model::compile_questions(bank, vendor);
        let flow = Flow::default();
        let (lights, model) = (OnceCell::new(), OnceCell::new());
        let Time { day, today, clock } = time;
        let mut sitting = Self {
            saved,
            vendor,
            flow,
            lights,
            bank,
            questions,
            model,
            day,
            today,
            clock,
            refused: false,
            stage: OnceCell::new(),
            present: OnceCell::new(),
            differences: OnceCell::new(),
        };
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
        self.changed();
    }

    /// Something was changed on which a seal depends.
    pub fn changed(&mut self) {
        self.stage = OnceCell::new();
    }

    /// The revision of the seal and where the assessment stands today; none: it was never sealed.
    pub fn stage(&self) -> Option<(u32, Stage)> {
        let look = || self.session().seal().map(|seal| (seal.revision, stage_of(self.session(), self.today)));
        *self.stage.get_or_init(look)
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

    /// Records an answer; note, evidence and follow-up stay. `words` are those in which the person was asked, if it was a
    /// question that was asked.
    pub fn answer(&mut self, id: &VariableId, value: Value, confirmed: bool, words: Option<&str>) {
        let today = self.today;
        let question = self.question(id);
        let set = self.saved.session.questions.get_or_insert_default();
        let asked = words.and_then(|words| Some(set.ask(question?, words)));
        self.change(id, |answer| {
            answer.value = value;
            answer.foreign_value = None;
            answer.pending = false;
            answer.on = Some(today);
            answer.catalogue_confirmed = confirmed;
            answer.asked = asked;
            answer.confirmed = None;
            // Who corrects what somebody else said speaks for that person no longer.
            if std::mem::take(&mut answer.self_assessed) {
                answer.by.clear();
            }
        });
    }

    /// Changes an answer or what hangs on it; a record is made if there is none, so that a note can be attached.
    pub fn change(&mut self, id: &VariableId, edit: impl FnOnce(&mut Answer)) {
        let at = (self.clock)();
        self.saved.session.change(at, id, edit);
        self.refresh();
    }

    /// Takes an answer away. False: there is none.
    pub fn clear(&mut self, id: &VariableId) -> bool {
        let at = (self.clock)();
        let cleared = self.saved.session.clear(at, id);
        self.refresh();
        cleared
    }

    /// Tells that a question was left without an answer.
    pub fn skip(&mut self, id: &VariableId) {
        // Whoever only looks passes by.
        if self.saved.read_only.is_some() {
            return;
        }
        let at = (self.clock)();
        self.saved.session.skip(at, id);
    }

    /// Takes the last change back, or brings back what was taken back last; none: there is nothing.
    pub fn step(&mut self, back: bool) -> Option<Change> {
        let at = (self.clock)();
        let session = &mut self.saved.session;
        let change = if back { session.undo(at) } else { session.redo(at) };
        self.refresh();
        change
    }

    /// Does something to the session that its history tells.
    pub fn stamped<T>(&mut self, deed: impl FnOnce(&mut Session, Moment) -> T) -> T {
        let at = (self.clock)();
        let done = deed(&mut self.saved.session, at);
        self.refresh();
        done
    }

    /// Says why the entry of the history at a place was made.
    pub fn explain(&mut self, place: usize, reason: &str) {
        let at = (self.clock)();
        self.saved.session.explain(at, place, reason);
    }

    /// How the questions of the session differ from the present ones.
    pub fn differences(&self) -> &Differences {
        let find = |id: &VariableId| self.question(id);
        self.differences.get_or_init(|| match &self.session().questions {
            Some(_) => Differences::of(self.session(), self.present(), find),
            None => Differences::default(),
        })
    }

    /// Whether somebody has looked already.
    pub fn has_looked(&self) -> bool {
        self.differences.get().is_some()
    }

    fn present(&self) -> &Present {
        self.present.get_or_init(|| Present::of(self.bank, self.vendor))
    }

    /// Goes on with the present questions, as a person has said.
    pub fn go_on_with_newer(&mut self) {
        let (at, present, differences) = ((self.clock)(), self.present().clone(), self.differences().clone());
        self.saved.session.go_on_with(at, &present, &differences);
        self.differences = OnceCell::from(Differences::default());
    }

    /// The session tells with which questions it is answered. Answers were given only to those that are as they were, so
    /// nobody need be asked.
    pub fn pin(&mut self) {
        if self.session().questions.is_some() && self.differences().answered.is_empty() {
            self.go_on_with_newer();
        }
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
