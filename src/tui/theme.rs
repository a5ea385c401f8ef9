//! Colours. Never the only carrier of a meaning: words and signs stand beside them.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::finding::Level;
use crate::domain::verdict::Light;

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
    /// With colours of the terminal's own sixteen, so that light and dark themes both work.
    #[must_use]
    pub fn colour() -> Self {
        let fg = |colour| Style::new().fg(colour);
        Self {
            text: Style::new(),
            dim: fg(Color::DarkGray),
            heading: Style::new().add_modifier(Modifier::BOLD),
            selected: fg(Color::Cyan).add_modifier(Modifier::BOLD),
            key: fg(Color::Cyan),
            reference: fg(Color::LightBlue),
            bar: fg(Color::Cyan),
            green: fg(Color::Green).add_modifier(Modifier::BOLD),
            yellow: fg(Color::Yellow).add_modifier(Modifier::BOLD),
            red: fg(Color::Red).add_modifier(Modifier::BOLD),
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
