//! Articles by place.
//!
//! An article about a prefecture is also one about its province: it is listed under both.

use crate::catalog::entry::{Entry, EntryId};
use crate::extract::gazetteer::PlaceId;
use std::collections::BTreeMap;

/// The articles about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceArticles {
    pub(crate) place: PlaceId,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// The places that entries are about, by code: each province before its prefectures.
pub(crate) fn by_place(entries: &[Entry]) -> Vec<PlaceArticles> {
    let mut index: BTreeMap<PlaceId, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for place in entry.places.iter().flat_map(|place| [place.province(), *place]) {
            let articles = index.entry(place).or_default();
            if articles.last() != Some(&id) {
                articles.push(id);
            }
        }
    }
    index.into_iter().map(|(place, articles)| PlaceArticles { place, articles }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_about_a_city_is_listed_once_under_its_province() {
        let entry =
            |places: &[u16]| Entry { places: places.iter().copied().map(PlaceId).collect(), ..Entry::default() };
        let made = by_place(&[entry(&[3206, 3200, 3201]), entry(&[1100]), entry(&[3206])]);
        let listed: Vec<(u16, &[EntryId])> = made.iter().map(|place| (place.place.0, &*place.articles)).collect();
        assert_eq!(listed, [(1100, &[1][..]), (3200, &[0, 2]), (3201, &[0]), (3206, &[0, 2])]);
    }
}
