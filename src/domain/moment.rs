//! A point in time, for records of who did what when. The engine knows days only.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A second. It is written as RFC 3339 in UTC (`2026-11-23T14:05:09Z`), so that files of several places merge and sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// Seconds since 1970; none: further away than any calendar here reaches.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Option<Self> {
        let moment = Timestamp::from_second(seconds).ok()?;
        // A year of four digits, so that what is written can be read again.
        (0..=9999).contains(&moment.to_zoned_datetime(TimeZone::UTC).year()).then_some(Self(seconds))
    }

    /// Reads RFC 3339, from any time zone; fractions of a second are left out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment: Timestamp = text.parse().ok()?;
        Self::of_seconds(moment.as_second())
    }

    /// Date and time as the clocks of a time zone show them.
    #[must_use]
    pub fn local(self, zone: &TimeZone) -> DateTime {
        Timestamp::from_second(self.0).unwrap_or_default().to_zoned_datetime(zone.clone()).datetime()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.local(&TimeZone::UTC);
        let (year, month, day) = (at.year(), at.month(), at.day());
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", at.hour(), at.minute(), at.second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for seconds in [-62_000_000_000, -1, 0, 951_782_400, 1_790_000_000, 253_402_207_200] {
            let moment = Moment::of_seconds(seconds).unwrap();
            assert_eq!(Moment::parse(&moment.to_string()), Some(moment), "{moment}");
        }
        assert_eq!(Moment::of_seconds(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Moment::of_seconds(i64::MAX), None);
    }

    #[test]
    fn other_zones_and_fractions_are_understood() {
        let moment = Moment::parse("2026-11-23T14:05:09Z").unwrap();
        assert_eq!(Moment::parse("2026-11-23T15:05:09.75+01:00"), Some(moment));
        for text in ["", "gestern", "2026-11-23", "2026-13-01T00:00:00Z"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
