//! The colours of a verdict.

use serde::{Deserialize, Serialize};

use super::finding::Level;

/// How good or bad a result is. The order is that of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Clear.
    Green,
    /// Clear with conditions.
    Yellow,
    /// Not clear.
    Red,
}

impl Light {
    /// The name in files and in the JSON output.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

impl From<Level> for Light {
    fn from(level: Level) -> Self {
        match level {
            Level::Good | Level::Advice => Self::Green,
            Level::Yellow => Self::Yellow,
            Level::Red => Self::Red,
        }
    }
}

/// A verdict: one light, or several that are still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Clear.
    Green,
    /// Clear with conditions.
    Yellow,
    /// Not clear.
    Red,
    /// Not decided yet: best and worst still possible differ.
    Open,
}

impl From<Light> for Verdict {
    fn from(light: Light) -> Self {
        Self::between(light, light)
    }
}

impl Verdict {
    /// Decided where best and worst agree, else open.
    #[must_use]
    pub fn between(best: Light, worst: Light) -> Self {
        match (best, worst) {
            (Light::Green, Light::Green) => Self::Green,
            (Light::Yellow, Light::Yellow) => Self::Yellow,
            (Light::Red, Light::Red) => Self::Red,
            _ => Self::Open,
        }
    }

    /// The name in files and in the JSON output.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Open => "open",
        }
    }
}
