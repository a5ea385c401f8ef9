//! One table of keys: it feeds lookup, footer, help and the documentation.

use std::fmt::Write as _;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// Confirm and go on.
    Confirm,
    /// Mark or unmark.
    Toggle,
    /// Go back.
    Back,
    /// Leave the question as it is and go on.
    Skip,
    /// All questions.
    Overview,
    /// Note on the answer.
    Note,
    /// Evidence for the answer.
    Evidence,
    /// Somebody has to find out.
    FollowUp,
    /// The catalogue's card.
    Card,
    /// The result.
    Verdict,
    /// Hide or show the light.
    HideLight,
    /// Next tab.
    Tab,
    /// Tab before.
    TabBack,
    /// The whole proof.
    Proof,
    /// Agree on a condition.
    Condition,
    /// Depart from the engine.
    Depart,
    /// The mail that asks for missing answers.
    Mail,
    /// The rules for the team.
    Rules,
    /// Copy the text.
    Copy,
    /// Why it is asked, and what hangs on it.
    Why,
    /// First line.
    First,
    /// Last line.
    Last,
    /// Type to search.
    Search,
    /// Another value of the field.
    Change,
    /// The value before.
    ChangeBack,
    /// The start screen.
    Home,
    /// The header of the assessment.
    Header,
    /// Another set of colours.
    Theme,
    /// Mouse on or off.
    Mouse,
    /// Jump to the first question that decides.
    Decide,
    /// The other language.
    Language,
    /// Keys of this screen.
    Help,
    /// Save now, or see why that fails.
    Save,
    /// Leave.
    Quit,
    /// Take the last entry away.
    Remove,
    /// Take the last change back.
    Undo,
    /// Bring back what was taken back last.
    Redo,
    /// Take the answer away.
    Clear,
    /// What was changed, when and by whom.
    History,
    /// Take back everything from here on.
    TakeBack,
    /// Say why.
    Reason,
    /// Sort by another column.
    Sort,
    /// The other way round.
    Reverse,
    /// Put lines together.
    Group,
    /// Another shelf.
    Shelf,
    /// Whom a tool affects.
    Affected,
    /// What has flipped.
    Flips,
    /// What would fall with some law.
    Fall,
    /// Begin the next assessment with the same answers.
    Duplicate,
    /// Put away, or take out again.
    Archive,
    /// The tool is not used any more.
    Retire,
    /// Remove for good.
    Forget,
    /// Reviewed, nothing has changed.
    Reviewed,
    /// The officer's private remark.
    Remark,
    /// The officer confirms what somebody said alone.
    Attest,
    /// All follow-ups.
    FollowUps,
    /// Documents that were seen.
    Documents,
    /// Others look at the screen, or nobody does any more.
    Present,
    /// Another tool for the same team.
    AnotherTool,
    /// The next tool of this sitting.
    NextTool,
    /// Give the session to the officer.
    HandOver,
    /// Go on with a self-assessment as an interview.
    TakeOver,
    /// Opinion, decision and seal.
    SignOff,
}

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Start screen.
    Start,
    /// Lists with a search field.
    Search,
    /// A field of a form that is typed.
    Form,
    /// A field of a form with fixed values.
    Choice,
    /// A question with choices.
    Question,
    /// A question that is typed.
    Typing,
    /// The list of all questions.
    Overview,
    /// The result.
    Verdict,
    /// A page to read.
    Page,
    /// A text to copy.
    Paper,
    /// A field of a dialog that is typed.
    Dialog,
    /// A field of a dialog with fixed values.
    DialogChoice,
    /// What is not saved.
    Unsaved,
    /// The list of keys.
    Help,
    /// What was changed.
    History,
    /// A box that asks before something is done.
    Asked,
    /// All assessments.
    Register,
    /// Lines that can be opened and nothing else.
    Lines,
    /// A list without a search field.
    List,
    /// Copies that came back.
    Merge,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 20] = [
        Self::Start,
        Self::Search,
        Self::Form,
        Self::Choice,
        Self::Question,
        Self::Typing,
        Self::Overview,
        Self::Verdict,
        Self::Page,
        Self::Paper,
        Self::Dialog,
        Self::DialogChoice,
        Self::Unsaved,
        Self::Help,
        Self::History,
        Self::Asked,
        Self::Register,
        Self::Lines,
        Self::List,
        Self::Merge,
    ];
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// What the keys mean.
    pub action: Action,
    /// The keys, the first one is shown.
    pub keys: &'static [&'static str],
    /// Message id of the label.
    pub label: &'static str,
    /// Where it holds.
    pub contexts: &'static [Context],
}

use Context::{
    Asked, Choice, Dialog, DialogChoice, Form, Help, History, Lines, List, Merge, Overview, Page, Paper, Question,
    Register, Search, Start, Typing, Unsaved, Verdict,
};

const EVERYWHERE: &[Context] = &Context::ALL;
const LISTS: &[Context] = EVERYWHERE;
const READING: &[Context] = &[Start, Question, Overview, Verdict, Page, Paper, History, Register, Lines, List];
/// Where letters are commands of an open assessment.
const INSIDE: &[Context] = &[Question, Overview, Verdict];
/// Where letters are commands and something can be changed.
const CHANGING: &[Context] = &[Question, Overview, Verdict, History];

/// The table, in the order in which the footer offers them.
pub const BINDINGS: &[Binding] = &[
    Binding { action: Action::Up, keys: &["↑"], label: "ui-key-up", contexts: LISTS },
    Binding { action: Action::Down, keys: &["↓"], label: "ui-key-down", contexts: LISTS },
    Binding { action: Action::Up, keys: &["k"], label: "ui-key-up", contexts: READING },
    Binding { action: Action::Down, keys: &["Tab"], label: "ui-key-down", contexts: &[Form, Dialog] },
    Binding { action: Action::Up, keys: &["Shift-Tab"], label: "ui-key-up", contexts: &[Form, Dialog] },
    Binding { action: Action::Down, keys: &["j"], label: "ui-key-down", contexts: READING },
    Binding {
        action: Action::Confirm,
        keys: &["Enter"],
        label: "ui-key-confirm",
        contexts: &[Question, Typing, Form, Choice],
    },
    Binding {
        action: Action::Confirm,
        keys: &["Enter"],
        label: "ui-key-open",
        contexts: &[Start, Search, Overview, Verdict, History, Register, Lines, List],
    },
    Binding { action: Action::Confirm, keys: &["Enter"], label: "ui-key-save", contexts: &[Dialog, DialogChoice] },
    Binding { action: Action::Confirm, keys: &["Enter"], label: "ui-key-do", contexts: &[Help, Unsaved, Asked] },
    Binding { action: Action::Change, keys: &["Space"], label: "ui-key-change", contexts: &[Choice, DialogChoice] },
    Binding { action: Action::Change, keys: &["→"], label: "ui-key-change", contexts: &[Choice, DialogChoice] },
    Binding {
        action: Action::ChangeBack,
        keys: &["←"],
        label: "ui-key-change-back",
        contexts: &[Choice, DialogChoice],
    },
    Binding { action: Action::Toggle, keys: &["Space"], label: "ui-key-toggle", contexts: &[Question] },
    Binding {
        action: Action::Back,
        keys: &["←", "h", "Esc"],
        label: "ui-key-back",
        contexts: &[Question, Overview, Verdict, Page, Paper, History, Register, Lines, List],
    },
    Binding {
        action: Action::Back,
        keys: &["Esc"],
        label: "ui-key-back",
        contexts: &[Search, Form, Choice, Typing, Help, Unsaved],
    },
    Binding { action: Action::Back, keys: &["Esc"], label: "ui-key-cancel", contexts: &[Dialog, DialogChoice, Asked] },
    Binding { action: Action::TakeBack, keys: &["t"], label: "ui-key-take-back", contexts: &[History] },
    Binding { action: Action::Reason, keys: &["r"], label: "ui-key-reason", contexts: &[History] },
    Binding { action: Action::Confirm, keys: &["Enter"], label: "ui-key-do", contexts: &[Merge] },
    Binding { action: Action::Back, keys: &["Esc"], label: "ui-key-back", contexts: &[Merge] },
    Binding { action: Action::Tab, keys: &["→", "Tab"], label: "ui-key-conflict", contexts: &[Merge] },
    Binding { action: Action::TabBack, keys: &["←", "Shift-Tab"], label: "ui-key-conflict-back", contexts: &[Merge] },
    Binding { action: Action::Tab, keys: &["Tab", "→", "l"], label: "ui-key-tab", contexts: &[Verdict] },
    Binding { action: Action::TabBack, keys: &["Shift-Tab"], label: "ui-key-tab-back", contexts: &[Verdict] },
    Binding { action: Action::Why, keys: &["w"], label: "ui-key-why", contexts: &[Question] },
    Binding { action: Action::Why, keys: &["F7"], label: "ui-key-why", contexts: &[Typing] },
    Binding { action: Action::Proof, keys: &["p"], label: "ui-key-proof", contexts: &[Verdict] },
    Binding { action: Action::Condition, keys: &["a"], label: "ui-key-condition", contexts: &[Verdict] },
    Binding { action: Action::Depart, keys: &["x"], label: "ui-key-depart", contexts: &[Verdict] },
    Binding { action: Action::Decide, keys: &["d"], label: "ui-key-decide", contexts: &[Verdict] },
    Binding { action: Action::SignOff, keys: &["f"], label: "ui-key-sign-off", contexts: &[Verdict] },
    Binding { action: Action::Skip, keys: &["→", "l"], label: "ui-key-skip", contexts: &[Question] },
    Binding { action: Action::Mail, keys: &["m"], label: "ui-key-mail", contexts: &[Verdict] },
    Binding { action: Action::Rules, keys: &["r"], label: "ui-key-rules", contexts: &[Verdict] },
    Binding { action: Action::Copy, keys: &["y"], label: "ui-key-copy", contexts: &[Paper] },
    Binding { action: Action::Note, keys: &["n"], label: "ui-key-note", contexts: &[Question, Overview] },
    Binding { action: Action::Evidence, keys: &["b"], label: "ui-key-evidence", contexts: &[Question, Overview] },
    Binding { action: Action::FollowUp, keys: &["f"], label: "ui-key-follow-up", contexts: &[Question, Overview] },
    Binding { action: Action::Overview, keys: &["o"], label: "ui-key-overview", contexts: &[Question, Verdict] },
    Binding { action: Action::Verdict, keys: &["e"], label: "ui-key-verdict", contexts: &[Question, Overview] },
    Binding { action: Action::Card, keys: &["c"], label: "ui-key-card", contexts: &[Question, Overview, Verdict] },
    Binding { action: Action::HideLight, keys: &["a"], label: "ui-key-hide", contexts: &[Question] },
    Binding { action: Action::Overview, keys: &["F3"], label: "ui-key-overview", contexts: &[Typing] },
    Binding { action: Action::Note, keys: &["F4"], label: "ui-key-note", contexts: &[Typing] },
    Binding { action: Action::Evidence, keys: &["F5"], label: "ui-key-evidence", contexts: &[Typing] },
    Binding { action: Action::FollowUp, keys: &["F6"], label: "ui-key-follow-up", contexts: &[Typing] },
    Binding { action: Action::Undo, keys: &["u", "Ctrl-U"], label: "ui-key-undo", contexts: CHANGING },
    Binding { action: Action::Redo, keys: &["U", "Ctrl-R"], label: "ui-key-redo", contexts: CHANGING },
    // Where letters are typed they stay letters.
    Binding { action: Action::Undo, keys: &["Ctrl-U"], label: "ui-key-undo", contexts: &[Typing] },
    Binding { action: Action::Redo, keys: &["Ctrl-R"], label: "ui-key-redo", contexts: &[Typing] },
    Binding { action: Action::Clear, keys: &["x", "Del"], label: "ui-key-clear", contexts: &[Question, Overview] },
    Binding {
        action: Action::History,
        keys: &["v", "F12"],
        label: "ui-key-history",
        contexts: &[Question, Overview, Verdict],
    },
    Binding { action: Action::History, keys: &["F12"], label: "ui-key-history", contexts: &[Typing] },
    Binding { action: Action::Search, keys: &["/"], label: "ui-key-search", contexts: &[Overview, Register] },
    Binding { action: Action::Flips, keys: &["f"], label: "ui-key-flips", contexts: &[Register] },
    Binding { action: Action::Sort, keys: &["t"], label: "ui-key-sort", contexts: &[Register] },
    Binding { action: Action::Shelf, keys: &["a"], label: "ui-key-shelf", contexts: &[Register] },
    Binding { action: Action::Group, keys: &["b"], label: "ui-key-group", contexts: &[Register] },
    Binding { action: Action::Reverse, keys: &["T"], label: "ui-key-reverse", contexts: &[Register] },
    Binding { action: Action::Affected, keys: &["z"], label: "ui-key-affected", contexts: &[Register] },
    Binding { action: Action::Fall, keys: &["w"], label: "ui-key-fall", contexts: &[Register] },
    Binding { action: Action::Duplicate, keys: &["d"], label: "ui-key-duplicate", contexts: &[Register] },
    Binding { action: Action::Reviewed, keys: &["r"], label: "ui-key-reviewed", contexts: &[Register] },
    Binding { action: Action::Archive, keys: &["x"], label: "ui-key-archive", contexts: &[Register] },
    Binding { action: Action::Retire, keys: &["e"], label: "ui-key-retire", contexts: &[Register] },
    Binding { action: Action::Forget, keys: &["Del"], label: "ui-key-forget", contexts: &[Register] },
    Binding { action: Action::FollowUp, keys: &["f"], label: "ui-key-follow-up", contexts: &[List] },
    Binding { action: Action::Remove, keys: &["x", "Del"], label: "ui-key-remove", contexts: &[List] },
    Binding { action: Action::Attest, keys: &["+"], label: "ui-key-attest", contexts: &[Question, Overview] },
    Binding { action: Action::HandOver, keys: &["w"], label: "ui-key-hand-over", contexts: &[Verdict] },
    Binding { action: Action::TakeOver, keys: &["I"], label: "ui-key-take-over", contexts: &[Overview, Verdict] },
    Binding { action: Action::FollowUps, keys: &["F"], label: "ui-key-follow-ups", contexts: INSIDE },
    Binding { action: Action::Header, keys: &["i"], label: "ui-key-header", contexts: INSIDE },
    Binding { action: Action::Documents, keys: &["F5"], label: "ui-key-documents", contexts: &[Form, Choice] },
    Binding { action: Action::Remark, keys: &["d"], label: "ui-key-remark", contexts: &[Question, Overview] },
    Binding { action: Action::AnotherTool, keys: &["t"], label: "ui-key-another-tool", contexts: &[Overview, Verdict] },
    Binding { action: Action::NextTool, keys: &["T"], label: "ui-key-next-tool", contexts: INSIDE },
    Binding { action: Action::First, keys: &["Home", "g"], label: "ui-key-first", contexts: READING },
    Binding { action: Action::Last, keys: &["End", "G"], label: "ui-key-last", contexts: READING },
    Binding { action: Action::PageUp, keys: &["PgUp"], label: "ui-key-page", contexts: LISTS },
    Binding { action: Action::PageDown, keys: &["PgDn"], label: "ui-key-page", contexts: LISTS },
    Binding { action: Action::Help, keys: &["?"], label: "ui-key-help", contexts: READING },
    Binding { action: Action::Help, keys: &["F1"], label: "ui-key-help", contexts: EVERYWHERE },
    Binding { action: Action::Language, keys: &["F2"], label: "ui-key-language", contexts: EVERYWHERE },
    Binding {
        action: Action::Home,
        keys: &["s"],
        label: "ui-key-home",
        contexts: &[Question, Overview, Verdict, Paper],
    },
    Binding { action: Action::Home, keys: &["F10"], label: "ui-key-home", contexts: &[Typing, Form, Choice, Search] },
    Binding { action: Action::Theme, keys: &["F8"], label: "ui-key-theme", contexts: EVERYWHERE },
    Binding { action: Action::Mouse, keys: &["F9"], label: "ui-key-mouse", contexts: EVERYWHERE },
    Binding { action: Action::Present, keys: &["Ctrl-P"], label: "ui-key-present", contexts: EVERYWHERE },
    Binding { action: Action::Save, keys: &["Ctrl-S"], label: "ui-key-saving", contexts: EVERYWHERE },
    Binding { action: Action::Quit, keys: &["q"], label: "ui-key-quit", contexts: READING },
    Binding { action: Action::Quit, keys: &["Ctrl-C"], label: "ui-key-quit", contexts: EVERYWHERE },
];

/// A key, normalised: press events only, capitals without SHIFT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A named key (`Enter`, `F1`, `Ctrl-C`).
    Named(&'static str),
    /// A character.
    Char(char),
    /// The backspace key.
    Backspace,
}

/// What the terminal's key event is, if it is one of ours.
#[must_use]
pub fn normalise(event: &KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    if event.modifiers.contains(KeyModifiers::CONTROL) {
        return match event.code {
            KeyCode::Char('c' | 'C') => Some(Key::Named("Ctrl-C")),
            KeyCode::Char('s' | 'S') => Some(Key::Named("Ctrl-S")),
            KeyCode::Char('u' | 'U') => Some(Key::Named("Ctrl-U")),
            KeyCode::Char('r' | 'R') => Some(Key::Named("Ctrl-R")),
            KeyCode::Char('p' | 'P') => Some(Key::Named("Ctrl-P")),
            _ => None,
        };
    }
    if event.modifiers.contains(KeyModifiers::ALT) {
        return (event.code == KeyCode::Enter).then_some(Key::Named("Alt-Enter"));
    }
    Some(match event.code {
        KeyCode::Up => Key::Named("↑"),
        KeyCode::Down => Key::Named("↓"),
        KeyCode::Left => Key::Named("←"),
        KeyCode::Right => Key::Named("→"),
        KeyCode::Enter => Key::Named("Enter"),
        KeyCode::Esc => Key::Named("Esc"),
        KeyCode::Tab => Key::Named("Tab"),
        KeyCode::BackTab => Key::Named("Shift-Tab"),
        KeyCode::Home => Key::Named("Home"),
        KeyCode::End => Key::Named("End"),
        KeyCode::PageUp => Key::Named("PgUp"),
        KeyCode::PageDown => Key::Named("PgDn"),
        KeyCode::Delete => Key::Named("Del"),
        KeyCode::Backspace => Key::Backspace,
        KeyCode::F(1) => Key::Named("F1"),
        KeyCode::F(2) => Key::Named("F2"),
        KeyCode::F(3) => Key::Named("F3"),
        KeyCode::F(4) => Key::Named("F4"),
        KeyCode::F(5) => Key::Named("F5"),
        KeyCode::F(6) => Key::Named("F6"),
        KeyCode::F(7) => Key::Named("F7"),
        KeyCode::F(8) => Key::Named("F8"),
        KeyCode::F(10) => Key::Named("F10"),
        KeyCode::F(9) => Key::Named("F9"),
        KeyCode::F(12) => Key::Named("F12"),
        KeyCode::Char(c) => Key::Char(c),
        _ => return None,
    })
}

/// What a key means in a context.
#[must_use]
pub fn lookup(context: Context, key: &Key) -> Option<Action> {
    let mut buffer = [0; 4];
    let name: &str = match key {
        Key::Named(name) => name,
        Key::Char(' ') => "Space",
        Key::Char(c) => c.encode_utf8(&mut buffer),
        Key::Backspace => return None,
    };
    let found = BINDINGS.iter().find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&name));
    found.map(|binding| binding.action)
}

/// A key as people call it in the language of the program.
#[must_use]
pub fn name(key: &str, words: &crate::i18n::Words) -> String {
    match key {
        "Space" | "Del" | "Home" | "End" | "PgUp" | "PgDn" | "Ctrl-C" | "Ctrl-S" | "Ctrl-U" | "Ctrl-R" | "Ctrl-P"
        | "Alt-Enter" | "Shift-Tab" => words.get(&format!("ui-keyname-{}", key.to_lowercase())),
        _ => key.to_owned(),
    }
}

/// The bindings of a context, each action once.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    let mut seen: Vec<Action> = Vec::new();
    BINDINGS.iter().filter(move |binding| {
        let new = binding.contexts.contains(&context) && !seen.contains(&binding.action);
        if new {
            seen.push(binding.action);
        }
        new
    })
}

/// The table as Markdown, for `freigabe docs keys`.
#[must_use]
pub fn markdown(words: &crate::i18n::Words) -> String {
    let mut out = String::new();
    for context in Context::ALL {
        let _ = writeln!(out, "\n## {context:?}\n");
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&context)) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{}`", name(key, words))).collect();
            let _ = writeln!(out, "- {} {}", keys.join(" "), words.get(binding.label));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings_and_every_context_can_be_left() {
        for context in Context::ALL {
            let mut keys: Vec<&str> = Vec::new();
            for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&context)) {
                for key in binding.keys {
                    assert!(!keys.contains(key), "{context:?}: `{key}` twice");
                    keys.push(key);
                }
            }
            for needed in ["Ctrl-C", "F1", "F2"] {
                assert!(keys.contains(&needed), "{context:?} lacks {needed}");
            }
            assert!(context == Context::Start || keys.contains(&"Esc"), "{context:?} cannot be left");
        }
    }

    #[test]
    fn typed_letters_stay_letters() {
        for context in [Context::Search, Context::Typing, Context::Dialog, Context::Form, Context::Help] {
            for c in ('a'..='z').chain(['?', ' ', '1']) {
                assert_eq!(lookup(context, &Key::Char(c)), None, "{context:?} {c}");
            }
            for key in ["←", "→", "Home", "End", "Del"] {
                assert_eq!(lookup(context, &Key::Named(key)), None, "{context:?} {key}");
            }
        }
    }
}
