//! Why verdicts are not what they were, in words.

use super::cells::word;
use crate::i18n::Words;
use crate::report::cause::because_text;
use crate::report::picture::Wording;
use crate::session::register::{Lights, Reasons};

/// A result in one word.
#[must_use]
pub fn verdict(words: &Words, lights: Lights) -> String {
    word(lights).read(words)
}

/// Each reason in a sentence.
#[must_use]
pub fn told(wording: Wording<'_>, reasons: &Reasons) -> Vec<String> {
    let words = wording.words;
    let mut told = Vec::new();
    if reasons.no_tool {
        told.push(words.get("register-why-no-tool"));
    }
    if let Some(lights) = reasons.data {
        told.push(words.with("register-why-data", &[("verdict", &verdict(words, lights))]));
    }
    if reasons.undated {
        told.push(words.get("register-why-undated"));
    }
    for turned in &reasons.turned {
        let because: Vec<String> = turned.because.iter().map(|cause| because_text(wording, cause)).collect();
        let (day, verdict) = (words.day(turned.day), verdict(words, turned.lights));
        let because = because.join("; ");
        told.push(words.with("register-why-turned", &[("day", &day), ("verdict", &verdict), ("why", &because)]));
    }
    told
}
