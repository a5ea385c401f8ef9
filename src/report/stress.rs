//! The stress test in words and as JSON: what if some law falls?

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::picture::{Wording, basis_json, instrument_name, truth_id};
use super::text::wrap;
use crate::domain::bank::Bank;
use crate::domain::condition::Truth;
use crate::domain::finding::Level;
use crate::domain::id::InstrumentId;
use crate::domain::verdict::Verdict;
use crate::engine::{Changed, Stressed};

/// One stress test in words.
#[derive(Clone, Debug)]
pub struct StressView {
    /// The law that is switched off.
    pub without: Vec<String>,
    /// The verdict with and without it.
    pub verdicts: (Verdict, Verdict),
    /// The same in words, with the sign.
    pub words: (String, String),
    /// What the transfer rests on, with and without it.
    pub transfer: (String, String),
    /// Findings that come or grow graver.
    pub come: Vec<String>,
    /// Findings that go or grow milder.
    pub gone: Vec<String>,
    /// Anything is different.
    pub matters: bool,
}

/// The stress test in words.
#[must_use]
pub fn view(wording: Wording<'_>, without: &[InstrumentId], stressed: &Stressed) -> StressView {
    let (before, after) = (&stressed.before, &stressed.after);
    let (come, gone): (Vec<&Changed>, Vec<&Changed>) = stressed.changed.iter().partition(|one| one.after > one.before);
    let title = |one: &Changed, state: Option<(Level, Truth)>| match state.or(one.before) {
        Some((level, truth)) => wording.finding(&one.id, level, truth),
        None => wording.title(&one.id),
    };
    StressView {
        without: without.iter().map(|id| wording.instrument(id)).collect(),
        verdicts: (before.verdict, after.verdict),
        words: (wording.verdict(before), wording.verdict(after)),
        transfer: (wording.transfer(&before.basis), wording.transfer(&after.basis)),
        come: come.into_iter().map(|one| title(one, one.after)).collect(),
        gone: gone.into_iter().map(|one| title(one, one.after)).collect(),
        matters: stressed.matters(),
    }
}

/// The stress test as lines of at most 90 columns.
#[must_use]
pub fn text(view: &StressView, wording: Wording<'_>) -> String {
    let words = wording.words;
    let mut out = String::new();
    let mut paragraph = |indent: usize, text: &str| {
        for line in wrap(text, 90 - indent) {
            let _ = writeln!(out, "{}{line}", " ".repeat(indent));
        }
    };
    let law = view.without.join(", ");
    if !view.matters {
        paragraph(2, &words.with("ui-stress-same", &[("law", &law), ("verdict", &view.words.0)]));
        return out;
    }
    let (before, after) = &view.words;
    paragraph(2, &words.with("ui-stress-without", &[("law", &law), ("before", before), ("after", after)]));
    if view.transfer.0 != view.transfer.1 {
        let (before, after) = &view.transfer;
        paragraph(6, &words.with("ui-stress-transfer", &[("before", before), ("after", after)]));
    }
    view.come.iter().for_each(|finding| paragraph(6, &format!("+ {finding}")));
    view.gone.iter().for_each(|finding| paragraph(6, &format!("- {finding}")));
    out
}

/// The stress test as JSON. Without a result (purely private) the verdicts are null.
#[must_use]
pub fn json(bank: &Bank, without: &[InstrumentId], stressed: Option<&Stressed>) -> Map<String, Json> {
    let state = |state: Option<(Level, Truth)>| {
        state.map(|(level, truth)| json!({"level": level.id(), "truth": truth_id(truth)}))
    };
    let changed: Vec<Json> = stressed
        .map(|stressed| stressed.changed.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|one| json!({"id": one.id.as_str(), "before": state(one.before), "after": state(one.after)}))
        .collect();
    let names: Vec<String> = without.iter().map(|id| instrument_name(bank, id)).collect();
    let mut object = Map::new();
    object.insert("without".into(), json!(names));
    object.insert("before".into(), json!(stressed.map(|one| one.before.verdict.id())));
    object.insert("after".into(), json!(stressed.map(|one| one.after.verdict.id())));
    object.insert("changed".into(), json!(changed));
    let transfer = stressed.map(|one| {
        let (before, after) = one.transfer();
        json!({"before": basis_json(bank, before), "after": basis_json(bank, after)})
    });
    object.insert("transfer".into(), json!(transfer));
    object
}
