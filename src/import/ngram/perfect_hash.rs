//! A perfect hash: a place of its own for each of a fixed set of hashes, found with two reads.
//!
//! Hashes are divided into buckets. Each bucket has a displacement, which sends its hashes to slots that no other bucket takes; large
//! buckets choose first. What is no member of the set is sent somewhere as well, so that slots hold fingerprints.
//!
//! Source: Belazzougui, Botelho and Dietzfelbinger, "Hash, displace, and compress", 2009.

/// Members of a bucket, on average.
const BUCKET: usize = 4;
/// Slots for every member: a few are left free, so that the last buckets find a place.
const SPARE: f64 = 1.03;

/// Number of buckets and slots for so many members.
pub(crate) fn sizes(members: usize) -> (usize, usize) {
    (members / BUCKET + 1, (members as f64 * SPARE) as usize + 1)
}

/// The bucket of a hash.
pub(crate) fn bucket(hash: u64, buckets: usize) -> usize {
    scaled(hash, buckets)
}

/// The slot of a hash, by the displacement of its bucket.
pub(crate) fn slot(hash: u64, displacement: u16, slots: usize) -> usize {
    let mixed = (hash.rotate_left(32) ^ u64::from(displacement)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    scaled((mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93), slots)
}

/// A hash as a number below `count`.
fn scaled(hash: u64, count: usize) -> usize {
    ((u128::from(hash) * count as u128) >> 64) as usize
}

/// The displacement of every bucket, so that no two hashes have one slot; none where that fails, as with two equal ones.
pub(crate) fn displacements(hashes: &[u64]) -> Option<Vec<u16>> {
    let (buckets, slots) = sizes(hashes.len());
    let mut members: Vec<Vec<u64>> = vec![Vec::new(); buckets];
    hashes.iter().for_each(|&hash| members[bucket(hash, buckets)].push(hash));
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|&bucket| std::cmp::Reverse(members[bucket].len()));
    let (mut taken, mut displacements) = (vec![false; slots], vec![0; buckets]);
    for bucket in order {
        let free = (0..=u16::MAX).find_map(|displacement| {
            let mut wanted: Vec<usize> = members[bucket].iter().map(|&hash| slot(hash, displacement, slots)).collect();
            wanted.sort_unstable();
            let is_free = wanted.iter().all(|&slot| !taken[slot]) && wanted.windows(2).all(|pair| pair[0] != pair[1]);
            is_free.then_some((displacement, wanted))
        });
        let (displacement, wanted) = free?;
        wanted.into_iter().for_each(|slot| taken[slot] = true);
        displacements[bucket] = displacement;
    }
    Some(displacements)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ngram::symbols::hash;

    #[test]
    fn each_member_has_a_slot_of_its_own() {
        let hashes: Vec<u64> = ('一'..='龥').take(5_000).map(|c| hash(&[c])).collect();
        let displacements = displacements(&hashes).unwrap();
        let (buckets, slots) = sizes(hashes.len());
        let mut found: Vec<usize> =
            hashes.iter().map(|&hash| slot(hash, displacements[bucket(hash, buckets)], slots)).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), hashes.len());
        assert!(found.iter().all(|slot| *slot < slots));
    }

    #[test]
    fn equal_members_have_no_perfect_hash() {
        assert_eq!(displacements(&[7, 7]), None);
        assert_eq!(displacements(&[]).unwrap(), [0]);
    }
}
