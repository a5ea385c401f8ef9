//! What the register keeps of a session.

use serde::{Deserialize, Serialize};

use super::judge::Kept;
use super::packed::Packed;
use super::signed::{Signed, stage_of};
use crate::domain::Day;
use crate::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use crate::domain::day::optional;
use crate::engine::Inquiry;
use crate::session::condition::State;
use crate::session::model::Session;
use crate::session::signoff::DecisionKind;
use crate::session::state::Stage;
use crate::session::store::{Copy, StoreError};

/// By what a file is taken for the one that was read: whoever changes it changes one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last written: nanoseconds since 1970.
    pub written: i64,
    /// When anything about it last changed, and its number in the file system; zero where the system has none.
    pub changed: (i64, u64),
}

/// Something that somebody still has to find out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The question.
    pub question: String,
    /// Who has to answer.
    pub owner: String,
    /// Until when.
    #[serde(with = "optional")]
    pub due: Option<Day>,
}

/// A condition that was agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What it answers.
    pub id: String,
    /// Who meets it.
    pub owner: String,
    /// Until when.
    #[serde(with = "optional")]
    pub due: Option<Day>,
    /// It is open, whatever the day.
    pub open: bool,
    /// It is accepted until then, and open afterwards.
    #[serde(with = "optional")]
    pub until: Option<Day>,
}

impl Agreed {
    /// See [`crate::session::Condition::is_open`].
    #[must_use]
    pub fn is_open(&self, day: Day) -> bool {
        self.open || self.until.is_some_and(|until| until < day)
    }
}

/// A session, as far as the register needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The name of its folder.
    pub name: String,
    /// The file that was read.
    pub stamp: Stamp,
    /// Its id.
    pub id: String,
    /// The tool.
    pub vendor: String,
    /// The name of a tool outside the catalogue.
    pub tool_name: Option<String>,
    /// The edition that was answered.
    pub edition: Option<String>,
    /// Which questions are asked.
    pub mode: Mode,
    /// Kind of the responsible body.
    pub organisation: Organisation,
    /// Country whose law is cited.
    pub jurisdiction: Jurisdiction,
    /// The day for which law and facts were taken.
    #[serde(with = "optional")]
    pub as_of: Option<Day>,
    /// When it was begun.
    #[serde(with = "optional")]
    pub created: Option<Day>,
    /// What it is called.
    pub title: String,
    /// The body responsible.
    pub controller: String,
    /// The team.
    pub team: String,
    /// What for.
    pub purpose: String,
    /// All who answered for the team.
    pub owner: String,
    /// What somebody still has to find out.
    pub pending: Vec<Pending>,
    /// The conditions.
    pub agreed: Vec<Agreed>,
    /// The answers.
    pub answers: Packed,
    /// Opinion, decision, seal.
    pub signed: Signed,
    /// When it was put away.
    #[serde(with = "optional")]
    pub archived: Option<Day>,
    /// The tool is not used any more.
    pub is_retired: bool,
    /// Since when.
    #[serde(with = "optional")]
    pub retired: Option<Day>,
    /// What became of contract and data then.
    pub retired_note: String,
    /// The verdict on its own day, once somebody has judged it.
    pub then: Option<Kept>,
    /// The verdict of the day on which somebody last looked.
    pub now: Option<Kept>,
}

impl Entry {
    /// What the register keeps of a session in a folder.
    #[must_use]
    pub fn of(name: &str, stamp: Stamp, session: &Session) -> Self {
        let subject = &session.subject;
        let pending = session.answers.iter().filter_map(|(id, answer)| {
            let asked = answer.follow_up.as_ref().filter(|asked| asked.is_open())?;
            Some(Pending { question: id.to_string(), owner: asked.owner.clone(), due: asked.due })
        });
        let agreed = session.conditions.iter().map(|(id, condition)| Agreed {
            id: id.to_string(),
            owner: condition.owner.clone(),
            due: condition.due,
            open: condition.state == State::Open,
            until: condition.until.filter(|_| condition.state == State::Accepted),
        });
        let edition = match session.answers.get("edition").map(|answer| &answer.value) {
            Some(Value::Choice(choice)) => Some(choice.to_string()),
            _ => None,
        };
        Self {
            name: name.to_owned(),
            stamp,
            id: session.id.to_string(),
            vendor: session.vendor.to_string(),
            tool_name: session.tool_name().map(str::to_owned),
            edition,
            mode: session.mode,
            organisation: subject.organisation,
            jurisdiction: subject.jurisdiction,
            as_of: session.as_of,
            created: session.created,
            title: subject.title.clone(),
            controller: subject.controller.clone(),
            team: subject.team.clone(),
            purpose: subject.purpose.clone(),
            owner: named(&subject.respondents),
            pending: pending.collect(),
            agreed: agreed.collect(),
            answers: Packed::of(&session.answers),
            signed: Signed::of(session),
            archived: session.archived,
            is_retired: session.retired.is_some(),
            retired: session.retired.as_ref().and_then(|one| one.on),
            retired_note: session.retired.as_ref().map(|one| one.note.clone()).unwrap_or_default(),
            then: None,
            now: None,
        }
    }

    /// What the engine judges on a day. See [`Session::inquiry`].
    #[must_use]
    pub fn inquiry(&self, day: Day, today: Day) -> Inquiry {
        Inquiry {
            mode: self.mode,
            day,
            answered: self.as_of.unwrap_or(today),
            organisation: self.organisation,
            jurisdiction: self.jurisdiction,
            answers: self.answers.given(),
            without: Vec::new(),
        }
    }

    /// Whether the tool may be used on a day: granted under a seal, in force, neither put away nor given up.
    #[must_use]
    pub fn clears(&self, day: Day) -> bool {
        let in_force = matches!(stage_of(self, day), Stage::Signed | Stage::Due);
        let granted = self.signed.kind().is_some_and(DecisionKind::grants);
        in_force && granted && self.archived.is_none() && !self.is_retired
    }

    /// Last day of the clearance.
    #[must_use]
    pub fn valid_until(&self) -> Option<Day> {
        self.signed.decision.as_ref().and_then(|decision| decision.valid_until)
    }

    /// It stands beside another session.
    #[must_use]
    pub fn copy(&self) -> Option<Copy> {
        Copy::of_folder(self.name.as_ref())
    }
}

/// Several functions as one text.
fn named(all: &[String]) -> String {
    let all: Vec<&str> = all.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
    all.join("; ")
}

/// A session that cannot be read.
#[derive(Debug)]
pub struct Unread {
    /// The name of its folder.
    pub name: String,
    /// Why.
    pub fault: StoreError,
}
