//! Settings of property tests.

use proptest::test_runner::{Config, RngSeed};

/// As many cases as given, and the same ones in each run: a suite that fails on some mornings teaches people to run it again.
/// To look for more, set `PROPTEST_CASES` and `PROPTEST_RNG_SEED`.
pub(crate) fn proptest_config(count: u32) -> Config {
    let default = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { count };
    let rng_seed = if default.rng_seed == RngSeed::Random { RngSeed::Fixed(22_076) } else { default.rng_seed };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}
