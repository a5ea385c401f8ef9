//! The timeline against single days; the whole is `cargo run --release --example timeline`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "a part of it is for other tests")]
mod common;
#[path = "common/sessions.rs"]
mod sessions;

use common::knowledge;
use freigabe::domain::text::Language;
use freigabe::engine::{Model, horizon, timeline};
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
