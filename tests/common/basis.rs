//! What may never be green, written once more, apart from the engine.

use freigabe::domain::Day;
use freigabe::domain::id::{ChoiceId, EditionId};
use freigabe::domain::vendor::Vendor;
use freigabe::engine::law::{Law, TransferClass};
use freigabe::engine::resolve::usable_fact;

use super::classes::{Class, plain};
use super::common::{id, knowledge};

/// A question that the laws look at.
struct Look {
    /// Its number among the points of the walk, if it is one.
    point: Option<usize>,
    /// What the catalogue says.
    fact: (Option<ChoiceId>, Option<TransferClass>),
}

/// What the laws look at.
pub struct Basis {
    role: Look,
    operating_model: Look,
    hosting: Look,
    eu_or_not: Look,
    access: Look,
    safeguard: Look,
    certified: Look,
    recording_used: Look,
    recording_consent: Look,
}

impl Basis {
    /// For the points of a walk through a vendor-day.
    pub fn new(points: &[&str], vendor: Option<&Vendor>, edition: Option<&EditionId>, day: Day) -> Self {
        let scheme = Law::from(knowledge().bank()).scheme(day, &[]).map(|scheme| scheme.id.clone());
        let look = |name: &str| {
            let fact = vendor.and_then(|vendor| usable_fact(vendor, &id(name), edition, day, scheme.as_ref()));
            Look {
                point: points.iter().position(|point| *point == name),
                fact: fact.map(|fact| plain(&fact.value, day)).unwrap_or_default(),
            }
        };
        Self {
            role: look("role"),
            operating_model: look("operating_model"),
            hosting: look("hosting_country"),
            eu_or_not: look("eu_or_not"),
            access: look("access_countries"),
            safeguard: look("transfer_safeguard"),
            certified: look("certified"),
            recording_used: look("recording_used"),
            recording_consent: look("recording_consent"),
        }
    }

    /// Why the verdict on these answers must not be green.
    pub fn objects_to_green<'a>(&self, answered: impl Fn(usize) -> Option<&'a Class>) -> Option<&'static str> {
        let answer = |look: &Look| look.point.and_then(&answered);
        // What counts is the answer, else the fact.
        let says = |look: &Look, value: &str| {
            let choice = answer(look).and_then(|class| class.choice.as_ref());
            choice.or(look.fact.0.as_ref()).is_some_and(|choice| *choice == *value)
        };
        let class = |look: &Look| answer(look).and_then(|class| class.transfer).or(look.fact.1);
        if says(&self.recording_used, "yes") && says(&self.recording_consent, "none") {
            return Some("a recording without consent is green");
        }
        if !says(&self.role, "host") {
            return None;
        }
        let by_word = class(&self.hosting).is_none() && says(&self.eu_or_not, "third_country");
        let processor = !says(&self.operating_model, "own_servers");
        let strictest = class(&self.hosting)
            .max(processor.then(|| class(&self.access)).flatten())
            .max(by_word.then_some(TransferClass::Safeguards));
        let clauses = ["scc_2021", "scc_2010", "bcr"].iter().any(|one| says(&self.safeguard, one));
        let bare = match strictest {
            Some(TransferClass::Safeguards) => !clauses,
            Some(TransferClass::CertifiedOnly) => !clauses && says(&self.certified, "no"),
            _ => false,
        };
        bare.then_some("a third country without a basis is green")
    }
}
