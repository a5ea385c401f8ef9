//! The laws of the verdict, checked over all self-assessment answers, in equivalence classes.
//!
//! Every vendor-day is walked ([`super::walk`]), those that are alike once.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use freigabe::domain::finding::Finding;
use freigabe::domain::id::EditionId;
use freigabe::domain::vendor::Vendor;

use super::classes::print;
use super::common::{day, knowledge};
use super::walk::walk;

pub const DAYS: [&str; 5] = ["2020-03-31", "2020-07-17", "2021-07-15", "2023-07-11", "2026-11-23"];

/// What a run covered.
#[derive(Default, Debug)]
pub struct Report {
    pub vendor_days: usize,
    pub walks: usize,
    pub classes: u64,
    pub stands_for: u128,
    pub lines: u64,
    pub neighbours: u64,
    pub unknowns: u64,
    pub exact: u64,
    pub from_scratch: u64,
    pub faults: Vec<String>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.vendor_days += other.vendor_days;
        self.walks += other.walks;
        self.classes += other.classes;
        self.stands_for += other.stands_for;
        self.lines += other.lines;
        self.neighbours += other.neighbours;
        self.unknowns += other.unknowns;
        self.exact += other.exact;
        self.from_scratch += other.from_scratch;
        self.faults.extend(other.faults);
    }
}

/// A vendor-day: a tool in an edition on a day.
pub struct Job {
    pub vendor: Option<&'static Vendor>,
    pub edition: Option<EditionId>,
    pub on: &'static str,
    /// How many vendor-days it stands for.
    pub stands_for: usize,
}

/// Walks all vendor-days, those that are alike once: to every end, or to so many per vendor-day and role, chosen by
/// chance and always the same.
pub fn run(some: Option<u64>) -> Report {
    let jobs = jobs();
    let next = AtomicUsize::new(0);
    let total = Mutex::new(Report { faults: without_source(), ..Report::default() });
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = walk(job, some);
                    total.lock().unwrap().add(report);
                }
            });
        }
    });
    total.into_inner().unwrap()
}

fn jobs() -> Vec<Job> {
    let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
    for on in DAYS {
        let tools = knowledge().entries().iter().map(|entry| knowledge().vendor(&entry.id).unwrap());
        let editions = tools.flat_map(|tool| tool.editions.iter().map(move |one| (Some(tool), Some(one.id.clone()))));
        for (vendor, edition) in editions.chain([(None, None)]) {
            let print = print(vendor, edition.as_ref(), day(on));
            jobs.entry(print).or_insert(Job { vendor, edition, on, stands_for: 0 }).stands_for += 1;
        }
    }
    jobs.into_values().collect()
}

/// Findings without legal reference, and facts and references without source.
fn without_source() -> Vec<String> {
    let bank = knowledge().bank();
    let vendors = || knowledge().entries().iter().filter_map(|entry| knowledge().vendor(&entry.id));
    let cites = |finding: &&Finding| {
        let found = |id| bank.reference(id).is_some_and(|reference| !reference.url.is_empty());
        !finding.references.is_empty() && finding.references.iter().all(found)
    };
    let findings = bank.findings().chain(vendors().flat_map(|vendor| &vendor.findings));
    let bare = findings.filter(|finding| !cites(finding)).map(|finding| format!("`{}` cites no law", finding.id));
    let facts = vendors().flat_map(|vendor| vendor.facts.iter().map(move |fact| (vendor, fact)));
    let loose = facts.filter(|(vendor, fact)| vendor.source(&fact.source).is_none());
    bare.chain(loose.map(|(vendor, fact)| format!("{}: `{}` has no source", vendor.id, fact.variable))).collect()
}
