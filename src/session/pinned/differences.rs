//! How the questions of a session differ from the present ones.

use super::{Present, QuestionSet, hash_of};
use crate::domain::id::{ChoiceId, VariableId};
use crate::domain::question::Question;
use crate::session::model::{Answer, Session};

/// An answered question that has become another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The question.
    pub question: VariableId,
    /// The words that the person read; none: they were not kept.
    pub before: Option<String>,
    /// Choices that were given as the answer and that the question no longer has.
    pub lost: Vec<ChoiceId>,
    /// The hash at the answer, and the present one; empty: the question is gone.
    hashes: (String, String),
}

impl Changed {
    /// The question is not asked any more.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        self.hashes.1.is_empty()
    }
}

/// How the questions of a session differ from the present ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Answered questions that have become others, or are gone. While there are any the session is only looked at.
    pub answered: Vec<Changed>,
    /// Questions that there were not.
    pub new: Vec<VariableId>,
    /// The questions are not quite the same.
    pub any: bool,
}

impl Differences {
    /// Compares a session with the present questions. `find` knows them. A session that does not tell its questions, or
    /// was not answered yet, differs in nothing.
    #[must_use]
    pub fn of<'q>(session: &Session, present: &Present, find: impl Fn(&VariableId) -> Option<&'q Question>) -> Self {
        let Some(set) = session.questions.as_ref().filter(|set| !set.hash.is_empty() && set.hash != present.hash)
        else {
            return Self::default();
        };
        let changed = |(id, answer)| changed(set, id, answer, find(id));
        let answered = session.answers.iter().filter(|(_, answer)| !answer.pending).filter_map(changed).collect();
        let new = present.all.difference(&set.all).filter_map(|id| VariableId::try_from(id.as_str()).ok()).collect();
        Self { answered, new, any: true }
    }
}

fn changed(set: &QuestionSet, id: &VariableId, answer: &Answer, question: Option<&Question>) -> Option<Changed> {
    let asked = answer.asked.as_ref()?;
    let hashes = (asked.question.clone(), question.map(hash_of).unwrap_or_default());
    if hashes.0 == hashes.1 || set.accepted.contains(&hashes) {
        return None;
    }
    let choices = question.map(|question| question.kind.choices()).unwrap_or_default();
    let kept = |id: &&ChoiceId| choices.is_empty() || choices.iter().any(|choice| choice.id == **id);
    let lost = answer.value.choices().unwrap_or_default().iter().filter(|id| !kept(id)).cloned().collect();
    Some(Changed { question: id.clone(), before: set.wording(asked).map(str::to_owned), lost, hashes })
}

impl Session {
    /// Goes on with the present questions: the answers still hold, as a person has said, and the history says so.
    pub fn go_on_with(&mut self, at: crate::session::history::Stamp, present: &Present, differences: &Differences) {
        let set = self.questions.get_or_insert_default();
        set.accepted.extend(differences.answered.iter().map(|changed| changed.hashes.clone()));
        if set.renew(present) {
            self.tell_questions(at);
        }
    }
}
