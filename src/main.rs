//! Arguments in, exit code out; everything else lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    match freigabe::run(std::env::args_os()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            if !error.message.is_empty() {
                eprintln!("{error}");
            }
            ExitCode::from(error.kind.code())
        }
    }
}
