//! The program's own words in both languages. Texts of questions, findings and law stand in the data instead.

mod message;

use crate::domain::text::Language;
use message::{Index, Part, fill};

static DE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/de.bin"));
static EN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.bin"));

/// The program's words in one language, from `assets/i18n`. The build script reads the files; here nothing is parsed.
///
/// A test proves that every id exists in both languages with the same arguments, so a lookup cannot miss; should it
/// miss all the same, the id itself is shown.
pub struct Words {
    language: Language,
    messages: Index<'static>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let packed = match language {
            Language::De => DE,
            Language::En => EN,
        };
        Self { language, messages: postcard::from_bytes(packed).unwrap_or_default() }
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A message without arguments.
    #[must_use]
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A message with arguments.
    #[must_use]
    pub fn with(&self, id: &str, arguments: &[(&str, &str)]) -> String {
        let parts = self.find(id).and_then(|bytes| postcard::from_bytes::<Vec<Part<'_>>>(bytes).ok());
        let Some(parts) = parts else { return id.to_owned() };
        let mut text = String::new();
        fill(&parts, arguments, &mut text);
        text
    }

    fn find(&self, id: &str) -> Option<&'static [u8]> {
        let at = self.messages.binary_search_by_key(&id, |(id, _)| id).ok()?;
        self.messages.get(at).map(|(_, bytes)| *bytes)
    }

    /// A day as people of the language write it.
    #[must_use]
    pub fn day(&self, day: crate::domain::Day) -> String {
        match self.language {
            Language::De => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
            Language::En => day.to_string(),
        }
    }

    /// A time of day in UTC as people of the language write it, to the minute.
    #[must_use]
    pub fn moment(&self, time: jiff::civil::DateTime) -> String {
        let (day, hour, minute) = (self.day(time.date()), time.hour(), time.minute());
        match self.language {
            Language::De => format!("{day}, {hour:02}:{minute:02} Uhr (UTC)"),
            Language::En => format!("{day}, {hour:02}:{minute:02} (UTC)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
    use std::collections::BTreeMap;

    fn source(language: Language) -> &'static str {
        match language {
            Language::De => include_str!("../assets/i18n/de/freigabe.ftl"),
            Language::En => include_str!("../assets/i18n/en/freigabe.ftl"),
        }
    }

    /// Ids with the arguments that the message uses.
    fn messages(language: Language) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        let mut last = String::new();
        for line in source(language).lines() {
            if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.starts_with([' ', '#'])) {
                last = id.to_owned();
                assert!(found.insert(last.clone(), Vec::new()).is_none(), "`{id}` twice");
            }
            let mut rest = line;
            while let Some((_, after)) = rest.split_once("{ $") {
                let name: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
                let names: &mut Vec<String> = found.get_mut(&last).unwrap();
                if !names.contains(&name) {
                    names.push(name);
                    names.sort();
                }
                rest = after;
            }
        }
        found
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(messages(Language::De), messages(Language::En));
    }

    /// Fluent's own reading of a message.
    fn fluent(bundle: &FluentBundle<FluentResource>, id: &str, arguments: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            match value.parse::<f64>() {
                Ok(number) => args.set(*name, FluentValue::from(number)),
                Err(_) => args.set(*name, FluentValue::from((*value).to_owned())),
            }
        }
        let pattern = bundle.get_message(id).and_then(|message| message.value()).unwrap();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    #[test]
    fn every_message_reads_as_fluent_reads_it() {
        for language in [Language::De, Language::En] {
            let mut bundle = FluentBundle::new(vec![language.code().parse().unwrap()]);
            bundle.set_use_isolating(false);
            bundle.add_resource(FluentResource::try_new(source(language).to_owned()).unwrap()).unwrap();
            let words = Words::new(language);
            assert_eq!(words.messages.len(), messages(language).len());
            for (id, names) in messages(language) {
                for value in ["0", "1", "2", "21", "Zoom"] {
                    let arguments: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), value)).collect();
                    assert_eq!(words.with(&id, &arguments), fluent(&bundle, &id, &arguments), "{language:?} {id}");
                }
            }
        }
    }

    #[test]
    fn every_id_in_the_code_exists() {
        let known = messages(Language::De);
        let mut missing = Vec::new();
        let mut stack = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(path) = stack.pop() {
            if path.is_dir() {
                stack.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for mark in [".get(\"ui-", ".with(\"ui-", "label: \"ui-"] {
                for part in text.split(mark).skip(1) {
                    let id = format!("ui-{}", part.split('"').next().unwrap_or_default());
                    if !known.contains_key(&id) {
                        missing.push(format!("{}: {id}", path.display()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
