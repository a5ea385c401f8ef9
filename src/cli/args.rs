//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::domain::text::Language;

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
    },
    /// Show where files lie.
    Paths,
}

/// Formats of what commands print.
#[derive(Clone, Copy, Debug, ValueEnum)]
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
