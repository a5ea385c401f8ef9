//! What if law falls? Each instrument that carries something in this assessment, switched off one by one.
//!
//! ```text
//!  Ohne EU-US-Datenschutzrahmen: ! Auflagen → ✗ nein
//!    ✗ Keine Grundlage für die Übermittlung
//! ```

use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use crate::report::stress::StressView;

/// The tests.
pub fn stress(desk: &Desk<'_>, page: &mut Page, tests: &[StressView], selected: usize) {
    page.text(&desk.words.get("ui-stress-what"), desk.styles.dim);
    page.gap();
    for (n, test) in tests.iter().enumerate() {
        let on = n == selected;
        page.item(n, on, |page| {
            let law = test.without.join(", ");
            let (before, after) = &test.words;
            let text = if test.matters {
                desk.words.with("ui-stress-without", &[("law", &law), ("before", before), ("after", after)])
            } else {
                desk.words.with("ui-stress-same", &[("law", &law), ("verdict", before)])
            };
            let style = if on { desk.styles.selected } else { desk.styles.text };
            page.indented(if on { "› " } else { "  " }, "    ", &text, style);
            if !test.matters {
                return;
            }
            let (before, after) = &test.transfer;
            let transfer = desk.words.with("ui-stress-transfer", &[("before", before), ("after", after)]);
            page.indented("    ", "      ", &transfer, desk.styles.dim);
            for (sign, lines) in [("+", &test.come), ("–", &test.gone)] {
                for line in lines {
                    page.indented(&format!("    {sign} "), "      ", line, desk.styles.text);
                }
            }
        });
    }
    if tests.is_empty() {
        page.text(&desk.words.get("ui-stress-nothing"), desk.styles.text);
    }
}
