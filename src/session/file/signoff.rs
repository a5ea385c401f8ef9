//! The records of a sign-off: names of their fields, read and written.

use super::FileError;
use super::read::Reader;
use super::records::Record;
use super::write::{Writer, quote};
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};
use crate::session::model::{Rest, Session};
use crate::session::signoff::{Decision, DecisionKind, Heard, Opinion, OpinionKind, Review, Revocation, Seal};

/// Takes a field of a session that belongs to its sign-off; false: it is none.
pub fn take<'a>(session: &mut Session, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
    match name {
        "heard" => session.heard = reader.records(raw)?,
        "opinion" => session.opinion = reader.option(raw, Default::default)?,
        "decision" => session.decision = reader.option(raw, Default::default)?,
        "revocation" => session.revocation = reader.option(raw, Default::default)?,
        "review" => session.review = reader.option(raw, Default::default)?,
        "seals" => session.seals = reader.records(raw)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Writes what there is of a sign-off.
pub fn put(session: &Session, writer: &mut Writer) {
    writer.records("heard", &session.heard);
    writer.option("opinion", session.opinion.as_ref());
    writer.option("decision", session.decision.as_ref());
    if !writer.is_sealing() {
        writer.option("revocation", session.revocation.as_ref());
    }
    writer.option("review", session.review.as_ref());
    if !writer.is_sealing() {
        writer.records("seals", &session.seals);
    }
}

/// One of several words; false: none of them, so the field is kept as it stands.
fn word<T: Copy>(all: &[(&str, T)], raw: &str, to: &mut Option<T>) -> bool {
    *to = all.iter().find(|(word, _)| *word == raw).map(|(_, one)| *one);
    to.is_some()
}

fn word_of<T: Copy + PartialEq>(all: &[(&'static str, T)], one: Option<T>) -> Option<&'static str> {
    all.iter().find(|(_, other)| one == Some(*other)).map(|(word, _)| *word)
}

fn put_word<T: Copy + PartialEq>(writer: &mut Writer, name: &str, all: &[(&'static str, T)], one: Option<T>) {
    if let Some(word) = word_of(all, one) {
        writer.field(name, word);
    }
}

const OPINIONS: [(&str, OpinionKind); 4] = [
    ("Supports", OpinionKind::Supports),
    ("WithConditions", OpinionKind::WithConditions),
    ("AdvisesAgainst", OpinionKind::AdvisesAgainst),
    ("NoOpinion", OpinionKind::NoOpinion),
];

const DECISIONS: [(&str, DecisionKind); 4] = [
    ("Granted", DecisionKind::Granted),
    ("WithConditions", DecisionKind::WithConditions),
    ("Refused", DecisionKind::Refused),
    ("Postponed", DecisionKind::Postponed),
];

const VERDICTS: [(&str, Verdict); 4] =
    [("Green", Verdict::Green), ("Yellow", Verdict::Yellow), ("Red", Verdict::Red), ("Open", Verdict::Open)];

const LIGHTS: [(&str, Light); 3] = [("Green", Light::Green), ("Yellow", Light::Yellow), ("Red", Light::Red)];

macro_rules! rest {
    () => {
        fn rest(&mut self) -> &mut Rest {
            &mut self.rest
        }
        fn unknown(&self) -> &Rest {
            &self.rest
        }
    };
}

impl Record for Opinion {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "kind" => return Ok(word(&OPINIONS, raw, &mut self.kind)),
            "by" => self.by = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "text" => self.text = reader.text(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        put_word(writer, "kind", &OPINIONS, self.kind);
        writer.text("by", &self.by);
        writer.day("on", self.on);
        writer.text("text", &self.text);
    }

    rest!();
}

impl Record for Decision {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "kind" => return Ok(word(&DECISIONS, raw, &mut self.kind)),
            "by" => self.by = reader.text(raw)?,
            "authority" => self.authority = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "reason" => self.reason = reader.text(raw)?,
            "scope" => self.scope = reader.text(raw)?,
            "valid_until" => self.valid_until = reader.day(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        put_word(writer, "kind", &DECISIONS, self.kind);
        writer.text("by", &self.by);
        writer.text("authority", &self.authority);
        writer.day("on", self.on);
        writer.text("reason", &self.reason);
        writer.text("scope", &self.scope);
        writer.day("valid_until", self.valid_until);
    }

    rest!();
}

impl Record for Revocation {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "by" => self.by = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "reason" => self.reason = reader.text(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.text("by", &self.by);
        writer.day("on", self.on);
        writer.text("reason", &self.reason);
    }

    rest!();
}

impl Record for Review {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "due" => self.due = reader.day(raw)?,
            "every" => self.every = reader.value(raw)?,
            "triggers" => self.triggers = reader.texts(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.day("due", self.due.filter(|_| !writer.is_sealing()));
        if let Some(months) = self.every {
            writer.field("every", &format!("Some({months})"));
        }
        writer.texts("triggers", self.triggers.iter().map(String::as_str));
    }

    rest!();
}

impl Record for Heard {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "who" => self.who = reader.text(raw)?,
            "on" => self.on = reader.day(raw)?,
            "note" => self.note = reader.text(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.put("who", |out| quote(&self.who, out));
        writer.day("on", self.on);
        writer.text("note", &self.note);
    }

    rest!();
}

impl Record for Seal {
    fn take<'a>(&mut self, reader: &Reader<'a>, name: &str, raw: &'a str) -> Result<bool, FileError> {
        match name {
            "revision" => self.revision = reader.value(raw)?,
            "on" => self.on = reader.day(raw)?,
            "by" => self.by = reader.text(raw)?,
            "verdict" => return Ok(word(&VERDICTS, raw, &mut self.verdict)),
            "best" => return Ok(word(&LIGHTS, raw, &mut self.best)),
            "worst" => return Ok(word(&LIGHTS, raw, &mut self.worst)),
            "content" => self.content = reader.text(raw)?,
            "record" => self.record = reader.text(raw)?,
            "before_use" => self.before_use = reader.texts(raw)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn put(&self, writer: &mut Writer) {
        writer.field("revision", &self.revision.to_string());
        writer.day("on", self.on);
        writer.text("by", &self.by);
        put_word(writer, "verdict", &VERDICTS, self.verdict);
        put_word(writer, "best", &LIGHTS, self.best);
        put_word(writer, "worst", &LIGHTS, self.worst);
        writer.text("content", &self.content);
        writer.text("record", &self.record);
        writer.texts("before_use", self.before_use.iter().map(FindingId::as_str));
    }

    rest!();
}

#[cfg(test)]
mod tests {
    use crate::session::SessionId;
    use crate::session::file::{not_understood, read, write};
    use crate::session::history::Kind;
    use crate::session::signoff::{Act, DecisionKind, Opinion};

    const SIGNED: &str = r#"(
    format: 1,
    id: "x",
    mode: Interview,
    vendor: "zoom",
    answers: {
        "dpa_signed": (value: Choice("yes")),
    },
    heard: [
        (who: "Betriebsrat", on: Some("2026-11-20"), note: "einverstanden", vote: 7),
    ],
    opinion: Some((by: "DSB", on: Some("2026-11-27"), text: "mit Auflagen", kind: WithRegret)),
    decision: Some((kind: WithConditions, by: "GF", authority: "Satzung § 7", on: Some("2026-11-28"), reason: "x", scope: "Vertrieb", valid_until: Some("2027-11-30"))),
    revocation: Some((by: "GF", on: Some("2027-01-04"), reason: "Vorfall")),
    review: Some((due: Some("2027-05-28"), every: Some(6), triggers: ["new_terms", "new_moon"])),
    seals: [
        (revision: 1, on: Some("2026-11-28"), by: "DSB", verdict: Yellow, best: Green, worst: Yellow, content: "00", record: "11", before_use: ["no-dpa"]),
        (revision: 2, content: "22", verdict: Purple),
    ],
    history: [
        (n: 1, at: "2026-11-28T10:00:00Z", sign_off: "decision", by: "GF"),
        (n: 2, at: "2026-11-28T10:00:01Z", by: "DSB", sign_off: "blessing"),
    ],
)
"#;

    #[test]
    fn what_a_newer_version_signed_stays_as_it_was() {
        let id = SessionId::parse("y").unwrap();
        let mut session = read(SIGNED, &id).unwrap();
        assert_eq!(write(&session), SIGNED);
        assert_eq!(session.decided(), Some(DecisionKind::WithConditions));
        assert_eq!(session.opinion.as_ref().unwrap().kind, None, "an unknown kind is none of ours");
        assert_eq!(session.seal().unwrap().revision, 2);
        let knowledge = crate::knowledge::Knowledge::embedded();
        let places = not_understood(&session, knowledge.bank(), None);
        for place in ["heard.0.vote", "opinion.kind", "seals.1.verdict", "history.1.sign_off"] {
            assert!(places.iter().any(|one| one == place), "{place}: {places:?}");
        }
        // An act that is not understood is nothing that could be taken back.
        let at = crate::domain::moment::Moment::default();
        assert_eq!(session.undo(at), None);
        assert!(session.advise(at, Some(Opinion::default())));
        assert!(!session.advise(at, Some(Opinion::default())));
        let (_, last) = session.history.entries().next_back().unwrap();
        assert_eq!((last.kind, last.number), (Kind::SignOff(Act::Opinion), 3));
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let id = SessionId::parse("y").unwrap();
        for (right, wrong) in [
            ("every: Some(6)", "every: Some(-6)"),
            ("valid_until: Some(\"2027-11-30\")", "valid_until: Some(\"2027-11-31\")"),
            ("before_use: [\"no-dpa\"]", "before_use: [\"No dpa\"]"),
        ] {
            let error = read(&SIGNED.replace(right, wrong), &id).unwrap_err();
            let line = SIGNED.lines().position(|line| line.contains(right)).unwrap() + 1;
            assert_eq!(error.line, line, "{error:?}");
        }
    }
}
