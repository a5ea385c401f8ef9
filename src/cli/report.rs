//! `freigabe report`: the record of an assessment as a paper.

use std::path::{Path, PathBuf};

use super::args::Paper;
use super::{Context, commands, print};
use crate::engine::{Model, assess};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::report::export::{self, ExportError};
use crate::report::html::html;
use crate::report::label::Labels;
use crate::report::markdown::markdown;
use crate::report::view::Viewed;
use crate::sanitise::sanitise;

/// Where and how the paper is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// Its form; none: as the file's name ends, else Markdown.
    pub format: Option<Paper>,
    /// File or folder; none or `-`: standard output.
    pub output: Option<PathBuf>,
    /// A file that lies there gives way.
    pub force: bool,
}

/// Prints the paper, or writes it to a file and says where.
pub fn report(context: &Context, session: &str, wanted: &Wanted) -> Result<u8, Error> {
    let saved = context.load(session)?;
    let knowledge = context.knowledge()?;
    let vendor = commands::entry(&knowledge, &saved.session.vendor)?;
    let bank = knowledge.bank();
    let model = Model::compile(bank, vendor);
    let inquiry = saved.session.inquiry(context.day, context.today);
    let assessment = assess(&model, &inquiry);
    let words = Words::new(context.language);
    let viewed = Viewed {
        labels: Labels { bank, catalogue: knowledge.entries(), vendor, language: context.language },
        words: &words,
        session: &saved.session,
        model: &model,
        inquiry: &inquiry,
        assessment: &assessment,
    };
    let output = wanted.output.as_deref().filter(|path| *path != Path::new("-"));
    let named = output.filter(|path| !path.is_dir()).and_then(Path::extension);
    let format = match (wanted.format, output.and_then(by_ending), named) {
        (Some(format), _, _) | (None, Some(format), _) => format,
        (None, None, None) => Paper::Md,
        (None, None, Some(ending)) => {
            let ending = ending.to_string_lossy();
            let message = words.with("ui-export-ending", &[("ending", &sanitise(&ending))]);
            return Err(Error::new(Kind::Usage, message).hint(words.get("ui-export-ending-remedy")));
        }
    };
    let document = viewed.review();
    let (text, ending) = match format {
        Paper::Md => (markdown(&document), "md"),
        Paper::Html => (html(&document), "html"),
    };
    let Some(output) = output else { return print(&text) };
    let path = export::place(output, &saved.session, ending);
    let own = |one: &Path| one.canonicalize().ok().filter(|_| one.exists());
    if context.store().holds(&path) || own(&path).is_some_and(|file| Some(file) == own(&saved.path)) {
        let message = words.with("ui-export-session", &[("path", &path.display().to_string())]);
        return Err(Error::new(Kind::Usage, message).hint(words.get("ui-export-remedy")));
    }
    export::write(&path, &text, wanted.force).map_err(|error| told(&error, &words))?;
    print(&format!("{}\n", words.with("ui-export-written", &[("path", &path.display().to_string())])))
}

/// The form that a file's name asks for.
fn by_ending(path: &Path) -> Option<Paper> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    match ending.as_str() {
        "html" | "htm" => Some(Paper::Html),
        "md" | "markdown" => Some(Paper::Md),
        _ => None,
    }
}

pub(super) fn told(error: &ExportError, words: &Words) -> Error {
    let (id, remedy, path) = match error {
        ExportError::Exists(path) => ("ui-export-exists", "ui-export-exists-remedy", path),
        ExportError::NoFile(path) => ("ui-export-no-file", "ui-export-remedy", path),
        ExportError::Io { path, .. } => ("ui-export-failed", "ui-export-remedy", path),
    };
    let why = match error {
        ExportError::Io { error, .. } => error.to_string(),
        _ => String::new(),
    };
    let path = path.display().to_string();
    let message = words.with(id, &[("path", &path), ("why", &why)]);
    Error::new(Kind::Save, message).hint(words.get(remedy))
}
