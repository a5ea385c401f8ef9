//! Random sessions: any text, any value, any unknown part.

use std::collections::BTreeSet;

use freigabe::domain::Day;
use freigabe::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use freigabe::domain::finding::Level;
use freigabe::domain::id::{ChoiceId, CountryCode, FindingId, VariableId, VendorId};
use freigabe::domain::moment::Moment;
use freigabe::domain::verdict::{Light, Verdict};
use freigabe::session::away::Retired;
use freigabe::session::condition::State;
use freigabe::session::file;
use freigabe::session::pinned::{Asked, QuestionSet};
use freigabe::session::signoff::{
    Decision, DecisionKind, Heard, Opinion, OpinionKind, Review, Revocation, Seal, Trigger,
};
use freigabe::session::{
    Answer, Condition, ConditionId, Confirmed, Departure, Evidence, FollowUp, HandedOver, Rest, Session, SessionId,
};

/// A small deterministic generator, so that a failure can be repeated by its seed.
pub struct Dice(u64);

impl Dice {
    /// The dice of one of many rounds.
    pub fn of_round(round: u64) -> Self {
        Self(round.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())].clone()
    }

    /// Text of any characters, most often none or plain ones.
    fn text(&mut self) -> String {
        if self.one_in(3) {
            return String::new();
        }
        let odd: Vec<char> =
            "\"\\\n\r\t'#/*()[]{}:,\u{0}\u{1b}\u{9b}\u{202e}\u{200b}\u{feff}\u{e0041}\u{ad}".chars().collect();
        let length = self.roll(24);
        let any = |dice: &mut Self| char::from_u32(u32::try_from(dice.roll(0x11_0000)).unwrap()).unwrap_or('ü');
        (0..length)
            .map(|_| match self.roll(8) {
                0 => self.pick(&odd),
                1 => any(self),
                _ => char::from(b'a' + u8::try_from(self.roll(26)).unwrap()),
            })
            .collect()
    }

    fn id(&mut self) -> String {
        format!("{}_{}", self.pick(&["edition", "dpa_signed", "content", "x", "frage"]), self.roll(40))
    }

    fn variable(&mut self) -> VariableId {
        VariableId::try_from(self.id().as_str()).unwrap()
    }

    fn finding(&mut self) -> FindingId {
        FindingId::try_from(self.id().replace('_', "-").as_str()).unwrap()
    }

    fn day(&mut self) -> Option<Day> {
        let text = format!("{}-{:02}-{:02}", 2015 + self.roll(20), 1 + self.roll(12), 1 + self.roll(28));
        (!self.one_in(3)).then(|| text.parse().unwrap())
    }

    fn value(&mut self) -> Value {
        let choice = |dice: &mut Self| ChoiceId::try_from(format!("c{}", dice.roll(9)).as_str()).unwrap();
        let country = |dice: &mut Self| CountryCode::try_from(dice.pick(&["DE", "US", "IN", "CH"])).unwrap();
        match self.roll(6) {
            0 => Value::Unknown,
            1 => Value::Text(self.text()),
            2 => Value::Choices((0..self.roll(5)).map(|_| choice(self)).collect()),
            3 => Value::Country(country(self)),
            4 => Value::Countries((0..self.roll(5)).map(|_| country(self)).collect()),
            _ => Value::Choice(choice(self)),
        }
    }

    /// A part that no version of this program knows.
    fn raw(&mut self, depth: usize) -> String {
        match self.roll(if depth > 3 { 5 } else { 9 }) {
            0 => format!("{}", self.roll(1000)),
            1 => "-0x1f".to_owned(),
            2 => format!("Unit{}", self.roll(9)),
            3 => quoted(&self.text()),
            4 => "r#\"a \"quoted\" \\ text\"#".to_owned(),
            5 => format!("Some({})", self.raw(depth + 1)),
            6 => format!("[{}, /* between */ {}]", self.raw(depth + 1), self.raw(depth + 1)),
            7 => format!("(a: {}, b: {}, )", self.raw(depth + 1), self.raw(depth + 1)),
            _ => format!("{{ {}: {} }}", quoted(&self.text()), self.raw(depth + 1)),
        }
    }

    fn rest(&mut self) -> Rest {
        let mut names = BTreeSet::new();
        let some = if self.one_in(4) { self.roll(4) } else { 0 };
        names.extend((0..some).map(|_| format!("x_{}", self.roll(50))));
        Rest(names.into_iter().map(|name| (name, self.raw(0))).collect())
    }

    fn hash(&mut self) -> String {
        (0..64).map(|_| char::from_digit(u32::try_from(self.roll(16)).unwrap(), 16).unwrap()).collect()
    }

    /// The questions that a session was answered with.
    fn questions(&mut self) -> QuestionSet {
        QuestionSet {
            id: self.text(),
            version: self.text(),
            hash: self.hash(),
            all: (0..self.roll(9)).map(|_| self.id()).collect(),
            wordings: (0..self.roll(4)).map(|_| (self.hash(), self.text())).collect(),
            accepted: (0..self.roll(3)).map(|_| (self.hash(), self.hash())).collect(),
            rest: self.rest(),
        }
    }

    /// Changes and takes back, so that there is a history.
    fn past(&mut self, session: &mut Session) {
        for n in 0..self.roll(8) {
            let at = Moment::parse(&format!("2026-11-23T13:05:{n:02}Z")).unwrap();
            let (question, answer, note) = (self.variable(), self.answer(), self.text());
            match self.roll(9) {
                6 => session.hand_over(at, "2026-11-23".parse().unwrap(), &note),
                7 => drop(session.take_over(at)),
                8 => drop(session.confirm(at, "2026-11-24".parse().unwrap(), &question)),
                0 => {
                    session.undo(at);
                }
                1 => {
                    session.redo(at);
                }
                2 => session.skip(at, &question),
                3 => {
                    session.clear(at, &question);
                }
                4 => {
                    session.change(at, &question, |one| one.note = note);
                }
                _ => {
                    session.change(at, &question, |one| *one = answer);
                }
            }
        }
    }

    fn answer(&mut self) -> Answer {
        let foreign_value = self.one_in(8).then(|| format!("Scale({})", self.raw(0)));
        let value = if foreign_value.is_some() { Value::Unknown } else { self.value() };
        Answer {
            value,
            note: self.text(),
            remark: self.text(),
            evidence: self.documents(),
            by: self.text(),
            on: self.day(),
            pending: self.one_in(5),
            follow_up: self.one_in(4).then(|| self.follow_up()),
            catalogue_confirmed: self.one_in(4),
            self_assessed: self.one_in(4),
            confirmed: self.one_in(4).then(|| Confirmed { on: self.day(), by: self.text(), rest: self.rest() }),
            foreign_value,
            asked: self.one_in(3).then(|| Asked { question: self.hash(), wording: self.hash() }),
            rest: self.rest(),
        }
    }

    fn documents(&mut self) -> Vec<Evidence> {
        let one =
            |dice: &mut Self| Evidence { title: dice.text(), date: dice.day(), place: dice.text(), rest: dice.rest() };
        (0..self.roll(3)).map(|_| one(self)).collect()
    }

    fn follow_up(&mut self) -> FollowUp {
        FollowUp {
            owner: self.text(),
            due: self.day(),
            question: self.text(),
            reply: self.text(),
            closed: self.day(),
            rest: self.rest(),
        }
    }

    fn condition(&mut self) -> Condition {
        Condition {
            action: self.text(),
            change: self.one_in(2).then(|| (self.variable(), self.value())),
            owner: self.text(),
            due: self.day(),
            state: self.pick(&[State::Open, State::Fulfilled, State::Accepted]),
            reason: self.text(),
            by: self.text(),
            on: self.day(),
            until: self.day(),
            rest: self.rest(),
        }
    }

    /// Opinion, decision and what belongs to them.
    fn sign_off(&mut self, session: &mut Session) {
        let opinions = OpinionKind::ALL.map(Some);
        session.opinion = self.one_in(2).then(|| Opinion {
            kind: self.pick(&opinions),
            by: self.text(),
            on: self.day(),
            text: self.text(),
            rest: self.rest(),
        });
        let decisions = [DecisionKind::ALL.map(Some).as_slice(), &[None]].concat();
        session.decision = self.one_in(2).then(|| Decision {
            kind: self.pick(&decisions),
            by: self.text(),
            authority: self.text(),
            on: self.day(),
            reason: self.text(),
            scope: self.text(),
            valid_until: self.day(),
            rest: self.rest(),
        });
        session.revocation = self.one_in(4).then(|| Revocation {
            by: self.text(),
            on: self.day(),
            reason: self.text(),
            rest: self.rest(),
        });
        session.review = self.one_in(2).then(|| Review {
            due: self.day(),
            every: self.one_in(2).then(|| u16::try_from(self.roll(48)).unwrap()),
            triggers: (0..self.roll(3)).map(|_| self.pick(&Trigger::ALL).id().to_owned()).collect(),
            rest: self.rest(),
        });
        session.heard = (0..self.roll(3))
            .map(|_| Heard { who: self.text(), on: self.day(), note: self.text(), rest: self.rest() })
            .collect();
        session.seals = (1..=self.roll(3)).map(|n| self.seal(u32::try_from(n).unwrap())).collect();
    }

    fn seal(&mut self, revision: u32) -> Seal {
        let lights = [None, Some(Light::Green), Some(Light::Yellow), Some(Light::Red)];
        let verdicts = [None, Some(Verdict::Open), Some(Verdict::Green), Some(Verdict::Yellow), Some(Verdict::Red)];
        Seal {
            revision,
            on: self.day(),
            by: self.text(),
            verdict: self.pick(&verdicts),
            best: self.pick(&lights),
            worst: self.pick(&lights),
            content: self.hash(),
            record: self.hash(),
            before_use: (0..self.roll(3)).map(|_| self.finding()).collect(),
            rest: self.rest(),
        }
    }

    /// A whole session.
    pub fn session(&mut self) -> Session {
        let id = SessionId::parse(&format!("session-{}", self.roll(1000))).unwrap();
        let vendor = VendorId::try_from(self.pick(&["zoom", "other", "jitsi", "not-in-the-catalogue"])).unwrap();
        let mode = self.pick(&[Mode::SelfAssessment, Mode::Interview]);
        let mut session = Session::new(id, mode, vendor, "2026-11-23".parse().unwrap());
        (session.as_of, session.created) = (self.day(), self.day());
        let subject = &mut session.subject;
        subject.organisation = self.pick(&Organisation::ALL);
        subject.jurisdiction = self.pick(&Jurisdiction::ALL);
        let texts = [
            &mut subject.title,
            &mut subject.controller,
            &mut subject.team,
            &mut subject.purpose,
            &mut subject.interviewer,
            &mut subject.file_number,
        ];
        for text in texts {
            *text = self.text();
        }
        subject.respondents = (0..self.roll(3)).map(|_| self.text()).collect();
        subject.documents = self.documents();
        subject.rest = self.rest();
        session.handed_over = self.one_in(3).then(|| HandedOver { on: self.day(), by: self.text(), rest: self.rest() });
        session.answers = (0..self.roll(12)).map(|_| (self.variable(), self.answer())).collect();
        session.conditions = (0..self.roll(4))
            .map(|n| {
                let id =
                    if n == 0 { ConditionId::Question(self.variable()) } else { ConditionId::Finding(self.finding()) };
                (id, self.condition())
            })
            .collect();
        let levels = [None, Some(Level::Red), Some(Level::Yellow), Some(Level::Advice), Some(Level::Good)];
        session.departures = (0..self.roll(3))
            .map(|_| {
                let (level, reason) = (self.pick(&levels), self.text());
                (self.finding(), Departure { level, reason, by: self.text(), on: self.day(), rest: self.rest() })
            })
            .collect();
        for map in ["answers", "conditions", "departures"] {
            if self.one_in(6) {
                session.foreign_entries.push((format!("{map}.No id {}", self.text()), self.raw(0)));
            }
        }
        session.rest = self.rest();
        self.sign_off(&mut session);
        session.copied_from = self.one_in(4).then(|| SessionId::parse(&self.id()).unwrap());
        session.archived = self.day().filter(|_| self.one_in(3));
        session.retired = self.one_in(4).then(|| Retired { on: self.day(), note: self.text(), rest: self.rest() });
        session.questions = self.one_in(2).then(|| self.questions());
        if self.one_in(2) {
            self.past(&mut session);
        }
        session
    }
}

/// A text as it stands in a file, without anything hidden in it.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if freigabe::sanitise::is_hidden(c) => format!("\\u{{{:x}}}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// The session of a round.
pub fn session(round: u64) -> freigabe::session::Session {
    Dice::of_round(round).session()
}

/// read(write(x)) = x, and the second text is the first one. Returns the length of the text.
pub fn round_trip(round: u64) -> usize {
    let session = session(round);
    let text = file::write(&session);
    let other = SessionId::parse("another").unwrap();
    let again = file::read(&text, &other).unwrap_or_else(|fault| panic!("round {round}: {fault:?}\n{text}"));
    assert_eq!(again, session, "round {round}\n{text}");
    assert_eq!(file::write(&again), text, "round {round}");
    text.len()
}
