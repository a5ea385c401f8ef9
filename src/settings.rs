//! What a person has chosen for good: language, colours, mouse. One small file, `config.ron`, in the folder for own data.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::text::Language;

/// Name of the file.
pub const FILE: &str = "config.ron";
/// Larger files are refused unread.
const MAX_BYTES: u64 = 1 << 16;

/// Sets of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// The terminal's own sixteen colours.
    #[default]
    Terminal,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// No colours: bold, reversed and underlined only.
    Plain,
}

impl Theme {
    /// The one that the theme key takes next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Terminal => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Plain,
            Self::Plain => Self::Terminal,
        }
    }

    /// The id, as part of message ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Plain => "plain",
        }
    }
}

/// The choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The language; none: that of the system.
    pub language: Option<Language>,
    /// Colours.
    pub theme: Theme,
    /// Clicks and the wheel are taken; off leaves them to the terminal (marking and copying text).
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: None, theme: Theme::default(), mouse: true }
    }
}

/// Why there are no settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}; the usual settings are used, the file is left as it is")]
pub struct SettingsError {
    /// File, line and column.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

impl Settings {
    /// Reads the file in `folder`; without one the usual settings hold.
    ///
    /// # Errors
    /// When there is a file that cannot be read or understood.
    pub fn load(folder: &Path) -> Result<Self, SettingsError> {
        let path = folder.join(FILE);
        let fault = |place: String, message: String| SettingsError { place, message };
        let name = path.display().to_string();
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(fault(name, error.to_string())),
            Ok(found) if !found.is_file() || found.len() > MAX_BYTES => {
                return Err(fault(name, "this is no settings file".to_owned()));
            }
            Ok(_) => {}
        }
        let text = std::fs::read_to_string(&path).map_err(|error| fault(name.clone(), error.to_string()))?;
        options().from_str(&text).map_err(|error| {
            let at = error.span.start;
            let message: String = error.code.to_string().chars().take(200).collect();
            fault(format!("{name}:{}:{}", at.line, at.col), message)
        })
    }

    /// Writes the file, whole or not at all. A file that cannot be understood is left alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        if let Err(error) = Self::load(folder) {
            return Err(std::io::Error::other(error.to_string()));
        }
        std::fs::create_dir_all(folder)?;
        let text = options()
            .to_string_pretty(self, ron::ser::PrettyConfig::default())
            .map_err(|error| std::io::Error::other(error.to_string()))?;
        let mut temporary = tempfile::Builder::new().prefix(".config-").tempfile_in(folder)?;
        temporary.write_all(text.as_bytes())?;
        temporary.write_all(b"\n")?;
        temporary.as_file().sync_all()?;
        temporary.persist(folder.join(FILE)).map_err(|error| error.error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_a_damaged_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(dir.path()), Ok(Settings::default()));
        let chosen = Settings { language: Some(Language::En), theme: Theme::Light, mouse: false };
        chosen.save(dir.path()).unwrap();
        assert_eq!(Settings::load(dir.path()), Ok(chosen));
        let damaged = "(language: De,\n  theme: Neon)";
        std::fs::File::create(dir.path().join(FILE)).unwrap().write_all(damaged.as_bytes()).unwrap();
        let error = Settings::load(dir.path()).unwrap_err();
        assert!(error.place.contains(":2:"), "{error}");
        assert!(chosen.save(dir.path()).is_err());
        assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).unwrap(), damaged);
    }
}
