//! Any bytes as `config.ron`.

use freigabe::settings::{FILE, Settings};

/// Reads the bytes as settings; what is read survives being written, what is not is left as it was.
pub fn run(data: &[u8]) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(FILE);
    super::data::put(&path, data);
    match Settings::load(dir.path()) {
        Ok(settings) => {
            settings.save(dir.path()).expect("written");
            assert_eq!(Settings::load(dir.path()), Ok(settings), "read(write(x)) = x");
        }
        Err(fault) => {
            assert!(fault.message.chars().count() <= 300, "a long message");
            assert!(Settings::default().save(dir.path()).is_err(), "what cannot be understood is left alone");
            assert_eq!(std::fs::read(&path).expect("still there"), data);
        }
    }
}

/// Reads the bytes as settings, and no more.
pub fn decide(data: &[u8]) {
    let dir = tempfile::tempdir().expect("a folder");
    super::data::put(&dir.path().join(FILE), data);
    let _ = Settings::load(dir.path());
}
