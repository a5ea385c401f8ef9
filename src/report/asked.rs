//! The wording of a question outside of an interview, with its marks filled in.

use super::label::Labels;
use crate::domain::Day;
use crate::domain::text::Text;
use crate::engine::law::Law;
use crate::i18n::Words;

/// A text of a question as it is read on a day.
#[must_use]
pub fn asked(labels: &Labels<'_>, text: &Text, day: Day, words: &Words) -> String {
    let text = text.get(labels.language);
    if !text.contains('{') {
        return text.to_owned();
    }
    let vendor = labels.vendor.map_or_else(|| words.get("ui-other-tool"), |vendor| vendor.name.to_string());
    let law = Law::from(labels.bank);
    let scheme = law.scheme(day, &[]).map_or("–", |scheme| scheme.title.get(labels.language));
    text.replace("{vendor}", &vendor).replace("{scheme}", scheme).replace("{date}", &words.day(day))
}
