//! From state to frame. Nothing here changes the state.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Wrap};

use super::app::App;
use super::bars;
use super::layout::{self, areas, boxed, page_of, page_width_in_box};
use super::screens::Screen;
use super::theme::Styles;
use super::widgets::Page;

/// Draws the program.
pub fn draw(app: &App<'_>, frame: &mut Frame<'_>) {
    let (below, above) = layout::layers(app);
    let has_aside = below.is_some_and(|screen| screen.view().has_aside());
    let Some(areas) = areas(frame.area(), has_aside) else {
        let text = app.desk.words.get("ui-too-small");
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), frame.area());
        return;
    };
    put(&bars::header(app, areas.head.width), frame, areas.head);
    if let Some(screen) = below {
        show(
            &page_of(screen.view(), &app.desk, areas.main.width, areas.aside.is_some()),
            &app.desk.styles,
            frame,
            areas.main,
        );
    }
    if let (Some(screen), Some(pane)) = (below, areas.aside) {
        frame.render_widget(Block::new().borders(Borders::LEFT).border_style(app.desk.styles.dim), pane);
        let inner = Rect { x: pane.x + 2, width: pane.width - 2, ..pane };
        let mut page = Page::new(inner.width);
        screen.view().aside(&app.desk, &mut page);
        show(&page, &app.desk.styles, frame, inner);
    }
    put(&bars::footer(app, areas.foot.width), frame, areas.foot);
    if let Some(screen) = above {
        dialog(app, screen, frame, areas.whole);
    }
}

/// Lines that are laid out already, as many as fit. A paragraph would measure them once more.
fn put(lines: &[Line<'_>], frame: &mut Frame<'_>, area: Rect) {
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        frame.buffer_mut().set_line(area.x, y, line, area.width);
    }
}

fn show(page: &Page, styles: &Styles, frame: &mut Frame<'_>, area: Rect) {
    let offset = page.offset(usize::from(area.height));
    put(page.lines.get(offset..).unwrap_or_default(), frame, area);
    // What lies above or below the window is said at its right edge.
    let edge = |y: u16| Rect { x: area.right().saturating_sub(1), y, width: 1, height: 1 };
    if offset > 0 && area.height > 0 {
        frame.render_widget(Paragraph::new("▲").style(styles.dim), edge(area.y));
    }
    if page.lines.len() > offset + usize::from(area.height) && area.height > 0 {
        frame.render_widget(Paragraph::new("▼").style(styles.dim), edge(area.bottom() - 1));
    }
}

fn dialog(app: &App<'_>, screen: &Screen, frame: &mut Frame<'_>, whole: Rect) {
    let page = page_of(screen.view(), &app.desk, page_width_in_box(whole), false);
    let (place, inner) = boxed(whole, &page);
    let title = screen.view().title(&app.desk).unwrap_or_default();
    frame.render_widget(Clear, place);
    frame.render_widget(
        Block::bordered().title(format!(" {} ", layout::cut(&title, usize::from(place.width).saturating_sub(4)))),
        place,
    );
    show(&page, &app.desk.styles, frame, inner);
}
