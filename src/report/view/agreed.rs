//! What people made of the findings: conditions, and departures of the officer.

use super::Viewed;
use crate::domain::condition::Truth;
use crate::domain::id::FindingId;
use crate::domain::verdict::Light;
use crate::engine::Fired;
use crate::sanitise::sanitise;
use crate::session::{Condition, ConditionId, State};

impl Viewed<'_> {
    /// What was agreed on a finding, in words, and whether it is still open.
    pub(super) fn condition(&self, id: &FindingId) -> Option<(String, bool)> {
        let condition = self.session.conditions.get(&ConditionId::Finding(id.clone()))?;
        Some((self.condition_text(condition), condition.is_open(self.day())))
    }

    /// State, owner, day, reason and name of a condition.
    #[must_use]
    pub fn condition_text(&self, condition: &Condition) -> String {
        let word = |id: &str| self.words.get(id);
        let day = |id: &str, day: crate::domain::Day| self.words.with(id, &[("day", &self.words.day(day))]);
        let text = |text: &String| (!text.is_empty()).then(|| sanitise(text).into_owned());
        let state = match condition.state {
            State::Open => word("ui-condition-open"),
            State::Fulfilled => word("ui-condition-fulfilled"),
            State::Accepted if condition.is_open(self.day()) => word("ui-condition-ran-out"),
            State::Accepted => word("ui-condition-accepted"),
        };
        let parts = [
            text(&condition.owner),
            condition.due.filter(|_| condition.state == State::Open).map(|due| day("ui-until", due)),
            text(&condition.reason),
            text(&condition.by),
            condition.on.map(|on| self.words.day(on)),
            condition.until.map(|until| day("ui-until", until)),
        ];
        std::iter::once(state).chain(parts.into_iter().flatten()).collect::<Vec<_>>().join(" · ")
    }

    /// The officer's own level for a finding, with reason, name and day.
    pub(super) fn departure(&self, id: &FindingId) -> Option<String> {
        let departure = self.session.departures.get(id)?;
        let level = departure.level.map_or_else(
            || self.words.get("ui-departure-off"),
            |level| self.words.get(&format!("ui-level-{}", level.id())),
        );
        let by = sanitise(&departure.by);
        let on = departure.on.map(|day| self.words.day(day)).unwrap_or_default();
        Some(format!("{level} – {} ({by}, {on})", sanitise(&departure.reason)))
    }

    /// The lights that remain once the officer's levels take the place of the engine's.
    pub(super) fn departed(&self) -> Option<String> {
        let own = |fired: &Fired| self.session.departures.get(&fired.id);
        if !self.assessment.findings.iter().any(|fired| own(fired).is_some_and(|one| one.level != Some(fired.level))) {
            return None;
        }
        let level = |fired: &Fired| own(fired).map_or(Some(fired.level), |one| one.level);
        let highest = |certain: bool| {
            let counted = self.assessment.findings.iter().filter(|fired| !certain || fired.truth == Truth::Yes);
            counted.filter_map(level).max().map_or(Light::Green, Light::from)
        };
        let word = |light: Light| self.words.get(&format!("ui-light-{}", light.id()));
        // What may still fire counts for the worst alone; where the engine has decided, both are the same.
        let worst = highest(false);
        let best = if self.assessment.best == self.assessment.worst { worst } else { highest(true) };
        let text = if best == worst {
            self.words.with("ui-departed-one", &[("best", &word(best))])
        } else {
            self.words.with("ui-departed", &[("best", &word(best)), ("worst", &word(worst))])
        };
        Some(text)
    }

    /// Whether a finding still asks for something: no condition on it is met or borne.
    pub(super) fn is_pending(&self, id: &FindingId) -> bool {
        self.condition(id).is_none_or(|(_, open)| open)
    }
}
