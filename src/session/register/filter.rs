//! Which lines are shown, and in which order.

use super::entry::Entry;
use super::row::Row;
use crate::domain::Day;
use crate::domain::verdict::Verdict;
use crate::session::state::Stage;

/// A column of the register. Its id is the name of the field in exports and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The tool by its name.
    Tool,
    /// The edition in which it is used.
    Edition,
    /// The team.
    Team,
    /// What the assessment is called.
    Title,
    /// What for.
    Purpose,
    /// The body responsible.
    Controller,
    /// Who answered for the team.
    Owner,
    /// Self-assessment or interview.
    Mode,
    /// Where it stands.
    State,
    /// The decision of the controller.
    Decision,
    /// The verdict of the seal, else of the session's own day.
    VerdictThen,
    /// That day.
    ThenDay,
    /// The verdict of the day looked at.
    VerdictNow,
    /// Questions that somebody still has to answer.
    FollowUps,
    /// Conditions that are open.
    ConditionsOpen,
    /// Open conditions whose day is reached.
    ConditionsDue,
    /// The next day on which something is due.
    DueNext,
    /// When it is looked at again.
    ReviewDue,
    /// Last day of the clearance.
    ValidUntil,
    /// The session's id.
    Session,
}

impl Column {
    /// All columns, in the order of exports.
    pub const ALL: [Self; 20] = [
        Self::Session,
        Self::Tool,
        Self::Edition,
        Self::Team,
        Self::Title,
        Self::Purpose,
        Self::Controller,
        Self::Owner,
        Self::Mode,
        Self::State,
        Self::Decision,
        Self::VerdictThen,
        Self::ThenDay,
        Self::VerdictNow,
        Self::FollowUps,
        Self::ConditionsOpen,
        Self::ConditionsDue,
        Self::DueNext,
        Self::ReviewDue,
        Self::ValidUntil,
    ];

    /// Name of the field in exports, and in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Edition => "edition",
            Self::Team => "team",
            Self::Title => "title",
            Self::Purpose => "purpose",
            Self::Controller => "controller",
            Self::Owner => "owner",
            Self::Mode => "mode",
            Self::State => "state",
            Self::Decision => "decision",
            Self::VerdictThen => "verdict_then",
            Self::ThenDay => "then_day",
            Self::VerdictNow => "verdict_now",
            Self::FollowUps => "follow_ups",
            Self::ConditionsOpen => "conditions_open",
            Self::ConditionsDue => "conditions_due",
            Self::DueNext => "due_next",
            Self::ReviewDue => "review_due",
            Self::ValidUntil => "valid_until",
            Self::Session => "session",
        }
    }
}

/// What is kept out of sight unless somebody asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Everything that is not put away.
    #[default]
    Current,
    /// Signed clearances.
    Cleared,
    /// Tools that were refused, revoked or given up: the negative list.
    Refused,
    /// What is put away.
    Archived,
    /// All of it.
    All,
}

impl Shelf {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [Self; 5] = [Self::Current, Self::Cleared, Self::Refused, Self::Archived, Self::All];

    /// The name in the ids of messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Cleared => "cleared",
            Self::Refused => "refused",
            Self::Archived => "archived",
            Self::All => "all",
        }
    }

    fn holds(self, entry: &Entry, row: &Row) -> bool {
        let away = entry.archived.is_some();
        let refused = entry.signed.is_refused() || entry.is_retired;
        match self {
            Self::Current => !away,
            Self::Cleared => !away && row.is_clearance && !entry.is_retired,
            Self::Refused => refused,
            Self::Archived => away,
            Self::All => true,
        }
    }
}

/// What the lines have to be like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The shelf.
    pub shelf: Shelf,
    /// The team's name holds this.
    pub team: Option<String>,
    /// The tool has this id, or its name holds this.
    pub tool: Option<String>,
    /// The verdict of the day looked at.
    pub verdict: Option<Verdict>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Something is due before this day.
    pub due_before: Option<Day>,
    /// Only signed clearances whose verdict is another one now.
    pub flipped: bool,
    /// Words that stand somewhere in it.
    pub search: String,
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.shelf, Shelf::All | Shelf::Current)
            && Self { shelf: Shelf::default(), ..self.clone() } == Self::default()
    }

    /// The places of the lines that fit, in their order.
    #[must_use]
    pub fn places(&self, entries: &[Entry], rows: &[Row]) -> Vec<usize> {
        let words: Vec<String> = self.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let small = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_lowercase());
        let (team, tool) = (small(&self.team), small(&self.tool));
        let fits = |row: &Row| {
            let Some(entry) = entries.get(row.at) else { return false };
            self.shelf.holds(entry, row)
                && self.verdict.is_none_or(|verdict| row.now.verdict() == Some(verdict))
                && self.stage.is_none_or(|stage| row.stage == stage)
                && self.due_before.is_none_or(|day| row.due.is_some_and(|due| due < day))
                && (!self.flipped || row.is_flipped())
                && team.as_ref().is_none_or(|team| entry.team.to_lowercase().contains(team))
                && tool.as_ref().is_none_or(|tool| entry.vendor == *tool || row.tool.to_lowercase().contains(tool))
                && row.holds(&words)
        };
        rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(n, _)| n).collect()
    }
}

/// What lines are ordered by; whatever is missing comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Day(Day),
    Text(String),
    Number(std::cmp::Reverse<usize>),
    Rank(u8),
    Missing,
}

/// Orders lines by a column: texts by their letters, days the earliest first, numbers the largest first, verdicts the
/// gravest first. Lines that are equal keep their order.
pub fn sort(places: &mut [usize], entries: &[Entry], rows: &[Row], column: Column, backwards: bool) {
    let key = |place: &usize| -> Key {
        let Some((row, entry)) = rows.get(*place).and_then(|row| Some((row, entries.get(row.at)?))) else {
            return Key::Missing;
        };
        key(row, entry, column)
    };
    places.sort_by_cached_key(key);
    if backwards {
        let present = places.partition_point(|place| key(place) != Key::Missing);
        if let Some(present) = places.get_mut(..present) {
            present.reverse();
        }
    }
}

fn key(row: &Row, entry: &Entry, column: Column) -> Key {
    let text = |text: &str| if text.is_empty() { Key::Missing } else { Key::Text(text.to_lowercase()) };
    let day = |day: Option<Day>| day.map_or(Key::Missing, Key::Day);
    let number = |n: usize| if n == 0 { Key::Missing } else { Key::Number(std::cmp::Reverse(n)) };
    match column {
        Column::Tool => text(row.tool.as_ref()),
        Column::Edition => text(entry.edition.as_deref().unwrap_or_default()),
        Column::Team => text(&entry.team),
        Column::Title => text(&entry.title),
        Column::Purpose => text(&entry.purpose),
        Column::Controller => text(&entry.controller),
        Column::Owner => text(&entry.owner),
        Column::Mode => text(entry.mode.id()),
        Column::State => Key::Rank(row.stage as u8),
        Column::Decision => text(entry.signed.decision.as_ref().map(|one| one.kind.as_str()).unwrap_or_default()),
        Column::VerdictThen => row.then.and_then(rank).map_or(Key::Missing, Key::Rank),
        Column::VerdictNow => rank(row.now).map_or(Key::Missing, Key::Rank),
        Column::ThenDay => day(row.then_day),
        Column::FollowUps => number(row.follow_ups),
        Column::ConditionsOpen => number(row.open),
        Column::ConditionsDue => number(row.overdue),
        Column::DueNext => day(row.due),
        Column::ReviewDue => day(entry.signed.review_due),
        Column::ValidUntil => day(entry.valid_until()),
        Column::Session => text(&entry.id),
    }
}

fn rank(lights: super::Lights) -> Option<u8> {
    lights.verdict().map(|verdict| match verdict {
        Verdict::Red => 0,
        Verdict::Open => 1,
        Verdict::Yellow => 2,
        Verdict::Green => 3,
    })
}
