//! More than the engine is made for: too many, too deep, too long.

use std::collections::BTreeSet;

use super::derived::{self, EVERYTHING};
use super::place::{Place, Report};
use super::scope::{Entry, Scope, Space};
use crate::domain::condition::Condition;
use crate::domain::finding::Finding;
use crate::domain::question::Question;
use crate::domain::vendor::Vendor;
use crate::knowledge::document::{Content, Document};
use crate::knowledge::limits::{ATOMS, BELOW, COMPARISONS, DEPTH, FINDINGS, VARIABLES};

/// Rules of the bank or of a vendor, with the place of each id.
#[derive(Default)]
struct Rules<'a> {
    findings: Vec<(&'a Finding, Place<'a>)>,
    /// How much these compare.
    comparisons: usize,
    /// Laws, days and evidence that a condition names.
    members: BTreeSet<&'a str>,
    last_finding: Option<Place<'a>>,
}

/// Checks how many variables and findings a tool has with the bank, and with the bank alone.
pub(super) fn check<'a>(scope: &Scope<'a>, documents: &'a [Document], report: &mut Report) {
    let mut bank = Rules::default();
    let mut vendors: Vec<(&Vendor, Place<'a>, Rules<'a>)> = Vec::new();
    for document in documents {
        let root = Place::root(document);
        match &document.content {
            Content::Section(section) => bank.add(scope, None, &section.questions, &section.findings, root),
            Content::Vendor(vendor) if scope.is_current_vendor(document, vendor) => {
                let mut own = Rules::default();
                own.add(scope, Some(vendor), &vendor.questions, &vendor.findings, root);
                vendors.push((vendor, root.field("id"), own));
            }
            _ => {}
        }
    }
    let last = last_variable(scope).or(bank.last_finding);
    let variables = scope.ids(Space::Variable, None).len() + bank.members.len();
    let whose = "the bank";
    let place = bank.last_finding.or(last);
    let full = [
        most(variables, VARIABLES, whose, "variables", last, report),
        most(bank.findings.len(), FINDINGS, whose, "findings", place, report),
        most(bank.comparisons, COMPARISONS, whose, "comparisons (`Is`) in findings", place, report),
    ];
    if full.contains(&true) {
        return;
    }
    bank.reach(scope, None, report);
    for (vendor, place, own) in vendors {
        own.reach(scope, Some(vendor), report);
        let members = own.members.difference(&bank.members).count();
        let variables = scope.ids(Space::Variable, Some(vendor)).len() + bank.members.len() + members;
        let whose = format!("the bank and vendor `{}`", vendor.id);
        most(variables, VARIABLES, &whose, "variables", Some(place), report);
        most(bank.findings.len() + own.findings.len(), FINDINGS, &whose, "findings", Some(place), report);
        let comparisons = bank.comparisons + own.comparisons;
        most(comparisons, COMPARISONS, &whose, "comparisons (`Is`) in findings", Some(place), report);
    }
}

impl<'a> Rules<'a> {
    fn add(
        &mut self,
        scope: &Scope<'a>,
        vendor: Option<&Vendor>,
        questions: &'a [Question],
        findings: &'a [Finding],
        root: Place<'a>,
    ) {
        for (n, question) in questions.iter().enumerate() {
            let place = root.entry("questions", n);
            if scope.is_current(Space::Variable, vendor, question.id.as_str(), place) {
                question
                    .when
                    .iter()
                    .chain(question.assumed.iter().map(|(_, when)| when))
                    .for_each(|when| self.note(when));
            }
        }
        for (n, finding) in findings.iter().enumerate() {
            let place = root.entry("findings", n);
            if scope.is_current(Space::Finding, vendor, finding.id.as_str(), place) {
                self.findings.push((finding, place.field("id")));
                self.last_finding =
                    Some(place.field("id")).filter(|_| place.document().is_file()).or(self.last_finding);
                for (_, when) in finding.rungs() {
                    when.atoms(&mut |_, _| self.comparisons += 1);
                    self.note(when);
                }
            }
        }
    }

    /// Reports findings that rest on too many questions.
    fn reach(&self, scope: &Scope<'a>, vendor: Option<&Vendor>, report: &mut Report) {
        for (finding, place) in &self.findings {
            let count = questions_below(scope, vendor, finding);
            if count > BELOW {
                let message =
                    format!("finding `{}` rests on {count} questions; at most {BELOW} are possible", finding.id);
                let hint = "the questions that decide whether its own are asked count too; write several findings";
                report.hinted(*place, &message, Some(hint.to_owned()));
            }
        }
    }

    fn note(&mut self, when: &'a Condition) {
        when.atoms(&mut |id, _| {
            if id.as_str().contains('.') {
                self.members.insert(id.as_str());
            }
        });
    }
}

/// How many questions a finding rests on, directly or through the conditions of questions.
fn questions_below(scope: &Scope<'_>, vendor: Option<&Vendor>, finding: &Finding) -> usize {
    let mut open: Vec<&str> = Vec::new();
    finding.rungs().for_each(|(_, when)| when.atoms(&mut |id, _| open.push(id.as_str())));
    let mut seen = BTreeSet::new();
    let mut questions = 0;
    while let Some(id) = open.pop() {
        let id = id.strip_prefix("evidence.").unwrap_or(id);
        if id == EVERYTHING || !seen.insert(id) {
            continue;
        }
        if let Some(derived) = derived::derived(id) {
            open.extend(derived::inputs(derived));
        } else if let Some(Entry::Question(question)) = scope.get(Space::Variable, vendor, id).map(|one| one.entry) {
            questions += 1;
            question.when.iter().for_each(|when| when.atoms(&mut |id, _| open.push(id.as_str())));
        }
    }
    questions
}

/// The place of the last variable of the bank that a file defines.
fn last_variable<'a>(scope: &Scope<'a>) -> Option<Place<'a>> {
    let own = scope.entries(Space::Variable).filter(|(owner, _, _)| owner.is_none());
    let places = own.map(|(_, _, defined)| defined.place).filter(|place| place.document().is_file());
    places.max_by_key(|place| place.order())
}

fn most(count: usize, limit: usize, whose: &str, what: &str, place: Option<Place<'_>>, report: &mut Report) -> bool {
    if count > limit
        && let Some(place) = place
    {
        let hint = Some("leave out what no tool of yours needs, or split it over several own data folders".to_owned());
        report.hinted(place, &format!("{whose} together have {count} {what}; at most {limit} are possible"), hint);
    }
    count > limit
}

/// Reports one list that is longer than it may be, at its first entry too many.
pub(super) fn list<'p>(
    count: usize,
    limit: usize,
    what: &str,
    at: impl FnOnce(usize) -> Place<'p>,
    report: &mut Report,
) {
    if count > limit {
        report.add(at(limit), &format!("{what} has {count} entries; at most {limit} are possible"));
    }
}

/// Checks the size of a condition.
pub(super) fn condition(when: &Condition, what: &str, place: Place<'_>, report: &mut Report) {
    let deep = depth(when);
    if deep > DEPTH {
        report.add(place, &format!("{what} is nested {deep} levels deep; at most {DEPTH} are possible"));
    }
    let mut atoms = 0;
    when.atoms(&mut |_, _| atoms += 1);
    comparisons(atoms, what, place, report);
}

/// Checks how much conditions compare.
pub(super) fn comparisons(atoms: usize, what: &str, place: Place<'_>, report: &mut Report) {
    if atoms > ATOMS {
        let hint = Some("write several findings or questions, or name several values in one `Is`".to_owned());
        report.hinted(place, &format!("{what} makes {atoms} comparisons (`Is`); at most {ATOMS} are possible"), hint);
    }
}

/// How deep a condition is nested; the parser has bounded it.
fn depth(when: &Condition) -> usize {
    match when {
        Condition::Is(..) => 1,
        Condition::All(parts) | Condition::Any(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        Condition::Not(part) => 1 + depth(part),
    }
}
