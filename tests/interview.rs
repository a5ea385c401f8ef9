//! The interview on a shared screen, and the way of a self-assessment from the employee to the officer.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "common/screens.rs"]
mod screens;

use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::id::VariableId;
use freigabe::domain::text::Language;
use freigabe::knowledge::Knowledge;
use freigabe::session::history::Kind;
use freigabe::session::store::Store;
use freigabe::session::{Answer, Evidence, FollowUp};
use freigabe::tui::screens::Screen;
use freigabe::tui::{App, Start};
use screens::{app, go_to, new, press, restarted, session, shown};

fn id(text: &str) -> VariableId {
    text.try_into().unwrap()
}

fn answer<'a>(app: &'a App<'_>, question: &str) -> &'a Answer {
    &session(app).answers[&id(question)]
}

/// Answers as an employee would who knows the meeting and not the vendor. Returns the questions that were put.
fn employee(app: &mut App<'_>, edition: Option<&str>) -> Vec<String> {
    let choice = |text: &str| Value::Choice(text.try_into().unwrap());
    let mut put = Vec::new();
    loop {
        let sitting = app.desk.sitting.as_mut().unwrap();
        let unanswered = |one: &VariableId| sitting.session().answered(one).is_none();
        let Some(question) = sitting.walk().into_iter().find(unanswered) else { return put };
        put.push(question.to_string());
        let proposed = sitting.fact(&question).map(|fact| fact.value.clone());
        let (value, confirmed) = match question.as_str() {
            "role" => (choice("host"), false),
            "edition" => (choice(edition.unwrap()), false),
            "content" => (Value::Choices(vec!["ordinary".try_into().unwrap()]), false),
            "external_use" | "external_informed" => (choice("yes"), false),
            "recording_used" | "ai_assistant" => (choice("no"), false),
            // Whoever uses an edition that one runs oneself knows that much.
            "operating_model" if proposed.is_none() => (choice("own_servers"), false),
            _ => (proposed.clone().unwrap_or(Value::Unknown), proposed.is_some()),
        };
        sitting.answer(&question, value, confirmed, None);
    }
}

#[test]
fn a_typical_self_assessment_asks_twelve_questions_at_most() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut longer = Vec::new();
    for vendor in knowledge.vendors() {
        let editions: Vec<Option<&str>> = vendor.editions.iter().map(|edition| Some(edition.id.as_str())).collect();
        for edition in editions {
            let mut app = app(&knowledge, dir.path(), Language::De, new(vendor.id.as_str(), Mode::SelfAssessment));
            let put = employee(&mut app, edition);
            if !(5..=12).contains(&put.len()) {
                longer.push(format!("{} {edition:?}: {put:?}", vendor.id));
            }
        }
    }
    assert!(longer.is_empty(), "{longer:#?}");
}

#[test]
fn the_header_takes_what_a_record_needs_and_is_reached_again() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    press(&mut app, "Kanzlei ↓ ↓ ↓ Vertrieb Enter Kundentermine Enter Enter DS-2026-17 Enter DSB Enter Leitung,IT F5");
    press(&mut app, "Enter AV-Vertrag Enter 1.3.2026 Enter Akte Enter");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("AV-Vertrag, 01.03.2026, Akte"), "{text}");
    press(&mut app, "Esc Enter Enter");
    assert!(matches!(app.top(), Some(Screen::Question(_))));
    let subject = &session(&app).subject;
    assert_eq!((&*subject.title, &*subject.file_number, &*subject.interviewer), ("Kundentermine", "DS-2026-17", "DSB"));
    assert_eq!(subject.respondents, ["Leitung", "IT"]);
    assert_eq!(subject.documents.len(), 1);
    for way in ["o i", "e i"] {
        press(&mut app, way);
        assert!(matches!(app.top(), Some(Screen::Header(_))), "{way}");
        press(&mut app, "Esc");
        go_to(&mut app, "dpa_signed");
    }
    // Who said it is proposed from those who answer.
    press(&mut app, "n Tab → → Enter");
    assert_eq!(answer(&app, "dpa_signed").by, "IT");
    let app = restarted(app, &knowledge, dir.path(), Language::De);
    assert_eq!(session(&app).subject.documents[0].place, "Akte");
    assert_eq!(answer(&app, "dpa_signed").by, "IT");
}

#[test]
fn what_was_asked_back_is_listed_answered_and_closed() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    press(&mut app, "F");
    go_to(&mut app, "dpa_signed");
    press(&mut app, "F");
    assert!(shown(&mut app, 80, 24).contains("Es gibt keine Rückfragen"));
    press(&mut app, "f IT Enter 1.11.2026 Enter Welche-Fassung? Enter Enter Enter");
    go_to(&mut app, "recording_used");
    press(&mut app, "f Leitung Enter 1.12.2026 Enter Enter Enter Enter o g");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("2 Rückfragen sind offen."), "{text}");
    press(&mut app, "F");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Rückfragen: 2 offen, 0 erledigt") && text.contains("überfällig"), "{text}");
    assert!(text.find("Welche-Fassung?").unwrap() < text.find("Leitung").unwrap(), "{text}");

    // The reply goes into the note, and the follow-up is closed.
    press(&mut app, "f Enter Enter Enter Version-7 Enter → → Enter");
    let one = answer(&app, "dpa_signed");
    assert_eq!((&*one.note, one.pending), ("Version-7", true), "a reply is no answer until somebody says so");
    assert_eq!(one.follow_up.as_ref().unwrap().closed, Some("2026-11-23".parse().unwrap()));
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("1 offen, 1 erledigt") && text.contains("Antwort: Version-7"), "{text}");
    let app = restarted(app, &knowledge, dir.path(), Language::De);
    let open =
        session(&app).answers.values().filter_map(|answer| answer.follow_up.as_ref()).filter(|one| one.is_open());
    assert_eq!(open.map(|one: &FollowUp| &*one.owner).collect::<Vec<_>>(), ["Leitung"]);
}

#[test]
fn nothing_goes_into_the_note_before_there_is_a_reply() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::En, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    press(&mut app, "f IT Enter Enter Enter Enter → → Enter");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("There is no reply yet"), "{text}");
}

#[test]
fn a_presentation_shows_no_remark_no_light_and_no_other_session() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    app.desk.sitting.as_mut().unwrap().saved.session.subject.team = "Geheimprojekt".into();
    go_to(&mut app, "dpa_signed");
    press(&mut app, "1 Enter");
    go_to(&mut app, "dpa_signed");
    press(&mut app, "d Zweifelhaft Enter");
    let plain = shown(&mut app, 80, 24);
    assert!(plain.contains("Vermerk des DSB: Zweifelhaft") && plain.contains("bisher:"), "{plain}");
    press(&mut app, "Ctrl-P");
    let text = shown(&mut app, 80, 24);
    assert!(text.lines().next().unwrap().contains("Vorführung"), "{text}");
    for keys in ["", "d", "o", "v", "Esc e", "p"] {
        press(&mut app, keys);
        for (width, height) in [(60, 16), (80, 24), (130, 40)] {
            let text = shown(&mut app, width, height);
            assert!(!text.contains("Zweifelhaft") && !text.contains("bisher:"), "{keys} {width}×{height}\n{text}");
        }
    }
    press(&mut app, "s");
    let text = shown(&mut app, 80, 24);
    assert!(!text.contains("Geheimprojekt") && text.contains("Andere Prüfungen sind"), "{text}");
    assert!(!text.contains("Register"), "{text}");
    press(&mut app, "Ctrl-P");
    let text = shown(&mut app, 80, 24);
    assert!(text.contains("Geheimprojekt") && text.contains("Register"), "{text}");
    press(&mut app, "1");
    go_to(&mut app, "dpa_signed");
    assert!(shown(&mut app, 80, 24).contains("Zweifelhaft"));
}

#[test]
fn no_paper_has_a_remark_and_the_record_has_what_was_asked_back() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    press(&mut app, "F5 Enter AV-Vertrag-7 Enter Enter Enter Esc");
    app.desk.sitting.as_mut().unwrap().saved.session.subject.file_number = "DS-2026-17".into();
    go_to(&mut app, "dpa_signed");
    press(&mut app, "1 Enter");
    go_to(&mut app, "dpa_signed");
    press(&mut app, "d Zweifelhaft Enter f IT Enter Enter Fassung? Enter Fassung-7 Enter → Enter");
    for keys in ["e m y Esc", "r y"] {
        press(&mut app, keys);
        let paper = app.desk.copy.take().unwrap();
        assert!(!paper.contains("Zweifelhaft"), "{paper}");
    }
    assert!(app.desk.settle());
    let path = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    assert!(std::fs::read_to_string(&path).unwrap().contains("remark: \"Zweifelhaft\""));
    for arguments in [["report", "--format", "md"], ["report", "--format", "html"], ["evaluate", "--format", "json"]] {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_freigabe"))
            .args(["--lang", "de"])
            .args(arguments)
            .arg(&path)
            .output()
            .unwrap();
        let text = String::from_utf8(program.stdout).unwrap();
        assert!(program.status.success() && !text.contains("Zweifelhaft"), "{arguments:?} {text}");
        if arguments[0] == "report" {
            for said in
                ["DS-2026-17", "AV-Vertrag-7", "gefragt: Fassung?", "Antwort: Fassung-7", "erledigt am 23.11.2026"]
            {
                assert!(text.replace('\\', "").contains(said), "{said} {arguments:?} {text}");
            }
        }
    }
}

#[test]
fn a_presentation_leaves_room_between_the_answers() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    go_to(&mut app, "dpa_signed");
    let rows = |text: &str| {
        let row = |what: &str| text.lines().position(|line| line.contains(what)).unwrap();
        row("2  ( )") - row("1  ( )")
    };
    let before = rows(&shown(&mut app, 80, 24));
    press(&mut app, "Ctrl-P");
    assert_eq!(rows(&shown(&mut app, 80, 24)), before + 1);
}

#[test]
fn one_team_looks_at_several_tools() {
    let knowledge = Knowledge::embedded();
    let dir = tempfile::tempdir().unwrap();
    let mut app = app(&knowledge, dir.path(), Language::De, new("zoom", Mode::Interview));
    press(&mut app, "T");
    let subject = &mut app.desk.sitting.as_mut().unwrap().saved.session.subject;
    (subject.team, subject.title) = ("Vertrieb".into(), "Zoom im Vertrieb".into());
    subject.documents.push(Evidence { title: "AV-Vertrag mit Zoom".into(), ..Evidence::default() });
    for (question, keys) in [("recording_used", "2 Enter"), ("dpa_signed", "1 Enter"), ("edition", "1 Enter")] {
        go_to(&mut app, question);
        press(&mut app, keys);
    }
    press(&mut app, "T");
    assert!(shown(&mut app, 80, 24).contains("kein weiteres Tool"));
    let zoom = session(&app).id.clone();
    press(&mut app, "e t teams Enter");
    let text = shown(&mut app, 130, 40);
    assert!(text.contains("Antwort über das Team ist übernommen") && text.contains("Vertrieb"), "{text}");
    let teams = session(&app);
    assert_eq!((teams.vendor.as_str(), &*teams.subject.team), ("teams", "Vertrieb"));
    assert_ne!(teams.id, zoom);
    assert!(teams.subject.title.is_empty() && teams.subject.documents.is_empty(), "these are the other tool's");
    assert!(teams.answers.contains_key(&id("recording_used")), "that is about the team");
    for question in ["dpa_signed", "edition"] {
        assert!(!teams.answers.contains_key(&id(question)), "{question} is about the tool");
    }
    let from = teams.history.entries().map(|(_, entry)| entry.from.clone()).collect::<Vec<_>>();
    assert_eq!(from, [zoom.to_string()]);
    press(&mut app, "T");
    assert_eq!(session(&app).vendor, *"zoom");
    press(&mut app, "T");
    assert_eq!(session(&app).vendor, *"teams");
    // What was asked about the other tool counts in the comparison, and nothing is assumed there.
    press(&mut app, "e Tab Tab Tab");
    let text = shown(&mut app, 130, 40);
    assert!(text.lines().any(|line| line.contains("Zoom (Kostenlos") && line.contains("befragt")), "{text}");
    // Later the history still says whose answers these were.
    let mut app = restarted(app, &knowledge, dir.path(), Language::De);
    go_to(&mut app, "dpa_signed");
    press(&mut app, "T");
    assert_eq!(session(&app).vendor, *"zoom");
    assert_eq!(Store::new(dir.path()).list().len(), 2);
}

#[test]
fn a_self_assessment_goes_to_the_officer_who_confirms_and_corrects() {
    let knowledge = Knowledge::embedded();
    for language in [Language::De, Language::En] {
        let (theirs, ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = theirs.path().join("Mail");
        std::fs::create_dir(&folder).unwrap();
        let mut app = app(&knowledge, theirs.path(), language, new("zoom", Mode::SelfAssessment));
        assert!(employee(&mut app, Some("paid")).len() <= 12);
        app.desk.save();
        go_to(&mut app, "dpa_signed");
        press(&mut app, &format!("e w Vertrieb Enter {} Enter", folder.display()));
        let mail = app.desk.copy.take().unwrap();
        let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        assert!(mail.contains(file.to_str().unwrap()) && mail.contains("Zoom"), "{mail}");
        let given = session(&app).handed_over.clone().unwrap();
        assert_eq!((&*given.by, given.on), ("Vertrieb", Some("2026-11-23".parse().unwrap())));
        let sent = std::fs::read(&file).unwrap();
        // A second copy stands beside the first, and it is no second hand-over.
        press(&mut app, &format!("Esc w Enter {} Enter", folder.display()));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
        assert_eq!(std::fs::read(&file).unwrap(), sent);
        let kinds = session(&app).history.entries().filter(|(_, entry)| entry.kind == Kind::HandedOver).count();
        assert_eq!(kinds, 1);
        drop(app);

        let store = Store::new(ours.path());
        let saved = store.open(file.to_str().unwrap()).unwrap();
        let mut app = screens::app(&knowledge, ours.path(), language, Start::Open(Box::new(saved)));
        let text = shown(&mut app, 80, 24);
        assert!(text.contains("Vertrieb") && text.contains("23"), "{text}");
        press(&mut app, "Enter Enter Enter");
        assert!(matches!(app.top(), Some(Screen::Overview(_))), "{}", shown(&mut app, 80, 24));
        assert_eq!(session(&app).mode, Mode::Interview);
        assert_eq!(store.list().len(), 1);
        assert_eq!(std::fs::read(&file).unwrap(), sent, "what was sent stays as it was");
        let said = session(&app).answers.values().filter(|answer| answer.is_only_said()).count();
        let text = shown(&mut app, 130, 40);
        let (count, only) = match language {
            Language::De => {
                (format!("{said} Antworten stehen nur im Selbst-Check"), "(beantwortet, nur im Selbst-Check)")
            }
            Language::En => {
                (format!("{said} answers were given in the self-assessment"), "(answered, self-assessment only)")
            }
        };
        assert!(text.contains(&count) && text.contains(only), "{text}");

        // One key confirms, and leads to the next one.
        press(&mut app, "g + +");
        assert_eq!(session(&app).answers.values().filter(|answer| answer.is_only_said()).count(), said - 2);
        press(&mut app, "u u");
        go_to(&mut app, "recording_used");
        press(&mut app, "+");
        let confirmed = answer(&app, "recording_used").confirmed.clone().unwrap();
        let officer = if language == Language::De { "DSB" } else { "DPO" };
        assert_eq!((&*confirmed.by, &*answer(&app, "recording_used").by), (officer, "Vertrieb"));
        go_to(&mut app, "external_use");
        press(&mut app, "2 Enter");
        let corrected = answer(&app, "external_use");
        assert_eq!((&*corrected.by, corrected.self_assessed), ("", false));
        let mut app = restarted(app, &knowledge, ours.path(), language);
        assert_eq!(session(&app).answers.values().filter(|answer| answer.is_only_said()).count(), said - 2);
        let told: Vec<(Kind, String)> =
            session(&app).history.entries().map(|(_, entry)| (entry.kind, entry.by.clone())).collect();
        let at = told.iter().position(|(kind, _)| *kind == Kind::HandedOver).unwrap();
        assert_eq!(told[at].1, "Vertrieb");
        assert_eq!(told[at + 1].0, Kind::TakenOver);
        assert!(told[at + 1..].iter().all(|(_, by)| by == officer), "{told:?}");
        assert_eq!(told.len(), at + 8, "two confirmed, both taken back, one confirmed, one corrected: {told:?}");
        press(&mut app, "o v");
        let text = shown(&mut app, 80, 40);
        for line in match language {
            Language::De => {
                ["Als Interview übernommen", "Dem Datenschutz übergeben", "bestätigt von DSB am 23.11.2026"]
            }
            Language::En => ["Taken over as an interview", "Handed over to the data", "confirmed by DPO on 2026-11-23"],
        } {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}

#[test]
fn what_the_data_directory_has_already_is_not_overwritten() {
    let knowledge = Knowledge::embedded();
    let (theirs, ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut app = app(&knowledge, theirs.path(), Language::De, new("zoom", Mode::SelfAssessment));
    go_to(&mut app, "recording_used");
    press(&mut app, "2 Enter e w Vertrieb Enter Enter");
    app.desk.finish_saving();
    let file = app.desk.sitting.as_ref().unwrap().saved.path.clone();
    drop(app);
    let store = Store::new(ours.path());
    for round in 0..2 {
        let saved = store.open(file.to_str().unwrap()).unwrap();
        let mut app = screens::app(&knowledge, ours.path(), Language::De, Start::Open(Box::new(saved)));
        press(&mut app, "Enter Enter Enter");
        let text = shown(&mut app, 80, 24);
        assert_eq!(matches!(app.top(), Some(Screen::TakeOver(_))), round == 1, "{text}");
        assert!(app.desk.settle());
        if round == 1 {
            assert_eq!(session(&app).mode, Mode::SelfAssessment, "nothing has happened");
            // It can go on where it lies.
            press(&mut app, "↑ → Enter Enter");
            let text = shown(&mut app, 80, 24);
            assert_eq!(session(&app).mode, Mode::Interview, "{text}");
        }
        drop(app);
    }
    assert_eq!(store.list().len(), 1);
}
