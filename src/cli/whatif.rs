//! `freigabe whatif`: the way to clearance.

use super::args::Format;
use super::{Context, commands, print};
use crate::engine::{Model, whatif as ways};
use crate::error::Error;
use crate::i18n::Words;
use crate::report::label::Labels;
use crate::report::whatif::{json, text};

/// Prints the ways.
pub fn whatif(context: &Context, session: &str, format: Format) -> Result<u8, Error> {
    let saved = context.load(session)?;
    let knowledge = context.knowledge()?;
    let vendor = commands::entry(&knowledge, &saved.session.vendor)?;
    let bank = knowledge.bank();
    let model = Model::compile(bank, vendor);
    let inquiry = saved.session.inquiry(context.day, context.today);
    let found = ways(&model, bank, vendor, &inquiry);
    let labels = Labels { bank, catalogue: knowledge.entries(), vendor, language: context.language };
    let words = Words::new(context.language);
    match format {
        Format::Json => print(&format!("{:#}\n", json(&labels, &words, &saved.session, inquiry.day, &found))),
        Format::Text => print(&text(&labels, &words, &saved.session, &found)),
    }
}
