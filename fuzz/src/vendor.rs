//! Any bytes as a catalogue entry of one's own.

/// Lays the bytes over the shipped catalogue.
pub fn run(data: &[u8]) {
    super::data::overlaid("vendors", data);
}

/// Lays the bytes over the shipped data, and no more.
pub fn decide(data: &[u8]) {
    super::data::decided("vendors", data);
}
