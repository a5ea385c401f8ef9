//! A verdict in words, for screen and paper alike.

mod agreed;
mod changed;
mod fill;
mod finding;
mod foreign;
mod headline;
mod proof;
mod scope;
mod seal;

use super::label::Labels;
use crate::domain::Day;
use crate::domain::finding::Level;
use crate::domain::id::{FindingId, VariableId};
use crate::domain::verdict::Light;
use crate::engine::{Assessment, Inquiry, Model};
use crate::i18n::Words;
use crate::session::Session;

pub use changed::changed;
pub use foreign::foreign_value;
pub use proof::{ProofLine, lines as proof_lines};

/// A finding in words.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// Its id.
    pub id: FindingId,
    /// Its level.
    pub level: Level,
    /// It may fire only.
    pub possible: bool,
    /// Headline.
    pub title: String,
    /// What to do, in one sentence.
    pub step: String,
    /// Field of law and time, in a few words.
    pub tag: String,
    /// Label and text of each part: reason, action, consequence, law, proof.
    pub parts: Vec<(String, Vec<String>)>,
    /// Has to be met before the tool is used.
    pub before_use: bool,
    /// What was agreed on it: owner, day, state; whether it is still open.
    pub condition: Option<(String, bool)>,
    /// The officer's own level, with reason and name.
    pub departure: Option<String>,
}

/// A verdict in words.
#[derive(Clone, Debug)]
pub struct VerdictView {
    /// The lights that are still possible; best and worst.
    pub lights: Option<(Light, Light)>,
    /// The headline.
    pub headline: String,
    /// The line below it.
    pub sub: String,
    /// What the officer makes of it, where that differs: best and worst, in words.
    pub departed: Option<String>,
    /// What a seal says on the day, and whether all is well with it; none: it was never sealed.
    pub sealed: Option<(String, bool)>,
    /// What to do first, or what still decides.
    pub first: Vec<String>,
    /// The findings, gravest first.
    pub findings: Vec<FindingView>,
    /// The questions that decide.
    pub deciding: Vec<VariableId>,
    /// Questions answered with "I don't know" for which the catalogue speaks instead, with what it says.
    pub from_catalogue: Vec<String>,
    /// What the officer still checks.
    pub left_to_dpo: Vec<String>,
    /// Follow-ups that nobody answered.
    pub not_checked: Vec<String>,
    /// What stands in the file and means nothing to this version; it counts for nothing.
    pub not_understood: Vec<String>,
    /// What the verdict covers, and the state of law and facts.
    pub scope: Vec<String>,
    /// Facts and references that it rests on.
    pub sources: Vec<(String, Vec<String>)>,
}

/// What a view is made from.
#[derive(Debug)]
pub struct Viewed<'a> {
    /// Words of bank and catalogue.
    pub labels: Labels<'a>,
    /// Words of the program.
    pub words: &'a Words,
    /// The session.
    pub session: &'a Session,
    /// The rules for its tool.
    pub model: &'a Model,
    /// What was judged, and on which day.
    pub inquiry: &'a Inquiry,
    /// What came out.
    pub assessment: &'a Assessment,
}

impl Viewed<'_> {
    /// The verdict in words.
    #[must_use]
    pub fn view(&self) -> VerdictView {
        let mut findings: Vec<FindingView> =
            self.assessment.findings.iter().filter_map(|fired| self.finding(fired)).collect();
        findings.sort_by_key(|found| {
            let open = found.possible && found.level.colours();
            (!found.level.colours(), open, std::cmp::Reverse(found.level), found.possible, !found.before_use)
        });
        let (headline, sub) = self.headline(&findings);
        VerdictView {
            lights: (!self.assessment.out_of_scope).then_some((self.assessment.best, self.assessment.worst)),
            headline,
            sub,
            departed: self.departed(),
            sealed: self.seal_line(),
            first: self.first(&findings),
            deciding: self.assessment.deciding.clone(),
            from_catalogue: self.instead_of_answers(),
            left_to_dpo: self.assessment.left_to_dpo.iter().filter_map(|id| self.title(id)).collect(),
            not_checked: self.assessment.not_checked.iter().map(|id| self.labels.variable(id)).collect(),
            not_understood: self.foreign(),
            scope: self.scope(),
            sources: self.sources(),
            findings,
        }
    }

    fn title(&self, id: &FindingId) -> Option<String> {
        self.labels.finding(id).map(|finding| self.fill(&finding.title, &[]))
    }

    fn day(&self) -> Day {
        self.inquiry.day
    }
}
