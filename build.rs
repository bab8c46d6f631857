//! Looks at what the binary is made from.
//!
//! 1. the n-gram model that is built in: a damaged one, or one of another version, is an error of the build and not an import that reads
//!    worse
//! 2. the digest of all sources and features, by which programs that were built from the same ones recognise each other: what one has kept,
//!    another may read

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "so a build script reads its input and speaks to cargo"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/import/ngram/packed.rs"]
mod packed;

const MODEL: &str = "src/import/ngram/model.bin";
/// All that is compiled or built in.
const SOURCES: [&str; 5] = ["Cargo.lock", "Cargo.toml", "src", "static", "templates"];

fn main() {
    let file = fs::read(MODEL).unwrap_or_default();
    if !packed::is_model(&file) {
        println!("cargo::error={MODEL} is missing, damaged or of another version: train it anew (examples/train.rs)");
    }
    let mut digest = FNV_OFFSET;
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        add(Path::new(source), &mut digest);
    }
    let features = env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CARGO_FEATURE_"));
    features.collect::<BTreeSet<String>>().iter().for_each(|feature| add_bytes(feature.bytes(), &mut digest));
    println!("cargo:rustc-env=WENZHAI_SOURCES={digest:016x}");
}

/// Adds a file, or all files of a folder in the order of their names, to a digest.
fn add(path: &Path, digest: &mut u64) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| add(path, digest));
    } else {
        let name = path.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(path).unwrap_or_default();
        add_bytes(name.bytes().chain([0]).chain(bytes), digest);
    }
}

/// FNV-1a: the same on every system, and no dependency.
fn add_bytes(bytes: impl Iterator<Item = u8>, digest: &mut u64) {
    for byte in bytes {
        *digest = (*digest ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
