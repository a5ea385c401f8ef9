//! Parts of a file that are no answers: what they are called, and what stands in them, in words.

use super::super::label::Labels;
use crate::domain::Day;
use crate::domain::id::FindingId;
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::file::parts;
use crate::session::merge::Place;

/// Records inside of records that are looked into.
const DEPTH: usize = 6;

/// What a part of a file is called; none: nobody has given it a name.
pub fn part(path: &str, labels: &Labels<'_>, words: &Words) -> Option<String> {
    let known = match path {
        "subject.team" => "ui-header-team",
        "subject.controller" => "ui-header-controller",
        "subject.organisation" => "ui-header-organisation",
        "subject.jurisdiction" => "ui-header-country",
        "subject.title" => "ui-review-subject",
        "subject.purpose" => "ui-purpose",
        "subject.interviewer" => "ui-review-interviewer",
        "subject.file_number" => "ui-header-file-number",
        "subject.respondents" => "ui-review-respondents",
        "subject.documents" => "ui-documents",
        "opinion" => "ui-sign-off-opinion",
        "decision" => "ui-sign-off-decision",
        "revocation" => "ui-sign-off-revoke",
        "review" => "ui-sign-off-review",
        "heard" => "ui-sign-off-heard",
        "seals" => "ui-review-seal",
        "handed_over" => "ui-review-handed-over",
        other => {
            let (kind, id) = [("ui-condition", "conditions."), ("ui-departure-short", "departures.")]
                .into_iter()
                .find_map(|(kind, begin)| Some((kind, other.strip_prefix(begin)?)))?;
            let finding = FindingId::try_from(id).ok().and_then(|id| labels.finding(&id));
            let title = finding
                .map_or_else(|| sanitise(id).into_owned(), |finding| finding.title.get(labels.language).to_owned());
            return Some(format!("{}: {title}", words.get(kind)));
        }
    };
    Some(words.get(known))
}

/// What stands in a part, without the marks of the file.
pub fn raw(place: &Place, raw: &str, words: &Words) -> String {
    let path = match place {
        Place::Part(path) => path.as_str(),
        Place::Answer(_) => "",
    };
    let kind = path.split('.').next().unwrap_or_default();
    flat(kind, raw, words, DEPTH).unwrap_or_else(|| sanitise(raw).into_owned())
}

/// A text, a day, a word of the sign-off, or what stands in a record or a list; none: it is none of these.
fn flat(kind: &str, raw: &str, words: &Words, depth: usize) -> Option<String> {
    if let Some(text) = parts::said(raw) {
        return Some(text.parse::<Day>().map_or_else(|_| sanitise(&text).into_owned(), |day| words.day(day)));
    }
    if let Some(id) = word(kind, raw) {
        return Some(words.get(id));
    }
    let depth = depth.checked_sub(1)?;
    if let Some(inner) = raw.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')) {
        return flat(kind, inner.trim(), words, depth);
    }
    let each = |raw: &str| flat(kind, raw, words, depth).unwrap_or_else(|| sanitise(raw).into_owned());
    if let Some(items) = parts::items(raw) {
        let all: Vec<String> = items.into_iter().map(each).collect();
        return Some(if all.is_empty() { words.get("merge-nothing-said") } else { all.join("; ") });
    }
    let fields = parts::fields(raw)?;
    // What only programs read says nothing to a person.
    let read = fields.into_iter().filter(|(name, _)| !matches!(name.as_str(), "content" | "record" | "before_use"));
    Some(read.map(|(_, raw)| each(raw)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "))
}

/// A word of the file, as a person reads it.
fn word(kind: &str, raw: &str) -> Option<&'static str> {
    Some(match (kind, raw) {
        ("opinion", "Supports") => "ui-opinion-supports",
        ("opinion", "WithConditions") => "ui-opinion-with_conditions",
        ("opinion", "AdvisesAgainst") => "ui-opinion-advises_against",
        ("opinion", "NoOpinion") => "ui-opinion-no_opinion",
        ("decision", "Granted") => "ui-decision-granted",
        ("decision", "WithConditions") => "ui-decision-with_conditions",
        ("decision", "Refused") => "ui-decision-refused",
        ("decision", "Postponed") => "ui-decision-postponed",
        ("conditions", "Open") => "ui-condition-open",
        ("conditions", "Fulfilled") => "ui-condition-fulfilled",
        ("conditions", "Accepted") => "ui-condition-accepted",
        _ => return None,
    })
}
