//! A set of variables, or of rules.

use super::expr::Index;

const WORDS: usize = 4;
/// How many there may be.
pub const CAPACITY: usize = WORDS * 64;

/// Variables or rules by number, one bit each. The check of the data keeps their number below
/// [`CAPACITY`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bits([u64; WORDS]);

impl Bits {
    /// Nothing.
    pub const EMPTY: Self = Self([0; WORDS]);

    const fn at(index: Index) -> (usize, u64) {
        (index as usize / 64 % WORDS, 1 << (index % 64))
    }

    /// Adds a variable.
    pub const fn insert(&mut self, index: Index) {
        let (word, bit) = Self::at(index);
        self.0[word] |= bit;
    }

    /// Takes a variable out.
    pub const fn remove(&mut self, index: Index) {
        let (word, bit) = Self::at(index);
        self.0[word] &= !bit;
    }

    /// Whether the variable is in it.
    pub const fn contains(&self, index: Index) -> bool {
        let (word, bit) = Self::at(index);
        self.0[word] & bit != 0
    }

    /// Adds all of another set.
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, more)| *mine |= more);
    }

    /// What is in both sets.
    #[must_use]
    pub fn both(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(mine, other)| *mine &= other);
        self
    }

    /// Whether the two sets have a variable in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(mine, more)| mine & more != 0)
    }

    /// How many are in it.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// All of them in order.
    pub const fn iter(self) -> Numbers {
        Numbers { words: self.0, at: 0 }
    }

    /// The first variable.
    pub fn lowest(&self) -> Option<Index> {
        let word = self.0.iter().position(|word| *word != 0)?;
        Index::try_from(word * 64 + self.0[word].trailing_zeros() as usize).ok()
    }
}

/// The members of a set, in order.
#[derive(Clone, Debug)]
pub struct Numbers {
    words: [u64; WORDS],
    at: usize,
}

impl Iterator for Numbers {
    type Item = Index;

    #[inline]
    fn next(&mut self) -> Option<Index> {
        while let Some(word) = self.words.get_mut(self.at) {
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Index::try_from(self.at * 64 + bit).ok();
            }
            self.at += 1;
        }
        None
    }
}

impl FromIterator<Index> for Bits {
    fn from_iter<T: IntoIterator<Item = Index>>(indices: T) -> Self {
        let mut bits = Self::default();
        indices.into_iter().for_each(|index| bits.insert(index));
        bits
    }
}
