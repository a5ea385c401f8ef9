//! Why a verdict changed, in words and as JSON.

use serde_json::{Value as Json, json};

use super::picture::{Wording, instrument_name};
use crate::domain::answer::Value;
use crate::domain::id::{CountryCode, InstrumentId};
use crate::domain::question::Question;
use crate::engine::{Cause, Subject, Turn};
use crate::sanitise::sanitise;

/// The parts of a cause that words and JSON share.
struct Parts {
    /// Id in the data.
    id: String,
    /// What kind of thing it is.
    kind: &'static str,
    /// What it is called.
    title: String,
    /// Where it stands.
    reference: String,
}

/// The cause in one line.
#[must_use]
pub fn because_text(wording: Wording<'_>, cause: &Cause) -> String {
    let parts = parts(wording, cause);
    let message = format!("ui-time-{}-{}", parts.kind, turn_id(cause.turn));
    let day = match &cause.subject {
        Subject::Fact { as_of, .. } => wording.words.day(*as_of),
        Subject::Instrument(id) => {
            let found = wording.labels.bank.instrument(id);
            found.map(|found| wording.words.day(found.last_verified)).unwrap_or_default()
        }
        _ => String::new(),
    };
    wording.words.with(&message, &[("title", &parts.title), ("reference", &parts.reference), ("day", &day)])
}

/// The cause as JSON.
#[must_use]
pub fn because_json(wording: Wording<'_>, cause: &Cause) -> Json {
    let parts = parts(wording, cause);
    let mut object = json!({
        "id": parts.id,
        "kind": parts.kind,
        "event": turn_id(cause.turn),
        "title": parts.title,
        "reference": parts.reference,
    });
    match &cause.subject {
        Subject::Instrument(id) => object["instrument"] = json!(id.as_str()),
        Subject::Membership { country, .. } => object["country"] = json!(country.as_str()),
        Subject::Fact { as_of, .. } => object["as_of"] = json!(as_of.to_string()),
        Subject::Choice { choice, .. } => object["choice"] = json!(choice.as_str()),
        Subject::Day(_) | Subject::Authority(_) => {}
    }
    object
}

const fn turn_id(turn: Turn) -> &'static str {
    match turn {
        Turn::Began => "began",
        Turn::Ended => "ended",
        Turn::Volatile => "volatile",
        Turn::Aged => "aged",
    }
}

fn parts(wording: Wording<'_>, cause: &Cause) -> Parts {
    let labels = &wording.labels;
    match &cause.subject {
        Subject::Instrument(id) => Parts {
            id: instrument_name(labels.bank, id),
            kind: "instrument",
            title: wording.instrument(id),
            reference: reference(wording, id, cause.turn),
        },
        Subject::Membership { country, instrument } => membership(wording, *country, instrument.as_ref(), cause.turn),
        Subject::Fact { variable, value, source, .. } => {
            let value = labels.value(variable, value.as_ref().unwrap_or(&Value::Unknown));
            let title = labels.vendor.and_then(|vendor| vendor.source(source)).map_or("", |found| &*found.title);
            Parts {
                id: variable.to_string(),
                kind: "fact",
                title: sanitise(&format!("{}: {value}", labels.variable(variable))).into_owned(),
                reference: sanitise(title).into_owned(),
            }
        }
        Subject::Choice { question, choice } => Parts {
            id: question.to_string(),
            kind: "choice",
            title: sanitise(&format!(
                "{}: {}",
                labels.variable(question),
                labels.value(question, &Value::Choice(choice.clone()))
            ))
            .into_owned(),
            reference: citations(wording, labels.question(question).into_iter()),
        },
        Subject::Day(variable) => {
            let day = variable.as_str().trim_start_matches("day.").parse().ok();
            let title = day.map_or_else(|| variable.to_string(), |day| wording.words.day(day));
            let waits = |question: &&Question| {
                let mut named = false;
                question.when.iter().for_each(|when| when.atoms(&mut |id, _| named |= id == variable));
                named
            };
            let own = labels.vendor.into_iter().flat_map(|vendor| &vendor.questions);
            let questions = labels.bank.questions().map(|(_, question)| question).chain(own).filter(waits);
            let reference = citations(wording, questions);
            Parts { id: variable.to_string(), kind: "date", title, reference }
        }
        Subject::Authority(day) => {
            let found = labels.vendor.into_iter().flat_map(|vendor| &vendor.authority_findings);
            let said: Vec<String> = found
                .filter(|found| found.date == *day)
                .map(|found| {
                    let source = labels.vendor.and_then(|vendor| vendor.source(&found.source));
                    format!("{}: {}", found.authority, source.map_or("", |source| &*source.title))
                })
                .collect();
            let tool = labels.vendor.map_or("", |vendor| &*vendor.name);
            let reference = sanitise(&said.join("; ")).into_owned();
            Parts { id: "authority_findings".into(), kind: "authority", title: tool.into(), reference }
        }
    }
}

/// What some questions are about, each with the law that it rests on.
fn citations<'q>(wording: Wording<'_>, questions: impl Iterator<Item = &'q Question>) -> String {
    let labels = &wording.labels;
    let one = |question: &Question| {
        let citations = question.references.iter().filter_map(|id| labels.bank.reference(id));
        let citations: Vec<&str> = citations.map(|found| found.citation.get(labels.language)).collect();
        format!("{}: {}", labels.variable(&question.id), citations.join(", "))
    };
    sanitise(&questions.map(one).collect::<Vec<_>>().join("; ")).into_owned()
}

/// What ended it, why it may fall, or its citation.
fn reference(wording: Wording<'_>, id: &InstrumentId, turn: Turn) -> String {
    let Some(found) = wording.labels.bank.instrument(id) else { return String::new() };
    let text = match (turn, &found.ended_by, &found.volatile) {
        (Turn::Ended, Some(ended_by), _) => ended_by,
        (Turn::Volatile, _, Some(volatile)) => &volatile.reason,
        _ => &found.citation,
    };
    sanitise(text.get(wording.labels.language)).into_owned()
}

fn membership(wording: Wording<'_>, country: CountryCode, instrument: Option<&InstrumentId>, turn: Turn) -> Parts {
    let bank = wording.labels.bank;
    let name = bank
        .country(country)
        .map_or_else(|| country.to_string(), |found| found.name.get(wording.labels.language).to_owned());
    let reference = instrument.map(|id| reference(wording, id, turn));
    Parts {
        id: instrument.map_or_else(|| country.to_string(), |id| instrument_name(bank, id)),
        kind: "membership",
        title: sanitise(&name).into_owned(),
        reference: reference.unwrap_or_default(),
    }
}
