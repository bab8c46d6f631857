//! What stands for a text, or for any value: 128 bits of its hash.
//!
//! Where two digests are equal, what they stand for is; a chance equality is as good as impossible. A digest is compared
//! with those of earlier builds of the same site, so nobody gains by making two equal, and the hash is one of the fastest (XXH3).
//! Addresses and the records of what was published are made with BLAKE3.

use serde::{Deserialize, Serialize};
use std::fmt;
use twox_hash::xxhash3_128::Hasher;

/// 128 bits of XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Digest(pub(crate) u128);

impl Digest {
    /// Of a value, against others of its type. Its fields stand in an order of their own: structs, lists, sorted maps.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        Self::of_bytes(&postcard::to_extend(value, Vec::with_capacity(512)).expect("plain fields are always written"))
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Hasher::oneshot(bytes))
    }

    /// Of several, in their order.
    pub(crate) fn of_all(digests: impl IntoIterator<Item = Digest>) -> Self {
        let bytes: Vec<u8> = digests.into_iter().flat_map(|digest| digest.0.to_le_bytes()).collect();
        Self::of_bytes(&bytes)
    }
}

/// Makes the digest of bytes that come one after another.
#[derive(Default)]
pub(crate) struct Digester(Hasher);

impl Digester {
    pub(crate) fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.write(bytes);
        self
    }

    pub(crate) fn digest(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

impl fmt::Debug for Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Digester").field(&self.digest()).finish()
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
    fn another_value_has_another_digest_and_the_same_has_the_same() {
        let of = |value: &(&str, Option<u8>)| Digest::of(value);
        assert_eq!(of(&("产改", None)), of(&("产改", None)));
        assert_ne!(of(&("产改", None)), of(&("产改", Some(0))));
        let (a, b) = (Digest::of_bytes(b"a"), Digest::of_bytes(b"b"));
        assert_ne!(Digest::of_all([a, b]), Digest::of_all([b, a]));
        assert_eq!(a.to_string().len(), 32);
        assert_ne!(Digest::of(&["a", "bc"]), Digest::of(&["ab", "c"]));
    }

    #[test]
    fn each_kind_of_field_is_told_from_the_others() {
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
    fn bytes_may_come_one_after_another() {
        let bytes: Vec<u8> = (0..=255).cycle().take(3000).collect();
        let mut digester = Digester::default();
        for chunk in bytes.chunks(7) {
            digester.add(chunk);
        }
        assert_eq!(digester.digest(), Digest::of_bytes(&bytes));
    }
}
