//! `freigabe merge`: what others have answered is brought back.

mod driver;
mod told;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::args::{Format, Take};
use super::{Context, forget, has_terminal, interactive, print};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::sanitise::{clip, sanitise};
use crate::session::merge::{Basis, Incoming, Refused, Round, Side};
use crate::session::store::{Claim, Gathered, Holder, Saved, StoreError, Written, claim, incoming};
use crate::tui::Start;
use told::End;

/// Longest name of a file that is told.
const LONGEST: usize = 120;

/// What is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// Files that came back.
    pub files: Vec<PathBuf>,
    /// The assessment that they belong to; none: the one with the same id.
    pub into: Option<String>,
    /// Who is heard where both say something different.
    pub take: Take,
    /// It may void a seal.
    pub into_sealed: bool,
    /// How to print what was found.
    pub format: Format,
    /// git asks.
    pub driver: bool,
}

/// Brings files into a session.
pub fn merge(context: &Context, wanted: &Wanted) -> Result<u8, Error> {
    let words = Words::new(context.language);
    if wanted.driver {
        return driver::driver(context, &wanted.files, &words);
    }
    let mut gathered = gather(context, wanted, &words)?;
    let knowledge = context.knowledge()?;
    let side = match wanted.take {
        Take::Ours => Some(Side::Ours),
        Take::Theirs => Some(Side::Theirs),
        Take::Ask => None,
    };
    while let Some((name, merge)) = gathered.round.present() {
        let (name, undecided) = (clip(name, LONGEST), merge.undecided());
        let reason = match side.filter(|_| undecided > 0) {
            Some(side) => {
                gathered.round.take(side);
                words.with(if side == Side::Ours { "merge-told-ours" } else { "merge-told-theirs" }, &[("file", &name)])
            }
            None if undecided > 0 => break,
            None => words.with("merge-told", &[("file", &name)]),
        };
        gathered.round.bring_in((context.clock.now)(), &reason).map_err(|refused| refuse(&refused, &name, &words))?;
    }
    if gathered.round.outcome().is_some() {
        return finish(context, gathered, wanted, &knowledge, &words);
    }
    if has_terminal() && wanted.format == Format::Text {
        let decided = context.store().decisions(&gathered.saved.path);
        gathered.round.recall(decided);
        return interactive(context, Start::Merge(Box::new(gathered)));
    }
    // What the other files say is told too, as if ours were heard.
    let mut all = gathered.round.clone();
    while all.present().is_some() {
        all.take(Side::Ours);
        all.bring_in((context.clock.now)(), "").map_err(|refused| refuse(&refused, "-", &words))?;
    }
    told::print_found(&all, &gathered.saved, &knowledge, wanted.format, End::Undecided, (context.today, &words))?;
    Ok(1)
}

/// Saves what came out, says what it was, and offers to remove copies that are not needed any more.
fn finish(
    context: &Context,
    gathered: Gathered,
    wanted: &Wanted,
    knowledge: &Knowledge,
    words: &Words,
) -> Result<u8, Error> {
    let Gathered { mut saved, round, copies, lock } = gathered;
    let Some(outcome) = round.outcome() else { return Ok(1) };
    let unchanged = saved.as_loaded().as_ref() == Some(outcome);
    let (format, told) = (wanted.format, (context.today, words));
    if let Some(revision) = round.voids().filter(|_| !wanted.into_sealed) {
        told::print_found(&round, &saved, knowledge, format, End::Sealed, told)?;
        let message = words.with("merge-voids", &[("revision", &revision.to_string())]);
        return Err(Error::new(Kind::Failure, message).hint(words.get("merge-voids-remedy")));
    }
    saved.session = outcome.clone();
    let failed = |fault: StoreError| Error::of_store(&fault, words);
    let place = saved.path.clone();
    let beside = if unchanged { None } else { Some(context.store().save(&mut saved).map_err(failed)?) };
    // What was decided before is not needed any more; should it stay, it does no harm.
    let _ = context.store().keep_decisions(&place, &[]);
    let end = if unchanged { End::Unchanged } else { End::Saved };
    told::print_found(&round, &saved, knowledge, format, end, told)?;
    if beside == Some(Written::Beside) {
        print(&format!("{}\n", words.with("merge-beside", &[("path", &sanitise(&saved.path.to_string_lossy()))])))?;
        return Ok(0);
    }
    let ask = has_terminal() && format == Format::Text;
    for (copy, session) in copies {
        let path = sanitise(&copy.to_string_lossy()).into_owned();
        if !ask {
            if format == Format::Text {
                print(&format!("{}\n", words.with("merge-copy-stays", &[("path", &path)])))?;
            }
        } else if agreed(&words.with("merge-copy-ask", &[("path", &path)]))? {
            let gone = context.store().remove_copy(&copy, &session).map_err(failed)?;
            let id = if gone { "merge-copy-gone" } else { "merge-copy-changed" };
            print(&format!("{}\n", words.with(id, &[("path", &path)])))?;
        }
    }
    drop(lock);
    Ok(0)
}

fn agreed(question: &str) -> Result<bool, Error> {
    print(&format!("{question} "))?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Error::new(Kind::Failure, format!("standard input: {error}")))?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "j" | "ja" | "y" | "yes"))
}

/// The session that is meant, and what comes into it.
fn gather(context: &Context, wanted: &Wanted, words: &Words) -> Result<Gathered, Error> {
    let store = context.store();
    let failed = |fault: StoreError| Error::of_store(&fault, words);
    let mut files = Vec::new();
    for file in &wanted.files {
        files.push(store.find(&file.to_string_lossy()).map_err(failed)?);
    }
    let target = match (&wanted.into, files.first()) {
        (Some(into), _) => Some(store.find(into).map_err(failed)?),
        (None, Some(first)) => home(context, first, words)?,
        (None, None) => None,
    };
    let mut come: Vec<Incoming> = Vec::new();
    let mut copies = Vec::new();
    let mut saved = match &target {
        Some(path) => Some(open(context, path, &mut come, words)?),
        None => None,
    };
    if let Some(path) = target.filter(|path| files.iter().all(|file| same(file, path))) {
        // The session itself is named: its own copies are meant.
        files = store.conflict_copies(&path);
        if files.is_empty() && come.is_empty() {
            let message = words.with("merge-nothing", &[("path", &sanitise(&path.to_string_lossy()))]);
            return Err(Error::new(Kind::Failure, message).hint(words.get("merge-nothing-remedy")));
        }
    }
    for file in files {
        if saved.as_ref().is_some_and(|saved| same(&file, &saved.path)) {
            continue;
        }
        if let Some(versions) = store.versions(&file).map_err(failed)? {
            come.push(incoming(&file, versions.saved.session, Basis::Histories));
            come.push(incoming(&file, versions.theirs, Basis::Histories));
            continue;
        }
        let session = context.load(&file.to_string_lossy())?.session;
        let Some(into) = &saved else {
            saved = Some(store.adopt(session));
            continue;
        };
        if store.original(&file).is_some_and(|of| same(&of, &into.path)) {
            copies.push((file.clone(), session.clone()));
        }
        let basis = store.parting(&into.path, &into.session, &session);
        come.push(incoming(&file, session, basis));
    }
    let Some(saved) = saved else { return Err(Error::new(Kind::Usage, words.get("merge-no-file"))) };
    let lock = match claim(&saved.path, &Holder::this(context.milliseconds)) {
        Claim::Held(who) => return Err(forget::in_use(&who, words)),
        Claim::Ours(lock) => Some(lock),
        Claim::Unknown => None,
    };
    let round = Round::new(saved.session.clone(), come, wanted.into.is_some());
    let round = round.map_err(|(name, refused)| refuse(&refused, &name, words))?;
    Ok(Gathered { saved, round, copies, lock })
}

fn same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

/// The session that a file belongs to: the one with the same id, or beside which it is a copy, or itself where git has left
/// two versions in it. None: it is new here.
fn home(context: &Context, file: &Path, words: &Words) -> Result<Option<PathBuf>, Error> {
    let store = context.store();
    let versions = store.versions(file).map_err(|fault| Error::of_store(&fault, words))?;
    if versions.is_some() {
        return Ok(Some(file.to_owned()));
    }
    if let Some(original) = store.original(file).filter(|path| path.is_file()) {
        return Ok(Some(original));
    }
    let id = context.load(&file.to_string_lossy())?.session.id;
    Ok(store.home_of(&id))
}

/// The session that is merged into; where git has left two versions in its file the other one comes in first.
fn open(context: &Context, path: &Path, come: &mut Vec<Incoming>, words: &Words) -> Result<Saved, Error> {
    let versions = context.store().versions(path).map_err(|fault| Error::of_store(&fault, words))?;
    if let Some(versions) = versions {
        come.push(incoming(path, versions.theirs, versions.basis));
        return Ok(versions.saved);
    }
    let saved = context.load(&path.to_string_lossy())?;
    if saved.read_only.is_none() {
        return Ok(saved);
    }
    let message = words.with("fault-look-only", &[("path", &sanitise(&path.to_string_lossy()))]);
    Err(Error::new(Kind::Failure, message).hint(words.get("fault-look-only-remedy")))
}

/// Why files cannot be brought together.
fn refuse(refused: &Refused, file: &str, words: &Words) -> Error {
    let file = clip(file, LONGEST);
    let (id, ours, theirs, kind) = match refused {
        Refused::OtherTool { ours, theirs } => ("merge-other-tool", ours.as_str(), theirs.as_str(), Kind::Usage),
        Refused::OtherSession { ours, theirs } => ("merge-other-session", ours.as_str(), theirs.as_str(), Kind::Usage),
        Refused::Unreadable(fault) => ("merge-unreadable", fault.message.as_str(), "", Kind::Damaged),
        Refused::Undecided => ("merge-undecided", "", "", Kind::Failure),
    };
    let arguments = [("file", file.as_str()), ("ours", &clip(ours, LONGEST)), ("theirs", &clip(theirs, LONGEST))];
    Error::new(kind, words.with(id, &arguments)).hint(words.get(&format!("{id}-remedy")))
}
