//! Where things stand in the window, for drawing and for clicks alike.

use std::borrow::Cow;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthChar;

use super::app::App;
use super::bars;
use super::desk::Desk;
use super::keymap::Action;
use super::screens::Screen;
use super::turn::{View, moved};
use super::widgets::Page;
use crate::report::text::fitting;

/// Lines of the header and of the footer, each with a rule.
const HEAD: u16 = 3;
const FOOT: u16 = 2;
/// Smallest window that is drawn.
const LEAST: (u16, u16) = (40, 12);
/// Width of the reading area; beyond it the content stands in the middle.
const WIDE: u16 = 100;
/// From this width a pane stands beside what has one.
const PANES: u16 = 110;
/// Widest area with a pane.
const WIDEST: u16 = 130;
/// Highest area.
const HIGHEST: u16 = 40;
/// Columns of the pane.
const PANE: u16 = 46;

/// What was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// An item of the screen on top.
    Item(usize),
    /// A key in the footer.
    Offer(Action),
}

/// The parts of the window.
#[derive(Clone, Copy, Debug)]
pub struct Areas {
    /// Everything that is drawn.
    pub whole: Rect,
    /// Header.
    pub head: Rect,
    /// The screen.
    pub main: Rect,
    /// What stands beside it, its border included.
    pub aside: Option<Rect>,
    /// Footer.
    pub foot: Rect,
}

/// The parts of a window; none: it is too small.
pub fn areas(window: Rect, has_aside: bool) -> Option<Areas> {
    if window.width < LEAST.0 || window.height < LEAST.1 {
        return None;
    }
    let panes = window.width >= PANES;
    let width = window.width.min(if panes { WIDEST } else { WIDE });
    let height = window.height.min(HIGHEST);
    let whole = Rect { x: window.x + (window.width - width) / 2, y: window.y, width, height };
    // Fixed heights and widths: to ask a solver for them would take longer than to draw a screen.
    let head = Rect { height: HEAD, ..whole };
    let foot = Rect { y: whole.bottom() - FOOT, height: FOOT, ..whole };
    let body = Rect { x: whole.x + 1, y: head.bottom(), width: width - 2, height: height - HEAD - FOOT };
    if !(panes && has_aside) {
        return Some(Areas { whole, head, main: body, aside: None, foot });
    }
    let pane = Rect { x: body.right() - PANE, width: PANE, ..body };
    Some(Areas { whole, head, main: Rect { width: body.width - PANE - 1, ..body }, aside: Some(pane), foot })
}

/// The screen that fills the window, and the one in a box above it.
pub fn layers<'a>(app: &'a App<'_>) -> (Option<&'a Screen>, Option<&'a Screen>) {
    let floats = |screen: &&Screen| screen.view().title(&app.desk).is_some();
    let above = app.screens.last().filter(floats);
    (app.screens.iter().rev().find(|screen| !floats(screen)), above)
}

/// The box for a page above the screen, and the place inside it.
pub fn boxed(whole: Rect, page: &Page) -> (Rect, Rect) {
    // The footer stays in view: what is told once is told there.
    let whole = Rect { height: whole.height.saturating_sub(2), ..whole };
    let width = page_width_in_box(whole) + 4;
    let height = u16::try_from(page.lines.len()).unwrap_or(u16::MAX).saturating_add(2).clamp(3, whole.height);
    let width = width.min(whole.width);
    let (x, y) = (whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2);
    let place = Rect { x, y, width, height };
    let inner = Rect {
        x: place.x + 2,
        y: place.y + 1,
        width: place.width.saturating_sub(4),
        height: place.height.saturating_sub(2),
    };
    (place, inner)
}

/// Columns for text in a box above the screen. On a narrow screen the box takes the whole row: what would look out at
/// its sides are torn words.
pub fn page_width_in_box(whole: Rect) -> u16 {
    let all = whole.width.saturating_sub(4);
    if whole.width < 90 { all.max(10) } else { 70 }
}

/// A page of a screen.
pub fn page_of(view: &dyn View, desk: &Desk<'_>, width: u16, aside: bool) -> Page {
    let mut page = if desk.presenting { Page::spacious(width) } else { Page::new(width) };
    view.page(desk, &mut page, aside);
    page
}

fn window(desk: &Desk<'_>) -> Rect {
    Rect { x: 0, y: 0, width: desk.size.0, height: desk.size.1 }
}

/// What stands at a place of the window.
pub fn hit(app: &App<'_>, column: u16, row: u16) -> Option<Hit> {
    let desk = &app.desk;
    let (below, above) = layers(app);
    let has_aside = below.is_some_and(|screen| screen.view().has_aside());
    let areas = areas(window(desk), has_aside)?;
    let at = ratatui::layout::Position { x: column, y: row };
    if areas.foot.contains(at) {
        return bars::offer_at(app, areas.foot, column).filter(|_| row > areas.foot.y).map(Hit::Offer);
    }
    let (page, place) = match above {
        Some(screen) => {
            let page = page_of(screen.view(), desk, page_width_in_box(areas.whole), false);
            let inner = boxed(areas.whole, &page).1;
            (page, inner)
        }
        None => (page_of(below?.view(), desk, areas.main.width, areas.aside.is_some()), areas.main),
    };
    let line = page.offset(usize::from(place.height)) + usize::from(row.checked_sub(place.y)?);
    place.contains(at).then(|| page.item_at(line)).flatten().map(Hit::Item)
}

/// Moves the first line of a page that is only read; none: the action moves nothing.
pub fn scrolled(view: &dyn View, desk: &Desk<'_>, at: usize, action: Action) -> Option<usize> {
    let main = areas(window(desk), false)?.main;
    let lines = page_of(view, desk, main.width, false).lines.len();
    moved(at, lines.saturating_sub(usize::from(main.height)) + 1, action)
}

/// How many lines of a screen lie below the window at most.
pub fn overflow(view: &dyn View, desk: &Desk<'_>) -> usize {
    let Some(areas) = areas(window(desk), view.has_aside()) else { return 0 };
    let lines = page_of(view, desk, areas.main.width, areas.aside.is_some()).lines.len();
    lines.saturating_sub(usize::from(areas.main.height))
}

/// Cuts a text to a width, with an ellipsis. What does not fit is not looked at.
pub fn cut(text: &str, width: usize) -> String {
    let (whole, _) = fitting(text, width);
    if whole.len() == text.len() {
        return tame(text).into_owned();
    }
    if width == 0 {
        return String::new();
    }
    let (short, _) = fitting(text, width - 1);
    format!("{}…", tame(short))
}

/// A text without the marks that are heaped on one character beyond measure: they have no width of their own, so nothing
/// else would bound what is sent to the terminal.
pub fn tame(text: &str) -> Cow<'_, str> {
    const HEAP: usize = 8;
    let mut marks = 0;
    let mut kept = |c: char| {
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        marks <= HEAP
    };
    match text.char_indices().find(|(_, c)| !kept(*c)) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let (head, tail) = text.split_at(at);
            Cow::Owned(head.chars().chain(tail.chars().filter(|c| kept(*c))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn a_cut_text_fits() {
        for width in 0..30 {
            for text in ["Datenschutz-Folgenabschätzung", "漢字漢字漢字", "kurz", ""] {
                assert!(cut(text, width).width() <= width, "{text} {width}");
            }
        }
        assert_eq!(cut("Vertrag", 7), "Vertrag");
        assert_eq!(cut("Vertrag", 5), "Vert…");
    }

    #[test]
    fn marks_are_not_heaped_without_end() {
        let heap = format!("a{}b", "\u{301}".repeat(100_000));
        assert_eq!(tame(&heap), format!("a{}b", "\u{301}".repeat(8)));
        assert_eq!(cut(&heap, 10), tame(&heap));
        assert_eq!(tame("a\u{308}o\u{308}"), "a\u{308}o\u{308}");
    }
}
