//! The timeline against single days; the whole is `cargo run --release --example timeline`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;
#[path = "common/sessions.rs"]
mod sessions;

use common::{choice, choices, knowledge};
use freigabe::domain::answer::Mode;
use freigabe::domain::finding::Level;
use freigabe::domain::text::Language;
use freigabe::domain::verdict::{Light, Verdict};
use freigabe::engine::{Model, assess, horizon, timeline, whatif};
use freigabe::i18n::Words;
use freigabe::report::cause::because_json;
use freigabe::report::label::Labels;
use freigabe::report::picture::Wording;

#[test]
fn every_day_lies_in_the_segment_that_looks_like_it() {
    let report = sessions::run(3, 29);
    assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    assert!(report.sessions >= 50 && report.segments > 200 && report.begun > 20 && report.ended > 10, "{report:?}");
}

/// Whatever changes a verdict over the years says where it stands.
#[test]
fn every_cause_has_a_reference() {
    let words = [Language::De, Language::En].map(Words::new);
    let bank = knowledge().bank();
    let mut causes = 0;
    for round in 0..3 {
        for vendor in knowledge().vendors() {
            let model = Model::compile(bank, Some(vendor));
            let mut dice = sessions::Dice(0x0005_00ce_0000_0001 + round);
            let inquiry =
                sessions::random(&mut dice, vendor.id.as_str(), [3, 9, 1000][usize::try_from(round).unwrap()]);
            for segment in timeline(&model, &inquiry, common::day("2015-01-01"), horizon(&model)) {
                for cause in &segment.because {
                    for words in &words {
                        let language = words.language();
                        let entries = knowledge().entries();
                        let labels = Labels { bank, catalogue: entries, vendor: Some(vendor), language };
                        let told = because_json(Wording { labels, words }, cause);
                        assert!(told["reference"].as_str().is_some_and(|text| text.len() > 3), "{}: {told}", vendor.id);
                        causes += 1;
                    }
                }
            }
        }
    }
    assert!(causes > 300, "{causes}");
}

/// Zoom in March 2020, with attention tracking on, old clauses and nobody from outside informed.
#[test]
fn zoom_of_march_2020_is_red_cleared_by_two_changes_and_followed_to_the_next_framework() {
    let bank = knowledge().bank();
    let zoom = knowledge().vendor(&"zoom".try_into().unwrap());
    let model = Model::compile(bank, zoom);
    let answers = [
        ("role", choice("host")),
        ("edition", choice("paid")),
        ("content", choices(&["ordinary"])),
        ("external_use", choice("yes")),
        ("external_informed", choice("no")),
        ("recording_used", choice("no")),
        ("attention_tracking", choice("on")),
        ("dpa_signed", choice("yes")),
        ("hosting_country", common::countries(&["US"])),
        ("certified", choice("no")),
        ("transfer_safeguard", choice("scc_2010")),
    ];
    let inquiry = common::inquiry(Mode::SelfAssessment, "2020-03-31", &answers);
    let found = assess(&model, &inquiry);
    assert_eq!((found.best, found.worst), (Light::Red, Light::Red));
    let red = found.findings.iter().filter(|fired| fired.level == Level::Red).map(|fired| fired.id.as_str());
    assert_eq!(red.collect::<Vec<_>>(), ["attention-tracking"]);
    let ways = whatif(&model, bank, zoom, &inquiry);
    let way = &ways.paths[0];
    assert_eq!(way.to, Light::Green);
    let changed: Vec<&str> = way.changes.iter().map(|change| change.variable.as_str()).collect();
    assert_eq!(changed, ["external_informed", "attention_tracking"]);
    let segments = timeline(&model, &inquiry, common::day("2015-01-01"), horizon(&model));
    let begins: Vec<String> = segments.iter().map(|segment| segment.from.to_string()).collect();
    for day in ["2020-07-16", "2021-09-27", "2022-12-28", "2023-07-10"] {
        assert!(begins.iter().any(|begin| begin == day), "{day}: {begins:?}");
    }
    // The listing of 2020 is none of the framework of 2023: until the catalogue knows of that one, it is open.
    let at = |day: &str| segments.iter().rfind(|segment| segment.from <= common::day(day)).unwrap();
    assert_eq!(at("2023-07-09").picture.verdict, Verdict::Red);
    assert_eq!(at("2023-07-10").picture.verdict, Verdict::Open);
}
