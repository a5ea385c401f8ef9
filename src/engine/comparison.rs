//! The same team's answers against every tool and edition of the catalogue.
//!
//! What the team said about itself is kept. What it said about its tool is left out: about another tool the catalogue
//! speaks, and where it is silent the data say what the team would do with any tool (it would sign the contract that the
//! vendor offers). Every such assumption stands in the row. What nobody knows stays open. Where the team has been asked about
//! a tool in a session of its own, its answers are taken instead, and nothing is assumed.

use super::expr::Index;
use super::inquiry::{Given, Inquiry};
use super::model::{Asked, Model, Source};
use super::picture::{Coloured, Picture};
use super::settle::Settled;
use super::situation::Situation;
use super::traits::{Traits, traits};
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{ChoiceId, EditionId, VariableId, VendorId};
use crate::domain::question::About;
use crate::domain::verdict::Verdict;

/// A catalogue entry that takes part.
#[derive(Clone, Copy, Debug)]
pub struct Entrant<'a> {
    /// Its id.
    pub vendor: &'a VendorId,
    /// Its name, for the order.
    pub name: &'a str,
    /// Bank and entry, compiled; its editions are those of the model.
    pub model: &'a Model,
    /// What the team has said about this very tool; none: nobody has asked.
    pub own: Option<&'a Inquiry>,
}

/// Something that the team would do with any tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// The question.
    pub question: VariableId,
    /// The answer that is assumed.
    pub choice: ChoiceId,
}

/// A tool in one of its editions, judged with the answers of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The catalogue entry.
    pub vendor: VendorId,
    /// Its edition.
    pub edition: EditionId,
    /// Light, coloured findings and basis of the transfer.
    pub picture: Picture,
    /// What was assumed, in bank order.
    pub assumptions: Vec<Assumed>,
    /// What people look for.
    pub traits: Traits,
    /// The team has been asked about this tool in this edition, so nothing was assumed.
    pub answered: bool,
}

/// All entries and editions, the best first: by verdict (green, yellow, open, red), then by the worst light still
/// possible, then by the number of findings, then by name. Empty where nothing is to be assessed.
#[must_use]
pub fn comparison<'a>(entrants: impl IntoIterator<Item = Entrant<'a>>, inquiry: &Inquiry) -> Vec<Row> {
    let mut rows: Vec<(String, usize, Row)> = Vec::new();
    for entrant in entrants {
        let mut team = team(entrant.model, inquiry);
        for n in 0..entrant.model.editions.len() {
            rows.extend(row(entrant, &mut team, n).map(|row| (entrant.name.to_lowercase(), n, row)));
        }
    }
    rows.sort_by_cached_key(|(name, edition, row)| (standing(&row.picture), name.clone(), *edition));
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// The inquiry with what the team said about itself.
fn team(model: &Model, inquiry: &Inquiry) -> Inquiry {
    let of_team = |id: &VariableId| {
        let index = model.by_id.get(id);
        index.and_then(|index| asked(model, *index)).is_some_and(|asked| asked.about != About::Tool)
    };
    Inquiry {
        mode: inquiry.mode,
        day: inquiry.day,
        // Nothing that was said about a listing is kept, so the day of the answers has no say.
        answered: inquiry.day,
        organisation: inquiry.organisation,
        jurisdiction: inquiry.jurisdiction,
        answers: inquiry
            .answers
            .iter()
            .filter(|(id, _)| of_team(id))
            .map(|(id, given)| (id.clone(), given.clone()))
            .collect(),
        without: inquiry.without.clone(),
    }
}

fn asked(model: &Model, index: Index) -> Option<&Asked> {
    match &model.var(index).source {
        Source::Question(asked) => Some(asked),
        _ => None,
    }
}

fn row(entrant: Entrant<'_>, team: &mut Inquiry, n: usize) -> Option<Row> {
    let model = entrant.model;
    let edition = model.editions.get(n)?;
    if let Some(id) = model.known.edition.filter(|_| model.editions.len() > 1).map(|index| &model.var(index).id) {
        let choice = ChoiceId::try_from(edition.as_str()).ok()?;
        team.answers.insert(id.clone(), Given::stated(Value::Choice(choice)));
    }
    if let Some(own) = entrant.own.filter(|own| is_about(model, own, edition)) {
        return answered(entrant, own, team, n);
    }
    let assumed = assumptions(model, team);
    for one in &assumed {
        team.answers.insert(one.question.clone(), Given::stated(Value::Choice(one.choice.clone())));
    }
    let mut situation = Situation::new(model, team);
    let judged = (!situation.private()).then(|| {
        let mut world = situation.world();
        let counts = |one: &Assumed| {
            let index = model.by_id.get(&one.question);
            index.is_some_and(|index| !world.cells[usize::from(*index)].is_off())
        };
        let used = assumed.iter().filter(|one| counts(one)).cloned().collect();
        let settled = Settled::of(&situation, &mut world);
        (situation.picture(&settled, &mut world), used)
    });
    for one in &assumed {
        team.answers.remove(&one.question);
    }
    let (picture, assumptions) = judged?;
    let traits = traits(model, n, team.day, &team.without);
    let (vendor, edition) = (entrant.vendor.clone(), edition.clone());
    Some(Row { vendor, edition, picture, assumptions, traits, answered: false })
}

/// Whether what was said about a tool was said about this edition.
fn is_about(model: &Model, own: &Inquiry, edition: &EditionId) -> bool {
    let question = model.known.edition.filter(|_| model.editions.len() > 1).map(|index| &model.var(index).id);
    let said = |id: &VariableId| own.answers.get(id).map(|given| &given.value);
    question.is_none_or(|id| matches!(said(id), Some(Value::Choice(one)) if *one.as_str() == *edition.as_str()))
}

/// The row of a tool about which the team has been asked.
fn answered(entrant: Entrant<'_>, own: &Inquiry, team: &Inquiry, n: usize) -> Option<Row> {
    let inquiry = Inquiry { answered: own.answered, answers: own.answers.clone(), ..team.clone() };
    let mut situation = Situation::new(entrant.model, &inquiry);
    if situation.private() {
        return None;
    }
    let mut world = situation.world();
    let settled = Settled::of(&situation, &mut world);
    Some(Row {
        vendor: entrant.vendor.clone(),
        edition: entrant.model.editions.get(n)?.clone(),
        picture: situation.picture(&settled, &mut world),
        assumptions: Vec::new(),
        traits: traits(entrant.model, n, inquiry.day, &inquiry.without),
        answered: true,
    })
}

/// What is assumed about questions that may be asked and that the catalogue does not answer.
fn assumptions(model: &Model, team: &Inquiry) -> Vec<Assumed> {
    let situation = Situation::new(model, team);
    let cells = situation.world().cells;
    let assume = |index: Index| {
        let asked = asked(model, index)?;
        let at = usize::from(index);
        if asked.assumed.is_empty() || cells[at].is_off() || situation.speaking_fact(index).is_some() {
            return None;
        }
        let (bit, _) = asked.assumed.iter().find(|(_, when)| when.eval(&cells) == Truth::Yes)?;
        let choice = asked.choices.get(bit.trailing_zeros() as usize)?;
        let given = choice.offered(team.day, team.mode) && asked.modes.contains(&team.mode);
        given.then(|| Assumed { question: model.var(index).id.clone(), choice: choice.id.clone() })
    };
    model.bank_order.iter().filter_map(|index| assume(*index)).collect()
}

/// The place in the order of tools; less is better.
fn standing(picture: &Picture) -> (u8, u8, usize, usize) {
    let verdict = match picture.verdict {
        Verdict::Green => 0,
        Verdict::Yellow => 1,
        Verdict::Open => 2,
        Verdict::Red => 3,
    };
    let count = |level: Level| picture.findings.iter().filter(|Coloured { level: own, .. }| *own == level).count();
    (verdict, picture.worst as u8, count(Level::Red), count(Level::Yellow))
}
