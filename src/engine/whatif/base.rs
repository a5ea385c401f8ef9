//! The inquiry as it stands: what the program shows, which questions it puts, and which changes are open.

use crate::domain::answer::{Mode, Value};
use crate::domain::bank::Bank;
use crate::domain::condition::{Condition, Truth};
use crate::domain::finding::{Finding, Lever as Data};
use crate::domain::id::VariableId;
use crate::domain::vendor::Vendor;
use crate::domain::verdict::Light;
use crate::engine::bits::Bits;
use crate::engine::expr::{Cell, Index, NOT_APPLICABLE};
use crate::engine::inquiry::{Given, Inquiry};
use crate::engine::law::TransferClass;
use crate::engine::model::{Asked, Model, Source, bits};
use crate::engine::search::Outcomes;
use crate::engine::situation::Situation;
use crate::engine::world::World;

/// A question with one of its answers, in bank order.
///
/// `pick` is the position among the values of a lever's variable, or among the options of a question that a change
/// brings up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub place: u16,
    pub pick: u16,
    pub index: Index,
}

/// A change that is open, and the findings that name it, each with the effort it states.
#[derive(Clone, Debug)]
pub(super) struct Lever {
    pub change: Move,
    pub findings: Vec<(usize, u8)>,
}

/// The inquiry as it stands.
#[derive(Debug)]
pub(super) struct Base<'a> {
    pub model: &'a Model,
    pub bank: &'a Bank,
    pub inquiry: &'a Inquiry,
    /// Questions that are put.
    pub put: Bits,
    pub cells: Vec<Cell>,
    /// What the program shows, by rule.
    pub outcomes: Vec<Outcomes>,
    pub best: Light,
    pub worst: Light,
    /// Sorted by change.
    pub levers: Vec<Lever>,
}

impl<'a> Base<'a> {
    /// None where nothing is to be assessed.
    pub fn new(model: &'a Model, bank: &'a Bank, vendor: Option<&Vendor>, inquiry: &'a Inquiry) -> Option<Self> {
        let mut situation = Situation::new(model, inquiry);
        if situation.private() {
            return None;
        }
        let mut world = situation.world();
        let cells = world.cells.clone();
        let put = situation.stops(&cells).filter(|stop| stop.put).map(|stop| stop.slot.0).collect();
        let (outcomes, (best, worst)) = shown(&mut situation, &mut world);
        let mut base = Self { model, bank, inquiry, put, cells, outcomes, best, worst, levers: Vec::new() };
        let findings = bank.findings().chain(vendor.into_iter().flat_map(|vendor| vendor.findings.iter()));
        findings.enumerate().for_each(|(n, finding)| base.collect(n, finding));
        base.levers.sort_unstable_by_key(|lever| lever.change);
        Some(base)
    }

    /// The same without changes of the edition.
    pub fn in_this_edition(mut self) -> Self {
        let edition = self.model.known.edition;
        self.levers.retain(|lever| Some(lever.change.index) != edition);
        self
    }

    fn collect(&mut self, finding: usize, data: &Finding) {
        for lever in &data.levers {
            let Some(change) = self.open(lever) else { continue };
            match self.levers.iter_mut().find(|known| known.change == change) {
                Some(known) => known.findings.push((finding, lever.effort)),
                None => self.levers.push(Lever { change, findings: vec![(finding, lever.effort)] }),
            }
        }
    }

    /// The change, where the inquiry leaves it open.
    fn open(&self, lever: &Data) -> Option<Move> {
        let index = self.model.by_id.get(&lever.variable).copied()?;
        let var = self.model.var(index);
        let Source::Question(asked) = &var.source else { return None };
        let place = asked.position;
        let n = var.values.iter().position(|value| *value == lever.to)?;
        let offered = Some(index) == self.model.known.edition
            || asked.choices.get(n).is_some_and(|choice| choice.offered(self.inquiry.day, self.inquiry.mode));
        let possible = lever.when.as_ref().is_none_or(|when| self.holds(when) == Truth::Yes);
        let already = self.cells[usize::from(index)].is(1 << n.min(62)) == Truth::Yes;
        let change = Move { place, pick: u16::try_from(n).ok()?, index };
        (asked.modes.contains(&self.inquiry.mode) && offered && possible && !already).then_some(change)
    }

    /// A condition of the data as things stand.
    fn holds(&self, condition: &Condition) -> Truth {
        let sure = |yes: bool| if yes { Truth::Yes } else { Truth::No };
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::Yes, |truth, part| truth.and(self.holds(part))),
            Condition::Any(parts) => parts.iter().fold(Truth::No, |truth, part| truth.or(self.holds(part))),
            Condition::Not(part) => !self.holds(part),
            Condition::Is(id, wanted) => match self.model.by_id.get(id).copied() {
                Some(index) => self.cells[usize::from(index)].is(bits(&self.model.var(index).values, wanted)),
                // Of families of variables the model holds only those that some rule asks.
                None => self.family(id).map_or(Truth::No, |yes| {
                    let name = if yes { "yes" } else { "no" };
                    sure(wanted.iter().any(|value| *value == name))
                }),
            },
        }
    }

    fn family(&self, id: &VariableId) -> Option<bool> {
        match id.as_str().split_once('.')? {
            ("law", name) => Some(self.model.law().in_force(name, self.inquiry.day, &self.inquiry.without)),
            ("evidence", name) => Some(self.inquiry.answers.get(name).is_some_and(|given| given.evidence)),
            ("day", day) => day.parse().ok().map(|day: crate::domain::Day| day <= self.inquiry.day),
            _ => None,
        }
    }

    /// The inquiry after some changes, with some of the questions answered that they bring up.
    pub fn after(&self, changes: impl IntoIterator<Item = Move>, then: &[Move]) -> Inquiry {
        let mut inquiry = self.inquiry.clone();
        for change in changes {
            inquiry.answers.insert(self.id(change).clone(), Given::stated(self.after_change(change)));
        }
        for answer in then {
            if let Some(value) = self.answer(*answer) {
                inquiry.answers.insert(self.id(*answer).clone(), Given::stated(value));
            }
        }
        inquiry
    }

    pub fn id(&self, change: Move) -> &'a VariableId {
        &self.model.var(change.index).id
    }

    /// The value after a change.
    pub fn after_change(&self, change: Move) -> Value {
        let var = self.model.var(change.index);
        match var.values.get(usize::from(change.pick)) {
            Some(value) if var.several => Value::Choices(vec![value.clone()]),
            Some(value) => Value::Choice(value.clone()),
            None => Value::Unknown,
        }
    }

    /// The value before a change, where it is known.
    pub fn before_change(&self, change: Move) -> Option<Value> {
        let var = self.model.var(change.index);
        let cell = self.cells[usize::from(change.index)];
        let values = |bits: u64| var.values.iter().enumerate().filter(move |(n, _)| bits & (1 << n.min(&62)) != 0);
        let applies = !cell.is_off() && cell.is(NOT_APPLICABLE) == Truth::No;
        if var.several {
            let all = values(cell.can).map(|(_, value)| value.clone()).collect();
            return (applies && cell.settled()).then_some(Value::Choices(all));
        }
        let (_, value) = values(cell.can).next().filter(|_| applies && cell.settled())?;
        Some(Value::Choice(value.clone()))
    }

    /// The answer to a question that a change brings up.
    pub fn answer(&self, answer: Move) -> Option<Value> {
        self.answers(answer.index).into_iter().nth(usize::from(answer.pick))
    }

    /// The answers that such a question can get, the better ones first; countries by one of each class.
    pub fn answers(&self, index: Index) -> Vec<Value> {
        let var = self.model.var(index);
        let Source::Question(asked) = &var.source else { return Vec::new() };
        if var.countries {
            return TransferClass::ALL.iter().filter_map(|class| self.countries(*class)).collect();
        }
        let mut offered: Vec<(u8, usize)> = (0..var.values.len())
            .filter(|n| self.offered(asked) & (1 << n.min(&62)) != 0)
            .map(|n| (asked.choices.get(n).and_then(|choice| choice.rank).unwrap_or(0), n))
            .collect();
        offered.sort_unstable();
        let choice = |n: usize| var.values.get(n).cloned();
        if !var.several {
            return offered.into_iter().filter_map(|(_, n)| choice(n).map(Value::Choice)).collect();
        }
        let some = |set: u64| offered.iter().enumerate().filter(move |(at, _)| set & (1 << at.min(&62)) != 0);
        (1..1_u64 << offered.len().min(16))
            .map(|set| Value::Choices(some(set).filter_map(|(_, (_, n))| choice(*n)).collect()))
            .collect()
    }

    fn offered(&self, asked: &Asked) -> u64 {
        asked.offered(self.inquiry.day, self.inquiry.mode)
    }

    /// Countries whose strictest class is that one; no country at all is no transfer.
    fn countries(&self, class: TransferClass) -> Option<Value> {
        if class == TransferClass::None {
            return Some(Value::Countries(Vec::new()));
        }
        let mut codes = self.bank.countries.iter().map(|country| country.code);
        let (day, without) = (self.inquiry.day, &self.inquiry.without);
        let found = codes.find(|code| self.model.ruling(*code, day, without).class == class)?;
        Some(Value::Countries(vec![found]))
    }

    /// Whether a question that nobody answers has a say at all, so that an answer to it can be part of a way.
    pub fn counts(&self, index: Index) -> bool {
        let Source::Question(asked) = &self.model.var(index).source else { return false };
        let known = &self.model.known;
        let open_country = !self.model.var(index).countries || Some(index) == known.access;
        let in_scope = self.inquiry.mode == Mode::Interview || asked.modes.contains(&Mode::SelfAssessment);
        in_scope && open_country && !asked.text && !asked.follow_up && Some(index) != known.hosting
    }
}

/// Outcomes and bounds as the program shows them.
fn shown(situation: &mut Situation<'_>, world: &mut World) -> (Vec<Outcomes>, (Light, Light)) {
    let mut ledger = situation.full_ledger(world);
    let mut bounds = situation.bounds(&mut ledger, world);
    if situation.is_stale(&mut ledger, bounds, world) {
        situation.look_at_age(true, true, world);
        situation.second_pass(&mut ledger, world);
        bounds = situation.bounds(&mut ledger, world);
    }
    (ledger.outcomes, bounds)
}
