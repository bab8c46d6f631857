//! 128-bit hashes of values and bytes. Two inputs with equal digests are taken for equal.
//!
//! Digests are compared only with those of earlier builds on the same machine, so nobody gains by a deliberate collision, and the
//! hash is one of the fastest (XXH3). Addresses and the records of published files use BLAKE3.

use serde::{Deserialize, Serialize};
use std::fmt;
use twox_hash::xxhash3_128::Hasher;

/// 128 bits of XXH3.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Digest(pub(crate) u128);

impl Digest {
    /// The digest of a value, comparable with those of the same type. Its serialisation has to be deterministic: structs, lists
    /// and sorted maps are, hash maps are not.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        let sink = postcard::to_extend(value, HashingSink::default());
        sink.expect("plain fields can always be serialised").digest()
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Hasher::oneshot(bytes))
    }

    /// The digest of several digests, which depends on their order.
    pub(crate) fn of_all(digests: impl IntoIterator<Item = Digest>) -> Self {
        let bytes: Vec<u8> = digests.into_iter().flat_map(|digest| digest.0.to_le_bytes()).collect();
        Self::of_bytes(&bytes)
    }
}

/// Computes the digest of bytes that arrive in pieces.
#[derive(Default)]
pub(crate) struct Digester(Hasher);

impl Digester {
    pub(crate) fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.write(bytes);
        self
    }

    /// The digest of all bytes so far.
    pub(crate) fn digest(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

/// Bytes of a serialised value, hashed block by block, so that a large value is never held as a whole.
#[derive(Default)]
struct HashingSink {
    /// created for the first full block: most values are small
    full_blocks: Option<Digester>,
    block: Vec<u8>,
}

impl HashingSink {
    const BLOCK: usize = 64 * 1024;

    fn digest(self) -> Digest {
        match self.full_blocks {
            None => Digest::of_bytes(&self.block),
            Some(mut blocks) => blocks.add(&self.block).digest(),
        }
    }
}

impl Extend<u8> for HashingSink {
    fn extend<I: IntoIterator<Item = u8>>(&mut self, bytes: I) {
        self.block.extend(bytes);
        if self.block.len() >= Self::BLOCK {
            self.full_blocks.get_or_insert_default().add(&self.block);
            self.block.clear();
        }
    }
}

impl fmt::Display for Digest {
    /// 32 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_digests_and_others_differ() {
        let of = |value: &(&str, Option<u8>)| Digest::of(value);
        assert_eq!(of(&("产改", None)), of(&("产改", None)));
        assert_ne!(of(&("产改", None)), of(&("产改", Some(0))));
        let (a, b) = (Digest::of_bytes(b"a"), Digest::of_bytes(b"b"));
        assert_ne!(Digest::of_all([a, b]), Digest::of_all([b, a]));
        assert_eq!(a.to_string().len(), 32);
        assert_ne!(Digest::of(&["a", "bc"]), Digest::of(&["ab", "c"]));
    }

    #[test]
    fn a_value_of_many_blocks_has_the_digest_of_its_bytes() {
        let values: Vec<String> = (0..40_000).map(|number| number.to_string()).collect();
        let bytes = postcard::to_extend(&values, Vec::new()).unwrap();
        assert!(bytes.len() > 3 * HashingSink::BLOCK);
        assert_eq!(Digest::of(&values), Digest::of_bytes(&bytes));
    }

    #[test]
    fn fields_of_different_kinds_differ() {
        #[derive(Serialize)]
        enum Field {
            Nothing,
            Truth(bool),
            Number(i64),
            Decimal(f64),
            Text(&'static str),
            List(Vec<Field>),
        }
        use Field::{Decimal, List, Nothing, Number, Text, Truth};
        let list = |texts: &[&'static str]| List(texts.iter().map(|text| Text(text)).collect());
        let fields = [
            Nothing,
            Truth(false),
            Number(0),
            Decimal(0.0),
            Decimal(1.5),
            Text("0"),
            Text(""),
            list(&[]),
            list(&["a", "b"]),
            list(&["ab"]),
            List(vec![list(&["a"]), Text("b")]),
        ];
        let digests: std::collections::BTreeSet<Digest> = fields.iter().map(Digest::of).collect();
        assert_eq!(digests.len(), fields.len());
    }

    #[test]
    fn bytes_may_arrive_in_pieces() {
        let bytes: Vec<u8> = (0..=255).cycle().take(3000).collect();
        let mut digester = Digester::default();
        for chunk in bytes.chunks(7) {
            digester.add(chunk);
        }
        assert_eq!(digester.digest(), Digest::of_bytes(&bytes));
    }
}
