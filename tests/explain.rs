//! The proof tree says what the verdict says.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "only some of it is needed here")]
mod common;

use common::{choice, countries, id, inquiry, knowledge, model, vendors};
use freigabe::domain::answer::Mode;
use freigabe::domain::condition::Truth;
use freigabe::domain::finding::Level;
use freigabe::engine::{Found, Node, Origin, assess, explain, hinges};

/// Every variable that the tree reaches.
fn leaves<'a>(node: &'a Node, found: &mut Vec<&'a Found>) {
    match node {
        Node::All(_, parts) | Node::Any(_, parts) => parts.iter().for_each(|part| leaves(part, found)),
        Node::Not(_, part) => leaves(part, found),
        Node::Is { found: one, .. } => inputs(one, found),
    }
}

fn inputs<'a>(one: &'a Found, found: &mut Vec<&'a Found>) {
    found.push(one);
    one.inputs.iter().for_each(|input| inputs(input, found));
}

#[test]
fn a_tree_that_holds_belongs_to_a_finding_that_fires() {
    let mut checked = 0;
    for vendor in vendors() {
        let model = model(&vendor);
        for day in ["2020-03-31", "2021-07-15", "2026-11-23"] {
            for mode in [Mode::SelfAssessment, Mode::Interview] {
                let inquiry = inquiry(mode, day, &[("dpa_signed", choice("no")), ("recording_used", choice("yes"))]);
                let got = assess(&model, &inquiry);
                for finding in knowledge().bank().findings() {
                    let rungs = explain(&model, &inquiry, &got, finding);
                    let first = rungs.iter().find(|(_, node)| node.truth() != Truth::No);
                    let fired = got.findings.iter().find(|fired| fired.id == finding.id);
                    match (first, fired) {
                        (None, fired) => assert!(fired.is_none(), "{vendor} {day} {}", finding.id),
                        (Some((level, node)), fired) if node.truth() == Truth::Yes => {
                            // The condition leaves out the role, so a guest's findings may be off all the same.
                            let fired = fired.unwrap_or_else(|| panic!("{vendor} {day} `{}` is off", finding.id));
                            assert_eq!((fired.level, fired.truth), (*level, Truth::Yes), "{vendor} {}", finding.id);
                        }
                        _ => {}
                    }
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 5000, "{checked}");
}

#[test]
fn a_transfer_is_traced_to_its_country_and_its_instrument() {
    let model = model("other");
    let inquiry = inquiry(
        Mode::Interview,
        "2020-03-31",
        &[("hosting_country", countries(&["US"])), ("access_countries", countries(&[])), ("certified", choice("yes"))],
    );
    let got = assess(&model, &inquiry);
    let finding = knowledge().bank().finding(&"transfer-covered".try_into().unwrap()).unwrap();
    let rungs = explain(&model, &inquiry, &got, finding);
    let mut found = Vec::new();
    for (_, node) in &rungs {
        leaves(node, &mut found);
    }
    let hosting = found.iter().find(|one| one.variable == "hosting_country").unwrap();
    assert_eq!(hosting.entry.as_ref().unwrap().value, Some(countries(&["US"])));
    let shield = |one: &&&Found| {
        one.entry.as_ref().is_some_and(
            |entry| matches!(&entry.origin, Origin::Law { instrument } if *instrument == *"privacy_shield"),
        )
    };
    assert!(found.iter().find(shield).is_some(), "{found:#?}");
}

#[test]
fn what_hangs_on_an_answer_is_said_with_its_direction() {
    let model = model("zoom");
    let inquiry = inquiry(Mode::Interview, "2026-11-23", &[("edition", choice("paid"))]);
    let hinges = hinges(&model, &inquiry, &id("dpa_signed"));
    let of = |answer: &str| &hinges.iter().find(|(choice, _)| *choice == *answer).unwrap().1;
    assert!(of("no").iter().any(|(id, level, truth)| *id == *"no-dpa" && *level == Level::Red && *truth == Truth::Yes));
    assert!(!of("yes").iter().any(|(id, ..)| *id == *"no-dpa"));
}

#[test]
fn every_question_cites_law_that_is_known() {
    let bank = knowledge().bank();
    let own = knowledge().vendors().flat_map(|vendor| &vendor.questions);
    for question in bank.questions().map(|(_, question)| question).chain(own) {
        assert!(!question.references.is_empty(), "`{}`", question.id);
        for id in &question.references {
            // A dash stands where nobody has read the page yet: no address is made up.
            let known = |url: &str| url.starts_with("http") || url == "–";
            assert!(bank.reference(id).is_some_and(|found| known(&found.url)), "`{}`: {id}", question.id);
        }
    }
}
