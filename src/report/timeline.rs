//! The timeline of a session in words: lines with their causes, a band over the years, JSON.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::cause::{because_json, because_text};
use super::picture::{Wording, basis_json, findings_json, sign};
use super::text::wrap;
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::Segment;
use crate::session::Session;

/// A stretch of days in words.
#[derive(Clone, Debug)]
pub struct SegmentView {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Decided, or open.
    pub verdict: Verdict,
    /// Best and worst light.
    pub lights: (Light, Light),
    /// The days as people write them.
    pub days: String,
    /// Sign and word.
    pub word: String,
    /// What the transfer rests on.
    pub transfer: String,
    /// The findings that colour it, gravest first.
    pub findings: Vec<String>,
    /// Why it is not as before.
    pub because: Vec<String>,
    /// The session's day lies in it.
    pub is_now: bool,
}

/// A timeline in words.
#[derive(Clone, Debug)]
pub struct TimelineView {
    /// Tool, edition, team.
    pub head: String,
    /// It is a self-assessment, so the result is provisional.
    pub provisional: bool,
    /// The day judged.
    pub day: Day,
    /// The segments, without a gap.
    pub segments: Vec<SegmentView>,
}

/// A piece of the band: the gravest verdict of some months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandCell {
    /// First day.
    pub from: Day,
    /// The gravest verdict of the days: red, open, yellow, green.
    pub verdict: Verdict,
}

/// The timeline in words.
#[must_use]
pub fn view(wording: Wording<'_>, session: &Session, day: Day, segments: &[Segment]) -> TimelineView {
    let segment = |one: &Segment| SegmentView {
        from: one.from,
        until: one.until,
        verdict: one.picture.verdict,
        lights: (one.picture.best, one.picture.worst),
        days: format!("{} – {}", wording.words.day(one.from), wording.words.day(one.until)),
        word: wording.verdict(&one.picture),
        transfer: wording.transfer(&one.picture.basis),
        findings: wording.findings(&one.picture),
        because: one.because.iter().map(|cause| because_text(wording, cause)).collect(),
        is_now: one.from <= day && day <= one.until,
    };
    TimelineView {
        head: wording.head(session),
        provisional: session.mode == Mode::SelfAssessment,
        day,
        segments: segments.iter().map(segment).collect(),
    }
}

impl TimelineView {
    /// The band over whole years, so many cells a year (1, 2, 3, 4, 6 or 12).
    #[must_use]
    pub fn band(&self, per_year: i8) -> Vec<BandCell> {
        let (Some(first), Some(last)) = (self.segments.first(), self.segments.last()) else { return Vec::new() };
        let months = 12 / per_year.clamp(1, 12);
        let starts = (first.from.year()..=last.until.year())
            .flat_map(|year| (0..12 / months).filter_map(move |n| Day::new(year, 1 + n * months, 1).ok()));
        let starts: Vec<Day> = starts.collect();
        let cell = |(n, from): (usize, &Day)| {
            let next = starts.get(n + 1).copied();
            let inside =
                self.segments.iter().filter(|one| one.until >= *from && next.is_none_or(|next| one.from < next));
            let verdict = inside.map(|one| one.verdict).max_by_key(|verdict| gravity(*verdict))?;
            Some(BandCell { from: *from, verdict })
        };
        starts.iter().enumerate().filter_map(cell).collect()
    }
}

const fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Green => 0,
        Verdict::Yellow => 1,
        Verdict::Open => 2,
        Verdict::Red => 3,
    }
}

/// The timeline as text of at most 90 columns.
#[must_use]
pub fn text(view: &TimelineView, wording: Wording<'_>) -> String {
    let words = wording.words;
    let mut out = format!("{}\n", view.head);
    if view.provisional {
        let _ = writeln!(out, "{}", words.get("ui-time-provisional"));
    }
    if view.segments.is_empty() {
        let _ = writeln!(out, "{}", words.get("ui-private"));
        return out;
    }
    out.push('\n');
    out.push_str(&band_text(view, wording));
    let mut paragraph = |indent: usize, text: &str| {
        for line in wrap(text, 90 - indent) {
            let _ = writeln!(out, "{}{line}", " ".repeat(indent));
        }
    };
    for one in &view.segments {
        paragraph(0, "");
        let now = if one.is_now { format!("  ‹ {}", words.get("ui-time-now")) } else { String::new() };
        paragraph(0, &format!("{}  {}{now}", one.days, one.word));
        for cause in &one.because {
            paragraph(4, &format!("{} {cause}", words.get("ui-time-because")));
        }
        paragraph(4, &words.with("ui-time-transfer", &[("what", &one.transfer)]));
        one.findings.iter().for_each(|finding| paragraph(4, finding));
    }
    out
}

/// Years, band and the place of the day, each on a line.
fn band_text(view: &TimelineView, wording: Wording<'_>) -> String {
    const PER_YEAR: i8 = 4;
    let cells = view.band(PER_YEAR);
    let (mut years, mut band, mut mark) = (String::new(), String::new(), String::new());
    for (n, cell) in cells.iter().enumerate() {
        if cell.from.month() == 1 {
            let _ = write!(years, "{:<4}", format!("{:02}", cell.from.year() % 100));
        }
        band.push(sign(cell.verdict));
        let next = cells.get(n + 1).map(|next| next.from);
        let here = cell.from <= view.day && next.is_none_or(|next| view.day < next);
        mark.push(if here { '^' } else { ' ' });
    }
    let day = wording.words.day(view.day);
    format!(
        "{}\n{band}\n{} {}\n{}\n",
        years.trim_end(),
        mark.trim_end(),
        wording.words.with("ui-as-of", &[("day", &day)]),
        wording.words.get("ui-time-legend"),
    )
}

/// The timeline as one JSON object.
#[must_use]
pub fn json(wording: Wording<'_>, session: &Session, day: Day, segments: &[Segment]) -> Json {
    let segments: Vec<Json> = segments
        .iter()
        .map(|one| {
            json!({
                "from": one.from.to_string(),
                "until": one.until.to_string(),
                "verdict": one.picture.verdict.id(),
                "best": one.picture.best.id(),
                "worst": one.picture.worst.id(),
                "transfer": basis_json(wording.labels.bank, &one.picture.basis),
                "findings": findings_json(&one.picture),
                "because": one.because.iter().map(|cause| because_json(wording, cause)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "format": 1,
        "vendor": session.vendor.as_str(),
        "mode": session.mode.id(),
        "as_of": day.to_string(),
        "segments": segments,
    })
}
