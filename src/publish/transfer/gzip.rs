//! Compression of text for targets that serve it compressed.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The bytes in the form of `Content-Encoding: gzip` (RFC 1952), always the same for the same bytes: it holds no time.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes what is written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use proptest::prelude::*;
    use std::io::Read;

    proptest! {
        #[test]
        fn what_was_packed_is_there_again(text in "[产改 a-z<>]{0,300}") {
            let packed = gzip(text.as_bytes());
            prop_assert_eq!(&packed, &gzip(text.as_bytes()));
            let mut unpacked = String::new();
            GzDecoder::new(&*packed).read_to_string(&mut unpacked).unwrap();
            prop_assert_eq!(unpacked, text);
        }
    }
}
