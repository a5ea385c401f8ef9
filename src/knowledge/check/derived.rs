//! The variables that the engine computes: all declared, with the values that it can yield.

use super::place::Report;
use super::scope::{Entry, Holds, Scope, Space};
use crate::engine::derive::Derived;
use crate::knowledge::diagnostic::Diagnostic;
use crate::knowledge::suggest::suggest;

/// Stands for "all questions" among the inputs of a variable.
pub(super) const EVERYTHING: &str = "*";

/// The derived variable of that name.
pub(super) fn derived(id: &str) -> Option<Derived> {
    Derived::ALL.into_iter().find(|one| one.id() == id)
}

/// The variables that decide about a derived one.
pub(super) const fn inputs(derived: Derived) -> &'static [&'static str] {
    match derived {
        // They look at the result as a whole.
        Derived::Stale | Derived::Aged | Derived::Contradiction => &[EVERYTHING],
        Derived::AuthorityFindings => &["edition"],
        other => other.inputs(),
    }
}

/// Checks the declarations of derived variables.
pub(super) fn check(scope: &Scope<'_>, report: &mut Report) {
    for one in Derived::ALL {
        let id = one.id();
        match scope.get(Space::Variable, None, id) {
            None if scope.is_unread(id) => {}
            None => report
                .faults
                .push(Diagnostic::of_file("questions", &format!("the derived variable `{id}` is not declared"))),
            Some(defined) => match defined.entry {
                Entry::Variable(variable) if variable.derived => {
                    let Some(Holds::Values { mut ids, .. }) = scope.holds(None, id) else { continue };
                    let mut values = one.values().to_vec();
                    ids.sort_unstable();
                    values.sort_unstable();
                    if ids != values {
                        let hint = Some(format!("its values are {}", one.values().join(", ")));
                        report.hinted(
                            defined.place,
                            &format!("the values of `{id}` are not those that are computed"),
                            hint,
                        );
                    }
                }
                _ => report
                    .add(defined.place, &format!("`{id}` is computed and has to be declared with `derived: true`")),
            },
        }
    }
    for one in Derived::ALL {
        for input in inputs(one).iter().filter(|input| **input != EVERYTHING) {
            if !scope.knows(Space::Variable, None, input) {
                let message = format!("`{}` is computed from `{input}`, which nothing defines", one.id());
                report.faults.push(Diagnostic::of_file("questions", &message));
            }
        }
    }
    for id in scope.ids(Space::Variable, None) {
        let Some(defined) = scope.get(Space::Variable, None, id) else { continue };
        let Entry::Variable(variable) = defined.entry else { continue };
        if variable.derived && derived(id).is_none() {
            let hint = suggest(id, Derived::ALL.iter().map(|one| one.id()));
            report.hinted(defined.place, &format!("nothing computes a variable `{id}`"), hint);
        }
    }
}
