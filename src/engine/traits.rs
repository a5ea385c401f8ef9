//! What people look for in a tool, from the facts of the day alone.

use super::law::TransferClass;
use super::model::Model;
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::condition::Truth;
use crate::domain::id::InstrumentId;

/// What the catalogue says about an edition on a day. `Unknown` where it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// All servers stand inside the EEA, or in a country treated so.
    pub eu_hosted: Truth,
    /// Meetings or messages of any size can be encrypted end to end.
    pub end_to_end: Truth,
    /// The vendor offers a processor contract.
    pub contract: Truth,
    /// It can run on one's own servers. `Unknown` where the catalogue leaves open who runs it.
    pub self_hosted: Truth,
}

/// What a tool has to have to be shown.
#[expect(clippy::struct_excessive_bools, reason = "each is a box that a person ticks, and all can be combined")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Hosted inside the EEA for certain.
    pub eu_hosted: bool,
    /// End-to-end encryption for certain.
    pub end_to_end: bool,
    /// A contract for certain.
    pub contract: bool,
    /// Nothing speaks against own servers.
    pub self_hosted: bool,
}

impl Filter {
    /// Whether a tool passes.
    #[must_use]
    pub fn passes(self, traits: Traits) -> bool {
        (!self.eu_hosted || traits.eu_hosted == Truth::Yes)
            && (!self.end_to_end || traits.end_to_end == Truth::Yes)
            && (!self.contract || traits.contract == Truth::Yes)
            && (!self.self_hosted || traits.self_hosted != Truth::No)
    }
}

/// The traits of the edition with that number, as if the instruments in `without` were not in force.
#[must_use]
pub fn traits(model: &Model, edition: usize, day: Day, without: &[InstrumentId]) -> Traits {
    let facts = Facts { model, edition, day };
    Traits {
        eu_hosted: facts.eu_hosted(without),
        end_to_end: facts.says("e2ee_available", &["default", "optional"]),
        contract: facts.says("dpa_offered", &["automatic", "offered", "on_request"]),
        self_hosted: facts.self_hosted(),
    }
}

struct Facts<'m> {
    model: &'m Model,
    edition: usize,
    day: Day,
}

impl Facts<'_> {
    /// The fact that speaks; none where it says that the value is unknown.
    fn value(&self, variable: &str) -> Option<&Value> {
        let var = self.model.var(*self.model.by_id.get(variable)?);
        let bit = 1_u64 << self.edition.min(62);
        let fact = var.facts.iter().find(|fact| fact.as_of <= self.day && fact.editions & bit != 0)?;
        fact.value.as_ref()
    }

    fn says(&self, variable: &str, wanted: &[&str]) -> Truth {
        let choices = self.value(variable).and_then(Value::choices).unwrap_or_default();
        match choices {
            [] => Truth::Unknown,
            some if some.iter().any(|choice| wanted.contains(&choice.as_str())) => Truth::Yes,
            _ => Truth::No,
        }
    }

    fn eu_hosted(&self, without: &[InstrumentId]) -> Truth {
        let Some(countries) = self.value("hosting_country").and_then(Value::countries) else {
            return self.says("eu_or_not", &["eea"]);
        };
        let law = self.model.law();
        let inside = countries.iter().all(|code| law.ruling(*code, self.day, without).class == TransferClass::None);
        if inside { Truth::Yes } else { Truth::No }
    }

    /// Who runs the tool decides; where that is open, its source code says whether own servers are possible.
    fn self_hosted(&self) -> Truth {
        match (self.says("operating_model", &["own_servers"]), self.says("open_source", &["yes"])) {
            (Truth::Unknown, open) => open.or(Truth::Unknown),
            (known, _) => known,
        }
    }
}
