//! What was found when copies were brought together, in words or as JSON.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::super::args::Format;
use super::super::print;
use crate::domain::Day;
use crate::error::Error;
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::report::label::Labels;
use crate::report::merged::{fate_id, place, said};
use crate::sanitise::{clip, sanitise};
use crate::session::merge::{Fate, Point, Round, Side};
use crate::session::store::Saved;

/// Says what was found in each copy. `written`: whether anything was saved; none: nothing was, a person has to decide.
pub fn print_found(
    round: &Round,
    saved: &Saved,
    knowledge: &Knowledge,
    format: Format,
    written: Option<bool>,
    (day, words): (Day, &Words),
) -> Result<u8, Error> {
    let labels = Labels {
        bank: knowledge.bank(),
        catalogue: knowledge.entries(),
        vendor: knowledge.vendor(&saved.session.vendor),
        language: words.language(),
    };
    match format {
        Format::Json => print(&format!("{:#}\n", object(round, saved, written))),
        Format::Text => print(&text(round, saved, &labels, written, (day, words))),
    }
}

fn text(
    round: &Round,
    saved: &Saved,
    labels: &Labels<'_>,
    written: Option<bool>,
    (day, words): (Day, &Words),
) -> String {
    let mut out = String::new();
    for (name, points) in round.found() {
        let counted = [Fate::Theirs, Fate::United, Fate::Alike, Fate::Conflict].map(|fate| {
            let n = points.iter().filter(|point| point.fate == fate).count();
            (fate, n)
        });
        let counted: Vec<String> = counted
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(fate, n)| words.with(&format!("merge-{}", fate_id(fate)), &[("n", &n.to_string())]))
            .collect();
        let what = if counted.is_empty() { words.get("merge-same") } else { counted.join(" · ") };
        let _ = writeln!(out, "{}: {what}", clip(name, super::LONGEST));
        for point in points.iter().filter(|point| point.fate == Fate::Conflict) {
            let _ = writeln!(out, "  {}", place(&point.place, labels, day, words));
            let mark = |side: Side| if point.choice == Some(side) && written.is_some() { "›" } else { " " };
            for (side, id) in [(Side::Ours, "merge-ours"), (Side::Theirs, "merge-theirs")] {
                let lines = said(point, side, labels, words);
                let _ = writeln!(out, "  {} {}: {}", mark(side), words.get(id), lines.join(" · "));
            }
        }
    }
    let path = sanitise(&saved.path.to_string_lossy()).into_owned();
    let id = match written {
        Some(true) => "merge-written",
        Some(false) => "merge-unchanged",
        None => "merge-undecided",
    };
    let _ = writeln!(out, "{}", words.with(id, &[("path", &path), ("file", &path), ("ours", ""), ("theirs", "")]));
    if written.is_none() {
        let _ = writeln!(out, "{}", words.get("merge-undecided-remedy"));
    }
    out
}

fn object(round: &Round, saved: &Saved, written: Option<bool>) -> Json {
    let side = |side: Side| if side == Side::Ours { "ours" } else { "theirs" };
    let point = |point: &Point| {
        let raw = |of: Side| crate::report::merged::raw(point, of);
        json!({
            "place": point.place.to_string(),
            "fate": fate_id(point.fate),
            "parts": point.parts,
            "ours": raw(Side::Ours),
            "theirs": raw(Side::Theirs),
            "taken": point.choice.filter(|_| written.is_some()).map(side),
        })
    };
    let files: Vec<Json> = round
        .found()
        .map(|(name, points)| {
            let told = points.iter().filter(|point| point.fate != Fate::Same);
            json!({ "file": name, "points": told.map(point).collect::<Vec<Json>>() })
        })
        .collect();
    json!({
        "format": 1,
        "session": saved.session.id.as_str(),
        "path": saved.path.to_string_lossy(),
        "files": files,
        "conflicts": round.count(Fate::Conflict),
        "written": written.unwrap_or(false),
    })
}
