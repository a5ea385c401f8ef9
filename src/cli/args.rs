//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::register::Which;
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::text::Language;
use crate::domain::verdict::Verdict;
use crate::session::register::{Column, Shelf};
use crate::session::state::Stage;

/// Tells whether a video-conference or messaging tool may be used under the GDPR.
///
/// Without a command the start screen opens. Answers are saved on this machine only.
/// Exit codes: 0 good, 1 failure, 2 wrong use or no terminal, 3 damaged file, 4 file of a newer version,
/// 5 in use, 6 could not save; `evaluate --exit-code`: 0 green, 10 yellow, 20 red, 30 still open; `verify`: 0 the same,
/// 1 differs or was edited, 3 damaged.
#[derive(Debug, Parser)]
#[command(name = "freigabe", version, about, long_about, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Language: de or en [default: that of the system].
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Day for which law and facts are taken [default: the session's own, else today].
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Day>,
    /// Where sessions lie [also: `FREIGABE_DATA_DIR`].
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// No colours [also: `NO_COLOR`].
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// The commands.
// Only the one that is called has its options put together; those of the others would be thrown away.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Begin a new assessment.
    New {
        /// The tool, by id or name (`zoom`); `other` for one outside the catalogue.
        #[arg(long)]
        vendor: Option<String>,
        /// self: an employee checks alone; interview: a data protection officer asks a team.
        #[arg(long)]
        mode: Option<ModeName>,
    },
    /// Open a saved assessment: path, id or the beginning of an id.
    Open {
        /// The session.
        session: String,
    },
    /// Print the verdict of a saved assessment.
    Evaluate {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
        /// Say the verdict with the exit code too: 0 green, 10 yellow, 20 red, 30 open.
        #[arg(long)]
        exit_code: bool,
    },
    /// Show the fewest changes that lead to a better verdict.
    Whatif {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Show the verdict of the same answers over the years, and what changed it.
    Timeline {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Judge every tool of the catalogue with the answers of the same team.
    Compare {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// Only tools whose servers all stand inside the EEA, as far as the catalogue knows.
        #[arg(long)]
        eu_hosted: bool,
        /// Only tools with end-to-end encryption.
        #[arg(long)]
        with_e2ee: bool,
        /// Only tools whose vendor offers a processor contract.
        #[arg(long)]
        with_contract: bool,
        /// Only tools that could run on own servers; the catalogue says nothing to the contrary.
        #[arg(long)]
        self_hosted: bool,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Judge sessions as if some law had fallen.
    Stress {
        /// Sessions (path, id or the beginning of an id) and folders of sessions; none: all saved ones.
        #[arg(value_name = "DIR|SESSION")]
        sessions: Vec<String>,
        /// The law, by short name or id (`dpf`, `privacy-shield`, `scc-2021`); may be repeated. None: each instrument
        /// on which the session's transfer rests, one by one.
        #[arg(long, value_name = "LAW")]
        without: Vec<String>,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Show all saved assessments; in a terminal, without any option, on a screen.
    Register {
        /// Which of them.
        #[command(flatten)]
        which: Which,
        /// Order by this column; the next due day first is the default.
        #[arg(long, value_name = "COLUMN", value_parser = column)]
        sort: Option<Column>,
        /// How to print it [default: table].
        #[arg(long)]
        format: Option<RegisterFormat>,
        /// CSV as RFC 4180 has it: commas, names of fields, ISO days.
        #[arg(long)]
        csv_standard: bool,
        /// File to write it to [default: standard output].
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that lies there.
        #[arg(long)]
        force: bool,
    },
    /// Write the record of an assessment as a paper for the file.
    Report {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// Its form [default: as the name of the file ends, else md].
        #[arg(long)]
        format: Option<Paper>,
        /// File or folder to write it to [default: standard output].
        #[arg(short, long, value_name = "FILE|DIR")]
        output: Option<PathBuf>,
        /// Replace a file that lies there.
        #[arg(long)]
        force: bool,
    },
    /// Make a question pack: the questions of a tool, to be answered elsewhere and brought back with `merge`.
    Pack {
        /// The tool, by id or name (`zoom`); `other` for one outside the catalogue.
        #[arg(long, required_unless_present = "from", conflicts_with = "from")]
        vendor: Option<String>,
        /// The team that is asked.
        #[arg(long, conflicts_with = "from")]
        team: Option<String>,
        /// self: in plain words; interview: everything [default: self].
        #[arg(long, conflicts_with = "from")]
        mode: Option<ModeName>,
        /// A saved assessment: only what is still open there is asked. Its answers do not go along.
        #[arg(long, value_name = "SESSION")]
        from: Option<String>,
        /// Its answers go along all the same, with notes and history.
        #[arg(long, requires = "from")]
        answers: bool,
        /// session: a file that freigabe opens; md, html, text: a paper to be filled in by hand [default: as the name of
        /// the file ends, else session].
        #[arg(long)]
        format: Option<Packed>,
        /// File or folder to write it to [default: standard output].
        #[arg(short, long, value_name = "FILE|DIR")]
        output: Option<PathBuf>,
        /// Replace a file that lies there.
        #[arg(long)]
        force: bool,
    },
    /// Bring copies of an assessment together: answered question packs, conflict copies, versions that git has left.
    Merge {
        /// Files that came back. A saved assessment by itself: its own conflict copies are meant.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The assessment that they belong to [default: the one with the same id].
        #[arg(long, value_name = "SESSION")]
        into: Option<String>,
        /// Who is heard where both say something different; what is not taken stays in the history.
        #[arg(long, default_value = "ask")]
        take: Take,
        /// Save it even where that voids the seal of the assessment; the next seal is a new revision.
        #[arg(long)]
        into_sealed: bool,
        /// How to print what was found.
        #[arg(long, default_value = "text")]
        format: Format,
        /// For git: the files are its `%O %A %B`, and what comes out goes into the second one.
        #[arg(long, conflicts_with_all = ["into", "take", "into_sealed"])]
        driver: bool,
    },
    /// Judge a sealed assessment again with what was sealed, and say whether it is the same and intact.
    ///
    /// Works offline, years later, whatever the data of today say. A hash without a key shows accidents and careless edits;
    /// a forger can compute it anew. Exit codes: 0 the same and intact, 1 something differs or was edited, 3 damaged.
    Verify {
        /// The session (path, id or the beginning of an id), or the file of a record.
        #[arg(value_name = "SESSION|RECORD")]
        session: String,
        /// How to print it.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// List the catalogue, or show one entry with all facts, dates and sources.
    Vendors {
        /// The entry.
        id: Option<String>,
    },
    /// Check the data: the embedded one, or that of a folder.
    Check {
        /// The folder.
        dir: Option<PathBuf>,
    },
    /// Print documentation as Markdown.
    Docs {
        /// About what.
        what: Docs,
    },
    /// Remove a session with all that belongs to it: older states, copies, locks.
    Forget {
        /// The session: path, id or the beginning of an id.
        session: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
        /// Do not ask even where a clearance is in force.
        #[arg(long, requires = "yes")]
        cleared: bool,
    },
    /// Show where files lie.
    Paths,
}

/// Formats of what commands print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Forms of a paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Paper {
    /// Markdown.
    Md,
    /// One HTML page that needs nothing else and prints on A4.
    Html,
}

/// Forms of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RegisterFormat {
    /// Columns for the eye.
    Table,
    /// For a spreadsheet in the language of the output.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON object.
    Json,
}

impl RegisterFormat {
    /// The form that the name of a file asks for; else columns.
    pub fn of(file: Option<&std::path::Path>) -> Self {
        match file.and_then(|file| file.extension()).and_then(std::ffi::OsStr::to_str) {
            Some("csv") => Self::Csv,
            Some("ndjson" | "jsonl") => Self::Ndjson,
            Some("json") => Self::Json,
            _ => Self::Table,
        }
    }
}

/// One of several things by its id.
fn by_id<T: Copy>(all: &[T], id: impl Fn(T) -> &'static str, text: &str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| id(*one) == text.replace('-', "_"));
    found.ok_or_else(|| all.iter().map(|one| id(*one)).collect::<Vec<_>>().join(", "))
}

/// A column of the register.
pub fn column(text: &str) -> Result<Column, String> {
    by_id(&Column::ALL, Column::id, text)
}

/// A verdict.
pub fn verdict(text: &str) -> Result<Verdict, String> {
    by_id(&[Verdict::Green, Verdict::Yellow, Verdict::Red, Verdict::Open], Verdict::id, text)
}

/// A state of a session.
pub fn stage(text: &str) -> Result<Stage, String> {
    by_id(&Stage::ALL, Stage::id, text)
}

/// A shelf of the register.
pub fn shelf(text: &str) -> Result<Shelf, String> {
    by_id(&Shelf::ALL, Shelf::id, text)
}

/// Who is heard.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Take {
    /// The saved assessment.
    Ours,
    /// What came back.
    Theirs,
    /// A person decides.
    Ask,
}

/// Forms of a question pack.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Packed {
    /// A file that freigabe opens.
    Session,
    /// Markdown.
    Md,
    /// One HTML page that needs nothing else and prints on A4.
    Html,
    /// Plain text.
    Text,
}

/// Topics of `docs`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Docs {
    /// Questions and findings.
    Questions,
    /// Keys of all screens.
    Keys,
}

/// Names of the modes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ModeName {
    /// Self-assessment.
    #[value(name = "self")]
    SelfAssessment,
    /// Interview.
    Interview,
}

impl From<ModeName> for Mode {
    fn from(name: ModeName) -> Self {
        match name {
            ModeName::SelfAssessment => Self::SelfAssessment,
            ModeName::Interview => Self::Interview,
        }
    }
}

/// Names of the languages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Lang {
    /// German.
    De,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::De => Self::De,
            Lang::En => Self::En,
        }
    }
}
