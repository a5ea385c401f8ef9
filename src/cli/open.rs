//! `freigabe open`.

use super::{Context, commands, has_terminal, interactive};
use crate::error::Error;
use crate::i18n::Words;
use crate::tui::Start;

/// Opens a session. A damaged one is no failure here: its last whole state is offered on a screen.
pub fn open(context: &Context, session: &str) -> Result<u8, Error> {
    let store = context.store();
    let start = match store.open(session) {
        Ok(saved) => {
            // By the questions for another tool the light would be wrong.
            commands::entry(&context.knowledge()?, &saved.session.vendor)?;
            Start::Open(Box::new(saved))
        }
        Err(fault) => match store.damage(fault) {
            Ok(damage) if has_terminal() => Start::Damaged(Box::new(damage)),
            Ok(damage) => return Err(Error::of_damage(&damage, &Words::new(context.language))),
            Err(fault) => return Err(Error::of_store(&fault, &Words::new(context.language))),
        },
    };
    interactive(context, start)
}
