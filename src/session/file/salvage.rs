//! What can still be read of a damaged file, to say in what it differs from an older state. Never taken for an assessment.

use std::collections::BTreeMap;

use super::read::read;
use super::seal::without;
use crate::domain::id::VariableId;
use crate::session::model::{Answer, SessionId};

/// More lines than these are not looked at.
const MOST: usize = 20_000;

/// The answers that can be read one by one in a file that this program has written.
#[must_use]
pub fn salvage(bytes: &[u8]) -> BTreeMap<VariableId, Answer> {
    let text = String::from_utf8_lossy(bytes);
    let text = without(&text);
    let Some(id) = SessionId::parse("salvaged") else { return BTreeMap::new() };
    if let Ok(session) = read(text, &id) {
        return session.answers;
    }
    let Some((_, answers)) = text.split_once("\n    answers: {\n") else { return BTreeMap::new() };
    entries(answers)
        .iter()
        .filter_map(|entry| read(&format!("(format: 1, vendor: \"other\", answers: {{\n{entry}\n}})"), &id).ok())
        .flat_map(|session| session.answers)
        .collect()
}

/// The lines of each answer: it begins where a line has a name at the depth of answers.
fn entries(answers: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in answers.lines().take(MOST).take_while(|line| *line != "    },") {
        match entries.last_mut() {
            Some(last) if !line.starts_with("        \"") => {
                last.push('\n');
                last.push_str(line);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Mode, Value};
    use crate::session::Session;
    use crate::session::file::{sealed, write};

    #[test]
    fn answers_are_read_one_by_one_as_far_as_they_go() {
        let id = SessionId::parse("x").unwrap();
        let mut session =
            Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), jiff::civil::date(2026, 11, 23));
        for n in 0..9 {
            let mut answer = Answer::new(Value::Choice("yes".try_into().unwrap()));
            // Every other one takes several lines.
            answer.note = "Anlage 2, \"Seite 7\"".repeat(n % 2);
            session.answers.insert(format!("question_{n}").as_str().try_into().unwrap(), answer);
        }
        let text = sealed(&write(&session));
        assert_eq!(salvage(text.as_bytes()), session.answers);
        // Cut off in the middle of the seventh.
        let cut = &text[..text.find("\"question_6\"").unwrap() + 20];
        let found = salvage(cut.as_bytes());
        assert_eq!(found.len(), 6);
        assert!(found.iter().all(|(id, answer)| session.answers.get(id) == Some(answer)));
        // One that cannot be read costs no other.
        let holed = text.replacen("Choice(\"yes\")", "Cho\0ce(\"yes\")", 1).replacen("vendor: ", "vendor= ", 1);
        assert_eq!(salvage(holed.as_bytes()).len(), 8);
        for nothing in [&b""[..], b"\xff\xfe", b"(\n    answers: {\n", b"// freigabe: 7\n"] {
            assert!(salvage(nothing).is_empty());
        }
    }
}
