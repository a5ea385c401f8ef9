//! `freigabe forget`: a session and all that belongs to it is removed.

use std::fmt::Write as _;
use std::io::BufRead;

use super::{Context, has_terminal, print};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::sanitise::{clip, sanitise};
use crate::session::state::in_force;
use crate::session::store::{Claim, Holder, claim, remove_all};

/// Longest name of a machine that is shown, in characters.
const LONGEST: usize = 60;

/// Lists what goes, asks, and removes it. `yes`: nobody is asked; `cleared`: not even where a clearance is in force.
pub fn forget(context: &Context, session: &str, (yes, cleared): (bool, bool)) -> Result<u8, Error> {
    let (store, words) = (context.store(), Words::new(context.language));
    let failed = |fault| Error::of_store(&fault, &words);
    let path = store.find(session).map_err(failed)?;
    let all = store.belongings(&path, &context.folders.temporary).map_err(failed)?;
    if let Some(who) = all.held {
        return Err(in_use(&who, &words));
    }
    // Nobody begins to work on it while a person thinks about the question.
    let lock = match claim(&path, &Holder::this(context.milliseconds)) {
        Claim::Held(who) => return Err(in_use(&who, &words)),
        Claim::Ours(lock) => Some(lock),
        Claim::Unknown => None,
    };
    let mut list = format!("{}\n", words.get("forget-list"));
    for place in &all.places {
        let _ = writeln!(list, "  {}", sanitise(&place.to_string_lossy()));
    }
    // What cannot be read says nothing of a clearance, and goes all the same.
    let session = store.load(&path.to_string_lossy()).ok().map(|saved| saved.session);
    if session.is_some_and(|session| in_force(&session, context.today)) {
        let _ = writeln!(list, "{}", words.get("forget-in-force"));
        if yes && !cleared {
            print(&list)?;
            let refused = Error::new(Kind::Failure, words.get("forget-in-force-kept"));
            return Err(refused.hint(words.get("forget-in-force-remedy")));
        }
    }
    print(&list)?;
    if !yes && !agreed(&words)? {
        print(&format!("{}\n", words.get("forget-kept")))?;
        return Ok(0);
    }
    // What the register has read of it goes too; it reads the others once more.
    let removed = remove_all(&all.places).and_then(|()| store.discard_index()).map_err(failed);
    drop(lock);
    removed?;
    print(&format!("{}\n{}\n", words.get("forget-done"), words.get("forget-elsewhere")))
}

pub(super) fn in_use(who: &str, words: &Words) -> Error {
    let message = match Holder::parse(who) {
        Some(holder) => {
            let (host, process) = (clip(&holder.host, LONGEST), holder.process.to_string());
            words.with("forget-held", &[("host", &host), ("process", &process)])
        }
        None => words.get("ui-read-only-held-unknown"),
    };
    Error::new(Kind::InUse, message).hint(words.get("forget-held-remedy"))
}

/// Asks the person; without one nothing is agreed to.
fn agreed(words: &Words) -> Result<bool, Error> {
    if !has_terminal() {
        return Err(Error::new(Kind::Usage, words.get("forget-needs-yes")).hint(words.get("forget-needs-yes-remedy")));
    }
    print(&format!("{} ", words.get("forget-ask")))?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Error::new(Kind::Failure, format!("standard input: {error}")))?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "j" | "ja" | "y" | "yes"))
}
