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

use serde::de::DeserializeOwned;

use domain::bank::Bank;
use domain::vendor::Vendor;
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
    let work = || domain::later::packed(|| Packed::of(&bank, &vendors));
    let ((packed, later), texts) = domain::string::packed(work);
    let packed = packed?;
    domain::string::carry(String::leak(texts.clone()));
    domain::later::carry(Vec::leak(later.clone()));
    packed.check(&bank, &vendors)?;
    write(&out.join("texts.txt"), texts.as_bytes())?;
    write(&out.join("later.bin"), &later)?;
    write(&out.join("vendors.bin"), &packed.vendors.concat())?;
    write(&out.join("bank.bin"), &packed.bank)?;
    write(&out.join("index.bin"), &packed.index)
}

/// All data as bytes; the texts stand in a piece of their own.
struct Packed {
    bank: Vec<u8>,
    vendors: Vec<Vec<u8>>,
    index: Vec<u8>,
}

impl Packed {
    fn of(bank: &Bank, vendors: &[Vendor]) -> Result<Self, Box<dyn Error>> {
        let (mut blobs, mut entries, mut end) = (Vec::new(), Vec::new(), 0);
        for vendor in vendors {
            let blob = postcard::to_stdvec(vendor)?;
            end += blob.len();
            entries.push((Entry::from(vendor), u32::try_from(end)?));
            blobs.push(blob);
        }
        let index = Index { entries, counts: Counts::of(bank, vendors) };
        Ok(Self { bank: postcard::to_stdvec(bank)?, vendors: blobs, index: postcard::to_stdvec(&index)? })
    }

    /// Proves that the program will read the same back.
    fn check(&self, bank: &Bank, vendors: &[Vendor]) -> Result<(), Box<dyn Error>> {
        let mut same = reads(&self.bank, bank)?;
        for (blob, vendor) in self.vendors.iter().zip(vendors) {
            same &= reads(blob, vendor)?;
        }
        let index: Index = postcard::from_bytes(&self.index)?;
        same &= index.entries.iter().zip(vendors).all(|((entry, _), vendor)| *entry == Entry::from(vendor));
        if same { Ok(()) } else { Err("the packed data does not read back".into()) }
    }
}

fn reads<T: DeserializeOwned + PartialEq>(bytes: &[u8], value: &T) -> Result<bool, Box<dyn Error>> {
    Ok(postcard::from_bytes::<T>(bytes)? == *value)
}

#[expect(clippy::disallowed_methods, reason = "build products need no atomic write")]
fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()).into())
}
