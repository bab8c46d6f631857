//! Checks the n-gram model that is built into the binary: a damaged one, or one of another version, is an error of the build and not
//! an import that reads worse.

#[path = "src/import/ngram/packed.rs"]
mod packed;

const MODEL: &str = "src/import/ngram/model.bin";

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "so a build script reads its input and speaks to cargo"
)]
fn main() {
    println!("cargo:rerun-if-changed={MODEL}");
    println!("cargo:rerun-if-changed=src/import/ngram/packed.rs");
    let file = std::fs::read(MODEL).unwrap_or_default();
    if !packed::is_model(&file) {
        println!("cargo::error={MODEL} is missing, damaged or of another version: train it anew (examples/train.rs)");
    }
}
