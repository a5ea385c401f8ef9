//! `freigabe stress`: sessions judged as if some law had fallen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::args::Format;
use super::{Context, commands, print};
use crate::domain::bank::Bank;
use crate::domain::id::{InstrumentId, VendorId};
use crate::domain::instrument::Instrument;
use crate::engine::{Model, Stressed, carriers, stress as judge};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::knowledge::suggest::suggest;
use crate::report::label::Labels;
use crate::report::picture::Wording;
use crate::report::stress::{json, text, view};
use crate::sanitise::sanitise;
use crate::session::Session;
use crate::session::folder::session_files;

/// The tests of one session: the law switched off, and what came out.
type Tests = Vec<(Vec<InstrumentId>, Option<Stressed>)>;

/// Prints each session with and without the law.
pub fn stress(context: &Context, what: &[String], without: &[String], format: Format) -> Result<u8, Error> {
    let knowledge = context.knowledge()?;
    let named = without.iter().map(|name| instrument(knowledge.bank(), name)).collect::<Result<Vec<_>, _>>()?;
    let words = Words::new(context.language);
    let mut run = Run { context, knowledge: &knowledge, words: &words, named, models: BTreeMap::new() };
    if let [one] = what
        && folder(one).is_none()
    {
        let session = context.load(one)?.session;
        let tests = run.tests(&session)?;
        return match format {
            Format::Json => print(&format!("{:#}\n", Json::Object(run.object(&session, &tests)))),
            Format::Text => print(&run.paragraphs(&session, &tests)),
        };
    }
    let (mut objects, mut out) = (Vec::new(), String::new());
    let mut code = 0;
    for path in run.paths(what)? {
        match run.context.load(&path).and_then(|saved| {
            let tests = run.tests(&saved.session)?;
            Ok((saved.session, tests))
        }) {
            Ok((session, tests)) => {
                let mut object = run.object(&session, &tests);
                object.insert("file".into(), json!(sanitise(&path)));
                objects.push(Json::Object(object));
                let _ = writeln!(out, "{}", run.paragraphs(&session, &tests));
            }
            Err(error) => {
                // One damaged file must not hide what the others say.
                objects.push(json!({"file": sanitise(&path), "error": sanitise(&error.message)}));
                let _ = writeln!(out, "{}\n  ✗ {}", sanitise(&path), sanitise(&error.message));
                for hint in &error.hints {
                    let _ = writeln!(out, "    {}", sanitise(hint));
                }
                out.push('\n');
                code = code.max(error.kind.code());
            }
        }
    }
    match format {
        Format::Json => print(&format!("{:#}\n", json!({"sessions": objects}))),
        Format::Text if out.is_empty() => print(&format!("{}\n", words.get("ui-stress-none"))),
        Format::Text => print(&out),
    }
    .map(|printed| printed.max(code))
}

/// The folder of sessions that an argument names; a folder with a session in it is that session.
fn folder(what: &str) -> Option<&Path> {
    let path = Path::new(what);
    (path.is_dir() && !path.join("session.ron").is_file()).then_some(path)
}

/// The instrument with that short name or id.
fn instrument(bank: &Bank, name: &str) -> Result<InstrumentId, Error> {
    let wanted = name.to_lowercase();
    let found = bank.instruments.iter().find(|one| one.name() == wanted || *one.id.as_str() == wanted);
    if let Some(found) = found {
        return Ok(found.id.clone());
    }
    let names: Vec<String> = bank.instruments.iter().map(Instrument::name).collect();
    let like: Vec<String> =
        names.iter().filter(|one| !wanted.is_empty() && one.contains(&wanted)).map(|one| format!("`{one}`")).collect();
    let hint = match suggest(&wanted, names.iter().map(String::as_str)) {
        Some(hint) => hint,
        None if !like.is_empty() => format!("did you mean one of {}?", like.join(", ")),
        None => "for instance `dpf`, `privacy-shield` or `scc-2021`".to_owned(),
    };
    Err(Error::new(Kind::Usage, format!("there is no instrument `{}`", sanitise(name))).hint(hint))
}

/// What all sessions share.
struct Run<'a> {
    context: &'a Context,
    knowledge: &'a Knowledge,
    words: &'a Words,
    named: Vec<InstrumentId>,
    models: BTreeMap<VendorId, Model>,
}

impl Run<'_> {
    /// The files of sessions that are meant.
    fn paths(&self, what: &[String]) -> Result<Vec<String>, Error> {
        let all = [self.context.data_dir.to_string_lossy().into_owned()];
        let mut paths: Vec<String> = Vec::new();
        for one in if what.is_empty() { &all } else { what } {
            match folder(one) {
                Some(folder) => {
                    let files = session_files(folder).map_err(|error| Error::of_store(&error, self.words))?;
                    paths.extend(files.iter().map(|path| path.to_string_lossy().into_owned()));
                }
                None if what.is_empty() => {}
                None => paths.push(one.clone()),
            }
        }
        Ok(paths)
    }

    fn tests(&mut self, session: &Session) -> Result<Tests, Error> {
        let vendor = commands::entry(self.knowledge, &session.vendor)?;
        let model =
            self.models.entry(session.vendor.clone()).or_insert_with(|| Model::compile(self.knowledge.bank(), vendor));
        let inquiry = session.inquiry(self.context.day, self.context.today);
        let groups = if self.named.is_empty() {
            carriers(model, &inquiry).into_iter().map(|one| vec![one]).collect()
        } else {
            vec![self.named.clone()]
        };
        Ok(groups
            .into_iter()
            .map(|group: Vec<InstrumentId>| {
                let stressed = judge(model, &inquiry, &group);
                (group, stressed)
            })
            .collect())
    }

    fn wording(&self, session: &Session) -> Wording<'_> {
        let vendor = self.knowledge.vendor(&session.vendor);
        let labels = Labels {
            bank: self.knowledge.bank(),
            catalogue: self.knowledge.entries(),
            vendor,
            language: self.context.language,
        };
        Wording { labels, words: self.words }
    }

    /// One session as JSON. Named law gives one test, which stands in the object itself; else they stand in a list.
    fn object(&self, session: &Session, tests: &Tests) -> Map<String, Json> {
        let bank = self.knowledge.bank();
        let day = session.inquiry(self.context.day, self.context.today).day;
        let mut object = Map::new();
        object.insert("format".into(), json!(1));
        object.insert("session".into(), json!(session.id.as_str()));
        object.insert("vendor".into(), json!(session.vendor.as_str()));
        object.insert("mode".into(), json!(session.mode.id()));
        object.insert("as_of".into(), json!(day.to_string()));
        let mut results = tests.iter().map(|(without, stressed)| json(bank, without, stressed.as_ref()));
        if self.named.is_empty() {
            object.insert("instruments".into(), json!(results.collect::<Vec<_>>()));
        } else if let Some(mut only) = results.next() {
            object.append(&mut only);
        }
        object
    }

    fn paragraphs(&self, session: &Session, tests: &Tests) -> String {
        let wording = self.wording(session);
        let mut out = format!("{}\n", wording.head(session));
        if tests.is_empty() {
            let _ = writeln!(out, "  {}", self.words.get("ui-stress-nothing"));
        }
        for (without, stressed) in tests {
            match stressed {
                Some(stressed) => out.push_str(&text(&view(wording, without, stressed), wording)),
                None => {
                    let _ = writeln!(out, "  {}", self.words.get("ui-private"));
                }
            }
        }
        out
    }
}
