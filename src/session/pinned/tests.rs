use super::*;
use crate::domain::answer::{Mode, Value};
use crate::domain::moment::Moment;
use crate::knowledge::Knowledge;
use crate::session::history::Kind as Told;
use crate::session::{Answer, Session, SessionId};

fn answered(set: &mut QuestionSet, question: &Question, value: &str) -> Answer {
    let asked = set.ask(question, &question.text.de);
    Answer { asked: Some(asked), ..Answer::new(Value::Choice(value.try_into().unwrap())) }
}

fn session(bank: &Bank, ids: &[&str]) -> Session {
    let day = "2026-11-23".parse().unwrap();
    let id = SessionId::parse("x").unwrap();
    let mut session = Session::new(id, Mode::Interview, "zoom".try_into().unwrap(), day);
    let mut set = QuestionSet::default();
    for id in ids {
        let question = bank.question(&(*id).try_into().unwrap()).unwrap();
        session.answers.insert(question.id.clone(), answered(&mut set, question, "yes"));
    }
    set.renew(&Present::of(bank, None));
    session.questions = Some(set);
    session
}

fn differences(session: &Session, bank: &Bank) -> Differences {
    Differences::of(session, &Present::of(bank, None), |id| bank.question(id))
}

/// A question of the bank, to be changed.
fn changing<'b>(bank: &'b mut Bank, id: &str) -> &'b mut Question {
    bank.sections.iter_mut().flat_map(|section| &mut section.questions).find(|question| question.id == *id).unwrap()
}

#[test]
fn words_and_choices_make_a_question_and_what_stands_around_them_does_not() {
    let knowledge = Knowledge::embedded();
    let question = knowledge.bank().question(&"dpa_signed".try_into().unwrap()).unwrap();
    let same = |change: fn(&mut Question)| {
        let mut other = question.clone();
        change(&mut other);
        hash_of(&other) == hash_of(question)
    };
    let choices = |question: &mut Question, change: fn(&mut Vec<Choice>)| match &mut question.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => change(choices),
        Kind::Countries | Kind::Text => {}
    };
    assert!(same(|question| (question.why, question.further) = (question.text.clone(), true)));
    assert!(!same(|question| question.text.en = "?".into()));
    assert!(!same(|question| question.plain = Some(question.why.clone())));
    assert!(!same(|question| question.may_be_empty = true) || !matches!(question.kind, Kind::Countries));
    for change in [
        (|choices| drop(choices.pop())) as fn(&mut Vec<Choice>),
        |choices| choices.reverse(),
        |choices| choices[0].text.de = "ja".into(),
        |choices| choices[0].hint = None,
    ] {
        let mut other = question.clone();
        choices(&mut other, change);
        assert!(hash_of(&other) != hash_of(question) || other == *question);
    }
    // Moved from one text to the next the letters are the same and the question is not.
    let (mut one, mut two) = (question.clone(), question.clone());
    (one.text.de, one.text.en) = ("ab".into(), "c".into());
    (two.text.de, two.text.en) = ("a".into(), "bc".into());
    assert_ne!(hash_of(&one), hash_of(&two));
    let hash = Present::of(knowledge.bank(), None).hash;
    assert!(hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{hash}");
}

#[test]
fn only_what_was_answered_asks_for_a_step() {
    let knowledge = Knowledge::embedded();
    let mut bank = knowledge.bank().clone();
    let session = session(&bank, &["dpa_signed", "recording_used"]);
    assert_eq!(differences(&session, &bank), Differences::default());
    changing(&mut bank, "ai_assistant").text.de = "Anders?".into();
    let found = differences(&session, &bank);
    assert!(found.any && found.answered.is_empty() && found.new.is_empty());
    changing(&mut bank, "dpa_signed").text.de = "Anders?".into();
    let found = differences(&session, &bank);
    let [changed] = found.answered.as_slice() else { panic!("{found:?}") };
    let before = knowledge.bank().question(&changed.question).unwrap().text.de.to_string();
    assert_eq!((changed.question.as_str(), changed.before.as_deref()), ("dpa_signed", Some(before.as_str())));
}

#[test]
fn new_gone_and_lost_are_told() {
    let knowledge = Knowledge::embedded();
    let mut bank = knowledge.bank().clone();
    let mut session = session(&bank, &["dpa_signed", "recording_used"]);
    for section in &mut bank.sections {
        section.questions.retain(|question| question.id != *"recording_used");
    }
    let question = changing(&mut bank, "dpa_signed");
    if let Kind::Choice(choices) = &mut question.kind {
        choices.retain(|choice| choice.id != *"yes");
    }
    let mut added = question.clone();
    added.id = "quite_new".try_into().unwrap();
    bank.sections[0].questions.push(added);
    let found = differences(&session, &bank);
    assert_eq!(found.new, ["quite_new"]);
    let told: Vec<_> =
        found.answered.iter().map(|one| (one.question.as_str(), one.is_gone(), one.lost.len())).collect();
    assert_eq!(told, [("dpa_signed", false, 1), ("recording_used", true, 0)]);
    // After the step nothing asks again, for these questions; it is told in the history and kept in the file.
    session.go_on_with(Moment::default(), &Present::of(&bank, None), &found);
    let session = crate::session::file::read(&crate::session::file::write(&session), &session.id).unwrap();
    assert_eq!(differences(&session, &bank), Differences::default());
    assert_eq!(session.history.entries().map(|(_, entry)| entry.kind).collect::<Vec<_>>(), [Told::Questions]);
    changing(&mut bank, "ai_assistant").text.de = "Anders?".into();
    assert!(differences(&session, &bank).answered.is_empty());
    changing(&mut bank, "dpa_signed").text.de = "Anders?".into();
    assert_eq!(differences(&session, &bank).answered.len(), 1, "what changes once more asks once more");
}

#[test]
fn a_session_that_tells_nothing_differs_in_nothing() {
    let knowledge = Knowledge::embedded();
    let mut session = session(knowledge.bank(), &["dpa_signed"]);
    session.questions = None;
    let mut bank = knowledge.bank().clone();
    changing(&mut bank, "dpa_signed").text.de = "Anders?".into();
    assert_eq!(differences(&session, &bank), Differences::default());
}

#[test]
fn a_set_is_written_and_read_with_what_is_not_understood() {
    let knowledge = Knowledge::embedded();
    let mut session = session(knowledge.bank(), &["dpa_signed"]);
    session.questions.as_mut().unwrap().rest.0.push(("colour".into(), "Blue(1)".into()));
    let text = crate::session::file::write(&session);
    let again = crate::session::file::read(&text, &session.id).unwrap();
    assert_eq!(again, session);
    assert_eq!(crate::session::file::write(&again), text);
    assert!(text.contains("version: \"0.") && text.contains("colour: Blue(1)"), "{text}");
}
