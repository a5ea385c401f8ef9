//! Parses and checks all shipped data, and packs it so that the program only has to decode it.
//!
//! One implementation: the modules are those of the program. A fault in the data stops the build with file and line.

#[expect(dead_code, reason = "the build script uses a part of the shared modules")]
#[path = "src"]
mod shared {
    pub mod domain;
    pub mod engine {
        pub mod derive;
    }
    pub mod i18n {
        pub mod message;
    }
    pub mod knowledge {
        pub mod assemble;
        pub mod check;
        pub mod collect;
        pub mod diagnostic;
        pub mod document;
        pub mod entry;
        pub mod files;
        pub mod limits;
        pub mod outline;
        pub mod parse;
        pub mod suggest;
    }
    pub mod sanitise;
}

#[path = "build/words.rs"]
mod words;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use knowledge::assemble::{Assembled, assemble};
use knowledge::collect::collect;
use knowledge::entry::{Counts, Entry, Index};
use knowledge::files;
use shared::{domain, engine, i18n, knowledge, sanitise};

#[expect(clippy::print_stderr, reason = "cargo shows what a build script that fails has printed")]
fn main() -> Result<(), Box<dyn Error>> {
    for path in [
        "questions",
        "assets",
        "src/domain",
        "src/engine/derive.rs",
        "src/i18n/message.rs",
        "src/knowledge",
        "src/sanitise.rs",
        "build.rs",
        "build",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = folder("CARGO_MANIFEST_DIR")?;
    let out = folder("OUT_DIR")?;
    for language in ["de", "en"] {
        let path = root.join("assets/i18n").join(language).join("freigabe.ftl");
        let packed = fs::read_to_string(&path).map_err(Into::into).and_then(|text| words::compile(&text));
        let packed = packed.map_err(|fault| format!("{}: {fault}", path.display()))?;
        write(&out.join(language).with_extension("bin"), &packed)?;
    }
    let found = files::find(&root);
    if !found.complete {
        return Err("assets/law is missing".into());
    }
    match collect(found, Vec::new) {
        Ok(documents) => pack(assemble(documents), &out),
        Err(faults) => {
            for fault in &faults {
                eprintln!("{fault}\n");
            }
            Err(format!("{} faults in the data", faults.len()).into())
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script everything by its environment")]
fn folder(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let path = std::env::var_os(name).ok_or_else(|| format!("cargo has not set {name}"))?;
    Ok(PathBuf::from(path))
}

fn pack(Assembled { bank, vendors }: Assembled, out: &Path) -> Result<(), Box<dyn Error>> {
    let counts = Counts::of(&bank, &vendors);
    let mut blob = Vec::new();
    let mut entries = Vec::new();
    for vendor in &vendors {
        blob.extend(encode(vendor)?);
        entries.push((Entry::from(vendor), u32::try_from(blob.len())?));
    }
    write(&out.join("vendors.bin"), &blob)?;
    write(&out.join("bank.bin"), &encode(&bank)?)?;
    write(&out.join("index.bin"), &encode(&Index { entries, counts })?)
}

/// Encodes, and proves that the program will read the same back.
fn encode<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> Result<Vec<u8>, Box<dyn Error>> {
    let bytes = postcard::to_stdvec(value)?;
    if postcard::from_bytes::<T>(&bytes)? != *value {
        return Err("the packed data does not read back".into());
    }
    Ok(bytes)
}

#[expect(clippy::disallowed_methods, reason = "build products need no atomic write")]
fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()).into())
}
