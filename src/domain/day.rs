//! How a day is written: as text where people read it, as one number where it is packed.

use std::borrow::Borrow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Day;

/// Months and days of a month fit below these numbers.
const MONTHS: i32 = 16;
const DAYS: i32 = 32;

fn number(day: Day) -> i32 {
    (i32::from(day.year()) * MONTHS + i32::from(day.month())) * DAYS + i32::from(day.day())
}

fn day<E: de::Error>(number: i32) -> Result<Day, E> {
    let part = |number: i32| i8::try_from(number).unwrap_or_default();
    let (months, day) = (number.div_euclid(DAYS), number.rem_euclid(DAYS));
    let year = i16::try_from(months.div_euclid(MONTHS)).map_err(E::custom)?;
    Day::new(year, part(months.rem_euclid(MONTHS)), part(day)).map_err(E::custom)
}

/// Writes a day.
///
/// # Errors
/// When the format refuses.
pub fn serialize<S: Serializer>(value: &impl Borrow<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    let value = value.borrow();
    if serializer.is_human_readable() { value.serialize(serializer) } else { number(*value).serialize(serializer) }
}

/// Reads a day.
///
/// # Errors
/// When there is none.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    if deserializer.is_human_readable() { Day::deserialize(deserializer) } else { day(i32::deserialize(deserializer)?) }
}

/// The same where a day may be missing.
pub mod optional {
    use super::{Borrow, Day, Deserialize, Deserializer, Serialize, Serializer, day, number};

    /// Writes a day, if there is one.
    ///
    /// # Errors
    /// When the format refuses.
    pub fn serialize<S: Serializer>(value: &impl Borrow<Option<Day>>, serializer: S) -> Result<S::Ok, S::Error> {
        let value = value.borrow();
        if serializer.is_human_readable() {
            value.serialize(serializer)
        } else {
            value.map(number).serialize(serializer)
        }
    }

    /// Reads a day, if there is one.
    ///
    /// # Errors
    /// When something else stands there.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
        if deserializer.is_human_readable() {
            Option::deserialize(deserializer)
        } else {
            Option::deserialize(deserializer)?.map(day).transpose()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Dated {
        #[serde(with = "super")]
        day: Day,
        #[serde(default, with = "super::optional")]
        perhaps: Option<Day>,
    }

    #[test]
    fn days_are_packed_and_written() {
        let mut day = jiff::civil::date(1995, 12, 31);
        while day < jiff::civil::date(2028, 3, 2) {
            let dated = Dated { day, perhaps: Some(day).filter(|day| day.day() > 2) };
            assert_eq!(postcard::from_bytes::<Dated>(&postcard::to_stdvec(&dated).unwrap()).unwrap(), dated);
            day = day.tomorrow().unwrap();
        }
        let text = "(day:\"2026-11-23\",perhaps:None)";
        assert_eq!(ron::to_string(&ron::from_str::<Dated>(text).unwrap()).unwrap(), text);
        assert!(ron::from_str::<Dated>("(day: \"2026-02-30\")").is_err());
        let wrong = postcard::to_stdvec(&((2026 * MONTHS + 2) * DAYS + 30, None::<i32>)).unwrap();
        assert!(postcard::from_bytes::<Dated>(&wrong).is_err());
    }
}
