//! `freigabe pack`: the questions of a tool, to be answered elsewhere.

use std::path::{Path, PathBuf};

use super::args::Packed;
use super::{Context, commands, print, report};
use crate::domain::answer::{Mode, Value};
use crate::engine::Model;
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::report::blank::Blank;
use crate::report::export;
use crate::report::html::html;
use crate::report::label::Labels;
use crate::report::markdown::markdown;
use crate::report::typed::typed;
use crate::sanitise::sanitise;
use crate::session::{Answer, Session, Subject};

/// What is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// The tool.
    pub vendor: Option<String>,
    /// The team that is asked.
    pub team: Option<String>,
    /// Which questions.
    pub mode: Option<Mode>,
    /// The assessment whose open questions are asked.
    pub from: Option<String>,
    /// Its answers go along.
    pub answers: bool,
    /// Its form.
    pub format: Option<Packed>,
    /// File or folder; none or `-`: standard output.
    pub output: Option<PathBuf>,
    /// A file that lies there gives way.
    pub force: bool,
}

/// Prints the pack, or writes it to a file and says where.
pub fn pack(context: &Context, wanted: &Wanted) -> Result<u8, Error> {
    let words = Words::new(context.language);
    let knowledge = context.knowledge()?;
    let (session, asked) = if let Some(from) = &wanted.from {
        let whole = context.load(from)?.session;
        let handed = if wanted.answers { whole.without_remarks() } else { without_answers(&whole) };
        (handed, whole)
    } else {
        let vendor = commands::vendor_id(context, wanted.vendor.as_deref().unwrap_or_default())?;
        let mode = wanted.mode.unwrap_or(Mode::SelfAssessment);
        let day = context.day.unwrap_or(context.today);
        let mut session = context.store().create(mode, vendor, day, context.milliseconds).session;
        session.subject.team = wanted.team.clone().unwrap_or_default();
        (session.clone(), session)
    };
    let vendor = commands::entry(&knowledge, &session.vendor)?;
    let model = Model::compile(knowledge.bank(), vendor);
    let inquiry = asked.inquiry(context.day, context.today);
    let blank = Blank {
        labels: Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: context.language },
        words: &words,
        session: &session,
        model: &model,
        inquiry: &inquiry,
        open_only: wanted.from.is_some(),
    };
    let output = wanted.output.as_deref().filter(|path| *path != Path::new("-"));
    let (text, ending) = match form(wanted, output, &words)? {
        Packed::Session => (blank.template(), "freigabe.ron"),
        Packed::Md => (markdown(&blank.document()), "md"),
        Packed::Html => (html(&blank.document()), "html"),
        Packed::Text => (typed(&blank.document()), "txt"),
    };
    let Some(output) = output else { return print(&text) };
    let path = export::place(output, &session, ending);
    if context.store().holds(&path) {
        let message = words.with("ui-export-session", &[("path", &path.display().to_string())]);
        return Err(Error::new(Kind::Usage, message).hint(words.get("ui-export-remedy")));
    }
    export::write(&path, &text, wanted.force).map_err(|error| report::told(&error, &words))?;
    print(&format!("{}\n", words.with("ui-export-written", &[("path", &path.display().to_string())])))
}

/// The form that is asked for, or that the file's name asks for.
fn form(wanted: &Wanted, output: Option<&Path>, words: &Words) -> Result<Packed, Error> {
    let ending = output.filter(|path| !path.is_dir()).and_then(Path::extension).map(|ending| ending.to_string_lossy());
    let by_ending = match ending.as_deref().map(str::to_lowercase).as_deref() {
        None | Some("ron") => Some(Packed::Session),
        Some("md" | "markdown") => Some(Packed::Md),
        Some("html" | "htm") => Some(Packed::Html),
        Some("txt") => Some(Packed::Text),
        Some(_) => None,
    };
    wanted.format.or(by_ending).ok_or_else(|| {
        let message = words.with("pack-ending", &[("ending", &sanitise(&ending.unwrap_or_default()))]);
        Error::new(Kind::Usage, message).hint(words.get("pack-ending-remedy"))
    })
}

/// The same session as far as those who are asked need to know it.
fn without_answers(whole: &Session) -> Session {
    let subject = Subject { interviewer: String::new(), respondents: Vec::new(), ..whole.subject.clone() };
    let day = whole.created.unwrap_or_default();
    let mut handed = Session::new(whole.id.clone(), whole.mode, whole.vendor.clone(), day);
    (handed.as_of, handed.created, handed.subject) = (whole.as_of, whole.created, subject);
    handed.subject.rest.0.clear();
    // A tool outside the catalogue has its name among the answers.
    if let Some((id, Answer { value: Value::Text(name), .. })) = whole.answers.get_key_value("tool_name") {
        handed.answers.insert(id.clone(), Answer::new(Value::Text(name.clone())));
    }
    handed
}
