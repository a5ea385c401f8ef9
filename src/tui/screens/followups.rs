//! All follow-ups of the session: the open ones first, those that are due soonest on top.
//!
//! ```text
//!  Rückfragen: 2 offen, 1 erledigt
//!
//!  › AV-Vertrag
//!      IT · bis 01.12.2026 · gefragt: Welche Fassung gilt?
//!    Aufbewahrung
//!      Einkauf · erledigt am 02.12.2026
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View, moved};
use super::super::widgets::Page;
use super::dialog::Edits;
use super::{Dialog, Screen};
use crate::domain::id::VariableId;
use crate::report::follow_up::follow_up;
use crate::session::FollowUp;

/// The list.
#[derive(Debug)]
pub struct FollowUps {
    selected: usize,
}

/// All of them in order, with their questions.
fn all<'a>(desk: &'a Desk<'_>) -> Vec<(&'a VariableId, &'a FollowUp)> {
    let answers = desk.sitting.as_ref().map(|sitting| &sitting.session().answers).into_iter().flatten();
    let mut all: Vec<_> = answers.filter_map(|(id, answer)| Some((id, answer.follow_up.as_ref()?))).collect();
    // What has no day is not forgotten: it stands behind what has one.
    all.sort_by_key(|(_, one)| (!one.is_open(), one.due.is_none(), one.due));
    all
}

impl FollowUps {
    /// The list above the present screen.
    pub fn push(desk: &mut Desk<'_>) -> Turn {
        if all(desk).is_empty() {
            desk.notice = Some(desk.words.get("ui-follow-ups-none"));
            return Turn::Stay;
        }
        Turn::Push(Screen::FollowUps(Self { selected: 0 }))
    }

    fn current(&self, desk: &Desk<'_>) -> Option<VariableId> {
        all(desk).get(self.selected).map(|(id, _)| (*id).clone())
    }
}

impl View for FollowUps {
    fn context(&self) -> Context {
        Context::List
    }

    fn act(&mut self, desk: &mut Desk<'_>, action: Action) -> Turn {
        if let Some(at) = moved(self.selected, all(desk).len(), action) {
            self.selected = at;
            return Turn::Stay;
        }
        match action {
            Action::Back => Turn::Pop,
            Action::Confirm => self.current(desk).map_or(Turn::Stay, |id| Turn::show(desk.question(&id))),
            Action::FollowUp => {
                let dialog = self.current(desk).and_then(|id| Dialog::new(desk, Edits::FollowUp(id)));
                dialog.map_or(Turn::Stay, |dialog| Turn::Push(Screen::Dialog(dialog)))
            }
            _ => Turn::Ignored,
        }
    }

    fn pick(&mut self, desk: &mut Desk<'_>, n: usize) -> Turn {
        if self.selected == n {
            return self.act(desk, Action::FollowUp);
        }
        self.selected = n;
        Turn::Stay
    }

    fn refresh(&mut self, desk: &Desk<'_>) {
        self.selected = self.selected.min(all(desk).len().saturating_sub(1));
    }

    fn offers(&self, _: &Desk<'_>, action: Action) -> bool {
        action != Action::Remove
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        let all = all(desk);
        let open = all.iter().filter(|(_, one)| one.is_open()).count();
        let counts = [("open", open.to_string()), ("closed", (all.len() - open).to_string())];
        let counts: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        page.text(&desk.words.with("ui-follow-ups-title", &counts), desk.styles.heading);
        page.gap();
        for (n, (id, one)) in all.into_iter().enumerate() {
            let on = n == self.selected;
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let name = desk.labels().map(|labels| labels.variable(id)).unwrap_or_default();
            page.item(n, on, |page| {
                page.indented(if on { "› " } else { "  " }, "  ", &name, style);
                let late = one.is_open() && one.due.is_some_and(|due| due < desk.today);
                let told = follow_up(&desk.words, one);
                let told = if late { format!("{told} · {}", desk.words.get("ui-follow-up-late")) } else { told };
                let style = match (one.is_open(), late) {
                    (true, true) => desk.styles.red,
                    (true, false) => desk.styles.yellow,
                    (false, _) => desk.styles.dim,
                };
                page.indented("    ", "      ", &told, style);
            });
        }
    }
}
