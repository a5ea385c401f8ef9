//! A question being answered: what is offered, what is marked, what is typed.

use super::editor::Editor;
use super::sitting::Sitting;
use crate::domain::answer::{Mode, Value};
use crate::domain::bank::Bank;
use crate::domain::country::Country;
use crate::domain::id::{ChoiceId, CountryCode, VariableId};
use crate::domain::question::Kind;
use crate::domain::text::Text;

/// One line that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A choice of the question.
    Choice(ChoiceId, Text, Option<Text>),
    /// A country that fits what was typed.
    Country(CountryCode),
    /// No further countries.
    NoCountry,
    /// "I don't know".
    DontKnow,
}

/// The state of a question screen.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about one answer, not a state machine")]
pub struct Choosing {
    /// The question.
    pub id: VariableId,
    /// Line under the cursor; none: nothing chosen yet.
    pub cursor: Option<usize>,
    /// Marked values of a question with several.
    pub marked: Vec<ChoiceId>,
    /// Countries chosen so far.
    pub countries: Vec<CountryCode>,
    /// "I don't know" was the answer.
    pub dont_know: bool,
    /// What was typed.
    pub input: Editor,
    /// The person changed something.
    pub touched: bool,
    /// The value shown comes from the catalogue.
    pub from_catalogue: bool,
    kind: Asks,
    may_be_empty: bool,
    choices: Vec<Offer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    One,
    Several,
    Countries,
    Text,
}

impl Choosing {
    /// The screen of a question, preset with the answer, else with the catalogue's value, else with the default.
    pub fn new(sitting: &Sitting<'_>, id: &VariableId) -> Option<Self> {
        let question = sitting.question(id)?;
        let mode = sitting.session().mode;
        let kind = match &question.kind {
            Kind::Choice(_) => Asks::One,
            Kind::Choices(_) => Asks::Several,
            Kind::Countries => Asks::Countries,
            Kind::Text => Asks::Text,
        };
        let mut choices: Vec<Offer> = question
            .kind
            .choices()
            .iter()
            .filter(|choice| choice.offered(sitting.judged_day(), mode))
            .map(|choice| {
                let text = choice.plain.as_ref().filter(|_| mode == Mode::SelfAssessment).unwrap_or(&choice.text);
                Offer::Choice(choice.id.clone(), text.clone(), choice.hint.clone())
            })
            .collect();
        if *id == "edition" {
            let editions = sitting.vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
            let offer = |edition: &crate::domain::vendor::Edition| {
                Some(Offer::Choice(edition.id.as_str().try_into().ok()?, edition.name.clone(), None))
            };
            choices = editions.iter().filter_map(offer).collect();
        }
        let mut choosing = Self {
            id: id.clone(),
            cursor: None,
            marked: Vec::new(),
            countries: Vec::new(),
            dont_know: false,
            input: Editor::line(""),
            touched: false,
            from_catalogue: false,
            kind,
            may_be_empty: question.may_be_empty,
            choices,
        };
        let session = sitting.session();
        let answer = session.answered(id).or_else(|| session.to_be_confirmed(id));
        match answer.map(|answer| &answer.value) {
            Some(Value::Unknown) => choosing.dont_know = true,
            Some(value) => choosing.preset(value),
            None => {
                if let Some(fact) = sitting.fact(id) {
                    choosing.from_catalogue = true;
                    choosing.preset(&fact.value);
                } else if let Some(default) = &question.default {
                    choosing.preset(&Value::Choice(default.clone()));
                }
            }
        }
        if choosing.dont_know && choosing.kind != Asks::Text {
            choosing.cursor = Some(choosing.choices.len() + usize::from(choosing.may_be_empty));
        }
        Some(choosing)
    }

    fn preset(&mut self, value: &Value) {
        match value {
            Value::Choice(id) => {
                self.cursor =
                    self.choices.iter().position(|offer| matches!(offer, Offer::Choice(one, ..) if one == id));
            }
            Value::Choices(ids) => self.marked.clone_from(ids),
            Value::Text(text) => self.input = Editor::line(text),
            Value::Country(_) | Value::Countries(_) => self.countries = value.countries().unwrap_or_default().to_vec(),
            Value::Unknown => {}
        }
    }

    /// Characters are typed, not commands.
    pub fn types(&self) -> bool {
        matches!(self.kind, Asks::Countries | Asks::Text)
    }

    /// Several values can be marked.
    pub fn several(&self) -> bool {
        self.kind == Asks::Several
    }

    /// Countries are asked for.
    pub fn asks_countries(&self) -> bool {
        self.kind == Asks::Countries
    }

    /// The lines that can be picked now.
    pub fn offers(&self, bank: &Bank) -> Vec<Offer> {
        match self.kind {
            Asks::Text => Vec::new(),
            Asks::Countries if self.names_a_region() => Vec::new(),
            Asks::Countries if !self.input.is_blank() => self.matching(bank),
            Asks::Countries => {
                let none = self.may_be_empty.then_some(Offer::NoCountry);
                none.into_iter().chain([Offer::DontKnow]).collect()
            }
            Asks::One | Asks::Several => self.choices.iter().cloned().chain([Offer::DontKnow]).collect(),
        }
    }

    /// What was typed is a region, no country: another question asks for it.
    pub fn names_a_region(&self) -> bool {
        let typed = self.input.text().trim().to_lowercase();
        ["eu", "ewr", "eea", "europa", "europe", "europäische union", "european union"].contains(&typed.as_str())
    }

    /// Up to six countries whose code, or another name for which, was typed, then those of which a name begins with what
    /// was typed, then those of which one contains it.
    fn matching(&self, bank: &Bank) -> Vec<Offer> {
        let typed = self.input.text().trim().to_lowercase();
        let rank = |country: &Country| {
            let also = country.also.iter().map(|name| name.to_lowercase());
            let names: Vec<String> =
                [country.name.de.to_lowercase(), country.name.en.to_lowercase()].into_iter().chain(also).collect();
            if country.code.as_str().to_lowercase() == typed || names.contains(&typed) {
                Some(0)
            } else if names.iter().any(|name| name.starts_with(&typed)) {
                Some(1)
            } else if names.iter().any(|name| name.contains(&typed)) {
                Some(2)
            } else {
                None
            }
        };
        let mut found: Vec<(u8, &Country)> =
            bank.countries.iter().filter_map(|country| Some((rank(country)?, country))).collect();
        found.sort_by_key(|(rank, country)| (*rank, country.code));
        found.into_iter().take(6).map(|(_, country)| Offer::Country(country.code)).collect()
    }

    /// Picks the n-th line. A single choice is only highlighted; Enter confirms it.
    pub fn pick(&mut self, n: usize, bank: &Bank) {
        let offers = self.offers(bank);
        let Some(offer) = offers.get(n) else { return };
        self.touched = true;
        self.from_catalogue = false;
        match offer {
            Offer::Country(code) => {
                if !self.countries.contains(code) {
                    self.countries.push(*code);
                }
                self.dont_know = false;
                self.input.clear();
                self.cursor = None;
            }
            Offer::Choice(id, ..) if self.kind == Asks::Several => {
                self.cursor = Some(n);
                self.dont_know = false;
                match self.marked.iter().position(|one| one == id) {
                    Some(at) => {
                        self.marked.remove(at);
                    }
                    None => self.marked.push(id.clone()),
                }
            }
            Offer::DontKnow if self.kind == Asks::Several => {
                self.cursor = Some(n);
                self.dont_know = !self.dont_know;
                self.marked.clear();
            }
            _ => self.cursor = Some(n),
        }
    }

    /// The value that Enter would confirm; none leaves the question unanswered.
    pub fn value(&self, bank: &Bank) -> Option<Value> {
        let offers = self.offers(bank);
        let under = self.cursor.and_then(|n| offers.get(n));
        match (self.kind, under) {
            (Asks::Countries | Asks::One, Some(Offer::DontKnow)) => Some(Value::Unknown),
            (Asks::Text, _) => (!self.input.is_blank()).then(|| Value::Text(self.input.text().trim().to_owned())),
            (Asks::Countries, Some(Offer::NoCountry)) => Some(Value::Countries(Vec::new())),
            (Asks::Countries, _) => (!self.countries.is_empty()).then(|| Value::Countries(self.countries.clone())),
            (Asks::Several, _) if self.dont_know => Some(Value::Unknown),
            (Asks::Several, _) => (!self.marked.is_empty()).then(|| Value::Choices(self.in_order())),
            (Asks::One, Some(Offer::Choice(id, ..))) => Some(Value::Choice(id.clone())),
            (Asks::One, _) => None,
        }
    }

    fn in_order(&self) -> Vec<ChoiceId> {
        let ids = self.choices.iter().filter_map(|offer| match offer {
            Offer::Choice(id, ..) => Some(id.clone()),
            _ => None,
        });
        ids.filter(|id| self.marked.contains(id)).collect()
    }
}
