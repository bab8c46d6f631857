#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| wenzhai_fuzz::run(env!("CARGO_BIN_NAME"), input));
