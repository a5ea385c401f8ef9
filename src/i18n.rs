//! The program's own words in both languages. Texts of questions, findings and law stand in the data instead.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::text::Language;

/// The messages of one language, as shipped.
#[must_use]
pub const fn source(language: Language) -> &'static str {
    match language {
        Language::De => include_str!("../assets/i18n/de/freigabe.ftl"),
        Language::En => include_str!("../assets/i18n/en/freigabe.ftl"),
    }
}

/// The program's words in one language.
///
/// A test proves that every id exists in both languages with the same arguments, so a lookup cannot miss; should it
/// miss all the same, the id itself is shown.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// Parses the messages of a language (some tens of microseconds).
    #[must_use]
    pub fn new(language: Language) -> Self {
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![id]);
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(source(language).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
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
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            // Numbers choose plural forms.
            match value.parse::<f64>() {
                Ok(number) if value.len() < 6 => args.set(*name, FluentValue::from(number)),
                _ => args.set(*name, FluentValue::from((*value).to_owned())),
            }
        }
        let mut errors = Vec::new();
        match self.bundle.format_pattern(pattern, Some(&args), &mut errors) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        }
    }

    /// A day as people of the language write it.
    #[must_use]
    pub fn day(&self, day: crate::domain::Day) -> String {
        match self.language {
            Language::De => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
            Language::En => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

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
        for language in [Language::De, Language::En] {
            assert!(FluentResource::try_new(source(language).to_owned()).is_ok(), "{language:?}");
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
