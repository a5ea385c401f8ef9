//! The way to clearance: the fewest changes, what stays whatever one does, other editions; each way can become conditions.
//!
//! ```text
//!  2 Änderungen führen zusammen von „✗ nein“ zu „✓ frei“.
//!
//!  › Weg 1 von 2
//!    1. Schließen Sie den AV-Vertrag ...
//!       Erledigt: Es fehlt ein AV-Vertrag · Aufwand: Tage
//! ```

use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use crate::domain::answer::Value;
use crate::domain::id::{FindingId, VariableId};
use crate::domain::verdict::Light;
use crate::engine::Ways;
use crate::engine::whatif::{Change, Way};
use crate::report::label::Labels;
use crate::session::{Condition, ConditionId};

fn light(desk: &Desk<'_>, light: Light) -> String {
    desk.words.get(&format!("ui-light-{}", light.id()))
}

fn title(labels: &Labels<'_>, id: &FindingId) -> String {
    labels.finding(id).map_or_else(|| id.to_string(), |one| one.title.get(labels.language).to_owned())
}

/// The ways and what stays.
pub fn way(desk: &Desk<'_>, page: &mut Page, ways: &Ways, selected: usize) {
    let (Some(labels), Some(from)) = (desk.labels(), ways.from) else { return };
    let here = light(desk, from);
    let summary = match ways.paths.first() {
        Some(way) => {
            let (n, to) = (way.changes.len().to_string(), light(desk, way.to));
            desk.words.with("ui-way-count", &[("n", &n), ("from", &here), ("to", &to)])
        }
        None if from == Light::Green => desk.words.get("ui-way-none-needed"),
        None => desk.words.with("ui-way-none", &[("from", &here)]),
    };
    page.text(&summary, desk.styles.heading);
    let of = (ways.paths.len() + ways.more).to_string();
    for (n, way) in ways.paths.iter().enumerate() {
        page.gap();
        let on = n == selected;
        page.item(n, on && n > 0, |page| {
            let style = if on { desk.styles.selected } else { desk.styles.key };
            let number = desk.words.with("ui-way-number", &[("n", &(n + 1).to_string()), ("of", &of)]);
            page.indented(if on { "› " } else { "  " }, "  ", &number, style);
            for (k, change) in way.changes.iter().enumerate() {
                one_change(desk, page, &labels, k + 1, change);
            }
            if !way.then.is_empty() {
                page.indented("  ", "  ", &desk.words.get("ui-way-then"), desk.styles.dim);
            }
            for then in &way.then {
                let text = format!("{}: {}", labels.variable(&then.variable), labels.value(&then.variable, &then.to));
                page.indented("    – ", "      ", &text, desk.styles.text);
            }
        });
    }
    if !ways.paths.is_empty() {
        page.gap();
        page.text(&desk.words.get("ui-way-enter"), desk.styles.dim);
    }
    blocked(desk, page, &labels, ways);
    alternatives(desk, page, &labels, ways);
    agreed(desk, page, &labels);
}

fn one_change(desk: &Desk<'_>, page: &mut Page, labels: &Labels<'_>, n: usize, change: &Change) {
    let country = desk.sitting.as_ref().map(|sitting| sitting.session().subject.jurisdiction).unwrap_or_default();
    let action = labels.finding(&change.action_of).map(|one| one.action_in(country).get(labels.language).to_owned());
    page.indented(&format!("  {n}. "), "     ", &action.unwrap_or_default(), desk.styles.text);
    let state = format!("{}: {}", labels.variable(&change.variable), labels.value(&change.variable, &change.to));
    page.indented("     ", "     ", &desk.words.with("ui-way-after", &[("state", &state)]), desk.styles.dim);
    let titles: Vec<String> = change.findings.iter().map(|id| title(labels, id)).collect();
    let against = desk.words.with("ui-way-against", &[("findings", &titles.join("; "))]);
    let effort = desk.words.get(&format!("ui-way-effort-{}", change.effort.clamp(1, 5)));
    let effort = desk.words.with("ui-way-effort", &[("effort", &effort)]);
    page.indented("     ", "     ", &format!("{against} · {effort}"), desk.styles.dim);
}

fn blocked(desk: &Desk<'_>, page: &mut Page, labels: &Labels<'_>, ways: &Ways) {
    if ways.blocked_by.is_empty() {
        return;
    }
    page.gap();
    page.text(&desk.words.get("ui-way-blocked"), desk.styles.key);
    for one in &ways.blocked_by {
        page.indented("  – ", "    ", &title(labels, &one.id), desk.styles.level(one.level));
    }
}

fn alternatives(desk: &Desk<'_>, page: &mut Page, labels: &Labels<'_>, ways: &Ways) {
    if ways.alternatives.is_empty() {
        return;
    }
    page.gap();
    page.text(&desk.words.get("ui-way-alternatives"), desk.styles.key);
    for other in &ways.alternatives {
        let editions = labels.vendor.map(|vendor| vendor.editions.as_slice()).unwrap_or_default();
        let name = editions.iter().find(|edition| edition.id == other.edition);
        let name = name.map_or_else(|| other.edition.to_string(), |one| one.name.get(labels.language).to_owned());
        let lights = if other.best == other.worst {
            light(desk, other.best)
        } else {
            format!("{} … {}", light(desk, other.best), light(desk, other.worst))
        };
        page.indented("  – ", "    ", &format!("{name}: {lights}"), desk.styles.text);
    }
}

/// The conditions agreed on so far.
fn agreed(desk: &Desk<'_>, page: &mut Page, labels: &Labels<'_>) {
    let Some(sitting) = &desk.sitting else { return };
    let conditions = &sitting.session().conditions;
    if conditions.is_empty() {
        return;
    }
    page.gap();
    page.text(&desk.words.get("ui-way-agreed"), desk.styles.key);
    for (id, condition) in conditions {
        let name = match id {
            ConditionId::Finding(id) => title(labels, id),
            ConditionId::Question(id) => labels.variable(id),
        };
        let text = desk.with_viewed(|viewed| viewed.condition_text(condition)).unwrap_or_default();
        page.indented("  – ", "    ", &format!("{name}: {text}"), desk.styles.text);
    }
}

/// The conditions that a way asks for: one for each change and for each answer that has to hold as well.
pub fn conditions(way: &Way) -> Vec<(ConditionId, Condition)> {
    let of = |id: ConditionId, variable: &VariableId, to: &Value| {
        (id, Condition { change: Some((variable.clone(), to.clone())), ..Condition::default() })
    };
    let changes = way.changes.iter().map(|change| {
        let id = ConditionId::Finding(change.findings.first().unwrap_or(&change.action_of).clone());
        of(id, &change.variable, &change.to)
    });
    let then = way.then.iter().map(|then| of(ConditionId::Question(then.variable.clone()), &then.variable, &then.to));
    changes.chain(then).collect()
}
