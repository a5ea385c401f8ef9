//! The stable JSON output of `evaluate`. Fields are only ever added.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::label::Labels;
use super::view::changed;
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::finding::{Finding, Level, Timing};
use crate::domain::id::{CountryCode, FindingId, VariableId};
use crate::domain::verdict::Verdict;
use crate::engine::{Assessment, Because, Origin};
use crate::sanitise::sanitise;
use crate::session::file::not_understood;
use crate::session::signoff::{DecisionKind, content};
use crate::session::state::{Voided, stage, voided};
use crate::session::{Condition, ConditionId, Departure, Session};

/// Places of a file that are listed; the others are counted.
const MOST: usize = 100;

/// The assessment of a session on a day as one JSON object.
#[must_use]
pub fn evaluation(labels: &Labels<'_>, session: &Session, day: Day, assessment: &Assessment) -> Json {
    let findings: Vec<Json> = assessment
        .findings
        .iter()
        .filter_map(|fired| {
            let finding = labels.finding(&fired.id)?;
            let country = session.subject.jurisdiction;
            let because: Vec<Json> = fired.because.iter().map(|entry| proof(labels, entry)).collect();
            Some(json!({
                "id": fired.id.as_str(),
                "level": fired.level.id(),
                "truth": if fired.truth == Truth::Yes { "yes" } else { "unknown" },
                "kind": format!("{:?}", finding.kind),
                "timing": timing(finding),
                "title": finding.title.get(labels.language),
                "reason": finding.reason_in(country).get(labels.language),
                "action": finding.action_in(country).get(labels.language),
                "references": labels.citations(&finding.references, country, day),
                "because": because,
            }))
        })
        .collect();
    let places = not_understood(session, labels.bank, labels.vendor);
    let verdict = if assessment.out_of_scope { Json::Null } else { json!(assessment.verdict.id()) };
    json!({
        "format": 1,
        "vendor": session.vendor.as_str(),
        "edition": session.edition(labels.vendor).map(String::from),
        "mode": session.mode.id(),
        "as_of": day.to_string(),
        "verdict": verdict,
        "best": if assessment.out_of_scope { Json::Null } else { json!(assessment.best.id()) },
        "worst": if assessment.out_of_scope { Json::Null } else { json!(assessment.worst.id()) },
        "findings": findings,
        "unanswered": ids(&assessment.unanswered),
        "deciding": ids(&assessment.deciding),
        "left_to_dpo": assessment.left_to_dpo.iter().map(FindingId::as_str).collect::<Vec<_>>(),
        "asked": ids(&assessment.asked),
        "not_checked": ids(&assessment.not_checked),
        "stale": assessment.stale,
        "subject": {
            "title": sanitise(&session.subject.title),
            "controller": sanitise(&session.subject.controller),
            "team": sanitise(&session.subject.team),
            "purpose": sanitise(&session.subject.purpose),
        },
        "seal": seal(session, day),
        "conditions": session.conditions.iter().map(|(id, one)| condition(id, one)).collect::<Vec<_>>(),
        "departures": session.departures.iter().map(|(id, one)| departure(id, one)).collect::<Vec<_>>(),
        "changed_questions": changed(labels, session).iter().map(|one| one.question.as_str()).collect::<Vec<_>>(),
        "not_understood": places.iter().take(MOST).map(|place| sanitise(place).into_owned()).collect::<Vec<_>>(),
        "not_understood_more": places.len().saturating_sub(MOST),
    })
}

/// The last seal, and where it stands on the day.
fn seal(session: &Session, day: Day) -> Json {
    let Some(seal) = session.seal() else { return Json::Null };
    let content = content(session);
    json!({
        "revision": seal.revision,
        "on": seal.on.map(|day| day.to_string()),
        "verdict": seal.verdict.map(Verdict::id),
        "state": stage(session, &content, day).id(),
        "void": voided(session, &content, day).map(Voided::id),
        "decision": session.decided().map(DecisionKind::id),
    })
}

fn ids(ids: &[VariableId]) -> Vec<&str> {
    ids.iter().map(VariableId::as_str).collect()
}

fn condition(id: &ConditionId, condition: &Condition) -> Json {
    json!({
        "id": id.to_string(),
        "state": format!("{:?}", condition.state).to_lowercase(),
        "owner": sanitise(&condition.owner),
        "due": condition.due.map(|day| day.to_string()),
        "reason": sanitise(&condition.reason),
        "by": sanitise(&condition.by),
        "on": condition.on.map(|day| day.to_string()),
        "until": condition.until.map(|day| day.to_string()),
    })
}

fn departure(id: &FindingId, departure: &Departure) -> Json {
    json!({
        "id": id.as_str(),
        "level": departure.level.map(Level::id),
        "reason": sanitise(&departure.reason),
        "by": sanitise(&departure.by),
        "on": departure.on.map(|day| day.to_string()),
    })
}

fn timing(finding: &Finding) -> Json {
    match finding.timing {
        None => Json::Null,
        Some(Timing::BeforeUse) => json!("before_use"),
        Some(Timing::Deadline { weeks }) => json!({ "deadline_weeks": weeks }),
    }
}

fn proof(labels: &Labels<'_>, entry: &Because) -> Json {
    let mut object = Map::new();
    object.insert("variable".into(), json!(entry.variable.as_str()));
    object.insert("value".into(), entry.value.as_ref().map_or(Json::Null, value));
    let from = match &entry.origin {
        Origin::Answer => "answer",
        Origin::Fact { as_of, source, after_unknown } => {
            if *after_unknown {
                object.insert("after_unknown".into(), json!(true));
            }
            object.insert("as_of".into(), json!(as_of.map(|day| day.to_string())));
            let title = labels.vendor.and_then(|vendor| vendor.source(source)).map(|found| found.title.to_string());
            object.insert("source".into(), json!(title));
            "fact"
        }
        Origin::Default => "default",
        Origin::Law { instrument } => {
            let url = labels.bank.instrument(instrument).map(|found| found.url.to_string());
            object.insert("source".into(), json!(url));
            "law"
        }
        Origin::Header => "header",
        Origin::Open => "open",
    };
    object.insert("from".into(), json!(from));
    Json::Object(object)
}

/// Each once, in the order in which they stand.
fn once<'v>(values: impl Iterator<Item = &'v str>) -> Vec<&'v str> {
    let mut seen = BTreeSet::new();
    values.filter(|value| seen.insert(*value)).collect()
}

/// A value as it stands in all JSON output.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Unknown => Json::Null,
        Value::Choice(choice) => json!(choice.as_str()),
        Value::Choices(choices) => {
            json!(once(choices.iter().map(crate::domain::id::ChoiceId::as_str)))
        }
        Value::Text(text) => json!(sanitise(text)),
        Value::Country(_) | Value::Countries(_) => {
            let codes = value.countries().unwrap_or_default();
            json!(once(codes.iter().map(CountryCode::as_str)))
        }
    }
}
