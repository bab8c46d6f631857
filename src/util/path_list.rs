//! Very many paths, in order.
//!
//! An output of 200,000 articles has as many paths, or five times as many. All of them stand in one text, one behind the
//! other, which costs half of what a string for each would.

use std::iter::from_fn;

/// Paths with `/` in ascending order, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    text: String,
    /// where each ends in the text
    ends: Vec<usize>,
}

impl Paths {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The path at a place, counted from 0.
    pub(crate) fn at(&self, place: usize) -> &str {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[place]]
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.at(place))
    }

    /// Where a path stands.
    pub(crate) fn place(&self, path: &str) -> Option<usize> {
        let place = self.from(path);
        (place < self.len() && self.at(place) == path).then_some(place)
    }

    pub fn contains(&self, path: &str) -> bool {
        self.place(path).is_some()
    }

    /// Where the first path below a folder stands; an empty name is the folder that all paths stand in.
    pub(crate) fn first_below(&self, folder: &str) -> Option<usize> {
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let place = self.from(&below);
        (place < self.len() && self.at(place).starts_with(&below)).then_some(place)
    }

    /// All that one of the two holds.
    pub(crate) fn union<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let (mut own, mut others) = (self.iter().peekable(), other.iter().peekable());
        from_fn(move || match (own.peek(), others.peek()) {
            (Some(one), Some(other)) if one == other => {
                own.next();
                others.next()
            }
            (Some(one), Some(other)) if one < other => own.next(),
            (Some(_), None) => own.next(),
            _ => others.next(),
        })
    }

    fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len());
    }

    /// The place of the first path that does not come before this one.
    fn from(&self, path: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.at(middle) < path {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from
    }
}

impl<P: AsRef<str>> FromIterator<P> for Paths {
    /// Sorts them where they stand, so that no string outlives its turn.
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> Self {
        let mut given = Self::default();
        paths.into_iter().for_each(|path| given.push(path.as_ref()));
        if (1..given.len()).all(|place| given.at(place - 1) < given.at(place)) {
            return given;
        }
        let mut order: Vec<usize> = (0..given.len()).collect();
        order.sort_unstable_by_key(|&place| given.at(place));
        order.dedup_by_key(|place| given.at(*place));
        let mut sorted = Self { text: String::with_capacity(given.text.len()), ends: Vec::with_capacity(order.len()) };
        order.into_iter().for_each(|place| sorted.push(given.at(place)));
        sorted
    }
}

/// The folders that paths in ascending order stand in, each once and an outer one before those in it: `a`, `a/b` for `a/b/c`.
pub(crate) fn folders<'a>(paths: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut last = "";
    paths.into_iter().flat_map(move |path| {
        let shared = last.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
        last = path;
        folders_of(path).filter(move |folder| folder.len() >= shared)
    })
}

/// The folders that one path stands in, outer ones first.
pub(crate) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The folder that a path stands right in.
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
        let paths = Paths::from_iter(["c", "a/b", "ab", "a/b", "a/c/d"]);
        assert_eq!(paths.iter().collect::<Vec<_>>(), ["a/b", "a/c/d", "ab", "c"]);
        assert_eq!((paths.place("ab"), paths.place("a"), paths.place("d")), (Some(2), None, None));
        let below = |folder: &str| paths.first_below(folder);
        assert_eq!((below("a"), below("a/c"), below("a/b"), below("")), (Some(0), Some(1), None, Some(0)));
        assert_eq!(Paths::default().first_below(""), None);
    }

    proptest! {
        #[test]
        fn they_are_what_a_set_of_strings_is(one: BTreeSet<String>, other: BTreeSet<String>) {
            let (a, b) = (Paths::from_iter(&one), Paths::from_iter(other.iter().rev()));
            prop_assert!(a.iter().eq(&one) && a.len() == one.len());
            prop_assert!(a.union(&b).eq(one.union(&other)));
            for path in &other {
                prop_assert_eq!(a.contains(path), one.contains(path));
                prop_assert_eq!(b.at(b.place(path).unwrap()), path);
            }
        }

        #[test]
        fn every_folder_is_told_once_and_after_those_it_stands_in(paths in prop::collection::btree_set("[ab]{1,2}(/[ab.]{1,2}){0,3}", 0..12)) {
            let told: Vec<&str> = folders(paths.iter().map(String::as_str)).collect();
            let all: BTreeSet<&str> = paths.iter().flat_map(|path| folders_of(path)).collect();
            prop_assert_eq!(told.len(), all.len());
            prop_assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), all);
            for (at, folder) in told.iter().enumerate() {
                prop_assert!(folders_of(folder).all(|outer| told[..at].contains(&outer)));
            }
        }
    }
}
