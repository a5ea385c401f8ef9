//! What one saved assessment holds.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::Day;
use crate::domain::answer::{Jurisdiction, Mode, Organisation, Value};
use crate::domain::id::{EditionId, FindingId, VariableId, VendorId};
use crate::domain::vendor::Vendor;
use crate::engine::{Given, Inquiry};
use crate::session::away::Retired;
use crate::session::condition::{Condition, ConditionId, Departure};
use crate::session::handover::{Confirmed, HandedOver};
use crate::session::history::History;
use crate::session::pinned::{Asked, QuestionSet};
use crate::session::signoff::{Decision, Heard, Opinion, Review, Revocation, Seal};

/// Identity of a session: 26 characters of Crockford's base 32 (a ULID), so that ids sort by time of creation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(String);

impl SessionId {
    /// Accepts 1 to 64 letters, digits, `-` and `_`, so that an id is always a safe folder name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fine = !text.is_empty()
            && text.len() <= 64
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        fine.then(|| Self(text.to_owned()))
    }

    /// An id of digits and capitals; anything else becomes `0`.
    pub(super) fn of_digits(digits: &[u8; 26]) -> Self {
        Self(digits.iter().map(|byte| if byte.is_ascii_alphanumeric() { char::from(*byte) } else { '0' }).collect())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Fields of a record that this version does not know: name and text as they stood in the file. They are written back
/// unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest(pub Vec<(String, String)>);

impl Rest {
    /// The names of the fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// A document that proves an answer, or that was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What it is ("DPA v7").
    pub title: String,
    /// Its date.
    pub date: Option<Day>,
    /// Where it lies.
    pub place: String,
    /// Unknown fields.
    pub rest: Rest,
}

/// Something that somebody still has to find out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowUp {
    /// Who asks or answers (a function, not a name).
    pub owner: String,
    /// Until when.
    pub due: Option<Day>,
    /// What was asked back; empty: the question itself.
    pub question: String,
    /// What came back.
    pub reply: String,
    /// When it was closed; none: it is open.
    pub closed: Option<Day>,
    /// Unknown fields.
    pub rest: Rest,
}

impl FollowUp {
    /// Whether somebody still has to find out.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

/// One answer with everything that was said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The value.
    pub value: Value,
    /// Free note.
    pub note: String,
    /// What the officer notes privately: nobody else reads it, on no shared screen and in no paper.
    pub remark: String,
    /// Documents that prove it.
    pub evidence: Vec<Evidence>,
    /// Who said so (a function, not a name).
    pub by: String,
    /// Day on which it was given.
    pub on: Option<Day>,
    /// Nobody has answered yet; the record holds a note, evidence or a follow-up only.
    pub pending: bool,
    /// What is still to be found out.
    pub follow_up: Option<FollowUp>,
    /// The person confirmed the catalogue's value by Enter; it is no statement of the team.
    pub catalogue_confirmed: bool,
    /// It was given in a self-assessment, and nobody has asked again since.
    pub self_assessed: bool,
    /// The officer has confirmed it.
    pub confirmed: Option<Confirmed>,
    /// With which question, in which words, it was given.
    pub asked: Option<Asked>,
    /// A value of a kind that this version does not know, as it stood in the file. It counts as `Unknown` and is written
    /// back for as long as nobody answers anew.
    pub foreign_value: Option<String>,
    /// Unknown fields.
    pub rest: Rest,
}

impl Answer {
    /// Somebody who checked alone has given it, and the officer has neither confirmed it nor asked again.
    #[must_use]
    pub const fn is_only_said(&self) -> bool {
        self.self_assessed && self.confirmed.is_none()
    }

    /// A bare answer.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self {
            value,
            note: String::new(),
            remark: String::new(),
            evidence: Vec::new(),
            by: String::new(),
            on: None,
            pending: false,
            follow_up: None,
            catalogue_confirmed: false,
            self_assessed: false,
            confirmed: None,
            asked: None,
            foreign_value: None,
            rest: Rest(Vec::new()),
        }
    }
}

/// The header: asked once and stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// What the assessment is called in lists.
    pub title: String,
    /// The body responsible (an external DPO's client).
    pub controller: String,
    /// Kind of that body.
    pub organisation: Organisation,
    /// Country whose law beside the GDPR is cited.
    pub jurisdiction: Jurisdiction,
    /// The team that wants to use the tool.
    pub team: String,
    /// What for, in one sentence.
    pub purpose: String,
    /// The number of the file at the body responsible.
    pub file_number: String,
    /// Who leads the interview.
    pub interviewer: String,
    /// Who answers (functions, not names).
    pub respondents: Vec<String>,
    /// Documents that were seen.
    pub documents: Vec<Evidence>,
    /// Unknown fields.
    pub rest: Rest,
}

/// One saved assessment. Only answers are stored; what is visible, open or decided is computed anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Which questions are asked.
    pub mode: Mode,
    /// The tool; `other` for one that the catalogue does not know.
    pub vendor: VendorId,
    /// The day for which law and facts are taken; none: the day of looking.
    pub as_of: Option<Day>,
    /// Day on which the session was begun.
    pub created: Option<Day>,
    /// Header.
    pub subject: Subject,
    /// Who checked alone has given it to the officer.
    pub handed_over: Option<HandedOver>,
    /// Answers by question, `edition` and `tool_name` included.
    pub answers: BTreeMap<VariableId, Answer>,
    /// Conditions by what asks for them.
    pub conditions: BTreeMap<ConditionId, Condition>,
    /// Where the officer departs from the engine, by finding.
    pub departures: BTreeMap<FindingId, Departure>,
    /// The questions that it was answered with; none: it does not tell.
    pub questions: Option<QuestionSet>,
    /// Others who were heard.
    pub heard: Vec<Heard>,
    /// The opinion of the data protection officer.
    pub opinion: Option<Opinion>,
    /// The decision of the controller.
    pub decision: Option<Decision>,
    /// The decision was taken back.
    pub revocation: Option<Revocation>,
    /// When it is looked at again.
    pub review: Option<Review>,
    /// Seals, the oldest first.
    pub seals: Vec<Seal>,
    /// The session whose answers were taken along, to be confirmed.
    pub copied_from: Option<SessionId>,
    /// When it was put away.
    pub archived: Option<Day>,
    /// The tool is not used any more.
    pub retired: Option<Retired>,
    /// What was changed, when, by whom and why.
    pub history: History,
    /// Entries of the maps whose key this version cannot read: path and text.
    pub foreign_entries: Vec<(String, String)>,
    /// Unknown fields.
    pub rest: Rest,
}

impl Session {
    /// An empty session.
    #[must_use]
    pub fn new(id: SessionId, mode: Mode, vendor: VendorId, created: Day) -> Self {
        Self {
            id,
            mode,
            vendor,
            as_of: Some(created),
            created: Some(created),
            subject: Subject::default(),
            handed_over: None,
            answers: BTreeMap::new(),
            conditions: BTreeMap::new(),
            departures: BTreeMap::new(),
            questions: None,
            heard: Vec::new(),
            opinion: None,
            decision: None,
            revocation: None,
            review: None,
            seals: Vec::new(),
            copied_from: None,
            archived: None,
            retired: None,
            history: History::default(),
            foreign_entries: Vec::new(),
            rest: Rest::default(),
        }
    }

    /// The answer to a question, if somebody has given one.
    #[must_use]
    pub fn answered(&self, id: &VariableId) -> Option<&Answer> {
        self.answers.get(id).filter(|answer| !answer.pending)
    }

    /// The name of a tool outside the catalogue, where one was given.
    #[must_use]
    pub fn tool_name(&self) -> Option<&str> {
        match self.answers.get("tool_name").map(|answer| &answer.value) {
            Some(Value::Text(name)) if !name.trim().is_empty() => Some(name.trim()),
            _ => None,
        }
    }

    /// The edition in use: the only one that the tool has, else the one that was answered.
    #[must_use]
    pub fn edition(&self, vendor: Option<&Vendor>) -> Option<EditionId> {
        match vendor.map(|vendor| vendor.editions.as_slice()) {
            Some([only]) => Some(only.id.clone()),
            _ => match self.answers.get("edition").map(|answer| &answer.value) {
                Some(Value::Choice(choice)) => EditionId::try_from(choice.as_str()).ok(),
                _ => None,
            },
        }
    }

    /// What the engine judges. `day` is the day asked for on the command line, if any; else the session's own, else `today`.
    #[must_use]
    pub fn inquiry(&self, day: Option<Day>, today: Day) -> Inquiry {
        let own = self.as_of.unwrap_or(today);
        Inquiry {
            mode: self.mode,
            day: day.unwrap_or(own),
            answered: own,
            organisation: self.subject.organisation,
            jurisdiction: self.subject.jurisdiction,
            answers: self
                .answers
                .iter()
                .filter(|(_, answer)| !answer.pending)
                .map(|(id, answer)| {
                    let given = Given { value: answer.value.distinct(), evidence: !answer.evidence.is_empty() };
                    (id.clone(), given)
                })
                .collect(),
            without: Vec::new(),
        }
    }
}
