//! Shingles: a sample of a text's overlapping pieces, by which near-duplicates are found without reading the texts again.
//!
//! 1. leave out everything but letters, digits and 汉字: papers set one dispatch with other punctuation and paragraphs
//! 2. hash every run of `WIDTH` characters (a polynomial rolling hash)
//! 3. keep the hashes that are multiples of a power of two, the scale: the smallest at which at most `MOST` are left
//!
//! Which shingles are kept depends on the shingles alone, so two texts keep the same ones of what they share, at the larger of their
//! scales. Sampling by multiples is that of Broder, "On the resemblance and containment of documents" (1997).

use serde::{Deserialize, Serialize};

/// Characters in a shingle.
const WIDTH: usize = 8;
/// The smallest scale, as an exponent: one shingle in four.
const LEAST_SCALE: u32 = 2;
/// The most shingles kept of a text.
const MOST: usize = 32;
/// The multiplier of the rolling hash: odd, and without a pattern in its bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The sampled shingles of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shingles {
    /// the exponent of the scale: every hash is a multiple of two to its power
    pub(crate) scale: u8,
    /// sorted, each once
    pub(crate) hashes: Box<[u32]>,
}

impl Shingles {
    /// Those of a text that comes in pieces.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let characters: Vec<u64> = texts
            .into_iter()
            .flat_map(str::chars)
            .filter(|c| c.is_alphanumeric())
            .map(|c| u64::from(u32::from(c)).wrapping_mul(BASE) ^ u64::from(u32::from(c)))
            .collect();
        let mut hashes = rolling_hashes(&characters);
        let mut scale = LEAST_SCALE;
        hashes.retain(|hash| hash.trailing_zeros() >= scale);
        hashes.sort_unstable();
        hashes.dedup();
        while hashes.len() > MOST {
            scale += 1;
            hashes.retain(|hash| hash.trailing_zeros() >= scale);
        }
        Self { scale: u8::try_from(scale).unwrap_or(u8::MAX), hashes: hashes.into() }
    }

    /// How many of its shingles are kept at a larger scale too.
    pub(crate) fn at_scale(&self, scale: u8) -> usize {
        self.hashes.iter().filter(|hash| hash.trailing_zeros() >= u32::from(scale)).count()
    }
}

/// The hash of each run of [`WIDTH`] characters.
fn rolling_hashes(characters: &[u64]) -> Vec<u32> {
    let leaving_weight = (0..WIDTH).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut hashes = Vec::with_capacity(characters.len() / (1 << LEAST_SCALE) + 1);
    for (at, &entering) in characters.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(entering);
        if let Some(before) = at.checked_sub(WIDTH) {
            hash = hash.wrapping_sub(characters[before].wrapping_mul(leaving_weight));
        }
        if at + 1 >= WIDTH {
            hashes.push(mixed(hash));
        }
    }
    hashes
}

/// The upper bits of a hash, in which all of its characters take part.
fn mixed(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(BASE);
    u32::try_from(mixed >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn punctuation_and_paragraphs_do_not_matter() {
        let text = "本报讯（示例）江栖市总工会近日开办夜校，首批三百名职工报名，课程有钳工、电工、识图三门。".repeat(3);
        let broken = text.replace(['，', '、'], " ");
        let whole = Shingles::of([text.as_str()]);
        assert_eq!(Shingles::of(broken.split('。')), whole);
        assert!(whole.hashes.len() >= 4, "{whole:?}");
        assert_eq!(Shingles::of(["七个字太短了吧"]).hashes.len(), 0);
    }

    proptest! {
        #[test]
        fn a_text_keeps_the_shingles_of_its_part_at_the_larger_scale(text in "\\p{Han}{50,600}", extra in "\\p{Han}{0,600}") {
            let part = Shingles::of([text.as_str()]);
            let whole = Shingles::of([text.as_str(), &extra]);
            prop_assert!(whole.hashes.len() <= MOST && whole.scale >= part.scale);
            let kept = part.hashes.iter().filter(|hash| hash.trailing_zeros() >= u32::from(whole.scale));
            prop_assert!(kept.clone().all(|hash| whole.hashes.binary_search(hash).is_ok()));
            prop_assert_eq!(kept.count(), part.at_scale(whole.scale));
        }
    }
}
