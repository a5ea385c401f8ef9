//! What each screen shows, laid out for a width.

mod card;
mod lists;
mod question;
mod verdict;

use super::app::{App, Screen};
use super::widgets::Page;

/// The screen on top.
pub fn page(app: &App<'_>, width: u16, has_side: bool) -> Page {
    let mut page = Page::new(width);
    match app.screens.last() {
        Some(Screen::Menu { selected }) => lists::menu(app, &mut page, *selected),
        Some(Screen::Picker { filter, selected, mode }) => {
            lists::picker(app, &mut page, filter, *selected, mode.is_some());
        }
        Some(Screen::Header { field }) => lists::header(app, &mut page, *field),
        Some(Screen::Question(choosing)) => question::question(app, &mut page, choosing, !has_side),
        Some(Screen::Overview { selected }) => lists::overview(app, &mut page, *selected),
        Some(Screen::Verdict { view, tab, selected, open }) => {
            verdict::verdict(app, &mut page, view, *tab, *selected, open);
        }
        Some(Screen::Card { vendor, scroll }) => card::card(app, &mut page, vendor, *scroll),
        Some(Screen::Help { context, scroll }) => lists::help(app, &mut page, *context, *scroll),
        Some(Screen::Private) => lists::private(app, &mut page),
        None => {}
    }
    page
}

/// The pane beside a question, in wide windows.
pub fn side(app: &App<'_>, width: u16) -> Option<Page> {
    match app.screens.last() {
        Some(Screen::Question(choosing)) => {
            let mut page = Page::new(width);
            question::background(app, &mut page, choosing);
            Some(page)
        }
        _ => None,
    }
}
