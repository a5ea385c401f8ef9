//! What several test binaries need: the shipped knowledge, and short ways to build an inquiry.

use std::sync::OnceLock;

use freigabe::domain::Day;
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::id::{ChoiceId, CountryCode, VariableId, VendorId};
use freigabe::engine::{Given, Inquiry, Model};
use freigabe::knowledge::Knowledge;

/// The embedded knowledge.
pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(Knowledge::embedded)
}

/// The model of a catalogue entry; `other` for none.
pub fn model(vendor: &str) -> Model {
    let id = VendorId::try_from(vendor).unwrap();
    Model::compile(knowledge().bank(), knowledge().vendor(&id))
}

/// All catalogue entries.
pub fn vendors() -> Vec<String> {
    knowledge().entries().iter().map(|entry| entry.id.as_str().to_owned()).collect()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn id(text: &str) -> VariableId {
    VariableId::try_from(text).unwrap()
}

pub fn choice(text: &str) -> Value {
    Value::Choice(ChoiceId::try_from(text).unwrap())
}

pub fn choices(texts: &[&str]) -> Value {
    Value::Choices(texts.iter().map(|text| ChoiceId::try_from(*text).unwrap()).collect())
}

pub fn countries(codes: &[&str]) -> Value {
    Value::Countries(codes.iter().map(|code| CountryCode::try_from(*code).unwrap()).collect())
}

/// An inquiry with single choices.
pub fn inquiry(mode: Mode, on: &str, answers: &[(&str, Value)]) -> Inquiry {
    let mut inquiry = Inquiry::new(mode, day(on));
    for (question, value) in answers {
        inquiry.answers.insert(id(question), Given::stated(value.clone()));
    }
    inquiry
}
