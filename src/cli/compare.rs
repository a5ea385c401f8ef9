//! `freigabe compare`: the same team's answers against every tool of the catalogue.

use super::args::Format;
use super::{Context, commands, print};
use crate::domain::vendor::Vendor;
use crate::engine::{Entrant, Filter, Model, comparison};
use crate::error::Error;
use crate::i18n::Words;
use crate::report::comparison::{json, text, view};
use crate::report::label::Labels;
use crate::report::picture::Wording;

/// Prints the rows that pass the filter, best first.
pub fn compare(context: &Context, session: &str, filter: Filter, format: Format) -> Result<u8, Error> {
    let saved = context.load(session)?;
    let knowledge = context.knowledge()?;
    let vendor = commands::entry(&knowledge, &saved.session.vendor)?;
    let vendors: Vec<&Vendor> = knowledge.vendors().collect();
    let models: Vec<Model> = vendors.iter().map(|vendor| Model::compile(knowledge.bank(), Some(vendor))).collect();
    let inquiry = saved.session.inquiry(context.day, context.today);
    let entrants = vendors.iter().zip(&models).map(|(vendor, model)| Entrant {
        vendor: &vendor.id,
        name: &vendor.name,
        model,
        own: None,
    });
    let mut rows = comparison(entrants, &inquiry);
    rows.retain(|row| filter.passes(row.traits));
    let words = Words::new(context.language);
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: context.language };
    let wording = Wording { labels, words: &words };
    match format {
        Format::Json => print(&format!("{:#}\n", json(wording, &saved.session, inquiry.day, &rows))),
        Format::Text => {
            let view = view(wording, &saved.session, inquiry.day, &rows, |id| knowledge.vendor(id));
            print(&text(&view, wording))
        }
    }
}
