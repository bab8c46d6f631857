//! The fuzz targets for libFuzzer: each program in `fuzz_targets/` runs the target of its own name.
//!
//! The targets themselves are in `targets.rs`, which `benches/mutations.rs` shares.

mod targets;

/// Runs the target of this name on one input.
///
/// # Panics
/// Where the target fails, which is what a fuzzer looks for, and where there is no target of this name.
pub fn run(name: &str, input: &[u8]) {
    let (_, target) = targets::TARGETS.iter().find(|(known, _)| *known == name).expect("targets.rs lists the program");
    target(input);
}
