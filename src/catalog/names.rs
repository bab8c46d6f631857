//! Shelves that have a name: people, columns.

use crate::catalog::entry::{Entry, EntryId};
use std::collections::BTreeMap;

/// The articles that one name stands in: someone named in bylines, or 栏目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// Shelves the entries by the names that `names` finds in each; the longest shelf comes first, then by name.
pub(crate) fn by_name<'e, N>(entries: &'e [Entry], names: impl Fn(&'e Entry) -> N) -> Vec<Named>
where
    N: IntoIterator<Item = &'e String>,
{
    let mut shelves: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for name in names(entry).into_iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let shelf = shelves.entry(name).or_default();
            if shelf.last() != Some(&id) {
                shelf.push(id);
            }
        }
    }
    let named = |(name, articles): (&str, _)| Named { name: name.to_owned(), articles };
    let mut shelves: Vec<Named> = shelves.into_iter().map(named).collect();
    shelves.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then_with(|| a.name.cmp(&b.name)));
    shelves
}

/// The places of shelves in the order of their names: no name is kept twice.
#[derive(Debug, Default)]
pub(crate) struct ByName(Vec<u32>);

impl ByName {
    pub(crate) fn of(shelves: &[Named]) -> Self {
        let mut places: Vec<u32> = (0..).zip(shelves).map(|(place, _)| place).collect();
        places.sort_unstable_by(|a, b| name(shelves, *a).cmp(name(shelves, *b)));
        Self(places)
    }

    /// The place of a name among the shelves that this was made of.
    pub(crate) fn find(&self, shelves: &[Named], wanted: &str) -> Option<usize> {
        let at = self.0.binary_search_by(|place| name(shelves, *place).cmp(wanted)).ok()?;
        Some(self.0[at] as usize)
    }
}

fn name(shelves: &[Named], place: u32) -> &str {
    &shelves[place as usize].name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_where_it_stands() {
        let shelves = ["乙", "甲", "丙", ""].map(|name| Named { name: name.to_owned(), articles: Vec::new() });
        let by_name = ByName::of(&shelves);
        for (place, shelf) in shelves.iter().enumerate() {
            assert_eq!(by_name.find(&shelves, &shelf.name), Some(place));
        }
        assert_eq!(by_name.find(&shelves, "丁"), None);
    }
}
