//! What is the officer's own and goes to nobody else.

use super::file::{entry_line, entry_of};
use super::history::History;
use super::model::Session;

impl Session {
    /// The same without the officer's remarks, also where the history tells of them: for whatever is handed on or sealed.
    #[must_use]
    pub fn without_remarks(&self) -> Self {
        let mut other = self.clone();
        other.answers.values_mut().for_each(|answer| answer.remark.clear());
        if !self.history.lines().any(|line| line.contains("remark")) {
            return other;
        }
        let lines = self.history.lines().filter_map(|line| {
            if !line.contains("remark") {
                return Some(line.to_owned());
            }
            // An entry that this version does not understand may hold one, so it stays behind.
            let mut entry = entry_of(line)?;
            for side in [&mut entry.old, &mut entry.new].into_iter().flatten() {
                side.remark.clear();
            }
            Some(entry_line(&entry))
        });
        let lines: Vec<String> = lines.collect();
        other.history = History::of_lines(lines.iter().map(String::as_str), self.history.dropped());
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Mode, Value};
    use crate::domain::moment::Moment;
    use crate::session::signoff::content;
    use crate::session::{Answer, SessionId, file};

    #[test]
    fn a_remark_stays_with_the_officer() {
        let day = jiff::civil::date(2026, 11, 28);
        let id = SessionId::parse("x").unwrap();
        let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day);
        let at = Moment::parse("2026-11-28T10:00:00Z").unwrap();
        let question = "dpa_signed".try_into().unwrap();
        session.change(at, &question, |answer| {
            *answer = Answer::new(Value::Choice("yes".try_into().unwrap()));
            answer.note = "für alle".into();
        });
        let before = content(&session);
        session.change(at, &question, |answer| answer.remark = "GEHEIM".into());
        assert_eq!(content(&session), before, "a seal does not cover it");
        assert_eq!(file::write(&session).matches("GEHEIM").count(), 2);
        let handed = file::write(&session.without_remarks());
        assert!(!handed.contains("GEHEIM") && handed.contains("für alle"), "{handed}");
        assert_eq!(session.without_remarks().history.len(), session.history.len());
    }
}
