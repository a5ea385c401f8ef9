//! The program and the files that go to and fro between people.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use freigabe::session::file;
use freigabe::session::{Session, SessionId};

pub const FREIGABE: &str = env!("CARGO_BIN_EXE_freigabe");
pub const ID: &str = "01JAAAAAAAAAAAAAAAAAAAAAAA";

pub fn program(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(FREIGABE);
    command.args(["--lang", "en"]).args(arguments).current_dir(dir);
    command.env("FREIGABE_DATA_DIR", dir.join("data")).env("HOME", dir).env("XDG_CONFIG_HOME", dir);
    command.output().unwrap()
}

pub fn out(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::io::Write::write_all(&mut fs::File::create(path).unwrap(), text.as_bytes()).unwrap();
}

pub fn read(path: &Path) -> Session {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(file::check(text.as_bytes()), Ok(()), "{text}");
    file::read(&text, &SessionId::parse("x").unwrap()).expect(&text)
}

pub fn value(session: &Session, id: &str) -> String {
    session.answers.get(id).map(|answer| format!("{:?}", answer.value)).unwrap_or_default()
}

/// A session with answers, as an interview leaves it.
pub fn session(answers: &[(&str, &str)]) -> String {
    let mut session = Session::new(
        SessionId::parse(ID).unwrap(),
        freigabe::domain::answer::Mode::Interview,
        "zoom".try_into().unwrap(),
        "2026-11-23".parse().unwrap(),
    );
    for (n, (question, choice)) in answers.iter().enumerate() {
        answer(&mut session, question, choice, "IT", n);
    }
    file::sealed(&file::write(&session))
}

pub fn answer(session: &mut Session, question: &str, choice: &str, by: &str, n: usize) {
    let at = freigabe::domain::moment::Moment::parse(&format!("2026-11-23T10:{:02}:00Z", n % 60)).unwrap();
    session.change(at, &question.try_into().unwrap(), |answer| {
        answer.value = freigabe::domain::answer::Value::Choice(choice.try_into().unwrap());
        (answer.pending, answer.by) = (false, by.to_owned());
    });
}

/// The same file with one more answer.
pub fn answered(path: &Path, question: &str, choice: &str, by: &str, n: usize) {
    let mut session = read(path);
    answer(&mut session, question, choice, by, n);
    put(path, &file::sealed(&file::write(&session)));
}
