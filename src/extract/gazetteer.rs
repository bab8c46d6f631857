//! Gazetteer: the provinces and prefectures of China with their codes.
//!
//! It is read from `gazetteer.txt`, which explains its format. A code is a place's id: it is official and stable, and it
//! makes addresses that need no romanisation.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

const LIST: &str = include_str!("gazetteer.txt");

/// A code of four digits in GB/T 2260: `3206` is 南通, `3200` is 江苏.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceId(pub u16);

impl PlaceId {
    /// The province of a place; a province is its own.
    pub(crate) fn province(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    pub(crate) fn is_province(self) -> bool {
        self.0.is_multiple_of(100)
    }
}

/// A province or a prefecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: PlaceId,
    /// 南通
    pub(crate) short: &'static str,
    /// the rest of the official name: 市, 土家族苗族自治州
    pub(crate) rest: &'static str,
    /// the short form is also a common word or part of one
    pub(crate) is_ambiguous: bool,
}

/// All places, by code, so that a province precedes its prefectures.
pub(crate) fn places() -> &'static [Place] {
    &GAZETTEER.places
}

/// Stop words: they contain the short form of a place without naming it.
pub(crate) fn stop_words() -> &'static [&'static str] {
    &GAZETTEER.stop_words
}

/// A place by its code.
pub(crate) fn place(id: PlaceId) -> Option<&'static Place> {
    let places = places();
    places.binary_search_by_key(&id, |place| place.id).ok().map(|at| &places[at])
}

struct Gazetteer {
    places: Vec<Place>,
    stop_words: Vec<&'static str>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (stopping, listed): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("- "));
    let mut places: Vec<Place> = listed.into_iter().filter_map(parse_place).collect();
    places.sort_by_key(|place| place.id);
    let stop_words = stopping.into_iter().flat_map(|line| line[2..].split(' ')).collect();
    Gazetteer { places, stop_words }
});

fn parse_place(line: &'static str) -> Option<Place> {
    let mut parts = line.split(' ');
    let (code, short, rest) = (parts.next()?, parts.next()?, parts.next().unwrap_or("市"));
    let number: u16 = code.parse().ok()?;
    let id = PlaceId(if code.len() == 2 { number * 100 } else { number });
    Some(Place { id, short: short.trim_end_matches('?'), rest, is_ambiguous: short.ends_with('?') })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_complete() {
        let provinces = places().iter().filter(|place| place.id.is_province()).count();
        assert_eq!((provinces, places().len() - provinces), (34, 333));
        let lines = LIST.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
        assert_eq!(lines, places().len(), "no line is lost");
        let names: BTreeSet<String> = places().iter().map(|place| format!("{}{}", place.short, place.rest)).collect();
        assert_eq!(names.len(), places().len(), "each name belongs to one place");
        assert!(places().iter().all(|p| place(p.id.province()).is_some()), "each lies in a province");
    }

    #[test]
    fn a_place_is_found_by_its_code() {
        let enshi = place(PlaceId(4228)).unwrap();
        assert_eq!((enshi.short, enshi.rest, enshi.id.province()), ("恩施", "土家族苗族自治州", PlaceId(4200)));
        assert!(place(PlaceId(4107)).unwrap().is_ambiguous && !enshi.is_ambiguous);
        assert_eq!(place(PlaceId(9999)), None);
    }
}
