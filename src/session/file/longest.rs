//! Which text makes a session large.

use crate::domain::answer::Value;
use crate::session::model::{Rest, Session};

/// The place of the longest text of a session, and its length in characters.
#[must_use]
pub fn longest(session: &Session) -> (String, usize) {
    let mut most = (String::new(), 0);
    let mut see = |place: String, text: &str| {
        if text.len() > most.1 {
            most = (place, text.len());
        }
    };
    let subject = &session.subject;
    for (name, text) in [
        ("title", &subject.title),
        ("controller", &subject.controller),
        ("team", &subject.team),
        ("purpose", &subject.purpose),
        ("interviewer", &subject.interviewer),
        ("file_number", &subject.file_number),
    ] {
        see(format!("subject.{name}"), text);
    }
    for name in &subject.respondents {
        see("subject.respondents".to_owned(), name);
    }
    for document in &subject.documents {
        for text in [&document.title, &document.place] {
            see("subject.documents".to_owned(), text);
        }
    }
    for (id, answer) in &session.answers {
        see(format!("answers.{id}.note"), &answer.note);
        see(format!("answers.{id}.remark"), &answer.remark);
        see(format!("answers.{id}.by"), &answer.by);
        for text in answer.follow_up.iter().flat_map(|one| [&one.owner, &one.question, &one.reply]) {
            see(format!("answers.{id}.follow_up"), text);
        }
        if let Value::Text(text) = &answer.value {
            see(format!("answers.{id}.value"), text);
        }
        see(format!("answers.{id}.value"), answer.foreign_value.as_deref().unwrap_or_default());
        for evidence in &answer.evidence {
            see(format!("answers.{id}.evidence"), &evidence.title);
            see(format!("answers.{id}.evidence"), &evidence.place);
        }
        see(format!("answers.{id}"), longest_of(&answer.rest));
    }
    for (id, condition) in &session.conditions {
        for text in [&condition.action, &condition.owner, &condition.reason, &condition.by] {
            see(format!("conditions.{id}"), text);
        }
        see(format!("conditions.{id}"), longest_of(&condition.rest));
    }
    for (id, departure) in &session.departures {
        see(format!("departures.{id}"), &departure.reason);
        see(format!("departures.{id}"), longest_of(&departure.rest));
    }
    signed(session, &mut see);
    for (place, text) in session.foreign_entries.iter().chain(&session.rest.0) {
        see(place.clone(), text);
    }
    (most.0, most.1)
}

fn signed(session: &Session, see: &mut impl FnMut(String, &str)) {
    for heard in &session.heard {
        see("heard".to_owned(), &heard.who);
        see("heard".to_owned(), &heard.note);
    }
    if let Some(opinion) = &session.opinion {
        see("opinion".to_owned(), &opinion.text);
        see("opinion".to_owned(), longest_of(&opinion.rest));
    }
    if let Some(decision) = &session.decision {
        for text in [&decision.authority, &decision.reason, &decision.scope] {
            see("decision".to_owned(), text);
        }
        see("decision".to_owned(), longest_of(&decision.rest));
    }
    if let Some(revocation) = &session.revocation {
        see("revocation".to_owned(), &revocation.reason);
    }
}

fn longest_of(rest: &Rest) -> &str {
    rest.0.iter().map(|(_, text)| text.as_str()).max_by_key(|text| text.len()).unwrap_or_default()
}
