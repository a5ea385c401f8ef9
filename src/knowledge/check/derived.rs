//! The variables that the engine computes: all declared, with the values that it can yield.

use super::place::Report;
use super::scope::{Entry, Holds, Scope, Space};
use crate::knowledge::diagnostic::Diagnostic;
use crate::knowledge::suggest::suggest;

/// Name, values and what it is computed from. `*`: from everything.
pub(super) struct Derived {
    pub(super) id: &'static str,
    pub(super) values: &'static [&'static str],
    pub(super) inputs: &'static [&'static str],
}

const YES_NO: &[&str] = &["yes", "no"];

const fn derived(id: &'static str, values: &'static [&'static str], inputs: &'static [&'static str]) -> Derived {
    Derived { id, values, inputs }
}

/// All derived variables.
pub(super) const ALL: [Derived; 16] = [
    derived("mode", &["self", "interview"], &[]),
    derived("catalogued", YES_NO, &[]),
    derived("organisation", &["company", "public_body", "church", "secrecy_holder", "association"], &[]),
    derived("jurisdiction", &["de", "at", "ch", "other_eea"], &[]),
    derived("processor", YES_NO, &["operating_model"]),
    derived("hosting_known", YES_NO, &["hosting_country"]),
    derived(
        "transfer",
        &["none", "adequate", "certified_only", "safeguards"],
        &["hosting_country", "eu_or_not", "access_countries"],
    ),
    derived("safeguard", &["valid", "expired", "none"], &["transfer_safeguard"]),
    derived("basis_volatile", YES_NO, &["hosting_country", "eu_or_not", "access_countries", "certified"]),
    derived("adequacy_limited", YES_NO, &["hosting_country", "access_countries"]),
    derived("parent", &["eea", "third_country"], &["parent_country", "operator_country"]),
    derived("stale", YES_NO, &["*"]),
    derived("aged", YES_NO, &["*"]),
    derived("contradiction", YES_NO, &["*"]),
    derived("certified_contradicted", YES_NO, &["certified"]),
    derived("authority_findings", YES_NO, &["edition"]),
];

/// Checks the declarations of derived variables.
pub(super) fn check(scope: &Scope<'_>, report: &mut Report) {
    for one in &ALL {
        let id = one.id;
        match scope.get(Space::Variable, None, id) {
            None if scope.is_unread(id) => {}
            None => report.faults.push(Diagnostic::of_file("questions", &format!("the derived variable `{id}` is not declared"))),
            Some(defined) => match defined.entry {
                Entry::Variable(variable) if variable.derived => {
                    let Some(Holds::Values { mut ids, .. }) = scope.holds(None, id) else { continue };
                    let mut values = one.values.to_vec();
                    ids.sort_unstable();
                    values.sort_unstable();
                    if ids != values {
                        let hint = Some(format!("its values are {}", one.values.join(", ")));
                        report.hinted(defined.place, &format!("the values of `{id}` are not those that are computed"), hint);
                    }
                }
                _ => report.add(defined.place, &format!("`{id}` is computed and has to be declared with `derived: true`")),
            },
        }
    }
    for one in &ALL {
        for input in one.inputs.iter().filter(|input| **input != "*") {
            if !scope.knows(Space::Variable, None, input) {
                let message = format!("`{}` is computed from `{input}`, which nothing defines", one.id);
                report.faults.push(Diagnostic::of_file("questions", &message));
            }
        }
    }
    for id in scope.ids(Space::Variable, None) {
        let Some(defined) = scope.get(Space::Variable, None, id) else { continue };
        let Entry::Variable(variable) = defined.entry else { continue };
        if variable.derived && !ALL.iter().any(|one| one.id == id) {
            let hint = suggest(id, ALL.iter().map(|one| one.id));
            report.hinted(defined.place, &format!("nothing computes a variable `{id}`"), hint);
        }
    }
}
