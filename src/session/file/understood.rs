//! What of a file this version does not understand and keeps all the same.

use std::collections::BTreeSet;

use crate::domain::answer::Value;
use crate::domain::bank::Bank;
use crate::domain::id::{ChoiceId, VariableId};
use crate::domain::question::{Kind, Question};
use crate::domain::vendor::Vendor;
use crate::session::model::{Rest, Session};

/// The places of everything that is kept without being understood: unknown fields, questions, choices and kinds of value.
/// Such an answer counts as "I don't know".
#[must_use]
pub fn not_understood(session: &Session, bank: &Bank, vendor: Option<&Vendor>) -> Vec<String> {
    let mut found: Vec<String> = session.foreign_entries.iter().map(|(path, _)| path.clone()).collect();
    let mut add = |place: &str, rest: &Rest| {
        let dot = if place.is_empty() { "" } else { "." };
        found.extend(rest.names().map(|name| format!("{place}{dot}{name}")));
    };
    add("", &session.rest);
    add("subject", &session.subject.rest);
    for (n, document) in session.subject.documents.iter().enumerate() {
        add(&format!("subject.documents.{n}"), &document.rest);
    }
    if let Some(handed_over) = &session.handed_over {
        add("handed_over", &handed_over.rest);
    }
    if let Some(questions) = &session.questions {
        add("questions", &questions.rest);
    }
    for (id, answer) in &session.answers {
        let place = format!("answers.{id}");
        add(&place, &answer.rest);
        for (n, evidence) in answer.evidence.iter().enumerate() {
            add(&format!("{place}.evidence.{n}"), &evidence.rest);
        }
        if let Some(follow_up) = &answer.follow_up {
            add(&format!("{place}.follow_up"), &follow_up.rest);
        }
        if let Some(confirmed) = &answer.confirmed {
            add(&format!("{place}.confirmed"), &confirmed.rest);
        }
    }
    for (id, condition) in &session.conditions {
        add(&format!("conditions.{id}"), &condition.rest);
    }
    for (id, departure) in &session.departures {
        add(&format!("departures.{id}"), &departure.rest);
    }
    signoff(session, &mut add);
    for place in 0..session.history.len() {
        match session.history.entry(place) {
            Some(entry) => found.extend(entry.rest.names().map(|name| format!("history.{place}.{name}"))),
            None => found.push(format!("history.{place}")),
        }
    }
    for (id, answer) in &session.answers {
        if (answer.foreign_value.is_some() && answer.value == Value::Unknown)
            || !understood(bank, vendor, id, &answer.value)
        {
            found.push(format!("answers.{id}.value"));
        }
    }
    found
}

fn signoff(session: &Session, add: &mut impl FnMut(&str, &Rest)) {
    for (n, heard) in session.heard.iter().enumerate() {
        add(&format!("heard.{n}"), &heard.rest);
    }
    let single = [
        ("opinion", session.opinion.as_ref().map(|one| &one.rest)),
        ("decision", session.decision.as_ref().map(|one| &one.rest)),
        ("revocation", session.revocation.as_ref().map(|one| &one.rest)),
        ("review", session.review.as_ref().map(|one| &one.rest)),
        ("retired", session.retired.as_ref().map(|one| &one.rest)),
    ];
    for (place, rest) in single {
        if let Some(rest) = rest {
            add(place, rest);
        }
    }
    for (n, seal) in session.seals.iter().enumerate() {
        add(&format!("seals.{n}"), &seal.rest);
    }
}

fn understood(bank: &Bank, vendor: Option<&Vendor>, id: &VariableId, value: &Value) -> bool {
    let own = |id: &VariableId| vendor.and_then(|vendor| vendor.questions.iter().find(|question| question.id == *id));
    let Some(question) = bank.question(id).or_else(|| own(id)) else { return false };
    match (&question.kind, value) {
        (_, Value::Unknown) | (Kind::Text, Value::Text(_)) => true,
        (Kind::Choice(_), Value::Choice(one)) if *id == "edition" => {
            vendor.is_none_or(|vendor| vendor.editions.iter().any(|edition| *edition.id.as_str() == *one.as_str()))
        }
        (Kind::Choice(_), Value::Choice(one)) => knows(question, one),
        (Kind::Choices(_), Value::Choice(_) | Value::Choices(_)) => {
            value.choices().unwrap_or_default().iter().all(|one| knows(question, one))
        }
        (Kind::Countries, Value::Country(_) | Value::Countries(_)) => {
            let known: BTreeSet<&str> = bank.countries.iter().map(|country| country.code.as_str()).collect();
            value.countries().unwrap_or_default().iter().all(|code| known.contains(code.as_str()))
        }
        _ => false,
    }
}

fn knows(question: &Question, choice: &ChoiceId) -> bool {
    question.kind.choices().iter().any(|known| known.id == *choice)
}
