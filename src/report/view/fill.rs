//! Texts of the data with their marks filled in.

use super::Viewed;
use crate::domain::id::VariableId;
use crate::domain::text::Text;
use crate::engine::law::Law;
use crate::engine::{Because, Origin};
use crate::report::authority::by_day;
use crate::sanitise::sanitise;

impl Viewed<'_> {
    pub(in crate::report) fn fill(&self, text: &Text, because: &[Because]) -> String {
        let mut filled = text.get(self.words.language()).to_owned();
        if !filled.contains('{') {
            return filled;
        }
        let vendor =
            self.labels.vendor.map_or_else(|| self.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
        let names = |wanted: &dyn Fn(&Because) -> bool| {
            let lines: Vec<String> =
                because.iter().filter(|entry| wanted(entry)).map(|entry| self.proof(entry)).collect();
            if lines.is_empty() { "–".to_owned() } else { lines.join("; ") }
        };
        let countries = because
            .iter()
            .filter_map(|entry| {
                entry
                    .value
                    .as_ref()
                    .filter(|value| value.countries().is_some())
                    .map(|value| self.labels.value(&entry.variable, value))
            })
            .collect::<Vec<_>>()
            .join(", ");
        let law = Law::from(self.labels.bank);
        let scheme = law.scheme(self.day(), &[]).map_or("–", |scheme| scheme.title.get(self.words.language()));
        let authorities = self.labels.vendor.map(|vendor| {
            let edition = self.session.edition(Some(vendor));
            by_day(vendor, edition.as_ref(), self.day())
                .into_iter()
                .map(|found| {
                    let outcome = self.words.get(&format!("ui-outcome-{}", found.outcome.id()));
                    format!("{}, {}: {outcome}", found.authority, self.words.day(found.date))
                })
                .collect::<Vec<_>>()
                .join("; ")
        });
        let successor = self.labels.vendor.and_then(|vendor| vendor.successor.as_ref()).map(|id| {
            let entry = self.labels.catalogue.iter().find(|entry| entry.id == *id);
            entry.map_or_else(|| id.to_string(), |entry| entry.name.to_string())
        });
        let edition = self.session.answers.get("edition").map(|answer| {
            VariableId::try_from("edition").map_or_else(|_| String::new(), |id| self.labels.value(&id, &answer.value))
        });
        for (mark, value) in [
            ("{vendor}", vendor),
            ("{countries}", if countries.is_empty() { "–".to_owned() } else { countries }),
            ("{scheme}", scheme.to_owned()),
            ("{authorities}", authorities.unwrap_or_default()),
            ("{successor}", successor.unwrap_or_default()),
            ("{edition}", edition.unwrap_or_default()),
            ("{date}", self.words.day(self.day())),
            ("{facts}", names(&|entry| matches!(entry.origin, Origin::Fact { .. } | Origin::Law { .. }))),
        ] {
            filled = filled.replace(mark, &value);
        }
        sanitise(&filled).into_owned()
    }
}
