//! Facts and law that the result rests on.
//!
//! ```text
//!  Angaben des Katalogs
//!  • Welche Version ... (Katalog, Stand 06.08.2026, Zoom Terms of Service)
//! ```

use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use crate::report::view::VerdictView;

pub fn sources(desk: &Desk<'_>, page: &mut Page, view: &VerdictView, selected: usize) {
    let mut n = 0;
    for (label, lines) in &view.sources {
        page.gap();
        page.text(label, desk.styles.key);
        for line in lines {
            page.item(n, n == selected, |page| page.indented("• ", "  ", line, desk.styles.text));
            n += 1;
        }
    }
}
