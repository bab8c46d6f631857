//! The shelves of places.
//!
//! What tells of a prefecture tells of its province: an article stands on both shelves.

use crate::catalog::entry::{Entry, EntryId};
use crate::extract::gazetteer::PlaceId;
use std::collections::BTreeMap;

/// The articles that tell of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceArticles {
    pub(crate) place: PlaceId,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// The places that entries tell of, by code: each province before its prefectures.
pub(crate) fn by_place(entries: &[Entry]) -> Vec<PlaceArticles> {
    let mut shelves: BTreeMap<PlaceId, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for place in entry.places.iter().flat_map(|place| [place.province(), *place]) {
            let shelf = shelves.entry(place).or_default();
            if shelf.last() != Some(&id) {
                shelf.push(id);
            }
        }
    }
    shelves.into_iter().map(|(place, articles)| PlaceArticles { place, articles }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_of_a_city_is_one_of_its_province_once() {
        let entry =
            |places: &[u16]| Entry { places: places.iter().copied().map(PlaceId).collect(), ..Entry::default() };
        let made = by_place(&[entry(&[3206, 3200, 3201]), entry(&[1100]), entry(&[3206])]);
        let told: Vec<(u16, &[EntryId])> = made.iter().map(|listed| (listed.place.0, &*listed.articles)).collect();
        assert_eq!(told, [(1100, &[1][..]), (3200, &[0, 2]), (3201, &[0]), (3206, &[0, 2])]);
    }
}
