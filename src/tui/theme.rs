//! Colours. Never the only carrier of a meaning: words and signs stand beside them.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::finding::Level;
use crate::domain::verdict::Light;
use crate::settings::Theme;

/// Colours by meaning. Only the text is coloured: the ground is the terminal's.
#[derive(Clone, Copy, Debug)]
struct Palette {
    dim: Color,
    accent: Color,
    reference: Color,
    green: Color,
    yellow: Color,
    red: Color,
}

/// The terminal's own sixteen, so that its light and dark themes both work.
const TERMINAL: Palette = Palette {
    dim: Color::DarkGray,
    accent: Color::Cyan,
    reference: Color::LightBlue,
    green: Color::Green,
    yellow: Color::Yellow,
    red: Color::Red,
};

/// Dark enough for a white ground (contrast 4.5 : 1 and more).
const LIGHT: Palette = Palette {
    dim: Color::Indexed(240),
    accent: Color::Indexed(24),
    reference: Color::Indexed(25),
    green: Color::Indexed(22),
    yellow: Color::Indexed(94),
    red: Color::Indexed(124),
};

/// Light enough for a black ground (contrast 4.5 : 1 and more).
const DARK: Palette = Palette {
    dim: Color::Indexed(246),
    accent: Color::Indexed(80),
    reference: Color::Indexed(111),
    green: Color::Indexed(78),
    yellow: Color::Indexed(221),
    red: Color::Indexed(210),
};

/// Styles by part, built once.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    /// Ordinary text.
    pub text: Style,
    /// Less important text.
    pub dim: Style,
    /// Headings.
    pub heading: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// Keys in the footer.
    pub key: Style,
    /// Links, references.
    pub reference: Style,
    /// The filled part of the progress bar.
    pub bar: Style,
    /// Clear.
    pub green: Style,
    /// Conditions.
    pub yellow: Style,
    /// Stop.
    pub red: Style,
}

impl Styles {
    /// The styles of a set of colours; without `colour` always the plain ones.
    #[must_use]
    pub fn of(theme: Theme, colour: bool) -> Self {
        match theme {
            Theme::Terminal if colour => Self::with(TERMINAL),
            Theme::Light if colour => Self::with(LIGHT),
            Theme::Dark if colour => Self::with(DARK),
            _ => Self::plain(),
        }
    }

    fn with(palette: Palette) -> Self {
        let fg = |colour| Style::new().fg(colour);
        let bold = |colour| fg(colour).add_modifier(Modifier::BOLD);
        Self {
            text: Style::new(),
            dim: fg(palette.dim),
            heading: Style::new().add_modifier(Modifier::BOLD),
            selected: bold(palette.accent),
            key: fg(palette.accent),
            reference: fg(palette.reference),
            bar: fg(palette.accent),
            green: bold(palette.green),
            yellow: bold(palette.yellow),
            red: bold(palette.red),
        }
    }

    /// Without any colour (`NO_COLOR`, `--no-color`).
    #[must_use]
    pub fn plain() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            text: Style::new(),
            dim: Style::new(),
            heading: bold,
            selected: bold.add_modifier(Modifier::REVERSED),
            key: bold,
            reference: Style::new().add_modifier(Modifier::UNDERLINED),
            bar: bold,
            green: bold,
            yellow: bold,
            red: bold,
        }
    }

    /// The style of a light.
    #[must_use]
    pub const fn light(&self, light: Light) -> Style {
        match light {
            Light::Green => self.green,
            Light::Yellow => self.yellow,
            Light::Red => self.red,
        }
    }

    /// The style of a level.
    #[must_use]
    pub const fn level(&self, level: Level) -> Style {
        match level {
            Level::Red => self.red,
            Level::Yellow => self.yellow,
            Level::Advice => self.reference,
            Level::Good => self.green,
        }
    }
}

/// The sign of a level; it says the same as the colour.
#[must_use]
pub const fn sign(level: Level) -> &'static str {
    match level {
        Level::Red => "✗",
        Level::Yellow => "!",
        Level::Advice => "•",
        Level::Good => "✓",
    }
}
