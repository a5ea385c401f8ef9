//! `freigabe timeline`: the verdict of the same answers over the years.

use super::args::Format;
use super::{Context, commands, print};
use crate::domain::Day;
use crate::engine::{Model, horizon, timeline as segments};
use crate::error::Error;
use crate::i18n::Words;
use crate::report::label::Labels;
use crate::report::picture::Wording;
use crate::report::timeline::{json, text, view};

/// The earliest day for which law is known.
const FIRST: Day = jiff::civil::date(2015, 1, 1);

/// Prints the timeline from 2015 to the day judged and as far ahead as dated law reaches.
pub fn timeline(context: &Context, session: &str, format: Format) -> Result<u8, Error> {
    let saved = context.load(session)?;
    let knowledge = context.knowledge()?;
    let vendor = commands::entry(&knowledge, &saved.session.vendor)?;
    let model = Model::compile(knowledge.bank(), vendor);
    let inquiry = saved.session.inquiry(context.day, context.today);
    let day = inquiry.day;
    let segments = segments(&model, &inquiry, FIRST.min(day), horizon(&model).max(day));
    let words = Words::new(context.language);
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: context.language };
    let wording = Wording { labels, words: &words };
    match format {
        Format::Json => print(&format!("{:#}\n", json(wording, &saved.session, day, &segments))),
        Format::Text => print(&text(&view(wording, &saved.session, day, &segments), wording)),
    }
}
