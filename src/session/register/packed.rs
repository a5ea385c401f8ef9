//! Answers as bytes: what rules can see of them, taken apart only when somebody judges.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::answer::Value;
use crate::domain::id::{ChoiceId, CountryCode, VariableId};
use crate::engine::Given;
use crate::session::model::Answer;

/// Answers of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

#[derive(Serialize, Deserialize)]
struct One<'a> {
    question: &'a str,
    #[serde(borrow)]
    value: Told<'a>,
    evidence: bool,
}

#[derive(Serialize, Deserialize)]
enum Told<'a> {
    Choice(&'a str),
    #[serde(borrow)]
    Choices(Vec<&'a str>),
    #[serde(borrow)]
    Countries(Vec<&'a str>),
    /// Rules only see whether there is one.
    Text(bool),
    Unknown,
}

impl Packed {
    /// Packs what somebody has answered.
    #[must_use]
    pub fn of(answers: &BTreeMap<VariableId, Answer>) -> Self {
        let given: Vec<(&str, Value, bool)> = answers
            .iter()
            .filter(|(_, answer)| !answer.pending)
            .map(|(id, answer)| (id.as_str(), answer.value.distinct(), !answer.evidence.is_empty()))
            .collect();
        let all: Vec<One<'_>> = given
            .iter()
            .map(|(question, value, evidence)| One { question, value: told(value), evidence: *evidence })
            .collect();
        // Writing to memory cannot fail; without answers a verdict would be open and never wrong.
        Self(postcard::to_allocvec(&all).unwrap_or_default())
    }

    /// The answers as the engine takes them.
    #[must_use]
    pub fn given(&self) -> BTreeMap<VariableId, Given> {
        let all: Vec<One<'_>> = postcard::from_bytes(&self.0).unwrap_or_default();
        let given = all.into_iter().filter_map(|one| {
            let id = VariableId::try_from(one.question).ok()?;
            Some((id, Given { value: value(&one.value)?, evidence: one.evidence }))
        });
        given.collect()
    }
}

fn told(value: &Value) -> Told<'_> {
    match value {
        Value::Choice(choice) => Told::Choice(choice.as_str()),
        Value::Choices(choices) => Told::Choices(choices.iter().map(ChoiceId::as_str).collect()),
        Value::Country(code) => Told::Countries(vec![code.as_str()]),
        Value::Countries(codes) => Told::Countries(codes.iter().map(CountryCode::as_str).collect()),
        Value::Text(text) => Told::Text(!text.trim().is_empty()),
        Value::Unknown => Told::Unknown,
    }
}

fn value(told: &Told<'_>) -> Option<Value> {
    Some(match told {
        Told::Choice(choice) => Value::Choice(ChoiceId::try_from(*choice).ok()?),
        Told::Choices(all) => {
            Value::Choices(all.iter().map(|one| ChoiceId::try_from(*one)).collect::<Result<_, _>>().ok()?)
        }
        Told::Countries(all) => {
            Value::Countries(all.iter().map(|one| CountryCode::try_from(*one)).collect::<Result<_, _>>().ok()?)
        }
        Told::Text(filled) => Value::Text(if *filled { "–".to_owned() } else { String::new() }),
        Told::Unknown => Value::Unknown,
    })
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Packed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                Ok(Packed(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Mode;
    use crate::session::{Evidence, Session, SessionId};

    #[test]
    fn what_is_packed_is_judged_as_what_was_said() {
        let id = SessionId::parse("s").unwrap();
        let day = jiff::civil::date(2026, 11, 23);
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day);
        let choice = |text: &str| ChoiceId::try_from(text).unwrap();
        let country = |text: &str| CountryCode::try_from(text).unwrap();
        let values = [
            Value::Choice(choice("yes")),
            Value::Choices(vec![choice("a"), choice("b"), choice("a")]),
            Value::Countries(vec![country("US"), country("DE")]),
            Value::Unknown,
        ];
        for (n, value) in values.into_iter().enumerate() {
            let mut answer = Answer::new(value);
            if n % 2 == 0 {
                answer.evidence.push(Evidence::default());
            }
            session.answers.insert(format!("q_{n}").as_str().try_into().unwrap(), answer);
        }
        let mut pending = Answer::new(Value::Unknown);
        pending.pending = true;
        session.answers.insert("pending".try_into().unwrap(), pending);
        let packed = Packed::of(&session.answers);
        assert_eq!(packed.given(), session.inquiry(None, day).answers);
        assert_eq!(packed.given().len(), 4);
        let again: Packed = postcard::from_bytes(&postcard::to_allocvec(&packed).unwrap()).unwrap();
        assert_eq!(again, packed);
    }

    #[test]
    fn damaged_bytes_are_no_answers() {
        assert!(Packed(vec![255; 40]).given().is_empty());
    }
}
