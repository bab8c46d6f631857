//! A sorted list of very many paths in one string, which takes half the memory of a `Vec<String>`.

use std::iter::from_fn;

/// Paths with `/`, sorted and without duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathList {
    text: String,
    /// the end of each path in `text`, in bytes
    ends: Vec<usize>,
}

impl PathList {
    /// The number of paths.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The path at an index. Panics where the index is out of range.
    pub(crate) fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }

    /// The paths in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }

    pub(crate) fn position(&self, path: &str) -> Option<usize> {
        let index = self.lower_bound(path);
        (index < self.len() && self.get(index) == path).then_some(index)
    }

    /// Whether a path is in the list.
    pub fn contains(&self, path: &str) -> bool {
        self.position(path).is_some()
    }

    /// The index of the first path below a folder; the empty name is the folder of all paths.
    pub(crate) fn first_below(&self, folder: &str) -> Option<usize> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let index = self.lower_bound(&prefix);
        (index < self.len() && self.get(index).starts_with(&prefix)).then_some(index)
    }

    /// The paths of both lists in ascending order, each once.
    pub(crate) fn union<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        from_fn(move || match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a == b => {
                left.next();
                right.next()
            }
            (Some(a), Some(b)) if a < b => left.next(),
            (Some(_), None) => left.next(),
            _ => right.next(),
        })
    }

    fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len());
    }

    /// The index of the first path that is not less than `path`.
    fn lower_bound(&self, path: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle) < path { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl<P: AsRef<str>> FromIterator<P> for PathList {
    /// Sorts an index of the joined text, so that no string lives longer than its step.
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> Self {
        let mut unsorted = Self::default();
        paths.into_iter().for_each(|path| unsorted.push(path.as_ref()));
        if (1..unsorted.len()).all(|index| unsorted.get(index - 1) < unsorted.get(index)) {
            return unsorted;
        }
        let mut order: Vec<usize> = (0..unsorted.len()).collect();
        order.sort_unstable_by_key(|&index| unsorted.get(index));
        order.dedup_by_key(|index| unsorted.get(*index));
        let mut sorted =
            Self { text: String::with_capacity(unsorted.text.len()), ends: Vec::with_capacity(order.len()) };
        order.into_iter().for_each(|index| sorted.push(unsorted.get(index)));
        sorted
    }
}

/// The folders of paths in ascending order, each once, an outer one before those in it: `a`, `a/b` for `a/b/c`.
pub(crate) fn folders<'a>(paths: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut last = "";
    paths.into_iter().flat_map(move |path| {
        let shared = last.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
        last = path;
        folders_of(path).filter(move |folder| folder.len() >= shared)
    })
}

/// All folders above a path, outer ones first.
pub(crate) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// The folder directly above a path; empty for one without `/`.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn paths_are_found_by_name_and_by_folder() {
        let paths = PathList::from_iter(["c", "a/b", "ab", "a/b", "a/c/d"]);
        assert_eq!(paths.iter().collect::<Vec<_>>(), ["a/b", "a/c/d", "ab", "c"]);
        assert_eq!((paths.position("ab"), paths.position("a"), paths.position("d")), (Some(2), None, None));
        let below = |folder: &str| paths.first_below(folder);
        assert_eq!((below("a"), below("a/c"), below("a/b"), below("")), (Some(0), Some(1), None, Some(0)));
        assert_eq!(PathList::default().first_below(""), None);
    }

    proptest! {
        #[test]
        fn a_list_equals_a_set_of_strings(one: BTreeSet<String>, other: BTreeSet<String>) {
            let (a, b) = (PathList::from_iter(&one), PathList::from_iter(other.iter().rev()));
            prop_assert!(a.iter().eq(&one) && a.len() == one.len());
            prop_assert!(a.union(&b).eq(one.union(&other)));
            for path in &other {
                prop_assert_eq!(a.contains(path), one.contains(path));
                prop_assert_eq!(b.get(b.position(path).unwrap()), path);
            }
        }

        #[test]
        fn every_folder_is_listed_once_and_after_those_above_it(paths in prop::collection::btree_set("[ab]{1,2}(/[ab.]{1,2}){0,3}", 0..12)) {
            let found: Vec<&str> = folders(paths.iter().map(String::as_str)).collect();
            let all: BTreeSet<&str> = paths.iter().flat_map(|path| folders_of(path)).collect();
            prop_assert_eq!(found.len(), all.len());
            prop_assert_eq!(found.iter().copied().collect::<BTreeSet<_>>(), all);
            for (at, folder) in found.iter().enumerate() {
                prop_assert!(folders_of(folder).all(|outer| found[..at].contains(&outer)));
            }
        }
    }
}
