//! Compression of files that a browser unpacks: raw DEFLATE, since servers compress only what they know to be text.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// The compressed bytes.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes all that is written to it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::test_reader::unpacked;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(text in "(?s).{0,200}") {
            prop_assert_eq!(unpacked(&pack(text.as_bytes())), text.as_bytes());
        }
    }
}
