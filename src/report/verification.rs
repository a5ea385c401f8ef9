//! What came of verifying a seal, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::label::Labels;
use crate::domain::Day;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::FindingId;
use crate::domain::verdict::{Light, Verdict};
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::ConditionId;
use crate::session::record::{Difference, Head, Outcome, Place};
use crate::session::state::{Stage, Voided};

/// Whether a record is the one that the seal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is there, whole, and the one that was sealed.
    Intact,
    /// It is whole, but another one than the seal names.
    Another,
    /// It is damaged or cannot be read.
    Damaged,
    /// It is gone.
    Missing,
    /// It was looked at by itself: no session says what its hash should be.
    Alone,
}

impl Kept {
    const fn id(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Another => "another",
            Self::Damaged => "damaged",
            Self::Missing => "missing",
            Self::Alone => "alone",
        }
    }

    const fn is_fault(self) -> bool {
        matches!(self, Self::Another | Self::Damaged | Self::Missing)
    }
}

/// What became of the session since it was sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What was changed; that voids the seal.
    pub edits: Vec<Place>,
    /// Conditions whose state is another one; that does not.
    pub progress: Vec<ConditionId>,
    /// Where the session stands today.
    pub stage: Option<Stage>,
    /// Why it does not hold any more.
    pub voided: Option<Voided>,
}

/// What came of verifying a seal.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What the record says of the seal.
    pub head: Head,
    /// The record's file.
    pub record: String,
    /// Whether it is the one that was sealed.
    pub kept: Kept,
    /// Records of older revisions.
    pub older: Vec<(u32, Kept)>,
    /// What came out when it was sealed.
    pub then: Outcome,
    /// How the same computed again differs.
    pub replay: Vec<Difference>,
    /// What became of the session; none: the record was looked at by itself.
    pub since: Option<Since>,
    /// The day of looking, what today's data say of the sealed session, and how that differs; none: they have no such tool.
    pub today: Option<(Day, Outcome, Vec<Difference>)>,
}

impl Verified {
    /// The exit code: 0 the same and intact, 1 something differs or was edited, 3 damaged.
    #[must_use]
    pub fn code(&self) -> u8 {
        let damaged = self.kept.is_fault() || self.older.iter().any(|(_, kept)| kept.is_fault());
        let edited = self.since.as_ref().is_some_and(|since| !since.edits.is_empty());
        match (damaged, edited || !self.replay.is_empty()) {
            (true, _) => 3,
            (false, true) => 1,
            (false, false) => 0,
        }
    }
}

/// Words for what came of it.
struct Told<'a> {
    labels: &'a Labels<'a>,
    words: &'a Words,
}

/// What came of it, for people.
#[must_use]
pub fn text(labels: &Labels<'_>, words: &Words, verified: &Verified) -> String {
    let told = Told { labels, words };
    let head = &verified.head;
    let mut out = words.with(
        "ui-verify-head",
        &[
            ("revision", &head.revision.to_string()),
            ("sealed", &words.day(head.sealed)),
            ("by", &sanitise(&head.by)),
            ("day", &words.day(head.day)),
            ("program", &sanitise(&head.program)),
        ],
    );
    let record = sanitise(&verified.record);
    let kept = |revision: u32, kept: Kept, path: &str| {
        let id = format!("ui-verify-record-{}", kept.id());
        words.with(&id, &[("revision", &revision.to_string()), ("path", path)])
    };
    let _ = write!(out, "\n{}", kept(head.revision, verified.kept, &record));
    for (revision, one) in verified.older.iter().filter(|(_, one)| one.is_fault()) {
        let _ = write!(out, "\n{}", kept(*revision, *one, ""));
    }
    let verdict = told.verdict(verified.then.verdict);
    if verified.replay.is_empty() {
        let _ = write!(out, "\n{}", words.with("ui-verify-same", &[("verdict", &verdict)]));
    } else {
        let _ = write!(out, "\n{}", words.with("ui-verify-differs", &[("verdict", &verdict)]));
        told.differences(&mut out, &verified.replay);
    }
    if let Some(since) = &verified.since {
        told.since(&mut out, since);
    }
    out.push_str("\n\n");
    match &verified.today {
        None => out.push_str(&words.get("ui-verify-today-none")),
        Some((day, now, differences)) => {
            let arguments = [("day", words.day(*day)), ("verdict", told.verdict(now.verdict))];
            let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
            let id = if differences.is_empty() { "ui-verify-today-same" } else { "ui-verify-today" };
            out.push_str(&words.with(id, &arguments));
            told.differences(&mut out, differences);
        }
    }
    let _ = write!(out, "\n\n{}\n", words.get("ui-verify-limits"));
    out
}

impl Told<'_> {
    fn since(&self, out: &mut String, since: &Since) {
        if since.edits.is_empty() {
            let _ = write!(out, "\n{}", self.words.get("ui-verify-unchanged"));
        } else {
            let places: Vec<String> = since.edits.iter().map(|place| self.place(place)).collect();
            let _ = write!(out, "\n{}", self.words.get("ui-verify-edited"));
            for place in places {
                let _ = write!(out, "\n  - {place}");
            }
        }
        if !since.progress.is_empty() {
            let all: Vec<String> = since.progress.iter().map(|id| self.condition(id)).collect();
            let _ = write!(out, "\n{}", self.words.with("ui-verify-progress", &[("conditions", &all.join("; "))]));
        }
        if let Some(voided) = since.voided {
            let _ = write!(out, "\n{}", self.words.get(&format!("ui-void-{}", voided.id())));
        }
    }

    fn differences(&self, out: &mut String, differences: &[Difference]) {
        for one in differences {
            let _ = write!(out, "\n  - {}", self.difference(one));
        }
    }

    fn verdict(&self, verdict: Option<Verdict>) -> String {
        self.words.get(&format!("ui-verify-verdict-{}", verdict.map_or("none", Verdict::id)))
    }

    fn light(&self, light: Light) -> String {
        self.words.get(&format!("ui-light-{}", light.id()))
    }

    fn difference(&self, difference: &Difference) -> String {
        let level = |level: Level| self.words.get(&format!("ui-level-{}", level.id()));
        let tell = |id: &str, finding: &FindingId, parts: &[(&str, &str)]| {
            let title = self.title(finding);
            let mut arguments = vec![("title", title.as_str())];
            arguments.extend(parts);
            self.words.with(id, &arguments)
        };
        let certain = |truth: Truth| if truth == Truth::Yes { "" } else { "-possible" };
        match difference {
            Difference::Verdict(then, now) => {
                self.words.with("ui-verify-verdict", &[("then", &self.verdict(*then)), ("now", &self.verdict(*now))])
            }
            Difference::Lights(then, now) => {
                let both = |(best, worst): (Light, Light)| format!("{} – {}", self.light(best), self.light(worst));
                self.words.with("ui-verify-verdict", &[("then", &both(*then)), ("now", &both(*now))])
            }
            Difference::Appeared(id, one, truth) => {
                tell(&format!("ui-verify-appeared{}", certain(*truth)), id, &[("level", &level(*one))])
            }
            Difference::Gone(id, one, truth) => {
                tell(&format!("ui-verify-gone{}", certain(*truth)), id, &[("level", &level(*one))])
            }
            Difference::Level(id, then, now) => {
                tell("ui-verify-level", id, &[("then", &level(*then)), ("now", &level(*now))])
            }
            Difference::Truth(id, _, now) => tell(&format!("ui-verify-truth{}", certain(*now)), id, &[]),
        }
    }

    fn title(&self, id: &FindingId) -> String {
        match self.labels.finding(id) {
            // What is to be filled in there depends on proofs; the name is enough here.
            Some(finding) if !finding.title.get(self.labels.language).contains('{') => {
                finding.title.get(self.labels.language).to_owned()
            }
            _ => id.to_string(),
        }
    }

    fn condition(&self, id: &ConditionId) -> String {
        match id {
            ConditionId::Finding(id) => self.title(id),
            ConditionId::Question(id) => self.labels.variable(id),
        }
    }

    fn place(&self, place: &Place) -> String {
        let named = |id: &str, name: String| self.words.with(id, &[("name", &sanitise(&name))]);
        match place {
            Place::Answer(id) => named("ui-edited-answer", self.labels.variable(id)),
            Place::Condition(id) => named("ui-edited-condition", self.condition(id)),
            Place::Departure(id) => named("ui-edited-departure", self.title(id)),
            other => self.words.get(&format!("ui-edited-{}", whole(other))),
        }
    }
}

/// The name of a part that is one as a whole.
const fn whole(place: &Place) -> &'static str {
    match place {
        Place::Subject => "subject",
        Place::Vendor => "vendor",
        Place::Day => "day",
        Place::Heard => "heard",
        Place::Opinion => "opinion",
        Place::Decision => "decision",
        Place::Review => "review",
        Place::Answer(_) | Place::Condition(_) | Place::Departure(_) | Place::Other => "other",
    }
}

/// What came of it, for programs. Fields are only ever added.
#[must_use]
pub fn json(verified: &Verified) -> Json {
    let head = &verified.head;
    json!({
        "format": 1,
        "result": match verified.code() { 0 => "same", 1 => "differs", _ => "damaged" },
        "revision": head.revision,
        "sealed": head.sealed.to_string(),
        "by": sanitise(&head.by),
        "program": sanitise(&head.program),
        "as_of": head.day.to_string(),
        "record": { "path": sanitise(&verified.record), "state": verified.kept.id() },
        "older": verified.older.iter().map(|(n, kept)| json!({ "revision": n, "state": kept.id() })).collect::<Vec<_>>(),
        "verdict": verified.then.verdict.map(Verdict::id),
        "replay": verified.replay.iter().map(difference).collect::<Vec<_>>(),
        "since": verified.since.as_ref().map(|since| json!({
            "edited": since.edits.iter().map(place).collect::<Vec<_>>(),
            "conditions": since.progress.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "state": since.stage.map(Stage::id),
            "void": since.voided.map(Voided::id),
        })),
        "today": verified.today.as_ref().map(|(day, now, differences)| json!({
            "as_of": day.to_string(),
            "verdict": now.verdict.map(Verdict::id),
            "differences": differences.iter().map(difference).collect::<Vec<_>>(),
        })),
        "shows": "accidents and careless edits; the hash has no key, so a forger can compute it anew",
    })
}

fn place(place: &Place) -> String {
    match place {
        Place::Answer(id) => format!("answers.{id}"),
        Place::Condition(id) => format!("conditions.{id}"),
        Place::Departure(id) => format!("departures.{id}"),
        other => whole(other).to_owned(),
    }
}

fn difference(difference: &Difference) -> Json {
    let truth = |truth: Truth| if truth == Truth::Yes { "yes" } else { "unknown" };
    let lights = |(best, worst): (Light, Light)| json!([best.id(), worst.id()]);
    match difference {
        Difference::Verdict(then, now) => {
            json!({ "what": "verdict", "then": then.map(Verdict::id), "now": now.map(Verdict::id) })
        }
        Difference::Lights(then, now) => json!({ "what": "lights", "then": lights(*then), "now": lights(*now) }),
        Difference::Appeared(id, level, one) => {
            json!({ "what": "appeared", "finding": id.as_str(), "level": level.id(), "truth": truth(*one) })
        }
        Difference::Gone(id, level, one) => {
            json!({ "what": "gone", "finding": id.as_str(), "level": level.id(), "truth": truth(*one) })
        }
        Difference::Level(id, then, now) => {
            json!({ "what": "level", "finding": id.as_str(), "then": then.id(), "now": now.id() })
        }
        Difference::Truth(id, then, now) => {
            json!({ "what": "truth", "finding": id.as_str(), "then": truth(*then), "now": truth(*now) })
        }
    }
}
