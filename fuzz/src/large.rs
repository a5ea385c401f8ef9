//! Inputs as large as a file may be, each of a kind that takes long where something is done badly.

/// As much as a file may hold.
const LARGEST: usize = 1 << 20;

/// Inputs for a target, with a name each.
#[must_use]
pub fn inputs(target: &str) -> Vec<(&'static str, Vec<u8>)> {
    match target {
        "session" => sessions(),
        "vendor" => vendors(),
        "question" => questions(),
        "paste" => pastes(),
        _ => Vec::new(),
    }
}

/// `before`, then as many parts as fit, then `after`. A `#` in a part is its number.
fn filled(before: &str, part: &str, after: &str) -> Vec<u8> {
    let mut text = before.to_owned();
    for n in 0.. {
        let next = part.replace('#', &n.to_string());
        if text.len() + next.len() + after.len() > LARGEST {
            break;
        }
        text.push_str(&next);
    }
    text.push_str(after);
    text.into_bytes()
}

fn sessions() -> Vec<(&'static str, Vec<u8>)> {
    const HEAD: &str = "(format: 1, vendor: \"zoom\", ";
    let in_answers = |part: &str| filled(&format!("{HEAD}answers: {{"), part, "})");
    let in_note =
        |part: &str| filled(&format!("{HEAD}answers: {{\"edition\": (value: Unknown, note: \""), part, "\")})");
    let beside = |before: &str, part: &str, after: &str| {
        filled(&format!("{HEAD}answers: {{}}, {before}"), part, &format!("{after})"))
    };
    vec![
        ("nested", filled("", "[", "")),
        ("nested in a field", beside("x: ", "[", "")),
        ("nested comments", beside("", "/*", "")),
        ("a comment", beside("/*", "x", "*/")),
        ("blanks", filled("", "\n", "(")),
        ("lines before a fault", filled(HEAD, "\n", "answers: {}, vendor: 3)")),
        ("fields", beside("", "f#:1,", "")),
        ("answers", in_answers("\"q#\":(value:Unknown),")),
        ("answers with a foreign value", in_answers("\"q#\":(value:Scale(#)),")),
        ("answers without a name", in_answers("\"Q #\":(),")),
        (
            "evidence",
            filled(&format!("{HEAD}answers: {{\"edition\": (value: Unknown, evidence: ["), "(title:\"#\"),", "])})"),
        ),
        ("choices", filled(&format!("{HEAD}answers: {{\"content\": (value: Choices(["), "\"c#\",", "]))})")),
        (
            "the same choices",
            filled(&format!("{HEAD}answers: {{\"content\": (value: Choices(["), "\"ordinary\",", "]))})"),
        ),
        (
            "countries",
            filled(&format!("{HEAD}answers: {{\"hosting_country\": (value: Countries(["), "\"US\",", "]))})"),
        ),
        ("a note", in_note("x")),
        ("a hidden note", in_note("\u{200b}")),
        ("a note of marks", in_note("e\u{301}")),
        ("escapes", in_note("\\u{1b}")),
        ("a hidden part", beside("x: \"", "\u{1b}", "\"")),
        ("a hidden raw part", beside("x: r#\"", "\u{1b}\\\"", "\"#")),
        ("hidden parts", beside("", "f#:'\u{9b}',", "")),
        ("marks of raw texts", beside("x: r", "#", "")),
        ("raw texts", beside("x: [", "r#\"\"#,", "]")),
        ("conditions", beside("conditions: {", "\"c#\":(),", "}")),
        ("departures", beside("departures: {", "\"d#\":(reason:\"x\"),", "}")),
        ("respondents", beside("subject: (respondents: [", "\"#\",", "])")),
    ]
}

fn questions() -> Vec<(&'static str, Vec<u8>)> {
    const TEXTS: &str = "text: (de: \"x\", en: \"x\"), why: (de: \"x\", en: \"x\"), references: [\"gdpr-28-3\"]";
    const CHOICES: &str =
        "kind: Choice([(id: \"yes\", text: (de: \"x\", en: \"x\")), (id: \"no\", text: (de: \"x\", en: \"x\"))])";
    let section = |before: &str, part: &str, after: &str| {
        let head = "(id: \"own\", title: (de: \"x\", en: \"x\"), ";
        filled(&format!("{head}{before}"), part, &format!("{after})"))
    };
    let question = format!("(id: \"own_#\", {CHOICES}, modes: [Self, Interview], {TEXTS}),");
    let asked = |before: &str, part: &str, after: &str| {
        let one = format!("questions: [(id: \"own_x\", {CHOICES}, modes: [Self, Interview], {TEXTS}, when: ");
        section(&format!("{one}{before}"), part, &format!("{after})], findings: []"))
    };
    vec![
        ("nested", filled("", "(", "")),
        ("questions", section("questions: [", &question, "], findings: []")),
        ("the same question", section("questions: [", &question.replace('#', "x"), "], findings: []")),
        ("nots", asked("", "Not(", "")),
        ("parts", asked("All([", "Is(\"processor\", [\"yes\"]),", "])")),
        ("unknown variables", asked("Any([", "Is(\"v#\", [\"c#\"]),", "])")),
        ("unknown values", asked("Is(\"processor\", [", "\"c#\",", "])")),
        (
            "findings",
            section("questions: [], findings: [", "(id: \"f#\", level: Red, when: Is(\"v#\", [\"no\"])),", "]"),
        ),
        ("a text", section("questions: [], findings: [], x: \"", "x", "\"")),
        ("hidden text", section("x: \"", "\u{202e}", "\"")),
        ("fields", section("", "f#: 1,", "")),
        ("lines before a fault", filled("", "\n", "(id: 3)")),
    ]
}

fn vendors() -> Vec<(&'static str, Vec<u8>)> {
    const HEAD: &str = "(id: \"own\", name: \"Own\", ";
    let vendor = |before: &str, part: &str, after: &str| filled(&format!("{HEAD}{before}"), part, &format!("{after})"));
    vec![
        ("nested", filled("", "[", "")),
        (
            "facts",
            vendor(
                "facts: [",
                "(variable: \"dpa_offered\", value: Choice(\"c#\"), as_of: \"2026-08-06\", source: \"s#\", confidence: High),",
                "]",
            ),
        ),
        ("editions", vendor("editions: [", "(id: \"e#\", name: (de: \"x\", en: \"x\")),", "]")),
        ("aliases", vendor("aliases: [", "\"a#\",", "]")),
        ("sources", vendor("sources: {", "\"s#\": (title: \"x\", url: \"https://example.org/#\"),", "}")),
        ("a name", filled("(id: \"own\", name: \"", "x", "\")")),
        ("a hidden name", filled("(id: \"own\", name: \"", "\u{200b}", "\")")),
        ("fields", vendor("", "f#: 1,", "")),
        ("lines before a fault", filled("", "\r\n", "(id: 3)")),
    ]
}

fn pastes() -> Vec<(&'static str, Vec<u8>)> {
    // The first byte of a piece has it be as long as one read.
    let pieces = |begin: &str, part: &str| {
        let bytes = filled(begin, part, "");
        bytes.chunks(4096).flat_map(|piece| [&[128], piece].concat()).collect::<Vec<u8>>()
    };
    vec![
        ("letters", pieces("", "a")),
        ("escapes", pieces("", "\u{1b}")),
        ("an endless sequence", pieces("\u{1b}[", "1;")),
        ("an endless paste", pieces("\u{1b}[200~", "x")),
        ("beginnings of pastes", pieces("", "\u{1b}[200~")),
        ("ends of pastes", pieces("", "\u{1b}[201~")),
        ("clicks", pieces("", "\u{1b}[<0;3;14M")),
        ("four-byte characters", pieces("", "\u{1f600}")),
    ]
}
