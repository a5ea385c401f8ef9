//! What this version does not understand comes back as it stood.

use std::fs;
use std::io::Write as _;

use super::Store;
use crate::knowledge::Knowledge;
use crate::session::file::{not_understood, sealed};

const TWENTY: &str = r#"(
    format: 1,
    id: "x",
    mode: Interview,
    vendor: "zoom",
    subject: (
        team: "Vertrieb",
        branch: "Nord",
        cost_centre: (4, 7),
    ),
    answers: {
        "content": (value: Choices(["ordinary", "from_the_future"])),
        "dpa_signed": (
            value: Choice("yes"),
            evidence: [(title: "DPA v7", page: 12), (title: "Anlage", pages: [1, 2])],
            follow_up: Some((owner: "IT", urgency: High)),
            weight: 0.5,
        ),
        "hosting_country": (value: Scale(3)),
        "not_asked_here": (value: Choice("yes")),
        "recording_used": (value: Choice("perhaps")),
        "Not an id": (x: 1),
        "Nor this": "text",
    },
    conditions: {
        "no-dpa": (
            state: Open,
            budget: 300,
            currency: "EUR",
        ),
        "no such id!": (state: Open),
    },
    departures: {
        "own-purposes-limited": (
            level: Some(Advice),
            reason: "vertraglich ausgeschlossen",
            weight: 2,
        ),
        "Nor That": (level: None),
    },
    x_future: { "a": (1, 2) },
    r#with-dash: 'c',
    x_nested: Some(Deep(([(())]))),
)
"#;

#[test]
fn twenty_parts_that_are_not_understood_come_back_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let path = dir.path().join("x.ron");
    let text = sealed(TWENTY);
    fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    let mut saved = store.load(path.to_str().unwrap()).unwrap();
    let knowledge = Knowledge::embedded();
    let vendor = knowledge.vendor(&saved.session.vendor);
    let places = not_understood(&saved.session, knowledge.bank(), vendor);
    assert_eq!(places.len(), 20, "{places:#?}");
    store.save(&mut saved).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    // There and back again, with a change between.
    saved.session.subject.team = "Einkauf".into();
    store.save(&mut saved).unwrap();
    assert_ne!(fs::read_to_string(&path).unwrap(), text);
    let mut again = store.load(path.to_str().unwrap()).unwrap();
    again.session.subject.team = "Vertrieb".into();
    store.save(&mut again).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
