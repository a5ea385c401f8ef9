//! Random answers, and the timeline compared with every single day.

use std::fmt::Write as _;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::condition::Truth;
use freigabe::domain::finding::Level;
use freigabe::domain::id::{FindingId, InstrumentId};
use freigabe::domain::question::Kind;
use freigabe::engine::{
    Cause, Given, Inquiry, Model, Origin, Picture, Subject, Turn, assess, horizon, picture, timeline,
};

use super::common::{choice, choices, countries, day, knowledge};

/// A small deterministic generator, so that a failure can be repeated by its seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

const COUNTRIES: [&str; 12] = ["DE", "US", "US", "US", "GB", "CH", "IN", "KR", "BR", "CA", "NO", "JP"];
const ANSWERED: [&str; 6] = ["2015-09-01", "2019-06-01", "2020-03-31", "2021-09-30", "2023-09-01", "2026-11-23"];

/// Answers to most questions of the bank, asked or not; one in `gaps` is missing.
pub fn random(dice: &mut Dice, vendor: &str, gaps: usize) -> Inquiry {
    let mode = if dice.roll(3) == 0 { Mode::SelfAssessment } else { Mode::Interview };
    let mut inquiry = Inquiry::new(mode, day(ANSWERED[dice.roll(ANSWERED.len())]));
    for (_, question) in knowledge().bank().questions() {
        if dice.roll(gaps) == 0 {
            continue;
        }
        let value = match &question.kind {
            _ if dice.roll(12) == 0 => Value::Unknown,
            Kind::Choice(_) if question.id == "role" => choice(["host", "host", "host", "guest"][dice.roll(4)]),
            Kind::Choice(_) if question.id == "edition" => {
                let Some(vendor) = knowledge().vendor(&vendor.try_into().unwrap()) else { continue };
                choice(vendor.editions[dice.roll(vendor.editions.len())].id.as_str())
            }
            // Better answers come more often, so that what law and catalogue say shows through.
            Kind::Choice(list) => {
                let best = list.iter().min_by_key(|choice| choice.rank.unwrap_or(0)).unwrap();
                let any = &list[dice.roll(list.len())];
                choice((if dice.roll(3) == 0 { any } else { best }).id.as_str())
            }
            Kind::Choices(list) => choices(&[list[dice.roll(list.len())].id.as_str()]),
            Kind::Countries if question.may_be_empty && dice.roll(2) == 0 => countries(&[]),
            Kind::Countries => {
                let (a, b) = (COUNTRIES[dice.roll(COUNTRIES.len())], COUNTRIES[dice.roll(COUNTRIES.len())]);
                if dice.roll(3) == 0 && a != b { countries(&[a, b]) } else { countries(&[a]) }
            }
            Kind::Text => Value::Text("x".into()),
        };
        // Half of the time the catalogue speaks about the tool.
        if question.about == freigabe::domain::question::About::Tool && question.id != "edition" && dice.roll(2) == 0 {
            continue;
        }
        inquiry.answers.insert(question.id.clone(), Given { value, evidence: dice.roll(5) == 0 });
    }
    inquiry
}

/// What a comparison with the single days covered.
#[derive(Default, Debug)]
pub struct Compared {
    pub sessions: usize,
    pub days: usize,
    pub segments: usize,
    pub causes: usize,
    pub begun: usize,
    pub ended: usize,
    pub faults: Vec<String>,
}

/// Compares the timeline with every `stride`-th day of 2015 to 2027, and each cause with its own counterfactual.
pub fn compare(vendor: &str, model: &Model, inquiry: &Inquiry, stride: usize, report: &mut Compared) {
    let (from, until) = (day("2015-01-01"), horizon(model).max(day("2027-12-31")));
    let segments = timeline(model, inquiry, from, until);
    let mut fault = |text: String| {
        if report.faults.len() < 20 {
            let mut said = String::new();
            inquiry.answers.iter().for_each(|(id, given)| write!(said, " {id}={:?}", given.value).unwrap());
            report.faults.push(format!("{vendor} {:?} answered {}: {text}\n   {said}", inquiry.mode, inquiry.answered));
        }
    };
    report.sessions += 1;
    report.segments += segments.len();
    if segments.first().map(|one| one.from) != Some(from) || segments.last().map(|one| one.until) != Some(until) {
        fault("the ends are missing".into());
    }
    for pair in segments.windows(2) {
        if pair[0].until.tomorrow().unwrap() != pair[1].from || pair[0].picture == pair[1].picture {
            fault(format!("two segments do not meet or are one at {}", pair[1].from));
        }
        if pair[1].because.is_empty() {
            fault(format!("no cause on {}", pair[1].from));
        }
    }
    let mut today = Inquiry { day: from, ..inquiry.clone() };
    let mut n = 0;
    while today.day <= day("2027-12-31") {
        let segment = segments.iter().find(|one| one.from <= today.day && today.day <= one.until).unwrap();
        if n % stride == 0 || segment.from == today.day || segment.until == today.day {
            report.days += 1;
            if picture(model, &today).as_ref() != Some(&segment.picture) {
                fault(format!("{}: {:?}\n    not {:?}", today.day, picture(model, &today), segment.picture));
            }
        }
        if segment.from == today.day && !same_as_assessed(model, &today, &segment.picture) {
            fault(format!("{}: not what the assessment says", today.day));
        }
        today.day = today.day.tomorrow().unwrap();
        n += 1;
    }
    for pair in segments.windows(2) {
        report.causes += pair[1].because.len();
        today.day = pair[1].from;
        for cause in &pair[1].because {
            let Cause { subject: Subject::Instrument(id), turn: Turn::Began } = cause else { continue };
            let without = vec![id.clone()];
            if picture(model, &Inquiry { without, ..today.clone() }).as_ref() == Some(&pair[1].picture) {
                fault(format!("{}: without `{id}` it would be the same", today.day));
            }
        }
        if let [Cause { subject: Subject::Instrument(id), turn }] = &pair[1].because[..] {
            let proven = match turn {
                Turn::Began => {
                    report.begun += 1;
                    let without = vec![id.clone()];
                    picture(model, &Inquiry { without, ..today.clone() }).as_ref() == Some(&pair[0].picture)
                }
                Turn::Ended => {
                    report.ended += 1;
                    let yesterday = Inquiry { day: pair[0].until, ..today.clone() };
                    let open = pair[0].picture.basis.class.is_none();
                    open || pair[0].picture.basis.instruments.contains(id) || in_a_proof(model, &yesterday, id)
                }
                Turn::Volatile | Turn::Aged => true,
            };
            if !proven {
                fault(format!("{}: `{id}` {turn:?} explains nothing", today.day));
            }
        }
    }
}

fn same_as_assessed(model: &Model, inquiry: &Inquiry, picture: &Picture) -> bool {
    let got = assess(model, inquiry);
    let coloured: Vec<(FindingId, Level, Truth)> = got
        .findings
        .iter()
        .filter(|one| one.level.colours())
        .map(|one| (one.id.clone(), one.level, one.truth))
        .collect();
    let seen: Vec<_> = picture.findings.iter().map(|one| (one.id.clone(), one.level, one.truth)).collect();
    (got.verdict, got.best, got.worst, coloured) == (picture.verdict, picture.best, picture.worst, seen)
}

fn in_a_proof(model: &Model, inquiry: &Inquiry, id: &InstrumentId) -> bool {
    let assessed = assess(model, inquiry);
    let mut entries = assessed.findings.iter().flat_map(|fired| &fired.because);
    entries.any(|entry| matches!(&entry.origin, Origin::Law { instrument } if instrument == id))
}

/// `per_vendor` sessions for every catalogue entry and for another tool.
pub fn run(per_vendor: usize, stride: usize) -> Compared {
    let mut report = Compared::default();
    let mut dice = Dice(0x5eed_0000_7173_e11e);
    let mut names = super::common::vendors();
    names.push("other".into());
    for name in &names {
        let model = super::common::model(name);
        for n in 0..per_vendor {
            let inquiry = random(&mut dice, name, [12, 40, 6][n % 3]);
            compare(name, &model, &inquiry, stride, &mut report);
        }
    }
    report
}
