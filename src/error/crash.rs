//! When the program itself is at fault: what is open is given back, and the text says where it broke. It never says what
//! the panic said, because that may quote an answer.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Mutex;

use super::{Error, Kind};

/// Where it broke last.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// From here on a panic prints nothing. In the present thread `release` is called first thing, so that what is open is
/// given back even if nothing else can be done.
pub fn watch(release: impl Fn() + Send + Sync + 'static) {
    let present = std::thread::current().id();
    set_hook(Box::new(move |info| {
        if std::thread::current().id() == present {
            release();
        }
        if let (Ok(mut place), Some(at)) = (PLACE.lock(), info.location()) {
            *place = Some(format!("{}:{}", at.file(), at.line()));
        }
    }));
}

/// Works, and turns a panic into an error.
///
/// # Errors
/// When the work panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.lock().ok().and_then(|mut place| place.take());
        let place = place.unwrap_or_else(|| "an unknown place".to_owned());
        Error::new(Kind::Failure, format!("freigabe itself is at fault, at {place}"))
            .hint("please report this place; it says nothing about your answers")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_quotes_nothing() {
        let answer = String::from("geheim");
        let error = guarded(|| assert!(answer.is_empty(), "{answer}")).unwrap_err();
        assert_eq!(error.kind, Kind::Failure);
        assert!(!error.to_string().contains("geheim"), "{error}");
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
