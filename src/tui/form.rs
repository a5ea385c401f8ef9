//! Fields one below the other: typed, several lines, days, and fixed values that turn.
//!
//! ```text
//!  Wer klärt es?
//!  › IT-Leitung_
//!  Stand
//!    ‹ offen ›
//! ```

use super::desk::Desk;
use super::editor::Editor;
use super::keymap::{Action, Context, Key};
use super::turn::moved;
use super::widgets::Page;
use crate::domain::Day;
use crate::sanitise::sanitise;

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Message id of its label.
    label: &'static str,
    kind: Kind,
    /// Texts that a key puts in.
    proposals: Vec<String>,
}

#[derive(Debug)]
enum Kind {
    Line(Editor),
    Lines(Editor),
    Day(Editor),
    /// Message ids of the values, and which one holds.
    Choice(Vec<String>, usize),
}

impl Field {
    /// A line of text.
    pub fn line(label: &'static str, text: &str) -> Self {
        Self::of(label, Kind::Line(Editor::line(text)))
    }

    /// Several lines of text.
    pub fn lines(label: &'static str, text: &str) -> Self {
        Self::of(label, Kind::Lines(Editor::lines(text)))
    }

    /// A day, or nothing.
    pub fn day(label: &'static str, day: Option<Day>) -> Self {
        let text = day.map(|day| day.to_string()).unwrap_or_default();
        Self::of(label, Kind::Day(Editor::line(&text)))
    }

    /// One of several fixed values, given by their message ids.
    pub fn choice(label: &'static str, values: Vec<String>, at: usize) -> Self {
        Self::of(label, Kind::Choice(values, at))
    }

    const fn of(label: &'static str, kind: Kind) -> Self {
        Self { label, kind, proposals: Vec::new() }
    }

    /// The same with texts that `→` puts in.
    #[must_use]
    pub fn proposing(self, proposals: Vec<String>) -> Self {
        Self { proposals, ..self }
    }

    /// The proposal that `→` would put in: the first that begins like what is typed; after a proposal the next one.
    fn proposal(&self) -> Option<&String> {
        let editor = self.editor().filter(|editor| editor.is_at_end())?;
        let typed = editor.text().trim().to_lowercase();
        let same = self.proposals.iter().position(|one| one.to_lowercase() == typed);
        match same {
            Some(at) => self.proposals.get((at + 1) % self.proposals.len()),
            None => self.proposals.iter().find(|one| one.to_lowercase().starts_with(&typed)),
        }
    }

    const fn editor(&self) -> Option<&Editor> {
        match &self.kind {
            Kind::Line(editor) | Kind::Lines(editor) | Kind::Day(editor) => Some(editor),
            Kind::Choice(..) => None,
        }
    }

    const fn editor_mut(&mut self) -> Option<&mut Editor> {
        match &mut self.kind {
            Kind::Line(editor) | Kind::Lines(editor) | Kind::Day(editor) => Some(editor),
            Kind::Choice(..) => None,
        }
    }
}

/// Fields and the cursor among them.
#[derive(Debug)]
pub struct Form {
    fields: Vec<Field>,
    at: usize,
    fault: Option<String>,
    /// Message id of a line below the fields that ends the form; none: Enter on the last field does.
    end: Option<&'static str>,
}

/// What came of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The cursor moved, or a value turned.
    Stay,
    /// The person is done.
    Done,
    /// The action is none of a form's.
    Ignored,
}

impl Form {
    /// A form that ends with Enter on its last field.
    pub const fn new(fields: Vec<Field>) -> Self {
        Self { fields, at: 0, fault: None, end: None }
    }

    /// The same with a line of its own for going on.
    pub const fn ending(fields: Vec<Field>, end: &'static str) -> Self {
        Self { fields, at: 0, fault: None, end: Some(end) }
    }

    /// The same form with another line at its end.
    #[must_use]
    pub fn ended(self, end: &'static str) -> Self {
        Self { end: Some(end), ..self }
    }

    /// The text of field `n`, trimmed.
    pub fn text(&self, n: usize) -> String {
        let editor = self.fields.get(n).and_then(Field::editor);
        editor.map(|editor| editor.text().trim().to_owned()).unwrap_or_default()
    }

    /// Which value of field `n` holds.
    pub fn chosen(&self, n: usize) -> usize {
        match self.fields.get(n).map(|field| &field.kind) {
            Some(Kind::Choice(_, at)) => *at,
            _ => 0,
        }
    }

    /// The day in field `n`: empty is none. Both `2026-03-01` and `1.3.2026` are understood; a fault is shown at the field.
    pub fn day(&mut self, n: usize, desk: &Desk<'_>) -> Result<Option<Day>, ()> {
        let text = self.text(n);
        if text.is_empty() {
            return Ok(None);
        }
        let Some(day) = text.parse().ok().or_else(|| german(&text)) else {
            self.refuse(n, desk.words.get("ui-bad-date"));
            return Err(());
        };
        Ok(Some(day))
    }

    /// Says what is wrong with field `n`.
    pub fn refuse(&mut self, n: usize, fault: String) {
        self.at = n;
        self.fault = Some(fault);
    }

    /// Nothing stands in any typed field.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().filter_map(Field::editor).all(Editor::is_blank)
    }

    /// The number of the field under the cursor.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Whose keys hold.
    pub fn context(&self, typed: Context, fixed: Context) -> Context {
        match self.fields.get(self.at) {
            Some(field) if field.editor().is_some() => typed,
            _ => fixed,
        }
    }

    fn lines(&self) -> usize {
        self.fields.len() + usize::from(self.end.is_some())
    }

    /// Carries out an action.
    pub fn act(&mut self, action: Action) -> Filled {
        if let Some(at) = moved(self.at, self.lines(), action) {
            self.at = at;
            return Filled::Stay;
        }
        match action {
            Action::Confirm if self.at + 1 < self.lines() => self.at += 1,
            Action::Confirm => return Filled::Done,
            Action::Change => self.turn(1),
            Action::ChangeBack => self.turn(usize::MAX),
            _ => return Filled::Ignored,
        }
        Filled::Stay
    }

    fn turn(&mut self, by: usize) {
        if let Some(Field { kind: Kind::Choice(values, at), .. }) = self.fields.get_mut(self.at) {
            let count = values.len().max(1);
            *at = (*at + if by == 1 { 1 } else { count - 1 }) % count;
        }
    }

    /// Field `n` was clicked: the cursor goes there; a fixed value that has it already turns.
    pub fn pick(&mut self, n: usize) -> Filled {
        if n >= self.fields.len() {
            return Filled::Done;
        }
        if self.at == n {
            self.turn(1);
        }
        self.at = n;
        Filled::Stay
    }

    /// The field that characters go to.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        self.fields.get_mut(self.at)?.editor_mut()
    }

    /// A key goes to the field under the cursor; false: it means nothing there.
    pub fn key(&mut self, key: &Key) -> bool {
        let Some(field) = self.fields.get_mut(self.at) else { return false };
        let arrow = *key == Key::Named("→") && !field.proposals.is_empty();
        match arrow.then(|| field.proposal().cloned()).flatten() {
            Some(proposal) => {
                field.kind = Kind::Line(Editor::line(&proposal));
                true
            }
            None => field.editor_mut().is_some_and(|editor| editor.key(key)),
        }
    }

    /// The text in a field has changed: what was said about it no longer holds.
    pub fn edited(&mut self) {
        self.fault = None;
    }

    /// Lays the fields out.
    pub fn page(&self, desk: &Desk<'_>, page: &mut Page) {
        for (n, field) in self.fields.iter().enumerate() {
            let on = n == self.at;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(n, on, |page| {
                page.text(&desk.words.get(field.label), desk.styles.dim);
                let (lines, cursor) = value_lines(desk, field, on, page.columns() - 4);
                for (k, line) in lines.iter().enumerate() {
                    page.indented(if on && k == 0 { "› " } else { "  " }, "  ", line, style);
                    if cursor == Some(k) {
                        page.point();
                    }
                }
            });
            if on && !field.proposals.is_empty() {
                page.indented("  → ", "    ", &sanitise(&field.proposals.join(" · ")), desk.styles.dim);
            }
            if on && let Some(fault) = &self.fault {
                page.indented("  ", "  ", fault, desk.styles.red);
            }
        }
        if let Some(end) = self.end {
            page.gap();
            let on = self.at >= self.fields.len();
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.item(self.fields.len(), on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &desk.words.get(end), style);
            });
        }
        if matches!(self.fields.get(self.at), Some(Field { kind: Kind::Lines(_), .. })) {
            page.text(&desk.words.get("ui-note-hint"), desk.styles.dim);
        }
    }
}

/// The lines of a field, and which of several the cursor is in.
fn value_lines(desk: &Desk<'_>, field: &Field, on: bool, room: usize) -> (Vec<String>, Option<usize>) {
    let line = match &field.kind {
        Kind::Lines(editor) if on => {
            let (lines, at) = editor.shown_lines(room);
            return (lines, Some(at));
        }
        Kind::Line(editor) | Kind::Day(editor) if on => editor.shown(room),
        Kind::Line(editor) | Kind::Lines(editor) | Kind::Day(editor) => editor.plain(),
        Kind::Choice(values, at) => {
            let value = values.get(*at).map(|id| desk.words.get(id)).unwrap_or_default();
            if on { format!("‹ {value} ›") } else { value }
        }
    };
    (vec![line], None)
}

/// `1.3.2026`.
fn german(text: &str) -> Option<Day> {
    let mut parts = text.split('.').map(|part| part.trim().parse::<i16>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_understood_as_people_write_them() {
        assert_eq!(german("1.3.2026"), Some(jiff::civil::date(2026, 3, 1)));
        for text in ["31.2.2026", "1.3", "1.3.2026.4", "a.b.c", ""] {
            assert_eq!(german(text), None, "{text}");
        }
    }

    #[test]
    fn an_arrow_at_the_end_of_a_line_takes_the_next_proposal_that_fits() {
        let proposals = || vec!["IT".to_owned(), "Betriebsrat".to_owned()];
        let mut form = Form::new(vec![Field::line("x", "").proposing(proposals())]);
        let arrow = Key::Named("→");
        for expected in ["IT", "Betriebsrat", "IT"] {
            assert!(form.key(&arrow));
            assert_eq!(form.text(0), expected);
        }
        let mut form = Form::new(vec![Field::line("x", "be").proposing(proposals())]);
        form.key(&Key::Named("←"));
        form.key(&arrow);
        assert_eq!(form.text(0), "be", "inside a text the arrow moves the cursor");
        form.key(&arrow);
        assert_eq!(form.text(0), "Betriebsrat");
    }

    #[test]
    fn values_turn_round_and_enter_goes_on() {
        let values = || vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let mut form = Form::new(vec![Field::choice("x", values(), 0), Field::line("y", "")]);
        form.act(Action::ChangeBack);
        assert_eq!(form.chosen(0), 2);
        form.act(Action::Change);
        assert_eq!(form.chosen(0), 0);
        assert_eq!(form.act(Action::Confirm), Filled::Stay);
        assert_eq!(form.act(Action::Confirm), Filled::Done);
    }
}
