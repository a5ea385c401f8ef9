//! Any bytes as a section of questions of one's own.

/// Lays the bytes over the shipped questions.
pub fn run(data: &[u8]) {
    super::data::overlaid("questions", data);
}

/// Lays the bytes over the shipped data, and no more.
pub fn decide(data: &[u8]) {
    super::data::decided("questions", data);
}
