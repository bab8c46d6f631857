//! Articles grouped by what they name: people, columns and places.

use crate::catalog::entry::{Entry, EntryId};
use crate::extract::gazetteer::PlaceId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The articles of one name: a person named in bylines, or a 栏目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedArticles {
    pub(crate) name: String,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// The articles about a place, those about its prefectures included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceArticles {
    pub(crate) place: PlaceId,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// The entries of each key that `keys` returns for one of them; newest first, each once.
pub(crate) fn grouped<'e, K, I>(entries: &'e [Entry], keys: impl Fn(&'e Entry) -> I) -> BTreeMap<K, Vec<EntryId>>
where
    K: Ord,
    I: IntoIterator<Item = K>,
{
    let mut groups: BTreeMap<K, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for key in keys(entry) {
            let articles = groups.entry(key).or_default();
            if articles.last() != Some(&id) {
                articles.push(id);
            }
        }
    }
    groups
}

/// The articles of each name that `names` returns; most articles first, then by name.
pub(crate) fn by_name<'e>(entries: &'e [Entry], names: impl Fn(&'e Entry) -> &'e [String]) -> Vec<NamedArticles> {
    let groups = grouped(entries, |entry| names(entry).iter().map(|name| name.trim()).filter(|name| !name.is_empty()));
    let named = |(name, articles): (&str, _)| NamedArticles { name: name.to_owned(), articles };
    let mut listed: Vec<NamedArticles> = groups.into_iter().map(named).collect();
    listed.sort_by_key(|named| Reverse(named.articles.len()));
    listed
}

/// The places that entries are about, by code: each province before its prefectures.
pub(crate) fn by_place(entries: &[Entry]) -> Vec<PlaceArticles> {
    let groups = grouped(entries, |entry| entry.places.iter().flat_map(|place| [place.province(), *place]));
    groups.into_iter().map(|(place, articles)| PlaceArticles { place, articles }).collect()
}

/// The positions of a list's names in alphabetical order, for binary search; the names themselves are not copied.
#[derive(Debug, Default)]
pub(crate) struct NameIndex(Vec<u32>);

impl NameIndex {
    pub(crate) fn of(listed: &[NamedArticles]) -> Self {
        let mut positions: Vec<u32> = (0..).zip(listed).map(|(position, _)| position).collect();
        positions.sort_unstable_by(|a, b| name(listed, *a).cmp(name(listed, *b)));
        Self(positions)
    }

    /// The position of a name in the list that this index was made of.
    pub(crate) fn find(&self, listed: &[NamedArticles], searched: &str) -> Option<usize> {
        let at = self.0.binary_search_by(|position| name(listed, *position).cmp(searched)).ok()?;
        Some(self.0[at] as usize)
    }
}

fn name(listed: &[NamedArticles], position: u32) -> &str {
    &listed[position as usize].name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_at_its_position() {
        let listed = ["乙", "甲", "丙", ""].map(|name| NamedArticles { name: name.to_owned(), articles: Vec::new() });
        let index = NameIndex::of(&listed);
        for (position, named) in listed.iter().enumerate() {
            assert_eq!(index.find(&listed, &named.name), Some(position));
        }
        assert_eq!(index.find(&listed, "丁"), None);
    }

    #[test]
    fn an_article_about_a_city_is_listed_once_under_its_province() {
        let entry =
            |places: &[u16]| Entry { places: places.iter().copied().map(PlaceId).collect(), ..Entry::default() };
        let made = by_place(&[entry(&[3206, 3200, 3201]), entry(&[1100]), entry(&[3206])]);
        let listed: Vec<(u16, &[EntryId])> = made.iter().map(|place| (place.place.0, &*place.articles)).collect();
        assert_eq!(listed, [(1100, &[1][..]), (3200, &[0, 2]), (3201, &[0]), (3206, &[0, 2])]);
    }
}
