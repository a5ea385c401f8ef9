//! Commands that print something and end.

use std::fmt::Write as _;
use std::path::Path;

use super::args::{Docs, Format};
use super::{Context, print};
use crate::domain::id::VendorId;
use crate::domain::question::About;
use crate::domain::vendor::Vendor;
use crate::domain::verdict::Verdict;
use crate::engine::{Model, assess};
use crate::error::{Error, Kind};
use crate::i18n::Words;
use crate::knowledge::{Counts, Knowledge, check_dir};
use crate::report::label::Labels;
use crate::report::view::Viewed;
use crate::report::{json, text};

/// The catalogue entry of a session; `other` has none.
pub fn entry<'k>(knowledge: &'k Knowledge, id: &VendorId) -> Result<Option<&'k Vendor>, Error> {
    if *id == "other" {
        return Ok(None);
    }
    knowledge.vendor(id).map(Some).ok_or_else(|| {
        Error::new(Kind::Failure, format!("the catalogue has no entry `{id}`"))
            .hint("put its file into the folder for own data (`freigabe paths` shows it); `freigabe vendors` lists all entries")
    })
}

/// The id that a person means by an id, a name or another name of a tool.
pub fn vendor_id(context: &Context, name: &str) -> Result<VendorId, Error> {
    let knowledge = context.knowledge()?;
    let wanted = name.to_lowercase();
    let found = knowledge.entries().iter().find(|entry| {
        *entry.id.as_str() == wanted
            || entry.name.to_lowercase() == wanted
            || entry.aliases.iter().any(|alias| alias.to_lowercase() == wanted)
    });
    match (found, VendorId::try_from(wanted.as_str())) {
        (Some(entry), _) => Ok(entry.id.clone()),
        (None, Ok(id)) if id == "other" => Ok(id),
        _ => Err(Error::new(Kind::Usage, format!("the catalogue has no entry `{}`", crate::sanitise::sanitise(name)))
            .hint("`freigabe vendors` lists all entries; `--vendor other` checks any other tool")),
    }
}

/// `freigabe evaluate`.
pub fn evaluate(context: &Context, session: &str, format: Format, exit_code: bool) -> Result<u8, Error> {
    let saved = context.load(session)?;
    let knowledge = context.knowledge()?;
    let vendor = entry(&knowledge, &saved.session.vendor)?;
    let model = Model::compile(knowledge.bank(), vendor);
    let inquiry = saved.session.inquiry(context.day, context.today);
    let assessment = assess(&model, &inquiry);
    let labels = Labels { bank: knowledge.bank(), catalogue: knowledge.entries(), vendor, language: context.language };
    match format {
        Format::Json => {
            let object = json::evaluation(&labels, &saved.session, inquiry.day, &assessment);
            print(&format!("{object:#}\n"))?;
        }
        Format::Text => {
            let words = Words::new(context.language);
            let viewed = Viewed {
                labels,
                words: &words,
                session: &saved.session,
                model: &model,
                inquiry: &inquiry,
                assessment: &assessment,
            };
            print(&text::text(&viewed, &words))?;
        }
    }
    if !exit_code || assessment.out_of_scope {
        return Ok(0);
    }
    Ok(match assessment.verdict {
        Verdict::Green => 0,
        Verdict::Yellow => 10,
        Verdict::Red => 20,
        Verdict::Open => 30,
    })
}

/// `freigabe check`.
pub fn check(context: &Context, dir: Option<&Path>) -> Result<u8, Error> {
    let counts = match dir {
        Some(dir) => check_dir(dir).map_err(Error::from)?,
        None => context.knowledge()?.counts(),
    };
    print(&format!("0 problems\n{}\n", listed(counts)))
}

fn listed(counts: Counts) -> String {
    format!("{counts}")
}

/// `freigabe paths`.
pub fn paths(context: &Context) -> Result<u8, Error> {
    let config = context.config_dir.as_ref().map_or_else(|| "-".to_owned(), |dir| dir.display().to_string());
    print(&format!(
        "sessions   {}\nown data   {config} (questions/*.ron, vendors/*.ron)\n",
        context.data_dir.join("sessions").display()
    ))
}

/// `freigabe docs`.
pub fn docs(context: &Context, what: Docs) -> Result<u8, Error> {
    let words = Words::new(context.language);
    match what {
        Docs::Keys => print(&crate::tui::keymap::markdown(&words)),
        Docs::Questions => print(&questions(&context.knowledge()?, context)),
    }
}

fn questions(knowledge: &Knowledge, context: &Context) -> String {
    let mut out = String::new();
    let language = context.language;
    for section in &knowledge.bank().sections {
        let _ = writeln!(out, "\n# {}\n", section.title.get(language));
        for question in &section.questions {
            let modes: Vec<&str> = question.modes.iter().map(|mode| mode.id()).collect();
            let _ = writeln!(out, "## `{}` ({})\n\n{}\n", question.id, modes.join(", "), question.text.get(language));
            if question.about == About::Tool {
                let assumed: Vec<String> = question.assumed.iter().map(|(choice, _)| format!("`{choice}`")).collect();
                let assumed = if assumed.is_empty() { "nothing".to_owned() } else { assumed.join(" or ") };
                let _ = writeln!(out, "About the tool: `compare` asks the catalogue and else assumes {assumed}.\n");
            }
            if question.about == About::Use {
                out.push_str(
                    "What is done for this one tool: `compare` assumes the same, a second tool is asked again.\n\n",
                );
            }
            for choice in question.kind.choices() {
                let _ = writeln!(out, "- `{}` {}", choice.id, choice.text.get(language));
            }
            let _ = writeln!(out, "\n{}\n", question.why.get(language));
        }
        for finding in section.findings.iter() {
            let levels: Vec<&str> = finding.rungs().map(|(level, _)| level.id()).collect();
            let _ =
                writeln!(out, "- finding `{}` ({}): {}", finding.id, levels.join(" / "), finding.title.get(language));
        }
    }
    out
}
