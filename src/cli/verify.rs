//! `freigabe verify`: a sealed assessment is judged again with what was sealed, and compared.

use std::path::{Path, PathBuf};

use super::args::Format;
use super::{Context, print};
use crate::domain::Day;
use crate::engine::{Model, assess};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::report::label::Labels;
use crate::report::verification::{Kept, Since, Verified, json, text};
use crate::sanitise::sanitise;
use crate::session::file;
use crate::session::record::{self, Difference, Outcome, Record, differences, edits, progress};
use crate::session::signoff::{Seal, content};
use crate::session::state::{stage, voided};
use crate::session::store::{Saved, Store, StoreError};

/// Verifies the last seal of a session, or a record by itself; the exit code says what came of it.
pub fn verify(context: &Context, what: &str, format: Format) -> Result<u8, Error> {
    let words = Words::new(context.language);
    let store = context.store();
    let named = store.find(what).map_err(|fault| Error::of_store(&fault, &words))?;
    let (saved, path) = if store.is_record(&named) {
        (None, named)
    } else {
        let saved = context.load(what)?;
        let Some(seal) = saved.session.seal() else {
            return Err(
                Error::new(Kind::Usage, words.get("ui-verify-unsealed")).hint(words.get("ui-verify-unsealed-remedy"))
            );
        };
        let path = store.record_of(&saved.path, seal);
        (Some(saved), path)
    };
    let (bytes, record) = read(&store, &path, &words)?;
    let seal = saved.as_ref().and_then(|saved| saved.session.seal());
    let knowledge = record.knowledge().map_err(|faults| Error {
        message: words.with("ui-verify-data", &[("path", &sanitise(&path.to_string_lossy()))]),
        ..Error::from(faults)
    })?;
    let again = judged(&knowledge, &record, record.head.day);
    let verified = Verified {
        head: record.head.clone(),
        record: path.to_string_lossy().into_owned(),
        kept: kept(seal, &record, &bytes),
        older: saved.as_ref().map(|saved| older(&store, saved, &path)).unwrap_or_default(),
        replay: differences(&record.outcome, &again),
        since: saved.as_ref().map(|saved| since(&record, saved, context.day.unwrap_or(context.today))),
        today: today(context, &record)?,
        then: record.outcome.clone(),
    };
    let bank = knowledge.bank();
    let vendor = knowledge.vendor(&record.session.vendor);
    let labels = Labels { bank, catalogue: knowledge.entries(), vendor, language: context.language };
    match format {
        Format::Json => print(&format!("{:#}\n", json(&verified)))?,
        Format::Text => print(&text(&labels, &words, &verified))?,
    };
    Ok(verified.code())
}

/// A record with the bytes of its file.
fn read(store: &Store, path: &Path, words: &Words) -> Result<(Vec<u8>, Record), Error> {
    let told = |fault: &StoreError| Error::of_store(fault, words);
    if !path.exists() {
        let message = words.with("ui-verify-missing", &[("path", &sanitise(&path.to_string_lossy()))]);
        return Err(Error::new(Kind::Damaged, message).hint(words.get("ui-verify-missing-remedy")));
    }
    let bytes = store.read_record(path).map_err(|fault| told(&fault))?;
    let path = || PathBuf::from(path);
    // A record is always written with its first line; without it nothing says that it is whole.
    let whole = if file::is_ours(&bytes) { file::check(&bytes) } else { Err(file::Broken::Line) };
    whole.map_err(|broken| told(&StoreError::Broken { path: path(), broken }))?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let record = record::read(text).map_err(|error| {
        let excerpt = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
        let excerpt = excerpt.chars().take(120).collect();
        told(&StoreError::Unreadable { path: path(), error, excerpt })
    })?;
    Ok((bytes, record))
}

/// Whether a record is the one that a seal names, and holds what the seal covers.
fn kept(seal: Option<&Seal>, record: &Record, bytes: &[u8]) -> Kept {
    let whole = content(&record.session) == record.content;
    match seal {
        _ if !whole => Kept::Another,
        None => Kept::Alone,
        Some(seal) if seal.record == record::hash(bytes) && seal.content == record.content => Kept::Intact,
        Some(_) => Kept::Another,
    }
}

/// The records of the other seals of a session.
fn older(store: &Store, saved: &Saved, newest: &Path) -> Vec<(u32, Kept)> {
    let seals = saved.session.seals.iter().map(|seal| (seal, store.record_of(&saved.path, seal)));
    let state = |seal: &Seal, path: &Path| match store.read_record(path) {
        Err(_) if !path.exists() => Kept::Missing,
        Err(_) => Kept::Damaged,
        Ok(bytes) if file::check(&bytes).is_err() => Kept::Damaged,
        Ok(bytes) if record::hash(&bytes) == seal.record => Kept::Intact,
        Ok(_) => Kept::Another,
    };
    seals.filter(|(_, path)| path != newest).map(|(seal, path)| (seal.revision, state(seal, &path))).collect()
}

fn since(record: &Record, saved: &Saved, today: Day) -> Since {
    let now = content(&saved.session);
    Since {
        edits: edits(&record.session, &saved.session),
        progress: progress(&record.session, &saved.session),
        stage: Some(stage(&saved.session, &now, today)),
        voided: voided(&saved.session, &now, today),
    }
}

/// What some knowledge makes of the sealed session on a day.
fn judged(knowledge: &Knowledge, record: &Record, day: Day) -> Outcome {
    let model = Model::compile(knowledge.bank(), knowledge.vendor(&record.session.vendor));
    Outcome::from(&assess(&model, &record.session.inquiry(Some(day), record.head.answered)))
}

/// What today's data make of it; none: they know no such tool.
fn today(context: &Context, record: &Record) -> Result<Option<(Day, Outcome, Vec<Difference>)>, Error> {
    let knowledge = context.knowledge()?;
    let day = context.day.unwrap_or(context.today);
    if record.vendor.is_some() && knowledge.vendor(&record.session.vendor).is_none() {
        return Ok(None);
    }
    let now = judged(&knowledge, record, day);
    let differences = differences(&record.outcome, &now);
    Ok(Some((day, now, differences)))
}
