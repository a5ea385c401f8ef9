//! Purely private use: nothing to check, no light, no file.
//!
//! ```text
//!  Rein privat: Hier gibt es nichts zu prüfen.
//! ```

use super::super::desk::Desk;
use super::super::keymap::{Action, Context};
use super::super::turn::{Turn, View};
use super::super::widgets::Page;

/// The end of an assessment of private use.
#[derive(Debug)]
pub struct Private;

impl View for Private {
    fn context(&self) -> Context {
        Context::Page
    }

    fn act(&mut self, _: &mut Desk<'_>, action: Action) -> Turn {
        match action {
            Action::Back => Turn::Pop,
            _ => Turn::Ignored,
        }
    }

    fn page(&self, desk: &Desk<'_>, page: &mut Page, _: bool) {
        page.gap();
        let file = if desk.is_kept() { "ui-private-kept" } else { "ui-private-none" };
        for (id, style) in [
            ("ui-private", desk.styles.heading),
            ("ui-private-why", desk.styles.text),
            (file, desk.styles.text),
            ("ui-private-not", desk.styles.dim),
        ] {
            page.text(&desk.words.get(id), style);
            page.gap();
        }
    }
}
