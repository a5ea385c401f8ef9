//! How much data there may be. The engine counts on it: its sets, its stack and its time are made for this much, with
//! room to spare above what is shipped.

/// Variables of one tool: questions, facts, computed ones, and each law, day and evidence that a condition names.
pub const VARIABLES: usize = 256;
/// Findings of one tool.
pub const FINDINGS: usize = 256;
/// Levels of one finding.
pub const LEVELS: usize = 8;
/// Choices of one question, and values of one variable. A choice is a bit of 64, of which the engine keeps two.
pub const CHOICES: usize = 48;
/// Editions of one vendor.
pub const EDITIONS: usize = 48;
/// Levels of nesting in one condition.
pub const DEPTH: usize = 12;
/// Comparisons (`Is`) in all conditions of one finding, and in one condition of a question.
pub const ATOMS: usize = 24;
/// Comparisons in the conditions of all findings of one tool. What ties many questions together takes the longest: how
/// good the light can still become is a search over all of them.
pub const COMPARISONS: usize = 640;
/// Questions that one finding rests on, those included that decide whether another one is asked.
pub const BELOW: usize = 40;
/// Questions that have to be answered one after the other before it is known whether a further one is asked.
pub const CHAIN: usize = 12;
