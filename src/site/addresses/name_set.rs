//! Sets of names stored by hash: an index from file name to position in a list, without the names.
//!
//! A site of 200,000 articles has over a million files, and each name can be computed from what the file is. So a set stores
//! twelve bytes for each name, and a lookup recomputes the few names that have the same hash.

use crate::util::digest::Digest;
use rayon::prelude::*;

/// Hash of a name → its position in a list.
#[derive(Debug, Default)]
pub(crate) struct NameSet {
    /// sorted
    hashes: Vec<u64>,
    /// the position that belongs to each hash
    positions: Vec<u32>,
}

impl NameSet {
    /// The set of the names with these hashes, in the order of their list.
    pub(crate) fn of(hashes: &[u64]) -> Self {
        let sorted = sorted(hashes);
        Self {
            hashes: sorted.iter().map(|(hash, _)| *hash).collect(),
            positions: sorted.iter().map(|(_, position)| *position).collect(),
        }
    }

    /// The first position with the hash of `name` for which `is` confirms the name.
    pub(crate) fn find(&self, name: &str, is: impl Fn(usize) -> bool) -> Option<usize> {
        let hash = name_hash(name);
        let from = self.hashes.partition_point(|other| *other < hash);
        let run = self.hashes[from..].iter().take_while(|other| **other == hash).count();
        self.positions[from..from + run].iter().map(|position| *position as usize).find(|&position| is(position))
    }
}

/// Hashes with their positions, sorted; equal ones in the order of their list.
pub(crate) fn sorted(hashes: &[u64]) -> Vec<(u64, u32)> {
    let mut sorted: Vec<(u64, u32)> = hashes.iter().copied().zip(0..).collect();
    sorted.par_sort_unstable();
    sorted
}

/// The hash of a name; names that differ in case alone have the same.
pub(crate) fn name_hash(name: &str) -> u64 {
    let digest = match name.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => Digest::of_bytes(fold_case(name).as_bytes()),
        false => Digest::of_bytes(name.as_bytes()),
    };
    digest.0 as u64
}

/// The name in lower case.
pub(crate) fn fold_case(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again_and_no_others() {
        let names: Vec<String> = (0..500).map(|at| format!("Seite/{at}/")).collect();
        let set = NameSet::of(&names.iter().map(|name| name_hash(name)).collect::<Vec<_>>());
        let find = |name: &str| set.find(name, |at| names[at] == name);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(find(name), Some(at));
        }
        assert_eq!((find("Seite/500/"), find("seite/7/")), (None, None));
        assert_eq!(set.find("seite/7/", |_| true), Some(7), "a name that differs in case has the same hash");
        assert_eq!(name_hash("Ä/ß"), name_hash("ä/ß"));
    }
}
