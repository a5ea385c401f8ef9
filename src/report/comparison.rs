//! The comparison of tools in words: an aligned table, JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use unicode_width::UnicodeWidthStr;

use super::picture::{Wording, basis_json, findings_json, sign, truth_id};
use super::text::wrap;
use crate::domain::Day;
use crate::domain::answer::{Mode, Value};
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::{EditionId, VendorId};
use crate::domain::vendor::Vendor;
use crate::domain::verdict::{Light, Verdict};
use crate::engine::{Assumed, Row, Traits};
use crate::session::Session;

/// A tool in one edition, in words.
#[derive(Clone, Debug)]
pub struct RowView {
    /// The catalogue entry.
    pub vendor: VendorId,
    /// The edition.
    pub edition: EditionId,
    /// Name of the tool.
    pub name: String,
    /// Name of the edition.
    pub edition_name: String,
    /// Decided, or open.
    pub verdict: Verdict,
    /// Best and worst light.
    pub lights: (Light, Light),
    /// Sign and word.
    pub word: String,
    /// The findings that colour it, gravest first.
    pub findings: Vec<String>,
    /// How many red and yellow ones.
    pub counts: (usize, usize),
    /// Numbers of the assumptions, from 1, into [`ComparisonView::assumptions`].
    pub assumptions: Vec<usize>,
    /// What people look for.
    pub traits: Traits,
    /// The session speaks of this tool and edition.
    pub is_own: bool,
    /// The team has been asked about it in a session of its own.
    pub answered: bool,
}

/// A comparison in words.
#[derive(Clone, Debug)]
pub struct ComparisonView {
    /// Tool, edition, team of the session.
    pub head: String,
    /// It is a self-assessment, so the result is provisional.
    pub provisional: bool,
    /// The day judged.
    pub day: Day,
    /// The rows, best first.
    pub rows: Vec<RowView>,
    /// What was assumed in some row: question and answer.
    pub assumptions: Vec<String>,
}

/// The comparison in words. `wording` has the session's tool; `vendor` finds the others.
#[must_use]
pub fn view<'k>(
    wording: Wording<'k>,
    session: &Session,
    day: Day,
    rows: &[Row],
    vendor: impl Fn(&VendorId) -> Option<&'k Vendor>,
) -> ComparisonView {
    let mut assumptions: Vec<Assumed> = Vec::new();
    for assumed in rows.iter().flat_map(|row| &row.assumptions) {
        if !assumptions.contains(assumed) {
            assumptions.push(assumed.clone());
        }
    }
    let row = |row: &Row| {
        let vendor = vendor(&row.vendor);
        let labels = super::label::Labels { vendor, ..wording.labels };
        let here = Wording { labels, ..wording };
        let edition = vendor.and_then(|vendor| vendor.editions.iter().find(|edition| edition.id == row.edition));
        let count = |level: Level| row.picture.findings.iter().filter(|one| one.level == level).count();
        let number = |assumed: &Assumed| assumptions.iter().position(|one| one == assumed).map(|n| n + 1);
        let mut numbers: Vec<usize> = row.assumptions.iter().filter_map(number).collect();
        numbers.sort_unstable();
        RowView {
            name: vendor.map_or_else(|| row.vendor.to_string(), |vendor| vendor.name.to_string()),
            edition_name: edition
                .map_or_else(|| row.edition.to_string(), |edition| edition.name.get(labels.language).to_owned()),
            vendor: row.vendor.clone(),
            edition: row.edition.clone(),
            verdict: row.picture.verdict,
            lights: (row.picture.best, row.picture.worst),
            word: here.verdict(&row.picture),
            findings: here.findings(&row.picture),
            counts: (count(Level::Red), count(Level::Yellow)),
            assumptions: numbers,
            traits: row.traits,
            is_own: is_own(session, row, vendor),
            answered: row.answered,
        }
    };
    let assumed = |one: &Assumed| {
        let value = wording.labels.value(&one.question, &Value::Choice(one.choice.clone()));
        format!("{} {value}", wording.labels.variable(&one.question))
    };
    ComparisonView {
        head: wording.head(session),
        provisional: session.mode == Mode::SelfAssessment,
        day,
        rows: rows.iter().map(row).collect(),
        assumptions: assumptions.iter().map(assumed).collect(),
    }
}

fn is_own(session: &Session, row: &Row, vendor: Option<&Vendor>) -> bool {
    session.vendor == row.vendor && session.edition(vendor).as_ref() == Some(&row.edition)
}

/// The comparison as text of at most 100 columns.
#[must_use]
pub fn text(view: &ComparisonView, wording: Wording<'_>) -> String {
    let words = wording.words;
    let day = words.with("ui-as-of", &[("day", &words.day(view.day))]);
    let mut out = format!("{} · {day}\n", view.head);
    let mut line = |text: &str| {
        for line in wrap(text, 100) {
            let _ = writeln!(out, "{line}");
        }
    };
    if view.provisional {
        line(&words.get("ui-time-provisional"));
    }
    line(&words.get("ui-compare-what"));
    line("");
    if view.rows.is_empty() {
        line(&words.get("ui-compare-none"));
        return out;
    }
    out.push_str(&table(view, wording));
    out.push('\n');
    let mut note = |text: &str| {
        for line in wrap(text, 100) {
            let _ = writeln!(out, "{line}");
        }
    };
    if !view.assumptions.is_empty() {
        note(&words.get("ui-compare-assumed"));
    }
    for (n, assumed) in view.assumptions.iter().enumerate() {
        note(&format!("{}  {assumed}", n + 1));
    }
    note(&words.get("ui-compare-legend"));
    out
}

/// The table; below each tool its gravest findings.
fn table(view: &ComparisonView, wording: Wording<'_>) -> String {
    let words = wording.words;
    let mut out = String::new();
    let columns: [(String, usize); 7] = [
        (words.get("ui-compare-tool"), 43),
        (words.get("ui-compare-stops"), 7),
        (words.get("ui-compare-conditions"), 10),
        (words.get("ui-compare-eu"), 4),
        (words.get("ui-compare-e2ee"), 5),
        (words.get("ui-compare-contract"), 9),
        (words.get("ui-compare-assumptions"), 9),
    ];
    let _ = writeln!(out, "    {}", line(columns.iter().map(|(name, width)| (name.as_str(), *width))));
    for row in &view.rows {
        let own = if row.is_own { '›' } else { ' ' };
        let numbers: Vec<String> = row.assumptions.iter().map(ToString::to_string).collect();
        let cells = [
            format!("{}, {}", row.name, row.edition_name),
            row.counts.0.to_string(),
            row.counts.1.to_string(),
            mark(row.traits.eu_hosted),
            mark(row.traits.end_to_end),
            mark(row.traits.contract),
            numbers.join(","),
        ];
        let cells = cells.iter().map(String::as_str).zip(columns.iter().map(|(_, width)| *width));
        let _ = writeln!(out, "{own} {} {}", sign(row.verdict), line(cells));
        let mut said = vec![row.word.clone()];
        said.extend(row.findings.iter().take(SHOWN).cloned());
        if row.findings.len() > SHOWN {
            said.push(words.with("ui-compare-more", &[("n", &(row.findings.len() - SHOWN).to_string())]));
        }
        for line in wrap(&said.join(" · "), 92) {
            let _ = writeln!(out, "        {line}");
        }
    }
    out
}

/// As many findings stand below a tool.
const SHOWN: usize = 3;

fn mark(truth: Truth) -> String {
    match truth {
        Truth::Yes => "✓",
        Truth::No => "–",
        Truth::Unknown => "?",
    }
    .to_owned()
}

/// One line of the table; what is too long is cut.
fn line<'c>(cells: impl Iterator<Item = (&'c str, usize)>) -> String {
    let mut line = String::new();
    for (text, width) in cells {
        let mut cut = String::new();
        for c in text.chars() {
            if cut.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > width {
                cut.pop();
                cut.push('…');
                break;
            }
            cut.push(c);
        }
        let _ = write!(line, "{cut}{} ", " ".repeat(width.saturating_sub(cut.width())));
    }
    line.trim_end().to_owned()
}

/// The comparison as one JSON object.
#[must_use]
pub fn json(wording: Wording<'_>, session: &Session, day: Day, rows: &[Row]) -> Json {
    let rows: Vec<Json> = rows
        .iter()
        .map(|row| {
            let assumed = |one: &Assumed| json!({"variable": one.question.as_str(), "value": one.choice.as_str()});
            let findings: Vec<&str> = row.picture.findings.iter().map(|one| one.id.as_str()).collect();
            json!({
                "vendor": row.vendor.as_str(),
                "edition": row.edition.as_str(),
                "verdict": row.picture.verdict.id(),
                "best": row.picture.best.id(),
                "worst": row.picture.worst.id(),
                "answered": row.answered,
                "assumptions": row.assumptions.iter().map(assumed).collect::<Vec<_>>(),
                "findings": findings,
                "coloured": findings_json(&row.picture),
                "transfer": basis_json(wording.labels.bank, &row.picture.basis),
                "traits": BTreeMap::from([
                    ("eu_hosted", truth_id(row.traits.eu_hosted)),
                    ("e2ee", truth_id(row.traits.end_to_end)),
                    ("contract", truth_id(row.traits.contract)),
                    ("self_hosted", truth_id(row.traits.self_hosted)),
                ]),
            })
        })
        .collect();
    json!({
        "format": 1,
        "vendor": session.vendor.as_str(),
        "mode": session.mode.id(),
        "as_of": day.to_string(),
        "rows": rows,
    })
}
