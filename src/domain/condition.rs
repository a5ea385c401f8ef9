//! Conditions of rules, and the three-valued truth they yield.

use serde::{Deserialize, Serialize};

use super::id::{ChoiceId, VariableId};

/// Kleene's three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Certainly not.
    No,
    /// Depends on something that nobody has answered yet.
    Unknown,
    /// Certainly.
    Yes,
}

impl Truth {
    /// Both: the weaker of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one: the stronger of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// What a rule asks. There is one atom, [`Condition::Is`].
///
/// On a variable that does not apply (its question is not asked, or the catalogue is silent about it) every `Is` is no.
/// On a variable with several values `Is` means "contains any of".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// The variable has one of these values.
    Is(VariableId, Vec<ChoiceId>),
    /// Every part holds. An empty list holds.
    All(Vec<Condition>),
    /// At least one part holds. An empty list does not hold.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Calls `visit` for every atom, in order of writing.
    pub fn atoms<'a>(&'a self, visit: &mut impl FnMut(&'a VariableId, &'a [ChoiceId])) {
        match self {
            Self::Is(variable, values) => visit(variable, values),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.atoms(visit)),
            Self::Not(part) => part.atoms(visit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Unknown, Yes};

    #[test]
    fn kleene_tables() {
        let table: [(Truth, Truth, Truth, Truth); 9] = [
            (No, No, No, No),
            (No, Unknown, No, Unknown),
            (No, Yes, No, Yes),
            (Unknown, No, No, Unknown),
            (Unknown, Unknown, Unknown, Unknown),
            (Unknown, Yes, Unknown, Yes),
            (Yes, No, No, Yes),
            (Yes, Unknown, Unknown, Yes),
            (Yes, Yes, Yes, Yes),
        ];
        for (a, b, and, or) in table {
            assert_eq!((a.and(b), a.or(b)), (and, or), "{a:?} {b:?}");
        }
        assert_eq!((!No, !Unknown, !Yes), (Yes, Unknown, No));
    }

    #[test]
    fn atoms_come_in_the_order_of_writing() {
        let is = |id: &str, value: &str| super::Condition::Is(id.try_into().unwrap(), vec![value.try_into().unwrap()]);
        let any = super::Condition::Any(vec![is("b", "no"), super::Condition::Not(Box::new(is("c", "yes")))]);
        let mut seen = Vec::new();
        super::Condition::All(vec![is("a", "yes"), any])
            .atoms(&mut |id, values| seen.push(format!("{id}={}", values[0])));
        assert_eq!(seen, ["a=yes", "b=no", "c=yes"]);
    }
}
