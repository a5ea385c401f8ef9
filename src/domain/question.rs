//! Questions, the variables they fill, and the sections that hold them.

use serde::{Deserialize, Serialize};

use super::Day;
use super::answer::Mode;
use super::condition::Condition;
use super::finding::Finding;
use super::id::{ChoiceId, ReferenceId, SectionId, VariableId};
use super::later::Later;
use super::string::Str;
use super::text::Text;

/// One answer that a question offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id; files and scripts use it.
    pub id: ChoiceId,
    /// Wording in the interview.
    pub text: Text,
    /// Wording in the self-assessment, where it differs.
    #[serde(default)]
    pub plain: Option<Text>,
    /// A line of explanation below the choice.
    #[serde(default)]
    pub hint: Option<Text>,
    /// 0 is best; a higher rank never makes a verdict better. None: neither better nor worse.
    #[serde(default)]
    pub rank: Option<u8>,
    /// First day on which the choice exists.
    #[serde(default, with = "crate::domain::day::optional")]
    pub from: Option<Day>,
    /// Last day on which the choice exists.
    #[serde(default, with = "crate::domain::day::optional")]
    pub until: Option<Day>,
    /// Modes that offer the choice; empty: all.
    #[serde(default)]
    pub modes: Vec<Mode>,
    /// Only the catalogue may say it; people are never offered it.
    #[serde(default)]
    pub fact_only: bool,
}

impl Choice {
    /// Whether a person is offered this choice on that day in that mode.
    #[must_use]
    pub fn offered(&self, day: Day, mode: Mode) -> bool {
        !self.fact_only && offered((self.from, self.until), &self.modes, day, mode)
    }
}

/// Whether something with a first and a last day, in some modes (none: in all), is there on that day in that mode.
#[must_use]
pub fn offered((from, until): (Option<Day>, Option<Day>), modes: &[Mode], day: Day, mode: Mode) -> bool {
    from.is_none_or(|from| from <= day)
        && until.is_none_or(|until| day <= until)
        && (modes.is_empty() || modes.contains(&mode))
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One of the choices. The question `edition` has no choices of its own: they are the editions of the entry.
    Choice(Vec<Choice>),
    /// Any number of the choices, at least one.
    Choices(Vec<Choice>),
    /// Any number of countries.
    Countries,
    /// Free text. No rule reads it.
    Text,
}

impl Kind {
    /// The choices; empty for countries and text.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => choices,
            Self::Countries | Self::Text => &[],
        }
    }
}

/// What the answer to a question is about: it decides whether the answer still counts when the same team looks at
/// another tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// The team: what it does and needs with any tool.
    #[default]
    Team,
    /// The tool, or a document that exists for this one tool only.
    Tool,
    /// What the team has done for this one tool: a comparison assumes that it would do the same for any other, and
    /// where the team really takes another one it is asked again.
    Use,
}

/// One screen of the interview. "I don't know" is always allowed and stands in no list of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The variable that the answer fills.
    pub id: VariableId,
    /// How it is answered.
    pub kind: Kind,
    /// Modes in which it is asked.
    pub modes: Vec<Mode>,
    /// What the answer is about.
    #[serde(default)]
    pub about: About,
    /// For a comparison of tools: what the team would do with any tool, and under which condition; the first that holds
    /// counts. Only a question about the tool has any.
    #[serde(default)]
    pub assumed: Vec<(ChoiceId, Condition)>,
    /// In the self-assessment put only where the catalogue has no fact.
    #[serde(default)]
    pub only_without_fact: bool,
    /// Value that counts like a fact while nobody has answered.
    #[serde(default)]
    pub default: Option<ChoiceId>,
    /// Roles to which the question applies; empty: the host alone.
    #[serde(default)]
    pub roles: Vec<ChoiceId>,
    /// Countries only: an empty list is an answer ("no others").
    #[serde(default)]
    pub may_be_empty: bool,
    /// Goes beyond what every verdict needs, so it never keeps one open: unanswered and without a fact its findings are
    /// off, and it is listed as not checked.
    #[serde(default)]
    pub further: bool,
    /// Condition to be asked at all; none: always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// A few words that name it in lists and proofs; none: its wording.
    #[serde(default)]
    pub label: Option<Text>,
    /// Wording in the interview.
    pub text: Text,
    /// Wording in the self-assessment, where it differs.
    #[serde(default)]
    pub plain: Option<Text>,
    /// Why it is asked, in plain words.
    pub why: Text,
    /// What helps to answer it: where to look, what counts.
    #[serde(default)]
    pub help: Option<Text>,
    /// Standing remarks, shown in the interview.
    #[serde(default)]
    pub notes: Vec<Text>,
    /// Legal references.
    #[serde(default)]
    pub references: Vec<ReferenceId>,
    /// Items of the DSK checklist of 2020-11-11 that the question covers.
    #[serde(default)]
    pub dsk: Vec<Str>,
}

impl Question {
    /// The wording for a mode.
    #[must_use]
    pub fn wording(&self, mode: Mode) -> &Text {
        match (mode, &self.plain) {
            (Mode::SelfAssessment, Some(plain)) => plain,
            _ => &self.text,
        }
    }
}

/// The kind of values that a catalogue-only or derived variable holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VariableKind {
    /// A finite list of values.
    #[default]
    Values,
    /// Countries.
    Countries,
}

/// A value of a variable that no question asks, with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// The value.
    pub id: ChoiceId,
    /// What a person reads.
    pub text: Text,
}

/// A variable that no question asks: a catalogue fact or a derived value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its id.
    pub id: VariableId,
    /// What a person reads.
    pub text: Text,
    /// Whether it can hold several values at once.
    #[serde(default)]
    pub multiple: bool,
    /// Whether the engine computes it; else the catalogue fills it.
    #[serde(default)]
    pub derived: bool,
    /// What it holds.
    #[serde(default)]
    pub kind: VariableKind,
    /// Its values.
    #[serde(default)]
    pub values: Vec<Labelled>,
}

/// One file of the question bank: questions and the findings they lead to, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id.
    pub id: SectionId,
    /// Heading.
    pub title: Text,
    /// Place of the section in the self-assessment; the interview follows the order of the files.
    pub self_position: u16,
    /// Variables that no question asks.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// The questions, in order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The findings they lead to.
    #[serde(default)]
    pub findings: Later<Vec<Finding>>,
}
