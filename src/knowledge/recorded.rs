//! What the record of a seal carries: a bank and the one tool that was judged.

use std::collections::BTreeSet;

use super::Knowledge;
use super::assemble::{assemble, take_apart};
use super::check::check;
use super::diagnostic::Diagnostic;
use crate::domain::bank::Bank;
use crate::domain::condition::Condition;
use crate::domain::finding::Finding;
use crate::domain::vendor::Vendor;

impl Knowledge {
    /// Bank and tool of a record. They are checked like all data, for anybody may have edited them.
    ///
    /// # Errors
    /// All faults.
    pub fn recorded(bank: Bank, vendor: Option<Vendor>) -> Result<Self, Vec<Diagnostic>> {
        // The tool that took its place is another entry, and no rule asks for it.
        let vendor = vendor.map(|vendor| Vendor { successor: None, ..vendor });
        let editions = editions(&bank);
        let documents = take_apart(bank, vendor.into_iter().collect());
        let faults = check(&documents, &editions);
        if faults.is_empty() { Ok(Self::of(assemble(documents))) } else { Err(faults) }
    }
}

/// The editions that rules of the bank name: most are those of tools that are not in the record.
fn editions(bank: &Bank) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ask = |condition: &Condition| {
        condition.atoms(&mut |variable, values| {
            if *variable == *"edition" {
                found.extend(values.iter().map(|value| value.as_str().to_owned()));
            }
        });
    };
    for section in &bank.sections {
        for question in &section.questions {
            question.when.iter().for_each(&mut ask);
            question.assumed.iter().for_each(|(_, when)| ask(when));
        }
        let levers = || section.findings.iter().flat_map(|finding| &finding.levers);
        section.findings.iter().flat_map(Finding::rungs).for_each(|(_, when)| ask(when));
        levers().filter_map(|lever| lever.when.as_ref()).for_each(&mut ask);
    }
    let levers = bank.sections.iter().flat_map(|section| section.findings.iter()).flat_map(|finding| &finding.levers);
    found.extend(levers.filter(|lever| lever.variable == *"edition").map(|lever| lever.to.as_str().to_owned()));
    found
}
