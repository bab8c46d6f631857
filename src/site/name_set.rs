//! Names by their digests, where there are too many to keep them.
//!
//! A site of 200,000 articles has over a million files, and each name follows from what the file is. So a register holds
//! twelve bytes for each name, and whoever asks makes the few names again that have the digest of the one asked for.

use crate::util::digest::Digest;
use rayon::prelude::*;

/// Digest → the places of names in a list.
#[derive(Debug, Default)]
pub(crate) struct Register {
    /// sorted
    digests: Vec<u64>,
    /// of each digest
    places: Vec<u32>,
}

impl Register {
    /// A register of names by the digests of each, in the order of their list.
    pub(crate) fn of(digests: &[u64]) -> Self {
        let sorted = sorted(digests);
        Self {
            digests: sorted.iter().map(|(digest, _)| *digest).collect(),
            places: sorted.iter().map(|(_, place)| *place).collect(),
        }
    }

    /// The first place that `is` of this name, among those that may be.
    pub(crate) fn find(&self, name: &str, is: impl Fn(usize) -> bool) -> Option<usize> {
        let digest = digest(name);
        let from = self.digests.partition_point(|other| *other < digest);
        let run = self.digests[from..].iter().take_while(|other| **other == digest).count();
        self.places[from..from + run].iter().map(|place| *place as usize).find(|&place| is(place))
    }
}

/// Digests with their places, those that are equal in the order of their list.
pub(crate) fn sorted(digests: &[u64]) -> Vec<(u64, u32)> {
    let mut sorted: Vec<(u64, u32)> = digests.iter().copied().zip(0..).collect();
    sorted.par_sort_unstable();
    sorted
}

/// Names that differ in case alone have one digest.
pub(crate) fn digest(name: &str) -> u64 {
    let digest = match name.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => Digest::of_bytes(folded(name).as_bytes()),
        false => Digest::of_bytes(name.as_bytes()),
    };
    digest.0 as u64
}

/// Without case.
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again_and_no_others() {
        let names: Vec<String> = (0..500).map(|at| format!("Seite/{at}/")).collect();
        let register = Register::of(&names.iter().map(|name| digest(name)).collect::<Vec<_>>());
        let find = |name: &str| register.find(name, |place| names[place] == name);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(find(name), Some(at));
        }
        assert_eq!((find("Seite/500/"), find("seite/7/")), (None, None));
        assert_eq!(register.find("seite/7/", |_| true), Some(7), "in another case it may be the same");
        assert_eq!(digest("Ä/ß"), digest("ä/ß"));
    }
}
