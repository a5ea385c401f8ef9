//! What a line of the register holds, field by field.

use serde_json::{Value as Json, json};

use crate::domain::Day;
use crate::i18n::Words;
use crate::sanitise::sanitise;
use crate::session::register::{Entry, Lights, Opined, Row, Unread};
use crate::session::store::Copy;

/// The fields of a line, in order.
pub const FIELDS: [&str; 29] = [
    "session",
    "copy",
    "vendor",
    "tool",
    "edition",
    "mode",
    "team",
    "title",
    "purpose",
    "controller",
    "owner",
    "state",
    "opinion",
    "decision",
    "then_day",
    "verdict_then",
    "as_of",
    "verdict_now",
    "flipped",
    "causes",
    "follow_ups",
    "conditions_open",
    "conditions_due",
    "due_next",
    "review_due",
    "valid_until",
    "archived",
    "retired",
    "fault",
];

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Missing,
    /// A text, made harmless.
    Text(String),
    /// One of a fixed list: its id, and the message that people read.
    Word(&'static str, String),
    /// A day.
    Day(Day),
    /// A number.
    Number(usize),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    Texts(Vec<String>),
}

impl Cell {
    /// A text; an empty one is missing.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(sanitise(text).into_owned()) }
    }

    fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Missing, Self::Day)
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Self::Missing => Json::Null,
            Self::Text(text) => json!(text),
            Self::Word(id, _) => json!(id),
            Self::Day(day) => json!(day.to_string()),
            Self::Number(number) => json!(number),
            Self::Flag(flag) => json!(flag),
            Self::Texts(texts) => json!(texts),
        }
    }

    /// For programs: ids, ISO days.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Word(id, _) => (*id).to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Texts(texts) => texts.join("; "),
        }
    }

    /// For people.
    #[must_use]
    pub fn read(&self, words: &Words) -> String {
        match self {
            Self::Word(_, message) => words.get(message),
            Self::Day(day) => words.day(*day),
            Self::Flag(flag) => words.get(if *flag { "register-yes" } else { "register-no" }),
            other => other.plain(),
        }
    }
}

/// The result of a session as a word.
#[must_use]
pub fn word(lights: Lights) -> Cell {
    Cell::Word(lights.id(), format!("register-verdict-{}", lights.id().replace('_', "-")))
}

/// Where a line comes from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What the session says.
    pub entry: &'a Entry,
    /// What that comes to on the day.
    pub row: &'a Row,
    /// The day looked at.
    pub day: Day,
    /// Why its verdict is another one; none: nobody has looked.
    pub causes: Option<&'a [String]>,
}

/// The cells of a line, as [`FIELDS`] names them.
#[must_use]
pub fn cells(source: Source<'_>) -> Vec<Cell> {
    let Source { entry, row, day, causes } = source;
    let copy = entry.copy().map(|copy| match copy {
        Copy::Conflict => Cell::Word("conflict", "register-copy-conflict".into()),
        Copy::Rescue => Cell::Word("rescue", "register-copy-rescue".into()),
    });
    let words =
        |list: &'static str, id: &'static str| Cell::Word(id, format!("register-{list}-{}", id.replace('_', "-")));
    let opinion = entry.signed.opinion.as_ref().and_then(Opined::kind);
    let decision = entry.signed.kind();
    vec![
        Cell::text(&entry.id),
        copy.unwrap_or(Cell::Missing),
        Cell::text(&entry.vendor),
        Cell::text(&row.tool),
        Cell::text(entry.edition.as_deref().unwrap_or_default()),
        Cell::Word(entry.mode.id(), format!("ui-mode-{}", entry.mode.id())),
        Cell::text(&entry.team),
        Cell::text(&entry.title),
        Cell::text(&entry.purpose),
        Cell::text(&entry.controller),
        Cell::text(&entry.owner),
        words("state", row.stage.id()),
        opinion.map_or(Cell::Missing, |kind| words("opinion", kind.id())),
        decision.map_or(Cell::Missing, |kind| words("decision", kind.id())),
        Cell::day(row.then_day),
        row.then.map_or(Cell::Missing, word),
        Cell::Day(day),
        word(row.now),
        Cell::Flag(row.is_flipped()),
        causes.map_or(Cell::Missing, |causes| Cell::Texts(causes.to_vec())),
        Cell::Number(row.follow_ups),
        Cell::Number(row.open),
        Cell::Number(row.overdue),
        Cell::day(row.due),
        Cell::day(entry.signed.review_due),
        Cell::day(entry.valid_until()),
        Cell::day(entry.archived),
        Cell::day(entry.retired),
        Cell::Missing,
    ]
}

/// The cells of a session that cannot be read: its name and why.
#[must_use]
pub fn unread(one: &Unread, words: &Words) -> Vec<Cell> {
    let told = one.fault.told(words);
    let fault = Cell::text(&told.message);
    let mut cells = vec![Cell::Missing; FIELDS.len()];
    cells[0] = Cell::text(&one.name);
    if let Some(last) = cells.last_mut() {
        *last = fault;
    }
    cells
}
