//! Arguments in, exit code out; everything else lives in the library.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match freigabe::run(std::env::args_os()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            if !error.message.is_empty() {
                // The terminal may be gone; then nobody reads it.
                let _ = writeln!(std::io::stderr(), "{error}");
            }
            ExitCode::from(error.kind.code())
        }
    }
}
