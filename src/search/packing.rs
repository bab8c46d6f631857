//! Compression of files that a browser unpacks: raw DEFLATE, since servers compress only what they know to be text.

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Read, Write};

/// The compressed bytes.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes all that is written to it")
}

/// What was packed; none where the bytes are damaged.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    DeflateDecoder::new(bytes).read_to_end(&mut unpacked).ok().map(|_| unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(text in "(?s).{0,200}") {
            prop_assert_eq!(unpack(&pack(text.as_bytes())), Some(text.into_bytes()));
        }
    }
}
