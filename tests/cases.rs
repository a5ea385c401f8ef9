//! Cases written from law and facts before the program ran on them. Adding a file to `tests/data/cases` adds a test.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "only the knowledge is needed here")]
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use common::{day, knowledge};
use freigabe::domain::condition::Truth;
use freigabe::domain::finding::Level;
use freigabe::domain::id::VendorId;
use freigabe::engine::{Assessment, Model, assess};
use freigabe::session::SessionId;
use freigabe::session::file;
use serde::Deserialize;

/// One file: why, the session, and what must come out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The instrument or source that justifies the expectation.
    because: String,
    session: Box<ron::value::RawValue>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    verdict: String,
    best: String,
    worst: String,
    /// Red and yellow findings that fire for certain, all of them.
    fires: Vec<String>,
    /// Red and yellow findings that may fire, all of them.
    #[serde(default)]
    possible: Vec<String>,
    /// Advice and points in favour that must be there.
    #[serde(default)]
    also: Vec<String>,
    /// Findings that must not be there at all.
    #[serde(default)]
    silent: Vec<String>,
    /// Questions that settle the verdict, all of them.
    #[serde(default)]
    deciding: Option<Vec<String>>,
    /// Findings that only the interview settles, at least these.
    #[serde(default)]
    left_to_dpo: Vec<String>,
}

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let case = options.from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, case)
        })
        .collect()
}

fn run(case: &Case) -> Assessment {
    let session = file::read(case.session.get_ron(), &SessionId::parse("case").unwrap()).unwrap();
    let vendor = (session.vendor != *"other").then(|| vendor(&session.vendor));
    let foreign = file::not_understood(&session, knowledge().bank(), vendor);
    assert!(foreign.is_empty(), "not understood: {foreign:?}");
    let model = Model::compile(knowledge().bank(), vendor);
    assess(&model, &session.inquiry(None, day("2026-11-23")))
}

fn vendor(id: &VendorId) -> &'static freigabe::domain::vendor::Vendor {
    knowledge().vendor(id).unwrap_or_else(|| panic!("no catalogue entry `{id}`"))
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

fn differences(case: &Case, got: &Assessment) -> Vec<String> {
    let mut faults = Vec::new();
    let mut same = |what: &str, want: String, is: String| {
        if want != is {
            faults.push(format!("{what}: expected {want}, got {is}"));
        }
    };
    let of = |truth: Truth| {
        let coloured = got.findings.iter().filter(|found| found.level.colours() && found.truth == truth);
        coloured.map(|found| found.id.as_str().to_owned()).collect::<BTreeSet<_>>()
    };
    let expected = &case.expect;
    same("verdict", expected.verdict.clone(), got.verdict.id().to_owned());
    same("best", expected.best.clone(), got.best.id().to_owned());
    same("worst", expected.worst.clone(), got.worst.id().to_owned());
    let named = |names: &[String]| set(names.iter().map(String::as_str));
    same("fires", format!("{:?}", named(&expected.fires)), format!("{:?}", of(Truth::Yes)));
    same("possible", format!("{:?}", named(&expected.possible)), format!("{:?}", of(Truth::Unknown)));
    if let Some(deciding) = &expected.deciding {
        let is = set(got.deciding.iter().map(freigabe::domain::id::VariableId::as_str));
        same("deciding", format!("{:?}", named(deciding)), format!("{is:?}"));
    }
    let listed: BTreeSet<&str> = got.findings.iter().map(|found| found.id.as_str()).collect();
    for name in expected.also.iter().filter(|name| !listed.contains(name.as_str())) {
        faults.push(format!("`{name}` is missing"));
    }
    for name in expected.silent.iter().filter(|name| listed.contains(name.as_str())) {
        faults.push(format!("`{name}` should be silent"));
    }
    let left: BTreeSet<&str> = got.left_to_dpo.iter().map(freigabe::domain::id::FindingId::as_str).collect();
    for name in expected.left_to_dpo.iter().filter(|name| !left.contains(name.as_str())) {
        faults.push(format!("`{name}` should be left to the officer"));
    }
    faults
}

#[test]
fn every_case_comes_out_as_the_law_says() {
    let mut report = String::new();
    let cases = cases();
    for (path, case) in &cases {
        assert!(case.because.len() > 9, "{}: name the instrument or source", path.display());
        let got = run(case);
        let faults = differences(case, &got);
        if !faults.is_empty() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let _ = writeln!(report, "{name} ({})\n    {}", case.because, faults.join("\n    "));
        }
        assert!(got.best <= got.worst, "{}", path.display());
        for found in &got.findings {
            let finding = knowledge().bank().finding(&found.id);
            assert!(finding.is_none_or(|finding| !finding.references.is_empty()), "{}", found.id);
            assert!(
                !found.level.colours() || !found.because.is_empty(),
                "{}: `{}` has no proof",
                path.display(),
                found.id
            );
        }
    }
    assert!(cases.len() >= 120, "{} cases", cases.len());
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_finding_has_a_case_where_it_fires_and_one_where_it_is_silent() {
    let mut fired: BTreeMap<String, usize> = BTreeMap::new();
    let mut silent: BTreeMap<String, usize> = BTreeMap::new();
    for (_, case) in cases() {
        let got = run(&case);
        for finding in knowledge().bank().findings() {
            let listed = got.findings.iter().any(|found| found.id == finding.id && found.truth == Truth::Yes);
            let named = |names: &[String]| names.iter().any(|name| finding.id == name.as_str());
            let coloured = finding.highest().is_some_and(Level::colours);
            // A coloured finding counts only where the author of the case named it.
            let meant = named(&case.expect.fires) || named(&case.expect.also);
            if listed && (meant || !coloured) {
                *fired.entry(finding.id.to_string()).or_default() += 1;
            } else if !got.findings.iter().any(|found| found.id == finding.id) {
                *silent.entry(finding.id.to_string()).or_default() += 1;
            }
        }
    }
    let missing: Vec<String> = knowledge()
        .bank()
        .findings()
        .map(|finding| finding.id.to_string())
        .filter(|id| !fired.contains_key(id) || !silent.contains_key(id))
        .collect();
    assert!(missing.is_empty(), "findings without a case that fires or without one that is silent: {missing:?}");
}
