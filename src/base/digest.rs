//! What stands for a text, or for any value: 128 bits of its hash.
//!
//! Where two digests are equal, what they stand for is; a chance equality is as good as impossible.

use serde::{Deserialize, Serialize};
use std::fmt;

/// 128 bits of BLAKE3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(pub u128);

impl Digest {
    /// Of a value whose fields stand in an order of their own: a struct, a list.
    pub fn of(value: &impl Serialize) -> Self {
        Self::of_bytes(&serde_json::to_vec(value).expect("plain fields are always JSON"))
    }

    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::from_hash(blake3::hash(bytes))
    }

    /// Of several, in their order.
    pub fn of_all(digests: impl IntoIterator<Item = Digest>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for digest in digests {
            hasher.update(&digest.0.to_le_bytes());
        }
        Self::from(hasher)
    }

    fn from_hash(hash: blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&hash.as_bytes()[..16]);
        Self(u128::from_le_bytes(half))
    }
}

impl From<blake3::Hasher> for Digest {
    fn from(hasher: blake3::Hasher) -> Self {
        Self::from_hash(hasher.finalize())
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
    }
}
