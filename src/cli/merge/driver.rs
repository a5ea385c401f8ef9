//! `freigabe merge --driver BASE OURS THEIRS`: git asks to bring two versions of a file together.
//!
//! What fits together is put into OURS. Where a person has to decide, both versions stand there with marks between them, and
//! the exit code says so; `freigabe merge FILE` goes on from there. Nothing is lost either way.

use std::io::Write as _;
use std::path::PathBuf;

use super::super::{Context, report};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::report::export;
use crate::session::file;
use crate::session::merge::{Basis, Merge, Side, marked};
use crate::session::store::{Saved, StoreError};

/// The exit code by which git knows that a person has to decide.
const CONFLICT: u8 = 1;

/// Brings two versions together.
pub fn driver(context: &Context, files: &[PathBuf], words: &Words) -> Result<u8, Error> {
    let [base, ours, theirs] = files else {
        return Err(Error::new(Kind::Usage, words.get("merge-driver-files")));
    };
    let store = context.store();
    let load = |path: &PathBuf| store.load(&path.to_string_lossy());
    let (text, conflict) = match (load(ours), load(theirs)) {
        (Ok(left), Ok(right)) => {
            let basis = load(base).map_or(Basis::Histories, |base| Basis::State(Box::new(base.session)));
            together(context, basis, left, right, words)?
        }
        (left, right) => {
            // git itself would leave the first version there, and the other one would be forgotten.
            let raw = |path: &PathBuf, loaded: Result<Saved, StoreError>| match loaded {
                Ok(saved) => Ok(file::write_as_found(&saved.session)),
                Err(fault) => store.text(path).ok_or_else(|| Error::of_store(&fault, words)),
            };
            (marked::marked(&raw(ours, left)?, None, &raw(theirs, right)?), true)
        }
    };
    export::write(ours, &text, true).map_err(|error| report::told(&error, words))?;
    Ok(if conflict { CONFLICT } else { 0 })
}

fn together(
    context: &Context,
    basis: Basis,
    ours: Saved,
    theirs: Saved,
    words: &Words,
) -> Result<(String, bool), Error> {
    // In a branch the files of two sessions may have come to bear one name.
    let merge = Merge::of(basis, ours.session, theirs.session, false);
    let merge = merge.map_err(|refused| super::refuse(&refused, "git", words))?;
    let refused = |refused| super::refuse(&refused, "git", words);
    if merge.undecided() == 0 {
        let merged = merge.finish((context.clock.now)(), "git").map_err(refused)?;
        if let Some(revision) = merge.voids(&merged) {
            // git shows this among its own lines; it asks nobody.
            let told = words.with("merge-voided", &[("revision", &revision.to_string())]);
            let _ = writeln!(std::io::stderr(), "{told}");
        }
        return Ok((file::sealed(&file::write(&merged)), false));
    }
    let left = file::write(&merge.as_if(Side::Ours).map_err(refused)?);
    let right = file::write(&merge.as_if(Side::Theirs).map_err(refused)?);
    // Whoever goes on from there has to know what stood there before: else one side's silence would pass for consent.
    let before = merge.before().map_err(refused)?.map(|before| file::write(&before));
    Ok((marked::marked(&left, before.as_deref(), &right), true))
}
