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
use crate::report::merged::{came, fate_id, place, said, strange};
use crate::sanitise::{clip, sanitise};
use crate::session::merge::{Fate, Point, Round, Side};
use crate::session::store::Saved;

/// Longest list of what is not understood, in characters.
const LISTED: usize = 600;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was saved.
    Saved,
    /// There was nothing to save.
    Unchanged,
    /// Nothing was saved: a person has to decide.
    Undecided,
    /// Nothing was saved: it would void a seal.
    Sealed,
}

/// Says what was found in each copy.
pub fn print_found(
    round: &Round,
    saved: &Saved,
    knowledge: &Knowledge,
    format: Format,
    end: End,
    (day, words): (Day, &Words),
) -> Result<u8, Error> {
    let labels = Labels {
        bank: knowledge.bank(),
        catalogue: knowledge.entries(),
        vendor: knowledge.vendor(&saved.session.vendor),
        language: words.language(),
    };
    match format {
        Format::Json => print(&format!("{:#}\n", object(round, saved, &labels, end))),
        Format::Text => print(&text(round, saved, &labels, end, (day, words))),
    }
}

fn text(round: &Round, saved: &Saved, labels: &Labels<'_>, end: End, (day, words): (Day, &Words)) -> String {
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
        let unknown = strange(points, labels);
        if !unknown.is_empty() {
            let listed = clip(&unknown.join(", "), LISTED);
            let _ = writeln!(
                out,
                "  {}",
                words.with("merge-strange", &[("n", &unknown.len().to_string()), ("list", &listed)])
            );
        }
        for point in points {
            let lines = came(point, labels, words);
            if !lines.is_empty() {
                let _ = writeln!(out, "  {}", place(&point.place, labels, day, words));
            }
            for line in lines {
                let _ = writeln!(out, "    {line}");
            }
        }
        let mut conflicts = points.iter().filter(|point| point.fate == Fate::Conflict).peekable();
        if conflicts.peek().is_some() {
            let id = if end == End::Undecided { "merge-to-decide" } else { "merge-was-decided" };
            let _ = writeln!(out, "  {}", words.get(id));
        }
        for point in conflicts {
            let _ = writeln!(out, "  {}", place(&point.place, labels, day, words));
            let mark = |side: Side| if point.choice == Some(side) && end != End::Undecided { "›" } else { " " };
            for (side, id) in [(Side::Ours, "merge-ours"), (Side::Theirs, "merge-theirs")] {
                let lines = said(point, side, labels, words);
                let _ = writeln!(out, "  {} {}: {}", mark(side), words.get(id), lines.join(" · "));
            }
        }
    }
    let path = sanitise(&saved.path.to_string_lossy()).into_owned();
    let revision = round.voids().map(|revision| revision.to_string());
    let voids = |id: &str| revision.as_ref().map(|revision| words.with(id, &[("revision", revision)]));
    let said = match end {
        End::Saved => [Some(words.with("merge-written", &[("path", &path)])), voids("merge-voided"), None],
        End::Unchanged => [Some(words.with("merge-unchanged", &[("path", &path)])), None, None],
        End::Undecided => {
            [Some(words.get("merge-undecided")), Some(words.get("merge-undecided-remedy")), voids("merge-voids")]
        }
        End::Sealed => [Some(words.get("merge-not-written")), None, None],
    };
    for line in said.into_iter().flatten() {
        let _ = writeln!(out, "{line}");
    }
    out
}

fn object(round: &Round, saved: &Saved, labels: &Labels<'_>, end: End) -> Json {
    let side = |side: Side| if side == Side::Ours { "ours" } else { "theirs" };
    let point = |point: &Point| {
        let raw = |of: Side| crate::report::merged::raw(point, of);
        json!({
            "place": point.place.to_string(),
            "fate": fate_id(point.fate),
            "parts": point.parts,
            "ours": raw(Side::Ours),
            "theirs": raw(Side::Theirs),
            "taken": point.choice.filter(|_| end != End::Undecided).map(side),
        })
    };
    let files: Vec<Json> = round
        .found()
        .map(|(name, points)| {
            let told = points.iter().filter(|point| point.fate != Fate::Same);
            let unknown = strange(points, labels);
            json!({ "file": name, "points": told.map(point).collect::<Vec<Json>>(), "not_understood": unknown })
        })
        .collect();
    json!({
        "format": 1,
        "session": saved.session.id.as_str(),
        "path": saved.path.to_string_lossy(),
        "files": files,
        "conflicts": round.count(Fate::Conflict),
        "voids_seal": round.voids(),
        "written": end == End::Saved,
    })
}
