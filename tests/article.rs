//! Every statement of the source article has a datum that carries it, or a stated reason why none does.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "only the knowledge is needed here")]
mod common;

use common::knowledge;
use freigabe::domain::id::{FindingId, InstrumentId, VariableId, VendorId};

/// What carries a statement that the article makes about all tools.
enum Carrier {
    Finding(&'static str),
    Question(&'static str),
    Instrument(&'static str),
    Reason(&'static str),
}

use Carrier::{Finding, Instrument, Question, Reason};

const GENERAL: [(&str, Carrier); 17] = [
    ("article_author", Reason("who wrote it says nothing about a tool")),
    ("article_premise", Reason("the purpose of the program as a whole")),
    ("article_general_requirements_link", Reason("the linked page is not part of the article")),
    ("article_avv_always", Finding("no-dpa")),
    ("article_term_dpa", Question("dpa_signed")),
    ("article_fallback_check_1", Question("hosting_country")),
    ("article_privacy_shield_gone", Instrument("privacy_shield")),
    ("article_ask_dpo", Reason("every open question names the officer; the self-assessment is always provisional")),
    ("article_worst_case", Reason("corrected: each red finding names the powers of Art. 58 and 83 in its consequence")),
    ("article_no_individual_advice", Reason("stands in the scope beside every verdict")),
    ("general_not_all_tools", Reason("the purpose of the program as a whole")),
    ("general_requirements_page", Reason("the linked page is not part of the article")),
    ("general_check_country", Question("eu_or_not")),
    ("general_scc", Finding("no-transfer-basis")),
    ("general_dpo", Reason("every open question names the officer; the self-assessment is always provisional")),
    ("general_risk", Reason("corrected: each red finding names the powers of Art. 58 and 83 in its consequence")),
    ("general_disclaimer", Reason("stands in the scope beside every verdict")),
];

/// Words in the id of a row for which a reason is no excuse: such a statement must be a datum.
const NO_EXCUSE: [&str; 12] =
    ["hosting", "avv", "dpa", "scc", "shield", "recording", "e2ee", "telemetry", "tracker", "attention", "bcr", "iso"];

fn rows() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/article-rows.txt")).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').map(|(vendor, row)| (vendor.to_owned(), row.to_owned())).unwrap())
        .collect()
}

#[test]
fn every_statement_about_a_tool_is_carried() {
    let mut missing = Vec::new();
    let (mut carried, mut reasons) = (0, 0);
    for (vendor, row) in rows().into_iter().filter(|(vendor, _)| vendor != "*") {
        let entry = knowledge().vendor(&VendorId::try_from(vendor.as_str()).unwrap()).unwrap();
        let names = |rows: &[freigabe::domain::string::Str]| rows.iter().any(|name| **name == *row);
        let datum = entry.facts.iter().any(|fact| names(&fact.rows))
            || entry.notes.iter().any(|note| names(&note.rows))
            || entry.authority_findings.iter().any(|found| names(&found.rows));
        let reason = entry.not_carried.iter().any(|not| *not.row == *row);
        let excusable = row.ends_with("not_stated") || !NO_EXCUSE.iter().any(|word| row.contains(word));
        match (datum, reason && excusable) {
            (true, _) => carried += 1,
            (false, true) => reasons += 1,
            (false, false) => missing.push(format!("{vendor} {row}")),
        }
    }
    println!("{carried} statements carried by a datum, {reasons} with a reason, {} missing", missing.len());
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_statement_to_everybody_is_carried() {
    let bank = knowledge().bank();
    for (_, row) in rows().into_iter().filter(|(vendor, _)| vendor == "*") {
        let (_, carrier) =
            GENERAL.iter().find(|(id, _)| *id == row).unwrap_or_else(|| panic!("`{row}` has no carrier"));
        match carrier {
            Finding(id) => assert!(bank.finding(&FindingId::try_from(*id).unwrap()).is_some(), "{id}"),
            Question(id) => assert!(bank.question(&VariableId::try_from(*id).unwrap()).is_some(), "{id}"),
            Instrument(id) => assert!(bank.instrument(&InstrumentId::try_from(*id).unwrap()).is_some(), "{id}"),
            Reason(reason) => assert!(reason.len() > 10),
        }
    }
}

#[test]
fn the_dsk_checklist_is_covered() {
    let bank = knowledge().bank();
    assert_eq!(bank.dsk.len(), 40);
    let mut later = 0;
    for item in bank.dsk.iter() {
        if item.later.is_some() {
            later += 1;
            assert!(item.questions.is_empty(), "{} says later and names questions", item.item);
            continue;
        }
        assert!(!item.questions.is_empty(), "{} has neither a question nor a reason", item.item);
        for id in &item.questions {
            let question = bank.question(id).unwrap_or_else(|| panic!("{}: no question `{id}`", item.item));
            assert!(question.dsk.contains(&item.item), "`{id}` does not name {}", item.item);
        }
    }
    for (_, question) in bank.questions() {
        for item in &question.dsk {
            let row = bank.dsk.iter().find(|row| row.item == *item).unwrap_or_else(|| panic!("no item {item}"));
            assert!(row.questions.contains(&question.id), "{item} does not name `{}`", question.id);
        }
    }
    println!("{} items covered, {later} later", 40 - later);
    assert!(later <= 12, "{later} items say later");
}
