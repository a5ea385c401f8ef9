//! `freigabe register`: all sessions of the data directory, as a table or for programs.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::RegisterFormat;
use super::{Context, print, report, written};
use crate::domain::id::VendorId;
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::report::export;
use crate::report::label::Labels;
use crate::report::picture::Wording;
use crate::report::register::{Cell, Source, cells, german, json, ndjson, standard, table, told, unread};
use crate::session::register::{Column, Entry, Filter, Judge, Register, Row, Shelf, reasons, rows, sort};
use crate::session::store::Progress;

/// What is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// Which lines.
    pub filter: Filter,
    /// In which order; none: the next due day first.
    pub sort: Option<Column>,
    /// In which form.
    pub format: RegisterFormat,
    /// CSV as RFC 4180 has it.
    pub csv_standard: bool,
    /// Where to; none or `-`: standard output.
    pub output: Option<PathBuf>,
    /// A file that lies there gives way.
    pub force: bool,
}

/// Prints the register, or writes it to a file and says where.
pub fn register(context: &Context, wanted: &Wanted) -> Result<u8, Error> {
    let (knowledge, words, store) = (context.knowledge()?, Words::new(context.language), context.store());
    let Some(mut register) = store.register(&Progress::default()) else { return Ok(0) };
    let judge = Judge::of(&knowledge, &register.entries, context.today);
    let is_new = judge.keep(&mut register.entries) || register.fresh > 0 || register.gone;
    let day = context.day.unwrap_or(context.today);
    let rows = rows(&register.entries, knowledge.entries(), day, &judge);
    let mut places = wanted.filter.places(&register.entries, &rows);
    sort(&mut places, &register.entries, &rows, wanted.sort.unwrap_or(Column::DueNext), false);
    let shown: Vec<&Row> = places.iter().filter_map(|place| rows.get(*place)).collect();
    let causes = wanted.filter.flipped.then(|| {
        let reasons = reasons(&judge, &register.entries, &shown, day);
        let lines = shown.iter().zip(&reasons);
        let words_of = |row: &Row| wording(context, &knowledge, &words, register.entries.get(row.at));
        lines.map(|(row, reasons)| told(words_of(row), reasons)).collect::<Vec<_>>()
    });
    let mut lines: Vec<Vec<Cell>> = Vec::with_capacity(shown.len());
    for (n, row) in shown.iter().enumerate() {
        let causes = causes.as_ref().and_then(|all| all.get(n)).map(Vec::as_slice);
        lines.extend(register.entries.get(row.at).map(|entry| cells(Source { entry, row, day, causes })));
    }
    // A filter says what a line has to be like, and nobody knows what these are like.
    if wanted.filter.is_open() {
        lines.extend(register.unread.iter().map(|one| unread(one, &words)));
    }
    let text = match wanted.format {
        RegisterFormat::Table => table(&lines, &words),
        RegisterFormat::Csv if wanted.csv_standard => standard(&lines),
        RegisterFormat::Csv => german(&lines, &words),
        RegisterFormat::Ndjson => ndjson(&lines),
        RegisterFormat::Json => json(day, &lines),
    };
    let told = put(context, wanted, &words, &text);
    // Nobody waits for it.
    if is_new {
        store.write_index(&register.entries);
    }
    told?;
    missing(&register, &words);
    Ok(0)
}

/// Words for what a session is about.
fn wording<'a>(context: &Context, knowledge: &'a Knowledge, words: &'a Words, entry: Option<&Entry>) -> Wording<'a> {
    let vendor = entry.and_then(|entry| VendorId::try_from(entry.vendor.as_str()).ok());
    let labels = Labels {
        bank: knowledge.bank(),
        catalogue: knowledge.entries(),
        vendor: vendor.and_then(|id| knowledge.vendor(&id)),
        language: context.language,
    };
    Wording { labels, words }
}

fn put(context: &Context, wanted: &Wanted, words: &Words, text: &str) -> Result<u8, Error> {
    let Some(output) = wanted.output.as_deref().filter(|path| *path != Path::new("-")) else {
        return match wanted.format {
            // Its cells are harmless already, and its byte order mark and line ends belong to it.
            RegisterFormat::Csv => written(std::io::stdout().lock().write_all(text.as_bytes())),
            _ => print(text),
        };
    };
    if context.store().holds(output) {
        let message = words.with("ui-export-session", &[("path", &output.display().to_string())]);
        return Err(Error::new(Kind::Usage, message).hint(words.get("ui-export-remedy")));
    }
    export::write(output, text, wanted.force).map_err(|error| report::told(&error, words))?;
    print(&format!("{}\n", words.with("ui-export-written", &[("path", &output.display().to_string())])))
}

/// Says what is not in the list, where a filter has left it out.
fn missing(register: &Register, words: &Words) {
    if !register.unread.is_empty() {
        let count = register.unread.len().to_string();
        // Nobody need read it; the list is complete as far as it goes.
        let _ = writeln!(std::io::stderr(), "{}", words.with("register-unread", &[("n", &count)]));
    }
}

/// The filter that is meant where none is given.
pub fn everything() -> Filter {
    Which { shelf: Shelf::All, ..Which::default() }.into()
}

/// The filter of the command line.
#[derive(Debug, Default, clap::Args)]
pub struct Which {
    /// Only teams whose name holds this.
    #[arg(long)]
    team: Option<String>,
    /// Only this tool, by id or a part of its name.
    #[arg(long)]
    tool: Option<String>,
    /// Only this verdict on the day looked at: `green`, `yellow`, `red`, `open`.
    #[arg(long, value_parser = super::args::verdict)]
    verdict: Option<crate::domain::verdict::Verdict>,
    /// Only this state: `draft`, `with_dpo`, `signed`, `not_yet_effective`, `due`, `expired`, `void`.
    #[arg(long, value_parser = super::args::stage)]
    state: Option<crate::session::state::Stage>,
    /// Only where something is due before this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    due_before: Option<crate::domain::Day>,
    /// Only where these words stand somewhere.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only signed clearances whose verdict is another one now, each with its cause.
    #[arg(long)]
    flipped: bool,
    /// Which shelf: `current`, `cleared`, `refused`, `archived`, `all`.
    #[arg(long, value_parser = super::args::shelf, default_value = "all")]
    shelf: Shelf,
}

impl From<Which> for Filter {
    fn from(which: Which) -> Self {
        Self {
            shelf: which.shelf,
            team: which.team,
            tool: which.tool,
            verdict: which.verdict,
            stage: which.state,
            due_before: which.due_before,
            flipped: which.flipped,
            search: which.search.unwrap_or_default(),
        }
    }
}
