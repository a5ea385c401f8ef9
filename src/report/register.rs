//! The register for programs and for the eye: cells that every form shares, and the forms.
//!
//! Names of fields are stable; `README.md` says what each holds. New ones may be added at the end.

mod cells;
mod csv;
mod table;
mod why;

use serde_json::{Map, Value as Json, json};

use crate::domain::Day;

pub use cells::{Cell, FIELDS, Source, cells, unread};
pub use csv::{german, standard};
pub use table::table;
pub use why::{told, verdict};

/// A line as JSON; days are ISO 8601, what is missing is null.
#[must_use]
pub fn object(cells: &[Cell]) -> Json {
    let fields = FIELDS.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.json()));
    Json::Object(fields.collect::<Map<_, _>>())
}

/// One JSON object a line.
#[must_use]
pub fn ndjson(lines: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&object(line).to_string());
        out.push('\n');
    }
    out
}

/// One JSON object.
#[must_use]
pub fn json(day: Day, lines: &[Vec<Cell>]) -> String {
    let sessions: Vec<Json> = lines.iter().map(|line| object(line)).collect();
    format!("{:#}\n", json!({"format": 1, "as_of": day.to_string(), "sessions": sessions}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;
    use crate::domain::verdict::{Light, Verdict};
    use crate::i18n::Words;
    use crate::session::register::{Column, Lights};
    use crate::session::signoff::{DecisionKind, OpinionKind};
    use crate::session::state::Stage;

    #[test]
    fn every_word_of_the_register_exists_in_both_languages() {
        let mut ids: Vec<String> = FIELDS.iter().map(|field| format!("register-field-{field}")).collect();
        ids.extend(Stage::ALL.map(|one| format!("register-state-{}", one.id())));
        ids.extend(OpinionKind::ALL.map(|one| format!("register-opinion-{}", one.id())));
        ids.extend(DecisionKind::ALL.map(|one| format!("register-decision-{}", one.id())));
        let lights = [Lights::Private, Lights::NoTool, Lights::Between(Light::Green, Light::Red)];
        ids.extend(lights.map(|one| format!("register-verdict-{}", one.id())));
        ids.extend([Verdict::Green, Verdict::Yellow, Verdict::Red].map(|one| format!("register-verdict-{}", one.id())));
        for language in [Language::De, Language::En] {
            let words = Words::new(language);
            for id in ids.iter().map(|id| id.replace('_', "-")) {
                assert_ne!(words.get(&id), id, "{language:?}");
            }
        }
    }

    #[test]
    fn columns_by_which_one_sorts_are_fields() {
        for column in Column::ALL {
            assert!(FIELDS.contains(&column.id()), "{}", column.id());
        }
    }
}
