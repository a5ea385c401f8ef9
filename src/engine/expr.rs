//! Conditions over numbered variables, and the cells that hold what is still possible.

use crate::domain::condition::Truth;

/// Number of a variable in a [`super::model::Model`].
pub type Index = u16;

/// Bit that says "does not apply"; no condition names it, so every `Is` is no there.
pub const NOT_APPLICABLE: u64 = 1 << 63;

/// What a variable can still be.
///
/// Single-valued: `can` is the set of possible values ([`NOT_APPLICABLE`] among them), `must` is unused.
/// Several-valued: `can` are the values that may be contained, `must` those that are contained for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Possible values, one bit each.
    pub can: u64,
    /// Certain values of a variable with several.
    pub must: u64,
    /// Whether the variable holds several values.
    pub several: bool,
}

impl Cell {
    /// A single value, or a set of possible ones.
    pub const fn one_of(can: u64) -> Self {
        Self { can, must: 0, several: false }
    }

    /// Yes or no.
    pub const fn yes_no(yes: bool) -> Self {
        Self::one_of(if yes { 1 } else { 2 })
    }

    /// A known set of values.
    pub const fn set(values: u64) -> Self {
        Self { can: values, must: values, several: true }
    }

    /// Not applicable, whatever the kind.
    pub const fn off(several: bool) -> Self {
        if several { Self::set(0) } else { Self::one_of(NOT_APPLICABLE) }
    }

    /// The same, but it may also not apply.
    pub const fn or_off(self) -> Self {
        if self.several { Self { must: 0, ..self } } else { Self { can: self.can | NOT_APPLICABLE, ..self } }
    }

    /// Either of the two.
    pub const fn either(self, other: Self) -> Self {
        Self { can: self.can | other.can, must: self.must & other.must, several: self.several }
    }

    /// Whether the value contains any of `values`.
    #[inline]
    pub const fn is(self, values: u64) -> Truth {
        if self.several {
            if self.must & values != 0 {
                Truth::Yes
            } else if self.can & values == 0 {
                Truth::No
            } else {
                Truth::Unknown
            }
        } else if self.can & values == 0 {
            Truth::No
        } else if self.can & !values == 0 {
            Truth::Yes
        } else {
            Truth::Unknown
        }
    }

    /// Whether the variable does not apply for certain.
    pub const fn is_off(self) -> bool {
        if self.several { self.can == 0 } else { self.can == NOT_APPLICABLE }
    }

    /// Whether nothing is left to find out, given that the variable applies.
    pub const fn settled(self) -> bool {
        if self.several { self.can == self.must } else { (self.can & !NOT_APPLICABLE).count_ones() <= 1 }
    }
}

/// What a search has assumed about a variable so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Values not excluded.
    pub can: u64,
    /// Values assumed to be contained (several-valued variables).
    pub must: u64,
}

impl Limit {
    /// Nothing assumed.
    pub const FREE: Self = Self { can: u64::MAX, must: 0 };

    /// The cell under this assumption.
    pub const fn apply(self, cell: Cell) -> Cell {
        if cell.several {
            Cell { can: cell.can & self.can, must: cell.must | (self.must & cell.can), several: true }
        } else {
            let can = cell.can & self.can;
            // An assumption about a variable that does not apply in this branch has no meaning there.
            if can == 0 { cell } else { Cell { can, ..cell } }
        }
    }
}

/// A condition over numbered variables.
#[derive(Clone, Debug)]
pub enum Expr {
    /// Always or never.
    Const(bool),
    /// The variable has one of the values.
    Is(Index, u64),
    /// It has none of them.
    IsNot(Index, u64),
    /// Every part holds.
    All(Vec<Expr>),
    /// At least one part holds.
    Any(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
}

impl Expr {
    /// All parts, without needless nesting.
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(more) => flat.extend(more),
                Self::Const(true) => {}
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Const(true),
            1 => flat.remove(0),
            _ => Self::All(flat),
        }
    }

    /// Any part, without needless nesting.
    pub fn any(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(more) => flat.extend(more),
                Self::Const(false) => {}
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Const(false),
            1 => flat.remove(0),
            _ => Self::Any(flat),
        }
    }

    /// The contrary.
    pub fn not(self) -> Self {
        match self {
            Self::Const(truth) => Self::Const(!truth),
            Self::Is(variable, values) => Self::IsNot(variable, values),
            Self::IsNot(variable, values) => Self::Is(variable, values),
            Self::Not(part) => *part,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Three-valued truth over cells.
    #[inline]
    pub fn eval(&self, cells: &[Cell]) -> Truth {
        self.eval_atom(cells).unwrap_or_else(|| self.eval_parts(cells))
    }

    /// The truth of a condition without parts: most are, so they are looked at where they stand.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the innermost loop of the engine: a call costs more than the look")]
    fn eval_atom(&self, cells: &[Cell]) -> Option<Truth> {
        match self {
            Self::Is(variable, values) => Some(cells[usize::from(*variable)].is(*values)),
            Self::IsNot(variable, values) => Some(!cells[usize::from(*variable)].is(*values)),
            _ => None,
        }
    }

    fn eval_parts(&self, cells: &[Cell]) -> Truth {
        match self {
            Self::All(parts) => {
                let mut truth = Truth::Yes;
                for part in parts {
                    match part.eval_atom(cells).unwrap_or_else(|| part.eval_parts(cells)) {
                        Truth::No => return Truth::No,
                        Truth::Unknown => truth = Truth::Unknown,
                        Truth::Yes => {}
                    }
                }
                truth
            }
            Self::Any(parts) => {
                let mut truth = Truth::No;
                for part in parts {
                    match part.eval_atom(cells).unwrap_or_else(|| part.eval_parts(cells)) {
                        Truth::Yes => return Truth::Yes,
                        Truth::Unknown => truth = Truth::Unknown,
                        Truth::No => {}
                    }
                }
                truth
            }
            Self::Not(part) => !part.eval(cells),
            Self::Const(true) => Truth::Yes,
            Self::Const(false) => Truth::No,
            Self::Is(..) | Self::IsNot(..) => self.eval_atom(cells).unwrap_or(Truth::No),
        }
    }

    /// Calls `visit` for every atom: a variable and the values asked for.
    pub fn atoms(&self, visit: &mut impl FnMut(Index, u64)) {
        match self {
            Self::Const(_) => {}
            Self::Is(variable, values) | Self::IsNot(variable, values) => visit(*variable, *values),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.atoms(visit)),
            Self::Not(part) => part.atoms(visit),
        }
    }
}
