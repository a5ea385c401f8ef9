//! What the engine would otherwise have to look up by name each time: facts by variable, who rests on whom, and the
//! numbers of everything that it reads itself.

use hashbrown::HashMap;
use jiff::ToSpan;

use super::bits::Bits;
use super::derive::Derived;
use super::expr::Index;
use super::model::{CompiledFact, Concerned, Known, KnownLaw, Place, Rule, Safeguard, Source, Var, bits};
use crate::domain::Day;
use crate::domain::answer::Value;
use crate::domain::bank::Bank;
use crate::domain::id::{ChoiceId, CountryCode, EditionId, VariableId};
use crate::domain::question::Question;
use crate::domain::vendor::Vendor;

/// Vendor facts older than this many months have to be checked again.
const FACT_AGES_AFTER: i32 = 24;
/// Bits of a country variable: one per transfer class, and one for no country.
const CLASSES: usize = 5;

/// Fills in instruments and evidence by number.
pub fn resolve(vars: &mut [Var], bank: &Bank, by_id: &HashMap<VariableId, Index>) {
    let mut evidence: Vec<(Index, Index)> = Vec::new();
    for (index, var) in (0..).zip(vars.iter_mut()) {
        match &mut var.source {
            Source::Law(id, position) => *position = bank.instruments.iter().position(|found| found.id == *id),
            Source::Evidence(question) => {
                let name = var.id.as_str().split_once('.').map_or("", |(_, name)| name);
                *question = by_id.get(name).copied();
                evidence.extend(question.map(|question| (question, index)));
            }
            _ => {}
        }
    }
    for (question, index) in evidence {
        vars[usize::from(question)].evidence = Some(index);
    }
}

/// The dated facts of each variable, newest first.
pub fn facts(vars: &mut [Var], vendor: &Vendor, authority_days: &[(Day, u64)]) {
    for var in vars {
        var.facts = facts_of(var, vendor);
        var.by_edition = var.facts.iter().any(|fact| fact.specific)
            || (matches!(var.source, Source::Derived(Derived::AuthorityFindings))
                && authority_days.iter().any(|(_, editions)| *editions != u64::MAX));
    }
}

fn facts_of(var: &Var, vendor: &Vendor) -> Vec<CompiledFact> {
    let mut facts: Vec<CompiledFact> = vendor
        .facts
        .iter()
        .filter(|fact| fact.variable == var.id && !fact.suggestion)
        .filter_map(|fact| {
            let bits = bits(&var.values, fact.value.choices().unwrap_or_default());
            let says = bits != 0 || fact.value.countries().is_some() || matches!(fact.value, Value::Choices(_));
            let as_of = fact.as_of?;
            Some(CompiledFact {
                as_of,
                fresh_until: as_of.checked_add(FACT_AGES_AFTER.months()).ok(),
                editions: edition_bits(vendor, &fact.editions),
                specific: !fact.editions.is_empty(),
                value: says.then(|| fact.value.clone()),
                bits,
                scheme: fact.scheme.clone(),
                source: fact.source.clone(),
                confidence: fact.confidence,
                fixed: fact.fixed,
            })
        })
        .collect();
    facts.sort_by_key(|fact| std::cmp::Reverse((fact.as_of, fact.specific)));
    facts
}

fn edition_bits(vendor: &Vendor, editions: &[EditionId]) -> u64 {
    if editions.is_empty() {
        return u64::MAX;
    }
    vendor
        .editions
        .iter()
        .enumerate()
        .filter(|(_, edition)| editions.contains(&edition.id))
        .fold(0, |bits, (n, _)| bits | (1 << n.min(62)))
}

/// Days on which an authority said something, with the editions concerned.
pub fn authority_days(vendor: &Vendor) -> Vec<(Day, u64)> {
    vendor.authority_findings.iter().map(|found| (found.date, edition_bits(vendor, &found.editions))).collect()
}

/// The variables that one variable is computed from.
pub fn inputs(
    var: &Var,
    questions: &HashMap<&str, &Question>,
    by_id: &HashMap<VariableId, Index>,
    vendor: Option<&Vendor>,
    vars: &[Var],
) -> Vec<Index> {
    let mut found: Vec<Index> = Vec::new();
    let mut add = |id: &str| found.extend(by_id.get(id).copied());
    match &var.source {
        Source::Question(_) => {
            if let Some(question) = questions.get(var.id.as_str()).filter(|question| question.id != "role") {
                add("role");
                question.when.iter().for_each(|when| when.atoms(&mut |id, _| add(id.as_str())));
            }
        }
        Source::Derived(Derived::Contradiction) => {
            let facts = vendor.map(|vendor| vendor.facts.as_slice()).unwrap_or_default();
            for other in vars.iter().filter(|other| matches!(other.source, Source::Question(_))) {
                if facts.iter().any(|fact| fact.variable == other.id) {
                    add(other.id.as_str());
                }
            }
        }
        Source::Derived(derived) => derived.inputs().iter().for_each(|id| add(id)),
        _ => {}
    }
    let by_edition = vendor.is_some_and(|vendor| {
        vendor.facts.iter().any(|fact| fact.variable == var.id && !fact.editions.is_empty())
            || (var.id == "authority_findings" && vendor.authority_findings.iter().any(|f| !f.editions.is_empty()))
    });
    if by_edition && var.id != "edition" {
        add("edition");
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// For each variable all that it is computed from, directly or not, itself included.
pub fn below(vars: &[Var]) -> Vec<Bits> {
    let mut below: Vec<Bits> = Vec::with_capacity(vars.len());
    for (index, var) in (0..).zip(vars) {
        let mut bits = Bits::from_iter([index]);
        for input in &var.inputs {
            bits.join(&below.get(usize::from(*input)).copied().unwrap_or_default());
        }
        below.push(bits);
    }
    below
}

/// For each variable what has to do with it, given what each one is computed from.
pub fn concerned(vars: &[Var], below: &[Bits], rules: &[Rule]) -> Vec<Concerned> {
    let inputs = |var: &Var| var.inputs.iter().copied().collect();
    let mut concerned: Vec<Concerned> =
        vars.iter().map(|var| Concerned { inputs: inputs(var), ..Concerned::default() }).collect();
    for (above, below) in (0..).zip(below) {
        below.iter().for_each(|index| concerned[usize::from(index)].above.insert(above));
    }
    for (n, rule) in (0..).zip(rules) {
        rule.rests_on.iter().for_each(|index| concerned[usize::from(index)].resting.insert(n));
        for (_, when) in &rule.rungs {
            when.atoms(&mut |index, _| concerned[usize::from(index)].asking.insert(n));
        }
    }
    concerned
}

/// For each rule the questions that it rests on.
pub fn questions(rules: &mut [Rule], vars: &[Var]) {
    for rule in rules {
        let question = |index: &Index| match vars[usize::from(*index)].source {
            Source::Question(_) => Some(*index),
            Source::Evidence(question) => question,
            _ => None,
        };
        rule.questions = rule.cone.iter().filter_map(question).collect();
        rule.questions.sort_unstable();
        rule.questions.dedup();
    }
}

/// Orders the values of each variable by rank; countries by class.
pub fn best_first(vars: &mut [Var]) {
    for var in vars {
        let choices = match &var.source {
            Source::Question(asked) => asked.choices.as_slice(),
            _ => &[],
        };
        let count = if var.countries { CLASSES } else { var.values.len() };
        let rank = |n: usize| choices.get(n).and_then(|choice| choice.rank).unwrap_or(0);
        let mut values: Vec<usize> = (0..count.min(63)).collect();
        values.sort_by_key(|n| rank(*n));
        var.best_first = values.into_iter().map(|n| 1 << n).collect();
    }
}

/// Questions in the order of the bank, and in that of the self-assessment.
pub fn orders(vars: &[Var]) -> (Vec<Index>, Vec<Index>) {
    let mut questions: Vec<(u16, u16, Index)> = vars
        .iter()
        .zip(0..)
        .filter_map(|(var, index)| match &var.source {
            Source::Question(asked) => Some((asked.self_position, asked.position, index)),
            _ => None,
        })
        .collect();
    questions.sort_unstable();
    let self_order = questions.iter().map(|(_, _, index)| *index).collect();
    questions.sort_unstable_by_key(|(_, position, _)| *position);
    (questions.iter().map(|(_, _, index)| *index).collect(), self_order)
}

/// Who says something about which country.
pub fn places(bank: &Bank) -> HashMap<CountryCode, Place> {
    let mut places: HashMap<CountryCode, Place> = HashMap::new();
    for (n, membership) in bank.memberships.iter().enumerate() {
        places.entry(membership.country).or_default().memberships.push(n);
    }
    for (n, instrument) in bank.instruments.iter().enumerate() {
        for country in &instrument.countries {
            places.entry(*country).or_default().instruments.push(n);
        }
    }
    places
}

/// Positions of the instruments that may fall soon.
pub fn volatile(bank: &Bank) -> Vec<usize> {
    let instruments = bank.instruments.iter().enumerate();
    instruments.filter(|(_, instrument)| instrument.volatile.is_some()).map(|(n, _)| n).collect()
}

/// Everything that the engine itself reads.
pub fn known(by_id: &HashMap<VariableId, Index>, vars: &[Var], bank: &Bank) -> Known {
    let find = |id: &str| by_id.get(id).copied();
    let values = |id: &str| find(id).map(|index| vars[usize::from(index)].values.as_slice()).unwrap_or_default();
    let bit =
        |id: &str, value: &str| values(id).iter().position(|known| *known == *value).map_or(0, |n| 1_u64 << n.min(62));
    let instrument = |id: &str| bank.instruments.iter().position(|found| found.id == *id);
    Known {
        role: find("role"),
        private: bit("role", "private"),
        edition: find("edition"),
        operating_model: find("operating_model"),
        own_servers: bit("operating_model", "own_servers"),
        hosting: find("hosting_country"),
        eu_or_not: find("eu_or_not"),
        eea: bit("eu_or_not", "eea"),
        access: find("access_countries"),
        certified: find("certified"),
        listed: bit("certified", "yes"),
        not_listed: bit("certified", "no"),
        safeguard_answer: find("transfer_safeguard"),
        safeguards: values("transfer_safeguard").iter().map(safeguard).collect(),
        transfer: find("transfer"),
        parent: find("parent_country"),
        seat: find("operator_country"),
        stale: find("stale"),
        aged: find("aged"),
        law: KnownLaw {
            clauses_2021: instrument("scc_2021_914"),
            clauses_2010: instrument("scc_2010_87"),
            legacy: instrument("scc_old_legacy"),
        },
    }
}

fn safeguard(value: &ChoiceId) -> Safeguard {
    match value.as_str() {
        "scc_2021" => Safeguard::Clauses2021,
        "scc_2010" => Safeguard::Clauses2010,
        "bcr" | "art49" => Safeguard::Named(value.clone()),
        "ad_hoc" => Safeguard::AdHoc,
        _ => Safeguard::Nothing,
    }
}
