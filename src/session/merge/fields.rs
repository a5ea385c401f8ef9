//! Everything of two copies that is no answer, field by field as it stands in the file. So what this version does not
//! understand is brought together like what it does.

use std::collections::{BTreeMap, BTreeSet};

use super::lists;
use super::{Fate, Place, Point, Said, Side};
use crate::session::file::{self, FileError, parts};
use crate::session::history::History;
use crate::session::model::Session;

/// Names with the texts that stand behind them.
type Named = Vec<(String, String)>;
/// The same as they stand in a file.
type Standing<'t> = Vec<(String, &'t str)>;
/// What base, ours and theirs say; the base says nothing where there is none.
type Sides<'t> = [Option<&'t str>; 3];

/// Whose word holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// That of one of the two.
    Of(Side),
    /// What stood there before both changed it.
    Before,
}

/// What comes out.
pub struct Merged {
    /// Where something was changed.
    pub points: Vec<Point>,
    fields: Named,
}

impl Merged {
    /// The session that these fields make, without answers and history.
    ///
    /// # Errors
    /// When a part is not what belongs there.
    pub fn session(&self, ours: &Session) -> Result<Session, FileError> {
        let text = parts::record(self.fields.iter().map(|(name, raw)| (name.as_str(), raw.clone())));
        file::read(&text, &ours.id)
    }
}

/// Brings everything together that is no answer.
pub fn merged(base: Option<&Session>, ours: &Session, theirs: &Session, choices: &BTreeMap<&str, Word>) -> Merged {
    let texts = [base.map(text), Some(text(ours)), Some(text(theirs))];
    let sides = [texts[0].as_deref(), texts[1].as_deref(), texts[2].as_deref()];
    let mut loom = Loom { known: base.is_some(), choices, points: Vec::new() };
    let fields = loom.named(sides, parts::fields, |loom, name, sides| loom.field(name, sides));
    Merged { points: loom.points, fields }
}

/// A session without answers and history.
fn text(session: &Session) -> String {
    let mut bare = session.clone();
    bare.answers.clear();
    bare.history = History::default();
    file::write_as_found(&bare)
}

struct Loom<'c> {
    /// There is a base.
    known: bool,
    choices: &'c BTreeMap<&'c str, Word>,
    points: Vec<Point>,
}

impl Loom<'_> {
    /// What both sides hold under names.
    fn named<'t>(
        &mut self,
        sides: Sides<'t>,
        parse: fn(&'t str) -> Option<Standing<'t>>,
        mut each: impl FnMut(&mut Self, &str, Sides<'t>) -> Option<String>,
    ) -> Named {
        let [base, ours, theirs] = sides.map(|text| text.and_then(parse).unwrap_or_default());
        let names = order(&ours, &theirs);
        // There may be very many of them.
        let sides = [base, ours, theirs].map(|all| all.into_iter().collect::<BTreeMap<String, &'t str>>());
        let mut out = Vec::new();
        for name in names {
            let raw = each(self, &name, [0, 1, 2].map(|side: usize| sides[side].get(&name).copied()));
            out.extend(raw.map(|raw| (name, raw)));
        }
        out
    }

    /// A field of the session.
    fn field(&mut self, name: &str, sides: Sides<'_>) -> Option<String> {
        let [_, ours, theirs] = sides;
        match name {
            "format" | "id" | "vendor" => ours.map(str::to_owned),
            // The interview asks whatever a self-assessment does.
            "mode" => Some(if ours == theirs { ours? } else { "Interview" }.to_owned()),
            "created" => ours.into_iter().chain(theirs).min().map(str::to_owned),
            "subject" => {
                let fields =
                    self.named(sides, parts::fields, |loom, name, sides| loom.leaf(&format!("subject.{name}"), sides));
                record(&fields)
            }
            "questions" => self.questions(sides),
            "answers" | "conditions" | "departures" => {
                let entries =
                    self.named(sides, parts::entries, |loom, key, sides| loom.entry(&format!("{name}.{key}"), sides));
                (name == "answers" || !entries.is_empty())
                    .then(|| parts::map(entries.iter().map(|(key, raw)| (key.as_str(), raw.clone()))))
            }
            _ => self.leaf(name, sides),
        }
    }

    /// Which questions were asked is told by one side as a whole; what persons have read and agreed to is kept of both.
    fn questions(&mut self, sides: Sides<'_>) -> Option<String> {
        let rank = |text: Option<&str>| {
            let fields = text.and_then(parts::fields).unwrap_or_default();
            let find = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, raw)| (*raw).to_owned());
            (find("version"), find("hash"))
        };
        let [_, ours, theirs] = sides;
        let newer = if rank(ours) >= rank(theirs) { 1 } else { 2 };
        let fields = self.named(sides, parts::fields, |loom, name, sides| match name {
            "id" | "version" | "hash" | "all" => sides[newer].map(str::to_owned),
            "wordings" => {
                let all =
                    loom.named(sides, parts::entries, |_, _, [_, ours, theirs]| ours.or(theirs).map(str::to_owned));
                Some(parts::map(all.iter().map(|(key, raw)| (key.as_str(), raw.clone()))))
            }
            _ => loom.leaf(&format!("questions.{name}"), sides),
        });
        record(&fields)
    }

    /// An entry of a map: a record whose fields belong together, or something that is not understood.
    fn entry(&mut self, path: &str, sides: Sides<'_>) -> Option<String> {
        let [_, ours, theirs] = sides;
        let both = ours.and_then(parts::fields).is_some() && theirs.and_then(parts::fields).is_some();
        if !both || who(self.known, sides) != Who::Both {
            return self.leaf(path, sides);
        }
        let none = BTreeMap::new();
        let mut inner = Loom { known: self.known, choices: &none, points: Vec::new() };
        let fields = inner.named(sides, parts::fields, |loom, name, sides| loom.leaf(name, sides));
        let clash: Vec<Point> = inner.points.into_iter().filter(|point| point.fate == Fate::Conflict).collect();
        if clash.is_empty() {
            let both = record(&fields);
            self.point(path, Fate::United, sides, both.as_deref());
            return both;
        }
        let name = |point: &Point| match &point.place {
            Place::Part(name) => name.clone(),
            Place::Answer(id) => id.to_string(),
        };
        let of = |side: fn(&Point) -> &Said| {
            let text = |point: &Point| match side(point) {
                Said::Text(text) => format!("{}: {text}", name(point)),
                _ => format!("{}: -", name(point)),
            };
            Said::Text(clash.iter().map(text).collect::<Vec<_>>().join(", "))
        };
        let choice = self.choices.get(path).copied();
        let names: Vec<String> = clash.iter().map(name).collect();
        let point = Point {
            place: Place::Part(path.to_owned()),
            fate: Fate::Conflict,
            ours: of(|point| &point.ours),
            theirs: of(|point| &point.theirs),
            both: Said::Nothing,
            parts: names.clone(),
            choice: choice.and_then(side),
        };
        self.points.push(point);
        let Some(word) = choice.filter(|word| *word != Word::Of(Side::Ours)) else { return record(&fields) };
        let chosen: BTreeMap<&str, Word> = names.iter().map(|name| (name.as_str(), word)).collect();
        let mut inner = Loom { known: self.known, choices: &chosen, points: Vec::new() };
        record(&inner.named(sides, parts::fields, |loom, name, sides| loom.leaf(name, sides)))
    }

    /// Something that is taken as a whole; of lists the items are.
    fn leaf(&mut self, path: &str, sides: Sides<'_>) -> Option<String> {
        let [base, ours, theirs] = sides;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        match who(self.known, sides) {
            Who::Neither => owned(ours),
            Who::Ours => {
                self.point(path, Fate::Ours, sides, ours);
                owned(ours)
            }
            Who::Theirs => {
                self.point(path, Fate::Theirs, sides, theirs);
                owned(theirs)
            }
            Who::Both => {
                if let (Some(left), Some(right)) = (ours.and_then(parts::items), theirs.and_then(parts::items)) {
                    let base = base.and_then(parts::items).unwrap_or_default();
                    let all = lists::united(&base, &left, &right, Ord::cmp);
                    let both = format!("[{}]", all.join(", "));
                    self.point(path, Fate::United, sides, Some(&both));
                    return Some(both);
                }
                self.point(path, Fate::Conflict, sides, ours);
                owned(match self.choices.get(path) {
                    Some(Word::Before) => base,
                    Some(Word::Of(Side::Theirs)) => theirs,
                    Some(Word::Of(Side::Ours)) | None => ours,
                })
            }
        }
    }

    fn point(&mut self, path: &str, fate: Fate, [_, ours, theirs]: Sides<'_>, both: Option<&str>) {
        let said = |text: Option<&str>| text.map_or(Said::Nothing, |text| Said::Text(text.to_owned()));
        let choice = self.choices.get(path).copied().filter(|_| fate == Fate::Conflict).and_then(side);
        let place = Place::Part(path.to_owned());
        let (parts, ours, theirs, both) = (Vec::new(), said(ours), said(theirs), said(both));
        self.points.push(Point { place, fate, parts, ours, theirs, both, choice });
    }
}

const fn side(word: Word) -> Option<Side> {
    match word {
        Word::Of(side) => Some(side),
        Word::Before => None,
    }
}

/// Who has changed something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Neither,
    Ours,
    Theirs,
    Both,
}

fn who(known: bool, [base, ours, theirs]: Sides<'_>) -> Who {
    match (ours, theirs) {
        (ours, theirs) if ours == theirs => Who::Neither,
        (ours, theirs) if known && base == ours && base != theirs => Who::Theirs,
        (ours, theirs) if known && base == theirs && base != ours => Who::Ours,
        // Nobody knows what stood there: who says something is heard.
        (Some(_), None) if !known => Who::Ours,
        (None, Some(_)) if !known => Who::Theirs,
        _ => Who::Both,
    }
}

fn record(fields: &Named) -> Option<String> {
    (!fields.is_empty()).then(|| parts::record(fields.iter().map(|(name, raw)| (name.as_str(), raw.clone()))))
}

/// All names of both sides: in the order of the one that has them all, else sorted.
fn order(ours: &[(String, &str)], theirs: &[(String, &str)]) -> Vec<String> {
    let names = |all: &[(String, &str)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<String>>();
    let [left, right] = [ours, theirs].map(|all| names(all).into_iter().collect::<BTreeSet<String>>());
    if right.is_subset(&left) {
        return names(ours);
    }
    if left.is_subset(&right) {
        return names(theirs);
    }
    left.union(&right).cloned().collect()
}
