//! One walk through the self-assessment, and the laws of the verdict at its ends.
//!
//! A walk answers every question that is put with one answer of each class. At its end every question is varied once
//! more, all others held: a *line* of inquiries that differ in one answer. On a line a worse rank never improves, and
//! "I don't know" is neither better than the best answer nor blind to a red that all answers have. The walk changes one
//! answer at a time ([`Variations`]); at every hundredth end the verdict is computed from scratch as well, and the
//! answers are given in the opposite order.

use std::collections::{BTreeSet, HashMap};

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::question::Question;
use freigabe::domain::verdict::Light;
use freigabe::engine::{Given, Inquiry, Model, Origin, Slot, Standing, Variations, assess, judge};

use super::basis::Basis;
use super::classes::{Class, asked, classes};
use super::common::{choice, day, id, knowledge};
use super::laws::{Job, Report};

/// One end in so many is judged from scratch as well.
const FROM_SCRATCH: u64 = 100;

static DONT_KNOW: Given = Given { value: Value::Unknown, evidence: false };

/// A question at which the walk stops.
struct Point {
    slot: Slot,
    name: &'static str,
    classes: Vec<Class>,
}

/// The verdict where everything is answered.
#[derive(Clone, Copy)]
struct End {
    lights: (Light, Light),
    /// No age plays a part in it.
    fresh: bool,
}

struct Walk<'a> {
    job: &'a Job,
    model: &'a Model,
    inquiry: &'a Inquiry,
    points: &'a [Point],
    /// Number of the point by slot.
    by_slot: Vec<Option<usize>>,
    basis: Basis,
    /// Only some ends are looked at.
    thin: bool,
    dice: u64,
    /// The answer at each point, while it has one.
    at: Vec<Option<usize>>,
    /// The points answered so far, in order.
    path: Vec<usize>,
    /// The ends, by their answers.
    ends: HashMap<u128, End>,
    /// Whether "I don't know" leaves a question open; else the catalogue speaks. It does not depend on other answers.
    open: Vec<Option<bool>>,
    varied: Variations<'a>,
    report: Report,
}

/// Walks a vendor-day.
pub fn walk(job: &Job, some: Option<u64>) -> Report {
    let model = Model::compile(knowledge().bank(), job.vendor);
    let inquiry = Inquiry::new(Mode::SelfAssessment, day(job.on));
    let varied = Variations::new(&model, &inquiry);
    let point = |question: &'static Question| {
        let classes = classes(question, job.vendor, inquiry.day);
        Some(Point { slot: varied.slot(&question.id)?, name: question.id.as_str(), classes })
    };
    let points: Vec<Point> = asked().filter_map(point).collect();
    let mut walk = Walk::new(job, &model, &inquiry, &points, varied);
    walk.thin = some.is_some();
    let edition = job.edition.as_ref().filter(|_| job.vendor.is_some_and(|vendor| vendor.editions.len() > 1));
    let edition = edition.and_then(|edition| walk.find("edition", edition.as_str()));
    if let Some((point, n)) = edition {
        walk.go(point, n);
    }
    for role in ["host", "guest"] {
        let (point, n) = walk.find("role", role).unwrap();
        walk.go(point, n);
        if let Some(ends) = some {
            for _ in 0..ends {
                walk.step(1, &mut |walk: &mut Walk<'_>, weight| {
                    walk.judge(weight);
                    walk.compare(weight);
                });
            }
        } else {
            walk.step(1, &mut Walk::judge);
            walk.step(1, &mut Walk::compare);
        }
        walk.ends.clear();
        walk.back();
    }
    walk.report.stands_for *= u128::try_from(job.stands_for).unwrap();
    walk.report
}

impl<'a> Walk<'a> {
    fn new(job: &'a Job, model: &'a Model, inquiry: &'a Inquiry, points: &'a [Point], varied: Variations<'a>) -> Self {
        let mut by_slot: Vec<Option<usize>> = Vec::new();
        for (n, point) in points.iter().enumerate() {
            by_slot.resize(by_slot.len().max(point.slot.number() + 1), None);
            by_slot[point.slot.number()] = Some(n);
        }
        let names: Vec<&str> = points.iter().map(|point| point.name).collect();
        Self {
            job,
            model,
            inquiry,
            points,
            by_slot,
            basis: Basis::new(&names, job.vendor, job.edition.as_ref(), inquiry.day),
            thin: false,
            dice: 0x5eed_0f1a_55e5_0001,
            at: vec![None; points.len()],
            path: Vec::new(),
            ends: HashMap::new(),
            open: vec![None; points.len()],
            varied,
            report: Report { vendor_days: job.stands_for, walks: 1, ..Report::default() },
        }
    }

    fn find(&self, question: &str, value: &str) -> Option<(usize, usize)> {
        let point = self.points.iter().position(|point| point.name == question)?;
        let n = self.points[point].classes.iter().position(|class| class.given.value == choice(value))?;
        Some((point, n))
    }

    /// Answers a question.
    fn go(&mut self, point: usize, n: usize) {
        self.varied.answer(self.points[point].slot, Some(&self.points[point].classes[n].given));
        self.at[point] = Some(n);
        self.path.push(point);
    }

    /// Takes the last answer back.
    fn back(&mut self) {
        let point = self.path.pop().unwrap();
        self.at[point] = None;
        self.varied.answer(self.points[point].slot, None);
    }

    /// The next question that is put and not answered.
    fn next(&self) -> Option<usize> {
        let put = self.varied.stops().filter(|stop| stop.put && !stop.follow_up);
        let mut points = put.filter_map(|stop| self.by_slot.get(stop.slot.number()).copied().flatten());
        points.find(|point| self.at[*point].is_none())
    }

    /// Walks on and calls `end` wherever everything is answered, with the number of combinations that it stands for.
    fn step(&mut self, weight: u128, end: &mut impl FnMut(&mut Self, u128)) {
        let Some(point) = self.next() else { return end(self, weight) };
        let classes = &self.points[point].classes;
        let some = if self.thin {
            let n = self.roll(classes.len());
            n..n + 1
        } else {
            0..classes.len()
        };
        for n in some {
            self.go(point, n);
            self.step(weight * classes[n].weight, end);
            self.back();
        }
    }

    fn roll(&mut self, below: usize) -> usize {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        usize::try_from(self.dice % u64::try_from(below).unwrap()).unwrap()
    }

    /// What holds of an end by itself.
    fn judge(&mut self, weight: u128) {
        self.report.classes += 1;
        self.report.stands_for += weight;
        let Some((best, worst)) = self.varied.judge() else { return self.fault("no verdict") };
        if best != worst {
            self.fault(&format!("everything is answered, yet {best:?}..{worst:?}"));
        }
        if best == Light::Green {
            let answered = |n: usize| self.at[n].map(|class| &self.points[n].classes[class]);
            if let Some(what) = self.basis.objects_to_green(answered) {
                self.fault(what);
            }
        }
        let end = End { lights: (best, worst), fresh: !self.varied.stale() };
        self.ends.insert(self.key(), end);
        if self.report.classes.is_multiple_of(FROM_SCRATCH) {
            self.judge_afresh(end.lights);
        }
    }

    /// What holds of an end beside others.
    fn compare(&mut self, _: u128) {
        let role = self.points.iter().position(|point| point.name == "role");
        let key = self.key();
        for n in 0..self.path.len() {
            let point = self.path[n];
            if Some(point) != role && !self.told_elsewhere(point, key) {
                self.line(point, key);
            }
        }
    }

    /// The answers, five bits a question.
    fn key(&self) -> u128 {
        let digits = self.path.iter().map(|point| u128::try_from(self.at[*point].unwrap() + 1).unwrap() << (5 * point));
        digits.fold(0, |key, digit| key | digit)
    }

    /// The answers with another one to a question.
    fn key_with(key: u128, point: usize, n: usize) -> u128 {
        key & !(0b1_1111 << (5 * point)) | u128::try_from(n + 1).unwrap() << (5 * point)
    }

    /// Whether the line through this end is looked at where the question has its first answer and all else is the same.
    fn told_elsewhere(&self, point: usize, key: u128) -> bool {
        let first = || self.ends.contains_key(&Self::key_with(key, point, 0));
        !self.thin && self.at[point] != Some(0) && (self.points[point].name == "edition" || first())
    }

    /// All answers to one question, all others held.
    fn line(&mut self, point: usize, key: u128) {
        let points = self.points;
        let Point { slot, name, classes } = &points[point];
        let mut lights: Vec<(Light, Light)> = Vec::with_capacity(classes.len());
        let mut fresh = true;
        self.report.lines += 1;
        for (n, class) in classes.iter().enumerate() {
            let end = self.ends.get(&Self::key_with(key, point, n)).copied();
            let end = end.or_else(|| self.judge_with(*slot, &class.given));
            match end {
                None => self.fault(&format!("`{name}` {:?}: no verdict", class.given.value)),
                Some(End { lights: (best, worst), .. }) if best > worst => {
                    self.fault(&format!("`{name}` {:?}: {best:?} at best, {worst:?} at worst", class.given.value));
                }
                Some(end) => {
                    fresh &= end.fresh;
                    lights.push(end.lights);
                }
            }
        }
        if lights.len() == classes.len() {
            self.neighbours(point, &lights);
            if self.leaves_open(point) {
                self.unknown(point, &lights, fresh);
            }
        }
    }

    fn judge_with(&mut self, slot: Slot, given: &'a Given) -> Option<End> {
        let lights = self.varied.judge_with(slot, Some(given))?;
        Some(End { lights, fresh: !self.varied.stale() })
    }

    /// Whether "I don't know" is an open question here.
    fn leaves_open(&mut self, point: usize) -> bool {
        let Point { slot, name, .. } = self.points[point];
        // Countries that nobody knows are none: `eu_or_not` stands for them.
        *self.open[point].get_or_insert_with(|| {
            let before = self.varied.answer(slot, Some(&DONT_KNOW));
            let standing = self.varied.standing(slot);
            self.varied.answer(slot, before);
            name != "hosting_country" && standing == Some(Standing::DontKnow)
        })
    }

    /// An answer of worse rank never improves best or worst.
    fn neighbours(&mut self, point: usize, lights: &[(Light, Light)]) {
        let Point { name, classes, .. } = &self.points[point];
        let mut ranked: Vec<(u8, usize)> =
            classes.iter().enumerate().filter_map(|(n, class)| Some((class.rank?, n))).collect();
        ranked.sort_unstable();
        for (n, (rank, better)) in ranked.iter().enumerate() {
            for (_, worse) in ranked[n + 1..].iter().filter(|(other, _)| other > rank) {
                self.report.neighbours += 1;
                let (a, b) = (lights[*better], lights[*worse]);
                if b.0 < a.0 || b.1 < a.1 {
                    let values = (&classes[*better].given.value, &classes[*worse].given.value);
                    self.fault(&format!("a worse answer improves: `{name}` {values:?}: {a:?} → {b:?}"));
                }
            }
        }
    }

    /// "I don't know" is never better than the best answer, hides no red, and is exactly the range of the answers where
    /// no age plays a part (age is computed once for the whole, not for each completion).
    fn unknown(&mut self, point: usize, lights: &[(Light, Light)], fresh: bool) {
        let Point { slot, name, .. } = &self.points[point];
        let Some(end) = self.judge_with(*slot, &DONT_KNOW) else {
            return self.fault(&format!("`{name}` unknown: no verdict"));
        };
        let (range, fresh) = (end.lights, fresh && end.fresh);
        self.report.unknowns += 1;
        self.report.exact += u64::from(fresh);
        let best = lights.iter().map(|light| light.0).min().unwrap();
        let worst = lights.iter().map(|light| light.1).max().unwrap();
        if range.0 < best || range.0 > range.1 {
            self.fault(&format!("`{name}` unknown gives {range:?}, better than its answers {lights:?}"));
        }
        if fresh && range != (best, worst) {
            self.fault(&format!("`{name}` unknown gives {range:?}, its answers {best:?}..{worst:?}"));
        }
    }

    /// The same without any of what the walk keeps, in another order, and with proofs.
    fn judge_afresh(&mut self, lights: (Light, Light)) {
        self.report.from_scratch += 1;
        let mut inquiry = self.inquiry.clone();
        let mut turned = Variations::new(self.model, self.inquiry);
        for point in self.path.iter().rev().map(|point| (*point, &self.points[*point])) {
            let given = &point.1.classes[self.at[point.0].unwrap()].given;
            inquiry.answers.insert(id(point.1.name), given.clone());
            turned.answer(point.1.slot, Some(given));
        }
        let found = assess(self.model, &inquiry);
        let others = [judge(self.model, &inquiry), turned.judge(), Some((found.best, found.worst))];
        if others != [Some(lights); 3] {
            self.fault(&format!("{lights:?}, from scratch, turned round and with proofs {others:?}"));
        }
        let sourced = |origin: &Origin| match origin {
            Origin::Fact { source, .. } => self.job.vendor.is_some_and(|vendor| vendor.source(source).is_some()),
            _ => true,
        };
        let known: BTreeSet<_> = knowledge().bank().findings().map(|finding| &finding.id).collect();
        let own = |fired: &freigabe::engine::Fired| {
            self.job.vendor.is_some_and(|vendor| vendor.findings.iter().any(|finding| finding.id == fired.id))
        };
        let loose = found.findings.iter().find(|fired| {
            !(known.contains(&fired.id) || own(fired)) || !fired.because.iter().all(|entry| sourced(&entry.origin))
        });
        if let Some(loose) = loose {
            self.fault(&format!("`{}` has no source", loose.id));
        }
    }

    fn fault(&mut self, what: &str) {
        if self.report.faults.len() < 20 {
            let value = |point: &usize| {
                let Point { name, classes, .. } = &self.points[*point];
                format!("{name}={:?}", self.at[*point].map(|n| &classes[n].given.value))
            };
            let answers: Vec<String> = self.path.iter().map(value).collect();
            let tool = self.job.vendor.map_or("other", |vendor| vendor.id.as_str());
            let edition = self.job.edition.as_ref().map_or("-", |edition| edition.as_str());
            self.report.faults.push(format!("{tool}/{edition} {}: {what}\n    {}", self.job.on, answers.join(" ")));
        }
    }
}
